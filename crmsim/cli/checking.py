"""The state of this installation."""

from __future__ import annotations

import platform
import sqlite3
import sys
from pathlib import Path

import typer

from crmsim.cli.speech import Speech, grid, tr
from crmsim.engine.errors import CrmsimError
from crmsim.engine.words import N_


def doctor() -> None:
    """What this installation is and where things are."""
    from crmsim import __version__
    from crmsim.store.folders import home, saves

    rows = [
        ("crmsim", __version__),
        ("python", f"{platform.python_version()} ({sys.executable})"),
        ("system", platform.platform()),
        ("sqlite", sqlite3.sqlite_version),
        (tr(N_("language")), Speech.language),
        (tr(N_("terminal")), _terminal()),
        (tr(N_("folder")), str(home())),
        (tr(N_("saves")), str(saves())),
        (tr(N_("database")), _database(saves())),
    ]
    grid(("", ""), rows)


def _terminal() -> str:
    import os
    import shutil

    size = shutil.get_terminal_size()
    return f"{os.environ.get('TERM', '-')} {size.columns}x{size.lines} {sys.stdout.encoding}"


def _database(folder: Path) -> str:
    """Whether a save can be kept safely in the saves folder."""
    from crmsim.cli.speech import say
    from crmsim.store.savefile import probe

    try:
        probe(folder)
    except CrmsimError as error:
        return say(error.message)
    return "WAL, FULL"


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command(help=tr(N_("Paths, terminal, database, language.")))(doctor)
