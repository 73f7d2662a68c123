"""Work shared out to processes stops at once, and an item that kills its process takes nobody with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from multiprocessing import active_children
from pathlib import Path

import pytest

from crmsim.grading.workers import share_out
from crmsim.store.savefile import save

from .conftest import played

PROMPT = 40  # seconds; one decision alone takes longer to play on where many work on one machine


class Enough(Exception):
    pass


def halved(number: int) -> int:
    if number == 13:
        os._exit(9)
    if number > 90:
        time.sleep(600)
    return number // 2


@pytest.mark.covers("GAME-6")
def test_an_item_that_kills_its_process_is_spoken_for_and_the_rest_is_done() -> None:
    ticks: list[tuple[int, int]] = []
    items = [2, 4, 13, 6, 13, 8]
    found = list(share_out(halved, items, 2, died=lambda number: -number, progress=lambda *done: ticks.append(done)))
    assert found == [1, 2, -13, 3, -13, 4]
    assert ticks[0] == (0, 6) and ticks[-1] == (6, 6) and ticks == sorted(ticks)


@pytest.mark.covers("GAME-6")
def test_whoever_is_told_of_progress_may_say_stop_while_an_item_is_at_work() -> None:
    began = time.monotonic()

    def stop(done: int, of: int) -> None:
        if active_children() and time.monotonic() - began > 1:
            raise Enough

    with pytest.raises(Enough):
        list(share_out(halved, [99, 98, 97, 96], 2, died=lambda number: 0, progress=stop))
    assert time.monotonic() - began < PROMPT and not active_children()


@pytest.mark.covers("GAME-6")
def test_stopped_work_leaves_no_process_when_another_thread_hears_of_its_end_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only one thread hears from the system that a process has ended; the pool's own may be it, and tell late."""
    real = os.waitpid

    def slow(pid: int, options: int) -> tuple[int, int]:
        late = threading.current_thread() is threading.main_thread()
        time.sleep(0.1 * late)
        found = real(pid, options)
        time.sleep(0.5 * (not late and found[0] > 0))
        return found

    monkeypatch.setattr(os, "waitpid", slow)
    test_whoever_is_told_of_progress_may_say_stop_while_an_item_is_at_work()


def heard() -> None:
    """As in a terminal: where tests run side by side, Ctrl-C is for the one who waits for them all."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.covers("GAME-4", "GAME-12")
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no /proc on this system")
def test_ctrl_c_stops_a_review_at_once_with_a_word(tmp_path: Path) -> None:
    save(played("novice"), tmp_path / "lab.crmsim")
    command = [sys.executable, "-m", "crmsim", "review", str(tmp_path / "lab.crmsim")]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=heard)
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    until = time.monotonic() + 120
    while not (workers := children.read_text(encoding="utf-8").split()) and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(1)
    run.send_signal(signal.SIGINT)
    began = time.monotonic()
    out, said = run.communicate(timeout=120)
    assert run.returncode == 130 and time.monotonic() - began < PROMPT
    assert workers and not out and said.strip() == "Stopped."
    while any(there := [each for each in workers if Path(f"/proc/{each}").exists()]):
        assert time.monotonic() - began < PROMPT, there
        time.sleep(0.05)


CAPTURED = """
import sys, threading
from crmsim.grading.workers import share_out

class Captured:
    write = flush = lambda self, text="": None
    fileno = lambda self: -1

if __name__ == "__main__":
    sys.stderr, found = Captured(), []
    thread = threading.Thread(target=lambda: found.extend(share_out(abs, [-1, -2, -3, -4], 2, died=abs)))
    thread.start()
    thread.join()
    print(found)
"""


@pytest.mark.covers("GAME-6")
def test_work_is_shared_out_from_beside_a_screen_that_keeps_what_is_printed(tmp_path: Path) -> None:
    """Textual's own stderr has no file: a review from the end of a game ended the program."""
    script = tmp_path / "beside.py"
    script.write_text(CAPTURED, encoding="utf-8")
    found = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=240, check=False)
    assert found.stdout.strip() == "[1, 2, 3, 4]", found.stderr
