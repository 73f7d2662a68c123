"""Reports count what their definition says; decisions are compared with what followed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crmsim import replay, save
from crmsim.cli.app import run
from crmsim.crm.analysis.all import FIGURES, REPORTS, report_of
from crmsim.crm.decision import Decision
from crmsim.crm.facts import DecisionCompared, DecisionRecorded
from crmsim.crm.opportunity import Opportunity
from crmsim.crm.order import Invoice, Order, OrderLine
from crmsim.crm.plan import Target
from crmsim.crm.record import Record
from crmsim.crm.report import KINDS, shown
from crmsim.crm.service import Feedback, Return, ServiceRequest
from crmsim.crm.talk import Talk
from crmsim.crm.target import progress_of
from crmsim.engine.action import Turn, refusal
from crmsim.engine.words import DAY, render, translate
from crmsim.game import Game
from crmsim.roles import TABLES
from crmsim.roles.analysing import RecordDecision, last_day
from tests.scenes import facts, must, tiny


@pytest.fixture
def game() -> Game:
    """Two salespeople, four customers on file, three signed orders, a talk answered in time and one late."""
    words = [{"id": each, "name": each} for each in ("contacted", "proposal", "won", "lost")]
    reasons = [{"id": "price", "name": "too dear"}]
    game = Game(tiny(company={"revenue_target": 1_000_000}, dictionaries={"stages": words, "lost_reasons": reasons}), 3)
    world, now = game.world, game.minute
    files = (
        ("won", "sales-1", "fair", "north"),
        ("won", "sales-2", "tv", "north"),
        ("lead", "", "tv", "south"),
        ("lost", "sales-1", "", ""),
    )
    for number, (status, owner, source, region) in enumerate(files, 1):
        world.add(Record(f"C{number}", name=f"n{number}", status=status, owner=owner, source=source, region=region,
                         phone="1", recorded=now, first_contact=now, customer=f"x{number}"))  # fmt: skip
    orders = (("C1", "sales-1", 4, "received"), ("C1", "sales-1", 2, "accepted"), ("C2", "sales-2", 1, "shipped"),
              ("C2", "sales-2", 3, "rejected"))  # fmt: skip
    for number, (record, owner, quantity, status) in enumerate(orders, 1):
        world.add(Order(f"O{number}", customer=f"x{record[1]}", record=record, owner=owner, status=status,
                        lines=(OrderLine("pump", quantity, 100_000),),
                        answered=now + 600 if status != "rejected" else -1,
                        received=now if status == "received" else -1))  # fmt: skip
    world.add(Invoice("I1", order="O1", customer="x1", amount=400_000, paid=100_000, due=now - 1, owner="sales-1"))
    for number, (wait, channel) in enumerate(((30, "email"), (200, "email"), (-1, "phone")), 1):
        world.add(Talk(f"T{number}", channel=channel, customer=f"x{number}", seat="sales-1" if wait >= 0 else "",
                       started=now, answered=now + wait if wait >= 0 else -1, record=f"C{number}"))  # fmt: skip
    for number, score in enumerate((5, 4, 1), 1):
        world.add(
            Feedback(
                f"F{number}", customer="x1", about="sales" if number < 3 else "service", seat="sales-1", score=score
            )
        )
    world.add(
        ServiceRequest(
            "S1", customer="x1", agent="service-1", opened=now, answered=now + 10, resolved=now + 60, status="resolved"
        )
    )
    world.add(ServiceRequest("S2", customer="x1", agent="service-1", opened=now, status="open"))
    world.add(Return("R1", customer="x1", order="O1", reason="fault"))
    return game


def rows(game: Game, id: str, seat: str = "director") -> dict[str, tuple[int | None, ...]]:
    report = report_of(id)
    assert report is not None
    return {render(row.label, "en"): row.values for row in report.rows(game.view(seat))}


def figure(game: Game, id: str, seat: str = "director") -> int | None:
    return FIGURES[id].value(game.view(seat))


@pytest.mark.covers("REP-1", "DIR-13")
def test_the_overview_counts_the_files(game: Game) -> None:
    assert [figure(game, each) for each in ("files", "leads", "won", "lost", "won-share")] == [4, 1, 2, 1, 500_000]
    assert sum(value[0] or 0 for value in rows(game, "report-overview").values()) == 4
    assert rows(game, "report-source") == {"Trade fair": (1,), "Television": (2,), "not stated": (1,)} or rows(
        game, "report-source"
    ) == {"fair": (1,), "tv": (2,), "not stated": (1,)}
    assert rows(game, "report-region") == {"north": (2,), "south": (1,), "not stated": (1,)}
    assert sum(value[0] or 0 for value in rows(game, "report-status").values()) == 4


@pytest.mark.covers("REP-2")
def test_follow_up_tells_in_time_late_and_not_at_all(game: Game) -> None:
    named = {each.id: each.name or each.id for each in game.view("director").seats()}
    found = rows(game, "report-follow-up")
    assert found[named["sales-1"]] == (1, 1, 0) and found["nobody"] == (0, 0, 1)
    assert rows(game, "report-response")["e-mail"] == (30, _worked(game, 200))
    assert figure(game, "answered") == 333_333 and figure(game, "answer-time") == 30
    assert rows(game, "report-silence") == {"lost, closed on purpose": (1,)}
    game.world.get(Record, "C3").recorded -= 8 * DAY
    game.world.get(Record, "C2").recorded -= 8 * DAY
    game.world.get(Talk, "T2").answered = -1
    assert rows(game, "report-silence")["not assigned yet"] == (1,)
    assert rows(game, "report-silence")["never contacted by its owner"] == (1,)


def _worked(game: Game, minutes: int) -> int:
    return game.world.calendar.between(game.minute, game.minute + minutes)


@pytest.mark.covers("REP-3")
def test_deals_by_step_cycle_and_target(game: Game) -> None:
    assert rows(game, "report-funnel")["contract signed"] == (2,)
    assert figure(game, "sales") == 700_000 and figure(game, "signed-share") == 1_000_000
    assert figure(game, "cycle") == 600 and figure(game, "target") == 700_000
    sold = game.world.get(Order, "O1")
    sold.answered = -DAY  # signed before the game began: no sale of this game
    assert figure(game, "sales") == 300_000 and rows(game, "report-funnel")["paid"] == (0,)
    game.world.add(Target("TG1", amount=600_000))  # what the director sets takes the place of the scenario's
    assert figure(game, "target") == 500_000 and _reached(game) == 500_000
    assert sum(row[1] or 0 for row in rows(game, "report-target").values()) <= 600_000


@pytest.mark.covers("REP-3")
def test_the_sales_cycle_is_of_new_customers_and_their_first_contracts(game: Game) -> None:
    game.world.get(Record, "C2").first_contact = -400 * DAY  # of years ago: nobody worked for a year at this contract
    for number in (2, 4):  # what a customer signs later was no part of the way to the first
        later = game.world.get(Order, f"O{number}")
        later.record, later.status, later.answered = "C1", "accepted", game.minute + 900
    assert figure(game, "cycle") == 600
    named = {each.id: each.name or each.id for each in game.view("director").seats()}
    by_owner = rows(game, "report-cycle")
    assert (by_owner[named["sales-1"]], by_owner[named["sales-2"]]) == ((600,), (None,))
    game.world.get(Record, "C1").first_contact = -400 * DAY
    assert figure(game, "cycle") is None


def _reached(game: Game) -> int:
    """What the table of targets says of the company."""
    return next(each.reached for each in progress_of(game.view("director")) if not each.staff)


@pytest.mark.covers("REP-3", "OPP-3", "OPP-5")
def test_opportunities_by_stage_forecast_reasons_and_factors(game: Game) -> None:
    world, now = game.world, game.minute
    deals = (
        ("OP1", "sales-1", 500_000, "won", (("proposal", now, now + 120),), {"order": "O1", "factors": ("needs",)}),
        ("OP2", "sales-1", 300_000, "lost", (("proposal", now, now + 60),), {"lost": "price"}),
        ("OP3", "sales-2", 200_000, "proposal", (), {"close": now + 30 * DAY, "manual": 500_000}),
        ("OP4", "sales-2", 100_000, "proposal", (), {"close": now - DAY, "manual": 0}),
    )
    for id, owner, amount, stage, steps, more in deals:
        settled = now if stage in {"won", "lost"} else -1
        deal = Opportunity(id, owner=owner, amount=amount, stage=stage, close=now, settled=settled, steps=steps)
        deal.entered = deal.opened = now
        deal.record = "C1" if owner == "sales-1" else "C2"
        for name, value in more.items():
            setattr(deal, name, value)
        world.add(deal)
    named = {each.id: each.name or each.id for each in game.view("director").seats()}
    found = rows(game, "report-forecast")
    assert found[named["sales-1"]] == (800_000, 400_000, 0) and found[named["sales-2"]] == (100_000, 0, 100_000)
    assert figure(game, "forecast") == 444_444 and figure(game, "win-rate") == 500_000
    assert rows(game, "report-stages") == {"contacted": (4,), "proposal": (4,), "won": (1,)}
    assert rows(game, "report-stage-conversion") == {"contacted": (1_000_000,), "proposal": (250_000,)}
    worked = [world.calendar.between(now, now + minutes) for minutes in (60, 120)]
    assert rows(game, "report-dwell") == {"contacted": (None, None), "proposal": tuple(worked)}
    assert rows(game, "report-lost") == {"too dear": (1,)}
    assert rows(game, "report-factors") == {"needs understood": (1,)}
    assert figure(game, "forecast", "sales-2") == 0  # a seller's reports are of its own deals


@pytest.mark.covers("REP-4")
def test_the_worth_of_customers(game: Game) -> None:
    assert rows(game, "report-value") == {"n1": (600_000, 240_000), "n2": (100_000, 40_000)}
    assert figure(game, "repurchase") == 500_000 and figure(game, "overdue") == 300_000
    assert figure(game, "top-fifth") == 857_142
    assert rows(game, "report-concentration") == {"top 1": (857_142,), "top 2": (1_000_000,)}


@pytest.mark.covers("REP-5")
def test_satisfaction_and_service(game: Game) -> None:
    assert rows(game, "report-satisfaction")["5 of 5"] == (1, 0) and rows(game, "report-satisfaction")["1 of 5"] == (
        0,
        1,
    )
    assert figure(game, "score") == 333 and shown(333, "score", "en") == "3.33"
    assert figure(game, "satisfied") == 666_666 and figure(game, "service-time") == _worked(game, 60)
    assert figure(game, "returned") == 1_000_000 and figure(game, "first-time") == 1_000_000
    assert rows(game, "report-requests") == {"open": (1,), "resolved": (1,)}


@pytest.mark.covers("REG-7")
def test_data_quality_is_measured(game: Game) -> None:
    assert rows(game, "report-quality")["Phone"] == (0,) and rows(game, "report-quality")["Region"] == (250_000,)
    record = game.world.get(Record, "C1")
    record.talk = game.world.get(Record, "C2").talk = "T1"
    record.recorded = record.first_contact + DAY + 1
    assert figure(game, "timely") == 500_000
    before = figure(game, "missing")
    record.region = ""
    assert (figure(game, "missing") or 0) > (before or 0)


@pytest.mark.covers("REP-1", "SAL-1")
def test_a_report_counts_what_its_reader_may_see(game: Game) -> None:
    assert figure(game, "sales", "sales-1") == 600_000 and figure(game, "sales", "sales-2") == 100_000
    assert figure(game, "files", "sales-2") == 1 and figure(game, "files") == 4


def test_every_report_is_a_table_and_speaks_both_languages(game: Game) -> None:
    tables = {each.id: each for each in TABLES}
    for report in REPORTS:
        chart = report.chart(game.view("director"))
        assert report.kind in KINDS and tables[report.id].menu.startswith("Analysis and decisions/")
        assert all(len(series.values) == len(chart.labels) for series in chart.series)
        for text in (report.label, report.definition, *report.series, *(each.definition for each in report.figures)):
            assert translate(text, "zh") != text
    empty = Game(tiny(), 3)
    for report in REPORTS:
        report.chart(empty.view("director"))
        assert all(each.value(empty.view("director")) in (None, 0) for each in report.figures)


def decide(**change: object) -> RecordDecision:
    told = {"text": "Follow up sooner", "figure": "sales", "direction": "up", "due": 2 * DAY, **change}
    return RecordDecision(**told)  # type: ignore[arg-type]


@pytest.mark.covers("DIR-13", "FLO-7")
@pytest.mark.parametrize(("direction", "outcome"), [("up", "met"), ("down", "missed")])
def test_a_decision_is_compared_with_what_followed(game: Game, direction: str, outcome: str) -> None:
    must(game, "director", decide(direction=direction))
    (note,) = game.world.all(Decision)
    assert (note.before, note.status) == (700_000, "open") and len(facts(game, DecisionRecorded)) == 1
    late = game.world.get(Order, "O4")
    late.status, late.answered = "accepted", game.minute
    game.advance_to(3 * DAY + 1)
    (note,) = game.world.all(Decision)
    assert note.status == outcome and (note.after or 0) >= 1_000_000
    (told,) = facts(game, DecisionCompared)
    assert told.before == 700_000 and told in game.view("director").heard()
    table = next(each for each in TABLES if each.id == "decisions")
    (row,) = table.rows(game.view("director"))
    cells = [render(column.value(row, game.view("director")) or "", "zh") for column in table.columns]
    assert "¥7,000.00" in cells and ("已实现" if outcome == "met" else "未实现") in cells


@pytest.mark.covers("DIR-13")
def test_a_decision_that_cannot_be_compared_is_refused(game: Game) -> None:
    before = game.digest()
    for wrong in (
        decide(figure="luck"),
        decide(direction="sideways"),
        decide(due=0),
        decide(text="no"),
        decide(due=last_day(game.view("director")) + DAY),
    ):
        assert not game.act("director", wrong)
    assert not game.act("sales-1", decide()) and game.digest() == before
    must(game, "director", decide())
    assert "awaits the same" in str(refusal(decide(), game.view("director"), mind_the_clock=False))
    (known,) = decide().judge(game.world, Turn("director", game.minute))
    (unknown,) = decide(figure="service-time").judge(Game(tiny(), 3).world, Turn("director", 0))
    assert known.points == 1000 > unknown.points


@pytest.mark.covers("DIR-13", "GAME-12", "FLO-7")
def test_a_report_is_looked_at_and_a_decision_made_without_a_screen(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    save(Game(tiny(), 3, holders={"director": "student"}), tmp_path / "lab.crmsim")
    assert run(["--lang", "zh", "look", "lab.crmsim", "report-follow-up", "--seat", "director"]) == 0
    said = capsys.readouterr().out
    assert "客户发起的沟通，按处理人统计" in said and "及时答复率" in said and "跟进情况" in said
    assert run(["look", "lab.crmsim", "report-source", "--seat", "director", "--json"]) == 0
    assert isinstance(json.loads(capsys.readouterr().out), list)
    assert run(["look", "lab.crmsim", "report-source", "--seat", "promoter"]) == 2
    wanted = ["text=Answer faster than before", "figure=answered", "direction=up", "due=+3"]
    assert run(["do", "lab.crmsim", "--seat", "director", "RecordDecision", *wanted]) == 0
    assert [each.figure for each in replay("lab.crmsim").world.all(Decision)] == ["answered"]
