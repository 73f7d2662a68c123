"""Published forms at an address: whoever has a form's link or its QR code fills it in; the answers wait in a folder.

The game itself is not touched: `crmsim form SAVE FORM --answers FOLDER` takes them in, as an action of a seat.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from aiohttp import web

from crmsim.crm.form import Sheet
from crmsim.engine.errors import StoreError
from crmsim.engine.words import Message, _, render
from crmsim.store.formpage import MOST_BYTES, SUFFIX, answered, as_file, page

ROAD = "/form/"
MOST_ANSWERS = 2000  # of one form, waiting
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}  # fmt: skip


def waiting(save: Path) -> Path:
    """The folder in which a save's answers wait."""
    return save.with_name(f"{save.name}.answers")


class FormDesk:
    """The published forms of a game, each at an address that nobody guesses."""

    def __init__(self, view: Any, folder: Path, language: str) -> None:
        self.view, self.folder, self.language = view, folder, language
        published = [each for each in view.all(Sheet) if each.status == "published"]
        self.sheets = {secrets.token_urlsafe(9): each for each in published}

    def links(self, address: str) -> list[tuple[str, str]]:
        """Each form's name with where it is, below the address of the server."""
        return [(str(each.name), f"{address}{ROAD}{key}") for key, each in self.sheets.items()]

    def add_to(self, app: web.Application) -> None:
        """Answer at the forms' addresses."""
        app.router.add_get(ROAD + "{key}", self.show)
        app.router.add_post(ROAD + "{key}", self.take)

    def _sheet(self, request: web.Request) -> Any:
        sheet = self.sheets.get(request.match_info["key"])
        if sheet is None:
            raise web.HTTPNotFound(text="404\n")
        return sheet

    async def show(self, request: web.Request) -> web.Response:
        """The form's page."""
        text = page(self.view, self._sheet(request), self.language, request.path)
        return web.Response(text=text, content_type="text/html", headers=HEADERS)

    async def take(self, request: web.Request) -> web.Response:
        """Answers: kept when they will do, else what is wrong with them."""
        sheet = self._sheet(request)
        body = await request.content.read(MOST_BYTES + 1)
        found = answered(body, self.view, sheet)
        if isinstance(found, Message):
            return web.Response(status=400, text=render(found, self.language), headers=HEADERS)
        kept = self._keep(sheet.id, found)
        return web.Response(status=200 if kept else 503, text="", headers=HEADERS)

    def _keep(self, sheet: str, answers: tuple[str, ...]) -> bool:
        try:
            self.folder.mkdir(exist_ok=True)
            number = 1 + sum(1 for _each in self.folder.glob(f"{sheet}-*{SUFFIX}"))
            if number > MOST_ANSWERS:
                return False
            path = self.folder / f"{sheet}-{number:04d}-{secrets.token_hex(3)}{SUFFIX}"
            path.write_text(as_file(sheet, answers), encoding="utf-8")
        except OSError as error:
            raise StoreError(
                _("{file} cannot be written: {cause}", file=str(self.folder), cause=error.strerror or "")
            ) from error
        return True


def qr_lines(link: str) -> list[str]:
    """A link as a QR code for a terminal: two rows of it a line, with the quiet frame that readers want."""
    import segno

    rows = [[0] * 0]
    rows = [[int(cell) for cell in row] for row in segno.make(link, error="l", micro=False).matrix_iter(border=2)]
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    marks = {(0, 0): "█", (1, 0): "▄", (0, 1): "▀", (1, 1): " "}  # dark terminals: what is light is drawn
    return [
        "".join(marks[above, below] for above, below in zip(one, two, strict=True))
        for one, two in zip(rows[::2], rows[1::2], strict=True)
    ]
