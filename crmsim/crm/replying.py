"""What a person who plays a customer need not think of: what an answer is about, its figure, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crmsim.crm.company import Company
from crmsim.crm.customer import Customer
from crmsim.crm.doubts import ANSWERS
from crmsim.crm.heard import about_meant
from crmsim.crm.moves import ASKS, CONTACT, REPLIES, line, line_name, offer, own_words
from crmsim.crm.talk import TOPIC_LABELS, Talk, listed, told_as
from crmsim.engine.amounts import Date, Money, Whole
from crmsim.engine.kinds import Option, Text
from crmsim.engine.safe import safe_text
from crmsim.engine.words import DAY, Bilingual, Message, Words, _, render

FIGURES = ("quantity", "budget", "deadline")  # topics of which a number is told
ABOUT_FACTS = ("tell", "shade", "dodge")  # answers about what may be known of the customer
DOUBTING = ("ask", "object")  # answers that bring up something of the customer's own
OBJECTIONS = ("worth", "cash", "delivery", "quality")  # to a price that was named; the last two to anything


def on_the_table(talk: Talk | None, move: str) -> str:
    """What an answer is most likely about: what the company has just asked, what is to be agreed to, or what the
    customer has not brought up yet."""
    if talk is None:
        return ""
    if move in DOUBTING:
        return _not_raised(talk, move)
    last = next((each.move for each in reversed(talk.says) if each.by != talk.customer), "")
    if move == "agree":
        return "next_step" if last == "next_step" else "order" if offer(talk) is not None else ""
    return ASKS.get(last, "need") if move in ABOUT_FACTS else ""


def about_what(view: Any, filled: dict[str, Any], text: str) -> str:
    """What an answer is about: what its words tell of, else what is on the table. A doubt in own words is their own."""
    move = filled.get("move", "")
    heard = about_meant(move, text)
    if heard or (text and move in DOUBTING):
        return heard
    return on_the_table(view.get(Talk, filled.get("talk", "")), move)


def _not_raised(talk: Talk, move: str) -> str:
    """The first question or objection that suits the talk and did not come up in it."""
    priced = offer(talk) is not None
    if move == "ask":
        suits = [each for each in ANSWERS if each != "price" or not priced]
    else:
        suits = [each for each in OBJECTIONS if priced or each not in {"worth", "cash"}]
    return next((each for each in suits if each not in talk.raised), suits[0])


def told_of(customer: Customer, topic: str, given: str | int) -> list[tuple[str, str | int]]:
    """What a topic reveals: what is given in place of the truth, else the truth, if there is any."""
    if topic == "contact":
        own = (given and ("contact", given), *((each, _truth(customer, each)) for each in CONTACT))
        return [each for each in own if each and each[1]]
    value = given or _truth(customer, topic)
    return [(topic, value)] if value else []


def _truth(customer: Customer, topic: str) -> str | int:
    """What is true of a topic; "" or 0 when there is nothing to tell."""
    if topic == "rival":
        return customer.rivals[0].rival if customer.rivals else ""
    names = {"need": "wants", "name": "contact"}
    value: str | int = getattr(customer, names.get(topic, topic), "")
    return value


@dataclass(frozen=True)
class Figure(Whole):
    """The figure that is named: a budget in yuan, a deadline as a day, else how many."""

    high: int = 1_000_000_000_000

    def kind(self, filled: dict[str, Any]) -> Whole:
        """The kind of number that the topic takes."""
        topic = filled.get("topic", "")
        if topic == "budget":
            return Money(self.label, low=0, high=self.high)
        return Date(self.label) if topic == "deadline" else Whole(self.label, high=self.high)

    def refuse(self, view: Any, filled: dict[str, Any], value: Any) -> Message | None:
        """Whatever the topic's own kind of number refuses; none is no figure."""
        return self.kind(filled).refuse(view, filled, value) if value else None

    def parse(self, view: Any, filled: dict[str, Any], text: str) -> Any:
        """Yuan, a day, or a number."""
        return self.kind(filled).parse(view, filled, text)


