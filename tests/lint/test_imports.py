"""What is imported when: the game without a screen or a database, the command line's help at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEFT = "import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"


def modules_after(code: str) -> set[str]:
    """The top-level modules that are loaded in a fresh Python once it has run some code."""
    done = subprocess.run(
        [sys.executable, "-c", f"try:\n    {code}\nexcept SystemExit:\n    pass\n{LEFT}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines()[-1].split())


def test_a_planted_import_is_seen() -> None:
    assert "rich" in modules_after("import rich.text")


def test_the_game_leaves_no_screen_and_no_database_loaded() -> None:
    if (ROOT / "crmsim" / "game").is_dir():
        assert modules_after("import crmsim.game") & {"textual", "rich", "sqlmodel", "sqlalchemy", "typer"} == set()


def test_help_loads_nothing_heavy() -> None:
    if (ROOT / "crmsim" / "cli.py").is_file() or (ROOT / "crmsim" / "cli").is_dir():
        code = "import sys; sys.argv = ['crmsim', '--help']; from crmsim.cli import main; main()"
        assert modules_after(code) & {"textual", "sqlmodel", "sqlalchemy", "faker", "simpy"} == set()
