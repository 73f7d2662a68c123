"""The desk of any seat: what waits, the menu beside it, its tables, and what it was told."""

from __future__ import annotations

import gc
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import ContentSwitcher

from crmsim.crm.analysis.all import report_of
from crmsim.crm.purposes import PURPOSES
from crmsim.engine.action import Action, fields_of
from crmsim.engine.desk import Table
from crmsim.engine.fields import Pick
from crmsim.engine.words import N_, Words, _
from crmsim.tui.advice import besides, told_of
from crmsim.tui.briefing import Briefing
from crmsim.tui.centre import choices
from crmsim.tui.conversing import conversation_of
from crmsim.tui.file import open_file
from crmsim.tui.foot import Foot
from crmsim.tui.form import Form
from crmsim.tui.gauges import Gauges
from crmsim.tui.grid import Grid
from crmsim.tui.hint import Hint
from crmsim.tui.lesson import at_desk, busy
from crmsim.tui.news import News
from crmsim.tui.offer import Offer
from crmsim.tui.offering import offer_of
from crmsim.tui.paths import Paths
from crmsim.tui.reader import Reader
from crmsim.tui.report import ReportView
from crmsim.tui.rows import Rows
from crmsim.tui.session import Session
from crmsim.tui.speech import tell, tell_action, tell_help, tell_label
from crmsim.tui.stop import Stop
from crmsim.tui.talk import TalkRoom
from crmsim.tui.timed import TICK, Timed
from crmsim.tui.todo import ToDo


