"""Messages that are no leads, and the desk at which a channel is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from crmsim.crm.company import COMPANY, DIRECTOR, PROMOTER, RECEPTION, SALES, SERVICE, Company
from crmsim.crm.enquiry import Lines, as_written
from crmsim.crm.facts import TalkRequested
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action, Turn
from crmsim.engine.desk import Table
from crmsim.engine.fields import Choice, Filled, Text
from crmsim.engine.words import N_, Bilingual, Message, Words


@dataclass(frozen=True)
class Subject(Text):
    """Text, or words of the catalogue or the scenario, which need no making safe."""

    def refuse(self, view: Any, filled: Filled, value: Any) -> Message | None:
        """Only what somebody typed is looked at."""
        return None if isinstance(value, Message | Bilingual) else super().refuse(view, filled, value)


class DeliverMessage(Action, frozen=True):
    """A message that is no lead reaches a desk: advertising, an application, a double, a matter for service."""

    roles = (COMPANY,)
    minutes = 0
    channel: Annotated[str, Text(N_("Channel"), most=41, least=1)]
    who: Annotated[str, Text(N_("From"), most=120, least=1)]
    nature: Annotated[
        Literal["junk", "job", "double", "service"],
        Choice(
            N_("Nature"),
            words=(("junk", N_("junk")), ("job", N_("job")), ("double", N_("double")), ("service", N_("service"))),
        ),
    ] = "junk"
    subject: Annotated[Words, Subject(N_("Subject"), most=200)] = ""
    stranger: Annotated[str, Text(N_("Stranger"), most=41)] = ""
    source: Annotated[str, Text(N_("Source"), most=41)] = ""
    lines: Annotated[str, Lines(N_("Lines"), most=200)] = ""

    def apply(self, world: Company, turn: Turn) -> None:
        """It waits at the desk of its channel."""
        talk = world.add(
            Talk(
                world.new_id(Talk), channel=self.channel, customer=self.stranger, who=self.who, subject=self.subject,
                role=desk_of(world, self.channel), source=self.source, started=turn.minute, nature=self.nature,
            )
        )  # fmt: skip
        if self.lines:
            talk.subject, talk.letter = as_written(world, talk, self.lines)
        world.record(TalkRequested(talk=talk.id, channel=talk.channel, role=talk.role, customer=self.stranger))


def desk_of(world: Company, channel: str) -> str:
    """The role whose desk answers a channel, or the next one that somebody holds."""
    first = PROMOTER if channel == "booth" else RECEPTION
    for role in (first, RECEPTION, SALES, SERVICE, DIRECTOR):
        if world.staff(role):
            return role
    return first


actions: tuple[type[Action], ...] = (DeliverMessage,)
tables: tuple[Table, ...] = ()
