"""What the line below a desk tells when it gives no lesson: what one set out to do, and what a place of the menu is."""

from __future__ import annotations

from collections.abc import Sequence

from textual.dom import DOMNode

from crmsim.crm.naming import joined
from crmsim.engine.action import Action
from crmsim.engine.desk import Table, Waiting
from crmsim.engine.words import Words, _
from crmsim.tui.room import Room
from crmsim.tui.session import Session
from crmsim.tui.speech import tell, tell_help, tell_label


def besides(session: Session, papers: Sequence[Waiting]) -> Words:
    """What the player set out to do; else what no paper asks for and has its time all the same."""
    if session.intention:
        return _("For this act: {intention}", intention=session.intention)
    for table, idea in session.ideas() if papers else ():
        if idea.soon:
            return _("{why} Menu: {table:label}.", why=idea.why, table=table.label)
    return ""


def tell_elsewhere(room: Room, session: Session) -> None:
    """What the last wait brought to the player's other seats."""
    roles = dict.fromkeys(role for seat in session.called for role in session.seat_of(seat).roles)
    if roles:
        seats = joined(_("{role:role}", role=each) for each in roles)
        room.say(_("New at another of your seats: {seats}. At a desk, n goes to the next.", seats=seats), "warning")


def told_of(node: DOMNode, session: Session, thing: Table | type[Action]) -> Words:
    """A table or an action of the menu in a sentence; what is not possible now with its reason."""
    if isinstance(thing, Table):
        return tell_label(node, thing.label)
    closed = session.closed(thing)
    reason = "" if closed is None else tell(node, _("Not now: {reason}", reason=closed)) + "  "
    return reason + tell_help(node, thing)
