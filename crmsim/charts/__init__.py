"""Drawings of a `Chart`: in cells for a terminal, in `svg` for a page. Pure, and right with Chinese labels."""

from __future__ import annotations

from crmsim.charts.drawing import draw

__all__ = ["draw"]
