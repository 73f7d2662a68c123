"""Working time adds up, whatever the calendar; an agenda's copy goes on like the first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmsim.engine.clock import Agenda, Calendar
from crmsim.engine.words import DAY

CALENDARS = st.builds(
    Calendar,
    hours=st.sampled_from([((540, 720), (780, 1080)), ((0, 1440),), ((600, 660),), ((480, 481), (1439, 1440))]),
    weekdays=st.sets(st.integers(0, 6), min_size=1).map(sorted),
    first_weekday=st.integers(0, 6),
    closed=st.lists(st.integers(1, 30), max_size=5),
)
MINUTES = st.integers(-60 * DAY, 40 * DAY)


@pytest.mark.covers("GAME-9")
@given(CALENDARS, MINUTES, st.integers(1, 3000))
def test_after_so_much_work_so_much_work_is_done(calendar: Calendar, minute: int, working: int) -> None:
    end = calendar.after(minute, working)
    assert calendar.between(minute, end) == working
    assert calendar.between(minute, end - 1) < working, "the first such minute is meant"


@given(CALENDARS, MINUTES)
def test_the_next_open_minute_is_open_and_no_earlier_one_is(calendar: Calendar, minute: int) -> None:
    opens = calendar.next_open(minute)
    assert calendar.is_open(opens)
    assert calendar.between(minute, opens) == 0


@given(CALENDARS, MINUTES, MINUTES)
def test_work_done_never_shrinks(calendar: Calendar, one: int, other: int) -> None:
    early, late = sorted((one, other))
    assert 0 <= calendar.between(early, late) <= late - early


@given(CALENDARS, MINUTES, st.integers(1, 15))
def test_so_many_working_days_later_is_a_working_day(calendar: Calendar, minute: int, days: int) -> None:
    later = calendar.working_days_after(minute, days)
    first, last = minute // DAY, later // DAY
    assert calendar.works_on(last + 1)
    assert sum(calendar.works_on(day + 1) for day in range(first + 1, last + 1)) == days
    assert later % DAY == minute % DAY


Arming = st.tuples(st.sampled_from("abc"), st.integers(0, 50))


@given(st.lists(Arming, max_size=20), st.integers(0, 30), st.lists(Arming, max_size=8))
def test_a_copy_of_an_agenda_wakes_the_same_at_the_same_minutes(
    armed: list[tuple[str, int]], pause: int, later: list[tuple[str, int]]
) -> None:
    agenda = Agenda()
    for number, (subject, minute) in enumerate(armed):
        agenda.wake_at(subject, minute)
        agenda.at(minute, f"once {number}")
    agenda.on_wake = lambda _subject: None
    agenda.run_to(pause)
    heard: list[list[tuple[int, str]]] = []
    for each in (agenda, agenda.copy()):
        diary: list[tuple[int, str]] = []
        each.on_wake = lambda subject, each=each, diary=diary: diary.append((int(each.now), subject))
        for subject, minute in later:
            each.wake_at(subject, int(each.now) + minute)
        each.run_to(200)
        heard.append(diary)
    assert heard[0] == heard[1]


def test_an_earlier_arming_is_stale() -> None:
    agenda, heard = Agenda(), []
    agenda.on_wake = heard.append
    agenda.wake_at("a", 5)
    agenda.wake_at("a", 9)
    agenda.run_to(8)
    assert heard == []
    agenda.run_to(10)
    assert heard == ["a"]
    agenda.wake_at("a", 20)
    agenda.sleep("a")
    agenda.run_to(30)
    assert heard == ["a"]
