"""What a screen says: words in the reader's language, values in their form, faces and lengths."""

from __future__ import annotations

import re
from typing import Any

from rich.text import Text
from textual.dom import DOMNode

from crmsim.crm.naming import cell_of
from crmsim.engine.action import Action, help_of, label_of
from crmsim.engine.desk import Column
from crmsim.engine.safe import safe_text
from crmsim.engine.words import FORMS, Words, render, translate

LONGEST = 20_000  # letters of one text on a screen
FACES = (">:(", ":-/", ":-|", ":-)", ":-D")


def language(node: DOMNode) -> str:
    """The language in which a widget speaks: its app's."""
    return str(getattr(node.app, "lang", "en"))


def tell(node: DOMNode, words: Words | int) -> str:
    """Words as this widget's reader sees them; whatever people wrote in them is safe to show."""
    return safe_text(render(words, language(node)), LONGEST)


def tell_label(node: DOMNode, source: Words) -> str:
    """A declared label or docstring in the reader's language."""
    return translate(source, language(node))


def tell_action(node: DOMNode, action: type[Action]) -> str:
    """An action's short name."""
    return translate(label_of(action), language(node))


def tell_help(node: DOMNode, action: type[Action]) -> str:
    """What an action does, with its sentence for newcomers."""
    parts = [translate(help_of(action), language(node)), translate(action.teach, language(node))]
    return " ".join(each for each in parts if each)


def cell(node: DOMNode, column: Column, row: Any, view: Any) -> Text:
    """A value of a table as it stands in its cell; data stays data, markup or not."""
    value = cell_of(view, column, row)
    if value is None:
        return Text("")
    if isinstance(value, int):
        form = FORMS.get(column.form)
        shown = form(value, language(node)) if form else str(value)
        return Text(shown, justify="right" if column.form in {"", "money", "percent", "span"} else "left")
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
