"""Planted faults: for each requirement one place in the source made wrong, which the test beside it must notice.

`python -m tools.faults` plants a tenth of the table, chosen by the commit; `all` plants every one, ids plant those.
Nothing is ever planted in the working tree: each worker has a copy of the project of its own.
"""

from __future__ import annotations

import argparse
import ast
import os
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "tests" / "faults" / "planted.toml"
COPIED = ("crmsim", "scenarios", "tests", "tools", "benchmarks", "docs", "requirements", "pyproject.toml", "README.md")
TENTHS, SECONDS = 10, 300
PYTEST = (
    sys.executable, "-m", "pytest", "-n0", "-x", "-q", "--tb=short", "--no-header", "-p", "no:cacheprovider",
    "--color=no",
)  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """What stands in a file, what is planted instead, and the test that must then fail."""

    requirement: str
    file: str
    before: str
    after: str
    test: str

    def faulty(self, root: Path) -> str:
        """The file's text with the fault in it; ValueError when the table no longer fits the source."""
        text = (root / self.file).read_text(encoding="utf-8")
        if (times := text.count(self.before)) != 1:
            raise ValueError(f"{self.requirement}: {self.before!r} stands {times} times in {self.file}, not once")
        text = text.replace(self.before, self.after)
        if self.file.endswith(".py"):
            ast.parse(text)
        elif self.file.endswith(".toml"):
            tomllib.loads(text)
        return text


@dataclass(frozen=True)
class Outcome:
    """What became of a fault."""

    fault: Fault
    noticed: bool
    seconds: float
    told: str


def read_table(path: Path = TABLE) -> list[Fault]:
    """The faults in the table's order; its keys are the requirements."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return [Fault(requirement, **row) for requirement, row in table.items()]


def tenth(faults: Sequence[Fault], turn: int) -> list[Fault]:
    """Every tenth fault, from another one on in each turn."""
    return list(faults[turn % TENTHS :: TENTHS])


def turn_of_commit() -> int:
    """A number that changes from commit to commit and is the same for all who test this one."""
    told = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return int(told.stdout.strip() or "0", 16) if told.returncode == 0 else 0


def copied(folder: Path, root: Path = ROOT) -> Path:
    """A copy of the project, compiled files included: they stay valid, since the times are kept."""
    for name in COPIED:
        if (source := root / name).is_dir():
            shutil.copytree(source, folder / name)
        elif source.is_file():
            shutil.copy2(source, folder / name)
    return folder


def run(root: Path, tests: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run some tests of a copy."""
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        return subprocess.run(
            [*PYTEST, *tests], cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8",
            check=False, timeout=SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        return subprocess.CompletedProcess(late.cmd, -1, f"not done after {SECONDS} s", "")


def plant(fault: Fault, root: Path) -> Outcome:
    """Plant a fault in a copy, see whether its test fails, and take the fault out again. Only a failed test counts: one
    that could not be gathered or did not end has noticed nothing."""
    path, start = root / fault.file, time.monotonic()
    try:
        faulty = fault.faulty(root)
    except (ValueError, SyntaxError, OSError) as wrong:
        return Outcome(fault, False, 0, f"{wrong}")
    sound, times = path.read_bytes(), path.stat()
    path.write_text(faulty, encoding="utf-8")
    try:
        done = run(root, [fault.test])
    finally:
        path.write_bytes(sound)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    why = re.findall(r"^E +(\S.*)", done.stdout, re.MULTILINE)
    told = why[0] if done.returncode == 1 and why else (done.stdout + done.stderr)[-600:]
    return Outcome(fault, done.returncode == 1, time.monotonic() - start, told)


def plant_all(faults: Sequence[Fault], workers: int) -> list[str]:
    """Plant each fault, saying how it went; what went wrong. The tests must pass where nothing is planted."""
    free: queue.Queue[Path] = queue.Queue()
    wrong: list[str] = []

    def one(fault: Fault) -> Outcome:
        root = free.get()
        try:
            return plant(fault, root)
        finally:
            free.put(root)

    with tempfile.TemporaryDirectory(prefix="crmsim-faults-") as name, ThreadPoolExecutor(workers) as pool:
        for number in range(workers):
            free.put(copied(Path(name, str(number))))
        for done in pool.map(one, faults):
            told = "noticed" if done.noticed else "NOT NOTICED"
            print(f"{done.fault.requirement:8} {told} in {done.seconds:.1f} s: {done.told[:160]}", flush=True)
            if not done.noticed:
                wrong.append(f"{done.fault.requirement}: {done.fault.test} does not fail")
        sound = run(free.get(), list(dict.fromkeys(each.test for each in faults)))
        if sound.returncode != 0:
            wrong.append(f"these tests do not pass where nothing is planted:\n{sound.stdout[-3000:]}{sound.stderr}")
    return wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Plant what was asked for; 1 when a fault was not noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("which", nargs="*", help="requirement ids, or all; nothing for the tenth of this commit")
    parser.add_argument("--turn", type=int, help="another tenth than that of the commit")
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args(arguments)
    faults = read_table()
    if asked.which == ["all"]:
        chosen = faults
    elif asked.which:
        chosen = [each for each in faults if each.requirement in asked.which]
    else:
        turn = turn_of_commit() if asked.turn is None else asked.turn
        chosen = tenth(faults, turn)
        print(f"tenth {turn % TENTHS} of {len(faults)} faults:", *(each.requirement for each in chosen))
    start = time.monotonic()
    wrong = plant_all(chosen, asked.workers)
    print(f"{len(chosen)} planted in {time.monotonic() - start:.0f} s, {len(wrong)} wrong")
    print("\n".join(wrong))
    return 1 if wrong or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
