"""Grades as a gradebook: one row a student, and the forms in which learning platforms take them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from crmsim.engine.errors import StoreError
from crmsim.engine.words import N_, _, render, translate
from crmsim.grading.policy import Policy
from crmsim.grading.sheet import sheet
from crmsim.scenarios.workbook import new_book
from crmsim.store.sheets import safe_cell

Record = dict[str, Any]
COLUMNS = (
    N_("student"), "file", N_("scenario"), N_("tools"), N_("seed"), N_("seats"), N_("handling"), N_("outcome"),
    N_("report"), N_("pending"), N_("raw"), N_("penalty"), "final", N_("override by"), N_("override why"),
    N_("override at"), N_("counts"), N_("attested"), N_("error"),
)  # fmt: skip
SHORT = (
    "student", "file", "tools", "seats", "handling", "outcome", "report", "pending", "raw", "penalty", "final",
    "counts", "error",
)  # fmt: skip
HEADINGS = {"file": N_("handed-in file"), "final": N_("final mark")}  # both are words of the company, too
MANUAL, CRM = N_("by hand"), N_("CRM")
COUNTS, UNSCORED = N_("yes"), N_("no: too little came up to be scored")
CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")  # what Canvas knows a student by, in its order
VERB, KIND = "http://adlnet.gov/expapi/verbs/scored", "http://adlnet.gov/expapi/activities/simulation"
ACCOUNTS = "https://crmsim.invalid/students"  # whose numbers they are: xAPI wants an address, ours is nowhere


def rows_of(records: Iterable[Record], policy: Policy) -> list[dict[str, Any]]:
    """The gradebook's rows: marks out of 100 with one decimal; raw mark and penalty stand apart.

    Of a student's games with the same tools one counts: the first, or the better of two on different seeds. A game in
    which too little came up has no mark: that is no nought, and none is entered anywhere for it.
    """
    rows = [_row(each, policy) for each in records]
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for number, row in enumerate(rows):
        if row["final"] != "":
            groups.setdefault((row["student"] or f"#{number}", row["tools"]), []).append(row)
    for group in groups.values():
        _choose(group, policy.runs)
    return rows


def shown(rows: Iterable[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    """The rows with their words in a language."""
    words = ("tools", "counts", "attested")
    return [
        row | {name: translate(row[name], language) for name in words} | {"seats": named(row["seats"], language)}
        for row in rows
    ]


def heading(name: str, language: str) -> str:
    """What stands above a column."""
    return translate(HEADINGS.get(name, name), language)


def named(seats: str, language: str) -> str:
    """Seats by what they are called, several of a role by their numbers."""
    found = []
    for each in seats.split():
        role, _dash, number = each.partition("-")
        found.append(f"{render(_('{role:role}', role=role), language)} {number}".strip())
    return ", ".join(found)


def _choose(group: list[dict[str, Any]], runs: int) -> None:
    """Say which of a student's games counts, and of the others why not."""
    entered: list[dict[str, Any]] = []
    for row in sorted(group, key=lambda each: each["report"] == ""):  # with its report rather than the bare save
        if any(row["seed"] == each["seed"] for each in entered):
            row["counts"] = N_("no: a game on this seed is there already")
        elif len(entered) == runs:
            row["counts"] = N_("no: more games than may be handed in")
        else:
            entered.append(row)
            row["counts"] = N_("no: the other game is better")
    max(entered, key=lambda each: each["final"])["counts"] = COUNTS


