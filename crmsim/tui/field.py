"""One field of a form: its label, a way to fill it that suits its kind, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.dom import DOMNode
from textual.message import Message as Signal
from textual.widget import Widget
from textual.widgets import Input, Select, SelectionList, Static
from textual.widgets.selection_list import Selection

from crmsim.engine.fields import Choice, Field, Kind, Lines, Option, Pick, Several, Whole, Yes
from crmsim.engine.fields import Text as Words_
from crmsim.engine.proving import Proofs
from crmsim.engine.safe import safe_text
from crmsim.engine.words import Message, _
from crmsim.tui.bringing import Files, file_of
from crmsim.tui.line import Line
from crmsim.tui.lines import LinesEditor, typed, unit_of
from crmsim.tui.picks import Picks
from crmsim.tui.proving import Proving
from crmsim.tui.pull import Pull
from crmsim.tui.speech import language, tell, tell_label

if TYPE_CHECKING:
    from textual.widgets import TextArea


def begins(node: DOMNode, field: Field, view: Any, filled: dict[str, Any]) -> Any:
    """What a field begins with. A sentence is offered in the reader's language, and dots for one are not."""
    if not field.required and not field.kind.prefill:
        return field.default
    if parts_of(field.kind, view, filled):
        return field.kind.python()  # whoever is asked answers; nothing is put into anybody's mouth
    value = field.kind.suggest(view, filled)
    if isinstance(field.kind, Words_) and isinstance(value, str):
        return tell_label(node, value) if value.strip("…") else ""
    return value


def parts_of(kind: Kind, view: Any, filled: dict[str, Any]) -> list[Field]:
    """The fields that a value of this kind is made of; most are of one piece."""
    parts = getattr(kind, "parts", None)
    return parts(view, filled) if parts else []