class Desk(Timed):
    """Home of a seat. Everything on it derives from the tables and actions that the seat's roles declare."""

    BINDINGS = [
        Binding("t", "home", N_("To do")),
        Binding("m", "menu", N_("Menu")),
        Binding("n,f3", "next_seat", N_("Next seat")),
        Binding("c,f8", "centre", N_("Control centre")),
        Binding("f", "file", N_("Customer file")),
        Binding("r", "read", N_("Mark as read"), show=False),
        Binding("escape", "back", N_("Back"), show=False),
        Binding("f1,question_mark", "help", N_("Help")),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.table: Table | None = None
        self._looked: Table | type[Action] | None = None
        self._seen: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """Gauges above, menu left, work in the middle, news right or below, keys at the bottom."""
        yield Gauges(self.session)
        with Horizontal(id="desk"):
            yield Paths()
            with ContentSwitcher(initial="todo", id="work"):
                yield ToDo(self.session.teaching)
                yield Rows()
                yield ReportView()
            yield News(self.session)
        yield Hint()
        yield Foot()

    def on_mount(self) -> None:
        """The first look, and the running clock."""
        self.look()
        self.query_one(ToDo).focus()
        self.set_interval(TICK, self.tick)
        gc.freeze()  # what was founded stays: going through all of it to find what is not needed takes as long as a key
        if self.session.fresh:
            self.session.fresh = False
            self.app.push_screen(Briefing(self.session))

    def on_unmount(self) -> None:
        """The game is left."""
        gc.unfreeze()

    def on_screen_resume(self) -> None:
        """Something may have been done on a sheet above."""
        if self.is_mounted and self._seen != self._state():
            self.look()

    def from_the_top(self) -> None:
        """Enter opens the first paper, as is said below, whichever the cursor stood on before."""
        self.query_one(ToDo).from_the_top()

    def _state(self) -> tuple[object, ...]:
        return (*self.session.state, self.crm.lang, self.table)

    def look(self) -> None:
        """Show what the seat sees now."""
        session = self.session
        if session.ended:
            self.crm.finish()
            return
        self._seen = self._state()
        over = session.act_over()
        if over is not None:
            self.app.push_screen(Stop(session, over), lambda _result: self.look())
        papers = session.papers()
        self.query_one(Gauges).papers = tuple(papers)
        self.query_one(Gauges).refresh()
        self.query_one(ToDo).show(papers, session.minute, [] if papers else session.ideas())
        self.query_one(Paths).show(session.tables, {each: session.closed(each) is None for each in session.actions})
        self.query_one(News).retell()
        self._show_table()
        self.hint()
        self.refresh_bindings()

    def _show_table(self) -> None:
        if self.table is None:
            return
        report = report_of(self.table.id)
        if report is None:
            beside = [action for action, _field, _closed in self.session.fitting(self.table, [])]
            self.query_one(Rows).show(self.table, self.session.view, beside)
        else:
            self.query_one(ReportView).show(report, self.session.view)

    def hint(self) -> None:
        """The next step while one learns; else what the cursor of the menu stands on."""
        lesson, line, thing = self.session.lesson, self.query_one(Hint), self._looked
        if self.query_one(Paths).has_focus and thing is not None:
            line.say(told_of(self, self.session, thing))
        elif self.session.busy_until > self.session.minute:
            line.say(busy(self.session.busy_until, len(self.session.seats)))
        elif lesson.on:
            step = at_desk(lesson, self.query_one(ToDo).papers, self._where(), self.session.teaching)
            line.say(step, lesson.told(self._where()), mark=True)
        else:
            line.say(besides(self.session, self.query_one(ToDo).papers))

    def _where(self) -> str:
        """Which part of the desk is worked in."""
        if self.query_one(Paths).has_focus:
            return "menu"
        if self.table is None:
            return "todo"
        if self.query_one(ReportView).display:
            return "report"
        return "filter" if self.query_one(Rows).filtering else "table"

    def on_descendant_focus(self) -> None:
        """Another part of the desk, another next step."""
        self.call_after_refresh(self.hint)

    def retell(self) -> None:
        """In the new language."""
        self.look()

    def explained(self) -> list[tuple[str, str]]:
        """What the seat is for, and what it can do."""
        seat = self.session.view.seat
        purposes = [(tell(self, _("{role:role}", role=each)), PURPOSES.get(each, "")) for each in seat.roles]
        found = [(name, tell_label(self, words)) for name, words in purposes if words]
        return found + [(tell_action(self, each), tell_help(self, each)) for each in self.session.actions]

    # -- where one is

    def action_home(self) -> None:
        """The list of what waits."""
        self.table = None
        self.remove_class("-table")
        self.query_one("#work", ContentSwitcher).current = "todo"
        self.query_one(ToDo).focus()

    def action_menu(self) -> None:
        """To the menu."""
        self.remove_class("-table")
        self.query_one(Paths).focus()

    def action_back(self) -> None:
        """Out of the filter, to the home list, and from there out of the game when that is meant."""
        if self.query_one(Rows).clear_filter():
            return
        if self.table is not None or not self.query_one(ToDo).has_focus:
            self.action_home()
        else:
            self.crm.action_leave(unmeant=True)  # a key too many, and then the Enter for the first paper

    def open_table(self, table: Table) -> None:
        """Show a table in the middle."""
        self.table = table
        drawn = report_of(table.id) is not None
        self.add_class("-table")
        self.query_one("#work", ContentSwitcher).current = "report" if drawn else "rows"
        self._show_table()
        self.query_one(ReportView if drawn else Grid).focus()

    def open_action(self, action: type[Action], filled: dict[str, Any] | None = None, why: Words | None = None) -> None:
        """The conversation an action belongs to, or its form, or why not now."""
        if not self.is_active:
            return  # the second click of two, or of a hand that was slower than the clock
        talk = conversation_of(self.session, action, filled or {})
        if talk is not None:
            self.app.push_screen(TalkRoom(self.session, action, *talk))
            return
        closed = self.session.closed(action)
        if closed is not None and not filled:
            self.say(_("Not now: {reason}", reason=closed), "warning")
            return
        self.app.push_screen(Form(self.session, action, filled, why=why), self.done)

    def done(self, facts: tuple[Any, ...] | None) -> None:
        """What was done shows at once."""
        for fact in (facts or ())[:3]:
            self.say(self.session.sentence(fact))
        self.query_one(Rows).marked.clear()
        self.look()

    def on_to_do_opened(self, event: ToDo.Opened) -> None:
        """A paper with its next step filled in."""
        self.open_action(event.paper.action, dict(event.paper.filled), event.paper.why)

    def on_to_do_taken(self, event: ToDo.Taken) -> None:
        """Something useful while nothing waits: begun, or read."""
        if event.idea.action is not None:
            self.open_action(event.idea.action, dict(event.idea.filled), event.idea.why)
        elif event.idea.row is not None:
            self.read(event.idea.row)
        else:
            self.open_table(event.table)

    def on_paths_chosen(self, event: Paths.Chosen) -> None:
        """A place in the menu."""
        if event.thing is None:
            self.action_home()
        elif isinstance(event.thing, Table):
            self.open_table(event.thing)
        else:
            self.open_action(event.thing)

    def on_paths_looked(self, event: Paths.Looked) -> None:
        """What the cursor stands on is told below."""
        self._looked = event.thing
        self.hint()

    def on_rows_entered(self, event: Rows.Entered) -> None:
        """What fits these rows, or an empty table: the conversation, the one form, or a choice of forms."""
        if not self.is_active:
            return  # as above
        offers = self.session.fitting(event.table, event.rows)
        if len(offers) == 1 and offers[0][2] is None:
            self.start(*offers[0][:2], event.rows)
        elif offers:
            offer_of(self, event.table, event.rows, offers)
        elif event.rows and bool(getattr(event.rows[0], "text", "")):
            self.read(event.rows[0])
        elif event.rows:
            self.say(_("There is nothing to do with this row."))

    def read(self, row: Any) -> None:
        """A row's page."""
        self.app.push_screen(Reader(row.title, row.text))

    def start(self, action: type[Action], name: str, rows: list[Any]) -> None:
        """An action with these rows in one of its fields; one after another where it takes only one."""
        taken = self.session.handed(action, name, rows)
        if len(taken) < 2:
            self.open_action(action, {name: taken[0]} if taken else {})
        else:
            self.app.push_screen(Form(self.session, action, {name: taken[0]}, (name, taken)), self.done)

    def _pointed_at(self) -> Any:
        """The row under the cursor; of a paper, the row that it is about."""
        if self.table is not None:
            return self.query_one(Rows).row_at_cursor()
        todo = self.query_one(ToDo)
        if todo.highlighted is None or todo.highlighted >= len(todo.papers):
            return None
        paper = todo.papers[todo.highlighted]
        picks = {name: each.kind for name, each in fields_of(paper.action).items() if isinstance(each.kind, Pick)}
        rows = (self.session.view.get(picks[name].entity, id) for name, id in paper.filled.items() if name in picks)
        return next((row for row in rows if self.session.subject(row) is not None), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A file is opened where the cursor stands on something that has one."""
        if action == "file":
            return self.is_mounted and self.session.subject(self._pointed_at()) is not None
        return super().check_action(action, parameters)

    def action_file(self) -> None:
        """All that is known of the customer that a row or a paper is about."""
        open_file(self, self.session, self._pointed_at())

    # -- seats

    def action_next_seat(self) -> None:
        """Sit down at the next of the player's seats."""
        self.session.mark_read()
        self.session.next_seat()
        self.action_home()
        self.look()

    def action_centre(self) -> None:
        """Cases, mail, grades; for the instructor the seats and the clock."""
        found = choices(self)
        self.app.push_screen(
            Offer(_("Control centre"), [(name, closed) for name, closed, _do in found]),
            lambda at: None if at is None else found[at][2](),
        )

    def action_read(self) -> None:
        """All news are read."""
        self.session.mark_read()
        self.query_one(News).retell()
