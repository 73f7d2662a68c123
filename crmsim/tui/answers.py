"""The editor for a value made of parts, each with a kind of its own: a field for each, one below the other."""

from __future__ import annotations

from typing import Any, Self

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Select, SelectionList

from crmsim.engine.fields import Field
from crmsim.tui.field import FieldRow


class Answers(Vertical):
    """The answers are texts, as one would type them."""

    def __init__(self, parts: list[Field], view: Any, texts: tuple[str, ...]) -> None:
        super().__init__(classes="editor answers")
        self.parts, self.view, self.start = parts, view, texts

    def compose(self) -> ComposeResult:
        """A field for each part."""
        for at, part in enumerate(self.parts):
            yield FieldRow(part, self.view, {}, self._read(part, self.start[at : at + 1]))

    def _read(self, part: Field, text: tuple[str, ...]) -> Any:
        try:
            return part.kind.parse(self.view, {}, text[0]) if text and text[0] else None
        except ValueError:
            return None

    def focus(self, scroll_visible: bool = True) -> Self:
        """To the first."""
        self.query(FieldRow).first().editor.focus(scroll_visible)
        return self

    def texts(self) -> tuple[str, ...]:
        """What stands in each."""
        return tuple(_text(each.editor) for each in self.query(FieldRow))


def _text(editor: Any) -> str:
    if isinstance(editor, Select):
        return "" if editor.value is Select.NULL else str(editor.value)
    if isinstance(editor, SelectionList):
        return ", ".join(editor.selected)
    return (editor.value if isinstance(editor, Input) else str(getattr(editor, "text", ""))).strip()