def counting(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows that stand for their students."""
    return [each for each in rows if each["counts"] == COUNTS]


def marks_of(records: Iterable[Record], policy: Policy) -> dict[str, dict[str, float]]:
    """Each student's marks for a roster: with the CRM, by hand, and the one that is the mark (the first, if any)."""
    found: dict[str, dict[str, float]] = {}
    for row in counting(rows_of(records, policy)):
        if row["student"]:
            found.setdefault(row["student"], {})["manual" if row["tools"] == MANUAL else "practice"] = row["final"]
    return {
        student: marks | {"mark": marks.get("practice", marks.get("manual", 0.0))} for student, marks in found.items()
    }


def _row(record: Record, policy: Policy) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(COLUMNS, "")
    row["file"] = record["file"]
    if "error" in record:
        row |= {"error": record["error"], "attested": record.get("attested", "")}
        return row
    student = record["student"]
    people = [each for each in record["seats"] if each["holder"] and not each["holder"].startswith("bot:")]
    seats = people or record["seats"]
    scores = [each["score"] for each in seats if each["score"] is not None]  # a seat to which too little came: none
    row["tools"] = MANUAL if record.get("manual") else CRM
    handling = sum(scores) / len(scores) if scores else 0.0
    report, pending = _report(record, student, policy)
    outcome, raw = _mixed(record, handling, policy)
    weights = policy.handling + policy.report
    if report is not None and weights:
        raw = (raw * policy.handling + report * policy.report) / weights
    penalty, override = policy.penalty(student), policy.override(student)
    final = max(0.0, raw - penalty) if override is None else override.score
    row |= {
        "student": student, "scenario": record["scenario"], "seed": record["seed"],
        "seats": " ".join(each["seat"] for each in seats), "handling": round(handling, 1),
        "outcome": "" if outcome is None else round(outcome, 1),
        "report": "" if report is None else round(report, 1), "pending": pending or "",
        "raw": round(raw, 1), "penalty": round(penalty, 1), "final": round(final, 1),
        "attested": record["attested"],
    }  # fmt: skip
    if not scores:
        row["handling"] = ""
    if not scores and (policy.handling or report is None):
        row |= {"raw": "", "penalty": ""}
        row |= {"final": "", "counts": UNSCORED} if override is None else {}
    if override is not None:
        row |= {"override by": override.by, "override why": override.why, "override at": override.at}
    return row


def _mixed(record: Record, handling: float, policy: Policy) -> tuple[float | None, float]:
    """What the company came to, where that was asked for, and the handling with its share of it."""
    share = record.get("outcome_share", 0) if policy.outcome is None else policy.outcome
    found = (record.get("outcome") or {}).get("score")
    return found, handling if found is None else (handling * (100 - share) + found * share) / 100


def _report(record: Record, student: str, policy: Policy) -> tuple[float | None, float]:
    """The report's mark out of 100 as far as it is sure, and the marks that still wait for a person."""
    found = record.get("report")
    if found is None:
        return None, 0.0
    earned, possible, pending = found["earned"], found["possible"], 0.0
    for each in found["questions"]:
        given = policy.confirmed_points(student, each["id"]) if each["pending"] else None
        if given is not None:
            earned, possible = earned + min(given, each["possible"]), possible + each["possible"]
        elif each["pending"]:
            pending += each["possible"]
    return (earned * 100 / possible if possible else 0.0), pending


def write_exports(wanted: Mapping[str, str], records: list[Record], policy: Policy, language: str) -> Iterator[str]:
    """Write every form that was asked for; gives the names of the files."""
    rows = rows_of(records, policy)
    graded = [each for each in records if "error" not in each]
    for form, file in wanted.items():
        if not file:
            continue
        path = Path(file)
        try:
            if form == "xlsx":
                _xlsx(path, rows, language)
            else:
                path.write_text(_text(form, rows, graded, language, len(records)), encoding="utf-8", newline="")
        except OSError as error:
            raise StoreError(_("{file} cannot be written: {cause}", file=file, cause=error.strerror or "")) from error
        yield file


def _text(form: str, rows: list[dict[str, Any]], graded: list[Record], language: str, files: int) -> str:
    if form == "gradescope":
        marked = [each for each in rows if not each["error"]]
        results = [gradescope(each, row) for each, row in zip(graded, marked, strict=True)]
        return json.dumps(results[0] if files == len(results) == 1 else results, ensure_ascii=False, indent=1)
    if form == "xapi":
        return json.dumps(list(xapi(counting(rows))), ensure_ascii=False, indent=1)
    if form == "moodle":
        return _moodle([each for each in counting(rows) if each["student"]])
    if form == "canvas":
        return _canvas([each for each in counting(rows) if each["student"]])
    # the mark by which spreadsheets know UTF-8; one game alone is told criterion by criterion
    return "\ufeff" + (sheet(graded) if files == 1 else _csv(shown(rows, language), COLUMNS))


def _moodle(rows: list[dict[str, Any]]) -> str:
    """A row a student; each piece of work is a column where there are several, to be mapped to a grade item."""
    works = sorted({_assignment(each) for each in rows})
    titles = {each: each if len(works) > 1 else "Grade" for each in works}
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        mine = found.setdefault(row["student"], {"ID number": row["student"], "Feedback comments": ""})
        mine[titles[_assignment(row)]] = row["final"]
        mine["Feedback comments"] = mine["Feedback comments"] or row["override why"]
    return _csv(list(found.values()), ("ID number", *titles.values(), "Feedback comments"))


def _canvas(rows: list[dict[str, Any]]) -> str:
    """A row a student and a column a piece of work, below a row that says what each is out of."""
    works = sorted({_assignment(each) for each in rows})
    found: dict[str, dict[str, Any]] = {"": {"Student": "    Points Possible"} | dict.fromkeys(works, 100)}
    for row in rows:
        who = row["student"]
        mine = found.setdefault(who, {"Student": who, "SIS User ID": who, "SIS Login ID": who})
        mine[_assignment(row)] = row["final"]
    return _csv(list(found.values()), (*CANVAS, *works))


def _assignment(row: dict[str, Any]) -> str:
    """What a platform calls the piece of work."""
    return f"crmsim {row['scenario']}" + (f" ({MANUAL})" if row["tools"] == MANUAL else "")


def _csv(rows: list[dict[str, Any]], columns: Iterable[str]) -> str:
    out = io.StringIO()
    names = list(columns)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([safe_cell(row.get(name, "")) for name in names] for row in rows)
    return out.getvalue()


def gradescope(record: Record, row: dict[str, Any]) -> dict[str, Any]:
    """A record as Gradescope's results.json: the mark out of 100, and a test a criterion of the student's seats."""
    own = row["seats"].split()
    tests = [
        {"name": f"{seat['seat']}: {each['label']}", "score": each["points"], "max_score": each["possible"],
         "output": " ".join(filter(None, (each["why"], each["advice"]))), "visibility": "visible"}
        for seat in record["seats"] if seat["seat"] in own for each in seat["criteria"] if each["possible"]
    ]  # fmt: skip
    tests += [
        {"name": each["id"], "score": each["points"], "max_score": each["possible"], "output": each["why"],
         "visibility": "visible"}
        for each in record.get("report", {}).get("questions", ()) if not each["pending"]
    ]  # fmt: skip
    about = {"student": row["student"], "seed": row["seed"], "attested": row["attested"], "file": row["file"]}
    return {"score": row["final"] or 0.0, "output_format": "text", "visibility": "visible", "tests": tests,
            "extra_data": about}  # fmt: skip


def xapi(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """An xAPI statement a student: scored, out of 100. The same mark is the same statement, however often sent."""
    for row in rows:
        game = f"urn:crmsim:{quote(row['scenario'])}:{row['seed']}"
        yield {
            "id": str(uuid5(NAMESPACE_URL, f"{game} {row['student']} {row['tools']} {row['final']}")),
            "actor": {"objectType": "Agent", "account": {"homePage": ACCOUNTS, "name": row["student"] or "-"}},
            "verb": {"id": VERB, "display": {"en": "scored", "zh": "得分"}},
            "object": {"objectType": "Activity", "id": game,
                       "definition": {"type": KIND, "name": {"en": row["scenario"]}}},
            "result": {"score": {"raw": row["final"], "min": 0, "max": 100,
                                 "scaled": round(row["final"] / 100, 4)}, "completion": True},
        }  # fmt: skip


def _xlsx(path: Path, rows: list[dict[str, Any]], language: str) -> None:
    with new_book(path) as book:
        page, bold = book.add_worksheet(translate(N_("grades"), language)), book.add_format({"bold": True})
        for column, name in enumerate(COLUMNS):
            page.write_string(0, column, heading(name, language), bold)
            for number, row in enumerate(shown(rows, language), 1):
                value = row[name]
                if isinstance(value, int | float):
                    page.write_number(number, column, value)
                else:
                    page.write_string(number, column, str(value))
        page.freeze_panes(1, 1)
        page.autofit()
