"""A text to read: a classic case of the resource centre, a letter, a customer's story. Markdown is drawn as such."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Label

from crmsim.engine.safe import safe_text
from crmsim.engine.words import Words
from crmsim.tui.foot import Foot
from crmsim.tui.room import Sheet
from crmsim.tui.speech import tell


class Reader(Sheet[None]):
    """One page that scrolls; Esc closes it."""

    def __init__(self, heading: Words, text: Words) -> None:
        super().__init__()
        self.heading, self.text = heading, text

    def compose(self) -> ComposeResult:
        """The heading and the page. What is written in it opens nothing: links are only words."""
        from textual.widgets import Markdown  # three megabytes, for who reads

        with Vertical(classes="box wide"):
            yield Label(Text(tell(self, self.heading)), classes="heading")
            with VerticalScroll(id="page"):
                yield Markdown(self._page(), open_links=False)
        yield Foot()

    def _page(self) -> str:
        """The text, without a first heading that says what stands above it already."""
        page = safe_text(tell(self, self.text), 20_000).lstrip()
        first, _end, rest = page.partition("\n")
        return rest if first.startswith("# ") and first[2:].strip() == tell(self, self.heading).strip() else page

    def on_mount(self) -> None:
        """Arrows turn the page at once."""
        self.query_one("#page").focus()

    async def _again(self) -> None:
        await self.recompose()
        self.on_mount()
