"""How customers talk: each move of the company meets a moment; the customer answers from what it knows and feels."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from crmsim.crm.campaign import deal_price
from crmsim.crm.company import Staff
from crmsim.crm.customer import Customer, Plan
from crmsim.crm.doubts import MEETS
from crmsim.crm.facts import MoveMade, NextStepAgreed, TalkClosed, TalkOpened
from crmsim.crm.moves import line_name, named_price, offer
from crmsim.crm.product import Product
from crmsim.crm.talk import MOODS, Talk
from crmsim.engine.facts import Fact
from crmsim.engine.words import DAY, _
from crmsim.market.after_talk import await_contract, closed, expect, step_agreed, think_over
from crmsim.market.choosing import Offer, weigh
from crmsim.market.feeling import feel, treated
from crmsim.market.moments import PPM, Case, moment
from crmsim.roles.answering import Reply
from crmsim.scenarios.schema import MomentPart

if TYPE_CHECKING:
    from crmsim.market.life import Doing, Hearing, Market

STRETCH = {"warm": (1_250_000, 900_000), "wary": (800_000, 1_300_000)}  # of a temper: what is won, what is lost, ppm


def _talk(market: Market, id: str) -> Talk | None:
    return market.world.find(Talk, id)


def _began(market: Market, fact: Fact) -> None:
    """A talk opens: with the trust the customer has, and the patience of its kind for this one talk."""
    assert isinstance(fact, TalkOpened)
    customer, talk = market.of(fact.customer), _talk(market, fact.talk)
    if customer is None or talk is None:
        return
    staff, part = market.world.find(Staff, fact.seat), market.world.scenario.market.talking
    if staff is not None:
        if customer.wants and customer.wants in staff.knows:
            customer.trust = min(PPM, customer.trust + part.knows)
        if staff.region and staff.region == customer.region:
            customer.trust = min(PPM, customer.trust + part.near)
    hurry = 1 if customer.temper == "brisk" else 0
    if customer.wants and customer.stage in {"seeking", "waiting"}:
        customer.stage = "talking"
    talk.trust = customer.trust
    talk.patience = min(9, max(5, customer.patience_moves - hurry))
    talk.feeling = talk.mood = _mood(customer, talk)


def _spoken_to(market: Market, fact: Fact) -> None:
    """The company said something: the answer comes after what this channel takes."""
    assert isinstance(fact, MoveMade)
    customer, talk = market.of(fact.customer), _talk(market, fact.talk)
    if customer is None or talk is None:
        return
    world = market.world
    channel = next((each for each in world.scenario.channels if each.id == talk.channel), None)
    minute = world.minute + 1
    if channel is not None and not channel.live:
        key = customer.needs * 1000 + len(talk.says)
        wait = world.luck.lognormal(channel.reply_minutes, 500_000, customer.id, "reply minutes", key)
        minute = world.calendar.after(world.minute, max(1, wait))
    market.drop(customer, "hang up")
    market.plan(customer, minute, "reply", talk.id)


def _reply(market: Market, customer: Customer, plan: Plan) -> None:
    """Answer the last move: the table says how well it was placed; patience and initiative do the rest."""
    talk = _talk(market, plan.about)
    if talk is None or talk.status != "open" or talk.turn != "customer":
        return
    case = Case(market, customer, talk)
    row = moment(case)
    ignored = talk.asked != "" and not case.holds("asked_this")
    _feel(case, row.trust - (case.part.ignored if ignored else 0))
    talk.patience += row.patience - (1 if ignored else 0)
    if row.does == "expects":
        share = case.say.amount if case.say.move == "discount" else 0
        customer.expected_discount = min(500_000, customer.expected_discount + share // 2)
    if row.does in {"settles", "soothes"} and row.move in {"apologise", "compensate"}:
        customer.annoyance = customer.annoyance // 2
    reply = _decide(case) if row.does == "decides" else _by_the_table(case, row)
    market.act(customer, reply)
    talk.feeling = _mood(customer, talk)
    if talk.status == "open":
        _wait_for_more(market, customer, talk)


def _feel(case: Case, change: int) -> None:
    """Trust moves, more or less by temper; it stays with the customer beyond the talk."""
    won, lost = STRETCH.get(case.customer.temper, (PPM, PPM))
    change = change * (won if change > 0 else lost) // PPM
    case.talk.trust = case.customer.trust = min(PPM, max(0, case.talk.trust + change))
    treated(case.market, case.customer, change)


def _by_the_table(case: Case, row: MomentPart) -> Reply:
    talk, customer = case.talk, case.customer
    if talk.patience <= 0 and row.does != "meets":
        friendly = talk.trust >= case.part.friendly
        return _say(case, "postpone" if friendly else "leave", "postpone_tired" if friendly else "leave_tired")
    key = customer.needs * 1000 + len(talk.says)
    luck = case.world.luck
    if row.does == "" and not row.reveals and luck.chance(case.part.silence, customer.id, "silence", key):
        return _say(case, "nod", "silent")
    move, _bar, detail = row.reply.partition("_")
    move = "nod" if move == "cross" else move
    topic, reply = row.reveals, row.reply
    if move == "object":
        topic = case.price_doubt if detail == "price" else (case.doubt if detail == "doubt" else detail)
        reply = f"object_{topic}"
    if row.does == "meets":
        move, topic = "agree", "next_step"
    if row.does == "closes":
        move = "postpone" if talk.trust >= case.part.friendly else "leave"
    amount, value = 0, ""
    wary = talk.trust < customer.reticence + case.part.trusting
    if topic == "budget" and move == "tell" and customer.shades and wary:
        share = luck.between(750_000, 920_000, customer.id, "shade", customer.needs)
        move, amount = "shade", max(1, customer.budget * share // PPM // 10_000) * 10_000
    raises = ""
    if move not in {"object", "agree", "postpone", "leave"}:
        raises = _initiative(case, key, row.does == "settles")
    return _say(case, move, reply, topic, raises, amount, value, row.does == "settles")


def _initiative(case: Case, key: int, settled: bool) -> str:
    """What the customer brings up of its own accord: a question or a doubt, each once, or small talk."""
    talk, customer, luck = case.talk, case.customer, case.world.luck
    busy = (talk.objection != "" and not settled) or (talk.asked != "" and not case.holds("asked_this"))
    if busy or not luck.chance(case.part.initiative, customer.id, "initiative", key):
        return ""
    weights = dict(DOUBTFUL if case.holds("quoted") else CURIOUS)
    if case.doubt in MEETS:
        weights[case.doubt] = weights.get(case.doubt, 0) + (6 if case.holds("quoted") else 2)
    if not customer.rivals:
        weights.pop("rival", None)
    if customer.decision == "alone":
        weights.pop("authority", None)
    for each in talk.raised:
        weights.pop(each, None)
    names = list(weights)
    return names[luck.weighted(list(weights.values()), customer.id, "brings up", key)] if names else ""


CHAT = "chat"
CURIOUS = {"price": 5, "delivery": 1, "quality": 1, "service": 2, CHAT: 2}
DOUBTFUL = {"service": 1, "rival": 1, "authority": 1, "quality": 1, CHAT: 2}


def _decide(case: Case) -> Reply:
    """Asked for the order and ready: choose among our offer, the rivals' and nothing."""
    talk, customer = case.talk, case.customer
    last = offer(talk)
    assert last is not None
    price = deal_price(case.world, talk, case.world.get(Product, last.product), named_price(talk))
    ours = Offer(last.product, max(1, customer.quantity), price, customer.deadline)
    choice = weigh(case.market, customer, ours)
    case.market.tell(customer, choice.why)
    if choice.yes:
        return _say(case, "agree", "agree_order", "order", settled=True)
    talk.patience -= 1
    doubt = {"price": case.price_doubt, "budget": "cash", "delivery": "delivery", "fit": "quality"}.get(
        choice.reason, ""
    )
    if talk.patience <= 0 or not doubt or doubt in talk.raised:
        return _say(case, "postpone", "postpone_think")
    return _say(case, "object", f"object_{doubt}", doubt)


