"""Drawings of a `Chart`: in cells for a terminal, as inline SVG for a page. Pure, and right with Chinese labels."""

from __future__ import annotations

from crmsim.charts.drawing import draw
from crmsim.charts.svg import svg

__all__ = ["draw", "svg"]
