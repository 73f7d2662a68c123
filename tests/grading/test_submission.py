"""What is handed in is foreign: every kind of bad zip is refused with a sentence, and the batch goes on."""

from __future__ import annotations

import csv
import io
import json
import struct
import warnings
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from python_calamine import CalamineWorkbook

from crmsim.cli.app import run
from crmsim.engine.errors import BadInput, CrmsimError
from crmsim.game import Entry
from crmsim.game.journal import entry_to_json
from crmsim.grading.policy import Policy
from crmsim.grading.submission import JOURNAL, MANIFEST, MOST_ENTRIES, MOST_MEMBER, MOST_ZIP, REPORT, read, told
from crmsim.roles.director import ReviewOrder
from crmsim.scenarios.loader import text_hash

from .handins import STUDENT, handed_in, parts, short, zipped

Sound = dict[str, bytes]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    return parts(handed_in(tmp_path_factory.mktemp("handin")))


def again(sound: Sound, **changed: bytes) -> Sound:
    """The same hand-in with other members, whose sums are right."""
    found = sound | {{"journal": JOURNAL, "report": REPORT}[name]: content for name, content in changed.items()}
    manifest = json.loads(sound[MANIFEST])
    manifest |= {"journal": sha256(found[JOURNAL]).hexdigest(), "report": sha256(found[REPORT]).hexdigest()}
    return found | {MANIFEST: json.dumps(manifest).encode()}


def whole(sound: Sound) -> bytes:
    return zipped(list(sound.items()))


def link(sound: Sound) -> bytes:
    info = zipfile.ZipInfo(REPORT)
    info.external_attr = 0o120777 << 16
    return zipped([(MANIFEST, sound[MANIFEST]), (JOURNAL, sound[JOURNAL]), (info, b"/etc/passwd")])


def twice(sound: Sound) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return zipped([*sound.items(), (REPORT, b"save = ''")])


def encrypted(sound: Sound) -> bytes:
    content = bytearray(whole(sound))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(signature, at + 4)
    return bytes(content)


def overlapping(sound: Sound) -> bytes:
    """The last member's place in the directory points at the first member's."""
    content = bytearray(whole(sound))
    at = content.rfind(b"PK\x01\x02")
    first = struct.unpack("<I", content[content.find(b"PK\x01\x02") + 42 :][:4])[0]
    content[at + 42 : at + 46] = struct.pack("<I", first)
    return bytes(content)


def lied(sound: Sound) -> bytes:
    """A member that says it is small and is not."""
    content = bytearray(zipped([*list(sound.items())[:2], (REPORT, b"#" * (MOST_MEMBER + 10))]))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(content)


def illegal(sound: Sound) -> bytes:
    lines = sound[JOURNAL].splitlines()
    entry = msgspec.json.decode(lines[5])
    order = ReviewOrder(order="O999", decision="approve")
    forged = Entry(entry["number"], entry["minute"], "director", entry["by"], order)
    return whole(again(sound, journal=b"\n".join([*lines[:5], entry_to_json(forged), *lines[6:]])))


def endless(sound: Sound) -> bytes:
    lines = sound[JOURNAL].splitlines()
    return whole(again(sound, journal=b"\n".join([lines[0], *([b"{}"] * 1_000_000)])))


def other_header(sound: Sound, **changed: object) -> Sound:
    lines = sound[JOURNAL].splitlines()
    header = json.loads(lines[0]) | changed
    return again(sound, journal=b"\n".join([json.dumps(header).encode(), *lines[1:]]))


def other_game(sound: Sound, **changed: object) -> Sound:
    """Another header, and a manifest that says the same."""
    found = other_header(sound, **changed)
    manifest = json.loads(found[MANIFEST])
    manifest |= {name: value for name, value in changed.items() if name in manifest}
    return found | {MANIFEST: json.dumps(manifest).encode()}


def other_entry(sound: Sound, **changed: object) -> Sound:
    lines = sound[JOURNAL].splitlines()
    entry = json.loads(lines[5]) | changed
    return again(sound, journal=b"\n".join([*lines[:5], json.dumps(entry).encode(), *lines[6:]]))


def deep(sound: Sound) -> Sound:
    lines = sound[JOURNAL].splitlines()
    return again(sound, journal=b"\n".join([lines[0], b'{"action":' * 50_000 + b"1" + b"}" * 50_000]))


def unfinished(sound: Sound) -> bytes:
    lines = sound[JOURNAL].splitlines()
    return whole(again(sound, journal=b"\n".join(lines[:20])))


