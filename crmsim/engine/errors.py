"""What can go wrong, one class a kind of mistake."""

from __future__ import annotations

from dataclasses import dataclass

from crmsim.engine.words import Message, render


class CrmsimError(Exception):
    """Something that a person can understand and mend; `message` says it in either language."""

    exit_code = 1

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return render(self.message, "en")


class IllegalAction(CrmsimError):
    """An action was refused; nothing changed."""

    exit_code = 2


class ActionFailed(CrmsimError):
    """An action that was already kept could not be carried out (a mistake in the program); it was struck out."""


class BadInput(CrmsimError):
    """A file or an argument is not what it should be; nothing changed."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a file: where, at which key, and what is wrong."""

    line: int
    key: str
    message: Message


class ScenarioError(BadInput):
    """A scenario file has mistakes; `problems` lists them all (at most fifty), in file order."""

    def __init__(self, file: str, message: Message, problems: tuple[Problem, ...]) -> None:
        super().__init__(message)
        self.file = file
        self.problems = problems


class StoreError(CrmsimError):
    """The save file could not be read or written."""

    exit_code = 5


class ReplayMismatch(CrmsimError):
    """A replay went another way than the game it repeats."""

    exit_code = 6
