"""The first screen: a scenario with its summary, seats, pace and colleagues; or a game that was left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, OptionList, SelectionList, Static
from textual.widgets.option_list import Option
from textual.widgets.selection_list import Selection

from crmsim.crm.purposes import PURPOSES, everybody
from crmsim.engine.errors import CrmsimError
from crmsim.engine.words import N_, Words, _
from crmsim.scenarios.bundle import parted
from crmsim.scenarios.sketch import Sketch
from crmsim.tui.foot import Foot
from crmsim.tui.hint import Hint
from crmsim.tui.left import Left, look_into_all
from crmsim.tui.offer import Offer
from crmsim.tui.one_or_more import OneOrMore
from crmsim.tui.opening import PACES, at_a_glance, checked, kept_games, levels, sketch_of
from crmsim.tui.pull import Pull
from crmsim.tui.room import Room
from crmsim.tui.speech import tell, tell_label


class Start(Room):
    """Chooses what to play; everything offered comes from the scenarios themselves.

    It shows at once which scenarios there are; what is chosen about one stands there a moment later, and what a game
    needs is read while one chooses.
    """

    BINDINGS = [
        Binding("f5,s", "begin", N_("Start")),
        Binding("v", "variant", N_("Variants")),
        Binding("escape", "quit", N_("Leave")),
        Binding("f1,question_mark", "help", N_("Help")),
    ]

    def __init__(self, asked_for: Sketch | None = None) -> None:
        super().__init__()
        first = [asked_for] if asked_for is not None else []
        self.scenarios = first + [each for each in at_a_glance() if each not in first]
        self.plain = list(self.scenarios)  # without any variant in force
        self.saves: list[Path] = kept_games()
        self.left: dict[Path, Left] = {}  # what they are, once somebody has looked
        self.offered: dict[str, tuple[str, ...]] = {}  # the seats of the chosen scenario, each with its roles
        self.chosen = 0
        self.furnished = False
        self.going_on = False  # whether the seats were asked for before they were there

    def compose(self) -> ComposeResult:
        """Scenarios left, what can be chosen about one right."""
        yield Static(id="banner", markup=False)
        with Horizontal(id="start"):
            with Vertical(id="offers"):
                yield OptionList(id="scenarios", markup=False)
                yield OptionList(id="saves", markup=False)
            with Vertical(id="choice"), VerticalScroll(id="about-scenario", can_focus=False):
                yield Static(id="summary", markup=False)
        yield Hint()
        yield Foot()

    def _choices(self) -> Iterator[Widget]:
        """What can be chosen about a scenario."""
        yield Static(id="seats-label", markup=False)
        yield OneOrMore(id="seats", compact=True)
        yield Static(id="purpose", markup=False)
        for id, words, wish in (("pace", PACES, self.crm.wishes.pace), ("skill", levels(), self.crm.wishes.skill)):
            label = Static(id=f"{id}-label", classes="label", markup=False)
            yield Horizontal(label, self._pull(id, words, wish), classes="pair")
        yield Button(id="begin", variant="primary", compact=True)

    def on_mount(self) -> None:
        """The first scenario is chosen."""
        self.retell()
        self.query_one("#scenarios", OptionList).focus()
        self.call_after_refresh(self._furnish)

    async def _furnish(self) -> None:
        await self.query_one("#choice").mount_all(self._choices())
        if not self.query("#begin"):
            return  # the player has left
        self.furnished = True
        self._tell_choices()
        if self.going_on:
            self.query_one("#seats", SelectionList).focus()
        self.call_after_refresh(Thread(target=self._look_closer, daemon=True).start)

    def _look_closer(self) -> None:
        """Bring in what every game needs, and read the scenarios whole, while the player still chooses."""
        from crmsim.tui import desk  # noqa: F401

        self.left = look_into_all(self.saves)
        try:
            self.call_later(self._tell_saves)
            found = {each.name: checked(each.name) for each in self.plain}
            self.call_later(self._know_better, found)
        except RuntimeError:
            return  # the player has left

    def _know_better(self, found: dict[str, Sketch | None]) -> None:
        """A scenario with mistakes is offered no more; of the others a glance tells all but what is written oddly."""
        if found != {each.name: each for each in self.plain}:
            self.plain = [whole for each in self.plain if (whole := found[each.name]) is not None]
            self.scenarios, self.chosen = list(self.plain), 0
            self.retell()

    def retell(self) -> None:
        """In the reader's language."""
        self._tell_offers()
        if self.furnished:
            self._tell_choices()

    def _tell_offers(self) -> None:
        accent = self.app.theme_variables["accent"]
        banner = Text.assemble(
            (" CRMSIM ", f"bold reverse {accent}"),
            "  ",
            (tell(self, _("a company's customer relations, one seat each")), "dim"),
        )
        self.query_one("#banner", Static).update(banner)
        scenarios = self.query_one("#scenarios", OptionList)
        scenarios.border_title = tell(self, _("Scenarios"))
        kept = self.chosen
        scenarios.set_options([Option(Text(tell(self, each.title))) for each in self.scenarios])
        scenarios.highlighted = kept if self.scenarios else None
        self._tell_saves()
        self._show()

    def _tell_saves(self) -> None:
        saves = self.query_one("#saves", OptionList)
        saves.border_title, saves.display = tell(self, _("Go on with")), bool(self.saves)
        kept = saves.highlighted
        room = saves.scrollable_content_region.width - 2
        known = [self.left.get(each) for each in self.saves]
        saves.set_options([Option("…" if each is None else each.short(self, room)) for each in known])
        saves.highlighted = kept

    def _tell_choices(self) -> None:
        for label, words in (("seats", _("Your seats")), ("pace", _("Time")), ("skill", _("Colleagues"))):
            self.query_one(f"#{label}-label", Static).update(Text(tell(self, words)))
        self._fill_choice("#pace", PACES)
        self._fill_choice("#skill", levels())
        self.query_one("#begin", Button).label = Text(tell(self, _("Start"))).plain
        self._show()

    def _pull(self, id: str, words: Any, start: str) -> Pull:
        options = [(Text(tell(self, label)), word) for word, label in words.items()]
        return Pull(options, id=id, compact=True, type_to_search=False, allow_blank=False, value=start)

    def _fill_choice(self, id: str, words: Any) -> None:
        pull = self.query_one(id, Pull)
        pull.offer([(Text(tell(self, label)), word) for word, label in words.items()], pull.value)

    def _show(self) -> None:
        self._tell_summary()
        if self.scenarios and self.furnished:
            self._offer_seats(self.scenarios[self.chosen])
        self._hint()

    def _tell_summary(self) -> None:
        """About the scenario that is chosen, or the game under the cursor that was left."""
        saves, summary = self.query_one("#saves", OptionList), self.query_one("#summary", Static)
        self.set_class(saves.has_focus and bool(self.saves), "-left")  # its seats and its time are chosen already
        if saves.has_focus and self.saves:
            saves.highlighted = saves.highlighted or 0
            path = self.saves[saves.highlighted]
            if path in self.left:
                summary.update(self.left[path].whole(self, path))
            return
        if not self.scenarios:
            summary.update(Text(tell(self, _("No scenario was found."))))
            return
        scenario = self.scenarios[self.chosen]
        size = _("Working days: {days}. Seats: {seats}.", days=scenario.days, seats=len(scenario.seats))
        text = Text.assemble((f"{tell(self, scenario.title)}  ", "bold"), (tell(self, size), "dim"), "\n")
        text.append(tell(self, scenario.summary))
        summary.update(text)

    def _offer_seats(self, scenario: Sketch) -> None:
        seats = self.query_one("#seats", SelectionList)
        kept = set(seats.selected) or set(self.crm.wishes.seats)
        self.offered = everybody(scenario.seats, scenario.customers)
        offered = [
            (id, " + ".join(tell(self, _("{role:role}", role=role)) for role in roles))
            for id, roles in self.offered.items()
        ]
        chosen = kept & {id for id, _name in offered} or {offered[0][0]}
        seats.clear_options()
        names = [name for _id, name in offered]
        for at, (id, name) in enumerate(offered):
            number = f" {names[: at + 1].count(name)}" if names.count(name) > 1 else ""
            seats.add_option(Selection(Text(name + number), id, id in chosen))
        seats.styles.max_height = len(offered)
        seats.highlighted = next((at for at, (id, _name) in enumerate(offered) if id in chosen), 0)

    def _tell_purpose(self) -> None:
        seats = self.query_one("#seats", SelectionList)
        if self.scenarios and seats.option_count:
            seat = str(seats.get_option_at_index(seats.highlighted or 0).value)
            told = " ".join(tell_label(self, PURPOSES[each]) for each in self.offered[seat] if each in PURPOSES)
            self.query_one("#purpose", Static).update(Text(told, "dim"))

    def _not_taken(self) -> bool:
        """Whether the cursor stands on a seat that starting now would leave to others."""
        seats = self.query_one("#seats", SelectionList)
        at = seats.highlighted
        return at is not None and seats.get_option_at_index(at).value not in seats.selected

    def _hint(self) -> None:
        """What comes next here, and what the seat under the cursor is for."""
        if self.furnished:
            self._tell_purpose()
        focused = self.focused
        if focused is None or focused.id == "scenarios":  # before the first look nothing has it
            step = _("Next: choose a scenario with the arrows; [Enter] goes on to its seats.")
        elif focused.id == "saves":
            step = _("[Enter] goes on with this game where it was left.")
        elif focused.id == "seats" and self._not_taken():
            step = _("Next: [Enter] takes this seat, Space adds it; [F5] starts with those marked.")
        else:
            step = _("Next: [F5] starts. Enter takes a seat, Space adds one; [Tab]: other choices.")
        self.query_one(Hint).say(step)

    def on_descendant_focus(self) -> None:
        """Another part of the screen, another next step."""
        self.call_after_refresh(self._tell_summary)
        self.call_after_refresh(self._hint)

    def on_selection_list_selection_highlighted(self) -> None:
        """Another seat under the cursor."""
        self._hint()

    def on_selection_list_selected_changed(self) -> None:
        """Another seat taken or left."""
        self._hint()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another scenario under the cursor, or another game that was left."""
        if event.option_list.id == "saves":
            self._tell_summary()
        elif event.option_index != self.chosen:
            self.chosen = event.option_index
            self._show()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter on a scenario goes on to its seats; on a save it is opened."""
        if event.option_list.id == "saves":
            self.query_one(Hint).say(_("The game is told again…"))
            self.call_after_refresh(self.crm.go_on, str(self.saves[event.option_index]))
        else:
            self.going_on = not self.furnished  # a hand that was faster than the screen
            if self.furnished:
                self.query_one("#seats", SelectionList).focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Start."""
        self.action_begin()

    def action_submit(self) -> None:
        """Enter on a choice starts."""
        self.action_begin()

    def action_begin(self) -> None:
        """Begin to play what is chosen."""
        if not self.furnished:
            self.call_after_refresh(self.action_begin)
            return
        seats = self.query_one("#seats", SelectionList).selected
        if not self.scenarios or not seats:
            self.say(_("Choose a scenario and at least one seat."), "warning")
            return
        order = [id for id, _roles in self.scenarios[self.chosen].seats]
        wishes = self.crm.wishes
        wishes.seats = tuple(sorted(seats, key=lambda each: order.index(each) if each in order else len(order)))
        wishes.pace, wishes.skill = str(self.query_one("#pace", Pull).value), str(self.query_one("#skill", Pull).value)
        self.query_one(Hint).say(_("The company is being set up…"))
        self.call_after_refresh(self.crm.begin, self.scenarios[self.chosen].name)

    def action_variant(self) -> None:
        """A challenge, or by hand: the chosen scenario in another way."""
        if not self.scenarios:
            return
        from crmsim.scenarios.loader import load_scenario, varied

        name, _variants = parted(self.plain[self.chosen].name)
        try:
            scenario = load_scenario(name)
        except CrmsimError as error:
            self.say(error.message, "error")
            return
        offers: list[tuple[Words, Words | None]] = [(_("As it is"), None)]
        offers += [(_("{title}: {text}", title=each.title, text=each.text), None) for each in scenario.variants]

        def choose(at: int | None) -> None:
            if at is not None:
                wanted = [scenario.variants[at - 1].id] if at else []
                found = varied(scenario, wanted) if wanted else scenario
                self.scenarios[self.chosen] = sketch_of(found, "+".join([name, *wanted]))
                self.retell()

        self.app.push_screen(Offer(scenario.meta.title, offers), choose)

    def action_quit(self) -> None:
        """Leave."""
        self.app.exit()
