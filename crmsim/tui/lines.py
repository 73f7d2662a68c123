"""How values are typed, and the editor for rows of an item and a quantity."""

from __future__ import annotations

from typing import Any

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from crmsim.engine.entity import NOT_YET
from crmsim.engine.fields import Date, Money, Percent, Whole
from crmsim.engine.kinds import Option
from crmsim.engine.words import DAY, _, day
from crmsim.tui.line import Line
from crmsim.tui.speech import tell


def typed(kind: Any, value: Any, filled: dict[str, Any] | None = None, must: bool = False, lang: str = "") -> str:
    """A value as one would type it: what the kind's `parse` reads back. In a language, a day says that it is one."""
    if value is None or (not value and not must and kind.prefill):  # nothing was said of it, which is not 0
        return ""
    if hasattr(kind, "kind"):  # a number whose form depends on what was chosen before
        kind = kind.kind(filled or {})
        if not value:
            return ""
    if isinstance(kind, Whole) and (value < kind.low or value == NOT_YET):  # "as it is": nobody names a number
        return ""
    if isinstance(kind, Money) and value == 1:  # the least there is, because nobody named an amount
        return ""
    if isinstance(kind, Money):
        return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}".removesuffix(".00")
    if isinstance(kind, Percent):
        return f"{value // 10_000}.{value % 10_000 // 100:02d}".rstrip("0").rstrip(".")
    if isinstance(kind, Date):
        if not value and not must:  # an open date is 0; day one is, where one is asked for
            return ""
        return day(value, lang) if lang else str(value // DAY + 1)
    return str(value) if isinstance(kind, Whole) else str(value or "")


def unit_of(kind: Any) -> str:
    """In what a number is typed, where that is not plain."""
    return " ¥" if isinstance(kind, Money) else " %" if isinstance(kind, Percent) else ""


class LinesEditor(VerticalScroll):
    """One line an item, with its quantity; empty or 0 leaves the item out."""

    def __init__(self, options: list[Option], value: tuple[tuple[str, int], ...]) -> None:
        super().__init__(classes="editor lines")
        self.options, self.start = options, dict(value)
        self.can_focus = False

    def compose(self) -> ComposeResult:
        """The items and their quantities."""
        for each in self.options:
            with Horizontal(classes="pair"):
                yield Line(
                    str(self.start.get(each.value, "")), compact=True, restrict="[0-9０-９]*", classes="quantity"
                )
                yield Static(Text(tell(self, each.label)), markup=False, classes="item")
        if not self.options:
            yield Static(Text(tell(self, _("There is nothing to choose from now."))), markup=False)

    def lines(self) -> tuple[tuple[str, int], ...]:
        """The items with a quantity."""
        typed_in = [each.value.strip() for each in self.query(Line)]
        return tuple(
            (each.value, int(text)) for each, text in zip(self.options, typed_in, strict=True) if text and int(text)
        )
