"""How bots call: new customers first, then open needs, the silent and the bought names; never too often."""

from __future__ import annotations

from typing import Any

from crmsim.bots.policy import Bot, answers, initiative
from crmsim.bots.speaking import LARGE, TALKS, behind
from crmsim.crm.automation import Notice, Rule, last_contact
from crmsim.crm.company import PROSPECTOR, SALES, CompanyView
from crmsim.crm.order import Order
from crmsim.crm.product import Product
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.engine.action import Action
from crmsim.engine.desk import Waiting
from crmsim.engine.words import DAY
from crmsim.roles.everyone.records import SetStatus, UpdateRecord
from crmsim.roles.following import LabelCustomer
from crmsim.roles.inviting import InviteToTalk
from crmsim.roles.prospector import BuyList

TELEPHONE, THERE = "phone", ("booth", "visit")
HIGH, LOW = "high_intent", "low_intent"
INTENT = {"later": HIGH, "left": LOW, "declined": LOW}  # what the end of a talk shows where no day was agreed
LATELY = 2 * DAY
UNDER_WAY = ("waiting", "invited", "open")
FALLEN = ("rejected", "declined", "cancelled", "received")
OPEN = ("lead", "prospect")
GAP, MOST = 6, 2  # days between two talks with the same customer, and how many there may be in a month
SOON, LATE = 3, 14  # the gap with high intent, and with low: what the office itself lets pass with such a label
PERSISTENT = 2  # the gap of whoever comes back to open needs before their date
PRESSED = 3  # the gap of whoever is behind its sales target
SPOKEN = 7  # days after which also a competent hand calls whom it spoke with and who is not content
CHECKED = 7  # days for which a thorough hand checks what was told before it hands over
SAID = ("form_filled", "feedback_given")  # events in which a customer says what it thinks of us
BUSY = 3  # invitations that a prospector keeps open at once


