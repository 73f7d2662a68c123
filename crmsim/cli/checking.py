"""Grades, and the state of this installation."""

from __future__ import annotations

import platform
import sqlite3
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from crmsim.cli.common import Json
from crmsim.cli.speech import Speech, give, grid, tr
from crmsim.engine.errors import CrmsimError
from crmsim.engine.words import N_

BELOW = 4


def grade(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help=tr(N_("Saves.")))],
    fail_under: Annotated[int, typer.Option(min=0, max=100, help=tr(N_("Exit with 4 when a seat scores less.")))] = 0,
    as_json: Json = False,
) -> int:
    """Grade finished games."""
    from crmsim.public import grade as grade_save
    from crmsim.store.folders import save_path

    reports = [as_record(grade_save(save_path(path)), path) for path in paths]
    if as_json:
        give(reports[0] if len(reports) == 1 else reports)
    else:
        print_reports(reports)
    scores = [seat["score"] for report in reports for seat in report["seats"] if seat["score"] is not None]
    return BELOW if any(score < fail_under for score in scores) else 0


def as_record(report: Any, file: str) -> dict[str, Any]:
    """A report as the values that `grade --json` prints, in the language of this run."""
    from crmsim.grading import report as grading

    return grading.as_json(report, file, Speech.language)


def print_reports(reports: list[dict[str, Any]]) -> None:
    """Each seat with its score, and what was advised."""
    for report in reports:
        rows = [
            (each["seat"], each["role"], "-" if each["score"] is None else str(each["score"]))
            for each in report["seats"]
        ]
        grid(map(tr, (N_("Seat"), N_("Role"), N_("Score"))), rows)


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
    app.command(help=tr(N_("Grade finished games.")))(grade)
    app.command(help=tr(N_("Paths, terminal, database, language.")))(doctor)