@dataclass(frozen=True)
class Named(Text):
    """What is told in place of the truth: one of what the scenario lists of the topic, else any text."""

    def options(self, view: Any, filled: dict[str, Any]) -> list[Option]:
        """What may be named."""
        return [Option(each.id, each.name) for each in listed(filled.get("topic", ""), view)]

    def refuse(self, view: Any, filled: dict[str, Any], value: Any) -> Message | None:
        """A word that is not on the list, where there is one."""
        known = [each.value for each in self.options(view, filled)]
        if not known or value in known:
            return super().refuse(view, filled, value)
        return _("{value} is not one of: {known}", value=safe_text(str(value), 60), known=", ".join(known[:12]))


def in_words(
    world: Company, talk: Talk, move: str, topic: str, given: str | int, settled: bool, raises: str = ""
) -> Words:
    """The sentence for an answer whose words were left open, as this customer would put it; then what it brings up."""
    said = _from_the_bank(world, talk, _lines_of(move, topic, settled), _slots(world, topic, given))
    said = said or _by_name(world, talk, move, topic, given)
    more = _from_the_bank(world, talk, _lines_of("ask", raises, settled), {}) if raises else ""
    if not more:
        return said
    return Bilingual(f"{render(said, 'en')} {render(more, 'en')}", render(said, "zh") + render(more, "zh"))


def _from_the_bank(world: Company, talk: Talk, replies: tuple[str, ...], slots: dict[str, Words | int]) -> Words:
    """The first of these replies that the talk bank has, as this temper says it at this turn; "" when it has none."""
    customer, turn = world.find(Customer, talk.customer), len(talk.says) // 2
    temper = customer.temper if customer is not None else ""
    names = (line_name(world.scenario.lines, each, temper, turn, turn) for each in replies)
    name = next((each for each in names if each), "")
    return own_words(world, talk, line(world.scenario.lines, name), slots) if name else ""


def _by_name(world: Company, talk: Talk, move: str, topic: str, given: str | int) -> Words:
    """What is told of a topic that the bank has no line for."""
    customer = world.find(Customer, talk.customer)
    known = given or (_truth(customer, topic) if customer is not None and move == "tell" else "")
    label: Words = TOPIC_LABELS.get(topic, topic) or dict(REPLIES).get(move, "")
    if known:
        return _("{topic:label}: {value}", topic=label, value=told_as(topic, known, world))
    return _("{word:label}", word=label)


def _lines_of(move: str, topic: str, settled: bool) -> tuple[str, ...]:
    """The replies of the talk bank that say it, the best first."""
    told = "contact" if topic in CONTACT and topic not in {"region", "industry"} else topic
    return {
        "tell": (f"tell_{told}",), "shade": (f"tell_{told}",), "dodge": (f"dodge_{told}", "dodge_early"),
        "rival": ("tell_rival",), "ask": (f"raise_{topic}", f"object_{topic}"),
        "object": (f"object_{topic}", f"raise_{topic}"), "postpone": ("postpone_think",), "leave": ("postpone_bye",),
        "agree": ({"order": "agree_order", "next_step": "agree_step"}.get(topic, "nod_settled"),),
    }.get(move, ("nod_settled" if settled else "nod_answered",))  # fmt: skip


def _slots(world: Company, topic: str, given: str | int) -> dict[str, Words | int]:
    """What was named in place of the truth."""
    if not given:
        return {}
    if topic == "deadline" and isinstance(given, int):
        days = max(1, (given - world.minute) // DAY)
        return {"days": Bilingual("1 day" if days == 1 else f"{days} days", str(days))}
    named = told_as(topic, given, world)
    return {{"need": "product"}.get(topic, topic): Bilingual(render(named, "en"), render(named, "zh"))}
