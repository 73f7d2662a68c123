"""No tool of the office only stores data: each that a scenario can switch off has a test in which it changes play.

Action by action the same is tried in tests/flows/test_everything_moves.py.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crmsim.bots import bot, crew
from crmsim.crm.customer import Customer
from crmsim.crm.facts import OpportunityOpened, TalkOpened
from crmsim.crm.order import SIGNED, Order
from crmsim.crm.record import Record
from crmsim.crm.talk import Say, Talk
from crmsim.engine.words import DAY
from crmsim.game import Game
from crmsim.market.needs import arise
from crmsim.roles import ACTIONS, TABLES
from crmsim.roles.director import PlanAdvert
from crmsim.roles.importing import ImportCustomers
from crmsim.scenarios.schema import Scenario
from tests.market.talks import talk_data
from tests.office.test_opportunities import WORDS
from tests.office.test_what_tools_are_worth import seeking, spoke, works
from tests.roles.back_office import WHO, must, quiet_game
from tests.scenes import facts, tiny, tiny_data

TESTS = Path(__file__).parents[1]
WORTH = {  # the tool, and the test that shows what play has by it
    "tasks": "office/test_what_tools_are_worth.py::test_a_promise_that_is_reminded_of_is_kept",
    "records": "office/test_what_tools_are_worth.py::test_a_label_brings_the_call_that_would_have_come_too_late",
    "automation": "office/test_what_tools_are_worth.py::test_a_rule_assigns_what_a_director_forgets",
    "classes": "office/test_what_tools_are_worth.py::test_a_care_plan_keeps_who_buys_for_much",
    "forms": "office/test_what_tools_are_worth.py::test_a_form_tells_who_is_to_be_won_back",
    "research": "office/test_what_tools_are_worth.py::test_a_study_finds_the_medium_that_reaches_more",
    "monitoring": "office/test_what_tools_are_worth.py::test_a_colleague_that_is_led_serves_better",
    "targets": "bots/test_tools_of_sales.py::test_who_is_behind_its_target_presses_on",
    "care": "office/test_care.py::test_care_costs_and_pleases_less_each_time",
    "knowledge": "office/test_knowledge.py::test_simulated_customers_look_first_and_do_not_when_the_tool_is_off",
    "templates": "office/test_letters.py::test_a_letter_from_a_template_takes_less_time_and_says_its_words",
    "plans": "office/test_plans.py::test_the_check_in_wants_the_day_and_the_place_and_makes_the_company_known",
    "sheet": "grading/test_manual.py::test_nothing_reminds_by_hand",
    "filing": "office/test_every_tool_is_worth_something.py::test_a_list_of_people_in_the_market_sells",
    "reports": "office/test_every_tool_is_worth_something.py::test_who_reads_the_report_of_media_is_heard_of_by_more",
    "opportunities": "office/test_every_tool_is_worth_something.py::test_a_deal_on_file_is_called_before_it_is_decided",
}


def test_every_tool_has_a_test_that_shows_what_play_has_by_it() -> None:
    used = {each.tool for each in (*ACTIONS, *TABLES) if each.tool}
    assert used == set(WORTH)
    for where in WORTH.values():
        file, _colons, name = where.partition("::")
        assert re.search(rf"def {name}\(", (TESTS / file).read_text(encoding="utf-8")), where


def in_the_dark(seed: int) -> Game:
    """Forty people who want something, of whom nobody has heard of the company."""
    data = tiny_data(**talk_data(), market={"size": 40, "aware": 0, "wanting": 0, "junk": 0})
    data["segments"][0] |= {"tempers": {"plain": 1}}
    game = Game(Scenario.model_validate(data), seed)
    for customer in game.world.all(Customer):
        arise(game.market, customer)
    return game


@pytest.mark.covers("IMP-1", "REG-1")
def test_a_list_of_people_in_the_market_sells() -> None:
    """Who is imported by its own name and phone can be called and buys; the same phones under other names, nobody."""
    sold, reached = {}, {}
    for names in ("none", "theirs", "others"):
        game = in_the_dark(3)
        people = list(game.world.all(Customer))[:12]
        rows = tuple((each.name if names == "theirs" else f"{each.name} & Co", each.phone) for each in people)
        if names != "none":
            must(game, "director", ImportCustomers(columns=("name", "phone"), rows=rows))
        game = game.fork(crew(game.scenario, "competent", ["director", "sales-1", "sales-2"]))
        game.advance(6 * DAY)
        reached[names] = {each.customer for each in game.world.all(Talk) if each.answered >= 0}
        sold[names] = sum(each.total for each in game.world.all(Order) if each.status in SIGNED)
        assert len(list(game.world.all(Record))) == (0 if names == "none" else 12)
    assert reached["theirs"] and reached["theirs"] <= {each.id for each in people}
    assert sold["theirs"] > sold["none"] == sold["others"] == 0 and not reached["others"]


@pytest.mark.covers("REP-1", "DIR-13")
def test_who_reads_the_report_of_media_is_heard_of_by_more() -> None:
    """After one advert in each medium: the director goes on in the one that brought leads, or where it is cheapest."""
    habits = [{**tiny().segments[0].model_dump(), "habits": {"tv": 600_000, "newspaper": 100_000}}]
    market = {"size": 300, "aware": 0, "wanting": 300_000, "junk": 0}
    aware = {}
    for reports in (True, False):
        tools = {"reports": reports, "research": False}
        media = [{"id": each, "name": each} for each in ("newspaper", "tv")]
        game = Game(tiny(market=market, segments=habits, tools=tools, media=media), 2)
        today = game.minute // DAY * DAY + DAY
        for each in media:
            must(game, "director", PlanAdvert(medium=each["id"], budget=60_000, start=today, end=today + DAY))
        game.advance(4 * DAY)
        copy = game.fork({"director": bot("competent")})
        copy.advance(6 * DAY)
        aware[reports] = sum(each.aware >= 0 for each in copy.world.all(Customer))
    assert aware[True] > aware[False]


@pytest.mark.covers("OPP-1", "OPP-2")
def test_a_deal_on_file_is_called_before_it_is_decided() -> None:
    """A need that was put off comes back in time, as an opportunity; without the tool, nobody thinks of it."""
    called = {}
    for tool in (True, False):
        game = quiet_game(tools={"tasks": False, "opportunities": tool}, dictionaries=WORDS)
        game.world.get(Record, "C1").deadline = seeking(game, 7).deadline
        spoke(game, ending="later", says=(Say(game.minute, "sales-1", "greet"),))
        works(game, 7, "sales-1")
        assert bool(facts(game, OpportunityOpened)) == tool
        called[tool] = len(facts(game, TalkOpened, customer=WHO))
    assert called == {True: 1, False: 0}
