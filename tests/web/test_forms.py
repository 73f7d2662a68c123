"""Published forms leave the program as a page, a link and a QR code; their answers come back as actions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from crmsim import replay, save
from crmsim.cli.app import run
from crmsim.crm.company import INSTRUCTOR
from crmsim.crm.form import Sheet, Submission
from crmsim.engine.words import Message
from crmsim.game import Game
from crmsim.store.formpage import SUFFIX, answered, as_file, page
from crmsim.web.forms import MOST_BYTES, FormDesk, qr_lines, waiting
from crmsim.web.server import GameServer
from tests.office.test_forms import FIELDS, GOOD, form
from tests.web.test_web import CHROMIUM

pytestmark = pytest.mark.covers("FRM-1")
BROWSER = (*GOOD[:4], "2025-03-12", *GOOD[5:])  # a browser gives a date where a person types +2


def sheet(game: Game) -> Sheet:
    found = game.view(INSTRUCTOR).get(Sheet, "FM1")
    assert found is not None
    return found


def test_the_page_has_every_field_and_nothing_of_it_is_markup() -> None:
    game = form()
    real = game.world.get(Sheet, "FM1")
    real.name = "<script>alert(1)</script>"
    text = page(game.view(INSTRUCTOR), sheet(game), "zh")
    assert "<script>alert" not in text and "&lt;script&gt;" in text and "src=" not in text
    assert text.count("data-field=") == len(FIELDS) and text.count("required") == 3
    assert "price" in text and 'type="date"' in text and 'type="tel"' in text and "发送" in text
    named = [each.name or each.id for each in game.view(INSTRUCTOR).seats() if each.id == "service-1"]
    assert named[0] in text


def test_answers_come_back_or_are_refused_by_name() -> None:
    game = form()
    view = game.view("sales-2")
    body = as_file("FM1", BROWSER).encode()
    assert answered(body, view, sheet(game)) == (*GOOD[:4], "day 10", *GOOD[5:])
    for wrong, why in (
        (b"\xff\x00", "no answers"), (b"[]", "no answers"), (b'{"form":"FM1","answers":[1]}', "no answers"),
        (as_file("FM2", BROWSER).encode(), "another form"), (as_file("FM1", BROWSER[1:]).encode(), "another form"),
        (as_file("FM1", ("", *BROWSER[1:])).encode(), "Who"),
        (as_file("FM1", (*BROWSER[:6], "9", "", "")).encode(), "Mark"),
    ):  # fmt: skip
        said = answered(wrong, view, sheet(game))
        assert isinstance(said, Message) and why in str(said), wrong


def test_the_command_writes_the_page_takes_answers_in_once_and_exports_the_results(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "lab.crmsim"
    save(form(), path)
    assert run(["form", str(path), "FM1", "--to", str(tmp_path / "visit.html")]) == 0
    assert "<form" in (tmp_path / "visit.html").read_text(encoding="utf-8")
    folder = waiting(path)
    folder.mkdir()
    (folder / f"a{SUFFIX}").write_text(as_file("FM1", BROWSER), encoding="utf-8")
    (folder / f"b{SUFFIX}").write_text(as_file("FM1", ("Li", *BROWSER[1:])), encoding="utf-8")
    (folder / f"c{SUFFIX}").write_text("{}", encoding="utf-8")
    for _again in range(2):  # the folder may be taken in as often as one likes
        assert run(["form", str(path), "FM1", "--answers", str(folder), "--seat", "sales-2"]) == 0
    assert "no answers of a form" in capsys.readouterr().err
    game = replay(path)
    assert [each.answers[0] for each in game.world.all(Submission)] == ["Wang", "Li"]
    capsys.readouterr()
    assert run(["form", str(path), "FM1", "--having", "li", "--field", "1", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["Who"] == "Li" and row["With"] == "service-1"
    for name in ("results.csv", "results.xlsx"):
        assert run(["form", str(path), "FM1", "--to", str(tmp_path / name)]) == 0 and (tmp_path / name).stat().st_size
    assert "Wang" in (tmp_path / "results.csv").read_text(encoding="utf-8-sig")
    for wrong in (["FM9"], ["FM1", "--to", "x.docx"], ["FM1", "--since", "soon"], ["FM1", "--answers", "no.json"]):
        assert run(["form", str(path), *wrong]) == 2, wrong
    assert run(["form", str(path)]) == 0 and "crmsim web --forms" in capsys.readouterr().out


async def test_whoever_has_the_link_fills_in_that_form_and_sees_nothing_else(tmp_path: Path) -> None:
    desk = FormDesk(form().view(INSTRUCTOR), tmp_path / "lab.answers", "en")
    server = GameServer(say=lambda _address: None, forms=desk)
    runner = web.AppRunner(await server._make_app())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.port = runner.addresses[0][1]
    ((name, link),) = desk.links(server.origin)
    try:
        async with ClientSession() as visitor:
            async with visitor.get(link) as answer:
                assert answer.status == 200 and name == "Visit" and 'data-home="/form/' in await answer.text()
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            for path in ("/", "/form/guessed", "/ws"):
                async with visitor.get(server.origin + path) as answer:
                    assert answer.status in {403, 404}
            async with visitor.post(link, data=as_file("FM1", ("", *BROWSER[1:]))) as answer:
                assert answer.status == 400 and "Who" in await answer.text()
            async with visitor.post(link, data=b"x" * (MOST_BYTES + 1)) as answer:
                assert answer.status in {400, 413}
            async with visitor.post(link, data=as_file("FM1", BROWSER)) as answer:
                assert answer.status == 200
    finally:
        await runner.cleanup()
    (kept,) = (tmp_path / "lab.answers").glob(f"FM1-*{SUFFIX}")
    assert json.loads(kept.read_text(encoding="utf-8"))["answers"][0] == "Wang"


def test_the_code_on_the_screen_is_the_link() -> None:
    import segno

    link = "http://192.168.1.20:8000/form/abcdefghijkl"
    lines = qr_lines(link)
    matrix = [list(row) for row in segno.make(link, error="l", micro=False).matrix_iter(border=2)]
    assert len(lines) == -(-len(matrix) // 2) and {len(line) for line in lines} == {len(matrix[0])}
    drawn = [[mark not in above for mark in line] for line in lines for above in ("█▀", "█▄")]
    assert drawn[: len(matrix)] == [[bool(cell) for cell in row] for row in matrix]


@pytest.mark.browser
async def test_a_real_browser_fills_in_the_page_of_a_file(tmp_path: Path) -> None:
    if not CHROMIUM:
        pytest.skip("no browser on this machine")
    from playwright.async_api import async_playwright

    game = form()
    (tmp_path / "visit.html").write_text(page(game.view(INSTRUCTOR), sheet(game), "en"), encoding="utf-8")
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        there = await browser.new_page()
        await there.goto((tmp_path / "visit.html").as_uri())
        values = {0: "Wang", 4: "2025-03-12", 5: "minutes of the visit"}
        for number, value in values.items():
            await there.fill(f'[data-field="{number}"]', value)
        for number, value in {2: "good", 6: "4", 7: "service-1"}.items():
            await there.select_option(f'[data-field="{number}"]', value)
        for box in ("price", "service"):
            await there.check(f'[data-field="3"] input[value="{box}"]')
        async with there.expect_download() as coming:
            await there.click("button")
        kept = Path(await (await coming.value).path()).read_bytes()
        await browser.close()
    assert answered(kept, game.view("sales-2"), sheet(game)) == (*GOOD[:4], "day 10", *GOOD[5:])
