"""The customers' side of a game that is over: what each wanted, lived through and felt, and why it bought or left."""

from __future__ import annotations

from typing import Any

import msgspec

from crmsim.crm.customer import Customer, Moment
from crmsim.crm.facts import ContractAccepted, CustomerArrived, CustomerLeft
from crmsim.engine.errors import BadInput
from crmsim.engine.words import Message, Words, _, render
from crmsim.game import Game

OVER = _("The game is not over. Play on, or end it for good with: crmsim end FILE")


class Story(msgspec.Struct, frozen=True):
    """One customer's story: who it is, how it ended, its time line, and the minute at which it was lost (-1: not)."""

    customer: str
    name: Words
    ending: Message
    moments: tuple[Moment, ...]
    lost: int
    satisfaction: int
    spent: int


def stories(game: Game) -> list[Story]:
    """The stories of all who have one, those with most to tell first. BadInput before the end."""
    if not game.ended:
        raise BadInput(OVER)
    came = {each.customer for each in game.facts if isinstance(each, CustomerArrived)}
    found = [story_of(game, each) for each in game.world.all(Customer) if each.story or each.id in came]
    return sorted(found, key=lambda each: (-len(each.moments), len(each.customer), each.customer))


def story_of(game: Game, who: Customer) -> Story:
    """One customer's story."""
    mine = [each for each in game.facts if getattr(each, "customer", "") == who.id]
    left = [each for each in mine if isinstance(each, CustomerLeft)]
    lost = left[-1].minute if left and who.stage == "left" else -1
    return Story(who.id, who.title, _ending(game, who, mine), who.story, lost, who.satisfaction, who.spent)


def _ending(game: Game, who: Customer, mine: list[Any]) -> Message:
    """How it stood at the last minute, and why."""
    left = [each for each in mine if isinstance(each, CustomerLeft)]
    signed = sum(isinstance(each, ContractAccepted) for each in mine)
    held = min((each.price for each in who.rivals if each.known_from <= game.minute), default=0)
    if who.stage == "left" and left:
        if held:
            return _("Lost on {when:day}: {reason:label}. A rival's offer of {price:money} lay on its table.",
                     when=left[-1].minute, reason=left[-1].reason, price=held)  # fmt: skip
        return _("Lost on {when:day}: {reason:label}.", when=left[-1].minute, reason=left[-1].reason)
    if signed:
        return _(
            "Signed {count} contracts and stayed; satisfaction {felt:percent}.", count=signed, felt=who.satisfaction
        )
    if who.wants and held:
        return _("Had not decided; a rival asked {price:money}.", price=held)
    return _("Had not decided when the game ended.") if who.wants else _("Bought nothing, and needed nothing more.")


def find(game: Game, wanted: str) -> list[Story]:
    """The stories of one customer, by its id or by a part of its name; BadInput when nobody fits."""
    found = [each for each in stories(game) if each.customer == wanted]
    found = found or [each for each in stories(game) if wanted and wanted in render(each.name, "en")]
    if not found:
        raise BadInput(_("There is no customer {name}.", name=wanted[:60]))
    return found


def as_json(story: Story, language: str = "en") -> dict[str, Any]:
    """A story as plain values."""
    return {
        "customer": story.customer, "name": render(story.name, language), "ending": render(story.ending, language),
        "lost": None if story.lost < 0 else story.lost, "satisfaction": story.satisfaction, "spent": story.spent,
        "moments": [{"minute": each.minute, "words": render(each.words, language)} for each in story.moments],
    }  # fmt: skip
