"""What a commit does not run another one does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

from tests.parts import part_of
from tests.together import scope


@pytest.mark.parametrize("of", [1, 3, 5])
def test_every_test_belongs_to_exactly_one_part(of: int) -> None:
    whole = list(range(17))
    parts = [part_of(whole, f"{at}/{of}", turn=4) for at in range(1, of + 1)]
    assert sorted(chain(*parts)) == whole
    assert sorted(chain(*(part_of(whole, str(of), turn) for turn in range(of)))) == whole
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


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


def test_the_processes_are_given_what_belongs_together(tmp_path: Path) -> None:
    """Whatever versions of pytest and xdist there are: the tests of a folder run in one process."""
    folder = tmp_path / "tests" / "flows"
    folder.mkdir(parents=True)
    for each in "abcdef":
        (folder / f"test_{each}.py").write_text(
            "import os\ndef test_x(record_property):\n    record_property('by', os.getpid())\n"
        )
    (tmp_path / "conftest.py").write_text(
        "from tests.together import Together\n"
        "def pytest_xdist_make_scheduler(config, log):\n    return Together(config, log)\n"
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\njunit_family = xunit1\n")
    command = [sys.executable, "-m", "pytest", "-n2", "--junitxml=found.xml", "--import-mode=importlib", "tests"]
    root = Path(__file__).parents[2]
    subprocess.run(command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(root)}, check=True, timeout=120)
    by = re.findall(r'name="by" value="(\d+)"', (tmp_path / "found.xml").read_text(encoding="utf-8"))
    assert len(by) == 6 and len(set(by)) == 1
