"""How long it takes to start: the help text, the terminal's first paint; and what a terminal takes in memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Pair, Row, Scale, environment, program
from crmsim.engine.words import render
from crmsim.scenarios.bundle import bundled
from crmsim.scenarios.sketch import sketch

# Processor time until a picture is drawn that shows all of these texts: starting is nothing but work, and on a machine
# that others use, too, the clock tells of them. The driver without a terminal lets the picture be read.
PAINTED = """
import os, sys, time
from textual.app import App

show = App._display

def display(self, screen, picture):
    text = picture.render_segments(self.console) if hasattr(picture, "render_segments") else ""
    show(self, screen, picture)
    if all(each in text for each in WANTED):
        os.write(1, str(time.process_time()).encode())
        os._exit(0)

App._display = display
sys.argv = ["crmsim", "play"]
from crmsim.cli import main
main()
"""
LONGEST = 120  # seconds
IMPORTS = "import textual.app, textual.widgets"
IMPORTED = f"{IMPORTS}, time; print(time.process_time())"
HEADLESS = {"TEXTUAL_DRIVER": "textual.drivers.headless_driver:HeadlessDriver", "CRMSIM_LANG": "en"}

LEAST = """
from textual.app import App
from textual.widgets import Label

class Least(App):
    def compose(self):
        yield Label("")

app = Least()
"""
OURS = """
from crmsim.tui.app import CrmsimApp
from crmsim.tui.opening import Wishes
app = CrmsimApp(Wishes(("director",), save=SAVE), "first_month", lang=LANG)
"""
# All that is resident: what PSS is where no other Python shares its libraries with this one. Weighed once three looks,
# a second apart, found the same: then the desk and what greets one there are painted.
WEIGHED = """
seen = []

def weigh():
    if hasattr(app, "session") and app.session is None:
        return
    text = open("/proc/self/smaps_rollup", encoding="ascii").read()
    seen.append(int([line.split()[1] for line in text.splitlines() if line.startswith("Rss:")][0]))
    if len(seen) > 2 and max(seen[-3:]) - min(seen[-3:]) < 64:
        print(seen[-1])
        app.exit()

type(app).on_ready = lambda self: self.set_interval(1, weigh)
app.run(headless=True)
"""


def _help(scale: Scale) -> Iterator[Pair]:
    for _round in range(scale.rounds):
        yield program("-m", "crmsim", "--help"), program("-c", "pass")


def _paint(scale: Scale) -> Iterator[Pair]:
    titles = [render(each.title, "en") for name in bundled() if (each := sketch(name)) is not None]
    for _round in range(scale.rounds):
        yield _printed(f"WANTED = {titles!r}{PAINTED}"), _printed(IMPORTED)


def _memory(language: str, scale: Scale) -> Iterator[Pair]:
    for _round in range(min(scale.rounds, 3)):
        with TemporaryDirectory(prefix="crmsim-bench-") as folder:
            save = str(Path(folder) / "weighed.crmsim")
            ours = f"SAVE, LANG = {save!r}, {language!r}{OURS}"
            yield _printed(f"{ours}{WEIGHED}"), _printed(f"{LEAST}{WEIGHED}")


def _printed(source: str) -> float:
    """The figure that a program prints."""
    with TemporaryDirectory(prefix="crmsim-bench-") as home:
        kept = environment("-c", "pass") | HEADLESS | {"CRMSIM_HOME": home}
        done = subprocess.run(
            [sys.executable, "-c", source], check=True, capture_output=True, encoding="utf-8", env=kept, timeout=LONGEST
        )
    return float(done.stdout.split()[-1])


ROWS: tuple[Row, ...] = (
    Row("crmsim --help", "python -c pass", _help, 18, 14),
    Row("the terminal's first paint, with the scenarios' names", IMPORTS, _paint, 1.8, 1.3),
)
if Path("/proc/self/smaps_rollup").exists():
    ROWS += tuple(
        Row(f"memory of a terminal at a desk of first_month, {name}", "minimal Textual app", partial(_memory, language),
            2.5, 1.6)
        for language, name in (("en", "English"), ("zh", "Chinese"))
    )  # fmt: skip
