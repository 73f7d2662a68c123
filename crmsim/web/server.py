"""Serves the terminal's screens to browsers, by textual-serve: guarded by a token, with a page of its own."""

from __future__ import annotations

import logging
import secrets
import shlex
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp_jinja2
from aiohttp import web
from textual_serve.server import Server

from crmsim.web.forms import ROAD, FormDesk

COOKIE = "crmsim"
MOST = 60  # visitors at once; each is a program of some 90 MB
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class GameServer(Server):
    """One game program for each visitor who knows the token."""

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 8000,
        language: str = "en",
        token: str = "",
        say: Any = print,
        forms: FormDesk | None = None,
    ) -> None:
        here = Path(__file__).parent
        super().__init__(command_line(language), host, port, "crmsim", templates_path=here / "templates")
        self.token = token or secrets.token_urlsafe(12)
        self.language, self.say, self.forms = language, say, forms
        self.visitors = 0

    @property
    def address(self) -> str:
        """Where to go, the secret included."""
        return f"{self.origin}/?token={self.token}"

    @property
    def origin(self) -> str:
        """Where the server is."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{shown}:{self.port}"

    def initialize_logging(self) -> None:
        """Only what goes wrong; never what visitors type."""
        logging.basicConfig(level=logging.ERROR, format="%(message)s")

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard)
        if self.forms is not None:
            self.forms.add_to(app)
        return app

    async def on_startup(self, app: web.Application) -> None:
        """Tell the address."""
        self.say(self.address)

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Nobody without the token; no other site's pages; no browser that asks the page to load anything else.

        A form's address is its own key: whoever has it fills in that form, and sees nothing else."""
        if self.forms is not None and request.path.startswith(ROAD):
            return await handler(request)
        given = request.query.get("token")
        if given is not None and secrets.compare_digest(given.encode(), self.token.encode()):
            if request.path != "/":
                raise web.HTTPForbidden
            answer = web.HTTPFound("/")  # the secret does not stay in the address line
            answer.set_cookie(COOKIE, self.token, httponly=True, samesite="Strict")
            raise answer
        kept = request.cookies.get(COOKIE, "")
        if not secrets.compare_digest(kept.encode(), self.token.encode()):
            raise web.HTTPForbidden(text="403\n")
        origin = request.headers.get("Origin")
        if origin is not None and origin.partition("://")[2] != request.host:
            raise web.HTTPForbidden(text="403\n")
        response = await handler(request)
        if not response.prepared:
            response.headers["Content-Security-Policy"] = POLICY
            response.headers["X-Content-Type-Options"] = "nosniff"
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["Cache-Control"] = "no-store"
        return response

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """The page; addresses in it are those by which the visitor came."""
        scheme = "wss" if request.secure else "ws"
        words = {
            "language": "zh-CN" if self.language == "zh" else "en",
            "socket": f"{scheme}://{request.host}/ws",
            "ended": "已离开，存档已保留。" if self.language == "zh" else "You have left. The game is kept.",
            "again": "重新打开" if self.language == "zh" else "Open again",
        }
        return aiohttp_jinja2.render_template("page.html", request, words)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """A visitor's program, while there is room."""
        if self.visitors >= MOST:
            raise web.HTTPServiceUnavailable
        self.visitors += 1
        try:
            return await super().handle_websocket(request)
        finally:
            self.visitors -= 1


def command_line(language: str) -> str:
    """The program that each visitor is given, as a line for the system's shell."""
    words = [sys.executable, "-m", "crmsim", "--lang", language]
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)
