"""Reading a save with the standard library alone, so that a replay starts at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from crmsim.engine.errors import StoreError
from crmsim.engine.words import _
from crmsim.game.journal import FORMAT, Entry, Header, action_from_json
from crmsim.game.replay import KeptDay, refuse_other_version
from crmsim.store.connection import trouble

Raw = dict[str, Any]
# One function a step: from format n to n + 1, over the header and the entries as plain values.
STEPS: dict[int, Callable[[Raw, list[Raw]], None]] = {}


@dataclass(frozen=True)
class Saved:
    """What a save file holds. `closing` is (entries, digest) at the last leaving, None before any."""

    path: Path
    header: Header
    entries: list[Entry]
    days: list[KeptDay]
    closing: tuple[int, str] | None = None
    seals: tuple[str, ...] = ()  # the host's: of the header, then of each entry
    marks: tuple[str, ...] | None = None  # of the world as each entry found it; None: from before there were any


@dataclass(frozen=True)
class Head:
    """The outside of a save: what a list of saves shows."""

    scenario: str
    seed: int
    student: str
    entries: int
    minute: int


def read_head(path: str | Path) -> Head:
    """The outside of a save, without its entries."""
    path = Path(path)
    try:
        with closing(_open(path)) as connection:
            body = msgspec.json.decode(_header_row(connection, path)[0], type=dict[str, Any])
            entries, minute = connection.execute("SELECT count(*), coalesce(max(minute), 0) FROM entry").fetchone()
        return Head(str(body["scenario"]), int(body["seed"]), str(body.get("student", "")), entries, minute)
    except sqlite3.Error as error:
        raise trouble(error, path) from error
    except (msgspec.MsgspecError, KeyError, ValueError, TypeError, RecursionError) as error:
        raise StoreError(_("{file} is damaged: {cause}", file=str(path), cause=str(error))) from error


def read_save(path: str | Path) -> Saved:
    """All of a save; StoreError says what is wrong with the file."""
    path = Path(path)
    try:
        raw_header, raw_entries, days, closing, seals, marks = _rows(path)
    except sqlite3.Error as error:
        raise trouble(error, path) from error
    return Saved(path, *decode(raw_header, raw_entries, str(path)), days, closing, seals, marks)


def decode(raw_header: Raw, raw_entries: list[Raw], file: str) -> tuple[Header, list[Entry]]:
    """Header and entries from plain values, brought to today's format first."""
    try:
        upgrade(raw_header, raw_entries)
        header = msgspec.convert(raw_header, Header)
        refuse_other_version(header)
        entries = [_entry(raw) for raw in raw_entries]
    except (msgspec.MsgspecError, KeyError, TypeError, RecursionError) as error:
        raise StoreError(_("{file} is damaged: {cause}", file=file, cause=str(error))) from error
    return header, entries


def upgrade(header: Raw, entries: list[Raw]) -> None:
    """Bring an older save to today's format, one step at a time; what has no step is refused by name."""
    while isinstance(header.get("format"), int) and header["format"] < FORMAT:
        step = STEPS.get(header["format"])
        if step is None:
            raise StoreError(
                _("The save has format {format}; this program reads {known}.", format=header["format"], known=FORMAT)
            )
        step(header, entries)
        header["format"] += 1


def _entry(raw: Raw) -> Entry:
    action = raw["action"]
    text = action if isinstance(action, str | bytes) else msgspec.json.encode(action)
    head = msgspec.convert({**raw, "action": None}, Entry)
    return Entry(head.number, head.minute, head.seat, head.by, action_from_json(text), head.id)


Marks = tuple[str, ...] | None


def _rows(path: Path) -> tuple[Raw, list[Raw], list[KeptDay], tuple[int, str] | None, tuple[str, ...], Marks]:
    with closing(_open(path)) as connection:
        header = _header_row(connection, path)
        entries = connection.execute("SELECT number, minute, seat, by, action, client FROM entry ORDER BY number")
        raw = [dict(zip(("number", "minute", "seat", "by", "action", "id"), row, strict=True)) for row in entries]
        marks: Marks = None
        if any(row[1] == "mark" for row in connection.execute("PRAGMA table_info(entry)")):
            marks = tuple(str(row[0]) for row in connection.execute("SELECT mark FROM entry ORDER BY number"))
        kept = connection.execute("SELECT day, digest, entities FROM day ORDER BY day").fetchall()
        seals: tuple[str, ...] = ()
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'seal'").fetchone():
            seals = tuple(str(row[0]) for row in connection.execute("SELECT mac FROM seal ORDER BY number"))
    try:
        days = [
            KeptDay(day, digest, msgspec.json.decode(text, type=dict[str, str | None])) for day, digest, text in kept
        ]
        body = msgspec.json.decode(header[0], type=dict[str, Any])
    except (msgspec.MsgspecError, TypeError, RecursionError) as error:
        raise StoreError(_("{file} is damaged: {cause}", file=str(path), cause=str(error))) from error
    return body, raw, days, (header[2], header[1]) if header[1] else None, seals, marks


def _open(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise StoreError(_("There is no save {file}.", file=str(path)))
    # Nobody has it open: read it as it lies, also from a folder that may not be written.
    still = "" if path.with_name(f"{path.name}-wal").exists() else "&immutable=1"
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro{still}", uri=True, timeout=5)
    connection.execute("PRAGMA query_only=ON")
    return connection


def _header_row(connection: sqlite3.Connection, path: Path) -> Any:
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    row = None
    if {"header", "entry", "day"} <= names:
        row = connection.execute("SELECT body, closing, closing_entries FROM header").fetchone()
    if not names:  # SQLite's own and nothing in it: what was written last stands in the file beside it
        raise StoreError(
            _("{file} is only a part of a save: it was copied while its game was open, or without the file {wal} beside"
              " it. Resume it where it was played, leave it, and copy it again.",
              file=str(path), wal=f"{path.name}-wal")
        )  # fmt: skip
    if row is None:
        raise StoreError(_("{file} is not a save of this game.", file=str(path)))
    return row