class FieldRow(Vertical):
    """A field of an action, with its editor. Posts Changed when its value may be another."""

    class Changed(Signal):
        """The value of a field was changed by hand."""

        def __init__(self, row: FieldRow) -> None:
            super().__init__()
            self.row = row

    class Entered(Signal):
        """Enter was struck in a line of text: whatever the field belongs to is to be done."""

    def __init__(self, field: Field, view: Any, filled: dict[str, Any], value: Any, labels: Any = str) -> None:
        super().__init__(classes="field")
        self.field, self.view, self.filled, self.start = field, view, filled, value
        self.labels = labels  # how the other fields are called, for a field that is about them
        self.touched = False
        self.whole = filled  # what is filled in in all fields, as soon as they are there
        self._options = field.kind.options(view, filled)
        self._parts = parts_of(field.kind, view, filled)

    def compose(self) -> ComposeResult:
        """Label and editor on one line, the problem below when there is one."""
        self._problem = Static(classes="problem", markup=False)
        if self._parts:
            yield self._problem
            yield self._editor()  # its fields have labels of their own
            return
        with Horizontal(classes="pair"):
            label, editor = Text(tell_label(self, self.field.kind.label) + unit_of(self.field.kind)), self._editor()
            if isinstance(editor, Picks):
                label.append(f"\n{tell(self, _('Space: take or leave'))}", "dim")
            yield Static(label, classes="label", markup=False)
            yield editor
        yield self._problem

    def _editor(self) -> Widget:
        kind, value = self.field.kind, self.start
        if self._parts:
            from crmsim.tui.answers import Answers  # made of such rows

            return Answers(self._parts, self.view, value or ())
        if isinstance(kind, Proofs):
            return Proving(kind, self.labels, value or ())
        if isinstance(kind, Lines):
            return LinesEditor(self._options, value or ())
        if isinstance(kind, Several) and self._options:
            picks = [
                Selection(Text(tell(self, each.label)), each.value, each.value in (value or ()))
                for each in self._options
            ]
            return Picks(*picks, compact=True, classes="editor")
        if self._chosen_from(self._options):
            return self._pull(value)
        text = self._typed(value, self.filled)
        if isinstance(kind, Words_) and kind.long:
            from textual.widgets import TextArea  # with its own highlighting, for few forms

            return TextArea(safe_text(text, kind.most), compact=True, classes="editor long", tab_behavior="focus")
        files, hint = Files() if kind.table else None, self._left_open()
        return Line(text, compact=True, classes="editor", placeholder=hint, suggester=files)

    def _chosen_from(self, options: list[Option]) -> bool:
        return bool(options) or isinstance(self.field.kind, Pick | Choice)

    def _left_open(self) -> str:
        """What a field that may stay empty says of itself: what holds now, where a change would start from there."""
        if self.field.kind.table:
            return tell(self, _("the path of a file: Excel, OpenDocument or CSV"))
        wanted, begun = self.field.kind.wanted, getattr(self.field.kind, "start", None) is not None
        if self.field.required or (wanted is not None and wanted(self.filled)):
            return ""
        now = self._typed(self.field.kind.suggest(self.view, self.filled), self.filled) if begun else ""
        return tell(self, _("{value} if left empty", value=now) if now else _("optional"))

    def _typed(self, value: Any, filled: dict[str, Any]) -> str:
        return typed(self.field.kind, value, filled, self.field.required, language(self))

    @property
    def lacking(self) -> bool:
        """Whether this asks for a row that has to be picked."""
        return isinstance(self.field.kind, Pick) and self.display and self.field.must(self.view)

    def _unchosen(self) -> str:
        """What stands where nothing is chosen: that one chooses, or why there is nothing to choose from."""
        open_ = _("choose") if self.field.must(self.view) else _("optional")
        return tell(self, open_ if self._options else self.field.kind.nothing)

    def _pull(self, value: Any) -> Pull:
        known = any(each.value == value for each in self._options)
        blank = not self.field.required or not known or bool(getattr(self.field.kind, "optional", False))
        blank = blank and not (known and isinstance(self.field.kind, Yes))  # yes or no is all there is
        return Pull(
            [(Text(tell(self, each.label)), each.value) for each in self._options],
            prompt=self._unchosen(),
            allow_blank=blank,
            value=value if known else Select.NULL,
            compact=True,
            classes="editor",
            type_to_search=False,
        )  # fmt: skip

    @property
    def file(self) -> Path | None:
        """The file that is to be read for this field."""
        return file_of(self.editor.value) if self.field.kind.table and isinstance(self.editor, Input) else None

    @property
    def asks(self) -> tuple[str, list[Option]]:
        """What is asked here, and what there is to choose from."""
        return self.field.name, self._options

    @property
    def seen_as(self) -> str:
        """The label that stands on the screen; what is made of fields has only theirs."""
        return (self._parts[0] if self._parts else self.field).kind.label

    @property
    def asked(self) -> bool:
        """Whether it is asked at all, by what is filled in elsewhere."""
        return self.field.kind.asked is None or self.field.kind.asked(self.whole)

    @property
    def editor(self) -> Widget:
        """The widget that is filled in."""
        return self.query_one(".editor")

    def unread(self) -> Message:
        """What is said of text that is no value of this kind."""
        if self.file is not None:
            return _("Enter reads this file.")
        return _("This cannot be read; look at the example of the help.")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a line does what it does everywhere else."""
        event.stop()
        self.post_message(self.Entered())

    def editor_value(self) -> str:
        """The id or word chosen now; "" when this is no choice."""
        value = self.editor.value if isinstance(self.editor, Select) else ""
        return value if isinstance(value, str) else ""

    def value(self) -> Any:
        """What is filled in; ValueError when it cannot be a value of this kind."""
        editor, kind = self.editor, self.field.kind
        if not self.asked and not self.field.required:
            return self.field.default
        if isinstance(editor, Select):
            nothing = kind.python() if self.field.required else self.field.default
            return nothing if editor.value is Select.NULL else editor.value
        if isinstance(editor, SelectionList):
            return tuple(each.value for each in self._options if each.value in editor.selected)
        if isinstance(editor, LinesEditor):
            return editor.lines()
        if self._parts:
            return editor.texts()  # type: ignore[attr-defined]
        if isinstance(editor, Proving):
            return editor.value
        text = editor.value if isinstance(editor, Input) else getattr(editor, "text", "")
        if not text.strip() and not self.field.required:
            return self.field.default
        return kind.parse(self.view, self.filled, text)

    def read(self) -> Any:
        """What is filled in, as far as it can be read: what the other fields go by."""
        try:
            return self.value()
        except ValueError:
            return self.field.kind.python()

    def renew(self, filled: dict[str, Any]) -> None:
        """The fields before were changed: other options, another suggestion where nothing was typed yet."""
        self.filled, editor = filled, self.editor
        if isinstance(editor, Line):
            editor.placeholder = self._left_open()
        options = self.field.kind.options(self.view, filled)
        parts = parts_of(self.field.kind, self.view, filled)
        if self._needs_another(editor, options) or parts != self._parts:
            self._options, self._parts = options, parts
            self.start = begins(self, self.field, self.view, filled)
            self.call_later(self.recompose)
        elif isinstance(editor, Proving):
            editor.show(editor.kind.row(self.view, filled), self.view)
        elif isinstance(editor, Pull) and options != self._options and not isinstance(self.field.kind, Several):
            kept, self._options = editor.value, options
            stays = kept in [each.value for each in options] or not (self.field.required and options)
            suits = kept if stays else self.field.kind.suggest(self.view, filled)
            editor.prompt = self._unchosen()
            editor.offer([(Text(tell(self, each.label)), each.value) for each in options], suits)
        elif isinstance(editor, Pull) and not self.touched and self.field.kind.prefill:
            value = self.field.kind.suggest(self.view, filled)
            if value in [each.value for each in options]:
                with editor.prevent(Select.Changed):
                    editor.value = value
        elif isinstance(editor, Input) and not self.touched and (self.field.required or self.field.kind.prefill):
            suggestion = self._typed(self.field.kind.suggest(self.view, filled), filled)
            follows = self.field.kind.prefill or isinstance(self.field.kind, Whole)
            if follows and editor.value != suggestion:
                with editor.prevent(Input.Changed):
                    editor.value = suggestion

    def _needs_another(self, editor: Widget, options: list[Option]) -> bool:
        """Whether what was typed before is chosen now, or there are other items to choose from or to count."""
        if isinstance(editor, Line | Pull) and not isinstance(self.field.kind, Several):
            return self._chosen_from(options) is not isinstance(editor, Pull)
        return options != self._options and not isinstance(editor, Proving)

    @property
    def suggested(self) -> bool:
        """Whether a text stands there that nobody typed."""
        return not self.touched and not isinstance(self.editor, SelectionList) and hasattr(self.editor, "select_all")

    def put(self, value: Any) -> None:
        """Fill in a value from outside, where the kind takes it."""
        editor, kind = self.editor, self.field.kind
        if value is None or kind.refuse(self.view, self.filled, value) is not None:
            return
        self.touched = True
        if isinstance(editor, Pull) and any(each.value == value for each in self._options):
            editor.value = value
        elif isinstance(editor, Input):
            editor.value = typed(kind, value, self.filled, lang=language(self))

    def tell_problem(self, problem: Any) -> None:
        """Say below the field what is wrong; None takes the sentence away."""
        arrow = "↓" if self._parts else "↑"
        self._problem.update(Text("" if problem is None else f"{arrow} {safe_text(tell(self, problem), 200)}"))
        self.set_class(problem is not None, "-wrong")
        if problem is not None:  # all of it, where the fields scroll
            self.call_after_refresh(self.scroll_visible, animate=False)

    def _say_changed(self) -> None:
        self.post_message(self.Changed(self))

    def on_field_row_changed(self, event: FieldRow.Changed) -> None:
        """A part of this field was changed."""
        if event.row is not self:
            event.stop()
            self._say_changed()

    def on_select_changed(self, event: Select.Changed) -> None:
        """Another choice."""
        event.stop()
        self.touched = self.touched or event.select.has_focus
        self._say_changed()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another text."""
        event.stop()
        self.touched = self.touched or event.input.has_focus
        self._say_changed()

    def on_descendant_focus(self) -> None:
        """What was suggested gives way to what is typed, in a long text as in a line."""
        if self.suggested and self.editor.has_focus:
            cast("Input | TextArea", self.editor).select_all()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Another text."""
        event.stop()
        self.touched = self.touched or event.text_area.has_focus
        self._say_changed()

    def on_selection_list_selected_changed(self, event: Any) -> None:
        """Another selection."""
        event.stop()
        self._say_changed()
