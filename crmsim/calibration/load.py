"""How much a game asks of each seat and day: the game minutes it books, and the seconds a hand would need."""

from __future__ import annotations

from dataclasses import dataclass

from crmsim.crm.talk import Talk
from crmsim.engine.action import Action
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.game.journal import CLOCK_SEAT
from crmsim.roles.talking import Speak

# what play.md estimates for a hand, seconds; a service case of four steps is about 65
HAND = {
    "RecordCustomer": 20, "SubmitOrder": 45, "ReviseOrder": 30, "ReviewOrder": 18, "ReviewReturn": 18,
    "AssignCustomer": 10, "AssignCustomers": 25, "AnswerRequest": 25, "AskSymptom": 10, "Diagnose": 12, "Resolve": 18,
    "EndorseReturn": 18, "RefuseReturn": 18, "DismissMessage": 6, "ForwardMessage": 8, "CloseTalk": 4,
    "InviteToTalk": 8, "ShipGoods": 10, "RemindPayment": 10, "RestockProduct": 15, "PlanAdvert": 40,
    "PlanPromotion": 40,
}  # fmt: skip
MOVE, MAIL, OTHER = 9, 25, 12


@dataclass(frozen=True)
class Load:
    """One seat's work: its actions, and by working day the share of its time booked (per mille) and hand seconds."""

    actions: int
    booked: list[int]
    seconds: list[int]

    @property
    def mean(self) -> int:
        """The share of its time that is booked on average, per mille."""
        return sum(self.booked) // max(1, len(self.booked))


def load_of(game: Game) -> dict[str, Load]:
    """What each seat did in a game that is over."""
    days = [day for day in range(game.end_minute // DAY) if game.world.calendar.works_on(day + 1)]
    place = {day: number for number, day in enumerate(days)}
    actions = dict.fromkeys((each.id for each in game.scenario.seats), 0)
    minutes = {seat: [0] * len(days) for seat in actions}
    seconds = {seat: [0] * len(days) for seat in actions}
    for entry in game.journal:
        if entry.seat == CLOCK_SEAT or entry.seat not in actions:
            continue
        day = place[entry.minute // DAY]
        actions[entry.seat] += 1
        minutes[entry.seat][day] += entry.action.cost(game.world)
        seconds[entry.seat][day] += hand_seconds(entry.action, game)
    whole = game.world.calendar.minutes_a_day
    return {
        seat: Load(actions[seat], [each * 1000 // whole for each in minutes[seat]], seconds[seat]) for seat in actions
    }


def hand_seconds(action: Action, game: Game) -> int:
    """How long a person's hand needs for an action, as estimated; reading and thinking come with it."""
    if isinstance(action, Speak):
        talk = game.world.find(Talk, action.talk)
        live = any(each.live for each in game.scenario.channels if talk is not None and each.id == talk.channel)
        return MOVE if live else MAIL
    return HAND.get(type(action).__name__, OTHER)
