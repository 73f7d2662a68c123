"""A teaching sandbox: run a company's customer relations in a terminal, one seat each.

from crmsim import Game, load_scenario, replay, grade, save, open_save
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crmsim.public import Game, grade, load_scenario, open_save, replay, save

__version__ = "0.1.0"
__all__ = ["Game", "__version__", "grade", "load_scenario", "open_save", "replay", "save"]


def __getattr__(name: str) -> Any:
    """The public names, imported when they are first asked for."""
    if name in __all__:
        return getattr(import_module("crmsim.public"), name)
    raise AttributeError(f"module 'crmsim' has no attribute {name!r}")
