"""A save's tables, reports and facts in files; one report on the screen."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crmsim.cli.common import SaveName, known_seat
from crmsim.cli.speech import Speech, note, tell, tr
from crmsim.engine.errors import BadInput, StoreError
from crmsim.engine.words import N_, _

if TYPE_CHECKING:
    from crmsim.crm.report import Report

To = Annotated[
    str,
    typer.Option("--to", metavar="OUT", help=tr(N_("An .xlsx, .sqlite, .ocel.json, .xes, .jsonl file or a folder."))),
]
Seat = Annotated[str, typer.Option(metavar="SEAT", help=tr(N_("Only what this seat sees.")))]


def export(save: SaveName, to: To, seat: Seat = "") -> None:
    """Write what a save tells to a file or a folder of .csv."""
    from crmsim.game.replay import replay_entries
    from crmsim.store.exporting import writer_of
    from crmsim.store.folders import save_path
    from crmsim.store.jsonl import SUFFIX, read_any, write_journal

    saved = read_any(save_path(save))
    writer = writer_of(to)
    if to.endswith(SUFFIX):
        write_journal(saved.header, saved.entries, to)
    elif writer is None and not to.endswith(".csv"):
        endings = ".xlsx, .sqlite, .ocel.json, .xes, .csv, .jsonl"
        raise BadInput(_("{file} is none of {endings}, nor a folder.", file=to[:200], endings=endings))
    else:
        game = replay_entries(saved.header, saved.entries)
        if seat:
            known_seat(game.scenario, seat)
        if writer is not None:
            writer(game, Path(to), seat, Speech.language)
        elif not game.ended:
            raise BadInput(_("What everybody did and felt is told after the end: crmsim end {file}", file=save))
        else:
            write_facts(game.facts, Path(to))
    note(_("Written to {file}.", file=to))


def write_facts(facts: list[Any], path: Path) -> None:
    """Every fact as a row."""
    from crmsim.engine.facts import as_record
    from crmsim.store.sheets import safe_cell

    records = [as_record(each) for each in facts]
    first = ["number", "minute", "by", "fact"]
    names = first + [name for name in dict.fromkeys(key for record in records for key in record) if name not in first]
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(names)
            writer.writerows([safe_cell(record.get(name, "")) for name in names] for record in records)
    except OSError as error:
        raise StoreError(_("{file} cannot be written: {cause}", file=str(path), cause=error.strerror or "")) from error


def show_report(report: Report, view: Any) -> None:
    """A report on the screen: what it counts, its figures, its chart with the numbers beside."""
    import os

    from rich.console import Console

    from crmsim.charts import draw
    from crmsim.crm.report import heading, shown

    tell(heading(report, Speech.language))
    for figure in report.figures:
        value = shown(figure.value(view), figure.unit, Speech.language)
        tell(f"{tr(figure.label)}: {value}  ({tr(figure.definition)})")
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    encoding = (sys.stdout.encoding or "utf-8").lower().replace("-", "")
    console = Console(file=sys.stdout, no_color=not colour, highlight=False, markup=False, emoji=False)
    width = console.width if sys.stdout.isatty() else 80
    plain = not encoding.startswith(("utf", "gb"))
    console.print(
        draw(report.chart(view), width, ascii=plain, colour=colour, language=Speech.language),
        soft_wrap=True,
    )


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command(help=tr(N_("Write a game's tables, reports, facts or journal to a file.")))(export)
