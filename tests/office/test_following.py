"""Files are followed up: notes, tasks by hand and by rule, reminders, the schedule, timelines, portraits, statuses."""

from __future__ import annotations

from typing import Any

import pytest

from crmsim.crm.customer import Customer
from crmsim.crm.facts import (
    ContractLapsed,
    ContractRenewed,
    FocusFlagged,
    FollowUpRecorded,
    PaymentLate,
    RecordChanged,
    TalkOpened,
    TaskChanged,
    TaskChangeRefused,
    TaskCreated,
    TaskDone,
    TaskOverdue,
    TaskReminded,
)
from crmsim.crm.form import Submission
from crmsim.crm.knowledge import Lookup
from crmsim.crm.naming import cell_of
from crmsim.crm.opportunity import Contract, Opportunity
from crmsim.crm.portrait import in_time_share, missing_share, openness, tactic
from crmsim.crm.record import Record
from crmsim.crm.survey import Questionnaire
from crmsim.crm.talk import Revealed, Say, Talk
from crmsim.crm.task import FollowUp, Task
from crmsim.crm.timeline import timeline
from crmsim.engine.action import Turn, refusal
from crmsim.engine.desk import to_do
from crmsim.engine.errors import IllegalAction
from crmsim.engine.view import hearers
from crmsim.engine.words import DAY, render
from crmsim.game import Game
from crmsim.roles import TABLES
from crmsim.roles.caring import NamePartner
from crmsim.roles.customer import AcceptContract
from crmsim.roles.everyone.records import UpdateRecord
from crmsim.roles.following import (
    AddTask,
    ChangeTask,
    FinishTask,
    LabelCustomer,
    OfferRenewal,
    RecordFollowUp,
    RenewContract,
    ReviewTaskChange,
    SetKeyDates,
)  # fmt: skip
from crmsim.roles.following.clock import Reclassify
from crmsim.roles.following.desk import schedule
from crmsim.roles.inviting import InviteToTalk
from tests.roles.back_office import WHO, must, newest, ordered, quiet_game, received
from tests.scenes import facts

TABLE = {each.id: each for each in TABLES}


def talked(game: Game, seat: str = "sales-1", next_step: int = 0, **values: Any) -> Talk:
    """A talk with p1 that is over."""
    now = game.minute
    talk = Talk(
        game.world.new_id(Talk), channel="phone", customer=WHO, who="One", record="C1", seat=seat, started=now,
        answered=now, status="closed", ending="next_step" if next_step else "later", next_step=next_step,
        says=(Say(now, seat, "greet", "Good morning"), Say(now, WHO, "nod", "Yes?")), **values,
    )  # fmt: skip
    return game.world.add(talk)


def note(**values: Any) -> RecordFollowUp:
    return RecordFollowUp(**{"record": "C1", "method": "phone", "content": "Spoke", "reaction": "keen", **values})


def tasks(game: Game, rule: str, record: str = "C1") -> list[Task]:
    return [each for each in game.world.all(Task) if each.rule == rule and each.record == record]


def papers(game: Game, seat: str) -> list[type]:
    return [each.action for each in to_do(game.view(seat), TABLES)]


@pytest.mark.covers("TSK-1")
def test_a_talk_is_written_down_and_what_comes_next_is_a_task() -> None:
    game = quiet_game()
    talked(game)
    assert RecordFollowUp in papers(game, "sales-1")
    paper = note(
        change="wants three now", next=game.minute // DAY * DAY + 2 * DAY, plan="send the offer", attachment="minutes"
    )
    made = game.apply("sales-1", paper)
    assert any(isinstance(each, FollowUpRecorded) for each in made)
    kept = newest(game, FollowUp)
    assert (kept.seat, kept.minute, kept.reaction, kept.attachment) == ("sales-1", game.minute, "keen", "minutes")
    assert game.world.get(Record, "C1").notes == "wants three now"
    assert newest(game, Task).goal == "send the offer" and newest(game, Task).owner == "sales-1"
    assert RecordFollowUp not in papers(game, "sales-1")
    with pytest.raises(IllegalAction):
        game.apply("sales-1", note())  # nothing more to write


