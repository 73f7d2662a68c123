"""The program's commands gathered, and what happens when one fails: a sentence and an exit code, no traceback."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from importlib import import_module
from typing import Annotated

import typer

from crmsim.cli.speech import Speech, chosen_language, language_first, note, say, speak_every_language, tr
from crmsim.cli.usage import explain, speak
from crmsim.engine.errors import CrmsimError, ScenarioError, StoreError
from crmsim.engine.words import N_, UNDATED, _

UNEXPECTED, BAD_USAGE, INTERRUPTED = 1, 2, 130
SHUT = (errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EROFS)  # a place where nothing can be written, or read
ROOMS = (
    "playing", "saves", "seats", "browser", "records", "exporting", "forms", "importing", "grading", "reviewing",
    "again", "attesting", "reporting", "teaching", "checking", "calibrating", "scenarios",
)  # fmt: skip
ALONE = {"replay": "records", "look": "seats", "do": "seats", "wait": "seats"}
gathered: list[str] = []  # the rooms whose commands the app has

app = typer.Typer(
    name="crmsim",
    help=tr(N_("A teaching sandbox: run a company's customer relations in a terminal, one seat each.")),
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        from crmsim import __version__

        typer.echo(f"crmsim {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=tr(N_("Print the version.")))
    ] = False,
    lang: Annotated[str, typer.Option(metavar="en|zh", help=tr(N_("Language; CRMSIM_LANG, else the system's.")))] = "",
    host_key: Annotated[
        str, typer.Option(metavar="FILE", help=tr(N_("Attest what is played by this key; else by CRMSIM_HOST_KEY.")))
    ] = "",
) -> None:
    """Opens the game when no command is named."""
    if host_key:
        from crmsim.store.sealing import VARIABLE, host_key_of

        host_key_of(host_key)  # a wrong file is named at once
        os.environ[VARIABLE] = host_key
    if lang not in {"", "en", "zh"}:
        raise typer.BadParameter(tr(N_("The language is en or zh.")))
    if context.invoked_subcommand is None:
        from crmsim.cli.playing import open_game

        open_game()


def gather(command: str = "") -> typer.Typer:
    """The app with all its commands; for a command that programs call again and again, with those of its room only."""
    rooms = (ALONE[command],) if command in ALONE else ROOMS
    if app.registered_commands and rooms == ROOMS and ROOMS[0] not in gathered:  # anew, in the order of the help
        app.registered_commands.clear()
        app.registered_groups.clear()
        gathered.clear()
    for room in rooms:
        if room not in gathered:
            import_module(f"crmsim.cli.{room}").register(app)
            gathered.append(room)
    speak(app)
    return app


def run(arguments: list[str]) -> int:
    """Run one command; returns its exit code."""
    Speech.language, Speech.dates = chosen_language(arguments), UNDATED
    speak_every_language()
    try:
        commands = gather(arguments[0] if arguments else "")
        code = _code(commands(language_first(arguments), prog_name="crmsim", standalone_mode=False))
    except (Exception, KeyboardInterrupt) as error:
        code = failed(error)
    if code == INTERRUPTED:
        note(_("Stopped."))
    return code


def failed(error: Exception | KeyboardInterrupt) -> int:
    """Say what went wrong; returns the exit code."""
    if isinstance(error, typer.TyperException):
        if hasattr(error, "format_message"):
            explain(error)
        return int(getattr(error, "exit_code", BAD_USAGE))
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        return INTERRUPTED
    if isinstance(error, BrokenPipeError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - the reader has gone; nothing more to say
        return 0
    if isinstance(error, OSError) and error.errno in SHUT and error.filename is not None:
        file = str(error.filename)  # what is only kept for the next time, too, wants a folder that can be written
        error = StoreError(_("{file} cannot be opened. Check the folder and its permissions.", file=file))
    if isinstance(error, CrmsimError):
        _explain(error)
        return error.exit_code
    _report(error)
    return UNEXPECTED


def _code(result: object) -> int:
    return result if isinstance(result, int) else 0


def _explain(error: CrmsimError) -> None:
    if os.environ.get("CRMSIM_DEBUG") == "1":
        traceback.print_exc()
    note(error.message)
    if isinstance(error, ScenarioError):
        for problem in error.problems:
            where = f"{error.file}:{problem.line}"  # as editors read it
            note(": ".join(filter(None, (where, problem.key, say(problem.message)))))


def _report(error: Exception) -> None:
    """Write a crash report and say where it is."""
    if os.environ.get("CRMSIM_DEBUG") == "1":
        traceback.print_exc()
    from crmsim.store.folders import crashes

    text = "".join(traceback.format_exception(error))
    try:
        crashes().mkdir(parents=True, exist_ok=True)
        path = crashes() / f"crash-{os.getpid()}.txt"
        path.write_text(f"crmsim {' '.join(sys.argv[1:])}\n{text}", encoding="utf-8")
        where = str(path)
    except OSError:
        where = "-"
    cause = f"{type(error).__name__}: {error}"
    note(_("A mistake in the program: {cause}. A report is in {file}; saves are not harmed.", cause=cause, file=where))