BAD: dict[str, tuple[Callable[[Sound], bytes], str]] = {
    "traversal": (lambda sound: zipped([*sound.items(), ("../../evil.txt", b"x")]), "does not belong"),
    "absolute": (lambda sound: zipped([*sound.items(), ("/etc/cron.d/x", b"x")]), "does not belong"),
    "another member": (lambda sound: zipped([*sound.items(), ("notes.txt", b"x")]), "does not belong"),
    "a name twice": (twice, "twice"),
    "a link": (link, "is a link"),
    "a member missing": (lambda sound: zipped(list(sound.items())[:2]), "lacks report.toml"),
    "too large": (lambda sound: whole(sound) + b"\0" * MOST_ZIP, "larger than"),
    "a bomb": (lambda sound: zipped([*list(sound.items())[:2], (REPORT, b"#" * (MOST_MEMBER + 1))]), "larger than"),
    "a bomb that lies": (lied, ""),
    "overlapping": (overlapping, ""),
    "truncated": (lambda sound: whole(sound)[:-200], "damaged"),
    "no zip": (lambda sound: b"hello", "damaged"),
    "empty": (lambda sound: b"", "damaged"),
    "encrypted": (encrypted, "encrypted"),
    "bytes flipped": (lambda sound: whole(sound).replace(whole(sound)[300:310], b"0123456789", 1), "damaged"),
    "report tampered": (lambda sound: whole(sound | {REPORT: b"save = 'x'"}), "changed after it was packed"),
    "journal tampered": (lambda sound: whole(sound | {JOURNAL: sound[JOURNAL][:-100]}), "changed after"),
    "manifest no JSON": (lambda sound: whole(sound | {MANIFEST: b"{"}), "manifest.json cannot be read"),
    "manifest too deep": (lambda sound: whole(sound | {MANIFEST: b"[" * 100_000}), "manifest.json cannot be read"),
    "journal of another seed": (lambda sound: whole(other_header(sound, seed=99)), "another game"),
    "journal of another student": (lambda sound: whole(other_header(sound, student="x")), "another game"),
    "an action that was not legal": (illegal, "broken at entry 4"),
    "a million entries": (endless, f"more than {MOST_ENTRIES} entries"),
    "an empty journal": (lambda sound: whole(again(sound, journal=b"")), "is empty"),
    "practice": (lambda sound: whole(other_header(sound, practice=True)), "practice"),
    "not over": (unfinished, "not over"),
    "a name in other letters": (lambda sound: zipped([*sound.items(), ("Report.TOML", b"x")]), "does not belong"),
    "a folder": (lambda sound: zipped([*sound.items(), ("more/", b"")]), "does not belong"),
    "a Windows path": (lambda sound: zipped([*sound.items(), ("..\\..\\evil.txt", b"x")]), "does not belong"),
    "a file in a folder": (lambda sound: zipped([(f"in/{name}", each) for name, each in sound.items()]), "does not"),
    "a newer format": (lambda sound: whole(other_header(sound, format=99)), "format 99"),
    "another engine": (lambda sound: whole(other_header(sound, engine=10**6)), "engine 1000000"),
    "an unknown action": (lambda sound: whole(other_entry(sound, action={"type": "Cheat", "by": 1})), "damaged"),
    "a minute that is no number": (lambda sound: whole(other_entry(sound, minute="soon")), "damaged"),
    "a minute in the past": (lambda sound: whole(other_entry(sound, minute=0)), "broken at entry 4"),
    "a seat that there is not": (lambda sound: whole(other_entry(sound, seat="boss")), "broken at entry 4"),
    "an act of the clock's that is a seat's": (
        lambda sound: whole(other_entry(sound, seat="clock")),
        "broken at entry 4",
    ),
    "an entry too deep": (lambda sound: whole(deep(sound)), "journal.jsonl"),
    "a scenario that is none": (lambda sound: whole(other_header(sound, scenario_text="{}")), "not the one it was"),
    "a scenario that is none, with its sum": (
        lambda sound: whole(other_game(sound, scenario_text="{}", scenario_hash=text_hash("{}"))),
        "cannot be read",
    ),
    "a journal that is no UTF-8": (lambda sound: whole(again(sound, journal=b"\xff\xfe{}")), "journal.jsonl"),
}


