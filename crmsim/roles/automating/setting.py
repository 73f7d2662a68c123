"""The director sets the rules: adds one, changes a part of one, switches one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from crmsim.crm.automation import TOOL, Rule
from crmsim.crm.company import DIRECTOR, STAFF, Company, CompanyView, Staff
from crmsim.crm.facts import RuleSet
from crmsim.crm.naming import colleague
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.fields import Choice, Option, Text, Whole, Yes
from crmsim.engine.words import N_, _
from crmsim.scenarios.rules import COPIED, EVENTS, FIELDS, SETTABLE, loop_among, problems_of, subject_of

MENU = N_("Automation/Rules")
TRIGGERS = (
    ("event", N_("something happens")), ("change", N_("a field is changed")), ("silence", N_("days of silence")),
    ("date", N_("a date comes near")),
)  # fmt: skip
HOW = (
    ("is", N_("is")), ("is_not", N_("is not")), ("over", N_("is over")), ("under", N_("is under")),
    ("has", N_("contains")), ("empty", N_("is empty")), ("filled", N_("is filled in")),
)  # fmt: skip
DEEDS = (
    ("assign", N_("assign")), ("remind", N_("remind")), ("task", N_("create a task")),
    ("notify", N_("notify and copy")),
    ("set", N_("set a field")), ("synchronise", N_("keep the same everywhere")),
)  # fmt: skip
EVENT_WORDS = (
    N_("customer_recorded"), N_("customer_assigned"), N_("deal_agreed"), N_("order_submitted"), N_("contract_signed"),
    N_("delivery_late"), N_("payment_late"), N_("help_asked"), N_("return_asked"), N_("feedback_given"),
    N_("form_filled"), N_("stage_moved"), N_("request"), N_("return"), N_("form"), N_("order"), N_("invoice"),
    N_("opportunity"), N_("feedback"), N_("customer"), N_("assign"), N_("remind"), N_("task"), N_("notify"), N_("set"),
    N_("synchronise"), N_("event"), N_("change"), N_("silence"), N_("date"),
)  # fmt: skip


FIELD_WORDS = (
    N_("name"), N_("industry"), N_("region"), N_("type"), N_("source"), N_("channel"), N_("status"), N_("need"),
    N_("quantity"), N_("budget"), N_("deadline"), N_("decision"), N_("rival"), N_("size"), N_("owner"), N_("total"),
    N_("discount"), N_("terms"), N_("delivery"), N_("amount"), N_("due"), N_("product"), N_("symptom"),
    N_("complaint"), N_("reopened"), N_("agent"), N_("reason"), N_("score"), N_("about"), N_("seat"), N_("sheet"),
    N_("stage"), N_("phone"), N_("email"), N_("contact"), N_("answer1"), N_("answer2"), N_("answer3"), N_("answer4"),
    N_("answer5"), N_("answer6"), N_("answer7"), N_("answer8"), N_("answer9"), N_("answer10"), N_("answer11"),
    N_("answer12"),
)  # fmt: skip


def _events(view: Any, filled: Any) -> list[Option]:
    return [Option(each, _("{event:label}", event=each)) for each in EVENTS]


def _watched(view: Any, filled: Any) -> list[Option]:
    return [Option(each, _("{field:label}", field=each)) for each in dict.fromkeys((*FIELDS["customer"], *COPIED))]


def _tested(view: Any, filled: Any) -> list[Option]:
    subject = subject_of(filled.get("trigger", "event"), filled.get("event", ""))
    return [Option(each, _("{field:label}", field=each)) for each in FIELDS[subject]]


def _settable(view: Any, filled: Any) -> list[Option]:
    return [Option(each, _("{field:label}", field=each)) for each in SETTABLE]


def _seats(view: Any, filled: Any) -> list[Option]:
    seats = [Option(each.id, colleague(each)) for each in view.all(Staff) if each.active]
    return seats + [Option(each, _("{role:role}", role=each)) for each in STAFF if each != DIRECTOR]


def _for(field: str, *words: str) -> Callable[[dict[str, Any]], bool]:
    """A field that is asked for these words of another only, or for any word of it."""
    return lambda filled: filled.get(field) in words if words else bool(filled.get(field))


def _compared(test: str, how: str) -> Callable[[dict[str, Any]], bool]:
    """A value is compared with, unless the field only has to be filled in or empty."""
    return lambda filled: bool(filled.get(test)) and filled.get(how) not in {"empty", "filled"}


def _day_counted(filled: dict[str, Any]) -> bool:
    """Days of silence, days before a date, or days until a task is due."""
    return filled.get("trigger") in {"silence", "date"} or filled.get("does") == "task"


def _field_meant(filled: dict[str, Any]) -> bool:
    """The field that changes, holds the date, or is kept the same everywhere."""
    return filled.get("trigger") in {"change", "date"} or filled.get("does") == "synchronise"


TOLD = ("remind", "notify")  # deeds that leave somebody a notice
TO = (*TOLD, "task", "assign")  # and others that are for somebody


def _choice(
    label: str, words: Any, asked: Callable[[dict[str, Any]], bool] | None = None, must: bool = False
) -> Choice:
    return Choice(label, words=words, walk=False, optional=not must, asked=asked)


@dataclass(frozen=True)
class Held(Text):
    """What a field may hold: one of its words where the scenario lists them, else any text."""

    of: str = ""  # the field of the form that says which field it is

    def options(self, view: Any, filled: dict[str, Any]) -> list[Option]:
        """The words that the field may hold."""
        field = filled.get(self.of, "")
        if field in SEATS:
            return [Option(each.id, colleague(each)) for each in view.all(Staff) if each.active]
        return [Option(each.id, each.name) for each in _held(view, field)]


class AddRule(Action, frozen=True, kw_only=True):
    """Add a rule: when something happens, and the paper fits, the company does something by itself."""

    roles = (DIRECTOR,)
    minutes = 20
    label = N_("Add a rule")
    menu = MENU
    tool = TOOL
    teach = N_("Let rules do what is always done the same; what needs judgement stays with people.")
    title: Annotated[str, Text(N_("Name"), least=1, most=80, example=N_("Remind after a week of silence"))]
    trigger: Annotated[str, Choice(N_("Trigger"), words=TRIGGERS, walk=False)]
    event: Annotated[str, _choice(N_("Event"), _events, _for("trigger", "event"), must=True)] = ""
    field: Annotated[str, _choice(N_("Field"), _watched, _field_meant, must=True)] = ""
    days: Annotated[int, Whole(N_("Days"), high=365, asked=_day_counted)] = 0
    test: Annotated[str, _choice(N_("If the field"), _tested)] = ""
    how: Annotated[str, Choice(N_("Comparison"), words=HOW, walk=False, asked=_for("test"))] = "is"
    value: Annotated[str, Held(N_("Value"), most=80, of="test", asked=_compared("test", "how"))] = ""
    also: Annotated[str, _choice(N_("And the field"), _tested, _for("test"))] = ""
    also_how: Annotated[str, Choice(N_("Comparison"), words=HOW, walk=False, asked=_for("also"))] = "is"
    also_value: Annotated[str, Held(N_("Value"), most=80, of="also", asked=_compared("also", "also_how"))] = ""
    does: Annotated[str, Choice(N_("Then"), words=DEEDS, walk=False)]
    to: Annotated[str, _choice(N_("Whom"), _seats, _for("does", *TO))] = ""
    copy_to: Annotated[str, _choice(N_("Copy to"), _seats, _for("does", *TOLD))] = ""
    set_field: Annotated[str, _choice(N_("Field to set"), _settable, _for("does", "set"), must=True)] = ""
    set_value: Annotated[str, Held(N_("Value to set"), most=80, of="set_field", asked=_for("does", "set"))] = ""
    text: Annotated[str, Text(N_("What it says"), most=200, long=True, asked=_for("does", *TOLD, "task"))] = ""

    @property
    def conditions(self) -> tuple[tuple[str, str, str], ...]:
        """The conditions that were filled in."""
        both = ((self.test, self.how, self.value), (self.also, self.also_how, self.also_value))
        return tuple(each for each in both if each[0])

    def made(self, id: str = "new", by: str = "") -> Rule:
        """The rule as it would stand."""
        return Rule(
            id, title=self.title, trigger=self.trigger, event=self.event, field=self.field, days=self.days,
            conditions=self.conditions, does=self.does, to=self.to, copy_to=self.copy_to, set_field=self.set_field,
            set_value=self.set_value, text=self.text, set_by=by,
        )  # fmt: skip

    def refuse(self, view: CompanyView) -> Refusal | None:
        """It is not whole, or it would go round in circles with others."""
        if any(how not in {"empty", "filled"} and not value for _field, how, value in self.conditions):
            return _("Say what the field is compared with.")
        return wrong_with(view, self.made())

    def apply(self, world: Company, turn: Turn) -> None:
        """It holds from now on."""
        rule = world.add(self.made(world.new_id(Rule), turn.seat))
        world.record(RuleSet(rule=rule.id, what="added"))


# In a form all that may be chosen stands in the field itself; a file is told the words that it may write.
ASKED = {
    "event": _("Name the event."), "field": _("Choose the field."), "set_field": _("Choose what the rule may set."),
}  # fmt: skip


def wrong_with(view: Any, rule: Any) -> Refusal | None:
    """What is wrong with a rule by itself or among the others that are on; the loop is named."""
    for key, why in problems_of(rule):
        return (
            _("Choose a field that holds a day.") if rule.trigger == "date" and key == "field" else ASKED.get(key, why)
        )
    if rule.does == "set" and not _known_value(view, rule.set_field, rule.set_value):
        return _("{value} is no value of {field:label}.", value=rule.set_value, field=rule.set_field)
    others = [each for each in view.all(Rule) if each.active and each.id != rule.id]
    if loop := loop_among([*others, rule]):
        names = {each.id: each.title or each.id for each in (*others, rule)}
        words = names[loop[0]]
        for each in loop[1:]:
            words = _("{some} > {next}", some=words, next=names[each])
        return _("These rules would set each other off for ever: {loop}", loop=words)
    return None


SEATS = ("owner", "agent", "seat")  # fields that hold a colleague
HELD = {
    "status": "statuses", "type": "types", "size": "sizes", "decision": "decisions", "industry": "industries",
    "region": "regions", "channel": "channels", "need": "products", "product": "products", "symptom": "symptoms",
}  # fmt: skip


def _held(view: Any, field: str) -> Sequence[Any]:
    """The entries of the scenario that a field may hold; none where it may hold anything."""
    section = HELD.get(field, "")
    found: Sequence[Any] = getattr(view.scenario, section, ()) or view.scenario.dictionaries.get(section, ())
    return found


def _known_value(view: Any, field: str, value: str) -> bool:
    """Whether a field may hold a value: words of dictionaries only where there are such."""
    known = [each.id for each in _held(view, field)]
    return not known or value in known


PARTS = (
    ("title", N_("Name")), ("days", N_("Days")), ("to", N_("Whom")), ("copy_to", N_("Copy to")),
    ("set_value", N_("Value to set")), ("text", N_("What it says")),
)  # fmt: skip
AnyRule = Annotated[str, Choice(
    N_("Rule"), words=lambda view, filled: [Option(each.id, each.title) for each in view.all(Rule)], walk=False,
    nothing=_("There is no rule yet."),
)]  # fmt: skip


def _emptied(view: Any, filled: Any) -> Any:
    """What stands in the part of the rule that is to be changed, where it may be left empty."""
    rule, part = view.get(Rule, filled.get("rule", "")), filled.get("part", "")
    return "" if rule is None or part == "days" else getattr(rule, part, "")


class ChangeRule(Action, frozen=True, kw_only=True):
    """Change one part of a rule."""

    roles = (DIRECTOR,)
    minutes = 5
    label = N_("Change a rule")
    menu = MENU
    tool = TOOL
    rule: AnyRule
    part: Annotated[str, Choice(N_("Part"), words=PARTS, walk=False)]
    value: Annotated[str, Text(N_("New value"), most=200, instead=_emptied)]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """The value does not fit, or changes nothing."""
        rule = view.get(Rule, self.rule)
        if rule is None:
            return _("There is no rule yet.")
        if self.part == "days" and not (self.value.isascii() and self.value.isdigit() and 0 < int(self.value) <= 365):
            return _("Days are a whole number from 1 to 365.")
        known = [each.value for each in _seats(view, {})]
        if self.part in {"to", "copy_to"} and self.value and self.value not in known:
            return _("{value} is not one of: {known}", value=self.value[:60], known=", ".join(known[:12]))
        if str(getattr(rule, self.part)) == self.value:
            return _("Nothing would change.")
        if self.part == "set_value" and not _known_value(view, rule.set_field, self.value):
            return _("{value} is no value of {field:label}.", value=self.value[:60], field=rule.set_field)
        return wrong_with(view, self.changed(rule)) if rule.active else None

    def changed(self, rule: Any) -> Rule:
        """The rule as it would stand."""
        names = ("title", "trigger", "event", "field", "days", "conditions", "does", "to", "copy_to", "set_field",
                 "set_value", "text", "active", "set_by", "followed")  # fmt: skip
        parts = {name: getattr(rule, name) for name in names}
        return Rule(rule.id, **{**parts, self.part: int(self.value) if self.part == "days" else self.value})

    def apply(self, world: Company, turn: Turn) -> None:
        """It holds so from now on."""
        changed = self.changed(world.get(Rule, self.rule))
        setattr(world.get(Rule, self.rule), self.part, getattr(changed, self.part))
        world.record(RuleSet(rule=self.rule, what="changed"))


class SwitchRule(Action, frozen=True, kw_only=True):
    """Switch a rule on or off."""

    roles = (DIRECTOR,)
    minutes = 2
    label = N_("Switch a rule")
    menu = MENU
    tool = TOOL
    rule: AnyRule
    on: Annotated[bool, Yes(N_("On"))]

    def refuse(self, view: CompanyView) -> Refusal | None:
        """It stands so already, or would go round in circles with others."""
        rule = view.get(Rule, self.rule)
        if rule is None or rule.active == self.on:
            return _("Nothing would change.")
        return wrong_with(view, rule) if self.on else None

    def apply(self, world: Company, turn: Turn) -> None:
        """It is on, or off."""
        world.get(Rule, self.rule).active = self.on
        world.record(RuleSet(rule=self.rule, what="switched on" if self.on else "switched off"))


RULE_STEPS = (N_("added"), N_("changed"), N_("switched on"), N_("switched off"))
