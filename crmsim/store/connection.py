"""How a save file is opened for writing: one connection, every write a transaction of its own, durable when done."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from crmsim.engine.errors import StoreError
from crmsim.engine.words import _

WAIT_SECONDS = 5


def connect(path: Path) -> sqlite3.Connection:
    """A connection on which nothing begins by itself: transactions begin IMMEDIATE, or updates get lost silently."""
    connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        mode = connection.execute("PRAGMA journal_mode=wal").fetchone()[0]
        if mode != "wal":
            raise StoreError(
                _(
                    "{file} lies on a drive that cannot keep it safe (a network drive?). Save to a local folder.",
                    file=str(path),
                )
            )
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
    except BaseException:
        connection.close()
        raise
    return connection


def settle(path: Path) -> None:
    """Bring into a save what a killed program left beside it; StoreError while somebody has it open."""
    try:
        connect(path).close()  # whoever is the last to close it does that
    except sqlite3.Error as error:
        raise trouble(error, path) from error
    if path.with_name(f"{path.name}-wal").exists():
        raise _in_use(str(path))


def _in_use(file: str) -> StoreError:
    return StoreError(_("{file} is in use by another program. Close it and try again.", file=file))


def trouble(error: BaseException, path: str | Path) -> StoreError:
    """An error of SQLite or of the system as a sentence that says what to do."""
    said = (error.strerror or "") if isinstance(error, OSError) else str(error)  # the system's own names the file too
    text, file = said.lower(), str(path)
    if "not a database" in text:
        return StoreError(_("{file} is not a save of this game.", file=file))
    if "malformed" in text or "corrupt" in text:
        return StoreError(_("{file} is damaged. Take a backup from the folder beside it.", file=file))
    if "locked" in text or "busy" in text:
        return _in_use(file)
    if "readonly" in text or "read-only" in text or isinstance(error, PermissionError):
        return StoreError(_("{file} may not be written. Copy it to a folder of your own.", file=file))
    if "full" in text or getattr(error, "errno", 0) == errno.ENOSPC or "disk i/o" in text or "too large" in text:
        return StoreError(_("The disk is full or fails; {file} was not written. Make room and go on.", file=file))
    if "unable to open" in text:
        return StoreError(_("{file} cannot be opened. Check the folder and its permissions.", file=file))
    return StoreError(_("The save {file} failed: {cause}", file=file, cause=said))
