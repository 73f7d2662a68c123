"""Drawings keep their columns with Chinese labels, at any width, in letters and without colours."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.color import Color
from textual.theme import Theme

from crmsim.charts import draw
from crmsim.charts.brush import COLOURS
from crmsim.charts.svg import svg
from crmsim.crm.report import KINDS, Chart, Series
from crmsim.engine.words import DAY, Bilingual, Dates, _
from crmsim.tui.theme import THEMES, contrast

GOLDEN = Path(__file__).parent / "golden"
REGIONS = (
    Bilingual("City centre", "市区"),
    Bilingual("East", "城东"),
    "Nord & <Süd>",
    Bilingual("Far away place", "很远很远很远很远很远很远的地方经济技术开发区"),
)


def chart(kind: str, unit: str = "") -> Chart:
    title = _("Customer region")
    if kind == "timeline":
        starts, ends = (0, 2 * DAY, 5 * DAY, None), (4 * DAY, 3 * DAY, 9 * DAY, None)
        return Chart(kind, title, REGIONS, (Series(_("First day"), starts), Series(_("Last day"), ends)), "day")
    series = (Series(_("Signed"), (12, 40, 7, None)), Series(_("Forecast"), (30, 44, 7, 0)))
    if kind in {"pie", "funnel", "line"}:
        series = series[:1]
    return Chart(kind, title, REGIONS, series, unit)


def lines(chart: Chart, width: int = 80, **how: object) -> list[str]:
    return draw(chart, width, **how).plain.split("\n")  # type: ignore[arg-type]


@pytest.mark.covers("REP-1", "DIR-13", "GAME-10")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("name", "ascii"), [("cells", False), ("ascii", True)])
def test_a_drawing_is_as_it_was_seen_to_be_right(kind: str, name: str, ascii: bool) -> None:
    drawn = "\n".join(line.rstrip() for line in lines(chart(kind), ascii=ascii, colour=False, language="zh")) + "\n"
    path = GOLDEN / f"{kind}-{name}.txt"
    assert drawn == path.read_text(encoding="utf-8"), f"drawn now:\n{drawn}"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [20, 33, 60, 80, 140])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_line_is_wider_than_it_may_be(kind: str, width: int, language: str) -> None:
    for ascii in (False, True):
        for colour in (False, True):
            for line in lines(
                chart(kind, "money" if kind != "timeline" else "day"),
                width,
                ascii=ascii,
                colour=colour,
                language=language,
            ):
                assert cell_len(line) <= width


@pytest.mark.covers("GAME-10")
def test_bars_begin_in_one_column_below_each_other() -> None:
    drawn = lines(chart("hbar"), language="zh")[1:-1]
    starts = {
        cell_len(line[: next(place for place, cell in enumerate(line) if cell in "█▓")])
        for line in drawn
        if "█" in line or "▓" in line
    }
    assert len(starts) == 1
    assert cell_len(drawn[6].split(" ")[0]) == 39 and drawn[6].split(" ")[0].endswith("…")  # cut between letters


@pytest.mark.covers("REP-1", "GAME-10")
def test_what_has_no_room_beside_stands_below() -> None:
    long = Chart("bar", "", ("Recommended by a customer", "Website"), (Series("Files", (34, 5)),))
    *_bars, names, rest = lines(long, 28)
    assert names.split() == ["Recommended", "Website"] and rest.split() == ["by", "a", "customer"]
    told = (Series(_("Signed"), (1200, 4000)), Series(_("Forecast"), (3000, 4400)))
    for kind in ("line", "stacked", "hbar"):
        *_drawing, one, other = lines(Chart(kind, "", ("A", "B"), told, "money"), 20)
        assert "Signed" in one and "Forecast" in other and cell_len(other) <= 20


def test_words_beside_a_round_are_not_in_its_colours() -> None:
    drawn = draw(chart("pie"), 80)
    coloured = {
        drawn.plain[span.start : span.end].strip("█▀▄") for span in drawn.spans if span.style and "#" in str(span.style)
    }
    assert coloured == {""}


@pytest.mark.parametrize("theme", THEMES, ids=lambda each: each.name)
def test_bars_stand_out_from_their_ground(theme: Theme) -> None:
    grounds = [Color.parse(each) for each in (theme.background, theme.surface) if each]
    assert all(contrast(Color.parse(each), ground) >= 3 for each in COLOURS for ground in grounds)


def test_letters_alone_and_no_colours_lose_nothing() -> None:
    for kind in KINDS:
        text = draw(chart(kind), ascii=True, colour=False, language="en")
        assert text.plain.replace("¥", "").isascii() or "ü" in text.plain.replace("–", "")
        assert all(not span.style for span in text.spans)
    stacked = draw(chart("stacked"), colour=False, language="en").plain
    assert "█ Signed   ▓ Forecast" in stacked and "84 = 40 + 44" in stacked


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_to_count_is_said(kind: str) -> None:
    empty = Chart(kind, "x", (), (Series("n", ()),))
    assert "There is nothing to count yet." in draw(empty).plain and "目前还没有" in draw(empty, language="zh").plain
    nobody = Chart(kind, "x", ("a", "b"), (Series("n", (None, None)), Series("m", (0, -3))))
    assert all(cell_len(line) <= 80 for line in draw(nobody).plain.split("\n"))
    ET.fromstring(svg(empty))
    ET.fromstring(svg(nobody))


@pytest.mark.covers("REP-1")
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_gets_the_same_numbers_as_inline_svg(kind: str) -> None:
    source = svg(chart(kind, "day" if kind == "timeline" else ""), "zh")
    assert source == svg(chart(kind, "day" if kind == "timeline" else ""), "zh")
    words = "".join(ET.fromstring(source).itertext())
    assert "客户区域" in words and "市区" in words and "Nord & <Süd>" in words
    assert "script" not in source and ("40" in words or kind == "timeline")


def test_a_pie_shares_its_round_by_the_numbers() -> None:
    halves = Chart("pie", "x", ("a", "b"), (Series("n", (30, 10)),))
    drawn = draw(halves, colour=False).plain
    solid, shaded = drawn.count("█") - 1, drawn.count("▓") - 1
    assert 2.6 < solid / shaded < 3.4 and "30 (75%)" in drawn


def test_a_line_reaches_its_highest_and_its_lowest() -> None:
    drawn = draw(Chart("line", "x", tuple("abcde"), (Series("n", (0, 10, 5, 10, 0)),)), 60, ascii=True).plain.split(
        "\n"
    )
    assert drawn[1].startswith("10 |") and drawn[8].startswith(" 0 |")
    assert drawn[1].count("#") >= 2 and drawn[8].count("#") >= 2


def test_lines_are_told_apart_where_there_are_no_colours() -> None:
    two = Chart("line", "x", tuple("abc"), (Series("up", (0, 5, 10)), Series("down", (10, 5, 0))))
    drawn = draw(two, 60, colour=False).plain
    field, _dot, legend = drawn.rpartition("█ up")
    assert "█" in field and "▓" in field
    assert "▓ down" in legend
    assert not re.search("[\u2801-\u28ff]", drawn)


def test_equal_parts_of_a_pie_have_equal_shares() -> None:
    drawn = draw(Chart("pie", "x", tuple("abcd"), (Series("n", (2, 2, 2, 74)),)), 80, beside=True).plain
    assert re.findall(r"([\d.]+)%", drawn) == ["2.5", "2.5", "2.5", "92.5"]


@pytest.mark.covers("REP-1")
def test_what_stands_up_is_as_high_as_it_may_be_and_days_before_the_game_have_their_dates() -> None:
    for kind in ("bar", "line", "pie"):
        low, high = (lines(chart(kind), 120, beside=True, height=rows) for rows in (8, 20))
        assert len(high) > len(low) and (kind == "pie" or len(high) == len(low) + 12), kind
        assert all(cell_len(line) <= 120 for line in high), kind
        assert kind != "bar" or sum("█" in line for line in high) == sum("█" in line for line in low) + 12
    past = Chart(
        "timeline",
        "x",
        ("a",),
        (Series("from", (-28 * DAY,)), Series("to", (2 * DAY,))),
        "day",
        Dates("2025-03-03", 30),
    )
    assert "2025-02-03→day 3" in draw(past).plain and "2025-02-03→第3天" in draw(past, language="zh").plain
    assert "2025-02-03" in svg(past, "en")
