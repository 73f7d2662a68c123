"""The fields of a customer's file, with their checks; each suggests what the customer said in the talk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from crmsim.crm.checks import PROVEN_BY, digits, email_problem, phone_problem, told_at
from crmsim.crm.product import Product
from crmsim.crm.talk import Talk
from crmsim.engine.fields import Choice, Date, Filled, Money, Option, Pick, Text, Whole
from crmsim.engine.proving import Proofs
from crmsim.engine.safe import safe_text
from crmsim.engine.words import DAY, N_, Message


def talk_of(view: Any, filled: Filled) -> Any:
    """The talk that a record is written from; None without one."""
    return view.get(Talk, filled["talk"]) if filled.get("talk") else None


class FromTalk:
    """A field whose suggestion is what was said on a topic in the talk chosen before."""

    prefill: ClassVar[bool] = True
    python: ClassVar[type]
    topic: str

    def suggest(self, view: Any, filled: Filled) -> Any:
        """What was said, or nothing."""
        talk = talk_of(view, filled)
        told = None if talk is None else talk.told(self.topic)
        usable = type(told) is self.python and self.refuse(view, filled, told) is None
        return told if usable else self.python()

    def refuse(self, view: Any, filled: Filled, value: Any) -> Message | None:
        """What the kind beside it says."""
        problem: Message | None = super().refuse(view, filled, value)  # type: ignore[misc]
        return problem


@dataclass(frozen=True)
class SaidText(FromTalk, Text):
    """Words as they were said."""

    topic: str = ""


@dataclass(frozen=True)
class SaidPhone(SaidText):
    """A phone number of eleven digits."""

    def refuse(self, view: Any, filled: Filled, value: Any) -> Message | None:
        """Eleven digits."""
        return super().refuse(view, filled, value) or phone_problem(value)

    def parse(self, view: Any, filled: Filled, text: str) -> Any:
        """The digits, without spaces and dashes."""
        return digits(safe_text(text, len(text)))


@dataclass(frozen=True)
class SaidEmail(SaidText):
    """An e-mail address."""

    def refuse(self, view: Any, filled: Filled, value: Any) -> Message | None:
        """A name, an @ and a domain."""
        return super().refuse(view, filled, value) or email_problem(value)


@dataclass(frozen=True)
class SaidWord(FromTalk, Choice):
    """A dictionary's word as it was said."""

    topic: str = ""


@dataclass(frozen=True)
class SaidProduct(FromTalk, Pick):
    """A product as it was said."""

    topic: str = ""


@dataclass(frozen=True)
class SaidCount(FromTalk, Whole):
    """A number as it was said."""

    topic: str = ""


@dataclass(frozen=True)
class SaidSum(FromTalk, Money):
    """An amount as it was said."""

    topic: str = ""


@dataclass(frozen=True)
class SaidDay(FromTalk, Date):
    """A day as it was said."""

    topic: str = ""

    def suggest(self, view: Any, filled: Filled) -> Any:
        """The beginning of the day that was named, while it is not over."""
        talk = talk_of(view, filled)
        told = None if talk is None else talk.told(self.topic)
        day = told // DAY * DAY if isinstance(told, int) else 0
        return day if day and self.refuse(view, filled, day) is None else 0


@dataclass(frozen=True)
class NameSeen(Text):
    """A name as it shows on a badge, a letter or a caller's display."""

    prefill: ClassVar[bool] = True

    def suggest(self, view: Any, filled: Filled) -> Any:
        """Who the talk is with; whoever shows as a number or an address, by the name that was told."""
        talk = talk_of(view, filled)
        return "" if talk is None else safe_text(talk.called, self.most)


@dataclass(frozen=True)
class SourceSeen(Choice):
    """How the customer came."""

    prefill: ClassVar[bool] = True

    def suggest(self, view: Any, filled: Filled) -> Any:
        """The way that the talk shows."""
        talk = talk_of(view, filled)
        known = [option.value for option in self.options(view, filled)]
        return talk.source if talk is not None and talk.source in known else (known[0] if known else "")


def words_of(dictionary: str) -> Callable[[Any, Filled], Iterable[Option]]:
    """The words of a dictionary of the scenario."""
    return lambda view, filled: [Option(each.id, each.name) for each in view.scenario.dictionaries.get(dictionary, ())]


def section(name: str) -> Callable[[Any, Filled], Iterable[Option]]:
    """The entries of a section of the scenario (regions, industries, rivals)."""
    return lambda view, filled: [Option(each.id, each.name) for each in getattr(view.scenario, name)]


Name = Annotated[str, NameSeen(N_("Customer name"), least=1, most=120)]
Source = Annotated[str, SourceSeen(N_("Source"), words=words_of("sources"), walk=False)]
Type = Annotated[str, Choice(N_("Type"), words=words_of("types"), walk=False)]
Contact = Annotated[str, SaidText(N_("Contact person"), most=60, topic="name")]
Position = Annotated[str, SaidText(N_("Position"), most=60, topic="position")]
Phone = Annotated[str, SaidPhone(N_("Phone"), most=40, topic="phone")]
Email = Annotated[str, SaidEmail(N_("E-mail"), most=120, topic="email")]
Industry = Annotated[
    str, SaidWord(N_("Industry"), words=section("industries"), walk=False, optional=True, topic="industry")
]
Region = Annotated[str, SaidWord(N_("Region"), words=section("regions"), walk=False, optional=True, topic="region")]
Size = Annotated[str, Choice(N_("Company size"), words=words_of("sizes"), walk=False, optional=True)]
Need = Annotated[str, SaidProduct(N_("Key need"), entity=Product, optional=True, topic="need")]
Quantity = Annotated[int, SaidCount(N_("Quantity"), topic="quantity")]
Budget = Annotated[int, SaidSum(N_("Budget"), topic="budget")]
Deadline = Annotated[int, SaidDay(N_("Decision date"), topic="deadline")]
Decision = Annotated[
    str, SaidWord(N_("Who decides"), words=words_of("decisions"), walk=False, optional=True, topic="decision")
]
Rival = Annotated[str, SaidText(N_("Rival"), most=60, topic="rival")]
Notes = Annotated[str, Text(N_("Notes"), most=500, long=True)]
# what a colleague relies on most, each to be proved by a line of the talk (play.md: six fields)
PROVED = ("contact", "phone", "need", "quantity", "budget", "deadline")


def _line_told(talk: Any, field: str, line: int) -> Any:
    """What a line says of a field, as the field holds it."""
    told = told_at(talk, line, PROVEN_BY[field])
    return told // DAY * DAY if field == "deadline" and isinstance(told, int) else told


Evidence = Annotated[
    tuple[tuple[str, int], ...],
    Proofs(
        N_("Proved by"),
        N_("The line of the talk that says it, for each of these: phone:4, need:2"),
        fields=PROVED,
        row=talk_of,
        told=_line_told,
    ),
]
