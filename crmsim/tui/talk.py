"""A conversation under the hand: what was said, what is known, the mood, the moves by digit, the words first."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Select, Static

from crmsim.engine.action import Action, fields_of, label_of
from crmsim.engine.desk import Conversation
from crmsim.engine.errors import CrmsimError
from crmsim.engine.words import N_, _
from crmsim.tui.advice import tell_elsewhere
from crmsim.tui.attending import Attending
from crmsim.tui.conversing import MOVE, extras_of, meant, moves_of, who_is_next, words_field
from crmsim.tui.field import FieldRow
from crmsim.tui.foot import Foot
from crmsim.tui.hint import Hint
from crmsim.tui.known import learned, mood
from crmsim.tui.lesson import in_talk
from crmsim.tui.moves import Move, Moves
from crmsim.tui.others import listed
from crmsim.tui.price import price
from crmsim.tui.saying import Saying
from crmsim.tui.session import Session
from crmsim.tui.speech import tell
from crmsim.tui.timed import TICK
from crmsim.tui.transcript import Transcript


class TalkRoom(Attending):
    """One conversation. Its moves and what goes with them derive from the action that carries it on."""

    BINDINGS = [
        Binding("enter", "speak", N_("Say it")),
        Binding("e", "edit", N_("Own words")),
        Binding("tab", "extras", N_("Details"), show=False),
        Binding("9", "paper(0)", N_("The first other paper"), show=False),
        Binding("0", "turn", N_("More moves"), show=False),
        Binding("f5,o", "papers", N_("Other papers")),
        Binding("f", "file", N_("Customer file")),
        Binding("w", "wait", N_("Wait until needed")),
        Binding("escape", "back", N_("Back")),
        Binding("pageup,up", "scroll_said(-1)", N_("What was said before"), show=False),
        Binding("pagedown,down", "scroll_said(1)", N_("What was said last"), show=False),
        Binding("question_mark", "help", N_("Help"), show=False),
    ]

    def __init__(self, session: Session, action: type[Action], field: str, id: str) -> None:
        super().__init__(session, action, field, id)
        self.move = ""
        self._draft = session.seat, id
        self.words_field = words_field(action)
        self._seen = -1

    @property
    def draft(self) -> str:
        """Own words that were typed and not said yet; they are kept when one leaves and comes back."""
        return self.session.drafts.get(self._draft, "")

    @draft.setter
    def draft(self, words: str) -> None:
        self.session.drafts[self._draft] = words

    def compose(self) -> ComposeResult:
        """Transcript left, what is known right, moves and words below."""
        with Horizontal(id="talk"):
            with Vertical(id="said"):
                yield Transcript()
                yield Saying()
                yield Moves()
            with VerticalScroll(id="known", can_focus=False):
                yield Static(id="mood", markup=False)
                yield Static(id="learned", markup=False)
                yield Vertical(id="extras")
                yield Static(id="others", markup=False)
        yield Hint()
        yield Foot()

    def on_mount(self) -> None:
        """The first look; no line of before stands over the moves."""
        self.app.clear_notifications()
        self.look()
        self.set_interval(TICK, self._tick)

    def on_screen_resume(self) -> None:
        """Something may have been done on a sheet above."""
        self.look() if self.is_mounted else None

    def _tick(self) -> None:
        if self.app.screen is self and self.session.minute != self._seen:
            self.look()

    def retell(self) -> None:
        """In the new language."""
        self.look()
        if self.move:
            self.choose(self.move)

    def look(self) -> None:
        """Show the conversation as it stands."""
        row, self._seen = self.row, self.session.minute
        if row is None or self.session.ended:
            if self.is_current:  # a paper may have handed it over; both it and its sheet's end lead here
                self.app.pop_screen()
            return
        talk: Conversation = row.conversation(self.session.view)
        self.query_one(Transcript).show(talk, self.session.named)
        self.query_one("#mood", Static).update(mood(self, talk, self.session.minute))
        self.query_one("#learned", Static).update(learned(self, talk))
        moves = self.query_one(Moves)
        if talk.turn and self._open():
            moves.show(self._moves(), self.move)
        else:
            self.move = ""
            moves.show([], "")
        self.query_one("#others", Static).update(listed(self, self.others))
        if not self.move:
            paper = any(now for _kind, _name, now in self.others)
            self.saying.tell(who_is_next(talk, bool(moves.moves), self.draft, paper))
        self.hint()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is said where it is not one's turn, and no time is lost where nobody will answer."""
        if action in {"speak", "edit"} and self.is_mounted:
            return bool(self.query_one(Moves).moves)
        if action == "wait" and self.is_mounted and (row := self.row) is not None:
            return not row.conversation(self.session.view).over
        return super().check_action(action, parameters)

    def hint(self) -> None:
        """The next step while one learns."""
        lesson, line, row = self.session.lesson, self.query_one(Hint), self.row
        if lesson.on and row is not None:
            moves = self.query_one(Moves)
            digits = "".join(key for key, _id, _name in moves.moves)
            talk: Conversation = row.conversation(self.session.view)
            begun = self.action.teach if any(each.mine for each in talk.lines) else ""
            # what costs and cannot be taken back is not what anybody is told to do next
            paper = next((label_of(each) for each, _name, now in self.others[:1] if now and not each.confirm), "")
            more = len(moves.pages) > 1
            step = in_talk(lesson, digits, bool(self.move), paper, talk.over, self.saying.typing, more, begun)
            line.say(step, lesson.told("talk"), mark=True)
        else:
            line.display = False

    def _open(self) -> bool:
        kind = fields_of(self.action)[self.field].kind
        return kind.refuse(self.session.view, {}, self.row_id) is None

    def _moves(self) -> list[Move]:
        return moves_of(self, self.session, self.action, self.field, self.row_id)

    @property
    def saying(self) -> Saying:
        """What is about to be said."""
        return self.query_one(Saying)

    # -- choosing and saying

    def choose(self, move: str) -> None:
        """This move: its words are shown before they go."""
        self.move = move
        self.query_one(Moves).chosen = move
        self.call_later(self._ask_extras)

    async def _ask_extras(self, changed: FieldRow | None = None) -> None:
        """The fields that may go with a move, as it suits the kind of each; those up to one that was changed stay."""
        place, view = self.query_one("#extras", Vertical), self.session.view
        rows = list(place.query(FieldRow))
        if changed is not None and changed not in rows:
            return  # it went with its move
        kept = rows[: rows.index(changed) + 1] if changed is not None else []
        filled = {self.field: self.row_id, MOVE: self.move} | {row.field.name: row.read() for row in kept}
        fresh = []
        for each in extras_of(self.action, filled, self.words_field):
            value = meant(view, each, filled, self.draft)
            fresh.append(FieldRow(each, view, dict(filled), value))
            filled[each.name] = value
        if not kept or [row.asks for row in fresh] != [row.asks for row in rows[len(kept) :]]:
            for row in rows[len(kept) :]:
                await row.remove()
            await place.mount_all(fresh)
        self._preview()

    def _action(self) -> Action | None:
        filled: dict[str, Any] = {self.field: self.row_id, MOVE: self.move}
        for row in self.query(FieldRow):
            try:
                filled[row.field.name] = row.value()
                row.tell_problem(None)
            except ValueError:
                row.tell_problem(row.unread())
                return None
        if self.words_field and self.draft:
            filled[self.words_field] = self.draft
        return self.action(**filled)

    def _preview(self) -> None:
        """The words before they go, with their price; of own words it is asked whether this move is meant."""
        action = self._action() if self.move else None
        if action is None:
            return
        why = self.session.why_not(action)
        if why is not None:
            self.saying.tell(why)
            return
        entity = fields_of(self.action)[self.field].kind.entity  # type: ignore[attr-defined]
        words, below = self.session.words_of(action, entity, self.row_id), price(self, self.session, action)
        if self.draft:
            name = next((name for _key, id, name in self._moves() if id == self.move), "")
            asked = _("You mean “{move}”? Enter says it, a digit takes another move.", move=name)
            below = f"{tell(self, asked)}  {below}"
        self.saying.offer(words, below)
        self.hint()

    def on_field_row_changed(self, event: FieldRow.Changed) -> None:
        """With other details the words change, and what else is asked."""
        if isinstance(event.row.editor, Select):
            self.call_later(self._ask_extras, event.row)
        else:
            self._preview()

    def on_field_row_entered(self) -> None:
        """Enter in a detail says it."""
        self.action_speak()

    def on_moves_chosen(self, event: Moves.Chosen) -> None:
        """A click on a move."""
        self.choose(event.move)

    def on_moves_turned(self) -> None:
        """Another page, other digits."""
        self.hint()

    def on_key(self, event: events.Key) -> None:
        """A move by its digit; a Chinese character begins one's own words."""
        character, moves = event.character or "", self.query_one(Moves).moves
        begun = self.saying.typing and self.focused is None and character.isprintable()
        if begun or (self.words_field and "\u4e00" <= character <= "\u9fff" and moves):
            event.stop()
            event.prevent_default()  # here it is no stray one
            self.saying.type(character)
            return
        move = next((id for key, id, _name in moves if key == character), None)
        if move is not None and character not in {"9", "0"}:
            event.stop()
            event.prevent_default()
            self.choose(move)

    def action_speak(self) -> None:
        """Say the words that are shown."""
        action = self._action() if self.move and not self.saying.typing else None
        if action is None:
            self.saying.finish() if self.saying.typing else self.look()
            return
        try:
            self.session.do(action)
        except CrmsimError as error:
            self.saying.tell(error.message)
            return
        self.move = self.draft = ""
        self.query_one("#extras", Vertical).remove_children()
        self.set_focus(None)
        self.look()

    def action_edit(self) -> None:
        """Say it in one's own words: those of the move that was chosen, or a move is found for them."""
        if self.words_field and self.query_one(Moves).moves:
            self.saying.open(self.saying.shown if self.move else self.draft)
            self.hint()
        else:
            self.look()

    def on_saying_typed(self, event: Saying.Typed) -> None:
        """Words for a chosen move are said; for others the likely move is found and asked back."""
        self.draft = event.words
        if self.move and self.draft:
            self.action_speak()
            return
        move = meant(self.session.view, fields_of(self.action)[MOVE], {self.field: self.row_id}, self.draft)
        self.choose(move) if move else self.look()

    def action_extras(self) -> None:
        """To the details of the move."""
        self.focus_next()

    def action_turn(self) -> None:
        """The other moves."""
        self.query_one(Moves).turn()

    def action_wait(self) -> None:
        """Until something needs this seat; nobody is kept waiting in a talk by mistake."""
        if self.query_one(Moves).moves:
            self.saying.tell(_("It is your turn. Esc leaves the talk for a while."))
            return
        try:
            self.session.wait_until_needed()
            tell_elsewhere(self, self.session)
        except CrmsimError as error:
            self.say(error.message, "error")
        self.look()

    def action_back(self) -> None:
        """Out of one's own words, which are kept, or back to the desk."""
        if self.saying.typing:
            start, typed = self.saying.start, self.saying.close()
            self.draft = self.draft if typed == start else typed
            self.move = "" if self.draft else self.move
            self.look()
        elif self.draft and self.move:
            self.move = ""
            self.look()
        else:
            self.app.pop_screen()
