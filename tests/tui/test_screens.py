from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, OptionList, SelectionList

from crmsim.crm.analysis.all import report_of
from crmsim.crm.order import Order
from crmsim.crm.record import Record
from crmsim.crm.talk import Talk
from crmsim.engine.action import fields_of
from crmsim.engine.words import _
from crmsim.tui.app import CrmsimApp
from crmsim.tui.ask import Ask
from crmsim.tui.briefing import Briefing
from crmsim.tui.desk import Desk
from crmsim.tui.end import End
from crmsim.tui.field import FieldRow
from crmsim.tui.foot import Foot
from crmsim.tui.form import Form
from crmsim.tui.opening import Wishes
from crmsim.tui.pacing import LOOK_AGAIN
from crmsim.tui.paths import Paths
from crmsim.tui.report import ReportView
from crmsim.tui.rows import Rows, id_of
from crmsim.tui.small import Small
from crmsim.tui.start import Start
from crmsim.tui.talk import TalkRoom
from crmsim.tui.todo import ToDo
from tests.tui.at_desk import NAMES, app_at, opened, press, shown

SMALL, WIDE = (80, 24), (140, 40)
GOLDEN = Path(__file__).parent / "golden"
pytestmark = pytest.mark.covers("GAME-1")


async def test_from_the_first_screen_to_a_desk_by_keys_alone(tmp_path: Path) -> None:
    save = tmp_path / "lab.crmsim"
    app = CrmsimApp(Wishes(seed=7, skill="idle", save=str(save)))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, Start)
        assert app.screen.query_one("#scenarios", OptionList).highlighted == 0
        await press(pilot, "enter")
        assert app.screen.query_one("#seats", SelectionList).selected == ["director"]
        await press(pilot, "s")
        assert isinstance(app.screen, Briefing)
        assert "review orders" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, Desk)
        assert "✓" in shown(app)
        assert save.exists()


async def test_a_sheet_that_is_left_while_something_lies_over_it_goes_when_that_has_gone() -> None:
    app = app_at("director")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        below, above = Ask(_("Below")), Ask(_("Above"))
        app.push_screen(below)
        app.push_screen(above)
        await pilot.pause()
        below.action_leave()  # a click on its way while the other opened
        await pilot.pause()
        assert app.screen is above
        await press(pilot, "escape")
        await pilot.pause()
        assert isinstance(app.screen, Desk)


async def test_an_order_is_approved_by_two_keys() -> None:
    app = app_at("director")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert app.session is not None
        await press(pilot, "enter", "enter")
        assert app.session._game.world.get(Order, "O1").status == "approved"
        assert app.session.minute > 540
        assert app.session.papers() == []
        assert any("approved" in each.message for each in app._notifications)


async def test_the_form_tells_price_and_refusal_before_anything_is_done() -> None:
    app = app_at("director")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await press(pilot, "enter")
        assert isinstance(app.screen, Form)
        assert "ends day 1" in shown(app)
        decision = next(row for row in app.screen.query(FieldRow) if row.field.name == "decision")
        decision.editor.focus()
        await press(pilot, "right")
        assert "Say why" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, Desk)
        assert app.session is not None
        assert app.session._game.world.get(Order, "O1").status == "submitted"


@pytest.mark.covers("GAME-10")
async def test_the_language_changes_on_every_screen_while_running() -> None:
    app = app_at("director")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "To do" in shown(app)
        await press(pilot, "f4")
        assert "待办" in shown(app)
        assert "To do" not in shown(app)
        await press(pilot, "enter")
        assert "执行" in shown(app)
        await press(pilot, "f4")
        assert "Do it" in shown(app)
        await press(pilot, "escape")
        assert "To do" in shown(app)


async def test_names_that_look_like_markup_are_shown_as_they_are() -> None:
    app = app_at("reception", "sales-1", "director")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert NAMES[1] in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, TalkRoom)
        assert NAMES[1] in shown(app)
        assert "[b]toner[/b]" in shown(app)
        await press(pilot, "escape", "n")
        tables = [each for each in app.session.tables if any(id_of(row) == "C1" for row in each.rows(app.session.view))]  # type: ignore[union-attr]
        assert isinstance(app.screen, Desk)
        app.screen.open_table(tables[0])
        await pilot.pause()
        assert NAMES[0] in shown(app)
        assert NAMES[1] in shown(app)


