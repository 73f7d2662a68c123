"""Grades as rows of a table: one row a criterion of a seat, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from crmsim.store.sheets import safe_cell

COLUMNS = (
    "file", "scenario", "seed", "student", "day", "days", "seat", "name", "role", "holder", "score", "criterion",
    "label", "points", "possible", "occasions", "evidence", "why", "advice",
)  # fmt: skip


def sheet(records: Iterable[dict[str, Any]]) -> str:
    """The CSV text of reports as `as_json` gives them; a cell that a spreadsheet might run as a formula is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for record in records:
        whole = {name: record[name] for name in ("file", "scenario", "seed", "student", "day", "days")}
        for seat in record["seats"]:
            mine = whole | {name: seat[name] for name in ("seat", "name", "role", "holder", "score")}
            for each in seat["criteria"]:
                row = mine | {"criterion": each["id"], "evidence": " ".join(map(str, each["evidence"]))}
                row |= {name: each[name] for name in ("label", "points", "possible", "occasions", "why", "advice")}
                writer.writerow([safe_cell(row[name]) for name in COLUMNS])
    return out.getvalue()