@answers(InviteToTalk, follows=True)
def first_contact(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """Call the newly assigned, and whom one promised to call; not again right after a call that failed."""
    record = view.get(Record, paper.filled["record"])
    if record is None:
        return None
    talks = bot.talks(view, record)
    if any(each.status in UNDER_WAY for each in talks):
        return None
    mine = [each for each in talks if not each.by_customer and each.seat == view.seat.id]
    last = max(talks, key=lambda each: each.started, default=None)
    if last is not None and last.ending == "next_step" and bot.habits.follows_up:
        if last.next_step <= view.minute + DAY:  # a promise is kept, whoever gave it
            return call(view, record)
        if last.seat == view.seat.id:
            return None  # agreed for another day
    rested = bot.habits.reads or view.minute - last_contact(view, record) >= SPOKEN * DAY
    if bot.habits.follows_up and rested and _said_so(view, record):
        return call(view, record)
    failed = [each for each in mine if each.status in {"missed", "closed"} and not each.next_step]
    if failed and not may_call(bot, view, record):
        return None
    if mine and (not bot.habits.follows_up or tired_of(bot, view, record)):
        return None
    return call(view, record)


def call(view: CompanyView, record: Any) -> InviteToTalk:
    """Ring somebody up: by telephone, in a scenario without one by what is most like it."""
    likely = [each for each in view.scenario.channels if each.id not in THERE]
    first = min(likely, key=lambda each: (each.id != TELEPHONE, not each.live), default=None)
    return InviteToTalk(record=record.id, channel=TELEPHONE if first is None else first.id)


def _said_so(view: CompanyView, record: Any) -> bool:
    """Whether a rule sent this seat to the customer for what it said of us: then a call is no pestering."""
    return any(
        each.record == record.id and each.done < 0 and last_contact(view, record) <= each.since
        for each in what_was_said(view)
    )  # fmt: skip


def what_was_said(view: CompanyView) -> list[Notice]:
    """The notices to this seat about customers who said that they are not content."""
    said = {each.id for each in view.all(Rule) if each.event in SAID}
    return [each for each in view.all(Notice) if each.record and each.rule in said and each.seat == view.seat.id]


def tired_of(bot: Bot, view: CompanyView, record: Any) -> bool:
    """Whether this seat has spoken with a customer often enough since its last order, and owes it no further call."""
    since = max((each.submitted for each in view.once(_orders).get(record.id, ())), default=record.assigned)
    held = [each for each in bot.talks(view, record) if each.seat == view.seat.id and each.started >= since]
    held = [each for each in held if each.answered >= 0 and each.says]
    if bot.habits.hasty or not held:
        return False
    owed = held[-1].next_step and held[-1].ending == "next_step"
    walked_out = held[-1].ending == "left" and held[-1].mood == "angry"
    return not owed and (walked_out or len(held) >= TALKS + (bot.habits.persists or HIGH in record.labels))


def may_call(bot: Bot, view: CompanyView, record: Any) -> bool:
    """Whether nobody has spoken with this customer, nor tried to, within the last days. A hasty hand does not mind."""
    if record.owner == view.seat.id and (_served(view, record) or tired_of(bot, view, record)):
        return False
    talks = bot.talks(view, record)
    respite = 7 * DAY if record.owner and record.need else 28 * DAY  # a no is a no for some time
    if bot.habits.reads and any(each.ending == "declined" and each.started > view.minute - respite for each in talks):
        return False
    gap, most = _pace(bot, view, record)
    waited = record.assigned if record.owner or record.bought else record.recorded
    since = max((max(each.started, each.answered, each.next_step) for each in talks), default=waited)
    lately = sum(1 for each in talks if each.started > view.minute - 28 * DAY)
    return bool(view.minute - since > gap * DAY and lately < most)


def _pace(bot: Bot, view: CompanyView, record: Any) -> tuple[int, int]:
    """How many days two talks with a customer are apart, and how many there may be in a month: by its label, by how
    near the own target is, and by the hand."""
    if bot.habits.hasty or (bot.habits.thorough and not record.owner):  # stays with one until something comes of it
        return 1, 10 * MOST
    if bot.habits.persists and record.owner and record.need:
        return PERSISTENT, 2 * MOST
    mine = record.owner == view.seat.id and record.need
    if mine and LOW in record.labels:
        return LATE, MOST
    if mine and HIGH in record.labels:
        return SOON, MOST + 1
    return (PRESSED if mine and behind(view) else GAP), MOST


def _worth(view: CompanyView, record: Any) -> int:
    """What the need on file would bring, fen."""
    product = view.get(Product, record.need)
    return 0 if product is None else product.price * max(1, record.quantity)


@initiative(SALES)
def label(bot: Bot, view: CompanyView) -> Action | None:
    """What the last own talk showed of an open need, for the office to remind sooner or later."""
    if not bot.habits.records or not bot.habits.follows_up or not view.has(LabelCustomer.tool):
        return None
    for record in view.all(Record):
        if record.owner != view.seat.id or record.status not in OPEN or not record.need:
            continue
        if _served(view, record):
            continue
        held = [each for each in bot.talks(view, record) if each.answered >= 0]
        last = max(held, key=lambda each: each.started, default=None)
        if last is None or last.seat != view.seat.id or last.status != "closed":
            continue
        name = INTENT.get(last.ending, "")
        if name == HIGH and _worth(view, record) < LARGE:
            continue
        if name and name not in record.labels and last.started >= view.minute - LATELY:
            return LabelCustomer(record=record.id, name=name)
    return None


def _served(view: CompanyView, record: Any) -> bool:
    """Whether an order of this customer was written since it was assigned and still stands."""
    return any(
        each.submitted >= record.assigned and each.status not in FALLEN
        for each in view.once(_orders).get(record.id, ())
    )


def _orders(view: CompanyView) -> dict[str, list[Order]]:
    """The orders of each file."""
    found: dict[str, list[Order]] = {}
    for each in view.all(Order):
        found.setdefault(each.record, []).append(each)
    return found


@initiative(SALES)
def win_back(bot: Bot, view: CompanyView) -> Action | None:
    """Call an own customer whose need is open and who has been quiet for some days."""
    if not bot.habits.follows_up:
        return None
    for record in view.all(Record):
        mine = record.owner == view.seat.id and record.status in OPEN
        over = record.deadline and record.deadline + DAY < view.minute
        if mine and record.need and not over and may_call(bot, view, record):
            return call(view, record)
    return None


@initiative(PROSPECTOR)
def dig(bot: Bot, view: CompanyView) -> Action | None:
    """Call the silent and the names of bought lists, a few at a time; hand over who has a need again."""
    found = _hand_over(bot, view)
    if found is not None:
        return found
    invited = sum(1 for each in view.all(Talk) if each.seat == view.seat.id and each.status == "invited")
    one_by_one = bot.habits.thorough or not bot.habits.follows_up
    if invited >= (50 if bot.habits.hasty else 1 if one_by_one else BUSY):
        return None
    for record in view.all(Record):
        if record.owner or not (bot.habits.wakes or _awake(bot, view, record)):
            continue
        if not _told(bot, view, record) and may_call(bot, view, record):
            return call(view, record)
    return None


def _awake(bot: Bot, view: CompanyView, record: Any) -> bool:
    """Whether a customer got in touch lately, or stands on a list that was bought just now."""
    return record.bought or any(each.by_customer for each in bot.talks(view, record))


@initiative(PROSPECTOR)
def buy_list(bot: Bot, view: CompanyView) -> Action | None:
    """Buy the list that leads to somebody most often for its price, once the silent are called; a hasty hand wants
    names before all."""
    lists = [each for each in view.scenario.lists if all(row.bought != each.id for row in view.all(Record))]
    enough = bot.habits.foresees  # names of a list seldom need anything
    if not (bot.habits.prepares or bot.habits.hasty) or not lists or enough:
        return None
    best = min(lists, key=lambda each: each.price * 1_000_000 // max(1, each.entries * (1_000_000 - each.stale)))
    return BuyList(list=best.id) if view.balance("cash") > 20 * best.price else None


def _told(bot: Bot, view: CompanyView, record: Any) -> str | int | None:
    """The need that somebody without an owner told in the last days; None when nothing was told."""
    for talk in reversed(bot.talks(view, record)):
        if talk.told("need") is not None and talk.started > view.minute - 10 * DAY:
            return talk.told("need")
    return None


def _hand_over(bot: Bot, view: Any) -> Action | None:
    """Write down the need that was told, and let the file go to the pool."""
    for record in view.all(Record):
        if record.owner or "need" in record.hidden or any(each.status == "open" for each in bot.talks(view, record)):
            continue
        need = _told(bot, view, record)
        slow = bot.habits.thorough and any(
            each.started > view.minute - CHECKED * DAY for each in bot.talks(view, record)
        )
        if need is None or slow:
            continue
        if record.need != need:
            return UpdateRecord(record=record.id, field="need", value=str(need))
        if record.status == "lost":
            return SetStatus(record=record.id, status="lead")
    return None
