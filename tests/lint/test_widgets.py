"""The interface has one widget a file."""

from __future__ import annotations

import importlib
import pkgutil

from textual.app import App
from textual.widget import Widget

from crmsim import tui


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
