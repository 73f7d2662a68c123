"""The form centre: sheets built from typed questions, and what was filled in (FRM-1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from crmsim.crm.company import CUSTOMER, Staff, within
from crmsim.engine.fields import Choice, Date, Kind, Option, Several, Text, Whole
from crmsim.engine.words import N_, Message, Words, _
from crmsim.engine.world import Entity, Seat, Seen, World

TOOL = "forms"
KINDS = (
    ("text", N_("text")), ("long", N_("long text")), ("single", N_("single choice")), ("multi", N_("multiple choice")),
    ("date", N_("date")), ("attachment", N_("attachment")), ("rating", N_("rating")), ("member", N_("colleague")),
)  # fmt: skip
CHECKS = (("phone", N_("a phone number")), ("email", N_("an e-mail address")), ("number", N_("a whole number")))
MOST_QUESTIONS = 12
ATTACHMENT = 64_000  # characters


class Question(msgspec.Struct, frozen=True):
    """One field of a form."""

    kind: str
    label: str
    required: bool = False
    options: tuple[str, ...] = ()
    check: str = ""


@dataclass(slots=True)
class Sheet(Entity):
    """A form. It can be filled in from its publishing to its closing, by its audience."""

    prefix = "FM"
    name: str = ""
    audience: str = "company"  # company, customer, or one role
    questions: tuple[Question, ...] = ()
    owner: str = ""
    made: int = 0
    status: str = "draft"  # draft, published, closed

    @property
    def title(self) -> Words:
        """Its name."""
        return self.name

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Its maker and the director always; its audience while it is published."""
        near = within(seat, self.owner, team=False)
        return near if near is not None else (Seen.ALL if self.status == "published" and self.for_seat(seat) else None)

    def for_seat(self, seat: Any) -> bool:
        """Whether a seat may fill it in."""
        if CUSTOMER in seat.roles:
            return self.audience == CUSTOMER
        return self.audience == "company" or self.audience in seat.roles


@dataclass(slots=True)
class Submission(Entity):
    """A form that was filled in: one answer a question, as text."""

    prefix = "FS"
    sheet: str = ""
    owner: str = ""  # whose form it is
    filler: str = ""  # a seat, or a customer's id
    customer: str = ""
    filled: int = 0
    answers: tuple[str, ...] = ()

    def standing(self, world: World, seat: Seat) -> Seen | None:
        """Whose form it is, who filled it in, and the director."""
        if CUSTOMER in seat.roles:
            mine = self.filler == seat.id or self.filler in getattr(seat, "customers", ())
            return Seen.OWN if mine else None
        return within(seat, self.owner, self.filler, team=False)

    def answer(self, field: str) -> str:
        """What a condition looks at: the form, or an answer by its number."""
        if field == "sheet":
            return self.sheet
        number = int(field.removeprefix("answer")) - 1
        return self.answers[number] if number < len(self.answers) else ""


def kind_of(question: Question) -> Kind:
    """The kind of field of an action that a question is: it reads and checks what is typed."""
    label = question.label
    choices = tuple((each, each) for each in question.options)
    return {
        "text": Text(label, most=200),
        "long": Text(label, most=2000, long=True),
        "single": Choice(label, words=choices, walk=False),
        "multi": Several(label, words=choices),
        "date": Date(label),
        "attachment": Text(label, most=ATTACHMENT, long=True),
        "rating": Whole(label, low=1, high=5),
        "member": Choice(label, words=_colleagues, walk=False),
    }[question.kind]


def _colleagues(view: Any, filled: Any) -> Iterator[Option]:
    return (Option(each.id, each.name or each.id) for each in view.all(Staff) if each.active)


def problem_of(question: Question, view: Any, typed: str) -> Message | None:
    """What is wrong with an answer; None when it will do."""
    from crmsim.crm.checks import email_problem, phone_problem

    if not typed.strip():
        return _("an answer is needed") if question.required else None
    kind = kind_of(question)
    try:
        value = kind.parse(view, {}, typed)
    except ValueError:
        return _("cannot be read")
    problem = kind.refuse(view, {}, value)
    if problem is None and question.check == "phone":
        problem = phone_problem(typed)
    if problem is None and question.check == "email":
        problem = email_problem(typed)
    if problem is None and question.check == "number" and not typed.strip().removeprefix("-").isdigit():
        problem = _("expected a whole number")
    return problem


ALWAYS = (-(10**9), 10**9)


def results(
    view: Any, sheet: str, number: int = 0, having: str = "", by: str = "", span: tuple[int, int] = ALWAYS
) -> list[Any]:
    """The results of a form that a seat may see: those with some words (in answer `number`, 0 for any), filled in by
    a seat, between two minutes."""
    found = []
    for each in view.all(Submission):
        answers = each.answers[number - 1 : number] if number else each.answers
        said = any(having.casefold() in answer.casefold() for answer in answers)
        if each.sheet == sheet and said and by in ("", each.filler) and span[0] <= each.filled <= span[1]:
            found.append(each)
    return found
