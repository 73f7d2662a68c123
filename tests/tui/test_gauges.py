"""What a seat sees at a glance: money, satisfaction, what is late."""

from __future__ import annotations

from typing import Any

import pytest

from crmsim.crm.service import Feedback
from tests.tui.at_desk import app_at, press, shown


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
