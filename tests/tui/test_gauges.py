"""What a seat sees at a glance: money, satisfaction, what is late."""

from __future__ import annotations

import re
from typing import Any

import pytest

from crmsim.crm.order import Order, OrderLine
from crmsim.crm.service import Feedback
from crmsim.crm.talk import Talk
from crmsim.engine.desk import gauges
from crmsim.engine.words import DAY, render
from crmsim.game import Game
from crmsim.roles import TABLES
from crmsim.roles.monitoring import SetTarget
from crmsim.tui.gauges import Gauges
from tests.roles.back_office import must, quiet_game
from tests.tui.at_desk import app_at, press, shown, still


@pytest.mark.covers("GAME-1", "REP-5")
async def test_money_satisfaction_and_alerts_stand_at_the_head_of_the_desk() -> None:
    app = app_at("director", "customer-1")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        session: Any = app.session
        world = session._game.world
        head = shown(app).split("\n")[0]
        assert "cash ¥" in head and "satisfied" not in head  # nobody has said anything yet
        for number, score in enumerate((5, 4, 1, 2), 1):
            world.add(Feedback(f"F{number}", customer="x1", about="sales", seat="sales-1", score=score, given=540))
        session.wait(300)
        app.screen.look()  # type: ignore[attr-defined]
        head, below = shown(app).split("\n")[:2]
        assert "satisfied 50%" in head
        assert "overdue 1" in below
        await press(pilot, "n")
        assert "satisfied" not in shown(app).split("\n")[0]  # a customer knows nothing of it


def told(game: Game, seat: str, language: str) -> list[str]:
    return [render(each, language) for each in gauges(game.view(seat), TABLES)]


@pytest.mark.covers("DIR-15")
def test_a_seller_sees_how_near_its_own_target_it_is() -> None:
    """Beside the share of the time that is over; whoever was set none is told nothing, nor is a colleague."""
    game = quiet_game()
    assert not any("target" in each for each in told(game, "sales-1", "en"))
    must(game, "director", SetTarget(amount=1_000_000, staff="sales-1"))
    game.advance_to(8 * DAY)
    paper = {"status": "accepted", "answered": game.minute, "delivery": 30 * DAY}
    game.world.add(Order("O9", owner="sales-1", lines=(OrderLine("pump", 2, 100_000),), **paper))
    game.world.add(Order("O10", owner="sales-2", lines=(OrderLine("pump", 5, 100_000),), **paper))
    assert "target 20% (time 30%)" in told(game, "sales-1", "en")
    assert "目标 20%（时间 30%）" in told(game, "sales-1", "zh")
    assert not any("target" in each for each in told(game, "sales-2", "en"))
    off = quiet_game(tools={"targets": False})
    assert not any("target" in each for each in told(off, "sales-1", "en"))


@pytest.mark.covers("DIR-15", "GAME-10")
@pytest.mark.parametrize(("lang", "told"), [("en", "target 0% (time "), ("zh", "目标 0%（时间 ")])
async def test_a_gauge_is_whole_on_a_small_screen_however_much_stands_beside_it(lang: str, told: str) -> None:
    app = app_at("sales-1", lang=lang)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        session: Any = app.session
        game = session._game
        must(game, "director", SetTarget(amount=1_000_000, staff="sales-1"))
        busy = game.world.seat("sales-1")
        for number in range(12):  # old papers, and late ones
            game.world.add(Talk(f"T5{number}", seat="sales-1", channel="email", record="C1", started=1, status="open"))
        session.wait(300)
        busy.busy_until = game.minute + 60
        app.screen.look()  # type: ignore[attr-defined]
        await pilot.pause()
        head = "".join(shown(app).split("\n")[:2])
        assert told in head and "…" not in head, head
        late = sum(1 for each in session.papers() if 0 < each.due < game.minute)
        assert late and re.search(rf"(overdue|超时) {late}\b", head), head


@pytest.mark.covers("GAME-1")
async def test_a_wide_head_is_drawn_once_more_while_one_leaves() -> None:
    app = app_at("director")
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        assert "2025-03-03" in shown(app)
        app.session = None  # as `exit` does, with drawing still to come
        app.screen.query_one(Gauges).refresh()
        assert "2025-03-03" in await still(pilot)
