"""What is typed becomes a value or a sentence says why not; money, shares and days as people write them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmsim.crm.report import shown
from crmsim.engine.fields import Choice, Date, Kind, Lines, Money, Percent, Several, Text, Whole, Yes
from crmsim.engine.words import DAY, _, day, money, percent, render, span
from crmsim.scenarios.calendar import MONTH, CalendarPart

CALENDAR = CalendarPart(days=20, first_date="2025-03-03")
VIEW: Any = SimpleNamespace(minute=3 * DAY + 600, scenario=SimpleNamespace(calendar=CALENDAR))
COLOURS = Choice("Colour", words=(("red", "red"), ("blue", "blue")))


@given(st.integers(0, 10**12))
def test_money_is_read_as_it_is_shown(fen: int) -> None:
    assert Money("M").parse(VIEW, {}, money(fen)) == fen


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Money("M"), "1234.5", 123_450),
        (Money("M"), "￥1，234", 123_400),
        (Percent("P"), "7.5%", 75_000),
        (Percent("P"), "10％", 100_000),
        (Date("D"), "+3", 6 * DAY),
        (Date("D"), "第5天", 4 * DAY),
        (Date("D"), "2025-03-20", 17 * DAY),
        (Date("D"), "2024年12月1日", -92 * DAY),
        (Whole("W"), "１２", 12),
        (Yes("Y"), "是", True),
        (Yes("Y"), "no", False),
        (Several("S", words=(("a", "a"), ("b", "b"))), "a，b", ("a", "b")),
        (Lines("L", item=COLOURS), "red:2，blue：5", (("red", 2), ("blue", 5))),
        (Text("T"), "a\x1b[2Jb", "ab"),
    ],
)
def test_typed_text_becomes_a_value(kind: Kind, typed: str, value: object) -> None:
    assert kind.parse(VIEW, {}, typed) == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Money("M"), "1.234"), (Money("M"), "NaN"), (Whole("W"), "1.5"), (Whole("W"), "9" * 5000),
        (Yes("Y"), "perhaps"), (Percent("P"), "-3"), (Date("D"), "soon"), (Date("D"), "2025-02-30"),
        (Lines("L", item=COLOURS), "red"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_so(kind: Kind, typed: str) -> None:
    with pytest.raises(ValueError):
        kind.parse(VIEW, {}, typed)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Whole("W", low=1), 0), (Whole("W", low=1), -3), (Whole("W"), 1.5), (Whole("W"), 10**30), (Whole("W"), True),
        (Money("M"), "5"), (Percent("P"), 1_000_001), (Date("D"), 2 * DAY), (Text("T", most=3), "long"),
        (Text("T", least=2), " "), (Text("T"), "a\u202eb"), (COLOURS, "green"), (COLOURS, 7),
        (Several("S", words=COLOURS.words), ("red", "red")), (Lines("L", item=COLOURS), ()),
        (Lines("L", item=COLOURS), (("red", 0),)), (Lines("L", item=COLOURS), (("red", 1), ("red", 2))),
        (Lines("L", item=COLOURS), (("red", 1.5),)), (Yes("Y"), 1),
    ],
)  # fmt: skip
def test_a_value_that_will_not_do_is_refused(kind: Kind, value: object) -> None:
    assert kind.refuse(VIEW, {}, value) is not None


@given(st.integers(-(10**6), 10**6))
def test_forms_never_fail(number: int) -> None:
    for language in ("en", "zh"):
        assert percent(number, language)
        assert span(number, language)


def test_what_rounds_to_nothing_is_not_less_than_nothing() -> None:
    assert (percent(-499), percent(-500), percent(0)) == ("0%", "-0.1%", "0%")
    assert (shown(-49, "money", "en", short=True), shown(-50, "money", "en", short=True)) == ("¥0", "-¥1")


@pytest.mark.parametrize("language", ["en", "zh"])
@given(number=st.integers(-800, 1200))
def test_a_day_is_counted_where_the_game_is_and_has_its_date_elsewhere(language: str, number: int) -> None:
    minute, last = (number - 1) * DAY, 26  # twenty workdays from a Monday on end on the Friday of the fourth week
    told = render(_("{when:time}", when=minute), language, CALENDAR.dates)
    counted = day(minute, language) + " 00:00"
    assert (told == counted) is (1 <= number <= last + MONTH)
    if told != counted:
        assert Date("D").parse(VIEW, {}, told.split()[0]) == minute
