"""The form centre: forms are designed from typed questions, published, filled in, and their results read (FRM-1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar

from crmsim.crm.company import CUSTOMER, STAFF, Company, CompanyView
from crmsim.crm.customer import Customer
from crmsim.crm.facts import FormFilled, FormPublished
from crmsim.crm.form import CHECKS, KINDS, MOST_QUESTIONS, TOOL, Question, Sheet, Submission, kind_of, problem_of
from crmsim.engine.action import Action, Refusal, Turn
from crmsim.engine.desk import Column, Table, Waiting
from crmsim.engine.fields import Choice, Field, Filled, Kind, Option, Pick, Text, Yes
from crmsim.engine.safe import safe_text
from crmsim.engine.words import N_, Message, Words, _
from crmsim.roles.customer.own import played

MENU = N_("Form centre")
CHOSEN = ("single", "multi")


def _own(*statuses: str) -> Any:
    return lambda row, view, filled: row.owner == view.seat.id and row.status in statuses


def _draft(nothing: Message) -> Any:
    return Pick(N_("Form"), entity=Sheet, where=_own("draft"), nothing=nothing)


Draft = Annotated[str, _draft(_("You have no form in the making."))]


def _audiences(view: Any, filled: Any) -> Iterator[Option]:
    yield Option("company", _("the whole company"))
    yield from (Option(each, _("{role:role}", role=each)) for each in (*STAFF, CUSTOMER))


class DesignForm(Action, frozen=True, kw_only=True):
    """Begin a form; its fields are added one by one."""

    roles = STAFF
    minutes = 5
    label = N_("Design a form")
    menu = MENU
    tool = TOOL
    name: Annotated[str, Text(N_("Name"), least=1, most=60, example=N_("Visit report"))]
    audience: Annotated[str, Choice(N_("Who may fill it in"), words=_audiences, walk=False)]

    def apply(self, world: Company, turn: Turn) -> None:
        """A form without fields lies in the drafts."""
        world.add(Sheet(world.new_id(Sheet), name=self.name, audience=self.audience, owner=turn.seat, made=turn.minute))


class AddFormField(Action, frozen=True, kw_only=True):
    """Add a field to a form in the making: its kind, whether it must be filled in, and what it is checked for."""

    roles = STAFF
    minutes = 2
    label = N_("Add a field")
    menu = MENU
    tool = TOOL
    form: Draft
    name: Annotated[str, Text(N_("Field name"), least=1, most=60, example=N_("How did it go?"))]
    kind: Annotated[str, Choice(N_("Kind"), words=KINDS, walk=False)]
    required: Annotated[bool, Yes(N_("Required"))] = False
    options: Annotated[str, Text(N_("Choices, by commas"), most=300)] = ""
    check: Annotated[str, Choice(N_("Must be"), words=CHECKS, walk=False, optional=True)] = ""

    @property
    def choices(self) -> tuple[str, ...]:
        """The choices one by one."""
        return tuple(each.strip() for each in re.split("[,，]", self.options) if each.strip())

    def refuse(self, view: CompanyView) -> Refusal | None:
        """Too many fields, one twice, choices missing or out of place."""
        sheet = view.get(Sheet, self.form)
        if sheet is not None and len(sheet.questions) >= MOST_QUESTIONS:
            return _("A form has at most {most} fields.", most=MOST_QUESTIONS)
        if sheet is not None and any(each.label == self.name for each in sheet.questions):
            return _("The form has this field already.")
        if self.kind in CHOSEN and len(set(self.choices)) < 2:
            return _("A choice needs at least two different choices.")
        if self.kind in CHOSEN and len(set(self.choices)) != len(self.choices):
            return _("a word is listed twice")
        if self.kind not in CHOSEN and self.options:
            return _("Only choices have choices.")
        return _("Only text is checked so.") if self.check and self.kind != "text" else None

    def apply(self, world: Company, turn: Turn) -> None:
        """The form has one field more."""
        sheet = world.get(Sheet, self.form)
        asked = Question(self.kind, self.name, self.required, self.choices, self.check)
        sheet.questions = (*sheet.questions, asked)


class PublishForm(Action, frozen=True, kw_only=True):
    """Publish a form: from now on it can be filled in, and no longer changed."""

    roles = STAFF
    minutes = 3
    label = N_("Publish a form")
    menu = MENU
    tool = TOOL
    form: Draft

    def refuse(self, view: CompanyView) -> Refusal | None:
        """A form without fields asks nothing."""
        sheet = view.get(Sheet, self.form)
        return None if sheet is not None and sheet.questions else _("Add a field first.")

    def apply(self, world: Company, turn: Turn) -> None:
        """Its audience hears of it."""
        sheet = world.get(Sheet, self.form)
        sheet.status = "published"
        world.record(FormPublished(form=sheet.id, audience=sheet.audience))


class CloseForm(Action, frozen=True, kw_only=True):
    """Close a form: its results stay."""

    roles = STAFF
    minutes = 1
    label = N_("Close a form")
    menu = MENU
    tool = TOOL
    form: Annotated[
        str,
        Pick(N_("Form"), entity=Sheet, where=_own("published"), nothing=_("You have no form that is published.")),
    ]

    def apply(self, world: Company, turn: Turn) -> None:
        """Nobody can fill it in any more."""
        world.get(Sheet, self.form).status = "closed"


@dataclass(frozen=True)
class Answers(Kind):
    """One answer a field of the form, in its order; typed with | between them."""

    python: ClassVar[type] = tuple

    def refuse(self, view: Any, filled: Filled, value: Any) -> Message | None:
        """Another number of answers, or one that its field does not take: the field is named."""
        sheet = view.get(Sheet, filled.get("form", ""))
        if type(value) is not tuple or not all(type(each) is str for each in value) or sheet is None:
            return _("expected one answer a field")
        if len(value) != len(sheet.questions):
            return _("expected {fields} answers, got {got}", fields=len(sheet.questions), got=len(value))
        for question, typed in zip(sheet.questions, value, strict=True):
            problem = problem_of(question, view, typed)
            if problem is None and safe_text(typed, 64_000) != typed:
                problem = _("has characters that cannot be shown")
            if problem is not None:
                return _("“{name}”: {problem}", name=question.label, problem=problem)
        return None

    def parts(self, view: Any, filled: Filled) -> list[Field]:
        """The fields of the form, each of its kind."""
        sheet = view.get(Sheet, filled.get("form", ""))
        asked = () if sheet is None else sheet.questions
        return [Field(str(at), _shown(each), each.required, None) for at, each in enumerate(asked)]

    def suggest(self, view: Any, filled: Filled) -> Any:
        """What each field would begin with."""
        sheet = view.get(Sheet, filled.get("form", ""))
        if sheet is None:
            return ()
        return tuple(_start(kind_of(each), each, view) for each in sheet.questions)

    def parse(self, view: Any, filled: Filled, text: str) -> Any:
        """`Wang | 5 | day 3`."""
        return tuple(each.strip() for each in re.split("[|｜]", text))


def _shown(question: Question) -> Kind:
    """A question's kind; a mark says between which numbers it lies."""
    kind = kind_of(question)
    return replace(kind, label=f"{kind.label} ({kind.low}–{kind.high})") if question.kind == "rating" else kind  # type: ignore[attr-defined]


