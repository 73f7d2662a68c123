"""What a game earned beside its marks: titles (零超时 ...), and challenges whose rule was kept. No part of a grade."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from crmsim.crm.facts import ContractAccepted
from crmsim.crm.order import Order
from crmsim.engine.words import N_, Words
from crmsim.game import Game
from crmsim.grading.criterion import FULL

if TYPE_CHECKING:
    from crmsim.grading.report import SeatReport

NEARLY = 950


class Title(msgspec.Struct, frozen=True):
    """A title: earned when every criterion named, as far as it came up in the seat, has at least `least` of 1000.

    At least `count` of them must have been scored.
    """

    id: str
    label: str
    claim: str
    criteria: tuple[str, ...]
    least: int = FULL
    count: int = 1


TITLES: tuple[Title, ...] = (
    Title(
        "zero_overdue", N_("Nothing overdue"), N_("Nobody had to wait past a limit."),
        ("talks.first_word", "service.first_answer", "sales.first_contact", "records.entry", "tasks.done",
         "director.assignment_delay", "director.review_delay", "sales.ship"),
    ),
    Title("true_files", N_("A true pen"), N_("Whatever was said is on file as it was said."),
          ("records.complete", "records.kept"), NEARLY),
    Title("good_ear", N_("A good ear"), N_("Needs were found out before anything was offered."),
          ("talks.needs", "sales.needs"), NEARLY),
    Title("firm_price", N_("A firm price"), N_("No discount without a reason."), ("sales.discount",)),
    Title("word_kept", N_("A word is a word"), N_("What was promised was shipped and done in time."),
          ("sales.matches_agreement", "sales.ship", "talks.promises"), NEARLY, 2),
    Title("sharp_eye", N_("A sharp eye"), N_("The true cause was found at once, and mended for good."),
          ("service.diagnosis", "service.remedy"), NEARLY),
    Title("sound_judge", N_("A sound judge"), N_("Orders and returns were decided rightly."),
          ("director.reviews", "director.returns"), NEARLY),
)  # fmt: skip


def titles(seat: SeatReport) -> tuple[Title, ...]:
    """The titles that a seat earned."""
    means = {each.id: each.mean for each in seat.verdicts if each.possible}
    found = []
    for title in TITLES:
        mine = [means[each] for each in title.criteria if each in means]
        if len(mine) >= title.count and all(each >= title.least for each in mine):
            found.append(title)
    return tuple(found)


# -- challenges

KEPT: dict[str, Callable[[Game], bool]] = {}


def rule(act: Callable[[Game], bool]) -> Callable[[Game], bool]:
    """Declare the function below as what a challenge asks to be kept, by its name."""
    KEPT[act.__name__] = act
    return act


@rule
def list_price(game: Game) -> bool:
    """No order signed in this game is under list price."""
    signed = {each.order for each in game.facts if isinstance(each, ContractAccepted)}
    orders = [each for each in game.world.all(Order) if each.id in signed]
    return all(each.total >= each.list_total for each in orders)


class Challenge(msgspec.Struct, frozen=True):
    """A variant that was played, and whether its rule was kept (None: it has none)."""

    id: str
    title: Words
    kept: bool | None


def challenges(game: Game) -> tuple[Challenge, ...]:
    """The variants in force in a game."""
    mine = [each for each in game.scenario.variants if each.id in game.scenario.variant]
    return tuple(
        Challenge(each.id, each.title, KEPT[each.keeps](game) if each.keeps in KEPT else None) for each in mine
    )