async def test_a_move_is_said_by_two_keys_and_its_words_are_shown_first() -> None:
    app = app_at("reception")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await press(pilot, "enter")
        await press(pilot, "１")
        talk = app.session._game.world.get(Talk, "T1")  # type: ignore[union-attr]
        assert "▶" in shown(app)
        assert len(talk.says) == 1
        await press(pilot, "enter")
        talk = app.session._game.world.get(Talk, "T1")  # type: ignore[union-attr]
        assert talk.says[1].by == "reception"


async def test_a_move_can_be_said_in_ones_own_words() -> None:
    app = app_at("reception")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await press(pilot, "enter", "2", "e")
        app.screen.query_one("#edit", Input).value = "And what do you [b]need[/b]?"
        await press(pilot, "enter")
        assert app.session._game.world.get(Talk, "T1").says[1].words == "And what do you [b]need[/b]?"  # type: ignore[union-attr]
        assert "[b]need[/b]" in shown(app)


@pytest.mark.parametrize(("size", "small"), [((80, 24), False), ((60, 15), False), ((59, 15), True), ((60, 14), True)])
async def test_a_desk_fits_from_60_x_15_on(size: tuple[int, int], small: bool) -> None:
    app = app_at("director")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, Small) is small
        assert ("too small" in shown(app)) is small
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert isinstance(app.screen, Desk)


@pytest.mark.covers("GAME-9")
async def test_waiting_stops_at_the_next_paper_or_the_next_morning() -> None:
    app = app_at("sales-1")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        session = app.session
        assert session is not None
        await press(pilot, "f6")
        assert session.minute == 550
        await press(pilot, "f7")
        assert session.minute == 610
        session._game.world.add(
            Talk("T9", channel="phone", customer="x2", who="X", role="", seat="sales-1", started=session.minute)
        )
        game = session._game
        before = session.papers()
        assert any(each.filled.get("talk") == "T9" for each in before)
        await press(pilot, "w", "w")  # told of the paper first, since one learns here
        assert session.minute > 610
        assert game.journal[-1].minute == session.minute


@pytest.mark.covers("GAME-9")
async def test_waiting_at_one_seat_stops_when_another_of_the_players_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_at("sales-2", "sales-1")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        session: Any = app.session
        game = session._game
        live_to = game.live_to

        def with_a_caller(minute: int) -> None:
            live_to(minute)
            if game.minute >= 660 and game.world.find(Talk, "T9") is None:
                seat = {"role": "", "seat": "sales-1", "started": game.minute}
                game.world.add(Talk("T9", channel="phone", customer="x2", who="X", **seat))

        monkeypatch.setattr(game, "live_to", with_a_caller)
        assert not session.papers()
        await press(pilot, "w")
        assert 660 <= session.minute <= 660 + LOOK_AGAIN and session.called == ("sales-1",)
        assert [each.message[:36] for each in app._notifications] == ["New at another of your seats: sales."]
        await press(pilot, "n")
        assert any(each.filled.get("talk") == "T9" for each in session.papers())


@pytest.mark.covers("GAME-9")
async def test_the_running_clock_runs_faster_pauses_and_skips_the_night() -> None:
    app = app_at("director", pace="live")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        session = app.session
        assert session is not None
        start = session.minute
        session.tick(10_000)
        passed = session.minute - start
        assert passed > 0
        await press(pilot, "plus")
        assert session.speed == 2
        await press(pilot, "p")
        assert not session.tick(10_000)
        assert "‖" in shown(app)


async def test_the_next_seat_has_its_own_desk() -> None:
    app = app_at("director", "reception")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        first = shown(app)
        await press(pilot, "ｎ")
        assert app.session is not None
        assert app.session.seat == "reception"
        assert shown(app) != first
        assert app.screen.query_one(ToDo).papers[0].filled == {"talk": "T1"}


async def test_one_form_does_one_thing_to_many_marked_rows() -> None:
    app = app_at("director")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        session, desk = app.session, app.screen
        assert session is not None
        assert isinstance(desk, Desk)
        world = session._game.world
        for number in (3, 4, 5):
            world.add(Record(f"C{number}", name=f"Company {number}", region="north"))
        pool, action, field = next(
            (table, action, field)
            for table in session.tables
            for action, field in table.actions
            if any(id_of(row) == "C4" for row in table.rows(session.view))
            and all(fields_of(action)[field].kind.refuse(session.view, {}, id) is None for id in ("C3", "C4"))
            and session.closed(action) is None and "owner" in fields_of(action)
        )  # fmt: skip
        desk.open_table(pool)
        await press(pilot, "space", "space")
        desk.start(action, field, [world.get(Record, "C3"), world.get(Record, "C4")])
        await pilot.pause()
        assert "10 min" in shown(app) or "min" in shown(app)
        await press(pilot, "f10")
        assert world.get(Record, "C3").owner == world.get(Record, "C4").owner != ""
        assert world.get(Record, "C5").owner == ""


