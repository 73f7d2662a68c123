"""Time: whole minutes since midnight of day one, a working calendar, and the agenda that SimPy runs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from heapq import heapify
from itertools import accumulate, count
from typing import Any

import simpy

from crmsim.engine.words import DAY


class Calendar:
    """When the company works.

    `hours` are (from, to) minutes of a working day, in order; `weekdays` are the working ones (0 is Monday) and
    `first_weekday` is day one's; `closed` are day numbers (from 1) on which nobody works.
    """

    __slots__ = ("hours", "minutes_a_day", "_open_days", "_before", "_works")
    HORIZON = 1500  # days ahead that it knows
    PAST = 1500  # and days back, for what the opening book remembers

    def __init__(
        self,
        hours: tuple[tuple[int, int], ...] = ((540, 720), (780, 1080)),
        weekdays: Iterable[int] = range(5),
        first_weekday: int = 0,
        closed: Iterable[int] = (),
    ) -> None:
        self.hours = hours
        self.minutes_a_day = sum(end - start for start, end in hours)  # working minutes in a working day
        works, shut = frozenset(weekdays), frozenset(closed)
        days = range(-self.PAST, self.HORIZON)
        self._open_days = [(first_weekday + n) % 7 in works and n + 1 not in shut for n in days]
        self._works = [0, *accumulate(self._open_days)]  # working days before each day
        self._before = [self.minutes_a_day * works for works in self._works]

    def works_on(self, day: int) -> bool:
        """Whether day `day` (from 1) is a working day."""
        return -self.PAST < day <= self.HORIZON and self._open_days[day - 1 + self.PAST]

    def is_open(self, minute: int) -> bool:
        """Whether the company is at work at this minute."""
        of_day = minute % DAY
        for start, end in self.hours:
            if start <= of_day < end:
                return self.works_on(minute // DAY + 1)
        return False

    def worked(self, minute: int) -> int:
        """Working minutes from the start of the game until `minute`; below zero before it."""
        return self._count(minute) - self._before[self.PAST]

    def _count(self, minute: int) -> int:
        index, of_day = divmod(min(minute, self.HORIZON * DAY - 1) + self.PAST * DAY, DAY)
        done = self._before[index]
        if self._open_days[index]:
            for start, end in self.hours:
                if of_day > start:
                    done += (of_day if of_day < end else end) - start
        return done

    def between(self, start: int, end: int) -> int:
        """Working minutes from `start` to `end`."""
        return self._count(end) - self._count(start)

    def after(self, minute: int, working: int) -> int:
        """The first minute by which `working` more working minutes are done (the next open minute for 0)."""
        if working <= 0:
            return self.next_open(minute)
        target = self._count(minute) + working
        index = bisect_right(self._before, target - 1) - 1
        rest = target - self._before[index]
        for start, end in self.hours:
            if rest <= end - start:
                return (index - self.PAST) * DAY + start + rest
            rest -= end - start
        return (index - self.PAST + 1) * DAY

    def next_open(self, minute: int) -> int:
        """This minute when the company is at work, else the next one at which it is."""
        day = minute // DAY
        while day < self.HORIZON:
            if self.works_on(day + 1):
                for start, end in self.hours:
                    opens = max(minute, day * DAY + start)
                    if opens < day * DAY + end:
                        return opens
            day += 1
        return minute

    def working_days_after(self, minute: int, days: int) -> int:
        """The same time of day, `days` working days later."""
        day = minute // DAY
        if days > 0 and day < self.HORIZON - 1:
            target = self._works[max(0, day + 1 + self.PAST)] + days
            day = min(bisect_left(self._works, target) - 1 - self.PAST, self.HORIZON - 1)
        return day * DAY + minute % DAY


class Wake(simpy.Event):
    """Something that wants the world's attention at its `due` minute; re-armed again and again, never a generator."""

    __slots__ = ("subject", "due")

    def __init__(self, env: Agenda, subject: Any) -> None:
        super().__init__(env)
        self._ok = True
        self.subject = subject
        self.due = -1


class Agenda(simpy.Environment):
    """SimPy's event queue over whole minutes. It can be copied, since what waits in it is explicit.

    `on_wake(subject)` is called at each due minute; a subject is a customer's id or an action that falls due.
    """

    def __init__(self, minute: int = 0) -> None:
        super().__init__(initial_time=minute)
        self.on_wake: Callable[[Any], None] | None = None
        self._own: dict[str, Wake] = {}
        self._fire: list[Callable[[Any], None]] = [self._wake]

    @property
    def minute(self) -> int:
        """Now; asked for far more often than anything else."""
        return self._now  # type: ignore[return-value]

    def wake_at(self, subject: str, minute: int) -> None:
        """(Re-)arm the one wake of a subject; an earlier arming becomes stale and is ignored."""
        wake = self._own.get(subject)
        if wake is None:
            wake = self._own[subject] = Wake(self, subject)
        if wake.due != minute or wake.due < self._now:
            self._arm(wake, minute)

    def sleep(self, subject: str) -> None:
        """Forget the wake of a subject."""
        if subject in self._own:
            self._own[subject].due = -1

    def at(self, minute: int, subject: Any) -> None:
        """A wake of its own, once."""
        self._arm(Wake(self, subject), minute)

    def _arm(self, wake: Wake, minute: int) -> None:
        now: int = self._now  # type: ignore[assignment]
        wake.due = due = minute if minute > now else now
        wake.callbacks = self._fire
        self.schedule(wake, delay=due - now)

    def _wake(self, event: Any) -> None:
        event.callbacks = self._fire
        if event.due == self._now:
            event.due = -1
            if self.on_wake is not None:
                self.on_wake(event.subject)

    def run_to(self, minute: int) -> None:
        """Live through everything before `minute`; what is due at it stays for later.

        SimPy's own `run` puts its stop into the queue each time, which costs as much as two wakes.
        """
        queue, step = self._queue, self.step
        while queue and queue[0][0] < minute:
            step()
        self._now = max(self._now, minute)

    def run_one_minute(self) -> None:
        """Live through everything that is due at the earliest due minute."""
        due = self.peek()
        while self.peek() == due:
            self.step()

    def copy(self) -> Agenda:
        """An independent agenda with the same future; `on_wake` must be attached again."""
        other = Agenda(int(self.now))
        twins: dict[int, Wake] = {}
        for minute, priority, number, event in self._queue:
            if isinstance(event, Wake):
                twin = twins.get(id_of(event))
                if twin is None:
                    twin = twins[id_of(event)] = Wake(other, event.subject)
                    twin.due, twin.callbacks = event.due, other._fire
                other._queue.append((minute, priority, number, twin))
        heapify(other._queue)  # what somebody else put into the queue was left out, and with it the order of the heap
        other._own = {name: twins.get(id_of(wake)) or Wake(other, wake.subject) for name, wake in self._own.items()}
        following = next(self._eid)
        self._eid, other._eid = count(following), count(following)
        return other


id_of = id  # sameness: maps a queue onto its copy; never enters the state