@pytest.mark.covers("TSK-1")
def test_an_attachment_has_an_end_and_nobody_writes_of_talks_not_held() -> None:
    game = quiet_game()
    talked(game)
    assert refusal(note(attachment="一" * 30_000), game.view("sales-1")) is not None
    assert refusal(note(attachment="a" * 65_536), game.view("sales-1")) is None
    assert refusal(note(), game.view("sales-2")) is not None
    assert refusal(note(reaction="thrilled"), game.view("sales-1")) is not None


@pytest.mark.covers("TSK-1")
@pytest.mark.parametrize("written", [True, False])
def test_a_customer_notices_that_it_is_remembered(written: bool) -> None:
    game = quiet_game()
    talked(game)
    if written:
        must(game, "sales-1", note())
    customer = game.world.get(Customer, WHO)
    before = customer.trust
    game.world.add(Talk("T99", channel="phone", customer=WHO, seat="sales-1", by_customer=False, status="open"))
    game.world.record(TalkOpened(talk="T99", seat="sales-1", customer=WHO, channel="phone"))
    assert (customer.trust > before) == written


@pytest.mark.covers("TSK-2", "TSK-5")
def test_a_task_by_hand_is_reminded_scheduled_overdue_and_recurs() -> None:
    game = quiet_game()
    day = (game.minute // DAY + 2) * DAY
    must(game, "director", AddTask(owner="sales-1", goal="call the bank", day=day, priority="high", every=5))
    task = newest(game, Task)
    assert facts(game, TaskCreated, owner="sales-1", task=task.id)
    game.advance_to(day + 60)
    assert facts(game, TaskReminded, task=task.id)[0].minute == task.due - DAY
    assert [each.paper for each in schedule(game.view("sales-1"))].count(task.id) == 1
    assert not [each for each in schedule(game.view("sales-2")) if each.paper == task.id]
    game.advance_to(task.due + 10)
    late = facts(game, TaskOverdue, task=task.id)
    assert late and {"director", "sales-1"} <= set(hearers(game.world, late[0]))
    must(game, "sales-1", FinishTask(task=task.id, result="done at last"))
    assert facts(game, TaskDone, task=task.id, late=True)
    again = newest(game, Task)
    assert again.id != task.id and again.goal == task.goal and again.due > task.due


@pytest.mark.covers("TSK-2")
def test_tasks_are_refused_when_they_cannot_be() -> None:
    game = quiet_game()
    today = game.minute // DAY * DAY
    view = game.view("sales-1")
    assert refusal(AddTask(owner="sales-2", goal="yours", day=today), view) is not None
    assert refusal(AddTask(owner="sales-1", goal="mine", day=today - DAY), view) is not None
    assert refusal(AddTask(owner="sales-1", goal="mine", day=today, priority="urgent"), view) is not None
    assert refusal(AddTask(owner="sales-1", goal="mine", day=today, every=-1), view) is not None
    game.advance(180)
    rule = tasks(game, "first_contact")[0]
    assert refusal(FinishTask(task=rule.id), game.view("sales-1")) is not None  # ends by being done
    must(game, "sales-1", AddTask(owner="sales-1", goal="mine", day=today + DAY))
    assert refusal(FinishTask(task=newest(game, Task).id), game.view("sales-2")) is not None


@pytest.mark.covers("TSK-3")
def test_the_first_contact_is_a_task_with_the_directors_limit() -> None:
    game = quiet_game()
    game.advance(130)
    task = tasks(game, "first_contact")[0]
    assert task.due == game.world.get(Record, "C1").assigned + game.world.settings.first_contact_minutes
    must(game, "sales-1", InviteToTalk(record="C1", channel="email"))
    game.advance(DAY)
    assert task.status == "done" and facts(game, TaskDone, task=task.id)
    other = tasks(game, "first_contact", "C2")[0]
    game.advance(DAY)
    assert other.status == "overdue" and len(tasks(game, "first_contact", "C2")) == 1


@pytest.mark.covers("TSK-3")
@pytest.mark.parametrize(("label", "days"), [("", 7), ("high_intent", 3), ("low_intent", 14)])
def test_who_hears_nothing_for_long_is_a_task_sooner_or_later_by_its_label(label: str, days: int) -> None:
    game = quiet_game()
    talked(game)
    if label:
        must(game, "sales-1", LabelCustomer(record="C1", name=label))
    game.advance(days * DAY - 60)
    assert not tasks(game, "silent")
    game.advance(4 * DAY)  # over a week-end
    assert tasks(game, "silent") and InviteToTalk in papers(game, "sales-1")
    must(game, "sales-1", InviteToTalk(record="C1", channel="email"))
    game.advance(DAY)
    assert {each.status for each in tasks(game, "silent")} == {"done"}


@pytest.mark.covers("TSK-3")
def test_no_answer_by_the_agreed_time_is_flagged_until_somebody_speaks() -> None:
    game = quiet_game()
    talked(game, next_step=game.minute + DAY)
    game.advance(2 * DAY)
    assert not facts(game, FocusFlagged)
    game.advance(2 * DAY)
    flag = facts(game, FocusFlagged, record="C1")
    assert len(flag) == 1 and {"director", "sales-1"} <= set(hearers(game.world, flag[0]))
    record = game.world.get(Record, "C1")
    assert record.focus >= 0 and tasks(game, "no_answer")
    talked(game)
    game.advance(DAY)
    assert record.focus < 0 and tasks(game, "no_answer")[0].status == "done"


@pytest.mark.covers("TSK-2")
def test_a_late_invoice_is_a_task_once() -> None:
    game = quiet_game()
    _order, bill = received(game)
    game.advance_to(bill.due + 3 * DAY)
    assert facts(game, PaymentLate, invoice=bill.id)
    assert [each.about for each in tasks(game, "invoice")] == [bill.id]


@pytest.mark.covers("TSK-4", "TSK-5")
def test_key_dates_make_tasks_and_stand_in_the_schedule() -> None:
    game = quiet_game()
    today = game.minute // DAY * DAY
    must(game, "sales-1", SetKeyDates(record="C1", birthday=today + 2 * DAY, expiry=today + 32 * DAY))
    game.advance_to(today + DAY + 700)
    assert tasks(game, "birthday") and not tasks(game, "expiry")
    game.advance_to(today + 2 * DAY + 700)
    assert tasks(game, "expiry")
    words = [render(each.what, "en") for each in schedule(game.view("sales-1"))]
    assert any("birthday of" in each for each in words) and any("runs out on day 33" in each for each in words)
    with pytest.raises(IllegalAction):
        game.apply("sales-1", SetKeyDates(record="C1"))


@pytest.mark.covers("TSK-4")
@pytest.mark.parametrize("asked", [True, False])
def test_a_contract_is_renewed_when_asked_or_lapses_at_a_cost(asked: bool) -> None:
    game = quiet_game()
    record, customer = game.world.get(Record, "C1"), game.world.get(Customer, WHO)
    customer.satisfaction = 1_000_000
    record.expiry = game.minute // DAY * DAY + 3 * DAY
    before = customer.trust
    if asked:
        must(game, "sales-1", OfferRenewal(record="C1"))
        must(game, WHO, RenewContract())
        assert not game.act(WHO, RenewContract())
    game.advance(5 * DAY)
    assert bool(facts(game, ContractRenewed)) == asked
    assert bool(facts(game, ContractLapsed)) != asked
    assert (customer.trust > before) if asked else (customer.trust < before)
    assert not game.act("sales-1", OfferRenewal(record="C1"))


@pytest.mark.covers("TSK-4")
def test_a_simulated_customer_renews_by_itself_when_content() -> None:
    game = quiet_game()
    game.world.deputies.pop(WHO)
    game.world.get(Customer, WHO).satisfaction = 1_000_000
    game.world.get(Record, "C1").expiry = game.minute // DAY * DAY + 10 * DAY
    must(game, "sales-1", OfferRenewal(record="C1"))
    game.advance(3 * DAY)
    assert facts(game, ContractRenewed, record="C1")


@pytest.mark.covers("REG-3", "REG-4")
def test_the_timeline_holds_all_that_happened_in_order() -> None:
    game = quiet_game()
    talked(game)
    must(game, "sales-1", note(change="more of it"))
    received(game)
    view = game.view("sales-1")
    events = timeline(view, view.get(Record, "C1"))
    assert [each.minute for each in events] == sorted(each.minute for each in events)
    kinds = {each.kind for each in events}
    assert {"talk", "move", "follow_up", "order", "shipment", "invoice", "change"} <= kinds
    for language in ("en", "zh"):
        assert all(render(each.words, language) for each in events)
    rows = list(TABLE["timeline"].rows(view))
    assert len(rows) == len(events) and rows[0].minute >= rows[-1].minute
    assert not [each for each in TABLE["timeline"].rows(game.view("sales-2")) if each.record == "C1"]


@pytest.mark.covers("REG-6")
def test_labels_follow_talks_bring_a_tactic_and_exclude_each_other() -> None:
    game = quiet_game()
    assert not game.act("sales-1", LabelCustomer(record="C1", name="high_intent"))  # nobody has talked yet
    talked(game)
    record = game.world.get(Record, "C1")
    plain = tactic(record)
    must(game, "sales-1", LabelCustomer(record="C1", name="high_intent"))
    must(game, "sales-1", LabelCustomer(record="C1", name="rivals"))
    assert record.labels == ("high_intent", "rivals") and tactic(record) != plain
    must(game, "sales-1", LabelCustomer(record="C1", name="low_intent"))
    assert record.labels == ("rivals", "low_intent")
    must(game, "sales-1", LabelCustomer(record="C1", name="rivals"))
    assert record.labels == ("low_intent",)
    view = game.view("sales-1")
    assert [(each.channel, each.begun, each.held) for each in openness(view, record)] == [("phone", 1, 1)]
    for column in TABLE["portraits"].columns:
        for row in TABLE["portraits"].rows(view):
            column.value(row, view)


@pytest.mark.covers("REG-4", "REG-9")
def test_every_change_is_kept_and_read_in_names_labels_dates_and_classes_too() -> None:
    game = quiet_game()
    talked(game)
    today = game.minute // DAY * DAY
    must(game, "sales-1", LabelCustomer(record="C1", name="high_intent"))
    must(game, "sales-1", SetKeyDates(record="C1", birthday=today + 5 * DAY))
    record = game.world.get(Record, "C1")
    record.grade = "A"
    must(game, "director", NamePartner(record="C1"))
    Reclassify().apply(game.world, Turn("company", game.minute))  # nothing was bought: the class is lost again
    view = game.view("director")
    columns = {each.label: each for each in TABLE["changes"].columns}
    told = {
        render(cell_of(view, columns["Field"], row), "en"): tuple(
            render(cell_of(view, columns[label], row), "en") for label in ("By", "New value")
        )
        for row in reversed(list(TABLE["changes"].rows(view)))
    }
    seller = game.world.seat("sales-1").name or "sales-1"
    assert told["Labels"] == (seller, "high intent") and told["Birthday"][1] == "day 6"
    assert told["Class"][1] == "-" and told["Strategic partner"][1] == "no"
    words = [render(each.words, "zh") for each in timeline(view, view.get(Record, "C1"))]
    assert any("标签" in each and "高意向" in each for each in words)


@pytest.mark.covers("REG-4", "TSK-4")
def test_what_the_calendar_writes_into_a_file_is_kept_like_any_change() -> None:
    """A signed contract brings its day of expiry and a birthday; the day passes, and so it says."""
    game = quiet_game(following={"contract_days": 3, "expiry_days": 2})
    received(game)
    game.advance(6 * DAY)
    record = game.world.get(Record, "C1")
    kept = [(by, field, new == str(getattr(record, field))) for _at, by, field, _old, new in record.history]
    assert [each for each in kept if each[1] == "expiry"] == [("company", "expiry", False), ("company", "expiry", True)]
    assert ("company", "birthday", True) in kept and record.expiry == -1
    shown = [render(each.words, "zh") for each in timeline(game.view("sales-1"), record) if each.kind == "change"]
    assert sum("合同到期" in each for each in shown) == 2


@pytest.mark.covers("REG-3")
def test_the_timeline_tells_of_deals_forms_surveys_and_tasks() -> None:
    game = quiet_game()
    world, now = game.world, game.minute
    world.add(Opportunity("OP9", record="C1", customer=WHO, owner="sales-1", amount=100, stage="won", entered=now,
                          opened=now, steps=(("proposal", now, now),)))  # fmt: skip
    world.add(Contract("HT9", customer=WHO, owner="sales-1", amount=100, drafted=now))
    world.add(Questionnaire("N9", record="C1", customer=WHO, agent="service-1", answered=now))
    world.add(Submission("FS9", customer=WHO, filler=WHO, owner="sales-1", filled=now))
    world.add(Lookup("KS9", customer=WHO, opened=now))
    world.add(Task("K9", record="C1", owner="sales-1", goal="Call", due=now + DAY, made=now, done=now))
    kinds = [each.kind for each in timeline(game.view("director"), game.world.get(Record, "C1"))]
    for kind, number in {"opportunity": 2, "contract": 1, "answer": 2, "lookup": 1, "task": 2}.items():
        assert kinds.count(kind) == number, kind
    assert all(render(each.words, "zh") for each in timeline(game.view("director"), world.get(Record, "C1")))


@pytest.mark.covers("REG-7")
def test_the_quality_of_files_is_counted() -> None:
    empty = Record("C8", first_contact=0, recorded=100)
    full = Record(
        "C9", contact="a", position="b", phone="c", email="d", industry="e", type="f", region="g", size="h",
        source="i", need="j", quantity=1, budget=2, deadline=3, decision="k", first_contact=0, recorded=2000,
    )  # fmt: skip
    assert missing_share([empty]) == 1_000_000 and missing_share([full]) == 0
    assert missing_share([empty, full]) == 500_000 and missing_share([]) is None
    assert in_time_share([empty, full], 1440) == 500_000


@pytest.mark.covers("REG-8", "REG-4")
def test_the_status_follows_the_facts_through_loss_and_winning_back() -> None:
    game = quiet_game(following={"lost_days": 5})
    record = game.world.get(Record, "C2")
    talk = talked(game)
    talk.record, talk.customer = "C2", "p2"
    talk.revealed = (Revealed("budget", 5, game.minute),)
    game.advance(130)
    assert record.status == "prospect"
    game.advance(8 * DAY)
    assert (record.status, record.lost) == ("lost", "unknown")
    back = talked(game)
    back.record, back.customer = "C2", "p2"
    game.advance(DAY)
    assert (record.status, record.lost) == ("prospect", "")
    order = ordered(game)
    must(game, WHO, AcceptContract(order=order.id))
    game.advance(DAY)
    assert game.world.get(Record, "C1").status == "won"
    moves = [(each.old, each.new) for each in facts(game, RecordChanged, record="C2", field="status")]
    assert moves == [("lead", "prospect"), ("prospect", "lost"), ("lost", "prospect")]


@pytest.mark.covers("TSK-2")
@pytest.mark.parametrize("tool", ["tasks", "records"])
def test_a_tool_that_is_switched_off_does_nothing_and_is_not_there(tool: str) -> None:
    game = quiet_game(tools={tool: False})
    talked(game, revealed=(Revealed("budget", 5, 1),))
    game.world.get(Record, "C1").status = "lead"
    game.advance(9 * DAY)
    assert bool(facts(game, TaskCreated)) == (tool != "tasks")
    assert bool(facts(game, RecordChanged, field="status")) == (tool != "records")
    view = game.view("sales-1")
    paper = note() if tool == "records" else AddTask(owner="sales-1", goal="mine", day=game.minute // DAY * DAY)
    assert refusal(paper, view) is not None
    assert (RecordFollowUp in papers(game, "sales-1")) == (tool != "records")


@pytest.mark.covers("TSK-2")
def test_a_colleague_without_the_file_sees_neither_task_nor_note() -> None:
    game = quiet_game()
    talked(game)
    must(game, "sales-1", note(next=game.minute // DAY * DAY + DAY, plan="again"))
    assert not list(game.view("sales-2").all(FollowUp)) and not game.view("sales-2").get(Task, newest(game, Task).id)
    assert list(game.view("director").all(FollowUp))
    assert not list(game.view("customer-1").all(Task)) and not list(game.view("customer-1").all(FollowUp))


@pytest.mark.covers("TSK-1", "TSK-2")
def test_a_next_day_without_a_plan_is_a_task_that_ends_with_the_next_contact() -> None:
    game = quiet_game()
    talked(game)
    must(game, "sales-1", note(next=game.minute // DAY * DAY + 2 * DAY))
    game.advance(DAY)
    (task,) = tasks(game, "next_step")
    assert task.status == "open"
    must(game, "sales-1", InviteToTalk(record="C1", channel="email"))
    game.advance(DAY)
    assert task.status == "done" and not facts(game, TaskOverdue, task=task.id)


@pytest.mark.covers("REG-1", "REG-4", "REG-5")
def test_a_scenario_adds_fields_to_the_files_which_are_checked_kept_and_shown() -> None:
    added = [
        {"id": "web", "name": {"en": "Website", "zh": "网址"}, "most": 20},
        {
            "id": "rank",
            "name": "Credit",
            "options": [{"id": "good", "name": "good standing"}, {"id": "bad", "name": "bad"}],
        },
    ]
    game = quiet_game(record_fields=added)
    view = game.view("sales-1")
    change = UpdateRecord(record="C1", field="more.rank", value="good")
    must(game, "sales-1", change)
    must(game, "sales-1", UpdateRecord(record="C1", field="more.web", value="one.example"))
    for wrong, why in (("more.rank", "fair"), ("more.nothing", "a"), ("more.rank", "good")):
        assert refusal(UpdateRecord(record="C1", field=wrong, value=why), view, mind_the_clock=False) is not None, why
    assert game.world.get(Record, "C1").more == (("rank", "good"), ("web", "one.example"))
    (row,) = [each for each in TABLE["portraits"].rows(view) if each.id == "C1"]
    (shown,) = [each for each in TABLE["portraits"].columns if each.label == "Own fields"]
    assert render(shown.value(row, view), "zh") == "Credit：good standing、网址：one.example"
    (field,) = [each for each in TABLE["changes"].columns if each.label == "Field"]
    told = {render(field.value(each, view), "en") for each in TABLE["changes"].rows(view)}
    assert {"Website", "Credit"} <= told
    must(game, "sales-1", UpdateRecord(record="C1", field="more.web", value=""))
    assert game.world.get(Record, "C1").more == (("rank", "good"),)
    private = [each for each in game.facts if isinstance(each, RecordChanged) and each.field.startswith("more.")]
    assert len(private) == 3 and all(each.new == "" for each in private)  # what people write stays out of the facts
    plain = quiet_game()
    assert refusal(change, plain.view("sales-1")) is not None


@pytest.mark.covers("ADM-1", "TSK-2")
def test_a_task_has_another_day_or_owner_once_the_director_agrees() -> None:
    game = quiet_game()
    today = game.minute // DAY * DAY
    must(game, "sales-1", AddTask(owner="sales-1", goal="Send the list", day=today + DAY))
    task = newest(game, Task)
    due = task.due
    later = ChangeTask(task=task.id, day=today + 3 * DAY, owner="sales-2", why="I am at the fair.")
    must(game, "sales-1", later)
    assert (task.due, task.owner) == (due, "sales-1")  # until then it stands
    assert not game.act("sales-1", later)
    (paper,) = [each for each in to_do(game.view("director"), TABLES) if each.action is ReviewTaskChange]
    assert "fair" in render(paper.why, "zh")
    for seat in ("sales-1", "sales-2", "service-1"):
        assert refusal(ReviewTaskChange(task=task.id, decision="approve"), game.view(seat)) is not None
    must(game, "director", ReviewTaskChange(task=task.id, decision="refuse"))
    assert (task.due, task.owner, task.ask_due) == (due, "sales-1", -1) and facts(game, TaskChangeRefused)
    must(game, "sales-1", later)
    must(game, "director", ReviewTaskChange(**paper.filled))
    assert (task.due, task.owner) == (due + 2 * DAY, "sales-2")
    (changed,) = facts(game, TaskChanged)
    assert {"sales-1", "sales-2"} <= set(hearers(game.world, changed))
    game.advance_to(due + DAY)
    assert task.status == "open" and not facts(game, TaskOverdue, task=task.id)
    game.advance_to(task.due + DAY)
    assert task.status == "overdue" and len(facts(game, TaskReminded, task=task.id)) == 1
    must(game, "director", ChangeTask(task=task.id, day=game.minute // DAY * DAY + DAY, why="Once more."))
    assert task.status == "open" and task.due > game.minute


@pytest.mark.covers("ADM-1")
def test_what_a_rule_asks_for_stays_with_the_customer() -> None:
    game = quiet_game()
    game.advance(2 * DAY)
    task = newest(game, Task)
    assert task.rule == "first_contact"
    day = game.minute // DAY * DAY + 2 * DAY
    for wrong in (
        ChangeTask(task=task.id, day=day, owner="service-1", why="No time."),
        ChangeTask(task=task.id, day=task.due // DAY * DAY, why="No reason."),
    ):
        assert refusal(wrong, game.view(task.owner), mind_the_clock=False) is not None
    stranger = next(each for each in ("sales-1", "sales-2") if each != task.owner)
    assert refusal(ChangeTask(task=task.id, day=day, why="Mine?"), game.view(stranger), mind_the_clock=False)
    must(game, task.owner, ChangeTask(task=task.id, day=day, why="The customer is away."))
    assert task.ask_due > task.due
