"""Every kind of action is tried on copies of a played game, so that none of them is legal and breaks."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

from crmsim.crm.automation import Rule
from crmsim.crm.company import COMPANY, CUSTOMER, CompanyView
from crmsim.crm.customer import Customer
from crmsim.crm.knowledge import Article
from crmsim.crm.plan import MarketingPlan
from crmsim.crm.product import Product
from crmsim.crm.record import Record
from crmsim.crm.survey import Survey
from crmsim.crm.talk import Talk
from crmsim.crm.task import Task
from crmsim.engine.action import Action, belongs, fields_of, offered, refusal
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.roles import ACTIONS
from crmsim.roles.analysing import RecordDecision
from crmsim.roles.director import DismissStaff
from crmsim.roles.following import AddTask, ChangeTask
from crmsim.roles.planning import ReviewPlan, SubmitPlan
from crmsim.roles.researching import CommissionResearch
from crmsim.roles.service import IssueSurvey
from crmsim.roles.talking import Speak

FEW, MANY = 6, 40
PHONE = "13900000077"


def _first(view: Any) -> dict[str, Any]:
    return {"records": tuple(each.id for each in view.all(Record) if not each.owner and each.status != "lost")[:2]}


def _mine(view: Any, **more: Any) -> dict[str, Any]:
    mine = next((each.id for each in view.all(Record) if each.owner == view.seat.id), "")
    return {"record": mine, **more}


def _away_from(owner: str, view: Any) -> dict[str, Any]:
    held = next((each.id for each in view.all(Record) if each.owner == owner), "")
    return {"record": held, "owner": "sales-2"}


def _other_need(view: Any) -> dict[str, Any]:
    mine = [each for each in view.all(Record) if each.owner == view.seat.id and each.status == "prospect"]
    other = {each.id: next(id for id in _on_sale(view) if id != each.need) for each in mine}
    record, need = next(iter(other.items()), ("", ""))
    return {"record": record, "field": "need", "value": need}


def _reached(view: Any) -> dict[str, Any]:
    survey = next((each.id for each in view.all(Survey) if each.status == "assigned"), "")
    some = fields_of(IssueSurvey)["records"].kind.options(view, {"survey": survey}) if survey else ()
    return {"records": tuple(each.value for each in some)[:MANY]}


def _unwritten(view: Any) -> dict[str, Any]:
    """What the knowledge base does not say yet."""
    known = {(each.product, each.symptom, each.cause) for each in view.all(Article)}
    for product in view.scenario.products:
        for each in product.faults:
            if (product.id, each.symptom, each.cause) not in known:
                return {"product": product.id, "symptom": each.symptom, "cause": each.cause, "remedy": each.remedy}
    return {}


def _on_sale(view: Any) -> tuple[str, ...]:
    return tuple(each.id for each in view.all(Product) if not each.withdrawn)


# what a person types where nothing is proposed
TYPED: dict[str, Callable[[Any], dict[str, Any]]] = {
    "AddFormField": lambda view: {"kind": "text"},
    "AddRule": lambda view: {"title": "Remind", "trigger": "silence", "days": 7, "does": "remind", "to": "director"},
    "AssignCustomers": _first,
    "ChangePage": lambda view: {"text": "New this week."},
    "ChangeProduct": lambda view: {"price": 123_400},
    "ChangeSettings": lambda view: {"return_days": 13},
    "ChangeStaff": lambda view: {"capacity": 31},
    "ChangeTemplate": lambda view: {"text": "Thank you very much."},
    "DesignSurvey": lambda view: {"template": view.scenario.surveys[0].id},
    "DismissStaff": lambda view: {"staff": "sales-2"},
    "CompleteProfile": lambda view: {"phone": PHONE},
    "FillForm": lambda view: {"answers": ("Well",)},
    "GiveCare": lambda view: {"records": (_mine(view)["record"],)},
    "ImportCustomers": lambda view: {"columns": ("name", "phone"), "rows": (("Imported", PHONE),)},
    "IssueSurvey": _reached,
    "InjectEvent": lambda view: {"share": 200_000, "pieces": 2},
    "PublishPage": lambda view: {"title": "New in stock", "products": _on_sale(view)},
    "ReassignCustomer": lambda view: _away_from("sales-1", view),
    "ReviseOpportunity": lambda view: {"manual": 420_000},
    "ReviseOrder": lambda view: {"plea": "A good customer."},
    "SaveTemplate": lambda view: {"kind": "mail"},
    "SendLetter": lambda view: {"to": ("director",)},
    "SetKeyDates": lambda view: _mine(view, birthday=view.minute // DAY * DAY + 9 * DAY),
    "UpdateRecord": lambda view: _other_need(view),
    "WriteArticle": _unwritten,
    "SwitchRule": lambda view: {"rule": next((each.id for each in view.all(Rule) if each.active), ""), "on": False},
}


def tries(game: Game, done: dict[type[Action], None]) -> None:
    """Carry out, in one copy, an instance of each kind that was not carried out yet and is legal somewhere."""
    left = [each for each in ACTIONS if each not in done and COMPANY not in each.roles]
    if not left or game.ended:
        return
    copy = game.fork()
    copy.__class__ = type(game)  # what its own clock does counts as well
    customers = [each.id for each in copy.world.all(Customer)][:FEW]
    for _round in range(2):  # what one makes possible, another does
        for kind in sorted((each for each in left if each not in done), key=_ends_something):
            seats = [*copy.world.seats, *(customers if CUSTOMER in kind.roles else ())]
            if any(_carried_out(copy, seat, kind) for seat in seats):
                done[kind] = None
    assert sum(copy.world.ledger.balances.values()) == 0
    copy.advance(60)  # the world goes on with it


def _ends_something(kind: type[Action]) -> bool:
    """What closes or deletes comes last, so that there is something to use before."""
    return kind.__name__.startswith(("Close", "Delete", "Dismiss", "Hide", "Stop", "Switch", "Withdraw"))


def _carried_out(game: Game, seat: str, kind: type[Action]) -> bool:
    view = CompanyView(game.world, seat)
    if not belongs(kind, view):
        return False
    typed = TYPED[kind.__name__](view) if kind.__name__ in TYPED else {}
    for action in islice(offered(kind, view, typed), FEW):
        if refusal(action, view, mind_the_clock=False) is None:
            before = game.digest()
            assert game.act(seat, action)
            assert game.digest() != before, f"{action!r} changes nothing"
            return True
    return False


def begins(game: Game) -> None:
    """The company starts what it then forgets: a dear plan and a cheap one, a study, a decision, a notice."""
    director, day = (
        game.view("director"),
        game.view("director").calendar.working_days_after(game.minute // DAY * DAY, 3),
    )
    for seat, expenses in (("promoter", 40_000), ("prospector", 2_000_000)):
        plan = SubmitPlan(kind="visit", place="city", day=day, expected=3, expenses=expenses)
        assert game.act(seat, plan), game.refusal(seat, plan)
        paper = next(reversed(list(game.world.all(MarketingPlan))))
        assert game.act("director", ReviewPlan(plan=paper.id, decision="approve", reason="Try it."))
    assert game.act("director", next(offered(CommissionResearch, director)))
    expected = {"text": "Sell more.", "figure": "sales", "direction": "up", "due": day}
    assert game.act("director", RecordDecision(**expected))
    assert game.act("director", DismissStaff(staff="sales-2"))
    assert game.act("sales-1", AddTask(owner="sales-1", goal="Send the list", day=day))
    task = next(reversed(list(game.world.all(Task))))
    assert game.act("sales-1", ChangeTask(task=task.id, day=day + DAY, why="No time before."))
    for talk in [each for each in game.world.all(Talk) if each.status == "waiting" and each.role]:
        desk = next(each.id for each in game.world.seats.values() if talk.role in each.roles)
        game.act(desk, Speak(talk=talk.id, move="greet"))
