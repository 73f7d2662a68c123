"""The empty table to fill in before an import: our titles, and what each field takes."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from crmsim.engine.amounts import Date, Money, Whole
from crmsim.engine.errors import StoreError
from crmsim.engine.fields import Kind
from crmsim.engine.words import N_, _, render, translate
from crmsim.roles.everyone.records import editable
from crmsim.scenarios.workbook import new_book
from crmsim.store.sheets import safe_cell


def write_template(view: Any, path: Path, language: str) -> None:
    """An empty table to fill in: the titles of our fields, and on a second sheet what each takes."""
    fields = editable(view)
    titles = [translate(each.kind.label, language) for each in fields.values()]
    if path.suffix.lower() != ".xlsx":
        try:
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerow(map(safe_cell, titles))
        except OSError as error:
            cause = error.strerror or ""
            raise StoreError(_("{file} cannot be written: {cause}", file=str(path), cause=cause)) from error
        return
    with new_book(path) as book:
        bold, text = book.add_format({"bold": True, "bg_color": "#E8EEF4"}), book.add_format({"num_format": "@"})
        page = book.add_worksheet(translate(N_("Customers"), language))
        notes = book.add_worksheet(translate(N_("Field notes"), language))
        page.set_column(0, len(titles) - 1, 16, text)
        notes.set_column(0, 2, 40)
        for place, (name, title) in enumerate(zip(fields, titles, strict=True)):
            page.write_string(0, place, title, bold)
            note = field_note(view, name, fields[name].kind, language)
            page.write_comment(0, place, note)
            for column, words in enumerate((title, name, note)):
                notes.write_string(place, column, words)


def field_note(view: Any, name: str, kind: Kind, language: str) -> str:
    """What a field takes, in a sentence."""
    if name == "name":
        note = _("Must be given. Two rows with one name, phone or e-mail are one customer.")
    elif name in {"phone", "email"}:
        note = _("11 digits, kept as text. A phone or an e-mail must be given.") if name == "phone" else _(
            "An address with an @. A phone or an e-mail must be given."
        )  # fmt: skip
    elif isinstance(kind, Date):
        note = _("A date such as 2025-03-20, or a day of the game.")
    elif isinstance(kind, Money):
        note = _("An amount in yuan.")
    elif isinstance(kind, Whole):
        note = _("A whole number.")
    elif hasattr(kind, "words") or kind.closed:
        known = [render(option.label, language) for option in kind.options(view, {})]
        note = _("One of: {known}", known=", ".join(known))
    else:
        note = _("Text of at most {most} characters.", most=getattr(kind, "most", 500))
    return render(note, language)
