"""The stop between two acts: how the team stands, what comes next, one intention, and who sits where."""

from __future__ import annotations

from typing import Any

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Input, Label, SelectionList, Static
from textual.widgets.selection_list import Selection

from crmsim.engine.errors import CrmsimError
from crmsim.engine.words import N_, _
from crmsim.scenarios.schema import ActPart
from crmsim.tui.entry import Entry
from crmsim.tui.foot import Foot
from crmsim.tui.pacing import INTENTION
from crmsim.tui.pairs import Pairs
from crmsim.tui.picks import Picks
from crmsim.tui.room import Sheet
from crmsim.tui.session import Session
from crmsim.tui.speech import language, tell

DEAF = 1.0  # seconds for which a window that nobody asked for takes no keys


class Stop(Sheet[bool]):
    """The clock stands while it is shown. Enter goes on. It comes unasked, so it is deaf for its first second."""

    BINDINGS = [
        Binding("f10", "leave", N_("Go on")),
        Binding("f5", "seats", N_("Change seats")),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, session: Session, over: ActPart) -> None:
        super().__init__()
        self.session, self.over = session, over
        self.found: tuple[Any, ...] | None = None
        self.deaf = True

    def compose(self) -> ComposeResult:
        """What is over, the gauges, what comes, the intention, the seats."""
        with Vertical(classes="box wide"):
            yield Label(Text(tell(self, _("{act} is over.", act=self.over.title))), classes="heading")
            with VerticalScroll(id="gauges", can_focus=False):
                yield Static(id="team", markup=False)
                yield Static(id="bands", markup=False)
            yield Static(self._next(), id="next", markup=False)
            held, offered = self.session.seats, self.session.company_seats
            picks = [Selection(self._named(each), each, each in held) for each in offered]
            yield Picks(*picks, id="stop-seats", compact=True)
            with Horizontal(classes="pair"):
                yield Static(Text(tell(self, _("One intention"))), classes="label", markup=False)
                yield Entry(
                    self.session.intention, id="intention", compact=True, max_length=INTENTION,
                    placeholder=tell(self, _("what you will do otherwise in the next act")),
                )  # fmt: skip
            with Horizontal(classes="buttons"):
                yield Button(Text(tell(self, _("Go on"))), id="go", variant="primary", compact=True)
                yield Button(Text(tell(self, _("Change seats"))), id="change", compact=True)
        yield Foot()

    def _named(self, seat: str) -> Text:
        found = self.session.seat_of(seat)
        roles = " + ".join(tell(self, _("{role:role}", role=each)) for each in found.roles)
        return Text(f"{roles}  {tell(self, found.name or seat)}")

    def _next(self) -> Text:
        act = self.session.act
        if act is None:
            return Text("")
        text = Text.assemble((tell(self, _("Next: {act}", act=act.title)), "bold"), "\n")
        if self.session.in_company:
            text.append(tell(self, act.pressure))
        return text

    def on_mount(self) -> None:
        """The gauges are found while one reads."""
        self.query_one("#stop-seats").display = False
        team = Pairs((tell(self, name), Text(value, "bold")) for name, value in self.session.team())
        self.query_one("#team", Static).update(team)
        self.set_timer(DEAF if self.deaf else 0.01, self._hear)
        if self.found is None:
            self.query_one("#bands", Static).update(Text(tell(self, _("Looking at what was handled…")), "italic dim"))
            self.session.mark_time()
            self.look_back()
        else:
            self.call_after_refresh(self._show)

    def _hear(self) -> None:
        """From now on keys count."""
        self.deaf = False
        self.query_one("#intention").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing while it is deaf."""
        return not self.deaf or action not in {"leave", "seats"}

    @work(thread=True, exclusive=True)
    def look_back(self) -> None:
        """Tell the game again up to here, beside the screen."""
        found = self.session.so_far()
        if self.is_attached:
            self.app.call_from_thread(self._found, found)

    def _found(self, found: tuple[Any, ...]) -> None:
        self.found = found
        if self.is_mounted:
            self._show()

    def _show(self) -> None:
        from crmsim.tui.bands import bands  # with what grades

        mine = [each for each in self.found or () if each.seat in self.session.seats]
        inside = set(self.session.seats) & set(self.session.company_seats)  # who buys is not told how they work
        others = [each for each in self.found or () if inside and each.seat not in self.session.seats]
        place = self.query_one("#bands", Static)
        place.update(bands(place, mine, others, language(self)))

    async def _again(self) -> None:
        words = self.query_one("#intention", Input).value
        await self.recompose()
        self.on_mount()
        self.query_one("#intention", Input).value = words

    def action_seats(self) -> None:
        """Show the seats of the company, and whose they are."""
        seats = self.query_one("#stop-seats", SelectionList)
        seats.display = not seats.display
        self.query_one("#gauges").display = not seats.display
        (seats if seats.display else self.query_one("#intention")).focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Go on, or change seats."""
        event.stop()
        if event.button.id == "go":
            self.action_leave()
        else:
            self.action_seats()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on."""
        event.stop()
        self.action_leave()

    def action_leave(self) -> None:
        """On with the next act, with the intention and the seats as they are chosen here."""
        words = self.query_one("#intention", Input).value
        seats = self.query_one("#stop-seats", SelectionList).selected
        order = self.session.company_seats
        own = [each for each in self.session.seats if each not in order]  # a customer's seat stays
        try:
            if set(seats) != set(self.session.seats) - set(own):
                self.session.hold([*sorted(seats, key=order.index), *own])
            self.session.intend(words)
        except CrmsimError as error:
            self.say(error.message, "error")
            return
        self.dismiss(True)
