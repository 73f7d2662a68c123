"""The game in a browser: guarded, whole without the internet, and typed into by a real one."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, CookieJar, WSServerHandshakeError, web

from crmsim.engine.errors import StoreError
from crmsim.store.reading import read_head, read_save
from crmsim.web.server import GameServer

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((found for name in NAMES if (found := shutil.which(name))), "")
pytestmark = pytest.mark.covers("GAME-1")


class Served:
    """A server on a free port, for the length of a test."""

    def __init__(self, language: str = "en") -> None:
        self.told: list[str] = []
        self.server = GameServer(language=language, say=self.told.append)

    async def __aenter__(self) -> str:
        self.runner = web.AppRunner(await self.server._make_app())
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", 0)
        await site.start()
        port = self.runner.addresses[0][1]
        self.server.port = port
        return f"http://127.0.0.1:{port}"

    async def __aexit__(self, *_error: Any) -> None:
        await self.runner.cleanup()


async def test_only_who_has_the_token_comes_in() -> None:
    served = Served()
    async with served as url, ClientSession(cookie_jar=CookieJar(unsafe=True)) as visitor:
        assert served.server.token in served.told[0]
        for path in ("/", "/static/js/textual.js", "/?token=wrong", "/ws", f"/ws?token={served.server.token}"):
            async with visitor.get(url + path) as answer:
                assert answer.status == 403, path
        async with visitor.get(f"{url}/?token={served.server.token}") as answer:
            assert answer.status == 200
            assert "token" not in str(answer.url)
        async with visitor.get(f"{url}/static/js/textual.js") as answer:
            assert answer.status == 200
        with pytest.raises(WSServerHandshakeError):
            await visitor.ws_connect(f"{url}/ws", origin="http://evil.example")


async def test_the_page_asks_nobody_else_for_anything() -> None:
    served = Served("zh")
    async with served as url, ClientSession(cookie_jar=CookieJar(unsafe=True)) as visitor:
        async with visitor.get(f"{url}/?token={served.server.token}") as answer:
            page, policy = await answer.text(), answer.headers["Content-Security-Policy"]
        assert 'lang="zh-CN"' in page
        host = url.partition("://")[2]
        assert set(re.findall(r"(?:https?|wss?)://([^/\"]+)", page)) == {host}
        assert "default-src 'none'" in policy
        for path in re.findall(r'(?:src|href)="(/[^"]+)"', page) + re.findall(r'url\("(/[^"]+)"', page):
            async with visitor.get(url + path) as answer:
                assert answer.status == 200, path


def done(save: Path) -> set[str]:
    """The kinds of action in a game's file."""
    return {type(each.action).__name__ for each in read_save(save).entries}


def begun_in(saves: Path) -> list[str]:
    """The scenarios of the games in a folder, once they are founded: for a moment a file is there and empty."""
    try:
        return [read_head(each).scenario for each in saves.glob("*.crmsim")]
    except StoreError:
        return []


@pytest.mark.browser
async def test_a_real_browser_plays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not CHROMIUM:
        pytest.skip("no browser on this machine")
    from playwright.async_api import async_playwright

    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", os.getcwd())
    served = Served("zh")
    async with served as url, async_playwright() as play:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        await page.goto(f"{url}/?token={served.server.token}")
        await page.wait_for_selector("body.-first-byte", timeout=30_000)
        focused = await page.evaluate("document.activeElement.className")
        assert "xterm-helper-textarea" in focused
        await asyncio.sleep(2)
        saves = tmp_path / "saves"
        for _turn in range(40):  # a busy machine takes its time
            if begun_in(saves):
                break
            await page.keyboard.press("F5")
            await asyncio.sleep(1)
        assert begun_in(saves) == ["first_day"]
        (save,) = saves.glob("*.crmsim")
        await asyncio.sleep(2)
        await page.keyboard.press("Enter")
        await asyncio.sleep(1)
        await page.keyboard.insert_text("我")  # at a desk, where it only gets a hint
        for _turn in range(6):
            await page.keyboard.press("Control+p")
            await asyncio.sleep(1.5)
            await page.keyboard.insert_text("审核订单")
            await asyncio.sleep(2)
            for key in ("Enter", "F10"):
                await page.keyboard.press(key)
                await asyncio.sleep(1.5)
            if "ReviewOrder" in done(save):
                break
            for _key in range(3):
                await page.keyboard.press("Escape")
        await page.screenshot(path=str(tmp_path / "page.png"))
        assert "ReviewOrder" in done(save), "what was typed in Chinese did not lead to the form of reviewing an order"
        for _turn in range(20):
            await page.keyboard.press("Control+c")  # once the question stands, it asks no second time
            await asyncio.sleep(1)
            await page.keyboard.press("Enter")
            await asyncio.sleep(1)
            if await page.query_selector("body.-closed #ended"):
                break
        await page.wait_for_selector("body.-closed #ended", timeout=15_000)
        host = url.partition("://")[2]
        assert all(f"//{host}/" in each or each.startswith("data:") for each in asked), asked
        await browser.close()
