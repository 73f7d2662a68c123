"""The host's seals on a journal: a chain of MACs, one an entry, under a key that only the host's keeper has.

Whoever runs the game on a machine of their own (`CRMSIM_HOST_KEY=FILE`, or `crmsim --host-key FILE`) seals every entry
as it is kept. A journal whose seals hold was played there, entry by entry; one changed afterwards breaks at a number.
A seal is worth as much as the key is secret: it must not lie where students can read it.
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from crmsim.engine.errors import BadInput, StoreError
from crmsim.engine.words import Message, _
from crmsim.game.journal import Entry, Header, action_to_json

VARIABLE = "CRMSIM_HOST_KEY"
BYTES, DIGITS = 32, 32  # of a key; hexadecimal, of a seal
Payload = bytes


def new_key(path: Path) -> None:
    """Write a fresh key; StoreError when there is one already."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        place = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(place, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(BYTES) + "\n")
    except FileExistsError as error:
        raise StoreError(_("{file} exists already.", file=str(path))) from error
    except OSError as error:
        raise StoreError(_("{file} cannot be written: {cause}", file=str(path), cause=error.strerror or "")) from error


def host_key_of(file: str = "") -> bytes:
    """The key in a file, else in the one that the environment names; empty when there is none."""
    name = file or os.environ.get(VARIABLE, "")
    if not name:
        return b""
    try:
        key = bytes.fromhex(Path(name).read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise BadInput(_("{file} holds no host key; make one with: crmsim attest new FILE", file=name)) from error
    if len(key) < BYTES // 2:
        raise BadInput(_("{file} holds no host key; make one with: crmsim attest new FILE", file=name))
    return key


def of_header(header: Header) -> Payload:
    """What is sealed of a header."""
    return msgspec.json.encode(header)


def of_entry(entry: Entry) -> Payload:
    """What is sealed of an entry."""
    return of_row(entry.number, entry.minute, entry.seat, entry.by, entry.id, action_to_json(entry.action).decode())


def of_row(number: int, minute: int, seat: str, by: str, client: str, action: str) -> Payload:
    """The same of an entry as a save file keeps it."""
    return msgspec.json.encode((number, minute, seat, by, client, action))


class Sealer:
    """Goes on with a chain of seals."""

    def __init__(self, key: bytes, last: str = "") -> None:
        self.key, self.last = key, last

    def seal(self, payloads: Iterable[Payload]) -> list[str]:
        """The seals of what comes next."""
        found = []
        for payload in payloads:
            self.last = hmac.digest(self.key, self.last.encode() + payload, "sha256").hex()[:DIGITS]
            found.append(self.last)
        return found


def attested(key: bytes, header: Header, entries: Sequence[Entry], seals: Sequence[str]) -> Message:
    """Whether the host's seals hold: attested, unattested (without seals, or without the key), broken at entry n."""
    if not seals or not key:
        return _("unattested")
    wanted = Sealer(key).seal([of_header(header), *map(of_entry, entries)])
    for number, own in enumerate(wanted):
        if number >= len(seals) or not hmac.compare_digest(own.encode(), seals[number].encode()):
            return _("broken at entry {entry}", entry=max(0, number - 1))
    return _("broken at entry {entry}", entry=len(entries)) if len(seals) > len(wanted) else _("attested")
