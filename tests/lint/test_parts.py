"""What a commit does not run another one does."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import chain
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.parts import part_of
from tests.together import scope
from tools.faults import turn_of_commit


@pytest.mark.parametrize("of", [1, 3, 5])
def test_every_test_belongs_to_exactly_one_part(of: int) -> None:
    whole = list(range(17))
    parts = [part_of(whole, f"{at}/{of}", turn=4) for at in range(1, of + 1)]
    assert sorted(chain(*parts)) == whole
    assert sorted(chain(*(part_of(whole, str(of), turn) for turn in range(of)))) == whole
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


def test_commits_have_all_parts_in_turn_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    for of in (3, 8, 12):
        turns = []
        for commit in range(of):
            told = SimpleNamespace(returncode=0, stdout=f"{commit:040x}\n")
            monkeypatch.setattr("tools.faults.subprocess.run", lambda *_how, told=told, **_more: told)
            turns.append(turn_of_commit())
        assert sorted(chain(*(part_of(range(of), str(of), turn) for turn in turns))) == list(range(of))


@pytest.mark.parametrize(
    ("nodeid", "statistics", "wanted"),
    [
        ("tests/flows/test_a.py::test_x[1]", False, "tests/flows/"),
        ("tests/flows/test_a.py::test_x[1]", True, "tests/flows/test_a.py::test_x[1]"),
        ("tests/validation/test_bots.py::test_y", True, "tests/validation/test_bots.py"),
        ("tests/tui/test_b.py::test_z", False, "tests/tui/test_b.py::test_z"),
    ],
)
def test_tests_of_the_same_games_share_a_process(nodeid: str, statistics: bool, wanted: str) -> None:
    assert scope(nodeid, statistics) == wanted


RECORDED = """
import os, pytest, time
from pathlib import Path
from types import SimpleNamespace

FILE = Path(__file__)
RAN, ANOTHER = FILE.parents[2] / "ran", FILE.parents[2] / "another"
if RAN.exists() and not ANOTHER.exists():  # a process that takes the place of the first that ended
    ANOTHER.touch()
    time.sleep(2)

@pytest.mark.parametrize("number", range(6))
def test_x(number):
    test = f"{FILE.stem[-1]}{number}"
    with RAN.open("a") as ran:
        ran.write(f"{test} {os.getpid()}\\n")
    while test == "b2" and not ANOTHER.exists():
        time.sleep(0.05)
    if test in {"b2", "d4"}:
        os._exit(9)
"""


def test_the_processes_are_given_what_belongs_together_and_each_test_once_whatever_ends_under_it(
    tmp_path: Path,
) -> None:
    """Whatever versions of pytest and xdist there are: the tests of a folder run in one process, or in two where the
    first ended under one of them; d's are singles. The second process ends while another for the first only begins."""
    for name in ("flows/test_a", "flows/test_b", "flows/test_c", "tui/test_d"):
        path = tmp_path / "tests" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(RECORDED, encoding="utf-8")
    (tmp_path / "conftest.py").write_text(
        "from tests.together import Together\n"
        "def pytest_xdist_make_scheduler(config, log):\n    return Together(config, log)\n"
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-n2", "-q", "--import-mode=importlib", "tests"]
    root = Path(__file__).parents[2]
    found = subprocess.run(command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(root)}, capture_output=True,
                           text=True, timeout=240, check=False)  # fmt: skip
    assert "2 failed, 22 passed" in found.stdout, found.stdout
    ran = [line.split() for line in (tmp_path / "ran").read_text(encoding="utf-8").splitlines()]
    assert sorted(test for test, _by in ran) == [f"{file}{number}" for file in "abcd" for number in range(6)]
    before, after = [], []
    for test, by in ran:
        if test[0] != "d":
            (before if test <= "b2" else after).append(by)
    assert len(set(before)) == len(set(after)) == 1
