"""How long it takes to start: the help text, the terminal's first paint; and what a terminal takes in memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Pair, Row, Scale, program

OURS = """
from crmsim.tui.app import CrmsimApp
from crmsim.tui.opening import Wishes
app = CrmsimApp(Wishes(()))
"""
LEAST = """
from textual.app import App
from textual.widgets import Label

class Least(App):
    def compose(self):
        yield Label("")

app = Least()
"""
PAINT_ONCE = """
def leave(self):
    if WEIGH:
        text = open("/proc/self/smaps_rollup", encoding="ascii").read()
        print([line.split()[1] for line in text.splitlines() if line.startswith("Pss:")][0])
    self.exit()

type(app).on_ready = lambda self: self.screen.call_after_refresh(leave, self)
app.run(headless=True)
"""
IMPORTS = "import textual.app, textual.widgets"


def _help(scale: Scale) -> Iterator[Pair]:
    for _round in range(scale.rounds):
        yield program("-m", "crmsim", "--help"), program("-c", "pass")


def _paint(scale: Scale) -> Iterator[Pair]:
    for _round in range(scale.rounds):
        yield program("-c", f"WEIGH = False{OURS}{PAINT_ONCE}"), program("-c", IMPORTS)


def _memory(scale: Scale) -> Iterator[Pair]:
    for _round in range(min(scale.rounds, 3)):
        yield _weight(OURS), _weight(LEAST)


def _weight(app: str) -> float:
    source = f"WEIGH = True{app}{PAINT_ONCE}"
    done = subprocess.run([sys.executable, "-c", source], check=True, capture_output=True, encoding="utf-8")
    return float(done.stdout.split()[-1])


ROWS: tuple[Row, ...] = (
    Row("crmsim --help", "python -c pass", _help, 18, 14),
    Row("the terminal's first paint", IMPORTS, _paint, 1.8, 1.3),
)
if Path("/proc/self/smaps_rollup").exists():
    ROWS += (Row("memory of a terminal at its first screen", "minimal Textual app", _memory, 2.5, 1.6),)
