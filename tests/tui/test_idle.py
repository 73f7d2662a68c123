"""What a desk offers while nothing waits, and what it knows of its own work."""

from __future__ import annotations

from typing import Any

import pytest

from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.engine.words import DAY
from crmsim.public import new_game
from crmsim.roles.planning.review import SubmitPlan
from crmsim.roles.writing.letters import SendLetter
from crmsim.scenarios.loader import load_scenario
from crmsim.tui.app import CrmsimApp
from crmsim.tui.form import Form
from crmsim.tui.gauges import Gauges
from crmsim.tui.hint import Hint
from crmsim.tui.opening import Wishes
from crmsim.tui.reader import Reader
from crmsim.tui.session import Session
from crmsim.tui.todo import ToDo
from tests.tui.at_desk import app_at, press, shown, still
from tests.tui.test_talk_room import told_talk


def with_cases(world: Any) -> None:
    case = {"id": "c", "title": "Cold", "text": "# Cold\n\nIt was **late**."}
    world.scenario = type(world.scenario).model_validate(world.scenario.model_dump() | {"cases": [case]})


@pytest.mark.covers("GAME-1", "CTL-1")
async def test_an_idle_desk_offers_a_file_to_complete_and_a_case_to_read() -> None:
    app = app_at("sales-1")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        session: Any = app.session
        with_cases(session._game.world)
        session.papers = list
        app.screen.look()  # type: ignore[attr-defined]
        await pilot.pause()
        text = shown(app)
        assert "Change a field" in text
        assert "Read a classic case: Cold." in text
        await press(pilot, "enter")
        form: Any = app.screen
        assert isinstance(form, Form)
        assert form._values()[0]["record"] == "C1"
        await press(pilot, "escape", "down", "enter")
        assert isinstance(app.screen, Reader)
        (below,) = app.screen_stack[-2].query(Hint)  # the desk, whose next step is none while one reads
        assert not below.visible and "Esc Back" in await still(pilot)
        await press(pilot, "escape")
        assert below.keys != ["Esc"]
        await press(pilot, "f4")
        assert "阅读经典案例" in shown(app)


