"""Talks that the company asks for: invitations, and the next steps that were agreed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from crmsim.crm.company import COMPANY, PROSPECTOR, SALES, SERVICE, Company, CompanyView, Staff
from crmsim.crm.facts import TalkInvited, TalkMissed
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action, Turn
from crmsim.engine.desk import Column, Table, Waiting
from crmsim.engine.fields import Choice, Filled, Option, Pick
from crmsim.engine.words import DAY, N_, _

CALLERS = (PROSPECTOR, SALES, SERVICE)


def _channels(view: Any, filled: Filled) -> list[Option]:
    return [Option(each.id, each.name) for each in view.scenario.channels if each.id != "booth"]


Channel = Annotated[str, Choice(N_("Channel"), words=_channels)]


class InviteToTalk(Action, frozen=True):
    """Invite a customer on file to a talk, by a channel of your choice. The customer is asked and may decline."""

    roles = CALLERS
    minutes = 6
    label = N_("Invite to talk")
    menu = N_("Customer management/Find customers")
    teach = N_("Invite someone whom the company knows: best when a need is near, never too often.")
    record: Annotated[
        str,
        Pick(
            N_("Customer"),
            entity=Record,
            where=lambda record, view, filled: may_invite(record, view),
            nothing=_("There is no customer whom you could invite now."),
        ),
    ]
    channel: Channel

    def cost(self, world: Any) -> int:
        """Longer in a region that is not the owner's own: the way there, and whom to ask."""
        return super().cost(world) + self.extra(world)

    def extra(self, world: Any) -> int:
        """The working minutes that the customer's region costs its owner."""
        record = world.find(Record, self.record)
        owner = world.find(Staff, record.owner) if record is not None and record.owner else None
        if owner is None or not owner.region or record.region in ("", owner.region):
            return 0
        return int(world.scenario.office.far_minutes)

    def apply(self, world: Company, turn: Turn) -> None:
        """The customer's side is asked; an invitation that nobody answers lapses."""
        record = world.get(Record, self.record)
        talk = Talk(
            world.new_id(Talk), channel=self.channel, customer=record.customer, who=record.name or record.contact,
            record=record.id, seat=turn.seat, role=world.seat(turn.seat).roles[0], source="invitation",
            started=turn.minute, by_customer=False, status="invited",
        )  # fmt: skip
        world.add(talk)
        world.record(TalkInvited(talk=talk.id, seat=turn.seat, customer=record.customer))
        world.due(turn.minute + world.scenario.market.talking.invitation_days * DAY, LapseInvitation(talk=talk.id))


def may_invite(record: Any, view: CompanyView) -> bool:
    """A customer of one's own, or one of nobody's where that is one's work; nobody is asked twice at a time."""
    seat = view.seat
    if record.owner and record.owner != seat.id and SERVICE not in seat.roles:
        return False
    if not record.owner and not {PROSPECTOR, SERVICE} & set(seat.roles):
        return False
    return not any(
        each.record == record.id and each.status in {"invited", "open", "waiting"} for each in _talks(record, view)
    )


def _talks(paper: Any, view: Any) -> Any:
    """The talks with the customer of a file or a talk: those of all only where nobody knows who it is."""
    return view.of(Talk, paper.customer) if paper.customer else view.all(Talk)


class LapseInvitation(Action, frozen=True):
    """An invitation was not answered in time."""

    roles = (COMPANY,)
    minutes = 0
    talk: Annotated[str, Pick(N_("Talk"), entity=Talk, where=lambda talk, view, filled: talk.status == "invited")]

    def apply(self, world: Company, turn: Turn) -> None:
        """Nobody came."""
        talk = world.get(Talk, self.talk)
        talk.status, talk.ending = "missed", "silent"
        waited = world.calendar.between(talk.started, turn.minute)
        world.record(TalkMissed(talk=talk.id, customer=talk.customer, seat=talk.seat, waited=waited))


def _begun(view: Any) -> dict[tuple[str, str], int]:
    """For each file and customer named by a talk, when the latest of these talks began."""
    found: dict[tuple[str, str], int] = {}
    for talk in view.all(Talk):
        key = talk.record, talk.customer
        if key not in found or talk.started > found[key]:
            found[key] = talk.started
    return found


def _step_waits(talk: Any, view: CompanyView) -> Waiting | None:
    """Whom one promised to come back to, from the day before on; who keeps no tasks is not reminded and has to look."""
    if not view.has("tasks") or not talk.record or talk.next_step > view.minute + DAY:
        return None
    if talk.customer and view.once(_begun)[talk.record, talk.customer] > talk.started:
        return None
    if not talk.customer and any(each.record == talk.record and each.started > talk.started for each in view.all(Talk)):
        return None
    why = _("You agreed to speak with {who} again.", who=talk.title)
    return Waiting(talk.title, talk.next_step, talk.next_step + DAY, why, InviteToTalk, {"record": talk.record})


def _steps_soon(view: CompanyView) -> Iterator[Any]:
    """Of the talks that ended with a next step, those whose day has come and that nobody spoke after."""
    limit = view.minute + DAY
    for talk in view.all(Talk):
        if talk.next_step and talk.next_step <= limit and talk.seat == view.seat.id and talk.status == "closed":
            if not talk.customer or view.once(_begun)[talk.record, talk.customer] <= talk.started:
                yield talk


NEXT_STEPS = Table(
    "next-steps",
    N_("Agreed next steps"),
    N_("Customer management/Next steps"),
    CALLERS,
    rows=lambda view: (
        each for each in view.all(Talk) if each.status == "closed" and each.next_step and each.seat == view.seat.id
    ),
    columns=(
        Column(N_("With"), lambda talk, view: talk.title),
        Column(N_("When"), lambda talk, view: talk.next_step, "day"),
        Column(N_("Talk"), lambda talk, view: talk.id),
    ),
    waits=_step_waits,
    pressing=_steps_soon,
    empty=N_("No next step was agreed yet: ask for one at the end of a talk."),
)

actions: tuple[type[Action], ...] = (InviteToTalk, LapseInvitation)
tables: tuple[Table, ...] = (NEXT_STEPS,)
