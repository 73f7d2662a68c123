"""How customers talk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmsim.engine.facts import Fact

if TYPE_CHECKING:
    from crmsim.market.life import Doing, Hearing

hears: dict[type[Fact], Hearing] = {}
plans: dict[str, Doing] = {}
by_nature: dict[str, None] = {}
