"""What an action costs, before it is done: minutes and when it ends, money, and what passes its limit meanwhile."""

from __future__ import annotations

from textual.dom import DOMNode

from crmsim.engine.action import Action
from crmsim.engine.words import _, time
from crmsim.tui.session import Session
from crmsim.tui.speech import language, tell


def price(node: DOMNode, session: Session, action: Action, times: int = 1) -> str:
    """In the reader's words; done several times one after another, it costs as many times as much."""
    cost, end, late = session.price(action, times)
    words = tell(node, _("takes no working time"))
    if cost:
        words = tell(node, _("about {minutes} min, ends {when}", minutes=cost, when=time(end, language(node))))
    spent = action.spends(session.view) * times
    if spent:
        words += tell(node, _("; costs {money:money}", money=spent))
    if late:
        words += tell(node, _("; past their limit meanwhile: {count}", count=late))
    return words