def _start(kind: Kind, question: Question, view: Any) -> str:
    if not question.required:
        return ""
    if question.kind == "date":
        return "+1"
    if question.check:
        return {"phone": "13800000000", "email": "a@example.com", "number": "1"}[question.check]
    value = kind.suggest(view, {}) or (question.options[:1] if question.kind == "multi" else "-")
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def may_fill(row: Any, view: Any, filled: Any) -> bool:
    """Whether a form is open to a seat."""
    return bool(row.status == "published" and row.for_seat(view.seat))


class FillForm(Action, frozen=True, kw_only=True):
    """Fill in a form; whoever made it reads the answers."""

    roles = (*STAFF, CUSTOMER)
    minutes = 3
    label = N_("Fill in a form")
    menu = MENU
    tool = TOOL
    form: Annotated[
        str, Pick(N_("Form"), entity=Sheet, where=may_fill, nothing=_("No form can be filled in by you now."))
    ]
    answers: Annotated[tuple[str, ...], Answers(N_("What you fill in"))]

    def apply(self, world: Company, turn: Turn) -> None:
        """Whose form it is hears of it, and rules may follow."""
        sheet, seat = world.get(Sheet, self.form), world.seat(turn.seat)
        who = turn.seat if CUSTOMER not in seat.roles else (played(seat) or ("",))[0]
        filled = Submission(
            world.new_id(Submission), sheet=sheet.id, owner=sheet.owner, filler=turn.seat, filled=turn.minute,
            customer=who if world.find(Customer, who) is not None else "", answers=self.answers,
        )  # fmt: skip
        world.add(filled)
        world.record(FormFilled(submission=filled.id, form=sheet.id, filler=turn.seat, owner=sheet.owner))


