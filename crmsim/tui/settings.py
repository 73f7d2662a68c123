"""What one sets for the whole interface: the language, the colours, plain characters. F4 and Ctrl-T change them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.terminal_theme import TerminalTheme
from textual.app import App
from textual.binding import Binding
from textual.filter import LineFilter
from textual.reactive import reactive
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.theme import Theme
from textual.widget import Widget

from crmsim.engine.words import N_
from crmsim.tui.glyphs import AsciiFilter, WholeBars
from crmsim.tui.kept import choose, chosen
from crmsim.tui.parsed import Parsed
from crmsim.tui.theme import THEMES, legible, terminal


class Settings(App[None]):
    """An interface that is told anew in another language, and drawn anew in other colours."""

    BINDINGS = [
        Binding("f4", "language", "中文/English", priority=True),
        Binding("ctrl+t", "theme", N_("Colours"), priority=True, show=False),
    ]

    lang: reactive[str] = reactive("en", init=False)

    def __init__(self, ascii: bool = False, lang: str = "en") -> None:
        self._legible: dict[str, Theme] = {}
        self._terminals: dict[str, TerminalTheme] = {}
        super().__init__()
        self.ascii = ascii
        self.set_reactive(Settings.lang, lang)
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

    # -- keys that work everywhere

    def action_language(self) -> None:
        """The other language, at once, on every screen."""
        self.lang = "zh" if self.lang == "en" else "en"

    def watch_lang(self) -> None:
        """Another language."""
        self._say_anew()

    def _say_anew(self) -> None:
        """Every widget that speaks says its words anew; what was opened this very moment does so once it stands."""
        for screen in self.screen_stack:
            for node in screen.walk_children(Widget, with_self=True):
                retell = getattr(node, "retell", None)
                if retell is not None:
                    retell() if node.is_mounted else node.call_later(retell)

    def action_theme(self) -> None:
        """The next colours."""
        names = list(self.available_themes)
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
        choose("theme", self.theme)
        self.call_next(self._say_anew)  # words that were drawn have the colours of before, until these are known
