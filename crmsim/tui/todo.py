"""The home list: everything that waits for this seat, most urgent first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, Group
from rich.table import Table as Grid
from rich.text import Text
from textual.message import Message as Signal
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from crmsim.engine.desk import Idea, Table, Waiting
from crmsim.engine.words import _, span
from crmsim.tui.speech import language, tell, tell_action, tell_label

MOST = 100
INDENT, LEAST = "  ", 8  # cells before words below a sign, and of a line of them
SOON = 60  # minutes before a limit at which a paper turns yellow


class ToDo(OptionList):
    """One paper: a line with what and the time left; below it why, told whole, and since when."""

    class Opened(Signal):
        """A paper was opened."""

        def __init__(self, paper: Waiting) -> None:
            super().__init__()
            self.paper = paper

    class Taken(Signal):
        """Something was taken up while nothing waits."""

        def __init__(self, table: Table, idea: Idea) -> None:
            super().__init__()
            self.table, self.idea = table, idea

    def __init__(self, looked_at: bool = False) -> None:
        """`looked_at`: by somebody who has no work here."""
        super().__init__(id="todo", markup=False)
        self.looked_at = looked_at
        self.papers: Sequence[Waiting] = ()
        self.ideas: Sequence[tuple[Table, Idea]] = ()
        self.minute = 0
        self._drawn_from: object = None

    def show(self, papers: Sequence[Waiting], minute: int, ideas: Sequence[tuple[Table, Idea]] = ()) -> None:
        """These papers now; the highlighted one stays when it is still there. Without papers, what else is useful."""
        known = tuple(papers), minute, tuple(ideas), language(self), self.app.theme
        if known == self._drawn_from:
            return
        self._drawn_from = known
        before = self.highlighted
        kept = self.papers[before] if before is not None and before < len(self.papers) else None
        self.papers, self.minute, self.ideas = papers, minute, () if papers else ideas
        self.set_options([Option(self._drawn(each)) for each in papers[:MOST]] or self._instead())
        self.border_title = tell(self, _("To do"))
        self.border_subtitle = str(len(papers)) if papers else ""
        if papers:
            self.highlighted = next((at for at, each in enumerate(papers[:MOST]) if each == kept), 0)
        elif self.ideas:
            self.highlighted = before if before and before <= len(self.ideas) else 1

    def from_the_top(self) -> None:
        """The cursor on what is most urgent."""
        if self.papers:
            self.highlighted = 0

    def retell(self) -> None:
        """In the new language."""
        self.show(self.papers, self.minute, self.ideas)

    def on_option_list_option_highlighted(self) -> None:
        """Another paper under the cursor, other keys that work."""
        self.screen.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click opens the paper."""
        event.stop()
        if event.option_index < len(self.papers):
            self.post_message(self.Opened(self.papers[event.option_index]))
        elif 0 < event.option_index <= len(self.ideas):
            self.post_message(self.Taken(*self.ideas[event.option_index - 1]))

    def _instead(self) -> list[Option]:
        """That nothing waits, and what could be done meanwhile."""
        words = tell(self, _("Nothing waits for you. Press w to wait until something does."))
        if self.looked_at:
            words = tell(self, _("Nothing waits here."))
        if self.ideas:
            words += "\n" + tell(self, _("Until then, for example:"))
        return [Option(Text(words, "italic"), disabled=True), *(Option(self._idea(*each)) for each in self.ideas)]

    def _idea(self, table: Table, idea: Idea) -> Grid:
        grid = _line(wraps=True)
        name = tell_action(self, idea.action) if idea.action is not None else tell_label(self, table.label)
        grid.add_row(Text("○", self.app.theme_variables["accent"]), Text(name, "bold"))
        grid.add_row(Text(""), Text(tell(self, idea.why), "dim"))
        return grid

    def _drawn(self, paper: Waiting) -> Group:
        colours, lang = self.app.theme_variables, language(self)
        left, colour = "", colours["success"]
        if paper.due:
            rest = paper.due - self.minute
            colour = colours["error"] if rest < 0 else colours["warning"] if rest <= SOON else colour
            words = (
                _("{length} over", length=span(-rest, lang))
                if rest < 0
                else _("{length} left", length=span(rest, lang))
            )
            left = tell(self, words)
        above = _line(wraps=False)
        what = Text(tell_action(self, paper.action), "bold")
        what.append(f"  {tell(self, paper.what)}", f"bold {colours['accent']}")
        above.add_row(Text("●", colour), what, Text(left, colour))
        since = tell(self, _("for {length}", length=span(self.minute - paper.since, lang)))
        return Group(above, Why(Text(tell(self, paper.why), "dim"), Text(since, "dim")))


class Why:
    """Words below a sign, with a time at the right edge of their first line; the lines after it take all the room."""

    def __init__(self, words: Text, since: Text) -> None:
        self.words, self.since = words, since

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        room = options.max_width - len(INDENT)
        first = self.words.wrap(console, max(LEAST, room - self.since.cell_len - 1))[0]
        rest = Text(self.words.plain[len(first.plain) :].lstrip(), self.words.style)
        gap = " " * (room - first.cell_len - self.since.cell_len)
        yield Text.assemble(INDENT, first, gap, self.since, no_wrap=True)
        for line in rest.wrap(console, room) if rest else ():
            yield Text.assemble(INDENT, line, no_wrap=True)


def _line(wraps: bool) -> Grid:
    """A sign, words and a time at the right edge; each line gives its words what its own time leaves over."""
    grid = Grid.grid(expand=True, padding=(0, 1, 0, 0))
    grid.add_column(width=1)
    grid.add_column(ratio=1, no_wrap=not wraps, overflow="fold" if wraps else "ellipsis")
    grid.add_column(justify="right", no_wrap=True)
    return grid
