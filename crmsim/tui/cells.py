"""The cells of a table: a row's values in their columns' form, and by what a column sorts."""

from __future__ import annotations

import re
from typing import Any

from rich.text import Text
from textual.dom import DOMNode

from crmsim.crm.naming import cell_of
from crmsim.engine.desk import Column
from crmsim.engine.words import in_form
from crmsim.tui.speech import language, tell


def cell(node: DOMNode, column: Column, row: Any, view: Any) -> Text:
    """A value of a table as it stands in its cell; data stays data, markup or not."""
    value = cell_of(view, column, row)
    if value is None:
        return Text("")
    if isinstance(value, int):
        shown = in_form(column.form, value, language(node), view.scenario.calendar.dates)
        right = column.form in {"", "money", "percent", "span"}
        # a number shows whole or not at all, a date as well
        return Text(shown, justify="right" if right else "left", no_wrap=True)
    told = tell(node, value)
    return Text((excerpt(told) if column.form == "page" else told).replace("\n", " "))


def excerpt(page: str) -> str:
    """The words of a page without its headings and marks."""
    lines = [each.strip() for each in page.splitlines() if each.strip() and not each.lstrip().startswith("#")]
    return re.sub(r"[*_`]{1,3}|\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(lines))


def sort_key(node: DOMNode, column: Column, row: Any, view: Any) -> tuple[int, int, str]:
    """By what a column's rows are sorted: numbers by size, words by their letters, empty ones last."""
    value = cell_of(view, column, row)
    if value is None:
        return (2, 0, "")
    return (0, value, "") if isinstance(value, int) else (1, 0, tell(node, value).casefold())
