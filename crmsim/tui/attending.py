"""Attending to one conversation: reading it back, the customer's file, and whatever else may be done with it."""

from __future__ import annotations

from typing import Any

from textual import events

from crmsim.engine.action import Action, fields_of
from crmsim.tui.file import open_file
from crmsim.tui.form import Form
from crmsim.tui.offer import Offer
from crmsim.tui.others import Paper, others, why_not
from crmsim.tui.room import Room
from crmsim.tui.session import Session
from crmsim.tui.speech import tell_action, tell_help, words_of
from crmsim.tui.transcript import Transcript


class Attending(Room):
    """A room about one conversation, named by the field of the action that carries it on."""

    def __init__(self, session: Session, action: type[Action], field: str, id: str) -> None:
        super().__init__()
        self.session, self.action, self.field, self.row_id = session, action, field, id

    @property
    def row(self) -> Any:
        """The row that is the conversation, as this seat sees it now."""
        return self.session.view.get(fields_of(self.action)[self.field].kind.entity, self.row_id)  # type: ignore[attr-defined]

    @property
    def others(self) -> list[Paper]:
        """What else can be done with this conversation."""
        return others(self.session, self.action, self.field, self.row_id)

    def look(self) -> None:
        """Show the conversation as it stands."""

    def done(self, facts: tuple[Any, ...] | None) -> None:
        """What was done beside the talk shows at once."""
        for fact in (facts or ())[:3]:
            self.say(self.session.sentence(fact))
        self.look()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A file is opened where there is one."""
        return action != "file" or (self.is_mounted and self.session.subject(self.row) is not None)

    def action_paper(self, at: int) -> None:
        """One of the other things to do with this conversation; the first is writing it down, mostly."""
        papers = self.others
        if at < len(papers) and papers[at][2]:
            action, name, _open = papers[at]
            self.app.push_screen(Form(self.session, action, {name: self.row_id}), self.done)

    def action_papers(self) -> None:
        """Everything else that may be done here."""
        offers = [(words_of(paper[0]), why_not(self.session, paper)) for paper in self.others]
        if offers:
            self.app.push_screen(
                Offer(self.row.title, offers),
                lambda at: None if at is None else self.action_paper(at),
            )

    def action_file(self) -> None:
        """All that the company knows of the customer."""
        open_file(self, self.session, self.row)

    def action_scroll_said(self, by: int) -> None:
        """Back to what was said before, and on again."""
        said = self.query_one(Transcript)
        said.scroll_relative(y=by * max(1, said.size.height - 2), animate=False)

    def on_click(self, event: events.Click) -> None:
        """A click on one of the other papers opens it."""
        at = event.style.meta.get("paper")
        if at is not None:
            self.action_paper(at)

    def explained(self) -> list[tuple[str, str]]:
        """How one talks well, and what else can be done with this talk."""
        kinds = [self.action, *(action for action, _name, _open in self.others)]
        return [(tell_action(self, each), tell_help(self, each)) for each in kinds]
