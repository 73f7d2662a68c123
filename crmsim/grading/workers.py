"""Work shared out to processes: results in order, stopped at once, and no item that kills its process takes others."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, redirect_stderr
from multiprocessing import active_children, get_context, resource_tracker
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")
Progress = Callable[[int, int], None]
FEW = 3  # items for which no further process is started
BEAT = 0.2  # seconds after which whoever waits may say stop


def processes(jobs: int, items: int) -> int:
    """How many processes some items are worth; 0 jobs: as many as there are processors."""
    return 1 if items <= FEW else min(jobs or os.cpu_count() or 1, items)


def share_out(
    work: Callable[[T], R],
    items: Sequence[T],
    workers: int,
    *,
    died: Callable[[T], R],
    progress: Progress | None = None,
    begin: Callable[..., None] | None = None,
    args: tuple[Any, ...] = (),
) -> Iterator[R]:
    """The results in the order of the items. `begin(*args)` prepares each process; `died` speaks for an item whose
    process ended under it.

    `progress` is told what is done and, while nothing is, every fifth of a second: what it raises stops all at once,
    as Ctrl-C does. With one worker all is done here.
    """
    done, alone = 0, False

    def beat() -> None:
        if progress is not None:
            progress(done, len(items))

    beat()
    if workers == 1:
        if begin is not None:
            begin(*args)
        for item in items:
            yield work(item)
            done += 1
            beat()
        return
    while done < len(items):
        number = 1 if alone else workers
        try:
            with closing(_round(work, items[done:], number, begin, args, beat)) as results:
                for result in results:
                    yield result
                    done += 1
                    beat()
        except BrokenProcessPool:
            if number == 1:
                yield died(items[done])
                done += 1
                beat()
            alone = number > 1  # one at a time shows under which item the process ends


def _round(
    work: Callable[[T], R], items: Sequence[T], workers: int, begin: Callable[..., None] | None, args: tuple[Any, ...],
    beat: Callable[[], None],
) -> Generator[R, None, None]:  # fmt: skip
    """The results of one set of processes, until it has done all or one of them ends."""
    # a process forked while other threads run may hold their locks for ever
    context = get_context(None if threading.current_thread() is threading.main_thread() else "spawn")
    if os.name == "posix":
        with redirect_stderr(sys.__stderr__):  # a screen's own has no file that what watches processes could keep open
            resource_tracker.ensure_running()
    before = set(active_children())
    pool = ProcessPoolExecutor(workers, context, _sit_down, (begin, args))
    over = False
    try:
        for each in [pool.submit(work, item) for item in items]:
            while not wait([each], BEAT).done:
                beat()
            yield each.result()
        over = True
    finally:
        pool.shutdown(wait=over, cancel_futures=True)
        if not over:
            _end(set(active_children()) - before)


def _end(children: set[Any]) -> None:
    for each in children:
        each.terminate()
    for each in children:
        while each.is_alive():  # the pool's own thread may be the one that hears of its end: a single join returns then
            each.join(BEAT)


def _sit_down(begin: Callable[..., None] | None, args: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who waits, who then ends the others
    if begin is not None:
        begin(*args)