def _count(row: Any, view: Any) -> int:
    return sum(1 for each in view.all(Submission) if each.sheet == row.id)


def _fields(row: Any, view: Any) -> Words:
    words: Words = ""
    for each in row.questions:
        one = _("{name} ({kind:label})", name=each.label + ("*" if each.required else ""), kind=dict(KINDS)[each.kind])
        words = _("{some}, {next}", some=words, next=one) if words else one
    return words


def _handed_out(row: Any, view: Any) -> Words:
    """How people outside the program fill it in: a page as a file; a link and a QR code once a server runs."""
    if row.status != "published":
        return ""
    return _("crmsim form SAVE {form} --to {form}.html; link and QR code: crmsim web --forms SAVE", form=row.id)


FORMS = Table(
    "forms", N_("Forms"), N_("Form centre/Forms"), STAFF,
    rows=lambda view: view.all(Sheet),
    columns=(
        Column(N_("Number"), lambda row, view: row.id),
        Column(N_("Name"), lambda row, view: row.name),
        Column(N_("Fields"), _fields),
        Column(N_("Who may fill it in"), lambda row, view: _("{role:role}", role=row.audience)),
        Column(N_("Status"), lambda row, view: _("{status:label}", status=row.status)),
        Column(N_("Results"), _count),
        Column(N_("Hand it out with"), _handed_out),
    ),
    actions=((DesignForm, ""), (AddFormField, "form"), (PublishForm, "form"), (FillForm, "form"), (CloseForm, "form")),
    empty=N_("No forms: design one."),
    tool=TOOL,
)  # fmt: skip


def _answer(number: int) -> Column:
    heading = (N_("Answer 1"), N_("Answer 2"), N_("Answer 3"), N_("Answer 4"), N_("Answer 5"), N_("Answer 6"))[number]
    return Column(heading, lambda row, view: row.answers[number] if number < len(row.answers) else "")


RESULTS = Table(
    "form-results", N_("Form results"), N_("Form centre/Results"), STAFF,
    rows=lambda view: view.all(Submission),
    columns=(
        Column(N_("Number"), lambda row, view: row.id),
        Column(N_("Form"), lambda row, view: row.sheet),
        Column(N_("When"), lambda row, view: row.filled, "time"),
        Column(N_("By"), lambda row, view: row.filler, "name"),
        *(_answer(number) for number in range(6)),
    ),
    empty=N_("Nobody has filled in a form yet."),
    tool=TOOL,
)  # fmt: skip


def _asked(sheet: Any, view: Any) -> Waiting | None:
    """A colleague's form waits until it was filled in once."""
    if not may_fill(sheet, view, {}) or sheet.owner == view.seat.id:
        return None
    if any(each.sheet == sheet.id and each.filler == view.seat.id for each in view.all(Submission)):
        return None
    return Waiting(sheet.title, sheet.made, 0, _("A form waits to be filled in."), FillForm, {"form": sheet.id})


TO_FILL = Table(
    "forms-to-fill", N_("Forms to fill in"), N_("Form centre/Fill in"), (*STAFF, CUSTOMER),
    rows=lambda view: (each for each in view.all(Sheet) if may_fill(each, view, {})),
    columns=(
        Column(N_("Name"), lambda row, view: row.name),
        Column(N_("Fields"), _fields),
        Column(N_("From"), lambda row, view: row.owner, "name"),
    ),
    actions=((FillForm, "form"),),
    waits=_asked,
    empty=N_("No form waits for you."),
    tool=TOOL,
)  # fmt: skip

FORM_WORDS = (N_("draft"), N_("published"), N_("closed"), N_("company"))
actions: tuple[type[Action], ...] = (DesignForm, AddFormField, PublishForm, CloseForm, FillForm)
tables: tuple[Table, ...] = (FORMS, RESULTS, TO_FILL)
