"""The keeper of a game on disk: nothing is acknowledged that is not committed."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import msgspec

from crmsim.engine.errors import StoreError
from crmsim.engine.words import _
from crmsim.game.crew import BOT, Crew, Player
from crmsim.game.game import Game
from crmsim.game.journal import CLOCK_SEAT, Entry, Header, Voided, action_to_json
from crmsim.game.replay import mark_of, replay_entries
from crmsim.store.connection import connect, trouble
from crmsim.store.folders import COPIES
from crmsim.store.reading import Saved, read_save
from crmsim.store.sealing import Sealer, host_key_of, of_header, of_row

Row = dict[str, Any]
Founder = Callable[[Path, Row, str], object]  # makes the file: its header, and the host's seal of it or ""
BACKUPS = 3
SEALED = ("number", "minute", "seat", "by", "client", "action")  # as `of_row` takes them


class SaveFile:
    """Keeps a game's entries in a file. A person's entry is committed at once; bots' go with it or with the day."""

    def __init__(
        self,
        path: Path,
        next_number: int = 0,
        entities: dict[str, str] | None = None,
        sealer: Sealer | None = None,
    ) -> None:
        self.path = path
        self.sealer = sealer  # of a host with a key: every entry is sealed as it is kept
        self.game: Game | None = None  # whose world each entry is kept with a mark of
        self.unmarked = False  # the file is from before there were marks
        self.trouble: StoreError | None = None  # what stopped the last write; tried again with each entry
        self._connection: sqlite3.Connection | None = None  # opened by the first write, anew after a failure
        self._entries: list[Row] = []
        self._days: list[Row] = []
        self._next = next_number  # the first number that is not known to be on disk
        self._unsure = False  # a commit failed: it may have reached the disk all the same
        self._entities = dict(entities or {})
        self._people_acted = False  # since the last backup

    @property
    def name(self) -> str:
        """The path, as people know the save."""
        return str(self.path)

    @classmethod
    def create(cls, path: Path, header: Header, key: bytes = b"", founder: Founder | None = None) -> SaveFile:
        """A new save; StoreError when there is one already or the place cannot be written. `key` is the host's."""
        if path.exists() and path.stat().st_size:
            raise StoreError(_("{file} exists already. Resume it, or choose another name.", file=str(path)))
        keeper = cls(path, sealer=Sealer(key) if key else None)
        row = {"id": 1, "format": header.format, "engine": header.engine, "body": msgspec.json.encode(header).decode()}
        mine = not path.exists()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if mine:
                path.touch(exist_ok=False)
        except OSError as error:
            raise StoreError(
                _("{file} cannot be opened. Check the folder and its permissions.", file=str(path))
            ) from error
        seals = keeper.sealer.seal([of_header(header)]) if keeper.sealer is not None else [""]
        try:
            keeper._transact(lambda connection: None)  # held open, so that a copy of the file alone is seen as a part
            (founder or _found_here)(path, row, seals[0])
        except BaseException:
            keeper.let_go()
            if mine:
                _clear(path)
            raise
        return keeper

    def entry(self, entry: Entry) -> None:
        """Keep an entry. A person's, and a wait, is on disk when this returns; StoreError when it is not kept."""
        whole = None if isinstance(entry.action, Voided) else self.game  # what was struck out left half a world
        self._entries.append(_row(entry, "" if whole is None else mark_of(whole)))
        if not entry.by.startswith(BOT):
            try:
                self.flush()
            except StoreError:
                self._entries.pop()
                raise
            self._people_acted = self._people_acted or entry.by != CLOCK_SEAT

    def day(self, day: int, digest: str, entities: dict[str, str]) -> None:
        """Keep the digests of a day that is over and the bots' entries of it, and back up what people did.

        A failure waits for the next entry.
        """
        changed: dict[str, str | None] = {
            name: value for name, value in entities.items() if self._entities.get(name) != value
        }
        changed |= dict.fromkeys(name for name in self._entities if name not in entities)
        self._entities = entities
        text = msgspec.json.encode(changed, order="sorted").decode()
        self._days.append({"day": day, "digest": digest, "entities": text})
        try:
            self.flush()
            if self._people_acted:
                self.backup()
        except StoreError as error:
            self.trouble = error  # of the copy as well

    def flush(self) -> None:
        """Commit whatever waits."""
        entries, days = list(self._entries), list(self._days)
        if not entries and not days:
            return

        last = self.sealer.last if self.sealer is not None else ""
        sealed = (of_row(*(each[name] for name in SEALED)) for each in entries)
        seals = [] if self.sealer is None else self.sealer.seal(sealed)

        def write(connection: sqlite3.Connection) -> None:
            if self.unmarked:
                connection.execute("ALTER TABLE entry ADD COLUMN mark VARCHAR NOT NULL DEFAULT ''")
            if self._unsure:  # only what was never acknowledged can stand beyond the known end
                connection.execute("DELETE FROM entry WHERE number >= ?", (self._next,))
                if self.sealer is not None:
                    connection.execute("DELETE FROM seal WHERE number >= ?", (self._next,))
            _insert(connection, "entry", entries)
            if seals:
                macs = zip(entries, seals, strict=True)
                _insert(connection, "seal", [{"number": each["number"], "mac": mac} for each, mac in macs])
            if days:  # a game resumed from before midnight lives that midnight again
                connection.execute("DELETE FROM day WHERE day >= ?", (days[0]["day"],))
                _insert(connection, "day", days)

        try:
            self._transact(write)
        except StoreError as error:
            if self.sealer is not None:
                self.sealer.last = last  # nothing was sealed
            self.trouble = error
            raise
        self._entries, self._days, self.trouble, self.unmarked = [], [], None, False
        self._next += len(entries)

    def close(self, game: Game) -> None:
        """On leaving: enter the minute, commit what waits, keep the digest, and let go of the file."""
        game.mark_time()
        self.flush()
        values = (game.digest(), len(game.journal))
        self._transact(
            lambda connection: connection.execute("UPDATE header SET closing = ?, closing_entries = ?", values)
        )
        self.let_go()

    def let_go(self) -> None:
        """Close the file as it is; what was acknowledged is in it."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def backup(self) -> Path:
        """A copy of the save as it stands, beside it; the last few are kept."""
        folder = self.path.parent / COPIES
        copies = [folder / f"{self.path.stem}-{number}{self.path.suffix}" for number in range(1, BACKUPS + 1)]
        target = min(copies, key=lambda each: each.stat().st_mtime_ns if each.exists() else 0)
        partial = target.with_suffix(".partial")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(partial)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=delete")  # one file, without companions
            os.replace(partial, target)
        except (OSError, sqlite3.Error) as error:
            raise trouble(error, target) from error
        self._people_acted = False
        return target

    def _transact(self, write: Callable[[sqlite3.Connection], Any]) -> None:
        try:
            if self._connection is None:
                self._connection = connect(self.path)
            self._connection.execute("BEGIN IMMEDIATE")
            write(self._connection)
            self._connection.commit()
        except sqlite3.IntegrityError as error:
            self.let_go()  # what was not committed is undone
            raise StoreError(
                _("Another program has played on in {file}. Resume it to see where it stands.", file=self.name)
            ) from error
        except (sqlite3.Error, OSError) as error:
            self._unsure = True
            self.let_go()  # a fresh connection for the next try
            raise trouble(error, self.path) from error
        self._unsure = False


def _found_here(path: Path, header: Row, seal: str) -> None:
    from crmsim.store.founding import found

    found(path, header, seal)


def _insert(connection: sqlite3.Connection, table: str, rows: list[Row]) -> None:
    if rows:
        columns = ", ".join(rows[0])
        values = ", ".join(f":{each}" for each in rows[0])
        connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({values})", rows)


def _row(entry: Entry, mark: str = "") -> Row:
    return {
        "number": entry.number,
        "minute": entry.minute,
        "seat": entry.seat,
        "by": entry.by,
        "action": action_to_json(entry.action).decode(),
        "client": entry.id,
        "mark": mark,
    }


def save(game: Game, path: str | Path) -> Path:
    """Write a game to a new save file, whole or not at all."""
    path = Path(path)
    if not game.repeatable:
        raise StoreError(_("A copy with other luck or other days cannot be saved."))
    game.mark_time()
    keeper = SaveFile.create(path, game.header())
    keeper._entries = [_row(each) for each in game.journal]
    keeper._days = [
        {"day": number, "digest": digest, "entities": "{}"} for number, digest in enumerate(game.day_digests, 1)
    ]
    try:
        keeper.close(game)
    except StoreError:
        keeper.let_go()
        _clear(path)
        raise
    return path


def _clear(path: Path) -> None:
    """A save that was not finished is gone, and its name is free again."""
    with suppress(OSError):
        for each in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
            each.unlink(missing_ok=True)


def keep(game: Game, path: str | Path, founder: Founder | None = None) -> SaveFile:
    """From now on a game that has not begun is kept in a new save file, which `founder` makes if it is given."""
    keeper = SaveFile.create(Path(path), game.header(), host_key_of(), founder)
    game.keeper, keeper.game = keeper, game
    return keeper


def open_save(path: str | Path, players: dict[str, Player] | None = None) -> Game:
    """A game as its save tells it, ready to play on: its keeper is attached, its bots sit down again."""
    saved = read_save(path)
    game = replay_entries(saved.header, saved.entries)
    resume(game, saved, players or {})
    return game


def resume(game: Game, saved: Saved, players: dict[str, Player]) -> None:
    """Attach the keeper and the programs to a game that was told again."""
    entities: dict[str, str] = {}
    for day in saved.days:
        for name, value in day.entities.items():
            if value is not None:
                entities[name] = value
            else:
                entities.pop(name, None)
    key, whole = host_key_of(), len(saved.seals) == len(saved.entries) + 1
    sealer = Sealer(key, saved.seals[-1]) if key and whole else None  # what was played elsewhere stays unattested
    game.keeper = keeper = SaveFile(saved.path, len(saved.entries), entities, sealer)
    keeper.game, keeper.unmarked = game, saved.marks is None
    game.crew = Crew(dict(players), game.minute)


def probe(folder: Path) -> None:
    """StoreError when saves cannot be kept safely in a folder (a network drive, no permission)."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        place = Path(mkdtemp(prefix=".probe-", dir=folder))
    except OSError as error:
        raise StoreError(
            _("{file} cannot be opened. Check the folder and its permissions.", file=str(folder))
        ) from error
    try:
        with closing(connect(place / "probe.crmsim")) as connection:
            connection.execute("CREATE TABLE probe (number INTEGER)")
    except sqlite3.Error as error:
        raise trouble(error, folder) from error
    finally:
        rmtree(place, ignore_errors=True)
