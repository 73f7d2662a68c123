"""The first screen: a scenario with its summary, seats, pace and colleagues; or a game that was left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, OptionList, SelectionList, Static
from textual.widgets.option_list import Option
from textual.widgets.selection_list import Selection

from crmsim.crm.company import INSTRUCTOR
from crmsim.crm.purposes import PURPOSES
from crmsim.engine.words import N_, Words, _
from crmsim.scenarios.loader import varied
from crmsim.scenarios.schema import Scenario
from crmsim.tui.again import titled
from crmsim.tui.ask import Offer
from crmsim.tui.field import Pull
from crmsim.tui.foot import Foot
from crmsim.tui.hint import Hint
from crmsim.tui.opening import PACES, bundled_scenarios, kept_games, levels
from crmsim.tui.picks import Picks
from crmsim.tui.room import Room
from crmsim.tui.speech import tell, tell_label


class Start(Room):
    """Chooses what to play; everything offered comes from the scenarios themselves."""

    BINDINGS = [
        Binding("f5,s", "begin", N_("Start")),
        Binding("v", "variant", N_("Variants")),
        Binding("escape", "quit", N_("Leave")),
        Binding("f1,question_mark", "help", N_("Help")),
    ]

    def __init__(self, asked_for: Scenario | None = None) -> None:
        super().__init__()
        others = bundled_scenarios()
        first = [asked_for] if asked_for is not None else []
        self.scenarios = first + [each for each in others if each not in first]
        self.plain = list(self.scenarios)  # without any variant in force
        self.saves: list[Path] = kept_games()
        self.chosen = 0

    def compose(self) -> ComposeResult:
        """Scenarios left, what can be chosen about one right."""
        yield Static(id="banner", markup=False)
        with Horizontal(id="start"):
            with Vertical(id="offers"):
                yield OptionList(id="scenarios", markup=False)
                yield OptionList(id="saves", markup=False)
            with Vertical(id="choice"):
                with VerticalScroll(id="about-scenario", can_focus=False):
                    yield Static(id="summary", markup=False)
                yield Static(id="seats-label", markup=False)
                yield Picks(id="seats", compact=True)
                yield Static(id="purpose", markup=False)
                with Horizontal(classes="pair"):
                    yield Static(id="pace-label", classes="label", markup=False)
                    yield self._pull("pace", PACES, self.crm.wishes.pace)
                with Horizontal(classes="pair"):
                    yield Static(id="skill-label", classes="label", markup=False)
                    yield self._pull("skill", levels(), self.crm.wishes.skill)
                yield Button(id="begin", variant="primary", compact=True)
        yield Hint()
        yield Foot()

    def on_mount(self) -> None:
        """The first scenario is chosen."""
        self.retell()
        self.query_one("#scenarios", OptionList).focus()

    def retell(self) -> None:
        """In the reader's language."""
        accent = self.app.theme_variables["accent"]
        banner = Text.assemble(
            (" CRMSIM ", f"bold reverse {accent}"),
            "  ",
            (tell(self, _("a company's customer relations, one seat each")), "dim"),
        )
        self.query_one("#banner", Static).update(banner)
        scenarios, saves = self.query_one("#scenarios", OptionList), self.query_one("#saves", OptionList)
        scenarios.border_title, saves.border_title = tell(self, _("Scenarios")), tell(self, _("Go on with"))
        kept = self.chosen
        scenarios.set_options([Option(Text(tell(self, titled(each)))) for each in self.scenarios])
        scenarios.highlighted = kept if self.scenarios else None
        saves.set_options([Option(Text(each.stem, no_wrap=True, overflow="ellipsis")) for each in self.saves])
        saves.display = bool(self.saves)
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
        value = pull.value
        pull.set_options([(Text(tell(self, label)), word) for word, label in words.items()])
        pull.value = value

    def _show(self) -> None:
        if not self.scenarios:
            self.query_one("#summary", Static).update(Text(tell(self, _("No scenario was found."))))
            return
        scenario = self.scenarios[self.chosen]
        size = _("Working days: {days}. Seats: {seats}.", days=scenario.calendar.days, seats=len(scenario.seats))
        text = Text.assemble((f"{tell(self, titled(scenario))}  ", "bold"), (tell(self, size), "dim"), "\n")
        text.append(tell(self, scenario.meta.summary))
        self.query_one("#summary", Static).update(text)
        seats = self.query_one("#seats", SelectionList)
        kept = set(seats.selected) or set(self.crm.wishes.seats)
        offered = [
            (each.id, " + ".join(tell(self, _("{role:label}", role=role)) for role in each.roles))
            for each in scenario.seats
        ]
        offered += [
            (f"customer-{n + 1}", tell(self, _("{role:label}", role="customer")))
            for n in range(scenario.playable_customers)
        ]
        offered.append((INSTRUCTOR, tell(self, _("{role:label}", role=INSTRUCTOR))))
        chosen = kept & {id for id, _name in offered} or {offered[0][0]}
        seats.clear_options()
        names = [name for _id, name in offered]
        for at, (id, name) in enumerate(offered):
            number = f" {names[: at + 1].count(name)}" if names.count(name) > 1 else ""
            seats.add_option(Selection(Text(name + number), id, id in chosen))
        self._hint()

    def _roles(self, seat: str) -> tuple[str, ...]:
        return next(
            (each.roles for each in self.scenarios[self.chosen].seats if each.id == seat), (seat.partition("-")[0],)
        )

    def _hint(self) -> None:
        """What comes next here, and what the seat under the cursor is for."""
        seats = self.query_one("#seats", SelectionList)
        at, focused = seats.highlighted, self.focused
        if self.scenarios and seats.option_count:
            roles = self._roles(str(seats.get_option_at_index(at or 0).value))
            told = " ".join(tell_label(self, PURPOSES[each]) for each in roles if each in PURPOSES)
            self.query_one("#purpose", Static).update(Text(told, "dim"))
        if focused is None or focused.id == "scenarios":  # before the first look nothing has it
            step = _("Next: choose a scenario with the arrows; [Enter] goes on to its seats.")
        elif focused.id == "saves":
            step = _("[Enter] goes on with this game where it was left.")
        else:
            step = _("Next: [F5] starts. Space takes a seat or leaves it; [Tab] goes on to time and colleagues.")
        self.query_one(Hint).say(step)

    def on_descendant_focus(self) -> None:
        """Another part of the screen, another next step."""
        self.call_after_refresh(self._hint)

    def on_selection_list_selection_highlighted(self) -> None:
        """Another seat under the cursor."""
        self._hint()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another scenario under the cursor."""
        if event.option_list.id == "scenarios" and event.option_index != self.chosen:
            self.chosen = event.option_index
            self._show()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter on a scenario goes on to its seats; on a save it is opened."""
        if event.option_list.id == "saves":
            self.query_one(Hint).say(_("The game is told again…"))
            self.call_after_refresh(self.crm.go_on, str(self.saves[event.option_index]))
        else:
            self.query_one("#seats", SelectionList).focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Start."""
        self.action_begin()

    def action_submit(self) -> None:
        """Enter on a choice starts."""
        self.action_begin()

    def action_begin(self) -> None:
        """Begin to play what is chosen."""
        seats = self.query_one("#seats", SelectionList).selected
        if not self.scenarios or not seats:
            self.say(_("Choose a scenario and at least one seat."), "warning")
            return
        order = [each.id for each in self.scenarios[self.chosen].seats]
        wishes = self.crm.wishes
        wishes.seats = tuple(sorted(seats, key=lambda each: order.index(each) if each in order else len(order)))
        wishes.pace, wishes.skill = str(self.query_one("#pace", Pull).value), str(self.query_one("#skill", Pull).value)
        self.query_one(Hint).say(_("The company is being set up…"))
        self.call_after_refresh(self.crm.begin, self.scenarios[self.chosen])

    def action_variant(self) -> None:
        """A challenge, or by hand: the chosen scenario in another way."""
        if not self.scenarios:
            return
        scenario = self.plain[self.chosen]
        offers: list[tuple[Words, Words | None]] = [(_("As it is"), None)]
        offers += [(_("{title}: {text}", title=each.title, text=each.text), None) for each in scenario.variants]

        def choose(at: int | None) -> None:
            if at is not None:
                self.scenarios[self.chosen] = varied(scenario, [scenario.variants[at - 1].id]) if at else scenario
                self.retell()

        self.app.push_screen(Offer(scenario.meta.title, offers), choose)

    def action_quit(self) -> None:
        """Leave."""
        self.app.exit()
