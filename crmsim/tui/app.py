"""The terminal interface holds its modes: a first screen, a desk, the card; all else is in the screens."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual import events
from textual.app import ReturnType
from textual.binding import Binding
from textual.command import CommandPalette, Provider
from textual.geometry import Size

from crmsim.engine.errors import CrmsimError
from crmsim.engine.words import N_, UNDATED, Dates, _, render
from crmsim.tui import covering, hangup, wrapping
from crmsim.tui.ask import Ask
from crmsim.tui.opening import Wishes, open_kept, open_new, whole
from crmsim.tui.setting_up import SettingUp
from crmsim.tui.settings import Settings
from crmsim.tui.small import LEAST, Small
from crmsim.tui.speech import tell
from crmsim.tui.start import Start

if TYPE_CHECKING:
    from textual.screen import Screen

    from crmsim.tui.session import Session

wrapping.install()
covering.install()


def _actions() -> type[Provider]:
    from crmsim.tui.palette import Actions

    return Actions


class CrmsimApp(Settings):
    """Starts at the first screen, then a desk, then the card."""

    TITLE = "crmsim"
    CSS_PATH = "style.tcss"
    COMMANDS = {_actions}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (124, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    BINDINGS = [
        Binding("ctrl+c", "leave", N_("Leave"), priority=True, show=False),
        Binding("ctrl+q", "leave", N_("Leave"), priority=True, show=False),
    ]

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
        super().__init__(ascii, lang)
        self.wishes, self.asked_for, self.kept = wishes, scenario, kept
        self.session, self.first = session, first

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

    @property
    def dates(self) -> Dates:
        """The calendar of the game that is played, or told again."""
        game = self.session or getattr(self.first, "reel", None)
        return UNDATED if game is None else game.scenario.calendar.dates

    # -- modes

    def begin(self, scenario: str) -> None:
        """A new game of a scenario, by name or path, at its first desk."""
        self._open(lambda: open_new(scenario, self.wishes, self.lang))

    def go_on(self, path: str) -> None:
        """A game that was left."""
        self._open(lambda: open_kept(path, self.wishes.seats))

    def _open(self, opener: Any) -> None:
        if self.session is not None:
            return  # the second click of two: one game is enough
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

    # -- leaving, and finding

    def action_leave(self, unmeant: bool = False) -> None:
        """Out of the game, when that is meant; nothing is lost."""
        if any(isinstance(each, Ask) for each in self.screen_stack):
            return
        words = _("Leave? The game is kept, and goes on where you left it.") if self.session else _("Leave?")
        self.push_screen(Ask(words, _("Leave"), unmeant), lambda sure: self.exit() if sure else None)

    def watch_lang(self) -> None:
        """Another language; what was found by name is looked for anew."""
        super().watch_lang()
        if isinstance(self.screen, CommandPalette):
            self.workers.cancel_node(self.screen)
            self.pop_screen()
            self.call_after_refresh(self.action_command_palette)

    def action_command_palette(self) -> None:
        """Every action by name."""
        if not isinstance(self.screen, CommandPalette):  # without the library's id: the one before may still be leaving
            self.push_screen(CommandPalette(placeholder=tell(self.screen, _("What do you want to do?"))))

    def exit(self, result: ReturnType | None = None, return_code: int = 0, message: Any = None) -> None:
        """Leave; the session's game is kept first, and the terminal then says how to go on with it."""
        if self.session is not None:
            session, self.session = self.session, None
            session.close()
            if session.save_path and not session.ended:
                words = _("The game is kept. To go on: crmsim resume {file}", file=quote(session.save_path))
                message = message or Text(render(words, self.lang))
        super().exit(None, return_code, message)
