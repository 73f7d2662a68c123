"""The host's seals: what is played under the key is attested, what is changed afterwards is broken at an entry."""

from __future__ import annotations

import json
import os
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from crmsim.bots import crew
from crmsim.cli.app import run
from crmsim.engine.errors import BadInput, StoreError
from crmsim.game import Game
from crmsim.game.journal import entry_to_json
from crmsim.grading.submission import JOURNAL, MANIFEST, pack, read
from crmsim.public import open_save
from crmsim.scenarios.loader import load_scenario
from crmsim.store.jsonl import read_any
from crmsim.store.reading import Saved
from crmsim.store.savefile import keep
from crmsim.store.savefile import save as write
from crmsim.store.sealing import VARIABLE, attested, host_key_of, new_key

STUDENT = "2025001"


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "host" / "key"
    new_key(path)
    monkeypatch.setenv(VARIABLE, str(path))
    return path


def played(path: Path) -> Saved:
    """Half a day under the key, left, resumed, and played to its end."""
    scenario = load_scenario("first_day")
    seats = [each.id for each in scenario.seats]
    game = Game(scenario, 3, players=crew(scenario, "competent", seats), student=STUDENT)
    keeper = keep(game, path)
    game.advance(240)
    keeper.close(game)
    again = open_save(path)
    again.run_to_end()
    assert again.keeper is not None
    again.keeper.close(again)  # type: ignore[attr-defined]
    return read_any(path)


def said(key: Path, saved: Saved) -> str:
    return str(attested(host_key_of(str(key)), saved.header, saved.entries, saved.seals))


@pytest.mark.covers("GAME-6", "GAME-8")
def test_what_is_played_under_the_key_is_attested_over_leaving_and_resuming(tmp_path: Path, key: Path) -> None:
    saved = played(tmp_path / "a.crmsim")
    assert len(saved.seals) == len(saved.entries) + 1 and said(key, saved) == "attested"
    other = tmp_path / "other"
    new_key(other)
    assert said(other, saved) == "broken at entry 0"  # the seals of another host
    assert str(attested(b"", saved.header, saved.entries, saved.seals)) == "unattested"
    home = read_any(write(open_save(tmp_path / "a.crmsim"), tmp_path / "home.crmsim"))
    assert said(key, home) == "unattested"  # a copy written elsewhere brings no seals
    with pytest.raises(StoreError):
        new_key(key)
    assert os.name == "nt" or key.stat().st_mode & 0o077 == 0


@pytest.mark.covers("GAME-6")
def test_a_changed_journal_is_broken_at_its_first_changed_entry(tmp_path: Path, key: Path) -> None:
    saved = played(tmp_path / "a.crmsim")
    at = len(saved.entries) // 2
    entry = saved.entries[at]
    for changed in (
        msgspec.structs.replace(entry, minute=entry.minute + 1),
        msgspec.structs.replace(entry, by="somebody"),
        msgspec.structs.replace(entry, seat="director"),
        msgspec.structs.replace(entry, action=saved.entries[at - 1].action),
    ):
        if changed != entry:
            entries = [*saved.entries[:at], changed, *saved.entries[at + 1 :]]
            assert said(key, replace(saved, entries=entries)) == f"broken at entry {at}"
    dropped = replace(saved, entries=[*saved.entries[:at], *saved.entries[at + 1 :]])
    assert said(key, dropped) == f"broken at entry {at}"
    assert said(key, replace(saved, entries=saved.entries[:-1])).startswith("broken at entry")
    assert said(key, replace(saved, seals=saved.seals[:-1])) == f"broken at entry {len(saved.entries) - 1}"
    header = msgspec.structs.replace(saved.header, seed=4)
    assert said(key, replace(saved, header=header)) == "broken at entry 0"
    swapped = (saved.seals[0], *saved.seals[2:], saved.seals[1])
    assert said(key, replace(saved, seals=swapped)) == "broken at entry 0"


@pytest.mark.covers("GAME-6", "GAME-8")
def test_a_save_changed_on_disk_is_broken_and_stays_broken_when_it_is_played_on(tmp_path: Path, key: Path) -> None:
    path = tmp_path / "a.crmsim"
    scenario = load_scenario("first_day")
    game = Game(scenario, 3, players=crew(scenario, "competent", [each.id for each in scenario.seats]))
    keeper = keep(game, path)
    game.advance(200)
    keeper.close(game)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE entry SET by = 'bot:expert' WHERE number = 7")
        connection.commit()
    assert said(key, read_any(path)) == "broken at entry 7"
    again = open_save(path)
    again.run_to_end()
    again.keeper.close(again)  # type: ignore[union-attr]
    assert said(key, read_any(path)) == "broken at entry 7"


