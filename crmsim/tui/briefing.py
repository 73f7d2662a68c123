"""Where one is: the company, the seat and what it is for, the act, and what to do next. Read before the first paper."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Label, Static

from crmsim.crm.purposes import PURPOSES
from crmsim.engine.words import N_, _
from crmsim.tui.foot import Foot
from crmsim.tui.hint import Hint
from crmsim.tui.room import Sheet
from crmsim.tui.session import Session
from crmsim.tui.speech import tell, tell_label


class Briefing(Sheet[None]):
    """One page; Enter begins."""

    BINDINGS = [
        Binding("enter", "leave", N_("Begin")),
        Binding("pageup,up", "scroll_page(-1)", N_("Read back"), show=False),
        Binding("pagedown,down", "scroll_page(1)", N_("Read on"), show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        """The company's name above, a button below."""
        with Vertical(classes="box"):
            yield Label(Text(tell(self, self.session.view.settings.name)), classes="heading")
            with VerticalScroll(classes="page", can_focus=False):
                yield Static(self._words(), markup=False)
            yield Static(self._papers(), markup=False, id="papers")
            with Horizontal(classes="buttons"):
                yield Button(Text(tell(self, _("Begin"))), id="begin-work", variant="primary", compact=True)
        yield Hint()
        yield Foot()

    def _words(self) -> Text:
        session, accent = self.session, self.app.theme_variables["accent"]
        text = Text(f"{tell(self, session.profile)}\n\n", "dim")
        for seat in session.seats:
            found = session.seat_of(seat)
            roles = " + ".join(tell(self, _("{role:role}", role=each)) for each in found.roles)
            who = f"{tell(self, found.name)} · " if found.name and seat in session.company_seats else ""
            text.append(f"{who}{roles}\n", f"bold not dim {accent}")
            for role in found.roles:
                text.append(f"{tell_label(self, PURPOSES.get(role, ''))}\n", "not dim")
        if session.act is not None and session.in_company:
            text.append(f"\n{tell(self, session.act.title)}\n", "bold not dim")
            text.append(f"{tell(self, session.act.pressure)}\n", "not dim")
        text.rstrip()
        return text

    def _papers(self) -> str:
        count = len(self.session.papers())
        words = (
            _("Papers on your desk: {count}. The top one opens with Enter.", count=count)
            if count
            else _("Seats are watched from the control centre, by c.")
            if self.session.teaching
            else _("Nothing waits on your desk yet. There, w lets time pass until something does.")
        )
        return tell(self, words)

    def on_mount(self) -> None:
        """Enter begins."""
        self.query_one("#begin-work").focus()
        self.query_one(Hint).say(_("Next: [Enter] begins."))

    def on_resize(self) -> None:
        """Many seats are read by scrolling, so that what waits and the button stay in sight."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        for page in self.query(".page"):  # none, when it was left before it was laid out
            others = [each for each in self.query_one(".box").children if each is not page]
            taken = 4 + sum(each.outer_size.height + each.styles.margin.height for each in others)
            room = max(3, self.size.height - taken)
            page.styles.max_height = room
            if page.query_one(Static).size.height > room:
                self.query_one(Hint).say(_("Next: [PgDn] reads on, [Enter] begins."))

    def action_scroll_page(self, by: int) -> None:
        """What had no room."""
        page = self.query_one(".page")
        page.scroll_relative(y=by * max(1, page.size.height - 2), animate=False)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """To work."""
        self.dismiss(None)
