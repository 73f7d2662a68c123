"""The form of any action: its fields by their kinds, suggestions filled in, the price before it is done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Group
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Label, Static

from crmsim.engine.action import Action, fields_of
from crmsim.engine.errors import CrmsimError
from crmsim.engine.proving import Proofs
from crmsim.engine.words import N_, Message, Words, _
from crmsim.tui.about import about
from crmsim.tui.ask import Ask
from crmsim.tui.bringing import bring
from crmsim.tui.draft import Draft
from crmsim.tui.field import FieldRow, begins
from crmsim.tui.foot import Foot
from crmsim.tui.hint import Hint
from crmsim.tui.lesson import at_form
from crmsim.tui.price import price
from crmsim.tui.proving import Proving
from crmsim.tui.room import Sheet
from crmsim.tui.session import Session
from crmsim.tui.speech import tell, tell_action, tell_help, tell_label

WIDE = 110  # columns from which everything stands beside everything
ROOMY = 20  # lines below which help and hints leave their place to the fields


class Form(Sheet[tuple[Any, ...]]):
    """Asks what an action asks, does it, and gives the facts that it made."""

    BINDINGS = [
        Binding("enter", "submit", N_("Do it"), show=False),
        Binding("f10", "submit", N_("Do it")),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(
        self,
        session: Session,
        action: type[Action],
        filled: dict[str, Any] | None = None,
        each: tuple[str, list[str]] = ("", []),
        why: Words | None = None,
    ) -> None:
        super().__init__()
        self.session, self.action, self.handed = session, action, dict(filled or {})
        self.draft = Draft(session, action, self.handed, each[1])
        self.given = self.handed | self.draft.values
        self.why = why
        self.warned = False  # that something was not asked in the talk was said
        self.refused = False  # nothing is wrong with a single field, but the whole is refused
        self.one_by_one = each  # a field, and the rows it is to be done with one after another

    def compose(self) -> ComposeResult:
        """Heading, help, the fields, the price, two buttons."""
        with Vertical(classes="box"):
            yield Label(Text(tell_action(self, self.action)), classes="heading")
            yield Static(Text(tell_help(self, self.action)), classes="help", markup=False)
            yield Static(id="about", markup=False)
            rows = self._rows()
            beside = [each for each in rows if isinstance(each.field.kind, Proofs)]
            with Horizontal(id="sides"):
                with VerticalScroll(id="fields", can_focus=False):
                    yield from (each for each in rows if each not in beside)
                if beside:
                    with VerticalScroll(id="beside", can_focus=False):
                        yield from beside
            yield Static(id="price", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(Text(tell(self, _("Do it"))), id="do", variant="primary", compact=True)
                yield Button(Text(tell(self, _("Back"))), id="back", compact=True)
                if self.draft.values:
                    yield Button(Text(tell(self, _("Begin anew"))), id="anew", compact=True)
        yield Hint()
        yield Foot()

    @property
    def rows(self) -> list[FieldRow]:
        """The fields of the action; what a field is made of has fields of its own."""
        return list(self.query("#sides > VerticalScroll > FieldRow").results(FieldRow))

    def _rows(self) -> list[FieldRow]:
        filled, rows = dict[str, Any](), list[FieldRow]()
        for name, field in fields_of(self.action).items():
            value = self.given[name] if name in self.given else begins(self, field, self.session.view, filled)
            filled[name] = value
            rows.append(FieldRow(field, self.session.view, dict(filled), value, self._label))
        self._show_asked(rows, filled)
        return rows

    def _show_asked(self, rows: Iterable[FieldRow], filled: dict[str, Any]) -> None:
        """Fields that what is filled in makes needless are not asked."""
        for row in rows:
            row.whole = filled
            row.display = row.field.name != self.one_by_one[0] and row.asked

    def _label(self, name: str) -> str:
        return fields_of(self.action)[name].kind.label

    def on_resize(self) -> None:
        """The fields scroll where there is no room for all, so that price and buttons stay in sight."""
        self.call_after_refresh(self._fit)

    @property
    def _tight(self) -> bool:
        """Whether a conversation stands beside the fields, and takes the place of what is told above them."""
        return self.app.size.width < WIDE and self.query_one(".box").has_class("-beside")

    def _fit(self) -> None:
        for fields in self.query("#sides"):  # none, when it was left before it was laid out
            hint = self.query_one(Hint)
            self.query_one(".help").display = self.size.height >= ROOMY and not self._tight
            self.set_class(self.size.height < ROOMY, "-flat")
            hint.display = hint.display and self.size.height >= ROOMY
            others = [each for each in self.query_one(".box").children if each is not fields and each.display]
            taken = 3 + sum(each.outer_size.height + each.styles.margin.height for each in others)
            fields.styles.max_height = max(3, self.size.height - taken - hint.display * hint.outer_size.height)

    def on_mount(self) -> None:
        """Ready to be done, or the first open field is asked, proofs before all; what was said hides no button."""
        self.app.clear_notifications()
        for proving in self.query(Proving):
            proving.show(proving.kind.row(self.session.view, self._values()[0]), self.session.view)
            self.query_one(".box").set_class(bool(proving.keyed), "-beside")
            self.query_one(".help").display = not self._tight  # at once: what is laid out twice jumps
        problems = self._look()
        self.draft.begin(self._values()[0])
        self.call_after_refresh(self._fit)
        tables = [row.editor for row in self.rows if row.field.kind.table]
        asked = next(iter([*(each for each in self.query(Proving) if each.keyed), *tables]), None)
        if asked is not None:
            asked.focus()
            return
        wrong = next((row for row in self.rows if row.field.name in problems), None)
        if wrong is None:
            fields = [row for row in self.rows if row.display and row.field.name not in self.given]
            (fields[0].editor if fields and self.refused else self.query_one("#do", Button)).focus()
        else:
            wrong.editor.focus()
            if wrong.field.name in self.given:  # what was handed over does not fit any more: say so at once
                wrong.tell_problem(problems[wrong.field.name])

    def _tell_about(self) -> None:
        """What the chosen row shows in its table, so that nobody decides blind."""
        chosen = {row.field.name: row.editor_value() for row in self.rows if row.display}
        why, rows = self.why if self.draft.fits(chosen) else None, self.one_by_one[1]
        parts = about(self, self.session, self.action, chosen.items(), why, rows, bool(self.draft.values))
        (place := self.query_one("#about", Static)).update(Group(*parts))
        place.display = bool(parts) and not self._tight

    def retell(self) -> None:
        """In the new language; what was filled in stays."""
        values, meant = self._values()[0], [row.field.name for row in self.rows if not row.suggested]
        self.given |= {name: values[name] for name in meant if values[name] is not None}
        super().retell()

    def explained(self) -> list[tuple[str, str]]:
        """What the action does, and how its fields are filled in."""
        kinds = [each.kind for each in fields_of(self.action).values() if each.kind.help]
        more = [(tell_label(self, each.label), tell_label(self, each.help)) for each in kinds]
        return [(tell_action(self, self.action), tell_help(self, self.action)), *more]

    def hint(self) -> None:
        """The hints were switched on or off."""
        self._look()

    async def _again(self) -> None:
        held = [at for at, row in enumerate(self.rows) if row.has_focus_within]
        await self.recompose()
        self.on_mount()
        for at in held:
            self.rows[at].editor.focus()

    def _values(self) -> tuple[dict[str, Any], dict[str, Message]]:
        """The values so far, and what is wrong with any of them."""
        values: dict[str, Any] = {}
        problems: dict[str, Message] = {}
        for row in self.rows:
            name, kind = row.field.name, row.field.kind
            try:
                value = row.value()
            except ValueError:
                problems[name] = row.unread()
                values[name] = None
                continue
            said = row.field.required or row.lacking or value != row.field.default
            problem = kind.refuse(self.session.view, values, value) if said else None
            if problem is not None:
                problems[name] = problem
            values[name] = value
        return values, problems

    def _look(self) -> dict[str, Message]:
        """Check all fields, and say what the action costs or why it is refused, and the next step."""
        problems = self._check()
        lesson, line = self.session.lesson, self.query_one(Hint)
        first = next((row.seen_as for row in self.rows if row.field.name in problems), None)
        wrong = None if first is None else _("{field:label}", field=first)
        if lesson.on and self.size.height >= ROOMY:
            proving = any(each.has_focus for each in self.query(Proving))
            line.say(at_form(lesson, wrong, proving, self.refused), lesson.told("form"), mark=True)
        else:
            line.display = False
        return problems

    def _check(self) -> dict[str, Message]:
        self._tell_about()
        values, problems = self._values()
        line = self.query_one("#price", Static)
        if problems:
            line.update("")
            return problems
        why = self.session.why_not(action := self.action(**values))
        self.refused = why is not None
        if why is not None:
            line.update(Text(tell(self, why), self.app.theme_variables["warning"]))
            return problems
        line.update(Text(price(self, self.session, action, max(1, len(self.one_by_one[1]))), "dim"))
        return problems

    def _lacking(self) -> dict[str, Message]:
        """Open fields that the talk should have brought; those that were not told are asked for once."""
        fields = {row.field.name: row.field for row in self.rows}
        found: dict[str, Message] = {}
        for proving in self.query(Proving):
            found |= proving.lacking(fields, self._values()[0], self.session.view, not self.warned)
        self.warned = self.warned or bool(found)
        return found

    def on_field_row_changed(self, event: FieldRow.Changed) -> None:
        """Later fields depend on earlier ones; what is wrong is said at once."""
        filled, rows = dict[str, Any](), self.rows
        if self.gone or event.row not in rows:
            return
        for at, row in enumerate(rows):
            if at > rows.index(event.row):
                row.renew(dict(filled))
            filled[row.field.name] = row.read()
        self._show_asked(rows, filled)
        event.row.tell_problem(self._look().get(event.row.field.name))
        self.call_after_refresh(self._fit)

    def on_field_row_entered(self) -> None:
        """Enter in a line of text."""
        self.action_submit()

    def on_descendant_focus(self) -> None:
        """To the proofs and from them, there is another next step."""
        if self.query(Proving):
            self.call_after_refresh(self.hint)
            self.call_after_refresh(self._fit)

    def on_proving_picked(self, event: Proving.Picked) -> None:
        """The line that was picked fills in the field that it proves."""
        event.stop()
        row = next(each for each in self.rows if each.field.name == event.field)
        proving = self.query_one(Proving)
        row.put(proving.kind.told(proving.kind.row(self.session.view, self._values()[0]), event.field, event.line))
        row.scroll_visible(animate=False)
        row.tell_problem(self._look().get(event.field))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do it, or back."""
        event.stop()
        if event.button.id == "do":
            self.action_submit()
        elif event.button.id == "anew":
            self.draft.forget()
            self.given = dict(self.handed)
            self.call_later(self._again)
        else:
            self.action_leave()

    def action_leave(self) -> None:
        """Away; what was filled in is kept, and stands there again when the same form is opened."""
        if self.draft.leave(self._values()[0]):
            self.say(_("Kept as a draft; it stands here when you come back."))
        super().action_leave()

    def action_submit(self) -> None:
        """Do it when nothing is wrong; what a file is to bring is looked at first."""
        if bring(self, self.session, (row.file for row in self.rows)):
            return
        problems = self._look() or self._lacking()
        for row in self.rows:
            row.tell_problem(problems.get(row.field.name))
        wrong = next((row for row in self.rows if row.field.name in problems), None)
        if wrong is not None:
            wrong.editor.focus()
            return
        if self.action.confirm and not self.refused:
            question = _("{action}: this cannot be taken back. Do it?", action=tell_action(self, self.action))
            self.app.push_screen(Ask(question, _("Do it")), lambda sure: self._do() if sure else None)
        else:
            self._do()

    def _do(self) -> None:
        if self.gone:
            return
        values, (name, rows), facts = self._values()[0], self.one_by_one, tuple[Any, ...]()
        try:
            for row in rows or [""]:
                facts += self.session.do(self.action(**(values | {name: row} if name else values)))
        except CrmsimError as error:
            self.query_one("#price", Static).update(Text(tell(self, error.message), self.app.theme_variables["error"]))
            if not facts:
                return
            self.say(error.message, "warning")
        self.draft.forget()
        self.dismiss(facts)