@pytest.mark.covers("GAME-1", "PRS-1")
async def test_an_idle_prospector_is_shown_whom_nobody_looks_after_and_how_to_find_others() -> None:
    game = new_game(load_scenario("first_month"), 3, {"prospector": "me"})
    app = CrmsimApp(Wishes(), session=Session(game, ["prospector"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        session: Any = app.session
        assert not session.papers()
        offered = {table.id: idea for table, idea in session.ideas()}
        free = [each for each in session.view.all(Record) if not each.owner]
        assert offered["earlier-customers"].why.slots["count"] == len(free) > 0
        assert offered["marketing-plans"].action is SubmitPlan
        todo = app.screen.query_one(ToDo)
        todo.highlighted = 1 + [table.id for table, _idea in todo.ideas].index("earlier-customers")
        await press(pilot, "enter")
        assert app.screen.table.id == "earlier-customers"  # type: ignore[attr-defined]
        assert session.do(SubmitPlan(kind="visit", place=free[0].region, day=3 * DAY, expected=3, expenses=40_000))
        assert "marketing-plans" not in {table.id for table, _idea in session.ideas()}


@pytest.mark.covers("GAME-1", "TALK-3")
async def test_the_head_of_a_desk_counts_files_without_evidence_and_promises() -> None:
    app = app_at("reception")
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        session: Any = app.session
        told_talk(session)
        world = session._game.world
        gauges = app.screen.query_one(Gauges)
        assert "evidence" not in shown(app)
        world.add(Record("C9", name="Red Star Ltd", phone="13800001234", recorded_by="reception", talk="T1"))
        gauges.refresh()
        await pilot.pause()
        assert "files without evidence 1" in shown(app)
        world.get(Record, "C9").proofs = (("phone", 3),)
        gauges.refresh()
        await pilot.pause()
        assert "evidence" not in shown(app)
        assert world.get(Talk, "T1").conversation(session.view).open


@pytest.mark.covers("GAME-1")
async def test_what_was_done_is_no_longer_on_the_list_even_when_its_task_is_closed_later() -> None:
    game = new_game(load_scenario("first_day"), 0, dict.fromkeys(("sales-1", "service"), "me"))
    game.advance(1)
    session = Session(game, ["sales-1", "service"])
    before = session.papers()
    assert before
    session.do(before[0].action(**before[0].filled))
    assert before[0].filled not in [each.filled for each in session.papers()]
    assert len(session.papers()) == len(before) - 1


@pytest.mark.covers("GAME-1", "CUS-1")
async def test_who_plays_a_customer_is_told_what_to_buy_and_how_to_begin() -> None:
    game = new_game(load_scenario("first_day"), 4, {"customer-1": "me"})
    app = CrmsimApp(Wishes(), session=Session(game, ["customer-1"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "w")
        assert game.minute < 660
        assert "Contact the company" in shown(app)
        await press(pilot, "enter")
        assert "You need" in shown(app)
        assert isinstance(app.screen, Form)
        await press(pilot, "f10")
        talks = [each for each in game.world.all(Talk) if each.by_customer and each.status == "waiting"]
        assert any(each.customer in game.world.seat("customer-1").customers for each in talks)  # type: ignore[attr-defined]
        assert app.screen.query_one(ToDo).papers == []


@pytest.mark.covers("GAME-9", "TALK-4")
@pytest.mark.parametrize(("lang", "says"), [("en", "Enter: Write a letter"), ("zh", "按 Enter：写邮件")])
async def test_an_empty_table_says_how_its_first_row_is_made_and_enter_makes_it(lang: str, says: str) -> None:
    app = app_at("director", lang=lang)
    async with app.run_test(size=(80, 24)) as pilot:
        desk: Any = app.screen
        tables = {each.id: each for each in app.session.tables}  # type: ignore[union-attr]
        desk.open_table(tables["inbox"])
        assert says in await still(pilot)
        await pilot.press("enter")
        await still(pilot)
        assert isinstance(app.screen, Form) and app.screen.action is SendLetter
        await pilot.press("escape")
        desk.open_table(tables["notices"])  # nothing stands beside it
        await pilot.press("enter")
        assert app.screen is desk and "Enter" not in (await still(pilot)).split("\n")[6]


@pytest.mark.covers("GAME-9", "GAME-10")
async def test_what_is_typed_into_a_suggested_text_takes_its_place() -> None:
    app = app_at("director")
    async with app.run_test(size=(80, 24)) as pilot:
        desk: Any = app.screen
        desk.open_action(SendLetter)
        await still(pilot)
        form: Any = app.screen
        await press(pilot, "space", "tab", *"Stock", "tab", *"How many?", "shift+tab", "tab", "ctrl+end", "!")
        values = form._values()[0]
        assert (values["subject"], values["text"]) == ("Stock", "How many?!")  # once typed, it stays


@pytest.mark.covers("CTL-3", "GAME-9")
async def test_a_long_letter_is_read_whole_from_its_row() -> None:
    app = app_at("director", "sales-1")
    async with app.run_test(size=(80, 24)) as pilot:
        desk: Any = app.screen
        session: Any = app.session
        lines = [f"Line {number} of the letter." for number in range(40)]
        session.do(SendLetter(to=("sales-1",), subject="Long", text="\n\n".join(lines)))
        session.seat = "sales-1"
        desk.open_table({each.id: each for each in session.tables}["inbox"])
        await still(pilot)
        await press(pilot, "enter")
        assert "Read all of it" in await still(pilot)
        await press(pilot, "1")
        assert isinstance(app.screen, Reader)
        assert lines[0] in await still(pilot)
        await press(pilot, "end")
        assert lines[-1] in await still(pilot)