@pytest.mark.covers("GAME-6")
@pytest.mark.parametrize("kind", list(BAD))
def test_a_bad_hand_in_is_refused_with_a_sentence(
    kind: str, sound: Sound, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, said = BAD[kind]
    path = tmp_path / "bad.zip"
    path.write_bytes(make(sound))
    before = path.read_bytes()
    with pytest.raises(CrmsimError) as caught:
        told(read(path))
    assert said in str(caught.value) and len(str(caught.value)) < 600
    assert run(["grade", str(path)]) == 2
    told_of = capsys.readouterr()
    assert said in told_of.err and "Traceback" not in told_of.err and not told_of.out
    assert list(tmp_path.iterdir()) == [path] and path.read_bytes() == before  # nothing was unpacked, nothing changed


@pytest.mark.covers("GAME-6")
def test_another_scenario_or_seed_than_asked_for_is_refused(sound: Sound, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(whole(sound))
    handed = read(path)
    assert told(handed).game.digest() == short().digest()
    asked = {
        "another scenario": Policy(scenario="first_month"),
        f"Student {STUDENT} was given seed 4, 5 and played with 3": Policy(seeds={STUDENT: (4, 5), "7": 6}),
        f"Student {STUDENT} played with seed 3, which was given to 7": Policy(seeds={STUDENT: 4, "7": 3}),
    }
    for said, policy in asked.items():
        with pytest.raises(BadInput, match=said):
            told(handed, policy)
    assert told(handed, Policy(scenario="class_week", seeds={STUDENT: 3})).game.ended
    own = Policy(scenario="class_week", hashes=("0" * 32, handed.header.scenario_hash))
    assert told(handed, own).game.ended
    with pytest.raises(BadInput, match="another scenario"):  # an instructor's own, made easier by hand
        told(handed, own.model_copy(update={"hashes": ("0" * 32,)}))
    altered = msgspec.structs.replace(handed.header, scenario="first_month")
    with pytest.raises(BadInput, match="another scenario"):  # a bundled scenario made easier by hand
        told(msgspec.structs.replace(handed, header=altered))


@pytest.mark.covers("GAME-6", "CTL-2", "GAME-12")
def test_a_folder_is_graded_at_once_and_one_bad_file_never_stops_the_rest(
    sound: Sound, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "class"
    folder.mkdir()
    for name in ("a.zip", "b.ZIP", "d.zip"):
        (folder / name).write_bytes(whole(sound))
    (folder / "c.zip").write_bytes(whole(sound)[:-200])
    for aside in ("backups/a-1.crmsim", "._a.zip", "__MACOSX/a.zip"):  # no hand-ins, though a folder is full of them
        (folder / aside).parent.mkdir(exist_ok=True)
        (folder / aside).write_bytes(whole(sound))
    policy = tmp_path / "policy.toml"
    policy.write_text(
        f'due = 2025-06-01T12:00:00\nlate = 10\nsubmitted = {{ "{STUDENT}" = 2025-06-02T13:00:00 }}\n', encoding="utf-8"
    )
    outs = {form: tmp_path / f"out.{form}" for form in ("csv", "xlsx", "moodle", "canvas", "gradescope", "xapi")}
    options = [word for form, file in outs.items() for word in (f"--{form}", str(file))]
    assert run(["grade", str(folder), "--json", "--policy", str(policy), *options]) == 0
    records = json.loads(capsys.readouterr().out)
    assert [Path(each["file"]).name for each in records] == ["a.zip", "b.ZIP", "c.zip", "d.zip"]
    assert "damaged" in records[2]["error"] and records[0]["seats"] == records[3]["seats"]
    assert records[0]["report"]["pending"] == 10 and records[0]["attested"] == "unattested"
    rows = list(csv.DictReader(io.StringIO(outs["csv"].read_text(encoding="utf-8-sig"))))
    assert len(rows) == 4 and rows[2]["error"] and rows[2]["final"] == ""
    assert float(rows[0]["penalty"]) == 20 and float(rows[0]["final"]) == pytest.approx(
        max(0, float(rows[0]["raw"]) - 20), abs=0.11
    )
    sheet = CalamineWorkbook.from_path(str(outs["xlsx"])).get_sheet_by_index(0).to_python()
    assert len(sheet) == 5 and sheet[0][0] == "student" and sheet[1][0] == STUDENT
    moodle = list(csv.DictReader(io.StringIO(outs["moodle"].read_text(encoding="utf-8"))))
    assert [each["ID number"] for each in moodle] == [STUDENT]  # the same game thrice is one
    canvas = next(csv.reader(io.StringIO(outs["canvas"].read_text(encoding="utf-8"))))
    assert canvas[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"] and len(canvas) == 6
    scope = json.loads(outs["gradescope"].read_text(encoding="utf-8"))
    assert all(test["score"] <= test["max_score"] for result in scope for test in result["tests"])
    statement = json.loads(outs["xapi"].read_text(encoding="utf-8"))[0]
    assert statement["actor"]["account"]["name"] == STUDENT and 0 <= statement["result"]["score"]["scaled"] <= 1


@pytest.mark.covers("CTL-2")
def test_an_override_needs_who_and_why(sound: Sound, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.zip").write_bytes(whole(sound))
    policy = tmp_path / "policy.toml"
    policy.write_text(f'[[overrides]]\nstudent = "{STUDENT}"\nscore = 88\nby = "Wang"\n', encoding="utf-8")
    command = ["grade", str(tmp_path / "a.zip"), "--policy", str(policy), "--moodle", str(tmp_path / "out.csv")]
    assert run(command) == 2 and "why" in capsys.readouterr().err
    policy.write_text(
        f'[[overrides]]\nstudent = "{STUDENT}"\nscore = 88\nby = "Wang"\nwhy = "=ill"\n', encoding="utf-8"
    )
    assert run(command) == 0
    row = next(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8"))))
    assert row["Grade"] == "88.0" and row["Feedback comments"] == "'=ill"  # no spreadsheet runs it
