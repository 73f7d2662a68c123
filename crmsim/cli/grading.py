"""Grades of finished games: the card on the screen, and as JSON, a page, or a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crmsim.cli.common import Json
from crmsim.cli.speech import Speech, give, note, tr
from crmsim.engine.errors import BadInput, StoreError
from crmsim.engine.words import N_, _

if TYPE_CHECKING:
    from crmsim.grading.report import Report

BELOW = 4


def grade(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help=tr(N_("Saves.")))],
    rubric: Annotated[str, typer.Option(metavar="FILE", help=tr(N_("Other weights and thresholds, TOML.")))] = "",
    outcome: Annotated[
        bool,
        typer.Option("--outcome", help=tr(N_("Also what it came to, and three months later; takes some seconds."))),
    ] = False,
    html: Annotated[str, typer.Option(metavar="FILE", help=tr(N_("Write a page that needs nothing else.")))] = "",
    csv: Annotated[str, typer.Option(metavar="FILE", help=tr(N_("Write a table.")))] = "",
    fail_under: Annotated[int, typer.Option(min=0, max=100, help=tr(N_("Exit with 4 when a seat scores less.")))] = 0,
    ascii: Annotated[bool, typer.Option("--ascii", help=tr(N_("Draw with plain characters only.")))] = False,
    as_json: Json = False,
) -> int:
    """Grade finished games."""
    from crmsim.grading import grade_save
    from crmsim.grading.report import as_json as as_record
    from crmsim.grading.rubric import read_rubric
    from crmsim.store.folders import save_path

    if html and len(paths) > 1:
        raise BadInput(_("A page holds one game; grade them one by one."))
    weights = read_rubric(Path(rubric)) if rubric else None
    reports = [grade_save(save_path(each), outcomes=outcome, rubric=weights) for each in paths]
    records = [as_record(report, path, Speech.language) for report, path in zip(reports, paths, strict=True)]
    if html:
        from crmsim.grading.page import page

        _write(html, page(reports[0], Speech.language))
    if csv:
        from crmsim.grading.sheet import sheet

        _write(csv, "\ufeff" + sheet(records))  # the mark by which spreadsheets know UTF-8
    if as_json:
        give(records[0] if len(records) == 1 else records)
    elif not (html or csv):
        for report in reports:
            show(report, ascii=ascii)
    scores = [seat["score"] for record in records for seat in record["seats"] if seat["score"] is not None]
    return BELOW if any(score < fail_under for score in scores) else 0


def show(report: Report, *, ascii: bool = False) -> None:
    """The card of a game, in the language of this run."""
    from rich.console import Console

    from crmsim.grading.card import WIDTH, card

    Console(width=WIDTH, highlight=False).print(card(report, Speech.language, ascii=ascii))


def _write(file: str, text: str) -> None:
    try:
        Path(file).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise StoreError(_("{file} cannot be written: {cause}", file=file, cause=error.strerror or "")) from error
    note(_("Written: {file}", file=file))


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command(help=tr(N_("Grade finished games.")))(grade)
