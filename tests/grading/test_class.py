"""A class: seeds of equal difficulty, likeness that is only listed, and what another rubric changes."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from pathlib import Path

import msgspec
import pytest

from crmsim.bots import crew
from crmsim.cli.app import run
from crmsim.engine.errors import BadInput
from crmsim.game import Entry, Game
from crmsim.grading import grade_game
from crmsim.grading.classes import Handled, apart, closest, equal_seeds, marks, unscored, write_class
from crmsim.grading.gradebook import COUNTS, UNSCORED, rows_of
from crmsim.grading.likeness import likeness, traces
from crmsim.grading.policy import Override, Policy, read_policy
from crmsim.grading.roster import Pupil
from crmsim.roles.talking import Speak
from crmsim.scenarios.loader import load_scenario, scenario_hash, scenario_path
from crmsim.store.savefile import save
from tests.parts import in_turn

from .handins import STUDENT, handed_in, short

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
    (same,) = likeness([twin, msgspec.structs.replace(twin, name="again")], "zh")
    assert same.actions == 1_000_000 and "approve" not in str(same.passages) and "审核通过" in str(same.passages)
    unread = msgspec.structs.replace(twin, name="unread", scenario="{")
    (told,) = likeness([unread, msgspec.structs.replace(unread, name="again")])  # it ends nobody else's comparison
    assert told.actions == 1_000_000 and "Review" in str(told.passages)
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


def issued(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))


@cache
def earned(seed: int, hand: str, seat: str) -> float:
    """What a hand earns in a seat of the first day."""
    scenario = load_scenario("first_day")
    game = Game(scenario, seed, players=crew(scenario, hand, [each.id for each in scenario.seats]))
    game.run_to_end()
    (score,) = (each.score for each in grade_game(game).seats if each.seat == seat)
    assert score is not None
    return score / 100


@pytest.mark.covers("GAME-6", "GAME-7")
def test_the_same_hand_earns_nearly_the_same_on_every_seed_of_a_class(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roster, out = tmp_path / "roster.csv", tmp_path / "out"
    roster.write_bytes(
        "学号,姓名,班级,岗位\n01,王经理,一班,客户接洽\n02,=1+1,一班,reception\n03,李,二班,\n".encode("gb18030")
    )
    command = ["class", "new", str(roster), "--scenario", "first_day", "--to", str(out), "--tries", "2"]
    assert run([*command, "--seats", "reception", "--within", "8"]) == 0
    said = capsys.readouterr().out
    rows = issued(out / "class.csv")
    assert "Students: 3, seeds: 3" in said and rows[1]["name"] == "'=1+1"
    assert {row["seat"] for row in rows} == {"reception"} and len({row["seed"] for row in rows}) == 3
    for row in rows:
        begin = f"crmsim play first_day --seat reception --seed {row['seed']} --student {row['student']}"
        assert row["begin"] == begin
    policy = read_policy(out / "policy.toml")
    assert policy.scenario == "first_day" and policy.seeds == {row["student"]: int(row["seed"]) for row in rows}
    for hand in ("novice", "competent"):
        kept = [earned(int(row["seed"]), hand, "reception") for row in rows]
        tried = [earned(seed, hand, "reception") for seed in range(1, 7)]
        assert max(kept) - min(kept) <= 8 < max(tried) - min(tried)


@pytest.mark.covers("GAME-6")
def test_seeds_that_are_not_equal_are_refused_and_it_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roster, out = tmp_path / "roster.csv", tmp_path / "out"
    roster.write_text("student,name\n1,a\n2,b\n", encoding="utf-8")
    command = ["class", "new", str(roster), "--scenario", "first_day", "--to", str(out), "--tries", "1"]
    assert run([*command, "--within", "0"]) == 2
    said = capsys.readouterr().err
    assert "not equally hard" in said and "--variants 1" in said and "--tries 4" in said and not out.exists()
    with pytest.raises(BadInput) as two:  # three seeds that are alike are one for each of two games
        equal_seeds(load_scenario("first_day"), ["", ""], 1, runs=2, within=600)
    slots = two.value.message.slots
    assert slots["there"] >= 2 and slots["shared"] == slots["there"] // 2
    assert run(["--lang", "zh", *command, "--within", "0", "--variants", "1"]) == 0
    assert "crmsim likeness" in capsys.readouterr().err  # whoever shares a seed is not found out by it
    assert (out / "class.csv").read_text(encoding="utf-8-sig").startswith("学生,姓名,班级,岗位,种子,开局命令")
    assert len({row["种子"] for row in issued(out / "class.csv")}) == 1
    capsys.readouterr()
    assert run([*command, "--seats", "sales-1,reception", "--within", "100"]) == 0
    warned = [line for line in capsys.readouterr().err.splitlines() if "Too little may come" in line]
    assert len(warned) == 1 and "sales-1" in warned[0] and "reception" not in warned[0]
    for text, words in (
        ("name\nx\n", "no column"),
        ("student\n1\n1\n", "A3: 1 stands in A2 already"),
        ("student,name\n,x\n", "nobody"),
        ("student,seat\n1,pilot\n", "no seat pilot"),
    ):
        roster.write_text(text, encoding="utf-8")
        assert run(command) == 2
        assert words in capsys.readouterr().err


@pytest.mark.covers("GAME-6")
def test_an_own_scenario_with_several_variants_is_known_by_what_is_played(tmp_path: Path) -> None:
    own, first, second = tmp_path / "own.toml", *[each.id for each in load_scenario("first_day").variants[:2]]
    text = scenario_path("first_day").read_text(encoding="utf-8")
    own.write_text(text.replace('id = "first_day"', 'id = "own"', 1), encoding="utf-8")
    asked = f"{own}+{first}+{second}"
    _table, policy = write_class(tmp_path / "out", asked, [Pupil("1", "a", "")], [""], [[1]])
    hashes = read_policy(policy).hashes
    assert scenario_hash(load_scenario(asked)) in hashes and scenario_hash(load_scenario(own)) in hashes


@pytest.mark.covers("GAME-6")
def test_the_seeds_kept_are_those_that_lie_closest_for_every_hand() -> None:
    found = [((50, 70), 1), ((90, 70), 2), ((52, 20), 3), ((53, 71), 4), ((51, 73), 5), ((10, 10), 6)]
    kept = closest(found, 3)
    assert sorted(seed for _marks, seed in kept) == [1, 4, 5] and apart(kept) == 3
    assert len(closest(found, 9)) == 6
    scored = {
        seed: {"a": Handled((seed != 2, True), (seed, 9)), "b": Handled((False, True), (0, 5))} for seed in (1, 2, 3)
    }
    assert marks(scored, "a") == [((1, 9), 1), ((3, 9), 3)]  # a game without a score is no equal of one with it
    assert marks(scored, "") == marks(scored, "a") and len(marks(scored, "b")) == 3
    assert unscored(scored, ["a", "b"]) == ("b",) and unscored(scored, [""]) == ()
    assert unscored({seed: {"b": seats["b"], "c": seats["b"]} for seed, seats in scored.items()}, [""]) == ("b", "c")


CLASSES = in_turn([("first_day", 10), ("first_month", 3), ("phone_shop", 2)], 3)


@pytest.mark.validation
@pytest.mark.covers("GAME-6")
@pytest.mark.parametrize(("scenario", "students"), CLASSES)
def test_every_scenario_has_seeds_of_equal_difficulty_for_a_class(scenario: str, students: int) -> None:
    seats = ["reception", "sales-1"] * students
    games = equal_seeds(load_scenario(scenario), seats)
    assert games.apart <= 1_000 and len({seed for mine in games.seeds for seed in mine}) == len(seats)


@pytest.mark.covers("GAME-6")
def test_a_save_is_graded_like_its_hand_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(short(), tmp_path / "b.crmsim")
    handed_in(tmp_path, name="a")
    assert run(["grade", str(tmp_path), "--json"]) == 0
    one, two = json.loads(capsys.readouterr().out)
    assert one["seats"] == two["seats"] and "report" in one and "report" not in two
    rows = rows_of([two, one], Policy())  # a save that lies before its hand-in does not put the report aside
    assert [row["counts"] == COUNTS for row in rows] == [False, True]


@pytest.mark.covers("GAME-6")
def test_a_game_with_too_little_to_be_scored_has_no_mark_and_is_no_nought(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario = load_scenario("first_day")
    game = Game(scenario, 3, players=crew(scenario, "competent", [each.id for each in scenario.seats]),
                holders={"sales-1": STUDENT}, student=STUDENT)  # fmt: skip
    game.run_to_end()
    save(game, tmp_path / "a.crmsim")
    roster, moodle = tmp_path / "roster.csv", tmp_path / "moodle.csv"
    roster.write_text(f"学号,姓名,成绩\n{STUDENT},王伟,\n", encoding="utf-8")
    assert run(["grade", str(tmp_path), "--json", "--roster", str(roster), "--moodle", str(moodle)]) == 0
    said = capsys.readouterr()
    record = json.loads(said.out)
    (row,) = rows_of([record], Policy())
    assert (row["handling"], row["final"], row["counts"]) == ("", "", UNSCORED) and STUDENT in said.err
    assert roster.read_text(encoding="utf-8").splitlines()[1] == f"{STUDENT},王伟,"
    assert STUDENT not in moodle.read_text(encoding="utf-8")
    given = Policy(overrides=(Override(student=STUDENT, score=88, by="Li", why="made up"),))
    (row,) = rows_of([record], given)
    assert (row["handling"], row["final"], row["counts"]) == ("", 88, COUNTS)
    written = record | {"report": {"earned": 30, "possible": 40, "questions": []}}
    for weight, final in ((60, ""), (0, 75)):  # where only the report counts, nothing is missing
        (row,) = rows_of([written], Policy(handling=weight))
        assert (row["handling"], row["report"], row["final"]) == ("", 75, final)
