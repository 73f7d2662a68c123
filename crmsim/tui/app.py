"""The terminal interface: opens games, speaks either language, and holds its modes; all else is in the screens."""

from __future__ import annotations

import os
from collections.abc import Sequence
from shlex import quote
from typing import TYPE_CHECKING, Any, cast

from rich.terminal_theme import TerminalTheme
from rich.text import Text
from textual import events
from textual.app import App, ReturnType
from textual.binding import Binding
from textual.command import CommandPalette, Provider
from textual.filter import LineFilter
from textual.geometry import Size
from textual.reactive import reactive
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.theme import Theme

from crmsim.engine.errors import CrmsimError
from crmsim.engine.words import N_, _, render
from crmsim.tui import covering, hangup, wrapping
from crmsim.tui.ask import Ask
from crmsim.tui.glyphs import AsciiFilter, WholeBars
from crmsim.tui.kept import choose, chosen
from crmsim.tui.opening import Wishes, open_kept, open_new, whole
from crmsim.tui.parsed import Parsed
from crmsim.tui.setting_up import SettingUp
from crmsim.tui.small import LEAST, Small
from crmsim.tui.speech import tell
from crmsim.tui.start import Start
from crmsim.tui.theme import THEMES, legible, terminal

if TYPE_CHECKING:
    from pathlib import Path

    from textual.screen import Screen

    from crmsim.grading.confirming import Waiting
    from crmsim.tui.session import Session

wrapping.install()
covering.install()


def _actions() -> type[Provider]:
    from crmsim.tui.palette import Actions

    return Actions


class CrmsimApp(App[None]):
    """Starts at the first screen, then a desk, then the card."""

    TITLE = "crmsim"
    CSS_PATH = "style.tcss"
    COMMANDS = {_actions}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (124, "-wide")]
    BINDINGS = [
        Binding("ctrl+c", "leave", N_("Leave"), priority=True, show=False),
        Binding("ctrl+q", "leave", N_("Leave"), priority=True, show=False),
        Binding("f4", "language", "中文/English", priority=True),
        Binding("ctrl+t", "theme", N_("Colours"), priority=True, show=False),
    ]

    lang: reactive[str] = reactive("en", init=False)

    def __init__(
        self,
        wishes: Wishes,
        scenario: str | None = None,
        kept: str | None = None,
        ascii: bool = False,
        lang: str = "en",
        session: Session | None = None,
        first: Screen[None] | None = None,
    ) -> None:
        self._legible: dict[str, Theme] = {}
        self._terminals: dict[str, TerminalTheme] = {}
        super().__init__()
        self.first = first
        self.wishes, self.asked_for, self.kept, self.ascii = wishes, scenario, kept, ascii
        self.session = session
        self.set_reactive(CrmsimApp.lang, lang)
        for each in THEMES:
            self.register_theme(each)
        self._leave_out_themes()
        kept_colours = chosen("theme")
        self.theme = kept_colours if kept_colours in self.available_themes else THEMES[0].name
        ScrollBar.renderer = WholeBars if ascii else ScrollBarRender
        self.stylesheet = Parsed(variables=self.get_css_variables())

    def _leave_out_themes(self) -> None:
        """Those whose colours are a terminal's own numbers: drawn texts take colours that are known."""
        for name in [each.name for each in self.available_themes.values() if each.ansi]:
            self.unregister_theme(name)

    def get_theme(self, theme_name: str) -> Theme | None:
        """A theme by its name, so that all can be read."""
        found = super().get_theme(theme_name)
        if found is not None and self._legible.get(theme_name) is None:
            self._legible[theme_name] = legible(found)
        return self._legible.get(theme_name)

    @property
    def ansi_theme(self) -> TerminalTheme:
        """What texts name as terminals do (a grade in green, a mistake in red) has the theme's colours. (Asked for by
        every line that is drawn, so they are worked out once.)"""
        found = self._terminals.get(self.theme)
        if found is None:
            found = self._terminals[self.theme] = terminal(self.current_theme)
        return found

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Plain characters come last."""
        return [*super().get_line_filters(), AsciiFilter()] if self.ascii else super().get_line_filters()

    def on_mount(self) -> None:
        """The first screen, or at once what the command line named."""
        hangup.mind(self)
        if self.first is not None:
            self.push_screen(self.first)
        elif self.session is not None:
            from crmsim.tui.desk import Desk

            self.push_screen(Desk(self.session))
        elif self.kept is not None:
            self.push_screen(SettingUp())
            self.call_after_refresh(self.go_on, self.kept)
        elif self.asked_for is not None and self.wishes.seats:
            self.push_screen(SettingUp())
            self.call_after_refresh(self.begin, self.asked_for)
        else:
            self._open_start()

    def _open_start(self) -> None:
        try:
            self.push_screen(Start(None if self.asked_for is None else whole(self.asked_for)))
        except CrmsimError as error:
            self.trouble = error
            self.exit()

    def on_resize(self, event: events.Resize) -> None:
        """Below the least size there is a message instead of a torn screen."""
        self._mind_size(event.size)

    def _mind_size(self, size: Size) -> None:
        small = size.width < LEAST[0] or size.height < LEAST[1]
        if small and not isinstance(self.screen, Small):
            self.push_screen(Small())
        elif not small and isinstance(self.screen, Small):
            self.pop_screen()

    # -- modes

    def begin(self, scenario: str) -> None:
        """A new game of a scenario, by name or path, at its first desk."""
        self._open(lambda: open_new(scenario, self.wishes, self.lang))

    def go_on(self, path: str) -> None:
        """A game that was left."""
        self._open(lambda: open_kept(path, self.wishes.seats))

    def _open(self, opener: Any) -> None:
        try:
            self.session = opener()
        except CrmsimError as error:
            if self.kept is not None or self.asked_for is not None:
                self.trouble = error
                self.exit()
                return
            self.notify(tell(self.screen, error.message), markup=False, severity="error", timeout=10)
            return
        self._sit_down(self.session)

    def _sit_down(self, session: Session) -> None:
        from crmsim.tui.desk import Desk

        if isinstance(self.screen, Small):
            self.pop_screen()
        if isinstance(self.screen, SettingUp):
            self.switch_screen(Desk(session))
        else:
            self.push_screen(Desk(session))
        self._mind_size(self.size)

    trouble: Exception | None = None

    def _handle_exception(self, error: Exception) -> None:
        """A mistake in the program closes the screens; the command line then says where its report is."""
        if self.is_headless:
            super()._handle_exception(error)
            return
        self.trouble = self.trouble or error
        self._exit_renderables.clear()
        super().exit(return_code=1)

    def finish(self) -> None:
        """The game is over: its card."""
        from crmsim.tui.end import End

        if self.session is not None and not any(isinstance(each, End) for each in self.screen_stack):
            self.push_screen(End(self.session))

    # -- keys that work everywhere

    def action_language(self) -> None:
        """The other language, at once, on every screen."""
        self.lang = "zh" if self.lang == "en" else "en"

    def watch_lang(self) -> None:
        """Another language."""
        self._say_anew()

    def _say_anew(self) -> None:
        """Every widget that speaks says its words anew."""
        for screen in self.screen_stack:
            for node in screen.walk_children(with_self=True):
                retell = getattr(node, "retell", None)
                if retell is not None:
                    retell()

    def action_theme(self) -> None:
        """The next colours."""
        names = list(self.available_themes)
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
        choose("theme", self.theme)
        self.call_next(self._say_anew)  # words that were drawn have the colours of before, until these are known

    def action_leave(self, unmeant: bool = False) -> None:
        """Out of the game, when that is meant; nothing is lost."""
        if any(isinstance(each, Ask) for each in self.screen_stack):
            return
        words = _("Leave? The game is kept, and goes on where you left it.") if self.session else _("Leave?")
        self.push_screen(Ask(words, _("Leave"), unmeant), lambda sure: self.exit() if sure else None)

    def action_command_palette(self) -> None:
        """Every action by name."""
        if not CommandPalette.is_open(cast(Any, self)):
            self.push_screen(
                CommandPalette(placeholder=tell(self.screen, _("What do you want to do?")), id="--command-palette")
            )

    def exit(self, result: ReturnType | None = None, return_code: int = 0, message: Any = None) -> None:
        """Leave; the session's game is kept first, and the terminal then says how to go on with it."""
        if self.session is not None:
            session, self.session = self.session, None
            session.close()
            if session.save_path and not session.ended:
                words = _("The game is kept. To go on: crmsim resume {file}", file=quote(session.save_path))
                message = message or Text(render(words, self.lang))
        super().exit(None, return_code, message)


