"""The table of planted faults fits the source and the tests: every requirement has its test and its fault."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tools.faults import ROOT, TENTHS, Fault, Outcome, plant, read_table, tenth

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
NOT_BUILT = {"GAME-11": "several people at terminals of their own need a host, which is not there yet"}
LATER = {"validation", "slow", "browser"}  # tests that the default suite leaves out
FAULTS = read_table()


def requirements() -> list[str]:
    lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    return [line.partition(" ")[0] for line in lines if line and not line.startswith("#")]


@cache
def marked() -> dict[str, tuple[set[str], set[str]]]:
    """For each test of the project the requirements it covers, and the other marks it wears."""
    found = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        whole = [mark for node in tree.body if _is_pytestmark(node) for mark in _listed(node.value)]  # type: ignore[attr-defined]
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                marks = list(_marks([*node.decorator_list, *whole]))
                covered = {id for name, ids in marks if name == "covers" for id in ids}
                found[f"{path.relative_to(ROOT).as_posix()}::{node.name}"] = (covered, {name for name, _ids in marks})
    return found


def _is_pytestmark(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and any(ast.unparse(each) == "pytestmark" for each in node.targets)


def _listed(value: ast.expr) -> list[ast.expr]:
    return list(value.elts) if isinstance(value, ast.List | ast.Tuple) else [value]


def _marks(nodes: list[ast.expr]) -> Iterator[tuple[str, list[str]]]:
    for node in nodes:
        call = node if isinstance(node, ast.Call) else None
        name = ast.unparse(call.func if call else node)
        if name.startswith("pytest.mark."):
            given = call.args if call else []
            yield name.removeprefix("pytest.mark."), [each.value for each in given if isinstance(each, ast.Constant)]


def test_every_requirement_has_its_fault_in_their_order() -> None:
    listed = requirements()
    assert len(listed) == len(set(listed)) > 100
    assert [each.requirement for each in FAULTS] == [each for each in listed if each not in NOT_BUILT]


def test_every_requirement_is_covered_by_the_default_suite() -> None:
    covered = {id for ids, marks in marked().values() if not marks & LATER for id in ids}
    assert set(requirements()) - covered == set(NOT_BUILT)


def test_what_is_covered_is_a_requirement() -> None:
    known = set(requirements())
    wrong = {name: ids - known for name, (ids, _marks) in marked().items() if ids - known}
    assert not wrong


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.requirement)
def test_a_fault_fits_its_file_and_its_test(fault: Fault) -> None:
    sound = (ROOT / fault.file).read_text(encoding="utf-8")
    assert fault.faulty(ROOT) != sound
    assert fault.file.startswith(("crmsim/", "scenarios/"))
    name = fault.test.partition("[")[0]
    assert name in marked(), f"there is no {name}"
    covered, marks = marked()[name]
    assert fault.requirement in covered and not marks & LATER, name


def test_ten_turns_plant_every_fault_once() -> None:
    planted = [each.requirement for turn in range(TENTHS) for each in tenth(FAULTS, turn + 30)]
    assert sorted(planted) == sorted(each.requirement for each in FAULTS)
    assert tenth(FAULTS, 3) == tenth(FAULTS, 13) != tenth(FAULTS, 4)


SMALL = {
    "pyproject.toml": "[tool.pytest.ini_options]\naddopts = ['-m', 'not slow']\n",
    "shop.py": "def price(pieces):\n    return pieces * 5\n\n\ndef unused():\n    return 1\n",
    "test_shop.py": "from shop import price\n\n\ndef test_price():\n    assert price(2) == 10\n",
}


def outcome(folder: Path, before: str, after: str, test: str = "test_shop.py::test_price") -> Outcome:
    for name, text in SMALL.items():
        (folder / name).write_text(text, encoding="utf-8")
    made = plant(Fault("SHOP-1", "shop.py", before, after, test), folder)
    assert {name: (folder / name).read_text(encoding="utf-8") for name in SMALL} == SMALL  # taken out again
    return made


def test_a_fault_counts_as_noticed_only_when_its_test_fails(tmp_path: Path) -> None:
    found = outcome(tmp_path, "pieces * 5", "pieces * 6")
    assert found.noticed and "12 == 10" in found.told
    for before, after, test in (
        ("return 1", "return 2", "test_shop.py::test_price"),  # nothing looks there
        ("def price", "def cost", "test_shop.py::test_price"),  # the test cannot even be gathered
        ("pieces * 5", "pieces * 6", "test_shop.py::test_gone"),
    ):
        assert not outcome(tmp_path, before, after, test).noticed


@pytest.mark.parametrize("before", ["pieces", "no such text"])
def test_a_text_that_does_not_stand_there_once_is_said(tmp_path: Path, before: str) -> None:
    found = outcome(tmp_path, before, "other")
    assert not found.noticed and "not once" in found.told