async def test_a_table_is_filtered_and_sorted() -> None:
    app = app_at("director")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        session, desk = app.session, app.screen
        assert session is not None
        assert isinstance(desk, Desk)
        table = next(each for each in session.tables if any(id_of(row) == "C2" for row in each.rows(session.view)))
        desk.open_table(table)
        await press(pilot, "／", *"quit")
        assert "1 of 2 rows" in shown(app)
        await press(pilot, "escape", "s", "s")
        assert "▼" in shown(app)
        rows = desk.query_one(Rows)
        assert [each.id for each in rows._shown] == ["C2", "C1"]


async def test_a_game_that_is_over_shows_its_card() -> None:
    app = app_at("director")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await press(pilot, "f9", "enter")
        assert isinstance(app.screen, End)
        assert "Cash ¥80,000" in shown(app)
        await press(pilot, "f4")
        assert "已结束" in shown(app)


@pytest.mark.covers("GAME-8")
async def test_a_game_goes_on_from_its_save(tmp_path: Path) -> None:
    save = tmp_path / "lab.crmsim"
    app = CrmsimApp(Wishes(("director",), seed=7, skill="idle", save=str(save)), "first_day")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await press(pilot, "enter", "f7")
        assert app.session is not None
        minute = app.session.minute
        await press(pilot, "ctrl+c", "enter")
    again = CrmsimApp(Wishes(), kept=str(save))
    async with again.run_test(size=SMALL) as pilot:
        await opened(pilot)
        assert again.session is not None
        assert again.session.seat == "director"
        assert again.session.minute == minute


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.slow)])
async def test_every_table_and_form_of_every_seat_opens(every: int) -> None:
    seats = ("director", "sales-1", "service", "reception", "promoter", "customer-1")
    app, opened = app_at(*seats), set()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        desk, session = app.screen, app.session
        assert isinstance(desk, Desk)
        assert session is not None
        for seat in seats:
            session.seat = seat
            desk.look()
            for table in [each for each in session.tables if each not in opened][::every]:
                opened.add(table)
                desk.open_table(table)
                await pilot.pause()
                drawn = report_of(table.id)
                assert desk.query_one(Rows).table is table or desk.query_one(ReportView).report is drawn is not None
            for action in [each for each in session.actions if each not in opened][::every]:
                opened.add(action)
                desk.open_action(action)
                await pilot.pause()
                assert isinstance(app.screen, Desk if session.closed(action) is not None else Form | TalkRoom)
                if app.screen is not desk:
                    app.pop_screen()
        assert len(opened) > 100 // every


async def test_leaving_asks_first() -> None:
    app = app_at("director")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await press(pilot, "ctrl+c")
        assert isinstance(app.screen, Ask)
        await press(pilot, "escape")
        assert isinstance(app.screen, Desk)
        assert app.is_running


async def test_a_chinese_character_on_a_desk_gets_a_hint() -> None:
    app = app_at("director", lang="zh")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await press(pilot, "我")
        assert any("Shift" in each.message for each in app._notifications)


async def test_the_footer_stays_one_widget_however_often_it_is_told() -> None:
    app = app_at("director")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        count = len(list(app.screen.walk_children()))
        for _turn in range(50):
            app.screen.refresh_bindings()
            await pilot.pause()
        assert len(list(app.screen.walk_children())) == count
        assert len(app.screen.query(Foot)) == 1


async def test_what_is_not_now_is_dimmed_and_says_why() -> None:
    app = app_at("sales-1")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        session = app.session
        assert session is not None
        closed = [each for each in session.actions if session.closed(each) is not None]
        assert closed
        desk = app.screen
        assert isinstance(desk, Desk)
        await press(pilot, "m")
        desk.on_paths_looked(Paths.Looked(closed[0]))
        await pilot.pause()
        assert "Not now" in shown(app)
        desk.open_action(closed[0])
        await pilot.pause()
        assert isinstance(app.screen, Desk)


async def test_plain_characters_suffice() -> None:
    app = app_at("director", ascii=True)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        segments = [segment.text for line in range(24) for segment in app.screen.query_one(ToDo).render_line(0)]
        assert segments
        filtered = app.get_line_filters()[-1].apply(
            list(app.screen.query_one(ToDo).render_line(0)), app.screen.background_colors[1]
        )
        assert "".join(each.text for each in filtered).isascii()
