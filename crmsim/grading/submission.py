"""A hand-in: a zip of exactly manifest.json, journal.jsonl and report.toml. Read in memory, never unpacked.

What is handed in is foreign: names, sizes and places of its members are checked before a byte of them is believed.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from crmsim.engine.errors import BadInput, StoreError
from crmsim.engine.safe import safe_text
from crmsim.engine.words import Message, _
from crmsim.game import Entry, Header
from crmsim.game.journal import entry_to_json
from crmsim.grading.course import Course, finished
from crmsim.grading.policy import Policy
from crmsim.scenarios.loader import bundled, load_scenario, scenario_from_text, varied
from crmsim.store.reading import Saved, decode

MANIFEST, JOURNAL, REPORT = "manifest.json", "journal.jsonl", "report.toml"
MEMBERS = (MANIFEST, JOURNAL, REPORT)
MOST_ZIP, MOST_MEMBER, MOST_ENTRIES = 5_000_000, 20_000_000, 50_000
SYMLINK = 0o120000
KIND = 0o170000
STAMP = (2025, 1, 1, 0, 0, 0)  # the same hand-in is the same file


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a hand-in says of itself: format 1, the game, the SHA-256 of the two other members, the host's seals."""

    format: int
    scenario: str
    scenario_hash: str
    seed: int
    student: str
    journal: str
    report: str
    seals: tuple[str, ...] = ()  # of the host where it was played


class Submission(msgspec.Struct, frozen=True):
    """What was handed in, sound as a file; the journal is not told yet."""

    manifest: Manifest
    header: Header
    entries: tuple[Entry, ...]
    report: bytes


def pack(saved: Saved, report: bytes, path: Path) -> Path:
    """Write a hand-in. BadInput when the game is practice or not over."""
    if saved.header.practice:
        raise BadInput(_("This game was practice; it cannot be handed in."))
    lines = [msgspec.json.encode(saved.header), *map(entry_to_json, saved.entries)]
    journal = b"\n".join(lines) + b"\n"
    header = saved.header
    manifest = Manifest(
        1, header.scenario, header.scenario_hash, header.seed, header.student, _sum(journal), _sum(report),
        saved.seals,
    )  # fmt: skip
    parts = {MANIFEST: msgspec.json.encode(manifest), JOURNAL: journal, REPORT: report}
    partial = path.with_name(f"{path.name}.partial")  # half a hand-in never stands under its name
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in MEMBERS:
                archive.writestr(zipfile.ZipInfo(name, STAMP), parts[name], zipfile.ZIP_DEFLATED)
        os.replace(partial, path)
    except OSError as error:
        raise StoreError(_("{file} cannot be written: {cause}", file=str(path), cause=error.strerror or "")) from error
    return path


def _sum(content: bytes) -> str:
    return sha256(content).hexdigest()


