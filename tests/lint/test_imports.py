"""What is imported when: the game without a screen or a database, the command line's help at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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


def test_a_terminal_keeps_no_library_that_it_needed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are drawn and a save is made by other programs: what those take is not kept for as long as one plays."""
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path))
    code = "from crmsim.tui.opening import Wishes, open_new; open_new('first_day', Wishes(), 'en').do"
    assert modules_after(code) & {"sqlmodel", "sqlalchemy", "faker", "pypinyin"} == set()
    (kept,) = (tmp_path / "saves").glob("*.crmsim")
    code = f"from crmsim.tui.opening import open_kept; assert open_kept({str(kept)!r}).title"
    assert modules_after(code) & {"sqlmodel", "sqlalchemy", "faker", "pypinyin"} == set()


def test_help_loads_nothing_heavy() -> None:
    if (ROOT / "crmsim" / "cli.py").is_file() or (ROOT / "crmsim" / "cli").is_dir():
        code = "import sys; sys.argv = ['crmsim', '--help']; from crmsim.cli import main; main()"
        assert modules_after(code) & {"textual", "sqlmodel", "sqlalchemy", "faker", "simpy"} == set()
