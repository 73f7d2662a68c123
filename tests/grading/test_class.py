"""A class: seeds of equal difficulty, likeness that is only listed, and what another rubric changes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import msgspec
import pytest

from crmsim.cli.app import run
from crmsim.game import Entry
from crmsim.grading.classes import difficulty, equal_seeds
from crmsim.grading.likeness import likeness, traces
from crmsim.grading.policy import read_policy
from crmsim.grading.roster import read_roster
from crmsim.roles.talking import Speak
from crmsim.store.savefile import save

from .conftest import month, week
from .handins import handed_in, short

SAID = (
    "Good morning, our copier saves a third of the energy of your old one and we bring it on Tuesday.",
    "May I ask how many pages your office prints in a month, and who decides about the purchase?",
)


def spoken(talk: str, texts: tuple[str, ...], by: str) -> list[Entry]:
    return [
        Entry(number, 600 + number, "sales-1", by, Speak(talk=talk, move="greet", text=text))
        for number, text in enumerate(texts)
    ]


@pytest.mark.covers("GAME-6")
def test_copied_words_and_copied_play_are_listed_and_one_flow_is_not() -> None:
    header, other = short(3).header(), short(4, "2025002").header()
    mine = traces("a", header, spoken("T1", SAID, "a"))
    copied = traces("b", other, spoken("T9", tuple(each.upper() for each in SAID), "b"))
    own = traces(
        "c", other, spoken("T9", ("What brings you here today?", "We deliver within three days of the order."), "c")
    )
    (pair,) = likeness([mine, copied, own])
    assert (pair.one, pair.two) == ("a", "b") and pair.words == 1_000_000
    assert (
        pair.passages[0][0].startswith("day ")
        and SAID[0][:20] in pair.passages[0][0]
        and SAID[0][:20].upper() in pair.passages[0][1]
    )
    game = short(3)
    twin = traces("twin", header, game.journal)
    assert likeness([twin, msgspec.structs.replace(twin, name="again")])[0].actions == 1_000_000
    assert likeness([twin, traces("other", other, short(4, "2025002").journal)]) == []
    many = [msgspec.structs.replace(mine, name=str(number)) for number in range(6)]
    assert likeness(many) == []  # what the whole class says was on the task sheet


@pytest.mark.covers("GAME-6", "GAME-12")
def test_likeness_and_regrading_are_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "class"
    folder.mkdir()
    handed_in(folder, name="a")
    handed_in(folder, name="b")
    (folder / "bad.zip").write_bytes(b"no zip")
    assert run(["likeness", str(folder), "--json"]) == 0
    (pair,) = json.loads(capsys.readouterr().out)
    assert pair["actions"] == 1_000_000 and len(pair["passages"][0]) == 2
    rubric = tmp_path / "rubric.toml"
    rubric.write_text('[rubric."director.reviews"]\nweight = 9\nnone = 999\nfull = 1000\n', encoding="utf-8")
    assert run(["regrade", str(folder), "--rubric", str(rubric), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert any(row["difference"] for row in rows if row["error"] is None)
    assert [Path(row["file"]).name for row in rows if row["error"]] == ["bad.zip"]
    same = [row for row in rows if row["error"] is None]
    assert [row["after"] for row in same[: len(same) // 2]] == [row["after"] for row in same[len(same) // 2 :]]


@pytest.mark.covers("GAME-6", "GAME-7")
def test_a_class_gets_a_seed_each_of_nearly_equal_difficulty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_bytes("学号,姓名,班级\n01,王经理,一班\n02,=1+1,一班\n03,李,二班\n".encode("gb18030"))
    assert [each.student for each in read_roster(roster).pupils] == ["01", "02", "03"]
    out = tmp_path / "out"
    assert run(["class", "new", str(roster), "--scenario", "first_day", "--to", str(out)]) == 0
    rows = list(csv.DictReader(io.StringIO((out / "class.csv").read_text(encoding="utf-8-sig"))))
    assert len({row["seed"] for row in rows}) == 3 and rows[1]["name"] == "'=1+1"
    policy = read_policy(out / "policy.toml")
    assert "--tries 20" in capsys.readouterr().err  # one day's seeds differ too much, and it says what to do
    assert run(["--lang", "zh", "class", "new", str(roster), "--scenario", "first_day", "--to", str(out / "zh")]) == 0
    assert (out / "zh" / "class.csv").read_text(encoding="utf-8-sig").startswith("学生,姓名,班级,种子,开局命令")
    assert policy.scenario == "first_day" and policy.seeds == {row["student"]: int(row["seed"]) for row in rows}
    for text, said in (
        ("name\nx\n", "no column"),
        ("student\n1\n1\n", "A3: 1 stands in A2 already"),
        ("student,name\n,x\n", "nobody"),
    ):
        roster.write_text(text, encoding="utf-8")
        assert run(["class", "new", str(roster), "--scenario", "first_day", "--to", str(out)]) == 2
        assert said in capsys.readouterr().err


@pytest.mark.covers("GAME-6")
def test_chosen_seeds_lie_nearer_the_middle_than_any() -> None:
    scenario = week()
    seeds, spread = equal_seeds(scenario, 4, 5)
    tried = {seed: difficulty(scenario, seed)[1] for seed in range(1, 21)}
    kept = [tried[seed] for seed in seeds]
    assert len(set(seeds)) == 4 and max(kept) - min(kept) < (max(tried.values()) - min(tried.values())) // 2
    assert spread < 500_000 and month().meta.id == scenario.meta.id


@pytest.mark.covers("GAME-6")
def test_a_save_is_graded_like_its_hand_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(short(), tmp_path / "b.crmsim")
    handed_in(tmp_path, name="a")
    assert run(["grade", str(tmp_path), "--json"]) == 0
    one, two = json.loads(capsys.readouterr().out)
    assert one["seats"] == two["seats"] and "report" in one and "report" not in two
