"""A hand on the keyboard: it does any action by keys alone, from the seat's list or its menu, through form or talk.

Scripts that call `does(game, seat, action)` are played by it as they stand: the script runs in a thread of its own and
waits while the keys are pressed, so that never both of them move."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

from textual.widgets import Input, OptionList, SelectionList, TextArea

from crmsim.engine.action import Action, fields_of
from crmsim.engine.facts import Fact
from crmsim.engine.fields import Date, Lines, Several
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.tui.answers import Answers
from crmsim.tui.ask import Ask
from crmsim.tui.field import FieldRow
from crmsim.tui.form import Form
from crmsim.tui.line import Line
from crmsim.tui.lines import typed
from crmsim.tui.moves import Moves
from crmsim.tui.paths import Paths
from crmsim.tui.pull import Pull
from crmsim.tui.talk import TalkRoom
from crmsim.tui.todo import ToDo

NAMES = {" ": "space", "\n": "enter"}
MOST = 2_000  # keys for one thing, before it is said that they lead nowhere


def turns(wanted: Callable[[], bool]) -> Iterator[int]:
    """As long as something is still wanted."""
    for key in range(MOST):
        if not wanted():
            return
        yield key
    raise AssertionError("The keys lead nowhere.")


class Hand:
    """Presses keys at the desks of one game."""

    def __init__(self, pilot: Any, game: Game) -> None:
        self.pilot, self.game, self.pressed = pilot, game, 0
        self.loop = asyncio.get_running_loop()

    @property
    def screen(self) -> Any:
        return self.pilot.app.screen

    async def press(self, *keys: str) -> None:
        self.pressed += len(keys)
        for key in keys:
            await self.pilot.press(key)
        await self.pilot.pause()

    async def play(self, script: Callable[[], None]) -> None:
        """Play a script whose acts and waits are this hand's keys."""
        game = self.game
        game.advance = lambda minutes: self._beside(self.wait(minutes))  # type: ignore[method-assign]
        game.advance_to = self._until  # type: ignore[method-assign]
        try:
            await asyncio.to_thread(script)
        finally:
            del game.advance, game.advance_to  # type: ignore[method-assign]

    def does(self, game: Game, seat: str, action: Action) -> tuple[Fact, ...]:
        """For scripts: an action of a seat, by keys."""
        assert game is self.game
        return self._beside(self.do(seat, action))  # type: ignore[no-any-return]

    def _beside(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(120)

    def _until(self, minute: int) -> None:
        if asyncio.events._get_running_loop() is not None:  # the game's own side, in answer to a key
            Game.advance_to(self.game, minute)
            return
        for _key in turns(lambda: self.game.minute < minute):
            self._beside(self.wait(minute - self.game.minute))

    async def wait(self, minutes: int) -> None:
        """Ten or sixty working minutes; where none pass, whoever waits for something would wait without end."""
        before = self.game.minute
        await self.press("f7" if minutes >= 30 else "f6")
        assert self.game.minute > before, f"no time passes at {self.screen}"

    async def sit(self, seat: str) -> None:
        """Go to a seat."""
        session = self.pilot.app.session
        for _turn in session.seats:
            if session.seat == seat:
                break
            await self.press("n")
        assert session.seat == seat

    async def do(self, seat: str, action: Action) -> tuple[Fact, ...]:
        """Sit down, wait until the seat is free, open what the action needs, fill it in, do it."""
        await self.sit(seat)
        for _key in turns(lambda: self.game.free_minute(seat) > self.game.minute):
            await self.press("f6")
        why = self.game.refusal(seat, action)
        assert why is None, f"{seat} {action!r}: {why}"
        before, done = len(self.game.facts), len(self.game.journal)
        home = self.screen
        await self._open(action)
        if isinstance(self.screen, TalkRoom):
            await self._speak(action)
        else:
            await self._fill(action)
        made = [each for each in self.game.journal[done:] if each.seat == seat and type(each.action) is type(action)]
        assert made, f"{seat} {action!r}: the keys did nothing"
        for _key in turns(lambda: self.screen is not home):
            await self.press("escape")
        return tuple(self.game.facts[before:])

    async def _open(self, action: Action) -> None:
        """The paper that waits with these values; else the place in the menu."""
        kind, wanted = type(action), {name: getattr(action, name) for name in fields_of(type(action))}
        desk = self.screen
        await self.press("t")
        for at, paper in enumerate(desk.query_one(ToDo).papers):
            if paper.action is kind and all(wanted.get(name) == value for name, value in paper.filled.items()):
                await self.press("home", *["down"] * at, "enter")
                return
        await self.press("m")
        paths = desk.query_one(Paths)
        node = next(each for each in paths._places() if each.data is kind)
        await self.press("home")
        for _key in turns(lambda: bool(paths.cursor_line != node.line)):
            far, page = node.line - paths.cursor_line, paths.size.height
            await self.press("pagedown" if far >= page else "down" if far > 0 else "up")
        await self.press("enter")
        why = self.pilot.app.session.closed(kind)
        assert isinstance(self.screen, Form | TalkRoom), f"{kind.__name__} did not open: {why}"

    async def _speak(self, action: Any) -> None:
        """A move by its digit, with its details, and Enter."""
        room = self.screen
        moves = room.query_one(Moves)
        assert room.row_id == action.talk
        for _page in range(4):
            key = next((key for key, id, _name in moves.moves if id == action.move), None)
            if key is not None:
                break
            await self.press("0")
        assert key is not None, f"{action.move} is not at hand"
        await self.press(key)
        for row in room.query(FieldRow):
            await self._set(row, getattr(action, row.field.name))
        await self.press("enter")

    async def _fill(self, action: Action) -> None:
        form = self.screen
        for row in form.rows:
            if row.display:
                await self._set(row, getattr(action, row.field.name))
        await self.press("f10")
        if self.screen is form and form.warned:  # what the talk did not bring
            await self.press("f10")
        if isinstance(self.screen, Ask):
            await self.press("enter")
        said = "".join(str(each.content) for each in form.query(".problem")) if self.screen is form else ""
        assert self.screen is not form, f"{action!r}: {said or form.query_one('#price').content}"

    # -- fields

    async def _set(self, row: FieldRow, value: Any) -> None:
        """Go to a field and give it this value, as its editor wants it."""
        if isinstance(row.field.kind, Date):
            value = value // DAY * DAY  # a form asks for days
        if self._value(row) == value:
            return
        editor = row.editor
        if isinstance(editor, Answers):
            for part, text in zip(editor.query(FieldRow), value, strict=True):
                await self._set(part, part.field.kind.parse(row.view, {}, text) if text else part.field.default)
        elif isinstance(row.field.kind, Lines):
            for option, line in zip(row._options, row.query(Line), strict=True):
                await self._type(line, str(dict(value).get(option.value, "")))
        elif isinstance(row.field.kind, Several):
            await self._tick(row, editor, value)
        elif isinstance(editor, Pull):
            await self._focus(editor)
            for _step in range(len(row._options) + 2):
                if self._value(row) == value:
                    break
                await self.press("right")
        elif isinstance(editor, Input | TextArea):
            await self._type(editor, typed(row.field.kind, value, row.filled, row.field.required))
        assert self._value(row) == value, f"{row.field.name} is {self._value(row)!r} and not {value!r}"

    @staticmethod
    def _value(row: FieldRow) -> Any:
        try:
            return row.value()
        except ValueError:
            return None

    async def _focus(self, editor: Any) -> None:
        for _step in range(80):
            if self.screen.focused is editor:
                return
            await self.press("tab")
        raise AssertionError(f"Tab never comes to {editor!r}")

    async def _type(self, line: Any, text: str) -> None:
        await self._focus(line)
        await self.press(*(("f7",) if isinstance(line, TextArea) else ("end", "shift+home")))
        await self.press("backspace", *(NAMES.get(each, each) for each in text))

    async def _tick(self, row: FieldRow, editor: Any, value: tuple[str, ...]) -> None:
        assert isinstance(editor, SelectionList | OptionList)
        await self._focus(editor)
        await self.press("home")
        for option in row._options:
            if (option.value in editor.selected) != (option.value in value):  # type: ignore[union-attr]
                await self.press("space")
            await self.press("down")
