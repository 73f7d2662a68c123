"""Save, resume, list, back up; and a sentence for every file that is not what it should be."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crmsim import open_save, replay, save
from crmsim.engine.errors import StoreError
from crmsim.game import Entry, Game
from crmsim.game.journal import FORMAT, TimePassed
from crmsim.game.replay import verify
from crmsim.scenarios.loader import load_scenario
from crmsim.store import reading
from crmsim.store.connection import trouble
from crmsim.store.jsonl import read_any, write_journal
from crmsim.store.reading import read_head, read_save
from crmsim.store.savefile import SaveFile, keep, probe
from crmsim.store.tables import DayRow, EntryRow, HeaderRow, SealRow

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def game() -> Game:
    return Game(load_scenario("first_day"), 3, student="2025001", holders={"sales-1": "2025001"})


def keeper_of(game: Game) -> SaveFile:
    assert isinstance(game.keeper, SaveFile)
    return game.keeper


@pytest.mark.covers("GAME-8", "GAME-7")
def test_a_saved_game_is_told_again(game: Game, tmp_path: Path) -> None:
    game.advance(300)
    path = save(game, tmp_path / "lab.crmsim")
    assert replay(path).digest() == game.digest()
    game.run_to_end()
    save(game, tmp_path / "end.crmsim")
    again = read_save(tmp_path / "end.crmsim")
    assert verify(again.header, again.entries, again.days, again.closing)[1] is None
    assert again.header.student == "2025001" and again.header.holders["sales-1"] == "2025001"


@pytest.mark.covers("GAME-8")
def test_a_game_kept_from_the_start_is_resumed_and_ends_like_one_never_left(game: Game, tmp_path: Path) -> None:
    path = tmp_path / "lab.crmsim"
    keep(game, path)
    game.advance(400)
    keeper_of(game).close(game)
    twin = game.fork()
    resumed = open_save(path, players={})
    assert resumed.digest() == game.digest() and resumed.holders == game.holders
    resumed.run_to_end()
    twin.run_to_end()
    keeper_of(resumed).close(resumed)
    assert resumed.digest() == twin.digest()
    saved = read_save(path)
    assert [each.day for each in saved.days] and saved.closing == (len(saved.entries), resumed.digest())
    assert verify(saved.header, saved.entries, saved.days, saved.closing)[1] is None


@pytest.mark.covers("GAME-7", "GAME-8")
def test_a_journal_that_lacks_the_end_it_was_left_with_is_not_identical(game: Game, tmp_path: Path) -> None:
    for _each in range(4):
        game.advance(60)
        game.mark_time()
    path = save(game, tmp_path / "lab.crmsim")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM entry WHERE number >= 2")
        connection.commit()
    saved = read_save(path)
    found = verify(saved.header, saved.entries, saved.days, saved.closing, saved.marks or ())[1]
    assert found is not None and (found.day, found.entry) == (1, 1)
    assert (found.expected, found.got) == ("4 entries", "2 entries")


@pytest.mark.covers("GAME-7", "GAME-8")
def test_a_save_from_before_there_were_marks_is_played_on(game: Game, tmp_path: Path) -> None:
    path = tmp_path / "lab.crmsim"
    keep(game, path)
    game.advance(60)
    keeper_of(game).close(game)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE entry DROP COLUMN mark")
    old = read_save(path)
    assert old.marks is None and verify(old.header, old.entries, old.days, old.closing)[1] is None
    resumed = open_save(path, players={})
    resumed.advance(60)
    resumed.advance(60)
    keeper_of(resumed).close(resumed)
    new = read_save(path)
    assert new.marks is not None and new.marks[: len(old.entries)] == ("",) * len(old.entries) and all(new.marks[-2:])
    assert verify(new.header, new.entries, new.days, new.closing, new.marks)[1] is None


def test_a_game_resumed_from_before_midnight_lives_that_midnight_again(game: Game, tmp_path: Path) -> None:
    path = tmp_path / "lab.crmsim"
    keep(game, path)
    game.advance(60)
    game.live_to(2000)  # past midnight, without an entry: the day is kept, the way to it is not
    keeper_of(game).let_go()
    resumed = open_save(path, players={})
    assert resumed.minute < 1440
    resumed.advance(2000)
    assert resumed.ended or resumed.minute > 1440
    assert verify(resumed.header(), *_rest(path))[1] is None


def _rest(path: Path) -> tuple[Any, Any]:
    saved = read_save(path)
    return saved.entries, saved.days


@pytest.mark.covers("GAME-8")
def test_bots_entries_wait_for_a_person_and_a_person_never_waits(game: Game, tmp_path: Path) -> None:
    path = tmp_path / "lab.crmsim"
    keeper = keep(game, path)
    keeper.entry(Entry(0, 600, "sales-2", "bot:competent", TimePassed()))
    assert read_head(path).entries == 0
    keeper.entry(Entry(1, 600, "sales-1", "2025001", TimePassed()))
    assert read_head(path).entries == 2


def test_a_save_is_never_overwritten(game: Game, tmp_path: Path) -> None:
    path = save(game, tmp_path / "lab.crmsim")
    with pytest.raises(StoreError, match="exists already"):
        save(game, path)


@pytest.mark.covers("GAME-8")
def test_a_save_copied_while_its_game_is_open_says_what_to_do(game: Game, tmp_path: Path) -> None:
    path = tmp_path / "lab.crmsim"
    keeper = keep(game, path)
    keeper.entry(Entry(0, 600, "sales-1", "2025001", TimePassed()))
    copied = tmp_path / "copied.crmsim"
    copied.write_bytes(path.read_bytes())
    for read in (read_head, read_save):
        with pytest.raises(StoreError, match=r"only a part of a save.*copied\.crmsim-wal"):
            read(copied)
    assert read_head(path).entries == 1


def test_two_programs_cannot_both_play_on(game: Game, tmp_path: Path) -> None:
    path = save(game, tmp_path / "lab.crmsim")
    one, two = open_save(path, players={}), open_save(path, players={})
    one.advance(10)
    assert two.keeper is not None and two.keeper.trouble is None
    with pytest.raises(StoreError, match="Another program"):
        two.advance(20)
    assert two.keeper.trouble is not None
    assert read_head(path).entries == len(one.journal)


def test_a_copy_with_other_luck_is_not_saved(game: Game, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="other luck"):
        save(game.fork(salt=3), tmp_path / "lab.crmsim")
    save(game.fork(), tmp_path / "practice.crmsim")
    assert read_save(tmp_path / "practice.crmsim").header.practice


def test_a_backup_is_a_save_and_only_the_last_are_kept(game: Game, tmp_path: Path) -> None:
    keeper = keep(game, tmp_path / "lab.crmsim")
    copies = set()
    for _hour in range(5):
        game.advance(60)
        copies.add(keeper.backup())
        assert len(read_save(keeper.backup()).entries) == len(game.journal)
    assert len(list((tmp_path / "backups").iterdir())) == len(copies) == 3


@pytest.mark.covers("GAME-8")
def test_a_clock_that_jumps_loses_nothing(game: Game, tmp_path: Path) -> None:
    keeper = keep(game, tmp_path / "lab.crmsim")
    for jump in (4_000_000_000, 300_000_000, 2_000_000_000, 1, 3_000_000_000):  # 2096, 1979, 2033, 1970, 2065
        game.advance(60)
        for each in (keeper.path, keeper.backup()):
            os.utime(each, (jump, jump))
    resumed = open_save(keeper.path, players={})
    assert (len(resumed.journal), resumed.digest()) == (len(game.journal), game.digest())
    assert max(len(read_save(each).entries) for each in (tmp_path / "backups").iterdir()) == len(game.journal)


def test_what_people_did_is_backed_up_at_the_end_of_the_day(game: Game, tmp_path: Path) -> None:
    keeper = keep(game, tmp_path / "lab.crmsim")
    keeper.day(1, "digest", {})
    assert not (tmp_path / "backups").exists()
    keeper.entry(Entry(0, 600, "sales-1", "2025001", TimePassed()))
    keeper.day(2, "digest", {})
    assert [read_head(path).entries for path in (tmp_path / "backups").iterdir()] == [1]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "only a part of a save"),
        (b"hello, this is not a database at all" * 40, "not a save"),
        (b"SQLite format 3\0" + b"\xff" * 4000, "odd.crmsim"),
    ],
)
def test_what_is_not_a_save_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "odd.crmsim"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=told):
        read_save(path)


def test_another_database_is_not_a_save(tmp_path: Path) -> None:
    path = tmp_path / "other.crmsim"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE header (id)")
    with pytest.raises(StoreError, match="not a save"):
        read_save(path)
    with pytest.raises(StoreError, match="no save"):
        read_save(tmp_path / "missing.crmsim")


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE entry SET action = \'{"action":"NoSuchAction"}\'',
        "UPDATE entry SET action = 'nonsense'",
        "UPDATE entry SET minute = 'soon'",
        "UPDATE entry SET action = X'00FF'",
        "UPDATE header SET body = '{}'",
        "UPDATE header SET body = '[1]'",
        "UPDATE day SET entities = '{'",
    ],
)
def test_damaged_rows_are_told(game: Game, tmp_path: Path, statement: str) -> None:
    game.run_to_end()
    path = save(game, tmp_path / "lab.crmsim")
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    with pytest.raises(StoreError):
        read_save(path)


def test_a_damaged_file_is_told(game: Game, tmp_path: Path) -> None:
    game.run_to_end()
    path = save(game, tmp_path / "lab.crmsim")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(StoreError):
        read_save(path)


def test_a_save_locked_by_another_program_is_told_and_play_goes_on(
    game: Game, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crmsim.store.connection.WAIT_SECONDS", 0.05)
    path = tmp_path / "lab.crmsim"
    keep(game, path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="in use by another program"):
        game.advance(10)
    other.execute("ROLLBACK")
    other.close()
    game.advance(10)
    assert read_head(path).entries == len(game.journal)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(game: Game, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError):
        keep(game, tmp_path / "lab.crmsim")
    tmp_path.chmod(0o700)


@pytest.mark.covers("GAME-8")
def test_a_save_that_could_not_be_founded_leaves_its_name_free(game: Game, tmp_path: Path) -> None:
    def full(path: Path, header: dict[str, Any], seal: str) -> None:
        raise trouble(OSError(errno.ENOSPC, ""), path)

    with pytest.raises(StoreError, match="disk is full"):
        SaveFile.create(tmp_path / "lab.crmsim", game.header(), founder=full)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "lab.crmsim").touch()  # another program's, which is about to found it
    with pytest.raises(StoreError, match="disk is full"):
        SaveFile.create(tmp_path / "lab.crmsim", game.header(), founder=full)
    assert (tmp_path / "lab.crmsim").exists()


def test_a_drive_without_wal_is_told(game: Game, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = sqlite3.connect

    class NoWal(sqlite3.Connection):
        def execute(self, sql: str, *more: Any) -> Any:
            return super().execute("PRAGMA journal_mode=delete" if "journal_mode" in sql else sql, *more)

    monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: real(*given, **{**named, "factory": NoWal}))
    with pytest.raises(StoreError, match="network drive"):
        keep(game, tmp_path / "lab.crmsim")
    with pytest.raises(StoreError, match="network drive"):
        probe(tmp_path)


@pytest.mark.covers("GAME-8")
@pytest.mark.parametrize(("number", "told"), [(errno.ENOSPC, "disk is full"), (errno.EACCES, "may not be written")])
def test_what_the_system_refuses_is_told_by_its_kind_and_not_by_the_name_of_the_file(number: int, told: str) -> None:
    path = Path("locked") / "full" / "busy.crmsim"
    assert told in str(trouble(OSError(number, os.strerror(number), str(path)), path))


@pytest.mark.covers("GAME-8")
def test_a_game_that_cannot_be_saved_whole_leaves_no_save(
    game: Game, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(keeper: SaveFile) -> None:
        raise trouble(OSError(errno.ENOSPC, ""), keeper.path)

    with monkeypatch.context() as spoilt:
        spoilt.setattr(SaveFile, "flush", full)
        with pytest.raises(StoreError, match="disk is full"):
            save(game, tmp_path / "lab.crmsim")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(StoreError, match="exists already"):
        save(game, save(game, tmp_path / "lab.crmsim"))
    assert replay(tmp_path / "lab.crmsim").digest() == game.digest()


def test_a_journal_in_lines_tells_the_same_game(game: Game, tmp_path: Path) -> None:
    game.run_to_end()
    path = tmp_path / "lab.jsonl"
    write_journal(game.header(), game.journal, path)
    saved = read_any(path)
    assert saved.header == game.header() and saved.entries == game.journal
    assert replay(path).digest() == game.digest()
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(StoreError, match="damaged"):
        read_any(path)
    header, first, *_rest = path.read_bytes().splitlines()
    deep = b'{"x":' + b"[" * 100_000
    for lines in ((deep,), (header, deep), (header, first[:-1] + b',"x":' + b"[" * 100_000)):
        path.write_bytes(b"\n".join(lines))
        with pytest.raises(StoreError, match="damaged"):
            read_any(path)
    (tmp_path / "empty.jsonl").write_bytes(b"\n")
    with pytest.raises(StoreError, match="not a save"):
        read_any(tmp_path / "empty.jsonl")


def test_an_older_save_goes_up_step_by_step(game: Game, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(game, tmp_path / "lab.crmsim")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE header SET body = replace(body, '\"format\":1', '\"format\":-1')")
        connection.execute("UPDATE header SET body = replace(body, '\"student\":', '\"pupil\":')")
    with pytest.raises(StoreError, match="-1"):
        read_save(path)
    monkeypatch.setitem(reading.STEPS, -1, lambda header, entries: None)
    monkeypatch.setitem(reading.STEPS, 0, lambda header, entries: header.update(student=header.pop("pupil")))
    assert read_save(path).header.student == "2025001" and read_save(path).header.format == FORMAT


@pytest.mark.covers("GAME-7")
def test_what_is_appended_is_what_the_tables_declare(
    game: Game, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLModel declares the tables and makes the file; the standard library fills the very columns, in their types."""
    (tmp_path / "key").write_text("ab" * 32, encoding="ascii")
    monkeypatch.setenv("CRMSIM_HOST_KEY", str(tmp_path / "key"))
    path = tmp_path / "lab.crmsim"
    keep(game, path)
    game.run_to_end()
    keeper_of(game).close(game)
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        for kind in (HeaderRow, EntryRow, DayRow, SealRow):
            rows = [dict(each) for each in connection.execute(f"SELECT * FROM {kind.__tablename__}")]
            declared = {name: field.annotation for name, field in kind.model_fields.items()}
            assert rows, kind
            assert all({name: type(value) for name, value in row.items()} == declared for row in rows), kind


@pytest.mark.covers("GAME-7")
def test_reading_a_save_loads_no_database_library(game: Game, tmp_path: Path) -> None:
    path = save(game, tmp_path / "lab.crmsim")
    code = (
        "import sys; from crmsim import replay; replay(sys.argv[1]);"
        "print({'sqlmodel', 'sqlalchemy', 'textual', 'faker', 'rich'} & {each.split('.')[0] for each in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, path], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "set()"
