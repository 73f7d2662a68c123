"""Papers that no desk of the month comes to have by itself at the right minute: laid there by the actions before."""

from __future__ import annotations

from collections.abc import Callable

from crmsim.crm.company import CompanyView
from crmsim.crm.plan import MarketingPlan
from crmsim.crm.survey import Survey
from crmsim.engine.action import Action, LegalActions, fields_of, refusal
from crmsim.engine.words import DAY
from crmsim.engine.world import Entity
from crmsim.game import Game
from crmsim.game.crew import Player
from crmsim.roles.director import AssignSurvey, DesignSurvey, ReviewOrder
from crmsim.roles.following import AddTask
from crmsim.roles.monitoring import WriteNote
from crmsim.roles.planning import ReviewPlan, SubmitPlan
from crmsim.roles.service import IssueSurvey
from crmsim.roles.writing import SaveTemplate

MANY = 40


class Never:
    """A hand that does everything but one kind of action."""

    def __init__(self, player: Player, kind: type[Action]) -> None:
        self.player, self.kind = player, kind
        self.level, self.rest = player.level, player.rest

    def choose(self, view: CompanyView, legal: LegalActions) -> Action | None:
        """What the other would do, unless it is that."""
        action = self.player.choose(view, legal)
        return None if isinstance(action, self.kind) else action


def _done(game: Game, seat: str, action: Action) -> None:
    why = refusal(action, game.view(seat), mind_the_clock=False)
    assert why is None and game.act(seat, action), f"{seat} {action!r}: {why}"


def _last(game: Game, kind: type[Entity]) -> str:
    return next(reversed(game.world.table(kind)))


def _survey(game: Game) -> None:
    _done(game, "director", DesignSurvey(template=game.scenario.surveys[0].id))
    _done(game, "director", AssignSurvey(survey=_last(game, Survey), agent="service"))


def _answers(game: Game) -> None:
    _survey(game)
    survey, view = _last(game, Survey), game.view("service")
    some = fields_of(IssueSurvey)["records"].kind.options(view, {"survey": survey})
    _done(game, "service", IssueSurvey(survey=survey, records=tuple(each.value for each in some)[:MANY]))
    game.crew.join("service", None, game.minute)
    game.advance(4 * DAY)


def _template(game: Game) -> None:
    _done(game, "sales-1", SaveTemplate(name="Thanks", kind="mail", text="Thank you for writing to us."))


def _dear_plan(game: Game) -> None:
    day = game.world.calendar.working_days_after(game.minute // DAY * DAY, 3)
    plan = SubmitPlan(kind="visit", place="city", day=day, expected=3, expenses=2_000_000)
    _done(game, "prospector", plan)
    _done(game, "director", ReviewPlan(plan=_last(game, MarketingPlan), decision="approve", reason="Try it."))


def _note(game: Game) -> None:
    options = fields_of(WriteNote)["about"].kind.options(game.view("director"), {"staff": "service"})
    about = next(iter(options)).value
    _done(game, "director", WriteNote(staff="service", about=about, text="Answer sooner."))


def _task(game: Game) -> None:
    day = game.world.calendar.working_days_after(game.minute // DAY * DAY, 1)
    _done(game, "sales-1", AddTask(owner="sales-1", goal="Send the list", day=day))


def _orders(game: Game) -> None:
    """Nobody reviews orders for some days."""
    game.crew.join("director", Never(game.players["director"], ReviewOrder), game.minute)
    game.advance(3 * DAY)


def _nothing(game: Game) -> None:
    """It waits for nobody, or what nobody did so far lies there."""


STAGED: dict[str, Callable[[Game], None]] = {
    "IssueSurvey": _survey,
    "ReadSurvey": _answers,
    "ChangeTemplate": _template,
    "DecidePlan": _dear_plan,
    "ReadNote": _note,
    "FinishTask": _task,
    "DraftContract": _orders,
    "WriteLine": _nothing,
}
