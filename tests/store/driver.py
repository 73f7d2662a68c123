"""Plays a game of about twenty entries into a save while SQLite is made to fail at its n-th call; prints what happened.

    python driver.py kill|raise|full FOLDER

For every n a child process plays; then the save is opened again. Each line of the output is one n. The game is a
director's own acts and waits by turns, over a midnight, so that a day's digests and a backup are written, too.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

from crmsim.engine.errors import StoreError
from crmsim.game import Game
from crmsim.public import open_save
from crmsim.roles.director import ChangeSettings
from crmsim.scenarios.schema import Scenario
from crmsim.store.reading import read_head
from crmsim.store.savefile import keep

ENTRIES = 20


class Failing(sqlite3.Connection):
    """Counts calls; at the n-th it kills the process, or raises."""

    calls, at, how = 0, 0, ""

    def _count(self) -> None:
        Failing.calls += 1
        if Failing.calls == Failing.at:
            if Failing.how == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            raise sqlite3.OperationalError("disk I/O error")

    def execute(self, *given: Any) -> Any:
        self._count()
        return super().execute(*given)

    def commit(self) -> None:
        self._count()
        super().commit()
        self._count()

    def cursor(self, *given: Any, **named: Any) -> Any:
        return super().cursor(FailingCursor)


class FailingCursor(sqlite3.Cursor):
    """Counts with its connection."""

    def execute(self, *given: Any) -> Any:
        self.connection._count()
        return super().execute(*given)

    def executemany(self, *given: Any) -> Any:
        self.connection._count()
        return super().executemany(*given)


def connect(*given: Any, **named: Any) -> Any:
    return REAL(*given, **{**named, "factory": Failing})


REAL = sqlite3.connect


def play(path: Path, tell: Any, *, retry: bool) -> None:
    """Acts and waits by turns, each an entry; every acknowledged one is told at once."""
    game = Game(SCENARIO, 3)
    for _attempt in range(2):
        try:
            keep(game, path)
            break
        except StoreError:
            if not retry:
                raise
            for each in path.parent.glob(f"{path.name}*"):
                each.unlink()
    tell("made")
    while len(game.journal) < ENTRIES:
        known = len(game.journal)
        try:
            step(game)
        except StoreError as error:
            tell(f"refused {error}")
            if not retry:
                return
            step(game) if known % 2 else game.mark_time()
        assert len(game.journal) == known + 1
        tell(f"kept {len(game.journal)} {game.digest()}")


def step(game: Game) -> None:
    """An act of the director, or a wait until it is free again, an hour and a half later at the soonest."""
    done = len(game.journal)
    if done % 2:
        game.apply("director", ChangeSettings(return_days=done), id=f"step {done}")
    else:
        game.advance_to(game.free_minute("director", since=game.minute + 90))


def child(path: Path, how: str, n: int) -> list[str]:
    """What a child process told before it was done, or gone."""
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read_end)
        code = 1
        try:
            if how == "full":
                resource.setrlimit(resource.RLIMIT_FSIZE, (n, n))
            else:
                Failing.at, Failing.how = n, how
                sqlite3.connect = sqlite3.dbapi2.connect = connect
            play(path, lambda line: os.write(write_end, f"{line}\n".encode()), retry=how == "raise")
            os.write(write_end, b"done\n" if how == "full" or Failing.calls < n else b"hit\n")
            code = 0
        finally:
            os._exit(code)
    os.close(write_end)
    with os.fdopen(read_end, encoding="utf-8") as file:
        told = file.read().splitlines()
    os.waitpid(pid, 0)
    return told


def reopened(path: Path) -> dict[str, Any]:
    """The save as it is found afterwards, and whether play goes on in it."""
    try:
        game = open_save(path, players={})
    except StoreError as error:
        return {"entries": 0, "digest": "", "error": str(error)}
    found = {"entries": len(game.journal), "digest": game.digest(), "error": ""}
    game.advance(30)
    game.keeper.let_go()
    found["goes_on"] = read_head(path).entries == found["entries"] + 1
    return found


def main(how: str, folder: Path) -> None:
    """Every n until nothing fails any more."""
    play(
        folder / "first.crmsim", lambda line: None, retry=False
    )  # what is loaded late is loaded once, not in each child
    reopened(folder / "first.crmsim")
    sizes = range(20_000, 400_000, 20_000)
    for n in sizes if how == "full" else range(1, 1000):
        path = folder / f"{how}-{n}.crmsim"
        told = child(path, how, n)
        print(json.dumps({"n": n, "told": told, **reopened(path)}), flush=True)
        if "done" in told:
            break


# As small as a scenario can be: what is tested is the file.
SCENARIO = Scenario.model_validate(
    {
        "meta": {"id": "small", "title": "Small"},
        "company": {"name": "Small"},
        "seats": ({"id": "director", "roles": ("director",)},),
        "products": ({"id": "pen", "name": "Pen", "price": 1000, "cost": 500},),
        "segments": ({"id": "all", "name": "All"},),
        "market": {"size": 1},
    }
)

if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
