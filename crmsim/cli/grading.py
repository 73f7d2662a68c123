"""Grades of finished games: the card on the screen, and as JSON, a page, or a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crmsim.cli.common import Json
from crmsim.cli.reviewing import progress
from crmsim.cli.speech import Speech, give, grid, note, tell, tr
from crmsim.engine.errors import BadInput, StoreError
from crmsim.engine.words import N_, _

if TYPE_CHECKING:
    from crmsim.game import Game
    from crmsim.grading.policy import Policy
    from crmsim.grading.report import Report

BELOW = 4
Outcome = Annotated[
    bool, typer.Option("--outcome", help=tr(N_("Also what it came to, and three months later; takes some seconds.")))
]
Roster = Annotated[str, typer.Option(metavar="FILE", help=tr(N_("Fill the column 成绩 of this roster, xlsx or csv.")))]
HostKey = Annotated[
    str, typer.Option("--host-key", metavar="FILE", help=tr(N_("The host's key: says which games it attests.")))
]


def grade(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help=tr(N_("Saves, hand-ins, or folders of them.")))],
    rubric: Annotated[str, typer.Option(metavar="FILE", help=tr(N_("Other weights and thresholds, TOML.")))] = "",
    outcome: Outcome = False,
    html: Annotated[str, typer.Option(metavar="FILE", help=tr(N_("Write a page that needs nothing else.")))] = "",
    csv: Annotated[str, typer.Option(metavar="FILE", help=tr(N_("Write a table.")))] = "",
    policy: Annotated[str, typer.Option(metavar="FILE", help=tr(N_("Weights, lateness and overrides, TOML.")))] = "",
    xlsx: Annotated[str, typer.Option(metavar="FILE", help=tr(N_("Write a gradebook for Excel.")))] = "",
    gradescope: Annotated[str, typer.Option(metavar="FILE", help=tr(N_("Write Gradescope's results.json.")))] = "",
    moodle: Annotated[str, typer.Option(metavar="FILE", help=tr(N_("Write grades for Moodle, CSV.")))] = "",
    canvas: Annotated[str, typer.Option(metavar="FILE", help=tr(N_("Write grades for Canvas, CSV.")))] = "",
    xapi: Annotated[str, typer.Option(metavar="FILE", help=tr(N_("Write xAPI statements, JSON.")))] = "",
    roster: Roster = "",
    host_key: HostKey = "",
    fail_under: Annotated[int, typer.Option(min=0, max=100, help=tr(N_("Exit with 4 when a seat scores less.")))] = 0,
    ascii: Annotated[bool, typer.Option("--ascii", help=tr(N_("Draw with plain characters only.")))] = False,
    as_json: Json = False,
) -> int:
    """Grade finished games."""
    from crmsim.grading.batch import files_of
    from crmsim.grading.gradebook import write_exports
    from crmsim.store.folders import save_path

    files = files_of([save_path(each) for each in paths])
    if html and len(files) > 1:
        raise BadInput(_("A page holds one game; grade them one by one."))
    rules, task = _task(rubric, policy, outcome, host_key)
    wanted = {"csv": csv, "xlsx": xlsx, "gradescope": gradescope, "moodle": moodle, "canvas": canvas, "xapi": xapi}
    quiet, alone = as_json or any(wanted.values()) or bool(html), len(files) == 1 and not Path(paths[0]).is_dir()
    if alone and (html or not quiet):
        _read_one(files[0], html, task, ascii=ascii, quiet=quiet)
    needed = not alone or as_json or any(wanted.values()) or fail_under or roster
    if roster:
        _check_roster(roster)
    records = _records(files, task, alone) if needed else []
    for name in write_exports(wanted, records, rules, Speech.language):
        note(_("Written: {file}", file=name))
    if roster:
        _fill(roster, records, rules)
    if as_json:
        give(records[0] if len(records) == 1 else records)
    elif not alone and not quiet:
        _list(records, rules)
    return BELOW if any(score < fail_under for score in _scores(records)) else 0


def _task(rubric: str, policy: str, outcome: bool, host_key: str) -> tuple[Policy, Any]:
    """How to grade: by the files named, else by what the scenario says."""
    from crmsim.grading.batch import Task
    from crmsim.grading.policy import Policy as Rules
    from crmsim.grading.policy import read_policy
    from crmsim.grading.rubric import read_rubric
    from crmsim.store.sealing import host_key_of

    rules = read_policy(Path(policy)) if policy else Rules()
    weights = read_rubric(Path(rubric)) if rubric else None
    return rules, Task(weights, rules, outcome, Speech.language, host_key_of(host_key))


def _check_roster(file: str) -> None:
    from crmsim.grading.roster import fillable

    fillable(Path(file))


def _fill(file: str, records: list[dict[str, Any]], rules: Policy) -> None:
    from crmsim.grading.gradebook import marks_of
    from crmsim.grading.roster import fill_roster, told

    for line in told(fill_roster(Path(file), marks_of(records, rules))):
        note(line)


def _scores(records: list[dict[str, Any]]) -> list[float]:
    return [seat["score"] for each in records for seat in each.get("seats", ()) if seat["score"] is not None]


def _records(files: list[Path], task: Any, alone: bool) -> list[dict[str, Any]]:
    """What was graded; a file alone fails aloud, of many the bad ones become rows."""
    from crmsim.grading.batch import grade_all, grade_file

    if alone:
        return [grade_file(files[0], task)]
    with progress(_("Grading")) as tick:
        return list(grade_all(files, task, progress=tick))


def _read_one(path: Path, html: str, task: Any, *, ascii: bool, quiet: bool) -> None:
    """One game: its card, or its page with the customers' stories; a report's marks below."""
    from crmsim.grading.batch import ZIP
    from crmsim.grading.course import finished
    from crmsim.grading.page import page
    from crmsim.grading.report import grade_course
    from crmsim.grading.stories import stories
    from crmsim.grading.submission import Submission, read, told
    from crmsim.store.jsonl import read_any
    from crmsim.store.sealing import attested

    handed = read(path) if path.suffix == ZIP else None
    saved = handed or read_any(path)
    if handed is not None:
        course = told(handed, task.policy.scenario, task.policy.seeds_of(handed.header.student))
    else:
        course = finished(saved.header, saved.entries)
    report = grade_course(course, outcomes=task.outcomes, rubric=task.rubric)
    if html:
        _write(html, page(report, task.language, stories(course.game)))
    if not quiet:
        show(report, ascii=ascii)
        seals = saved.manifest.seals if isinstance(saved, Submission) else saved.seals
        if seals:
            tell(_("By the host's key: {said}.", said=attested(task.host_key, saved.header, saved.entries, seals)))
        if handed is not None:
            _show_marks(course.game, handed.report)


def _show_marks(game: Game, report: bytes) -> None:
    from crmsim.grading.answers import read_answers
    from crmsim.grading.labreport import mark_report

    found = mark_report(game, read_answers(report))
    earned, possible = f"{found.earned / 100:.1f}", f"{found.possible / 100:.1f}"
    tell(_("Lab report: {earned} of {possible}; {pending} wait for the instructor.",
           earned=earned, possible=possible, pending=f"{found.pending / 100:.1f}"))  # fmt: skip
    for each in found.marks:
        points = "?" if each.pending else f"{each.points / 100:.1f}"
        tell(_("  {id}: {points} of {possible}. {why}", id=each.id, points=points,
               possible=f"{each.possible / 100:.1f}", why=each.why))  # fmt: skip


def _list(records: list[dict[str, Any]], rules: Policy) -> None:
    from crmsim.grading.gradebook import SHORT, heading, rows_of, shown

    rows = [[str(row[name]) for name in SHORT] for row in shown(rows_of(records, rules), Speech.language)]
    grid((heading(name, Speech.language) for name in SHORT), rows)


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
