"""Scenarios by name and path, over the defaults, and as the text that a game keeps."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from crmsim.crm.company import STAFF
from crmsim.engine.errors import BadInput, ScenarioError
from crmsim.engine.words import Bilingual
from crmsim.scenarios.checker import check, json_schema
from crmsim.scenarios.loader import (
    bundled,
    load_scenario,
    scenario_from_text,
    scenario_hash,
    scenario_path,
    scenario_text,
    varied,
)
from crmsim.scenarios.merging import default_lists
from crmsim.scenarios.semantics import ROLES
from crmsim.scenarios.template import starter

SHORT = """\
{top}
[meta]
id = "short"
title = "Short"
[company]
name = "Us"
[[products]]
id = "lamp"
name = "Lamp"
price = 100
cost = 60
[[segments]]
id = "all"
name = "All"
products = {{ lamp = 1 }}
{end}
"""


def written(folder: Path, top: str = "", end: str = "") -> Path:
    path = folder / "short.toml"
    path.write_text(SHORT.format(top=top, end=end), encoding="utf-8")
    return path


def unilingual(value: object, place: str = "") -> list[str]:
    """Where a text that people read is in one language only."""
    found: list[str] = []
    if hasattr(type(value), "model_fields"):
        for name in type(value).model_fields:
            each = getattr(value, name)
            if name in {"title", "name", "summary", "profile", "text", "pressure"} and isinstance(each, str) and each:
                found.append(f"{place}.{name}: {each}")
            found += unilingual(each, f"{place}.{name}")
    elif isinstance(value, tuple):
        found += [line for number, each in enumerate(value) for line in unilingual(each, f"{place}[{number}]")]
    elif isinstance(value, dict):
        found += [line for key, each in value.items() for line in unilingual(each, f"{place}.{key}")]
    return found


@pytest.mark.covers("GAME-13")
@pytest.mark.parametrize("name", ["first_day", "first_month", "phone_shop"])
def test_a_bundled_scenario_opens_with_a_book_and_speaks_both_languages(name: str) -> None:
    scenario = load_scenario(name)
    assert name in bundled() and scenario.meta.id == name
    assert (
        scenario.book.customers and scenario.book.open_requests and scenario.book.receivables and scenario.book.returns
    )
    assert unilingual(scenario) == []
    roles = {role for seat in scenario.seats for role in seat.roles}
    assert roles == set(STAFF) == set(ROLES)
    assert {"director", "promoter", "reception", "prospector", "sales-1", "sales-2", "service"} <= {
        each.id for each in scenario.seats
    }
    assert scenario.playable_customers >= 1


@pytest.mark.covers("GAME-13")
def test_the_default_scenario_has_acts_a_fair_and_cases() -> None:
    scenario = load_scenario("first_month")
    book = scenario.book
    assert (scenario.market.size, scenario.calendar.days) == (150, 20)
    assert (book.customers, book.open_requests, book.receivables, book.late_receivables, book.returns) == (
        40,
        8,
        6,
        3,
        2,
    )
    assert [each.first_day for each in scenario.acts] == [1, 3, 6, 12, 19]
    assert (scenario.fair.first_day, scenario.fair.last_day) == (3, 5)
    assert {each.kind for each in scenario.events} >= {"rival_price", "shortage", "fault_wave"}
    assert len(scenario.cases) >= 2 and all(each.text.zh.startswith("# ") for each in scenario.cases)
    seconds, starts = 0, [*(each.first_day for each in scenario.acts), scenario.calendar.days + 1]
    for act, end in zip(scenario.acts, starts[1:], strict=True):
        seconds += act.seconds_a_day * (end - act.first_day)
    assert 45 * 60 <= seconds <= 75 * 60  # the hour of play of a ninety-minute lab
    for product in scenario.products:
        symptoms = [each.symptom for each in product.faults]
        assert len(symptoms) > len(set(symptoms)) or len(symptoms) == 2  # one sign, several causes: diagnosis is work


def test_dictionaries_are_scenario_data(tmp_path: Path) -> None:
    plain = load_scenario(written(tmp_path))
    assert [each.id for each in plain.dictionaries["statuses"]] == ["lead", "prospect", "won", "lost"]
    assert plain.dictionaries["types"][0].name == Bilingual("Company", "企业")
    own = 'dictionaries = { sources = [{ id = "radio", name = "Radio" }] }'
    replaced = load_scenario(written(tmp_path, own))
    assert [each.id for each in replaced.dictionaries["sources"]] == ["radio"]
    assert replaced.dictionaries["types"] == plain.dictionaries["types"]
    added = load_scenario(written(tmp_path, 'extends = ["dictionaries.sources"]\n' + own))
    assert [each.id for each in added.dictionaries["sources"]] == [
        *(each.id for each in plain.dictionaries["sources"]),
        "radio",
    ]
    words = '= [{ id = "radio", name = "Radio" }] }'
    for name in ("tags", "seasons", "notes"):  # its own, however like ours it sounds
        assert name in load_scenario(written(tmp_path, f"dictionaries = {{ {name} {words}")).dictionaries
    for name in ("status", "source", "loss_reasons"):
        with pytest.raises(ScenarioError):
            load_scenario(written(tmp_path, f"dictionaries = {{ {name} {words}"))


def test_an_extended_list_changes_an_entry_in_its_place(tmp_path: Path) -> None:
    plain = load_scenario(written(tmp_path))
    path = written(tmp_path, 'extends = ["channels"]', "[[channels]]\nid = 'phone'\nmove_minutes = 3")
    changed = load_scenario(path)
    assert [each.id for each in changed.channels] == [each.id for each in plain.channels]
    assert changed.find("channels", "phone").move_minutes == 3
    assert changed.find("channels", "phone").name == plain.find("channels", "phone").name
    path.write_text(path.read_text(encoding="utf-8").replace("= 3", "= -3"), encoding="utf-8")
    problem = check(path.read_bytes()).problems[0]
    assert (problem.line, problem.key) == (18, 'channels["phone"].move_minutes')
    assert "channels" in default_lists() and "dictionaries.types" in default_lists()


@pytest.mark.parametrize("name", ["first_day", "first_month", "phone_shop"])
def test_the_kept_text_is_the_whole_scenario(name: str) -> None:
    scenario = load_scenario(name)
    text = scenario_text(scenario)
    again = scenario_from_text(text)
    assert again == scenario and scenario_text(again) == text and scenario_hash(again) == scenario_hash(scenario)
    assert [list(each.weights) for each in again.segments] == [list(each.weights) for each in scenario.segments]


def test_the_order_of_keys_and_the_line_ends_do_not_change_a_scenario(tmp_path: Path) -> None:
    one = SHORT.format(top="", end="tempers = { warm = 1, brisk = 2 }")
    other = SHORT.format(top="", end="tempers = { brisk = 2, warm = 1 }").replace("\n", "\r\n")
    first, second = check(one).scenario, check("\ufeff" + other).scenario
    assert first is not None and second is not None
    assert scenario_hash(first) == scenario_hash(second)
    assert list(first.segments[0].tempers) == list(second.segments[0].tempers) == ["brisk", "warm"]


def test_a_changed_figure_changes_the_hash(tmp_path: Path) -> None:
    assert scenario_hash(load_scenario(written(tmp_path))) != scenario_hash(
        load_scenario(written(tmp_path, "pass_mark = 61"))
    )


def test_the_hash_is_the_same_in_every_process() -> None:
    code = (
        "from crmsim.scenarios.loader import *; from crmsim.scenarios.casting import draw_cast; "
        "from hashlib import md5; "
        "s = load_scenario('first_day'); print(scenario_hash(s), md5(repr(draw_cast(s, 5, 'zh')).encode()).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": hash_seed, "TZ": zone, "LC_ALL": "C", "PATH": ""},
            cwd=Path(__file__).parents[2],
        ).stdout
        for hash_seed, zone in (("1", "Asia/Shanghai"), ("2", "America/Lima"))
    }
    assert len(said) == 1


@pytest.mark.covers("GAME-5")
def test_what_cannot_be_loaded_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="did you mean first_month"):
        load_scenario("first_mnth")
    with pytest.raises(BadInput, match="There is no scenario"):
        load_scenario(tmp_path / "nowhere.toml")
    with pytest.raises(BadInput):
        load_scenario(tmp_path)
    with pytest.raises(ScenarioError) as raised:
        load_scenario(written(tmp_path, "pass_marc = 61"))
    assert raised.value.exit_code == 2
    assert [(each.line, each.key) for each in raised.value.problems] == [(1, "pass_marc")]


@pytest.mark.covers("GAME-5")
@pytest.mark.parametrize(
    "change",
    ['set = { "policies.discount_limit" = "none" }', 'times = { "company.name" = 2 }', 'set = { "meta.id.x" = 1 }'],
)
def test_a_variant_that_makes_no_sound_scenario_is_refused(tmp_path: Path, change: str) -> None:
    path = written(tmp_path, end=f'[[variants]]\nid = "hard"\ntitle = "Hard"\n{change}')
    with pytest.raises(BadInput, match="The variant hard"):
        varied(load_scenario(path), ["hard"])


def test_the_starter_is_a_sound_scenario() -> None:
    for name in ("my_shop", "Büro & Söhne", "家具店", "9lives", ""):
        checked = check(starter(name))
        assert checked.problems == () and checked.scenario is not None
    assert starter("my_shop").startswith("#:schema ")
    told = [each.partition("# ")[2] for each in starter("my_shop", "zh").splitlines()[1:] if "# " in each]
    said = [each for each in told if each and not each.startswith(("[[", "#", "'''")) and " = " not in each]
    assert len(said) >= 18 and all(any("\u4e00" <= sign for sign in each) for each in said), said
    assert check(starter("my_shop", "zh")).problems == ()
    assert check(starter("家具店")).scenario.meta.title.zh == "家具店"  # type: ignore[union-attr]


def test_the_json_schema_is_plain_json_and_knows_every_section() -> None:
    schema = json.loads(json.dumps(json_schema()))
    assert schema["properties"].keys() >= {"meta", "products", "segments", "extends", "book", "rubric"}
    assert set(schema["required"]) == {"meta", "company", "products", "segments"}
    assert schema["additionalProperties"] is False


def test_a_bundled_file_is_found_where_it_stands() -> None:
    assert scenario_path("first_month").name == "first_month.toml"
    assert load_scenario(scenario_path("first_month")) == load_scenario("first_month")