@pytest.mark.covers("GAME-6", "CTL-2", "GAME-12")
def test_grading_says_attested_unattested_or_broken(
    tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = played(tmp_path / "a.crmsim")
    folder = tmp_path / "in"
    folder.mkdir()
    pack(saved, b"", folder / "a.zip")
    pack(replace(saved, seals=()), b"", folder / "b.zip")
    renamed = [msgspec.structs.replace(each, id="x") if each.number == 9 else each for each in saved.entries]
    pack(replace(saved, entries=renamed), b"", folder / "c.zip")  # plays the same: only the seals tell
    assert run(["grade", str(folder), "--json", "--csv", str(tmp_path / "o.csv")]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [each["attested"] for each in found] == ["attested", "unattested", "broken at entry 9"]
    assert found[0]["seats"] == found[2]["seats"] and "broken at entry 9" in (tmp_path / "o.csv").read_text("utf-8-sig")
    assert run(["attest", "check", str(folder / "c.zip")]) == 6
    monkeypatch.delenv(VARIABLE)
    capsys.readouterr()
    assert run(["grade", str(folder / "a.zip"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["attested"] == "unattested"  # nobody here can tell
    assert run(["grade", str(folder / "a.zip"), "--host-key", str(key)]) == 0
    assert "attested" in capsys.readouterr().out
    assert run(["grade", str(folder), "--host-key", str(tmp_path / "none")]) == 2
    assert "holds no host key" in capsys.readouterr().err


@pytest.mark.covers("GAME-6")
def test_a_journal_that_cannot_be_told_says_where_in_its_row(
    tmp_path: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = played(tmp_path / "a.crmsim")
    late = msgspec.structs.replace(saved.entries[20], minute=0)
    broken = replace(saved, entries=[*saved.entries[:20], late, *saved.entries[21:]])
    pack(broken, b"", tmp_path / "a.zip")
    pack(saved, b"", tmp_path / "b.zip")
    assert run(["grade", str(tmp_path), "--json"]) == 0
    records = [each for each in json.loads(capsys.readouterr().out) if each["file"].endswith(".zip")]
    assert records[0]["attested"] == "broken at entry 20" and "error" in records[0]
    assert "error" not in records[1]


@pytest.mark.covers("GAME-6")
def test_a_forger_who_mends_the_sums_still_breaks_the_seals(tmp_path: Path, key: Path) -> None:
    saved = played(tmp_path / "a.crmsim")
    path = pack(saved, b"", tmp_path / "a.zip")
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    lines = parts[JOURNAL].splitlines()
    lines[11] = entry_to_json(msgspec.structs.replace(saved.entries[10], by="x"))
    parts[JOURNAL] = b"\n".join(lines) + b"\n"
    parts[MANIFEST] = json.dumps(json.loads(parts[MANIFEST]) | {"journal": sha256(parts[JOURNAL]).hexdigest()}).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    handed = read(path)
    seals = handed.manifest.seals
    assert str(attested(host_key_of(), handed.header, handed.entries, seals)) == "broken at entry 10"


@pytest.mark.covers("GAME-12")
def test_the_command_line_plays_under_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, "")
    monkeypatch.setenv("CRMSIM_HOME", str(tmp_path))
    key, save = str(tmp_path / "key"), str(tmp_path / "a.crmsim")
    assert run(["attest", "new", key]) == 0 and run(["attest", "new", key]) != 0
    assert run(["--host-key", key, "play", "first_day", "--seat", "sales-1", "--save", save]) == 0
    assert run(["--host-key", key, "do", save, "--seat", "sales-1", "Nothing"]) == 2
    assert run(["--host-key", key, "wait", save, "30"]) == 0
    assert run(["--host-key", key, "end", save]) == 0
    capsys.readouterr()
    assert run(["attest", "check", save, "--host-key", key]) == 0
    assert capsys.readouterr().out.strip() == "attested"
    with pytest.raises(BadInput):
        host_key_of(save)
