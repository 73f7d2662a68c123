"""What a scenario gives the office besides rules of trade: automation rules, templates of words, articles of knowledge.

A rule is trigger, condition, action. The tables below say what may stand in one; the game reads the same tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, Protocol

from crmsim.engine.words import Message, _
from crmsim.scenarios.locating import Place
from crmsim.scenarios.parts import Count, Days, Id, Named, Part, Ppm

# what can happen, and what kind of paper it happens to
EVENTS = {
    "customer_recorded": "customer",
    "customer_assigned": "customer",
    "deal_agreed": "customer",
    "order_submitted": "order",
    "contract_signed": "order",
    "delivery_late": "order",
    "payment_late": "invoice",
    "help_asked": "request",
    "return_asked": "return",
    "feedback_given": "feedback",
    "form_filled": "form",
    "stage_moved": "opportunity",
}
# what of a paper a condition may look at, and whether it is text or a whole number
FIELDS: dict[str, dict[str, str]] = {
    "customer": {
        "name": "text", "industry": "text", "region": "text", "type": "text", "source": "text", "channel": "text",
        "status": "text", "need": "text", "quantity": "whole", "budget": "whole", "deadline": "day",
        "decision": "text", "rival": "text", "size": "text", "owner": "text", "grade": "text", "labels": "text",
        "birthday": "day", "expiry": "day",
    },
    "order": {"total": "whole", "discount": "whole", "terms": "text", "owner": "text", "delivery": "day"},
    "invoice": {"amount": "whole", "owner": "text", "due": "day"},
    "request": {"product": "text", "symptom": "text", "complaint": "whole", "reopened": "whole", "agent": "text"},
    "return": {"reason": "text", "agent": "text"},
    "feedback": {"score": "whole", "about": "text", "seat": "text"},
    "form": {"sheet": "text", **{f"answer{number}": "text" for number in range(1, 13)}},
    "opportunity": {"stage": "text", "amount": "whole", "owner": "text"},
}  # fmt: skip
SETTABLE = ("status", "industry", "region", "type", "size", "decision")  # of a customer's file, by a rule
COPIED = ("name", "phone", "email", "contact")  # what is kept in several places, and so can be kept the same
DEEDS = ("assign", "remind", "task", "notify", "set", "synchronise")

Comparison = Literal["is", "is_not", "over", "under", "has", "empty", "filled"]


class ConditionPart(Part):
    """A field of the paper compared with a value; numbers as money in fen, shares in ppm."""

    field: Id
    comparison: Comparison = "is"
    value: str = ""


class RulePart(Part):
    """A rule: when something happens to a paper that fits, the company does something by itself."""

    id: Id
    title: Named
    trigger: Literal["event", "change", "silence", "date"]
    event: str = ""  # of trigger event, a word of EVENTS
    field: str = ""  # of trigger change or date, and for synchronise: a field of the customer's file
    days: Days = 0  # of silence before, or ahead of a date
    when: tuple[ConditionPart, ...] = ()
    does: Literal["assign", "remind", "task", "notify", "set", "synchronise"]
    to: str = ""  # a seat or a role; "" is the owner, or for assign whoever fits best
    copy_to: str = ""  # a seat or a role that is told as well
    set_field: str = ""
    set_value: str = ""
    text: Named = ""
    active: bool = True


class TemplatePart(Part):
    """Words to be used again: a talk script or an e-mail, for one move or for an answer to a request."""

    id: Id
    title: Named
    kind: Literal["talk", "mail"] = "mail"
    move: str = ""  # the talk move it says; "" for the answer to a service request
    text: Named


class ArticlePart(Part):
    """An article of the knowledge base as it stands on day one."""

    id: Id
    title: Named
    product: Id
    symptom: Id
    cause: Id
    remedy: Id
    text: Named = ""
    public: bool = True


class KnowledgePart(Part):
    """How customers help themselves. All shares are guesses."""

    searches: Ppm = 700_000  # of customers with a fault who look in the knowledge base first, if it holds anything
    trying_minutes: Count = 60  # median working minutes it takes to try what an article says
    own_hands: tuple[Id, ...] = ("guide", "update", "clean", "advise", "reset")  # remedies that need no agent
    template_share: Ppm = 600_000  # of the minutes of a letter that one from a template takes


class RuleLike(Protocol):
    """What loops are found by: a scenario's rule, or one of the game."""

    @property
    def id(self) -> str: ...
    @property
    def trigger(self) -> str: ...
    @property
    def event(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def does(self) -> str: ...
    @property
    def set_field(self) -> str: ...
    @property
    def set_value(self) -> str: ...
    @property
    def conditions(self) -> Sequence[tuple[str, str, str]]: ...


def subject_of(trigger: str, event: str) -> str:
    """The kind of paper a rule is about."""
    return EVENTS.get(event, "customer") if trigger == "event" else "customer"


def leads_to(one: RuleLike, other: RuleLike) -> bool:
    """Whether what one rule does can set the other off."""
    if one.does == "assign":
        moved = other.trigger == "change" and other.field == "owner"
        to_customer = subject_of(one.trigger, one.event) == "customer"
        return to_customer and (moved or (other.trigger == "event" and other.event == "customer_assigned"))
    if one.does == "synchronise":
        return other.trigger == "change" and other.field == one.field
    if one.does != "set" or other.trigger != "change" or other.field != one.set_field:
        return False
    on_it = [(how, value) for field, how, value in other.conditions if field == one.set_field]
    return not any(
        (how == "is" and value != one.set_value)
        or (how == "is_not" and value == one.set_value)
        or (how == "empty" and one.set_value)
        for how, value in on_it
    )


def loop_among(rules: Iterable[RuleLike]) -> tuple[str, ...]:
    """The ids of the first loop, its first rule again at the end; nothing when there is none."""
    known = {each.id: each for each in rules}
    done: dict[str, bool] = {}

    def walk(id: str, path: tuple[str, ...]) -> tuple[str, ...]:
        if id in path:
            return (*path[path.index(id) :], id)
        if done.get(id):
            return ()
        for other in known.values():
            if leads_to(known[id], other) and (found := walk(other.id, (*path, id))):
                return found
        done[id] = True
        return ()

    for id in known:
        if found := walk(id, ()):
            return found
    return ()


class _Table:
    """A rule as the file has it, sound or not."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.id, self.trigger = str(data.get("id", "")), str(data.get("trigger", ""))
        self.event, self.field = str(data.get("event", "")), str(data.get("field", ""))
        self.does, self.days = str(data.get("does", "")), data.get("days", 0)
        self.set_field, self.set_value = str(data.get("set_field", "")), str(data.get("set_value", ""))
        when = data.get("when", ())
        rows = [each for each in when if isinstance(each, dict)] if isinstance(when, list | tuple) else []
        self.conditions = [
            (str(each.get("field", "")), str(each.get("comparison", "is")), str(each.get("value", ""))) for each in rows
        ]


def problems_of(rule: Any) -> Iterator[tuple[str, Message]]:
    """What is wrong with one rule: the key, and why."""
    subject = subject_of(rule.trigger, rule.event)
    if rule.trigger == "event" and rule.event not in EVENTS:
        yield "event", _("Name the event: one of {known}.", known=", ".join(EVENTS))
    if rule.trigger == "change" and rule.field not in FIELDS["customer"] and rule.field not in COPIED:
        yield "field", _("Name the field that changes: one of {known}.", known=", ".join(FIELDS["customer"]))
    if rule.trigger == "date" and FIELDS["customer"].get(rule.field) != "day":
        yield "field", _("A date rule needs a field that holds a day: {known}.", known="deadline, birthday, expiry")
    if rule.trigger == "silence" and not rule.days:
        yield "days", _("Say how many days of silence.")
    for field, how, value in rule.conditions:
        kind = FIELDS[subject].get(field)
        if kind is None:
            yield "when", _("A {subject:label} has no field {field:label}.", subject=subject, field=field)
        elif how in {"over", "under"} and not value.removeprefix("-").isdigit():
            yield "when", _("{field:label} can be compared by size only with a whole number.", field=field)
        elif how in {"over", "under"} and kind == "text" and subject != "form":
            yield "when", _("{field:label} is text and has no size.", field=field)
    if rule.does == "set" and rule.set_field not in SETTABLE:
        yield "set_field", _("A rule may set one of {known}.", known=", ".join(SETTABLE))
    if rule.does == "synchronise" and rule.field not in COPIED:
        yield "field", _("Only these are kept in several places: {known}.", known=", ".join(COPIED))
    if rule.does == "assign" and subject not in {"customer", "request"}:
        yield "does", _("Only customers and service requests are assigned.")


def rule_mistakes(data: dict[str, Any]) -> Iterator[tuple[Place, Message]]:
    """What is wrong with the rules of a file, their loops included."""
    rows = data.get("rules")
    rows = [each for each in rows if isinstance(each, dict)] if isinstance(rows, list | tuple) else []
    rules = [_Table(each) for each in rows]
    for number, rule in enumerate(rules):
        for key, why in problems_of(rule):
            yield ("rules", number, key), why
    if found := loop_among(rules):
        yield ("rules",), _("These rules set each other off: {loop}.", loop=" > ".join(found))
