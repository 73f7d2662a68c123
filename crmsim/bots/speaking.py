"""How bots talk: what to say next, from what the talk shows."""

from __future__ import annotations

from typing import Any

from crmsim.bots.policy import Bot, answers, initiative
from crmsim.crm.company import PROSPECTOR, SALES, CompanyView
from crmsim.crm.moves import ANSWERS, MEETS, made, named_price, record_of, talked_about
from crmsim.crm.product import Product
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action
from crmsim.engine.desk import Waiting
from crmsim.engine.words import DAY
from crmsim.roles.inviting import InviteToTalk
from crmsim.roles.talking import CloseTalk, Speak

PPM = 1_000_000
TRIED = 2  # times a question is put before it is dropped
LONG_WAIT = 120  # working minutes after which one apologises
COOL = ("angry", "cool")


@answers(Speak)
def speak(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """The next move of a talk that waits for this seat."""
    talk = view.get(Talk, paper.filled["talk"])
    if talk is None:
        return None
    speaker = Speaker(bot, view, talk)
    return speaker.sell() if SALES in view.seat.roles else speaker.welcome()


class Speaker:
    """One talk, as its speaker sees it."""

    def __init__(self, bot: Bot, view: CompanyView, talk: Any) -> None:
        self.habits, self.view, self.talk = bot.habits, view, talk
        self.record = record_of(view, talk)

    def say(self, move: str, **more: Any) -> Speak:
        """A move in the words of the house."""
        return Speak(talk=self.talk.id, move=move, **more)

    def made(self, move: str) -> int:
        """How often this seat made a move."""
        return made(self.talk, move)

    def known(self, topic: str) -> bool:
        """Whether the customer told it here, or a colleague wrote it down."""
        named = "phone" if topic == "contact" else topic
        if self.talk.told(named) is not None:
            return True
        return bool(self.habits.uses_record and self.record is not None and getattr(self.record, named, ""))

    def opening(self) -> Speak | None:
        """A greeting, and an apology after a long wait."""
        if not self.habits.greets or self.made("greet"):
            return None
        return self.say("greet")

    def reply(self) -> Speak | None:
        """What answers the customer's own question or objection."""
        asked, objection = self.talk.asked, self.talk.objection
        if objection:
            for move in MEETS.get(objection, ()):
                if not self.made(move) or move == "answer_proof" and self.made(move) < TRIED:
                    return self._discount() if move == "discount" else self.say(move)
            return self._discount()
        for move in ANSWERS.get(asked, ()):
            if move == "quote":
                return self._quote() if self._may_offer() else self._ask(("need",))
            if not self.made(move):
                return self.say(move, **self._about(move))
        return None

    def _about(self, move: str) -> dict[str, Any]:
        return {"product": self._product()} if move in {"present", "quote"} else {}

    def _product(self) -> str:
        found = talked_about(self.talk, self.record)
        return found or next((each.id for each in self.view.all(Product) if not each.withdrawn), "")

    def _may_offer(self) -> bool:
        return not self.habits.needs_first or self.known("need")

    def _ask(self, topics: tuple[str, ...]) -> Speak | None:
        for topic in topics:
            if not self.known(topic) and self.made(f"ask_{topic}") < (TRIED if topic in {"need", "contact"} else 1):
                return self.say(f"ask_{topic}")
        return None

    def _quote(self) -> Speak | None:
        product = self.view.get(Product, self._product())
        return None if product is None else self.say("quote", product=product.id, amount=product.price)

    def _discount(self) -> Speak | None:
        limit = self.view.settings.discount_limit
        if not named_price(self.talk) or self.made("discount") >= (1 if self.habits.holds_price else 2):
            return None
        return self.say("discount", amount=limit // 2 if self.habits.holds_price else limit)

    def welcome(self) -> Action | None:
        """Front office: learn the need, gain the contact, agree what comes next, end."""
        return (
            self.opening()
            or self.reply()
            or self._ask(("need", "contact"))
            or (None if self.talk.mood in COOL else self._ask(("quantity", "deadline")))
            or (self.say("next_step") if self.habits.follows_up and not self.made("next_step") else None)
            or self._end()
        )

    def sell(self) -> Action | None:
        """Sales: needs, what fits, a price, doubts met, then the order."""
        topics = ("need", "quantity", "deadline", "budget") if self.habits.needs_first else ()
        if self.habits.asks_all:
            topics = ("need", "quantity", "budget", "decision")
        if self.habits.thorough:
            topics = ("need", "quantity", "budget", "deadline", "decision", "rival", "contact")
        patient = self.talk.mood not in COOL or self.habits.thorough
        return (
            self.opening()
            or self.reply()
            or (self._ask(topics if patient else topics[:2]))
            or (self.say("present", product=self._product()) if not self.made("present") else None)
            or (self._quote() if not self.made("quote") else None)
            or (self._discount() if not self.habits.holds_price else None)
            or (self.say("ask_order") if self.made("ask_order") < TRIED else None)
            or (self.say("next_step") if self.habits.follows_up and not self.made("next_step") else None)
            or self._end()
        )

    def _end(self) -> Action:
        if not self.made("close"):
            return self.say("close")
        return CloseTalk(talk=self.talk.id)


def may_call(view: CompanyView, record: Any) -> bool:
    """Whether nobody has spoken with this customer, nor tried to, within the last days."""
    talks = [each for each in view.all(Talk) if each.record == record.id or each.customer == record.customer]
    since = max((max(each.started, each.answered, each.next_step) for each in talks), default=record.assigned)
    return view.minute - since > 3 * DAY and len(talks) < 4


@initiative(SALES)
def win_back(bot: Bot, view: CompanyView) -> Action | None:
    """Invite an own customer who has been quiet for some days."""
    if not bot.habits.follows_up:
        return None
    for record in view.all(Record):
        if record.owner == view.seat.id and record.status in {"lead", "prospect"} and may_call(view, record):
            return InviteToTalk(record=record.id, channel="phone")
    return None


@initiative(PROSPECTOR)
def dig(bot: Bot, view: CompanyView) -> Action | None:
    """Invite somebody on file whom nobody looks after."""
    if not bot.habits.follows_up:
        return None
    for record in view.all(Record):
        if not record.owner and may_call(view, record):
            return InviteToTalk(record=record.id, channel="phone")
    return None
