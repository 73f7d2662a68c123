"""Who writes without being a customer: junk, job seekers, doubles, matters for service. And the scenario's events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from crmsim.crm.company import Company
from crmsim.crm.customer import Customer
from crmsim.crm.enquiry import written_lines
from crmsim.crm.talk import Talk
from crmsim.engine.luck import PPM
from crmsim.engine.words import DAY
from crmsim.roles.arriving import ShiftMarket
from crmsim.roles.company import DeliverMessage
from crmsim.roles.customer.contact import shown_on
from crmsim.scenarios.cast import Cast

if TYPE_CHECKING:
    from crmsim.market.life import Market

Nature = Literal["junk", "job", "service"]
NATURES: dict[Nature, int] = {"junk": 5, "job": 3, "service": 2}


def schedule_strangers(world: Company, cast: Cast) -> None:
    """Lay the strangers' messages out over the game's working days; so many that they make up the scenario's share."""
    market, luck, calendar = world.scenario.market, world.luck, world.calendar
    channels = [each for each in world.scenario.channels if not each.live]
    if not channels or market.junk >= PPM:
        return
    leads = market.size * market.wanting // PPM * market.arriving.asks // PPM
    season = world.scenario.calendar.days * calendar.minutes_a_day
    for number in range(leads * market.junk // (PPM - market.junk)):
        id = f"stranger-{number + 1}"
        nature = list(NATURES)[luck.weighted(list(NATURES.values()), id, "nature")]
        channel = channels[luck.weighted([max(1, each.hears_of) for each in channels], id, "channel")]
        person = cast.strangers[number] if number < len(cast.strangers) else None
        who = id if person is None else {"email": person.email}.get(channel.id, "") or person.name
        lines = written_lines(world, nature, id)
        minute = calendar.after(world.minute, 1 + luck.below(season, id, "minute"))
        world.due(minute, DeliverMessage(channel=channel.id, who=who, nature=nature, stranger=id, lines=lines))


def maybe_double(market: Market, customer: Customer, talk: Talk) -> None:
    """Some who wait write again by another channel, as if nobody knew them."""
    world = market.world
    others = [each for each in world.scenario.channels if not each.live and each.id != talk.channel]
    share = world.scenario.market.arriving.doubles
    if not others or talk.seat or not world.luck.chance(share, customer.id, "double", customer.needs):
        return
    channel = world.luck.pick(others, customer.id, "double channel", customer.needs)
    wait = world.luck.exponential(world.calendar.minutes_a_day // 2, customer.id, "double time", customer.needs)
    message = DeliverMessage(
        channel=channel.id,
        who=shown_on(customer, channel.id),
        nature="double",
        stranger=f"double-{customer.id}",
        lines=written_lines(world, "double", customer.id, customer.needs, customer.temper),
    )
    world.due(world.calendar.after(world.minute, wait), message)


def schedule_events(world: Company) -> None:
    """Lay out what the scenario lets happen to everyone, on working days."""
    calendar = world.calendar
    for number, event in enumerate(world.scenario.events):
        hours, minutes = event.at.split(":")
        day = calendar.after(0, (max(1, event.day) - 1) * calendar.minutes_a_day + 1) // DAY
        world.due(day * DAY + int(hours) * 60 + int(minutes), ShiftMarket(event=number))
