"""The interface has one widget a file, and names nothing of the business: that is declared where it belongs."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from functools import cache
from pathlib import Path

from textual.app import App
from textual.widget import Widget

from crmsim import tui
from crmsim.roles import ACTIONS
from crmsim.scenarios.bundle import bundled
from crmsim.scenarios.loader import load_scenario


def widgets(module: str) -> list[str]:
    """The widgets that a module declares."""
    kinds = vars(importlib.import_module(module)).values()
    mine = [each for each in kinds if isinstance(each, type) and each.__module__ == module]
    return sorted(each.__name__ for each in mine if issubclass(each, Widget | App))


def test_a_file_holds_one_widget() -> None:
    """But for what all screens are made from."""
    found = {each.name: widgets(each.name) for each in pkgutil.iter_modules(tui.__path__, f"{tui.__name__}.")}
    assert sum(len(each) == 1 for each in found.values()) > 40
    assert {name: each for name, each in found.items() if len(each) > 1} == {
        "crmsim.tui.room": ["Room", "Shared", "Sheet"]
    }


@cache
def words() -> frozenset[str]:
    """The scenarios that come with the game, the roles of their seats, and the actions."""
    seats = {role for name in bundled() for seat in load_scenario(name).seats for role in seat.roles}
    return frozenset({*bundled(), *seats, *(each.__name__ for each in ACTIONS)})


def named(path: Path) -> set[str]:
    """What a module of the interface names of the business itself: a scenario, a role, an action."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and node.value in words():
            found.add(str(node.value))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("crmsim.roles"):
            found |= {each.name for each in node.names} - {"ACTIONS", "TABLES"}  # the two registers
    return found


def test_the_interface_names_no_action_no_role_and_no_scenario() -> None:
    here = Path(tui.__path__[0])
    assert {path.name: found for path in sorted(here.glob("*.py")) if (found := named(path))} == {}


def test_a_planted_name_is_found(tmp_path: Path) -> None:
    path = tmp_path / "screen.py"
    path.write_text("from crmsim.roles.talking import Speak\nif seat == 'director':\n    open('first_day')\n")
    assert named(path) == {"Speak", "director", "first_day"}
