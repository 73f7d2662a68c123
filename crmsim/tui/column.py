"""A column of a table: how wide it is, and its words in that width."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.text import Text

GAP = 1  # cells on either side of a value
LONGEST = 60  # cells of a value in its column, where no room is left over; the form of a row shows all of it


def shared(widths: Sequence[int], room: int) -> list[int]:
    """Columns as wide as what stands in them; long ones share what is left over of the room."""
    most = LONGEST + 2 * GAP
    left, found = max(0, room - sum(min(each, most) for each in widths)), []
    for each in widths:
        found.append(min(each, most + left))
        left -= max(0, found[-1] - most)
    return found


def fit(words: Text, width: int, right: bool) -> str:
    """Words in their column, at the side where they belong."""
    room, plain = width - 2 * GAP, words.plain
    if words.cell_len > room >= LONGEST:
        plain = set_cell_size(plain, room - 1) + "…"
    if right:
        plain = " " * (room - cell_len(plain)) + plain
    return " " * GAP + set_cell_size(plain, room) + " " * GAP


def cut(words: Text, width: int) -> str:
    """The beginning of words that have no room for all of them."""
    begun = words.copy()
    begun.truncate(width - 2 * GAP, overflow="ellipsis")
    return fit(begun, width, False)
