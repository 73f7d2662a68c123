"""What lies over other widgets keeps its wide characters whole. Textual cuts each line at every widget's edge, at those
that are covered as well, and draws half a wide character as a blank: a message over two panels lost some words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets._toast import Toast

Chops = Sequence[Mapping[int, Strip]]
_cuts: Callable[[Compositor], list[list[int]]] = Compositor.cuts.fget  # type: ignore[attr-defined]
_render_chops = Compositor._render_chops
_render_update = Compositor.render_update


def covers(compositor: Compositor) -> list[Region]:
    """Where something lies over the rest: messages, and lists that were pulled down."""
    return [
        region.intersection(clip)
        for widget, (region, clip) in compositor.visible_widgets.items()
        if isinstance(widget, Toast) or widget.styles.overlay == "screen"
    ]


def cuts(compositor: Compositor) -> list[list[int]]:
    """The edges that show."""
    if compositor._cuts is None:
        found, over = _cuts(compositor), covers(compositor)
        for each in over:
            for y in each.line_range:
                found[y] = [x for x in found[y] if not each.x < x < each.right]
        compositor._covered = bool(over)  # type: ignore[attr-defined]
        compositor._cuts = found
    return compositor._cuts


def render_chops(compositor: Compositor, crop: Region, is_rendered_line: Callable[[int], bool]) -> Chops:
    """As Textual does it, for widgets of which a part is covered, too: the first that fills a place has it."""
    edges = cuts(compositor)
    if not getattr(compositor, "_covered", False):
        return _render_chops(compositor, crop, is_rendered_line)
    chops: list[dict[int, Any]] = [dict.fromkeys(each[:-1]) for each in edges]
    for region, clip, strips in compositor._get_renders(crop):
        shown = region.intersection(clip)
        for y, strip in zip(shown.line_range, strips, strict=False):
            places = [x for x in edges[y] if shown.x <= x <= shown.right]
            if len(places) < 2 or not is_rendered_line(y):
                continue
            covered = int(places[0] != shown.x)  # what lies before the first edge that shows
            parts = strip.divide([x - shown.x for x in places[1 - covered :]])
            for x, part in zip(places, list(parts)[covered:], strict=False):
                if chops[y].get(x) is None:
                    chops[y][x] = part
    return cast(Chops, chops)


def render_update(compositor: Compositor, full: bool = False, *args: Any, **more: Any) -> Any:
    """All of it while something lies over the rest: what is drawn anew below would begin within a wide character."""
    return _render_update(compositor, full or bool(covers(compositor)), *args, **more)


def install() -> None:
    """For every screen."""
    Compositor.render_update = render_update  # type: ignore[method-assign,assignment]
    Compositor.cuts = property(cuts)  # type: ignore[assignment]
    Compositor._render_chops = render_chops  # type: ignore[method-assign,assignment]
