"""How bots play customers: get in touch, tell what is needed, push the price while there is time, sign what holds.

A competent buyer keeps its budget to itself and doubts a price until something is taken off it. A hasty one tells all
and takes the first price; a thorough one hears every rival first and is late.
"""

from __future__ import annotations

from typing import Any

from crmsim.bots.policy import Bot, answers, initiative
from crmsim.crm.company import CUSTOMER, CompanyView
from crmsim.crm.customer import Customer
from crmsim.crm.moves import ASKS, made, named_price
from crmsim.crm.order import Order
from crmsim.crm.service import Feedback
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action
from crmsim.engine.desk import Waiting
from crmsim.engine.words import DAY, _, render
from crmsim.roles.answering import AcceptInvitation, DeclineInvitation, Reply
from crmsim.roles.customer.contact import MakeContact
from crmsim.roles.customer.orders import AcceptContract, DeclineContract, Pay
from crmsim.roles.customer.own import played
from crmsim.roles.customer.saying import GiveFeedback

PPM = 1_000_000
PUSHES = 3  # doubts about a price before a buyer takes it or leaves it
LAST = 2  # days before its decision date on which a thorough buyer gets in touch at last
BARGAIN = 960_000  # ppm of the list price from which a buyer no longer pushes
LATE = 6 * DAY  # how long a forgetful buyer lets a bill lie after its day
SAYS = {
    "tell": _("It is like this."),
    "dodge": _("I would rather not say."),
    "ask": _("And what does it cost?"),
    "object": _("That is more than I thought."),
    "rival": _("I have been offered it for less elsewhere."),
    "agree": _("Agreed."),
    "postpone": _("I have to think about it."),
    "nod": _("I see."),
}


@answers(MakeContact)
def get_in_touch(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """At once, but for who hears every rival first; again only after two days without an answer."""
    who = view.get(Customer, paper.filled["customer"])
    if who is None or "channel" not in paper.filled:
        return None
    if bot.habits.thorough and view.minute < who.deadline - LAST * DAY:
        return None
    earlier = [each.started for each in view.of(Talk, who.id) if each.started >= who.needed_since]
    if earlier and view.minute < max(earlier) + 2 * DAY:
        return None
    return MakeContact(**paper.filled)


@answers(AcceptInvitation)
def invited(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """Yes while something is needed or under way."""
    talk = view.get(Talk, paper.filled["talk"])
    who = None if talk is None else view.get(Customer, talk.customer)
    if talk is None or who is None:
        return None
    return AcceptInvitation(talk=talk.id) if who.wants else DeclineInvitation(talk=talk.id, reason="no_need")


@answers(Reply)
def reply(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """What this buyer answers to the company's last move."""
    talk = view.get(Talk, paper.filled["talk"])
    who = None if talk is None else view.get(Customer, talk.customer)
    return None if talk is None or who is None else Buyer(bot, view, talk, who).answer()


class Buyer:
    """One talk, as the customer in it sees it."""

    def __init__(self, bot: Bot, view: CompanyView, talk: Talk, who: Any) -> None:
        self.habits, self.view, self.talk, self.who = bot.habits, view, talk, who
        self.asked = next((each.move for each in reversed(talk.says) if each.by != talk.customer), "")
        self.price = named_price(talk)

    def say(self, move: str, topic: str = "", **more: Any) -> Reply:
        """A move in plain words."""
        words = render(SAYS[move], self.view.language)
        return Reply(talk=self.talk.id, move=move, topic=topic, words=words, **more)

    def answer(self) -> Reply:
        """Tell what is asked; with a price on the table, push it or take it."""
        if self.asked in ASKS:
            return self._tell(ASKS[self.asked])
        if self.asked == "close":
            return self.say("postpone")
        if not self.price:
            return self._before_a_price()
        return self._push() or self._decide()

    def _before_a_price(self) -> Reply:
        if self.asked == "next_step":
            return self.say("agree", "next_step")
        if self.talk.told("need") is None:
            return self.say("tell", "need", feeling="warm")
        return self.say("nod") if self.talk.asked else self.say("ask", "price", feeling="warm")

    def _tell(self, topic: str) -> Reply:
        """All that helps to be served; the budget only by an open hand."""
        hidden = topic == "budget" and self.habits.holds_price
        nothing = topic == "rival" and not self._cheaper()
        return self.say("dodge", topic) if hidden or nothing else self.say("tell", topic, feeling="warm")

    def _cheaper(self) -> bool:
        """Whether a rival's offer that is known by now is lower than the company's."""
        whole = self.price * self.who.quantity
        known = [each.price for each in self.who.rivals if each.known_from <= self.view.minute]
        return bool(known) and (not whole or min(known) < whole)

    def _push(self) -> Reply | None:
        """A doubt about the price, a rival's offer first; none once something was taken off it."""
        pushed = sum(1 for each in self.talk.says if each.by == self.talk.customer and each.move in {"object", "rival"})
        cheap = self.price <= self._list_price() * BARGAIN // PPM
        given = made(self.talk, "discount") > self.habits.persists  # an expert asks whether that was all
        if not self.habits.holds_price or cheap or given or pushed >= PUSHES + self.habits.persists:
            return None
        if self._cheaper() and "rival" not in self.talk.raised:
            return self.say("rival", raises="rival", feeling="neutral")
        return self.say("object", "worth", feeling="neutral")

    def _list_price(self) -> int:
        last = next((each.product for each in reversed(self.talk.says) if each.product), self.who.wants)
        return next((each.price for each in self.view.scenario.products if each.id == last), self.price)

    def _decide(self) -> Reply:
        """Order what the budget bears, or part until another day."""
        whole = self.price * self.who.quantity
        if self.habits.hasty or whole <= self.who.budget:
            return self.say("agree", "order", settled=True, feeling="delighted")
        return self.say("agree", "next_step") if self.asked == "next_step" else self.say("postpone")


@answers(AcceptContract)
def sign(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """What the budget bears; a contract above it only by a hand that does not read."""
    order = view.get(Order, paper.filled["order"])
    who = None if order is None else view.get(Customer, order.customer)
    if order is None or who is None:
        return None
    if bot.habits.matches and who.wants and order.total > who.budget:
        return DeclineContract(order=order.id, reason="price")
    return AcceptContract(order=order.id)


@answers(Pay)
def pay(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """By its day; a forgetful hand late."""
    if bot.habits.follows_up or view.minute > paper.due + LATE:
        return Pay(**paper.filled)
    return None


@initiative(CUSTOMER)
def give_feedback(bot: Bot, view: CompanyView) -> Action | None:
    """How the sale was, as it was felt; a hasty hand praises everything."""
    said = {each.order for each in view.all(Feedback)}
    for id in played(view.seat):
        who = view.get(Customer, id)
        for order in view.of(Order, id):
            if who is not None and order.status == "received" and order.id not in said:
                felt = 1 + (4 * who.satisfaction + PPM // 2) // PPM
                score = felt if bot.habits.proportionate else 5
                return GiveFeedback(customer=id, about="sales", score=score, order=order.id)
    return None