def play(
    scenario: str | None = None,
    seats: Sequence[str] = (),
    student: str = "",
    seed: int | None = None,
    pace: str = "turn",
    skill: str = "competent",
    save: str | None = None,
    ascii: bool = False,
    lang: str | None = None,
) -> None:
    """Open the game in the terminal: at the first screen, or at once in a scenario."""
    wishes = Wishes(tuple(seats), student, seed, pace, skill, save)
    _run(CrmsimApp(wishes, scenario, ascii=ascii, lang=spoken(lang)))


def resume(path: str, seats: Sequence[str] = (), ascii: bool = False, lang: str | None = None) -> None:
    """Go on with a game that was left."""
    _run(CrmsimApp(Wishes(tuple(seats)), kept=path, ascii=ascii, lang=spoken(lang)))


def watch(path: str, ascii: bool = False, lang: str | None = None) -> None:
    """Look at a game as it was played."""
    from crmsim.store.jsonl import read_any
    from crmsim.tui.player import Player
    from crmsim.tui.reel import Reel

    saved = read_any(path)
    player = Player(Reel(saved.header, saved.entries), alone=True)
    _run(CrmsimApp(Wishes(), first=player, ascii=ascii, lang=spoken(lang)))


def mark_words(found: Sequence[Waiting], policy: Path, lang: str | None = None) -> None:
    """Give the marks of a folder's free words."""
    from crmsim.tui.confirming import Confirming

    _run(CrmsimApp(Wishes(), first=Confirming(found, policy), lang=spoken(lang)))


def spoken(lang: str | None) -> str:
    """The language to begin in: asked for, set for the game, or the system's."""
    words = lang or os.environ.get("CRMSIM_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "zh" if words.lower().startswith("zh") else "en"


def _run(app: CrmsimApp) -> None:
    app.run()
    if app.trouble is not None:
        raise app.trouble
