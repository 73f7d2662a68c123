"""What an id is called: in a fact's sentence, in a cell. Ids stay in the world; people read names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from crmsim.crm.company import CUSTOMER, INSTRUCTOR
from crmsim.crm.facts import NeedRevealed, PlanReviewed, TalkRequested
from crmsim.crm.plan import MarketingPlan
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk, told_as
from crmsim.engine.desk import Column
from crmsim.engine.facts import Fact
from crmsim.engine.kinds import title
from crmsim.engine.words import Bilingual, Message, Words, _
from crmsim.engine.world import Entity, Seat
from crmsim.scenarios.schema import Scenario

_CUSTOMER = re.compile(r"(?:p|stranger-|double-p)[0-9]+")
SECTIONS = (
    "products", "regions", "industries", "media", "channels", "moves", "attributes", "terms", "rivals", "segments",
)  # fmt: skip


def slots_of(view: Any, fact: Fact) -> dict[str, Any]:
    """A fact's fields, each id replaced by a name where this seat may see one."""
    found: dict[str, Any] = {}
    for name in fact.__struct_fields__:
        value = getattr(fact, name)
        found[name] = name_of(view, value) if isinstance(value, str) else _plain(value)
    if isinstance(fact, NeedRevealed):
        found |= {"topic": fact.topic, "value": told_as(fact.topic, fact.value, view)}
    return found


def sentence_of(view: Any, fact: Fact) -> Message:
    """A fact as a sentence, in the names that this seat knows."""
    slots = slots_of(view, fact)
    if isinstance(fact, TalkRequested) and CUSTOMER in view.seat.roles:  # it is the one who waits
        return _("You wait for the company's answer ({channel}).", channel=slots["channel"])
    said = Message(fact.wording(), slots)
    plan = view.get(MarketingPlan, fact.plan) if isinstance(fact, PlanReviewed) else None
    return _("{sentence} {reason}", sentence=said, reason=plan.reason) if plan is not None and plan.reason else said


def cell_of(view: Any, column: Column, row: Any) -> Words | int | None:
    """The value of a table's cell; an id becomes a name where the column says so."""
    value = column.value(row, view)
    return name_of(view, value) if column.form == "name" and isinstance(value, str) else value


def name_of(view: Any, id: str) -> Words:
    """The name of a row, of a record's customer or of a scenario's entry; a word of the program; else the id itself."""
    if not id:
        return id
    found = view.any_of(_kinds(), id)
    if found is not None:
        kind, row = found
        named: Words = getattr(row, "name", "") if issubclass(kind, Seat) else title(row)
        if id == INSTRUCTOR:  # whoever teaches did not write the scenario, whose author's name the seat bears
            named = ""
        return named or (_unnamed(row) if issubclass(kind, Seat) else id)
    if id[:1] == Talk.prefix and id[1:].isdecimal():  # a talk is no paper: its number means nothing to people
        return _("somebody")
    if not _is_customer(id):
        return word_of(view.scenario, id)
    filed: Words = next((each.title for each in view.all(Record) if each.customer == id), _("a customer"))
    return filed


def _unnamed(seat: Any) -> Words:
    """A seat of nobody of the company: a customer's with its number, or the instructor's."""
    roles, number = joined(_("{role:role}", role=each) for each in seat.roles), seat.id.rpartition("-")[2]
    return _("{some} {more}", some=roles, more=number) if number.isdecimal() else roles or seat.id


def word_of(scenario: Scenario, id: str) -> Words:
    """The name that a scenario gives an id, else the word of the program."""
    entries = (*(getattr(scenario, section) for section in SECTIONS), *scenario.dictionaries.values())
    named: Words = next((each.name for part in entries for each in part if each.id == id), _("{word:label}", word=id))
    return named


def named(view: Any, found: Iterable[Message]) -> list[Message]:
    """Sentences that speak of ids, in the names that this seat knows."""

    def told(slot: Any) -> Any:
        return name_of(view, slot) if isinstance(slot, str) else slot

    return [Message(each.source, {name: told(slot) for name, slot in each.slots.items()}) for each in found]


def in_names(view: Any, words: Words) -> Words:
    """What a paper was written with, in the names that this seat knows."""
    return named(view, [words])[0] if isinstance(words, Message) else words


def whose(view: Any, paper: Any) -> Words:
    """A paper as people speak of it: whose it is, and its number."""
    customer = getattr(paper, "record", "") or paper.customer
    return _("{who} · {paper}", who=name_of(view, customer), paper=paper.id) if customer else title(paper)


def paper_of(view: Any, id: str) -> Words:
    """The name of a row; a paper that has only its number is said with whose it is."""
    found = view.any_of(_kinds(), id)
    if found is None or issubclass(found[0], Record) or not getattr(found[1], "customer", "") or title(found[1]) != id:
        return name_of(view, id)
    return whose(view, found[1])


def colleague(row: Any) -> Words:
    """Somebody of the company as a newcomer needs to read it: the name, and what the seat is."""
    return _(
        "{name} · {roles}", name=row.name or row.id, roles=joined(_("{role:role}", role=each) for each in row.roles)
    )


def joined(parts: Iterable[Words]) -> Words:
    """Several words as a list."""
    words: Words = ""
    for each in parts:
        words = _("{some}, {more}", some=words, more=each) if words else each
    return words


def together(sentences: Iterable[Words]) -> Words:
    """Sentences one after the other; "" of none."""
    words: Words = ""
    for each in sentences:
        words = _("{some} {more}", some=words, more=each) if words else each
    return words


def listed(view: Any, lines: Iterable[tuple[str, int]]) -> Words:
    """Goods by name and number."""
    return joined(_("{product} x {quantity}", product=name_of(view, id), quantity=number) for id, number in lines)


def _is_customer(id: str) -> bool:
    return _CUSTOMER.fullmatch(id) is not None


def _plain(value: Any) -> Any:
    if isinstance(value, dict) and {"en", "zh"} <= set(value):
        return Bilingual(value["en"], value["zh"])
    return value if isinstance(value, int | Message | Bilingual) else str(value)


@cache
def _kinds() -> tuple[type[Entity], ...]:
    return tuple(_below(Entity))


def _below(kind: type[Entity]) -> Iterator[type[Entity]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)
