"""How customers make contact: by which channel, and at which hour of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmsim.crm.customer import Customer, Plan
from crmsim.crm.enquiry import written_lines
from crmsim.engine.words import DAY, _
from crmsim.market.noticing import AT_BOOTH, read_up
from crmsim.roles.customer.contact import MakeContact

if TYPE_CHECKING:
    from crmsim.market.life import Market

IN_PERSON = ("booth", "visit")  # nobody comes so on its own account


def contact(market: Market, customer: Customer, plan: Plan) -> None:
    """Make contact about the need, by the channel that comes to mind."""
    if not customer.wants or customer.stage not in {"seeking", "waiting"}:
        return
    served = market.world.settings.regions
    if plan.attempt != AT_BOOTH and customer.region and served and customer.region not in served:
        market.tell(customer, _("They do not serve our region, so we did not even ask."))
        return
    channel = "booth" if plan.attempt == AT_BOOTH else plan.about or channel_for(market, customer, plan.attempt)
    if channel and channel != "booth" and not plan.about:
        minute = habitual_hour(market, customer, channel, plan.attempt)
        if market.world.minute < minute < customer.deadline:
            market.plan(customer, minute, "contact", channel, plan.attempt)
            return
    read_up(market, customer)
    source = "fair" if plan.attempt == AT_BOOTH else customer.source
    looks = customer.wants if channel == "booth" else ""
    lines = ""
    if channel and not market.world.scenario.find("channels", channel).live:
        about = "again" if customer.purchases else "lead"
        lines = written_lines(market.world, about, customer.id, customer.needs * 10 + plan.attempt, customer.temper)
    if not market.act(customer, MakeContact(channel=channel, source=source, product=looks, lines=lines)):
        market.tell(customer, _("There was no way to reach the company just then."))


def habitual_hour(market: Market, customer: Customer, channel: str, attempt: int) -> int:
    """When this one gets round to it: some write after hours, so that letters lie there in the morning, and some call
    first thing in the morning. Now for the others."""
    world, calendar, part = market.world, market.world.calendar, market.world.scenario.market.arriving
    key = customer.needs * 10 + attempt
    if world.scenario.find("channels", channel).live:
        if not world.luck.chance(part.morning, customer.id, "calls early", key):
            return int(world.minute)
        opens = calendar.next_open((world.minute // DAY + 1) * DAY)
        return int(opens + world.luck.exponential(part.morning_minutes, customer.id, "early", key))
    if not world.luck.chance(part.evening, customer.id, "writes late", key):
        return int(world.minute)
    return int((world.minute // DAY + 1) * DAY - 1 - world.luck.below(part.evening_minutes, customer.id, "late", key))


def channel_for(market: Market, customer: Customer, attempt: int) -> str:
    """The preferred channel, or the one an advert named; on a second try the next one."""
    world = market.world
    usual = [id for id in customer.channels or [each.id for each in world.scenario.channels] if id not in IN_PERSON]
    media = {each.id: each.channel for each in world.scenario.media}
    named = media.get(customer.source, "")
    share = world.scenario.market.arriving.medium_channel
    if not attempt and named and customer.needs == 1 and world.luck.chance(share, customer.id, "medium channel"):
        return named
    return usual[attempt % len(usual)] if usual else named
