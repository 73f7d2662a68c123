"""How bots follow up and care: notes after talks, renewals, a greeting now and then, what fits what was bought."""

from __future__ import annotations

from typing import Any

from crmsim.bots.calling import INTENT, LOW, what_was_said
from crmsim.bots.planning import WORTH_A_CALL
from crmsim.bots.policy import Bot, answers, initiative
from crmsim.crm.care import Care, Programme, fits_next
from crmsim.crm.company import DIRECTOR, SALES, CompanyView
from crmsim.crm.record import Record
from crmsim.engine.action import Action, refusal
from crmsim.engine.desk import Waiting
from crmsim.engine.words import DAY, _, render
from crmsim.roles.caring import GiveCare, OfferCross, OpenReferral, may_cross
from crmsim.roles.following import FinishTask, OfferRenewal, RecordFollowUp, ReviewTaskChange
from crmsim.roles.following.acts import unwritten

SPOKE = _("We spoke; nothing was agreed.")
WENT = {  # how a talk ended, as one writes it down
    "agreed": _("They agreed to order."),
    "next_step": _("We agreed to speak again."),
    "later": _("They want to think it over."),
    "left": _("They broke off: not to be pressed now."),
    "declined": _("They did not want to talk just now."),
}
PAUSE = 3 * DAY  # between two letters to the same customer


@answers(RecordFollowUp, follows=True)
def note(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """How the talk went, in a sentence, and the day that was agreed. An expert writes it always: others let the order
    speak for who agreed, and a label for who did not want to talk."""
    talk = unwritten(view).get(paper.filled["record"])
    if talk is None or not bot.habits.follows_up:
        return None
    if not bot.habits.reads and (talk.ending == "agreed" or INTENT.get(talk.ending) == LOW):
        return None
    words = render(WENT.get(talk.ending, SPOKE), view.language)
    return RecordFollowUp(content=words, **paper.filled)


@answers(FinishTask, follows=True)
def finish(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """Tick off what was done."""
    return FinishTask(task=paper.filled["task"]) if bot.habits.follows_up else None


@answers(ReviewTaskChange)
def agree(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """Whoever says why may have another day."""
    return ReviewTaskChange(**paper.filled)


@answers(OfferRenewal, follows=True)
def renew(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """Ask before the contract runs out."""
    return OfferRenewal(record=paper.filled["record"]) if bot.habits.follows_up else None


@answers(GiveCare)
def greet(bot: Bot, view: CompanyView, paper: Waiting) -> Action | None:
    """As the care plan says, and to nobody twice within a few days."""
    gap = view.scenario.care.gap_days * DAY
    lately = {each.record for each in view.all(Care) if view.minute - each.minute < gap}
    records = tuple(each for each in paper.filled["records"] if each not in lately)
    return GiveCare(kind=paper.filled["kind"], records=records) if bot.habits.cares and records else None


@initiative(SALES)
def make_good(bot: Bot, view: CompanyView) -> Action | None:
    """An expert sends a small gift, too, to an own customer who said that it is not content."""
    if not bot.habits.foresees or not view.has("care"):
        return None
    since = view.minute - view.scenario.care.gap_days * DAY
    cared = {each.record for each in view.all(Care) if each.minute > since}
    for each in what_was_said(view):
        gift = GiveCare(kind="gift", records=(each.record,))
        if each.since > since and each.record not in cared and refusal(gift, view) is None:
            return gift
    return None


@initiative(SALES)
def cross(bot: Bot, view: CompanyView) -> Action | None:
    """Write to a content customer about what fits what it bought, once for each product."""
    if not bot.habits.cares:
        return None
    written: dict[str, list[Any]] = {}
    for each in view.all(Care):
        written.setdefault(each.record, []).append(each)
    for record in view.all(Record):
        worth = not view.has("classes") or record.grade in WORTH_A_CALL
        if record.owner != view.seat.id or not worth or not may_cross(record, view, {}):
            continue
        past = written.get(record.id, [])
        if any(view.minute - each.minute < PAUSE for each in past):
            continue
        for product in fits_next(view, record):
            letter = OfferCross(record=record.id, product=product)
            if not any(each.product == product for each in past) and refusal(letter, view) is None:
                return letter
    return None


@initiative(DIRECTOR)
def reward(bot: Bot, view: CompanyView) -> Action | None:
    """Open a referral programme, once, with the usual reward."""
    if not bot.habits.cares or any(True for _each in view.all(Programme)):
        return None
    return OpenReferral(reward=view.scenario.care.reward)
