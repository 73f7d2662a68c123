"""Grades of finished games: the card on the screen, and as JSON, a page, or a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crmsim.cli.common import Json
from crmsim.cli.reviewing import progress
from crmsim.cli.speech import Speech, give, grid, note, tell, tr
from crmsim.engine.errors import BadInput, StoreError
from crmsim.engine.safe import safe_text
from crmsim.engine.words import N_, _

if TYPE_CHECKING:
    from crmsim.grading.labreport import ReportMarks
    from crmsim.grading.policy import Policy
    from crmsim.grading.report import Report

BELOW = 4
Outcome = Annotated[
    bool,
    typer.Option(
        "--outcome", help=tr(N_("Also what it came to, and three months later; takes half a minute the first time."))
    ),
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
    from crmsim.grading.gradebook import write_exports

    files = _meant(paths)
    if html and len(files) > 1:
        raise BadInput(_("A page holds one game; grade them one by one."))
    rules, task = _task(rubric, policy, outcome, host_key)
    wanted = {"csv": csv, "xlsx": xlsx, "gradescope": gradescope, "moodle": moodle, "canvas": canvas, "xapi": xapi}
    quiet, alone = as_json or any(wanted.values()) or bool(html), len(files) == 1 and not Path(paths[0]).is_dir()
    if roster:
        _check_roster(roster)
    records = _alone(files[0], task, html, ascii=ascii, quiet=quiet) if alone else _records(files, task)
    for name in write_exports(wanted, records, rules, Speech.language):
        note(_("Written: {file}", file=name))
    if roster:
        _fill(roster, records, rules)
    if as_json:
        give(records[0] if len(records) == 1 else records)
    elif not alone and not quiet:
        _list(records, rules)
    else:
        _failures(records)
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


def _meant(paths: list[str]) -> list[Path]:
    """The files to grade; what lies beside them and cannot be graded is named."""
    from crmsim.grading.batch import files_of, foreign_files
    from crmsim.store.folders import save_path

    where = [save_path(each) for each in paths]
    files = files_of(where)
    for each in foreign_files(where):
        note(_("{file} is no hand-in and was not graded: crmsim report pack makes one.", file=str(each)))
    return files


def _records(files: list[Path], task: Any) -> list[dict[str, Any]]:
    """What was graded; of many files the bad ones become rows."""
    from crmsim.grading.batch import grade_all

    with progress(_("Grading")) as tick:
        return list(grade_all(files, task, progress=tick))


def _alone(path: Path, task: Any, html: str, *, ascii: bool, quiet: bool) -> list[dict[str, Any]]:
    """One game, which fails aloud: its card, or its page with the customers' stories; a report's marks below."""
    from crmsim.grading.batch import grade_one
    from crmsim.grading.page import page
    from crmsim.grading.stories import stories

    with progress(_("Grading")):
        found = grade_one(path, task)
    if html:
        _write(html, page(found.report, task.language, stories(found.game), found.marks))
    if not quiet:
        show(found.report, ascii=ascii)
        if found.sealed is not None:
            tell(_("By the host's key: {said}.", said=found.sealed))
        if found.marks is not None:
            _show_marks(found.marks, found.report.student, task.policy)
        _show_final(found.record, task.policy)
    return [found.record]


def _show_marks(found: ReportMarks, student: str, rules: Policy) -> None:
    earned, possible = f"{found.earned / 100:.1f}", f"{found.possible / 100:.1f}"
    tell(_("Lab report: {earned} of {possible}; {pending} wait for the instructor.",
           earned=earned, possible=possible, pending=f"{found.pending / 100:.1f}"))  # fmt: skip
    for each in found.marks:
        points, why = f"{each.points / 100:.1f}", each.why
        if each.pending:
            given = rules.confirmation(student, each.id)
            points = "?" if given is None else f"{given.points:.1f}"
            why = each.why if given is None else _("Marked by {who}.", who=safe_text(given.by, 60))
        tell(_("  {id}: {points} of {possible}. {why}", id=each.id, points=points,
               possible=f"{each.possible / 100:.1f}", why=why))  # fmt: skip


def _show_final(record: dict[str, Any], rules: Policy) -> None:
    """The mark as it stands in a gradebook, where more than the handling is in it."""
    from crmsim.grading.gradebook import rows_of

    (row,) = rows_of([record], rules)
    if row["final"] != row["handling"]:
        tell(
            _(
                "Mark {final} of 100: handling {handling}, outcome {outcome}, lab report {report}, "
                "off for lateness {penalty}.",
                **{name: str(row[name]) or "–" for name in ("final", "handling", "outcome", "report", "penalty")},
            )
        )
    if row["override by"]:
        tell(_("Set by hand by {who}: {why}", who=row["override by"], why=row["override why"]))


def _failures(records: list[dict[str, Any]]) -> None:
    """Which files have no grade, where only tables were written."""
    for each in records:
        if "error" in each:
            note(_("{file}: {cause}", file=each["file"], cause=each["error"]))


def _list(records: list[dict[str, Any]], rules: Policy) -> None:
    from crmsim.grading.gradebook import SHORT, heading, rows_of, shown

    rows = shown(rows_of(records, rules), Speech.language)
    names = [name for name in SHORT if name != "outcome" or any(row[name] != "" for row in rows)]
    grid((heading(name, Speech.language) for name in names), [[str(row[name]) for name in names] for row in rows])


def show(report: Report, *, ascii: bool = False) -> None:
    """The card of a game, in the language of this run."""
    from rich.console import Console

    from crmsim.grading.card import WIDTH, card
    from crmsim.tui import wrapping

    wrapping.install()  # a line of Chinese begins with no comma, as on the screens
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