def _say(
    case: Case,
    move: str,
    reply: str,
    topic: str = "",
    raises: str = "",
    amount: int = 0,
    value: str = "",
    settled: bool = False,
) -> Reply:
    """The reply, with its lines from the bank: the answer, and what the customer brings up after it."""
    lines = [_line(case, reply)]
    if reply == "tell_again":
        lines = [_line(case, "cross_again"), _line(case, f"tell_{topic}")]
    if raises:
        lines.append(_line(case, "chat" if raises == CHAT else f"raise_{raises}"))
    known = raises if raises != CHAT else ""
    return Reply(
        talk=case.talk.id,
        move=move,
        topic=topic,
        amount=amount,
        value=value,
        settled=settled,
        raises=known,
        lines=" ".join(each for each in lines if each),
    )


def _line(case: Case, reply: str) -> str:
    """The name of a line: anywhere in the bank to begin with, then the next at each turn, so that none comes twice
    running."""
    customer, luck, turn = case.customer, case.world.luck, len(case.talk.says) // 2
    answer = luck.below(10_000, customer.id, f"line {reply}", customer.needs) + turn
    frame = luck.below(10_000, customer.id, "frame", customer.needs) + turn
    return line_name(case.world.scenario.lines, reply, customer.temper, answer, frame)


def _mood(customer: Customer, talk: Talk) -> str:
    """How the customer feels, in five words: trust against what it wants to see, patience, and what annoyed it."""
    score = talk.trust - customer.reticence + 40_000 * (talk.patience - 3) - customer.annoyance // 2
    return MOODS[bisect_right((-250_000, -80_000, 100_000, 300_000), score)]


def _wait_for_more(market: Market, customer: Customer, talk: Talk) -> None:
    """Now the company has the word; it will be waited for as long as the channel bears."""
    world = market.world
    channel = next((each for each in world.scenario.channels if each.id == talk.channel), None)
    minutes = channel.patience_minutes if channel is not None else DAY
    market.plan(customer, world.calendar.after(world.minute, minutes), "hang up", talk.id, len(talk.says))


def _hang_up(market: Market, customer: Customer, plan: Plan) -> None:
    """The company said nothing more: go, with less trust."""
    talk = _talk(market, plan.about)
    if talk is None or talk.status != "open" or talk.turn != "company" or len(talk.says) != plan.attempt:
        return
    case = Case(market, customer, talk)
    _feel(case, -case.part.tired_out)
    feel(market, customer, "response", -PPM // 2, _("They fell silent in the middle of a talk."))
    market.act(customer, Reply(talk=talk.id, move="leave", lines=_line(case, "leave_silence")))


hears: dict[type[Fact], Hearing] = {
    TalkOpened: _began,
    MoveMade: _spoken_to,
    TalkClosed: closed,
    NextStepAgreed: step_agreed,
}
plans: dict[str, Doing] = {
    "reply": _reply,
    "hang up": _hang_up,
    "think over": think_over,
    "expect": expect,
    "await contract": await_contract,
}
by_nature: dict[str, None] = {}
