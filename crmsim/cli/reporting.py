"""Lab reports: a template from one's own game, what is missing in it, and the zip that is handed in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crmsim.cli.speech import Speech, note, tell, tr
from crmsim.engine.errors import BadInput, StoreError
from crmsim.engine.words import N_, _

if TYPE_CHECKING:
    from crmsim.game import Header

desk = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
Folder = Annotated[str, typer.Argument(metavar="DIR", help=tr(N_("The report's folder.")))]
HAND_IN, DOCUMENT = "handin.zip", "report.docx"
INCOMPLETE = 2


def new(
    save: Annotated[str, typer.Argument(metavar="SAVE", help=tr(N_("A save, or a journal.")))],
    to: Annotated[str, typer.Option("--to", metavar="DIR", help=tr(N_("The report's folder.")))],
) -> None:
    """Write a report's template."""
    from crmsim.grading.answers import FILE, template
    from crmsim.grading.course import finished
    from crmsim.store.folders import save_path
    from crmsim.store.jsonl import read_any

    path, folder = save_path(save), Path(to)
    saved = read_any(path)
    game = finished(saved.header, saved.entries).game
    target = folder / FILE
    if target.exists():
        raise BadInput(_("{file} exists already.", file=str(target)))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target.write_text(template(game, str(path.resolve()), Speech.language), encoding="utf-8", newline="\n")
    except OSError as error:
        raise StoreError(
            _("{file} cannot be written: {cause}", file=str(target), cause=error.strerror or "")
        ) from error
    tell(_("Written: {file}", file=str(target)))


def check(folder: Folder) -> int:
    """Say what is missing."""
    from crmsim.grading.answers import load
    from crmsim.store.folders import save_path
    from crmsim.store.jsonl import read_any

    text, save = load(Path(folder))
    if _lacking(read_any(save_path(save)).header, text):
        return INCOMPLETE
    tell(_("Nothing is missing."))
    return 0


def _lacking(header: Header, text: bytes) -> int:
    """Say what a report still lacks, and how much that is."""
    from crmsim.grading.answers import missing, read_answers
    from crmsim.scenarios.loader import scenario_from_text

    lacking = missing(scenario_from_text(header.scenario_text).report, read_answers(text))
    for each in lacking:
        tell(each)
    return len(lacking)


def pack(folder: Folder) -> None:
    """Make the zip to hand in."""
    from crmsim.grading.answers import load
    from crmsim.grading.course import finished
    from crmsim.grading.submission import pack as write
    from crmsim.store.folders import save_path
    from crmsim.store.jsonl import read_any

    text, save = load(Path(folder))
    saved = read_any(save_path(save))
    finished(saved.header, saved.entries)
    lacking = _lacking(saved.header, text)
    tell(_("Written: {file}", file=str(write(saved, text, Path(folder) / HAND_IN))))
    if lacking:
        note(_("{count} of the report's answers are missing, and earn nothing. Fill them in and pack it again.",
               count=lacking))  # fmt: skip


def docx(
    source: Annotated[str, typer.Argument(metavar="DIR|ZIP", help=tr(N_("The report's folder, or a hand-in.")))],
    to: Annotated[str, typer.Option("--to", metavar="FILE", help=tr(N_("The document to write.")))] = "",
    marks: Annotated[bool, typer.Option("--marks", help=tr(N_("With marks and comments.")))] = False,
) -> None:
    """Write the report as a Word document."""
    from crmsim.grading.answers import load, read_answers
    from crmsim.grading.course import finished
    from crmsim.grading.document import write_docx
    from crmsim.grading.labreport import mark_report
    from crmsim.grading.paper import paper
    from crmsim.grading.submission import read, told
    from crmsim.store.folders import save_path
    from crmsim.store.jsonl import read_any

    path = Path(source)
    if path.is_dir():
        text, save = load(path)
        saved = read_any(save_path(save))
        game, target = finished(saved.header, saved.entries).game, path / DOCUMENT
    else:
        handed = read(path)
        text, game, target = handed.report, told(handed).game, path.with_suffix(".docx")
    found = mark_report(game, read_answers(text)) if marks else None
    tell(_("Written: {file}", file=str(write_docx(paper(game, text, Speech.language, found), Path(to or target)))))


def register(app: typer.Typer) -> None:
    """Add these commands."""
    desk.command(help=tr(N_("Write a report's template, with the process of your own game.")))(new)
    desk.command(help=tr(N_("Say what is missing in a report.")))(check)
    desk.command(help=tr(N_("Make the zip to hand in.")))(pack)
    desk.command(help=tr(N_("Write the report as it is archived, for Word.")))(docx)
    app.add_typer(desk, name="report", help=tr(N_("Lab reports: template, check, hand-in.")))
