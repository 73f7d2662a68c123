"""Acts whose effect shows in a scene of its own only: leaving one out changes what a customer decides or feels, or a
figure of the books.

A scene is played twice, with an act and without it; what can only follow from it falls away with it, and its own
working minutes are given back. All the other acts are tried on a played month: test_everything_moves.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from crmsim.bots import bot
from crmsim.crm.automation import Notice, Rule
from crmsim.crm.customer import Customer
from crmsim.crm.form import Sheet
from crmsim.crm.knowledge import Template
from crmsim.crm.record import Record
from crmsim.crm.service import ServiceRequest
from crmsim.crm.sheet import SheetLine
from crmsim.crm.talk import Say
from crmsim.crm.task import Task
from crmsim.engine.action import Action
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.roles.automating import AddRule, ChangeRule, SwitchRule, TickNotice
from crmsim.roles.customer import RequestReturn, RequestService
from crmsim.roles.director import ChangeSettings
from crmsim.roles.everyone.byhand import WriteCell
from crmsim.roles.following import ChangeTask, LabelCustomer, ReviewTaskChange, SetKeyDates
from crmsim.roles.forms import AddFormField, CloseForm, DesignForm, PublishForm
from crmsim.roles.knowing import WriteArticle
from crmsim.roles.monitoring import SetTarget
from crmsim.roles.pipeline import MoveStage, ReviseOpportunity
from crmsim.roles.service import AnswerRequest, Diagnose, EscalateRequest, Resolve
from crmsim.roles.writing import DeleteTemplate, SaveTemplate
from tests.office.test_knowledge import CRACK, SEAL, asked
from tests.office.test_opportunities import company, opened
from tests.office.test_what_tools_are_worth import FORM, SILENT, alive, seeking, spoke, works
from tests.roles.back_office import WHO, must, newest, quiet_game, received
from tests.scenes import in_need, tiny


class Hands:
    """Carries out the steps of a scene, but one kind of action."""

    def __init__(self, without: type[Action] | None = None) -> None:
        self.without = without
        self.done: list[type[Action]] = []

    def __call__(self, game: Game, seat: str, action: Action) -> None:
        """A step that takes no time; it must be legal, unless it rests on what was left out."""
        if type(action) is self.without:
            return
        staff = game.world.seats.get(seat)
        busy = None if staff is None else staff.busy_until
        if self.without is None:
            must(game, seat, action)
        elif not game.act(seat, action):
            return
        if staff is not None and busy is not None:
            staff.busy_until = busy
        self.done.append(type(action))


def lives(game: Game) -> tuple[Any, ...]:
    """What every customer decided and felt, and when; and the figures of the books."""
    people = tuple(
        (each.stage, each.aware, each.trust, each.satisfaction, each.annoyance, each.needs, each.purchases, each.spent,
         tuple(moment.minute for moment in each.story))
        for each in game.world.all(Customer)
    )  # fmt: skip
    return people, tuple(sorted(game.world.ledger.balances.items()))


def today(game: Game) -> int:
    return game.minute // DAY * DAY


EVERYBODY_ANSWERS = [{**tiny().segments[0].model_dump(), "surveys": 1_000_000}]
CONTENT = {"trigger": "event", "event": "form_filled", "test": "answer1", "how": "under", "value": "4"}
QUIET = {"id": "quiet", "title": "Three days", "trigger": "silence", "days": 3, "does": "remind"}


def discontent(**changes: Any) -> Game:
    """The first customer bought, is not content, and fills in whatever it is asked."""
    game = quiet_game(segments=EVERYBODY_ANSWERS, **changes)
    alive(game, purchases=1, satisfaction=200_000)
    record = game.world.get(Record, "C1")
    record.status, record.assigned, record.birthday, record.expiry = "won", -1, 200 * DAY, 200 * DAY
    return game


def a_form_and_its_rule(does: Hands) -> Game:
    game = discontent()
    does(game, "director", AddRule(title="Not content", does="remind", text="Call", **CONTENT))
    for step in (*FORM, PublishForm(form="FM1")):
        does(game, "service-1", step)
    return works(game, 10, "sales-1")


def a_form_taken_back(does: Hands) -> Game:
    game = discontent()
    for step in (*FORM, PublishForm(form="FM1")):
        must(game, "service-1", step)
    does(game, "service-1", CloseForm(form=newest(game, Sheet).id))
    return works(game, 10, "sales-1")


def silence() -> Game:
    """A rule reminds of a customer who wants something, and nothing else does."""
    game = quiet_game(rules=[QUIET], tools={"tasks": False})
    spoke(game)
    seeking(game, 7)
    return game


def a_rule_changed(does: Hands) -> Game:
    game = silence()
    does(game, "director", ChangeRule(rule=newest(game, Rule).id, part="days", value="9"))
    return works(game, 7, "sales-1")


def a_rule_switched_off(does: Hands) -> Game:
    game = silence()
    does(game, "director", SwitchRule(rule=newest(game, Rule).id, on=False))
    return works(game, 7, "sales-1")


def a_reminder_ticked_off(does: Hands) -> Game:
    """Who takes the reminder off the desk instead of calling is not reminded again."""
    game = silence()
    while not (mine := [each for each in game.world.all(Notice) if each.seat == "sales-1"]):
        assert not game.ended
        game.advance(60)
    does(game, "sales-1", TickNotice(notice=mine[0].id))
    return works(game, 3, "sales-1")


def a_label(does: Hands) -> Game:
    game = quiet_game(following=SILENT)
    spoke(game)
    seeking(game, 7)
    does(game, "sales-1", LabelCustomer(record="C1", name="high_intent"))
    return works(game, 7, "sales-1")


def a_target_out_of_reach(does: Hands) -> Game:
    game = quiet_game(tools={"tasks": False, "opportunities": False})
    seeking(game, 12)
    does(game, "director", SetTarget(amount=10**9, staff="sales-1"))
    return played_by("sales-1", after_a_talk(game), 5)


def after_a_talk(game: Game) -> Game:
    spoke(game, ending="later", says=(Say(game.minute, "sales-1", "greet"),))
    return game


def played_by(seat: str, game: Game, days: int) -> Game:
    """So many days later, with a competent program in this seat."""
    game = game.fork({seat: bot("competent")})
    game.advance(days * DAY)
    return game


def key_dates(does: Hands) -> Game:
    game = quiet_game(following={"expiry_days": 5})
    alive(game, satisfaction=900_000, purchases=1)
    does(game, "sales-1", SetKeyDates(record="C1", birthday=today(game) + 2 * DAY, expiry=today(game) + 8 * DAY))
    return works(game, 10, "sales-1")


def a_fault_in_the_knowledge_base(does: Hands) -> Game:
    game = quiet_game(knowledge={"own_hands": ["replace", "exchange"], "searches": 1_000_000})
    order, _invoice = received(game)
    for known in (SEAL, CRACK):
        does(game, "service-1", WriteArticle(title="Leaks", **known))
    game.market.plan(alive(game), game.minute + 60, "ask_help", order.id, 100)
    game.advance(2 * DAY)
    return game


def two_requests() -> Game:
    """Service finds two requests on its desk."""
    game = quiet_game()
    order, _invoice = received(game)
    for symptom in ("leaks", "stops"):
        must(game, WHO, RequestService(order=order.id, product="pump", symptom=symptom))
    alive(game)
    return game


THANKS = SaveTemplate(name="Thanks", kind="mail", text="Thank you for writing to us.")


def a_template(does: Hands) -> Game:
    game = two_requests()
    does(game, "service-1", THANKS)
    return played_by("service-1", game, 2)


def a_template_thrown_away(does: Hands) -> Game:
    game = two_requests()
    busy = game.world.seat("service-1").busy_until
    must(game, "service-1", THANKS)
    game.world.seat("service-1").busy_until = busy
    does(game, "service-1", DeleteTemplate(template=newest(game, Template).id))
    return played_by("service-1", game, 2)


def a_deal(**changes: Any) -> tuple[Game, str]:
    """A deal on file with a customer who wants something, and was spoken with."""
    game = company(tools={"tasks": False}, **changes)
    alive(game, aware=0)
    spoke(game)
    return game, opened(game, close=today(game) + 18 * DAY).id


def a_stage(does: Hands) -> Game:
    """Who stands long in a stage is called; who moved on is not yet."""
    game, deal = a_deal(pipeline={"stage_days": {"needs": 1}})
    game.advance(2 * DAY)
    does(game, "sales-1", MoveStage(opportunity=deal, stage="proposal"))
    return works(game, 3, "sales-1")


def a_day_of_decision(does: Hands) -> Game:
    game, deal = a_deal()
    does(game, "sales-1", ReviseOpportunity(opportunity=deal, close=today(game) + 3 * DAY))
    return works(game, 5, "sales-1")


def two_tasks() -> tuple[Game, str]:
    """Two customers of one seller have heard nothing for long; the task of the first."""
    game = quiet_game(following={"silent_days": 7, "task_days": 2}, tools={"opportunities": False})
    for who, file in ((WHO, "C1"), ("p2", "C2")):
        game.world.deputies.pop(who)
        in_need(game, customer := game.world.get(Customer, who), days=18)
        customer.stage, customer.aware = "seeking", 0
        record = game.world.get(Record, file)
        record.owner, record.status, record.need = "sales-1", "prospect", "pump"
        talk = spoke(game)
        talk.customer, talk.record = who, file
    while not (found := [each for each in game.world.all(Task) if each.record == "C1" and each.rule == "silent"]):
        assert not game.ended
        game.advance(60)
    return game, found[0].id


def a_task_put_off(does: Hands) -> Game:
    game, task = two_tasks()
    does(game, "director", ChangeTask(task=task, day=today(game) + 4 * DAY, why="The other one first."))
    return played_by("sales-1", game, 3)


def a_change_of_a_task_agreed_to(does: Hands) -> Game:
    game, task = two_tasks()
    must(game, "sales-1", ChangeTask(task=task, day=today(game) + 4 * DAY, why="The other one first."))
    does(game, "director", ReviewTaskChange(task=task, decision="approve"))
    return played_by("sales-1", game, 3)


def more_than_an_agent_may_give(does: Hands) -> Game:
    game = quiet_game()
    request: ServiceRequest = asked(game)
    limit = game.scenario.fulfilment.compensation_limit
    must(game, "service-1", AnswerRequest(request=request.id, text="We are looking into it."))
    must(game, "service-1", Diagnose(request=request.id, cause=request.cause))
    remedy = {"seal": "replace", "crack": "exchange"}[request.cause]
    does(game, "service-1", EscalateRequest(request=request.id, reason="The harm is great."))
    for given in (2 * limit, limit):
        if request.status == "answered":
            does(game, "service-1", Resolve(request=request.id, remedy=remedy, compensation=given))
    return game


def longer_to_return(does: Hands) -> Game:
    """What comes back late is taken back where the director gives more days."""
    game = quiet_game()
    order, _invoice = received(game)
    does(game, "director", ChangeSettings(return_days=30))
    game.advance(10 * DAY)
    must(game, WHO, RequestReturn(order=order.id, lines=(("pump", 1),), reason="misfit"))
    alive(game)
    return played_by("service-1", game, 2)


def a_cell_of_the_sheet(does: Hands) -> Game:
    game = quiet_game(tools={"tasks": False, "opportunities": False})
    seeking(game, 12)
    game.world.add(SheetLine("L1", record="C1", by="sales-1", cells=("",) * 12))
    does(game, "sales-1", WriteCell(line="L1", column="deadline", text="3"))
    return played_by("sales-1", after_a_talk(game), 8)


Scene = Callable[[Hands], Game]
SCENES: dict[type[Action], Scene] = {
    AddRule: a_form_and_its_rule,
    DesignForm: a_form_and_its_rule,
    AddFormField: a_form_and_its_rule,
    PublishForm: a_form_and_its_rule,
    CloseForm: a_form_taken_back,
    ChangeRule: a_rule_changed,
    SwitchRule: a_rule_switched_off,
    TickNotice: a_reminder_ticked_off,
    LabelCustomer: a_label,
    SetTarget: a_target_out_of_reach,
    SetKeyDates: key_dates,
    WriteArticle: a_fault_in_the_knowledge_base,
    SaveTemplate: a_template,
    DeleteTemplate: a_template_thrown_away,
    MoveStage: a_stage,
    ReviseOpportunity: a_day_of_decision,
    ChangeTask: a_task_put_off,
    ReviewTaskChange: a_change_of_a_task_agreed_to,
    EscalateRequest: more_than_an_agent_may_give,
    ChangeSettings: longer_to_return,
    WriteCell: a_cell_of_the_sheet,
}


@pytest.mark.covers("GAME-2")
@pytest.mark.parametrize("kind", SCENES, ids=lambda kind: kind.__name__)
def test_leaving_a_small_act_out_changes_a_customer_or_a_figure(kind: type[Action]) -> None:
    whole, less = Hands(), Hands(without=kind)
    there, away = SCENES[kind](whole), SCENES[kind](less)
    assert kind in whole.done and kind not in less.done
    assert there.minute == away.minute and lives(there) != lives(away)
