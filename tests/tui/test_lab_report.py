"""Lab reports at the desk: written and handed in, their free words marked by a person, marks set by hand (CTL-4)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from crmsim.bots import crew
from crmsim.game import Game
from crmsim.grading.confirming import waiting
from crmsim.grading.policy import read_policy
from crmsim.grading.writing import Draft, folder_of, policy_path
from crmsim.public import replay, save
from crmsim.scenarios.cast import Cast
from crmsim.tui.app import CrmsimApp
from crmsim.tui.confirming import Confirming
from crmsim.tui.grades import Grades
from crmsim.tui.labreport import LabReport
from crmsim.tui.opening import Wishes
from crmsim.tui.overriding import Overriding
from crmsim.tui.reports import Reports
from tests.tui.at_desk import app_at, press, quiet_scenario, shown, until
from tests.tui.test_instructor import choose


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path))
    (tmp_path / "saves").mkdir()
    return tmp_path


def over(student: str = "2025001") -> Game:
    """A small game that is over."""
    quiet = quiet_scenario()
    scenario = quiet.model_copy(update={"meta": quiet.meta.model_copy(update={"id": "own"})})
    holders = {each.id: "bot:idle" for each in scenario.seats} | {"director": student}
    players = crew(scenario, "idle", [each.id for each in scenario.seats if each.id != "director"])
    game = Game(scenario, 7, cast=Cast("en"), holders=holders, players=players, student=student)
    game.end()
    return game


async def opened(pilot: Any, app: CrmsimApp) -> LabReport:
    """The report of the latest game, from the control centre."""
    await press(pilot, "c")
    await choose(pilot, "Lab report")
    assert isinstance(app.screen, Reports)
    await press(pilot, "enter")
    await until(pilot, lambda: isinstance(app.screen, LabReport))
    return app.screen  # type: ignore[return-value]


@pytest.mark.covers("CTL-4")
async def test_a_report_is_written_kept_and_handed_in_by_keys_and_its_marks_are_read(home: Path) -> None:
    path = home / "saves" / "lab-one.crmsim"
    save(over(), path)
    app = app_at("director")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await opened(pilot, app)
        assert "Missing:" in shown(app)
        await press(pilot, "down", "escape")
        assert "not begun" in shown(app), "it was only looked at"
        await press(pilot, "escape")
        await opened(pilot, app)
        await press(pilot, *"ClassA", "down", "down", *"Li", "enter", "enter", "enter", "0")
        await press(pilot, "escape")
        kept = tomllib.loads((folder_of(path) / "report.toml").read_text(encoding="utf-8"))
        assert kept["head"]["class"] == "ClassA"
        assert kept["head"]["student_number"] == "2025001"
        assert kept["answers"]["contacts"]["value"] == "0"
        assert isinstance(app.screen, Reports)
        assert "begun" in shown(app)
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, LabReport))
        assert "ClassA" in shown(app)
        await press(pilot, "f10")
        assert "Answers missing" in shown(app)
        await press(pilot, "enter")
        assert (folder_of(path) / "handin.zip").exists()
        assert "handed in" in shown(app)
        await press(pilot, "f5")
        text = shown(app)
        assert "How many customers first made contact by e-mail?" in text
        assert "7 / 7" in text
        await press(pilot, "f4")
        assert "多少客户" in shown(app)


@pytest.mark.covers("CTL-4")
async def test_a_fact_is_found_by_its_words_and_cited_by_its_number(home: Path) -> None:
    path = home / "saves" / "lab-one.crmsim"
    save(over(), path)
    app = app_at("director")
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        report = await opened(pilot, app)
        await press(pilot, "f6")
        assert any("blank for facts" in each.message for each in app._notifications)
        at = next(at for at, each in enumerate(report.blanks) if each.facts)
        report.query_one(f"#blank-{at}").focus()
        await press(pilot, "f6", *"day", "enter")
        await press(pilot, "escape")
        kept = tomllib.loads((folder_of(path) / "report.toml").read_text(encoding="utf-8"))
        assert len(kept["answers"]["best_channel"]["facts"]) == 1


WORDS = "We learned to ask the customer first. Next time we improve our answers, because a customer who waits is lost. "


def handed(home: Path, student: str, text: str) -> None:
    """A game of a student with its report handed in."""
    path = home / "saves" / f"lab-{student}.crmsim"
    save(over(student), path)
    draft = Draft(replay(path), path, "en")
    for each in draft.blanks():
        if each.section == "reflection":
            draft.put(each, text)
    draft.hand_in()


@pytest.mark.covers("CTL-4", "ADM-2")
async def test_near_equal_free_words_are_marked_together_with_who_gave_the_marks(home: Path) -> None:
    handed(home, "A1", WORDS)
    handed(home, "A2", WORDS + "!")
    handed(home, "B1", "Service is what counts, and we were slow. I would call every client back on the same day.")
    app = app_at("instructor")
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        await press(pilot, "c")
        await choose(pilot, "Grades")
        await press(pilot, "w")
        screen: Any = app.screen
        assert isinstance(screen, Confirming)
        group = next(each for each in screen.groups if each[0].text.startswith("We learned"))
        assert {each.student for each in group} == {"A1", "A2"}
        screen.query_one("#people").highlighted = screen.groups.index(group)
        await pilot.pause()
        assert "Suggested" in shown(app) and "x2" in shown(app)
        await press(pilot, "enter", *["backspace"] * 4, "4", "enter")
        assert any("Say who" in each.message for each in app._notifications)
        await press(pilot, *"Chen", "enter")
        policy = read_policy(policy_path())
        given = [(each.student, each.question, each.points, each.by) for each in policy.confirmed]
        assert sorted(given) == [("A1", "reflection", 4.0, "Chen"), ("A2", "reflection", 4.0, "Chen")]
        await press(pilot, "f4")
        assert "主观题" in shown(app)


@pytest.mark.covers("CTL-4", "ADM-2")
async def test_a_folder_of_hand_ins_is_marked_on_the_same_screen_into_the_class_s_policy(
    home: Path, tmp_path: Path
) -> None:
    for student in ("A1", "A2"):
        handed(home, student, WORDS)
    files = sorted((home / "reports").glob("*/*.zip"))
    app = CrmsimApp(Wishes(), first=Confirming(waiting(files), tmp_path / "class.toml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "x2" in shown(app)
        await press(pilot, "enter", *["backspace"] * 4, "3", "tab", *"Li", "enter")
        given = read_policy(tmp_path / "class.toml").confirmed
        assert sorted((each.student, each.points, each.by) for each in given) == [("A1", 3.0, "Li"), ("A2", 3.0, "Li")]
        assert "✓" in shown(app) and not policy_path().exists()
        await press(pilot, "escape")
    assert not app.is_running


@pytest.mark.covers("CTL-4")
async def test_the_chart_of_a_report_is_chosen_by_key_and_what_was_put_in_own_words_is_kept(home: Path) -> None:
    path = home / "saves" / "lab-one.crmsim"
    save(over(), path)
    file = folder_of(path) / "report.toml"
    app = app_at("director")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await opened(pilot, app)
        assert "Chart: Overview" in shown(app)
        await press(pilot, "f7")
        assert "Chart: Customer source" in shown(app)
        await press(pilot, "escape")
        assert tomllib.loads(file.read_text(encoding="utf-8"))["charts"] == ["report-source"]
        own = file.read_text(encoding="utf-8").replace('purpose = "To run', 'purpose = "Mine: to run')
        file.write_text(own, encoding="utf-8")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, LabReport))
        assert "Chart: Customer source" in shown(app)
        await press(pilot, "escape")
        assert tomllib.loads(file.read_text(encoding="utf-8"))["purpose"].startswith("Mine: to run")


@pytest.mark.covers("ADM-2", "CTL-2")
async def test_a_mark_is_set_by_hand_only_with_who_and_why_and_only_by_who_teaches(home: Path) -> None:
    handed(home, "A1", WORDS)
    app = app_at("instructor", "director")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "c")
        await choose(pilot, "Grades")
        grades: Any = app.screen
        await until(pilot, lambda: len(grades.reports) == 1)
        await press(pilot, "o")
        assert isinstance(app.screen, Overriding)
        await press(pilot, *"85", "enter", *"Chen", "enter", "enter")
        assert "who gives it, and why" in shown(app)
        await press(pilot, *"ill", "enter")
        assert app.screen is grades
        assert "Chen set the whole mark to 85: ill" in shown(app)
        assert "→ 85" in shown(app)
        word = read_policy(policy_path()).override("A1")
        assert word is not None and (word.score, word.by, word.why) == (85.0, "Chen", "ill")
        await press(pilot, "escape", "escape")
    other = app_at("director")
    async with other.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "c")
        await choose(pilot, "Grades")
        await press(pilot, "o")
        assert isinstance(other.screen, Grades)
