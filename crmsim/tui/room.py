"""What all screens share: full-width keys count, words follow the language, nothing is read as markup."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual import events
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.screen import ModalScreen, Screen

from crmsim.engine.words import N_, Words, _
from crmsim.tui.speech import tell

if TYPE_CHECKING:
    from crmsim.tui.app import CrmsimApp

T = TypeVar("T")
FULL_WIDTH = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)} | {"。": ".", "、": "/", "　": " "}
KEY_NAMES = {"/": "slash", "?": "question_mark", " ": "space", "[": "left_square_bracket", "]": "right_square_bracket",
             "+": "plus", "-": "minus", ".": "full_stop"}  # fmt: skip

AT_ONCE = 1.0  # seconds
ARROWS = {"h": "left", "j": "down", "k": "up", "l": "right"}


def _character_of(key: str) -> str:
    """The character that a key is named after (some terminals give only the name): fullwidth_solidus is ／."""
    try:
        return unicodedata.lookup(key.replace("_", " "))
    except KeyError:
        return ""


class Shared(Screen[T]):
    """A screen that takes full-width characters for keys and can say its words anew in another language."""

    AUTO_FOCUS = ""
    _said = "", 0.0  # the last line said, and when
    _last: Mapping[str, str] = {}  # the last line said about each thing of which only one stands
    BINDINGS = [
        Binding("f2", "hints", N_("Hints"), show=False),
        Binding("f1", "help", N_("Help"), show=False),
    ]

    @property
    def crm(self) -> CrmsimApp:
        """The app, by its own type."""
        return cast("CrmsimApp", self.app)

    def on_mount(self) -> None:
        """Laid out for its width from the first; under load the library tells a new screen of it much later.
        (Called beside the `on_mount` of a screen's own class.)"""
        fits = [name for least, name in self.crm.HORIZONTAL_BREAKPOINTS if least <= self.app.size.width]
        self.add_class(fits[-1])

    def on_screen_suspend(self) -> None:
        """A sheet was opened: what would come next here does not come next."""
        for line in self.query("#hint"):
            line.visible = False

    def on_screen_resume(self) -> None:
        """The sheet has gone."""
        for line in self.query("#hint"):
            line.visible = True

    def action_hints(self) -> None:
        """Leave the lesson, or take it up again."""
        session = self.crm.session
        if session is not None and hasattr(self, "hint"):
            session.lesson.on = not session.lesson.on
            self.hint()

    def explained(self) -> list[tuple[str, str]]:
        """What the help tells of this place beside its keys: headings and sentences in the reader's language."""
        return []

    def action_help(self) -> None:
        """The keys that work here, and what this place is about."""
        from crmsim.tui.help import Help, keys_of

        if not isinstance(self, Help):
            self.app.push_screen(Help(keys_of(self), self.explained))

    def say(self, words: Words, severity: str = "information", about: str = "") -> None:
        """A line in the corner; data in it stays data, and what stands there already is not said again. Of what is
        said about one thing only the last stands."""
        text, before = tell(self, words), self._said
        self._said = text, monotonic()
        stands = any(each.message == text and not each.has_expired for each in self.app._notifications)
        on_its_way = before[0] == text and monotonic() - before[1] < AT_ONCE  # an input method gives a whole phrase
        if about:
            older = [each for each in self.app._notifications if each.message == self._last.get(about, text) != text]
            for each in older:
                self.app._unnotify(each)
            self._last = {**self._last, about: text}
        if not stands and not on_its_way:
            self.app.notify(text, markup=False, severity=cast(Any, severity), timeout=5)

    def on_key(self, event: events.Key) -> None:
        """A full-width character stands for its key; a stray Chinese one gets a hint. (Textual calls this after the
        `on_key` of a screen's own class, unless that prevents the default.)"""
        character = event.character or _character_of(event.key)
        if character in FULL_WIDTH:
            event.stop()
            plain = FULL_WIDTH[character]
            key = events.Key(KEY_NAMES.get(plain, plain), plain)
            self.app.post_message(key.set_sender(self.app))  # as if it came from the terminal
        elif "\u4e00" <= character <= "\u9fff":
            event.stop()
            self.say(_("Press Shift to switch the input method to English."), "warning")
        elif event.key in ARROWS and event.key not in self.active_bindings:
            event.stop()
            self.app.post_message(events.Key(ARROWS[event.key], None).set_sender(self.app))


class Room(Shared[None]):
    """A whole screen."""


class Sheet(Shared[T], ModalScreen[T]):
    """A sheet that lies over a screen and gives a result; Esc takes it away."""

    BINDINGS = [Binding("escape", "leave", N_("Back"))]

    gone = False  # keys struck twice in a hurry reach a sheet that has given its result already

    waiting: tuple[T | None] | None = None  # the result that is given when nothing lies over the sheet any more

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Give the result, once; what lies over the sheet goes first, for only the topmost can be taken away."""
        if self.gone:
            return AwaitComplete()
        if not self.is_active:
            self.waiting = (result,)
            return AwaitComplete()
        given = super().dismiss(result)
        self.gone = True
        return given

    def on_screen_resume(self) -> None:
        """What lay over the sheet has gone."""
        if self.waiting is not None:
            self.dismiss(*self.waiting)

    def retell(self) -> None:
        """In the new language."""
        self.call_later(self._again)

    async def _again(self) -> None:
        await self.recompose()
        self.focus_next()

    def action_leave(self) -> None:
        """Away, with no result."""
        self.dismiss(None)
