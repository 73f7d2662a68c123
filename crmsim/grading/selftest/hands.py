"""The eight hands whose order is known: bots of each level, and three that play for points, not for customers.

Above: expert, competent, novice. Below a novice and above nothing at all: chance, and each gaming hand in the seats
where its vice can be exercised; elsewhere it is a hand like another, and only has to stay below a competent one.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from msgspec.structs import fields, replace

from crmsim.bots import bot
from crmsim.bots.habits import NOVICE, without
from crmsim.bots.policy import Bot
from crmsim.crm.company import DIRECTOR, PROMOTER, SALES, CompanyView
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action, LegalActions, offered, refusal
from crmsim.engine.desk import to_do
from crmsim.game import Player
from crmsim.roles import TABLES
from crmsim.roles.inviting import InviteToTalk
from crmsim.roles.monitoring import WriteNote
from crmsim.roles.sales import SubmitOrder
from crmsim.roles.talking import Speak

LADDER = ("expert", "competent", "novice")  # best first; then all of these, then nothing
GAMING = ("spammer", "discounter", "approver")
LOW = (*GAMING, "random")
HANDS = (*LADDER, *LOW, "idle")
# where a hand's vice can be exercised: who names prices, who signs what others did; empty words can be written anywhere
SEATS = {"discounter": (SALES, PROMOTER), "approver": (DIRECTOR,)}
EMPTY = "Hello!"
# who games does no more than it must: less than a novice
LOOKED_AT = 3
CARELESS = without(NOVICE, hasty=True, greets=False, meets_doubts=False, prepares=False)


class Spammer:
    """Writes to everybody all the time, and says nothing: every talk is opened, greeted, and greeted again."""

    level, rest = "spammer", 0

    def choose(self, view: CompanyView, legal: LegalActions) -> Action | None:
        """Another empty word to whoever is there, else another invitation, else a note to a colleague."""
        for talk in view.all(Talk):
            if talk.seat in ("", view.seat.id) and talk.status in {"waiting", "open"}:
                word = Speak(talk=talk.id, move="greet", text=EMPTY)
                if Speak in legal.actions and refusal(word, view) is None:
                    return word
        called = {each.record for each in view.all(Talk) if each.status in {"invited", "open"}}
        for kind in (InviteToTalk, WriteNote):
            for call in offered(kind, view, {"text": EMPTY} if kind is WriteNote else {}):
                fresh = getattr(call, "record", "") not in called
                if kind in legal.actions and fresh and refusal(call, view) is None:
                    return call
        return None


class Discounter:
    """Gives the limit to everybody at once: talks are short, and every offer and order carries all that is allowed."""

    level, rest = "discounter", 0

    def __init__(self) -> None:
        self.inner = Bot(self.level, CARELESS)

    def choose(self, view: CompanyView, legal: LegalActions) -> Action | None:
        """What a careless hand would do, at the lowest price."""
        found = self.inner.choose(view, legal)
        limit = view.settings.discount_limit
        cheaper: Action | None = None
        if isinstance(found, SubmitOrder):
            cheaper = replace(found, discount=limit)
        elif isinstance(found, Speak) and found.move in {"ask_order", "quote", "present"}:
            cheaper = replace(found, move="discount", amount=limit)
        return cheaper if cheaper is not None and refusal(cheaper, view) is None else found


class Approver:
    """Says yes to whatever lies on the desk, unread: the oldest paper first, by the first that its form offers."""

    level, rest = "approver", 0

    def choose(self, view: CompanyView, legal: LegalActions) -> Action | None:
        """The next paper, with a yes."""
        for paper in sorted(to_do(view, TABLES), key=lambda each: each.since):
            for found in islice(offered(paper.action, view, paper.filled), LOOKED_AT):
                yes = found
                if "decision" in {each.name for each in fields(type(found))}:
                    yes = replace(found, decision="approve")
                if paper.action in legal.actions and refusal(yes, view) is None:
                    return yes
        return None


GAMERS: dict[str, Callable[[], Player]] = {"spammer": Spammer, "discounter": Discounter, "approver": Approver}


def low_hands(role: str) -> tuple[str, ...]:
    """The hands that must stand below a novice in a role, and above nothing at all."""
    return tuple(each for each in LOW if role in SEATS.get(each, (role,)))


def hand(name: str, seed: int) -> Player:
    """One of the eight, by name; `seed` is a random hand's own luck."""
    return GAMERS[name]() if name in GAMERS else bot(name, seed)
