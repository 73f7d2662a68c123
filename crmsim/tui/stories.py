"""The customers' stories, to be read when the game is over: what each wanted, felt and did, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Group
from rich.table import Table as Grid
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crmsim.engine.words import N_, Words, _, money, percent, time
from crmsim.grading.stories import COMPANY, LOST, MOOD, OWN, RIVAL, cited
from crmsim.tui.foot import Foot
from crmsim.tui.moments import told
from crmsim.tui.pairs import Pairs
from crmsim.tui.room import Room
from crmsim.tui.session import Session
from crmsim.tui.speech import dates, language, tell

COLOURS = {OWN: "accent", COMPANY: "foreground", RIVAL: "warning", MOOD: "secondary", LOST: "error"}
STYLES = {OWN: "not bold", COMPANY: "dim", RIVAL: "not bold", MOOD: "dim", LOST: "bold"}


class Stories(Room):
    """People left, the chosen one's story right."""

    BINDINGS = [
        Binding("escape,q", "leave", N_("Back")),
        Binding("right,tab", "read", N_("Read on")),
        Binding("left", "people", N_("Back to the list")),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.people: list[Any] = session.customers()
        self.stories = session.stories()

    def compose(self) -> ComposeResult:
        """The list and the page."""
        with Horizontal(id="player"):
            yield OptionList(id="people", compact=True, markup=False)
            with VerticalScroll(id="told-story"):
                yield Static(id="story", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        """The first of them."""
        self.retell()
        self.query_one("#people").focus()

    def retell(self) -> None:
        """In the new language."""
        people = self.query_one("#people", OptionList)
        kept = people.highlighted or 0
        people.border_title, people.border_subtitle = tell(self, _("Stories")), tell(self, _("● bought  ○ did not"))
        people.set_options([Option(self._line(each)) for each in self.people])
        if self.people:
            people.highlighted = kept
            self._show(kept)
        else:
            self.query_one("#story", Static).update(Text(tell(self, _("Nobody came.")), "dim italic"))

    def _line(self, who: Any) -> Grid:
        story = self.stories.get(who.id)
        bought = who.spent or (story is not None and story.signed)  # a contract is bought before it is paid
        sign, colour = ("●", "success") if bought else ("○", "warning" if who.story else "foreground")
        grid = Grid.grid(expand=True, padding=(0, 1, 0, 0))
        grid.add_column(width=1)
        grid.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        grid.add_row(Text(sign, self.app.theme_variables[colour]), Text(tell(self, who.title)))
        return grid

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another customer."""
        self._show(event.option_index)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """To the page."""
        self.action_read()

    def _show(self, at: int) -> None:
        who = self.people[at]
        place = self.query_one("#told-story")
        place.border_title = Text(tell(self, who.title))
        traits = Pairs((tell(self, label), tell(self, value)) for label, value in self._traits(who))
        self.query_one("#story", Static).update(Group(traits, "", *self._story(who.id)))
        place.scroll_home(animate=False)

    def _story(self, id: str) -> Iterator[Any]:
        """How it ended, the line along the days, and step by step what it lived through."""
        from crmsim.grading.track import Track, sign

        story, lang, plain = self.stories.get(id), language(self), self.crm.ascii
        if story is None:
            yield Text(tell(self, _("Nothing happened between this customer and the company.")), "dim italic")
            return
        variables = self.app.theme_variables
        colours = {kind: variables[name] for kind, name in COLOURS.items()}
        yield Text(tell(self, story.ending), "bold")
        yield ""
        yield Track(story, self.session.minute, lang, colours, plain)
        yield ""
        yield told(
            (
                (time(step.minute, lang, dates(self)),
                 Text.assemble(sign(step.kind, colours, ascii=plain), " ", (tell(self, step.words), STYLES[step.kind]),
                               (f" {cited(step)}", "dim")))
                for step in story.steps
            ),
            variables["accent"],
        )  # fmt: skip

    def _traits(self, who: Any) -> list[tuple[Words, Words]]:
        """What was hidden until the end, in figures."""
        found: list[tuple[Words, Words]] = [
            (_("Satisfaction"), percent(who.satisfaction)),
            (_("Trust"), percent(who.trust)),
            (_("Patience in a talk"), str(who.patience_moves)),
            (_("Bought for"), money(who.spent)),
        ]
        if who.budget:
            found.append((_("Budget"), money(who.budget)))
        if who.rivals:
            found.append((_("Cheapest rival"), money(min(each.price for each in who.rivals))))
        return found

    def action_read(self) -> None:
        """To the page, to scroll it."""
        self.query_one("#told-story").focus()

    def action_people(self) -> None:
        """To the list."""
        self.query_one("#people").focus()

    def action_leave(self) -> None:
        """Back to the card."""
        self.app.pop_screen()