def read(path: Path) -> Submission:
    """A hand-in, checked; BadInput says in a sentence why it cannot be graded."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_ZIP + 1)
    except OSError as error:
        raise StoreError(_("There is no save {file}.", file=str(path))) from error
    return read_content(content)


def read_content(content: bytes) -> Submission:
    """The hand-in in the bytes of a zip."""
    if len(content) > MOST_ZIP:
        raise BadInput(_("The zip is larger than {most} bytes.", most=MOST_ZIP))
    parts = _members(content)
    try:
        manifest = msgspec.json.decode(parts[MANIFEST], type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadInput(_("{file} cannot be read: {cause}", file=MANIFEST, cause=safe_text(str(error), 200))) from error
    if _sum(parts[JOURNAL]) != manifest.journal or _sum(parts[REPORT]) != manifest.report:
        raise BadInput(_("The journal or the report was changed after it was packed."))
    header, entries = _journal(parts[JOURNAL])
    if (header.scenario, header.scenario_hash, header.seed, header.student) != (
        manifest.scenario, manifest.scenario_hash, manifest.seed, manifest.student,
    ):  # fmt: skip
        raise BadInput(_("The journal is of another game than the manifest says."))
    return Submission(manifest, header, tuple(entries), parts[REPORT])


def _members(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            problem = _problem(infos)
            if problem is not None:
                raise BadInput(problem)
            return {each.filename: _member(archive, each) for each in infos}
    except zipfile.BadZipFile as error:
        raise BadInput(_("The zip is damaged: it was cut off on the way, or is none. Ask for it again.")) from error
    except (zipfile.LargeZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise BadInput(_("The zip is damaged: {cause}", cause=safe_text(str(error), 200))) from error
    except RuntimeError as error:  # a password is asked for
        raise BadInput(_("The zip is encrypted.")) from error
    except Exception as error:  # zlib.error and what else broken bytes may bring about
        raise (
            error
            if isinstance(error, BadInput)
            else BadInput(_("The zip is damaged: {cause}", cause=safe_text(str(error), 200)))
        ) from error


def _problem(infos: Sequence[zipfile.ZipInfo]) -> Message | None:
    """What is wrong with the list of members; None when it is exactly what is asked for."""
    for each in infos:
        name = safe_text(each.filename, 80)
        if each.flag_bits & 0x1:
            return _("The zip is encrypted.")
        if (each.external_attr >> 16) & KIND == SYMLINK:
            return _("{name} is a link.", name=name)
        if each.filename not in MEMBERS:
            return _("{name} does not belong in a hand-in; it holds {known}.", name=name, known=", ".join(MEMBERS))
        if each.file_size > MOST_MEMBER:
            return _("{name} is larger than {most} bytes.", name=name, most=MOST_MEMBER)
    names = [each.filename for each in infos]
    if len(set(names)) != len(names):
        return _("A name is in the zip twice.")
    if len(names) != len(MEMBERS):
        return _("The zip lacks {names}.", names=", ".join(each for each in MEMBERS if each not in names))
    places = sorted((each.header_offset, _end(each)) for each in infos)
    if any(end > start for (_from, end), (start, _to) in pairwise(places)):
        return _("Members of the zip overlap.")
    return None


def _end(info: zipfile.ZipInfo) -> int:
    """Where a member ends at the earliest: its local header, its name and its bytes."""
    return info.header_offset + 30 + len(info.filename.encode()) + info.compress_size


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as file:
        content = file.read(MOST_MEMBER + 1)
    if len(content) > MOST_MEMBER:
        raise BadInput(_("{name} is larger than {most} bytes.", name=info.filename, most=MOST_MEMBER))
    return content


def _journal(content: bytes) -> tuple[Header, list[Entry]]:
    lines = [line for line in content.removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()]
    if len(lines) > MOST_ENTRIES:
        raise BadInput(_("The journal has more than {most} entries.", most=MOST_ENTRIES))
    try:
        raw = [msgspec.json.decode(line, type=dict[str, Any]) for line in lines]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(_("{file} cannot be read: {cause}", file=JOURNAL, cause=safe_text(str(error), 200))) from error
    if not raw:
        raise BadInput(_("The journal is empty."))
    try:
        return decode(raw[0], raw[1:], JOURNAL)
    except StoreError as error:  # whoever handed it in can mend it, the machine cannot
        raise BadInput(error.message) from error
    except (ValueError, RecursionError) as error:
        raise BadInput(_("{file} cannot be read: {cause}", file=JOURNAL, cause=safe_text(str(error), 200))) from error


def told(submission: Submission, policy: Policy | None = None) -> Course:
    """The course of a hand-in, every entry checked. BadInput: practice, not over, broken, or not the one asked for."""
    header, rules = submission.header, policy or Policy()
    if header.practice:
        raise BadInput(_("This game was practice; it cannot be handed in."))
    other = rules.scenario and header.scenario != rules.scenario
    if other or (rules.hashes and header.scenario_hash not in rules.hashes) or _altered(header):
        raise BadInput(_("It is a game of another scenario ({scenario}).", scenario=safe_text(header.scenario, 60)))
    _own_seed(header, rules)
    try:
        return finished(header, submission.entries)
    except StoreError as error:
        raise BadInput(error.message) from error


def _own_seed(header: Header, rules: Policy) -> None:
    """Where each student has customers of its own, a copied game names whose it is."""
    given = rules.seeds_of(header.student)
    if not rules.seeds or header.seed in given:
        return
    student, seed = safe_text(header.student, 60) or "–", str(header.seed)
    owner = next((each for each in rules.seeds if header.seed in rules.seeds_of(each)), "")
    if owner:
        raise BadInput(_("Student {student} played with seed {seed}, which was given to {owner}.",
                         student=student, seed=seed, owner=safe_text(owner, 60)))  # fmt: skip
    if given:
        raise BadInput(_("Student {student} was given seed {given} and played with {seed}.", student=student,
                     given=", ".join(map(str, given)), seed=seed))  # fmt: skip


def _altered(header: Header) -> bool:
    """Whether a scenario that comes with the program was changed by hand."""
    if header.scenario not in bundled():
        return False  # an instructor's own: the policy names it by its hash
    try:
        played, ours = scenario_from_text(header.scenario_text), load_scenario(header.scenario)
        return played != (varied(ours, played.variant) if played.variant else ours)
    except StoreError as error:
        raise BadInput(error.message) from error
    except (ValueError, TypeError, BadInput) as error:
        raise BadInput(_("The scenario kept with the game is not the one it was played with.")) from error
