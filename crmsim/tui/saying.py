"""What is about to be said: the sentence before it goes with its price, and the line for one's own words."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message as Signal
from textual.widgets import Input, Static

from crmsim.engine.safe import safe_text
from crmsim.engine.words import Words, _
from crmsim.tui.entry import Entry
from crmsim.tui.speech import tell


class Saying(Vertical):
    """Shows words, or lets them be typed."""

    class Typed(Signal):
        """Own words were typed."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self) -> None:
        super().__init__(id="saying")
        self.shown = ""  # the sentence as it stands
        self.start = ""  # what the line of one's own words began with

    def compose(self) -> ComposeResult:
        """The sentence, and a line that is there when asked for."""
        yield Static(id="words", markup=False)
        yield Entry(id="edit", compact=True, max_length=500, select_on_focus=False)

    def on_mount(self) -> None:
        """Nothing is typed yet."""
        self.line.display = False

    @property
    def line(self) -> Input:
        """The line to type in."""
        return self.query_one("#edit", Input)

    @property
    def typing(self) -> bool:
        """Whether words are being typed."""
        return bool(self.line.display)

    def tell(self, words: Words) -> None:
        """Something about what can be said."""
        self.shown = ""
        self.query_one("#words", Static).update(Text(f"  {safe_text(tell(self, words))}", "dim italic"))

    def offer(self, words: Words, below: str) -> None:
        """The sentence that would be said, and what it costs."""
        self.shown = safe_text(tell(self, words))
        text = Text("▶ ", self.app.theme_variables["accent"])
        text.append(self.shown, "not dim")
        text.append(f"\n  {below}", "dim")
        self.query_one("#words", Static).update(text)

    def open(self, start: str) -> None:
        """Let words be typed, from these on."""
        self.line.placeholder = tell(self, _("What do you want to say?"))
        if not start:
            self.tell(_("Type what you want to say; Enter finds the move that it is."))
        self.start, self.line.value, self.line.display = start.strip(), start, True
        self.line.cursor_position = len(start)
        self.query_one("#words").display = not start
        self.line.focus()

    def type(self, character: str) -> None:
        """What is typed before the line has the focus: an input method sends a whole sentence at once."""
        if not self.typing:
            self.open("")
        self.line.value += character
        self.line.cursor_position = len(self.line.value)

    def close(self) -> str:
        """The words as they were typed; the line goes."""
        words = self.line.value.strip() if self.typing else ""
        self.line.display, self.query_one("#words").display = False, True
        self.line.value = ""
        self.screen.set_focus(None)
        return words

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter ends the typing."""
        event.stop()
        self.finish()

    def finish(self) -> None:
        """What was typed is to be said."""
        self.post_message(self.Typed(self.close()))
