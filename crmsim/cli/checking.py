"""The state of this installation."""

from __future__ import annotations

import platform
import sqlite3
import sys
from pathlib import Path

import typer

from crmsim.cli.speech import Speech, grid, tr
from crmsim.engine.errors import CrmsimError
from crmsim.engine.words import N_, _


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
        (tr(N_("drawing")), _drawing()),
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


def _drawing() -> str:
    """Whether boxes will stand straight, and whether colours are wanted."""
    import os

    from crmsim.cli.measuring import widths
    from crmsim.cli.speech import say

    plain = "NO_COLOR, " if os.environ.get("NO_COLOR") else ""
    found = widths()
    if not found:
        return plain + say(_("not measured: this is no terminal that can be asked"))
    told = " ".join(f"{character}={cells}" for character, cells in found.items())
    straight = [cells for character, cells in found.items() if character.isalpha()] == [2] and all(
        cells == 1 for character, cells in found.items() if not character.isalpha()
    )
    good, bad = _("as it should be"), _("play with --ascii, or in a browser: crmsim web")
    return f"{plain}{told}  {say(good if straight else bad)}"


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
