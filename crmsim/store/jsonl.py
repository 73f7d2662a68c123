"""A journal as lines of text: the header, then one entry a line. For hand-ins, fixtures and reading by eye."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from crmsim.engine.errors import StoreError
from crmsim.engine.words import _
from crmsim.game.journal import Entry, Header, entry_to_json
from crmsim.store.reading import Saved, decode, read_save

SUFFIX = ".jsonl"
MOST_BYTES = 20_000_000


def write_journal(header: Header, entries: list[Entry], path: str | Path) -> None:
    """A header line and the entries, in UTF-8."""
    lines = [msgspec.json.encode(header), *map(entry_to_json, entries)]
    try:
        Path(path).write_bytes(b"\n".join(lines) + b"\n")
    except OSError as error:
        raise StoreError(_("{file} cannot be written: {cause}", file=str(path), cause=error.strerror or "")) from error


def read_journal(path: str | Path) -> Saved:
    """A journal written by `write_journal`; StoreError names what is wrong."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise StoreError(_("There is no save {file}.", file=str(path))) from error
    if len(content) > MOST_BYTES:
        raise StoreError(_("{file} is too large.", file=str(path)))
    lines = content.removeprefix(b"\xef\xbb\xbf").splitlines()
    try:
        raw = [msgspec.json.decode(line, type=dict[str, Any]) for line in lines if line.strip()]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise StoreError(_("{file} is damaged: {cause}", file=str(path), cause=str(error))) from error
    if not raw:
        raise StoreError(_("{file} is not a save of this game.", file=str(path)))
    return Saved(path, *decode(raw[0], raw[1:], str(path)), [])


def read_any(path: str | Path) -> Saved:
    """A save file, or a journal in lines."""
    return read_journal(path) if Path(path).suffix.lower() == SUFFIX else read_save(path)
