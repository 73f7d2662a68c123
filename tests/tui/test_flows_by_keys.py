"""Each flow once by keys alone, switching to the seats it needs: the scripts are those that people's flows are tested
by, and every act and every wait in them is pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from crmsim.game import Game
from crmsim.tui.app import CrmsimApp
from crmsim.tui.opening import Wishes
from crmsim.tui.session import Session
from tests.flows import playing, selling, test_flows, test_office_flows
from tests.flows.playing import BUYER, mixed, people
from tests.tui.hand import Hand

MODULES = (playing, selling, test_flows, test_office_flows)


async def played(
    monkeypatch: pytest.MonkeyPatch, script: Callable[[], None], *seats: str, lang: str = "en"
) -> tuple[Hand, Game]:
    """The script, played at these seats of one desk; without any at all of them."""
    scenario = playing.first_month()
    game = mixed(scenario, *seats) if seats else people(scenario)
    session = Session(game, seats or [*[each.id for each in scenario.seats], BUYER])
    session.lesson.on = False
    session.act_over = lambda: None  # type: ignore[method-assign]  # stops have their own test
    app = CrmsimApp(Wishes(), session=session, lang=lang)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        hand = Hand(pilot, game)
        for module in MODULES:
            for name, stand_in in (("does", hand.does), ("people", lambda *_how, **_more: game),
                                   ("mixed", lambda *_how, **_more: game)):  # fmt: skip
                if hasattr(module, name):
                    monkeypatch.setattr(module, name, stand_in)
        await hand.play(script)
    return hand, game


def summed_up() -> None:
    test_office_flows.test_market_preparation_from_settings_to_the_summary("person")


FLOWS: dict[str, tuple[Callable[[], Any], tuple[str, ...]]] = {
    "FLO-1": (summed_up, ()),
    "FLO-2": (test_flows.test_people_play_normal_consumption, ()),
    "FLO-3": (test_flows.test_people_play_a_sale_that_begins_at_the_fair, ()),
    "FLO-4": (lambda: test_flows.test_people_play_a_sale_that_begins_with_a_letter_to_reception("email"), ()),
    "FLO-5": (test_office_flows.test_people_play_a_return_to_the_refund, ()),
    "FLO-6": (test_office_flows.test_people_play_a_survey_from_its_design_to_its_reading, ()),
    "FLO-7": (
        test_office_flows.test_a_person_reads_the_reports_decides_and_is_told_what_came_of_it, ("director",),
    ),
    "FLO-8": (test_office_flows.test_people_use_the_control_centre, ()),
    "FLO-9": (test_office_flows.test_people_play_a_marketing_plan, ()),
    "FLO-10": (lambda: test_office_flows.test_people_play_a_return_that_is_refused("final"), ()),
}  # fmt: skip
QUICK = {"FLO-8", "FLO-9"}


@pytest.mark.parametrize(
    "flow",
    [
        pytest.param(name, marks=[pytest.mark.covers(name, "GAME-1"), *([] if name in QUICK else [pytest.mark.slow])])
        for name in FLOWS
    ],
)
async def test_a_flow_is_played_by_keys_alone(flow: str, monkeypatch: pytest.MonkeyPatch) -> None:
    script, seats = FLOWS[flow]
    hand, game = await played(monkeypatch, script, *seats, lang="zh" if flow in {"FLO-2", "FLO-9"} else "en")
    done = [each for each in game.journal if not each.by.startswith("bot:")]
    assert len(done) > 2
    assert hand.pressed > 5 * len({type(each.action) for each in done})
