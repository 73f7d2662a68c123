"""Whoever plays a customer sees at once that somebody invites it to talk (PRS-1)."""

from __future__ import annotations

import pytest

from crmsim.crm.customer import Customer
from crmsim.crm.record import Record
from crmsim.public import new_game
from crmsim.roles.inviting import InviteToTalk
from crmsim.scenarios.loader import load_scenario
from crmsim.tui.app import CrmsimApp
from crmsim.tui.opening import Wishes
from crmsim.tui.session import Session
from tests.tui.at_desk import press, shown


@pytest.mark.covers("PRS-1", "GAME-1")
async def test_an_invitation_pops_up_on_the_customers_side_and_is_answered_from_its_list() -> None:
    game = new_game(load_scenario("first_day"), 4, {"customer-1": "me", "prospector": "you"})
    who = game.world.seat("customer-1").customers[0]  # type: ignore[attr-defined]
    me = game.world.get(Customer, who)
    game.world.add(Record("C900", customer=who, name=me.name, recorded=game.minute, recorded_by="prospector"))
    app = CrmsimApp(Wishes(), session=Session(game, ["customer-1"]))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert not app._notifications
        game.apply("prospector", InviteToTalk(record="C900", channel="phone"))
        game.advance(1)
        app.screen.retell()  # type: ignore[attr-defined] # as a look of the desk does
        await pilot.pause()
        (told,) = [each.message for each in app._notifications]
        assert "invites" in told and str(me.name) in told
        app.screen.retell()  # type: ignore[attr-defined]
        await pilot.pause()
        assert len(app._notifications) == 1
        await press(pilot, "t")
        assert "invit" in shown(app).lower()
