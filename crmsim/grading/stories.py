"""The customers' side of a game that is over: what each wanted, lived through and felt, and why it bought or left."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec

from crmsim.crm.company import INSTRUCTOR
from crmsim.crm.customer import Customer, Moment
from crmsim.crm.facts import (
    ContractAccepted,
    ContractDeclined,
    CustomerArrived,
    CustomerLeft,
    CustomerReturned,
    DealAgreed,
    DeliveryLate,
    GoodsReceived,
    OfferMade,
    OrderSubmitted,
    PaymentLate,
    PaymentMade,
    Recommended,
    ReturnApproved,
    ReturnRefused,
    ServiceReopened,
    ServiceRequested,
    ServiceResolved,
    TalkClosed,
    TalkDeclined,
    TalkMissed,
)
from crmsim.crm.naming import name_of, sentence_of
from crmsim.crm.talk import MOOD_LABELS, MOODS, Talk
from crmsim.engine.errors import BadInput
from crmsim.engine.facts import Fact
from crmsim.engine.words import N_, UNDATED, Dates, Message, Words, _, render
from crmsim.game import Game
from crmsim.grading.course import OVER
from crmsim.roles.arriving import REASONS

TOLD: tuple[type[Fact], ...] = (
    OfferMade, DealAgreed, OrderSubmitted, ContractAccepted, ContractDeclined, DeliveryLate, GoodsReceived, PaymentLate,
    PaymentMade, ServiceRequested, ServiceResolved, ServiceReopened, ReturnApproved, ReturnRefused, TalkMissed,
    TalkDeclined, CustomerReturned, Recommended,
)  # fmt: skip
TURNING: tuple[type[Fact], ...] = (
    TalkMissed, TalkDeclined, ContractDeclined, DeliveryLate, ServiceReopened, ReturnRefused, TalkClosed,
)  # fmt: skip
WELL = frozenset({"agreed", "next_step"})  # endings of a talk after which nothing is lost
KINDS = (N_("own words"), N_("company"), N_("rival"), N_("mood"), N_("lost for good"))
OWN, COMPANY, RIVAL, MOOD, LOST = KINDS


class Step(msgspec.Struct, frozen=True):
    """A line of a story: whose it is (see KINDS), the words, and the numbers of the facts that show it."""

    minute: int
    kind: str
    words: Message
    facts: tuple[int, ...] = ()


class Story(msgspec.Struct, frozen=True):
    """One customer's story: who it is, how it ended, its time line, and the minute at which it was lost (-1: not).

    `moments` are its own words alone; `steps` set beside them what the company did, rivals' offers and moods.
    """

    customer: str
    name: Words
    ending: Message
    moments: tuple[Moment, ...]
    lost: int
    satisfaction: int
    spent: int
    steps: tuple[Step, ...] = ()
    signed: int = 0  # contracts in this game, paid or not


def stories(game: Game) -> list[Story]:
    """The stories of all who have one, those with most to tell first. BadInput before the end."""
    if not game.ended:
        raise BadInput(OVER)
    came = {each.customer for each in game.facts if isinstance(each, CustomerArrived)}
    mine: dict[str, list[Fact]] = {}
    for each in game.facts:
        mine.setdefault(getattr(each, "customer", ""), []).append(each)
    found = [_story(game, each, mine.get(each.id, [])) for each in game.world.all(Customer)
             if each.story or each.id in came]  # fmt: skip
    return sorted(found, key=lambda each: (-len(each.moments), len(each.customer), each.customer))


def _story(game: Game, who: Customer, mine: list[Fact]) -> Story:
    left = [each for each in mine if isinstance(each, CustomerLeft)]
    lost = left[-1].minute if left and who.stage == "left" else -1
    view = game.view(INSTRUCTOR)
    steps = sorted(_steps(view, game, who, mine), key=lambda each: each.minute)
    return Story(who.id, who.title, _ending(game, who, mine), who.story, lost, who.satisfaction, who.spent,
                 tuple(steps), _signed(mine))  # fmt: skip


# -- the time line


def _steps(view: Any, game: Game, who: Customer, mine: list[Fact]) -> Iterator[Step]:
    """Its own words with the facts of that minute; what the company did besides; offers of rivals; moods; the end."""
    at: dict[int, list[int]] = {}
    for fact in mine:
        at.setdefault(fact.minute, []).append(fact.number)
    spoken = {each.minute for each in who.story}
    for moment in who.story:
        yield Step(moment.minute, OWN, moment.words, tuple(at.get(moment.minute, ())))
    for fact in mine:
        if isinstance(fact, TOLD) and fact.minute not in spoken:
            yield Step(fact.minute, COMPANY, sentence_of(view, fact), (fact.number,))
        if isinstance(fact, TalkClosed):
            talk = game.world.get(Talk, fact.talk)
            mood = MOOD_LABELS[MOODS.index(talk.mood)]
            yield Step(fact.minute, MOOD, _("The talk left us {mood:label}.", mood=mood), (fact.number,))
    for offer in who.rivals:
        if offer.known_from <= game.minute:
            words = _("{rival} asks {price:money} for all we need.", rival=name_of(view, offer.rival),
                      price=offer.price)  # fmt: skip
            yield Step(offer.known_from, RIVAL, words)
    left = [each for each in mine if isinstance(each, CustomerLeft)]
    if left and who.stage == "left":
        yield Step(left[-1].minute, LOST, _lost(view, left[-1], mine), (left[-1].number,))


def _lost(view: Any, left: CustomerLeft, mine: list[Fact]) -> Message:
    """When it was lost, why, and on what it had turned."""
    reason = _reason(left)
    turned = [each for each in mine if isinstance(each, TURNING) and each.minute <= left.minute
              and not (isinstance(each, TalkClosed) and each.ending in WELL)]  # fmt: skip
    if not turned:
        return _("Lost: {reason:label}.", reason=reason)
    last = turned[-1]
    return _("Lost: {reason:label}. It had turned on {when:time}: {what}", reason=reason, when=last.minute,
             what=sentence_of(view, last))  # fmt: skip


def _reason(left: CustomerLeft) -> str:
    """Why it left, in English source."""
    return dict(REASONS).get(left.reason, left.reason)


def _signed(mine: list[Fact]) -> int:
    return sum(isinstance(each, ContractAccepted) for each in mine)


def _ending(game: Game, who: Customer, mine: list[Fact]) -> Message:
    """How it stood at the last minute, and why."""
    left = [each for each in mine if isinstance(each, CustomerLeft)]
    signed = _signed(mine)
    held = min((each.price for each in who.rivals if each.known_from <= game.minute), default=0)
    if who.stage == "left" and left:
        reason = _reason(left[-1])
        if held:
            return _("Lost on {when:day}: {reason:label}. A rival's offer of {price:money} lay on its table.",
                     when=left[-1].minute, reason=reason, price=held)  # fmt: skip
        return _("Lost on {when:day}: {reason:label}.", when=left[-1].minute, reason=reason)
    if signed:
        return _("Stayed; contracts signed: {count}, satisfaction {felt:percent}.", count=signed, felt=who.satisfaction)
    if who.wants and held:
        return _("Had not decided; a rival asked {price:money}.", price=held)
    return _("Had not decided when the game ended.") if who.wants else _("Bought nothing, and needed nothing more.")


def find(game: Game, wanted: str) -> list[Story]:
    """The stories of one customer, by its id or by a part of its name; BadInput when nobody fits."""
    everybody = stories(game)
    found = [each for each in everybody if each.customer == wanted]
    found = found or [each for each in everybody if wanted and wanted in render(each.name, "en")]
    if not found:
        raise BadInput(_("There is no customer {name}.", name=wanted[:60]))
    return found


def cited(step: Step) -> str:
    """The numbers of a step's facts as they stand behind it; "" where none shows it."""
    return f"[{', '.join(map(str, step.facts))}]" if step.facts else ""


def as_json(story: Story, language: str = "en", dates: Dates = UNDATED) -> dict[str, Any]:
    """A story as plain values."""
    say = partial(render, language=language, dates=dates)
    return {
        "customer": story.customer, "name": say(story.name), "ending": say(story.ending),
        "lost": None if story.lost < 0 else story.lost, "satisfaction": story.satisfaction, "spent": story.spent,
        "moments": [{"minute": each.minute, "words": say(each.words)} for each in story.moments],
        "steps": [
            {"minute": each.minute, "kind": each.kind, "words": say(each.words), "facts": list(each.facts)}
            for each in story.steps
        ],
    }  # fmt: skip
