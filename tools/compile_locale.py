"""Compiles every `crmsim/locale/<language>/*.po` into the one catalogue that the game reads.

There are several .po files to a language, one for each room of the source, so that people who work side by side
do not meet in one file. `python tools/compile_locale.py` writes `LC_MESSAGES/crmsim.mo` and prints what is
wrong with the sources; `--strict` then exits with 1.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import unescape

LOCALE = Path(__file__).resolve().parent.parent / "crmsim" / "locale"
DOMAIN = "crmsim"
LINE = re.compile(r'(#.*|(?:(?P<keyword>msgid|msgstr)\s+)?(?P<text>"(?:[^"\\]|\\.)*"))?')
# The header's dates are of no use and would make every build differ.
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass
class Translations:
    """One language's rooms, read together."""

    language: str
    texts: dict[str, str] = field(default_factory=dict)
    rooms: dict[str, str] = field(default_factory=dict)
    """Which file each source text was found in first."""
    problems: list[str] = field(default_factory=list)


def read(folder: Path) -> Translations:
    """The translations of one language's folder. A text that is empty or marked fuzzy counts as missing."""
    found = Translations(folder.name)
    for path in sorted(folder.glob("*.po")):
        try:
            entries = list(parse(path.read_text(encoding="utf-8-sig")))
        except (ValueError, UnicodeDecodeError) as error:
            found.problems.append(f"{path.name}: cannot be read: {error}")
            continue
        for source, text in entries:
            first, known = found.rooms.get(source, path.name), found.texts.get(source, text)
            if known != text:
                found.problems.append(f"{path.name}: {source!r} is {text!r} here and {known!r} in {first}")
            else:
                found.texts[source], found.rooms[source] = text, first
    return found


def parse(content: str) -> Iterator[tuple[str, str]]:
    """Source and translation of each finished entry of a .po file; ValueError names the line that is not understood.

    Stricter than Babel, which passes over an unclosed quote and lets a later entry replace an earlier one.
    """
    parts: dict[str, str] = {}
    keyword, fuzzy = "", False
    for number, line in enumerate([*content.splitlines(), ""], 1):
        match = LINE.fullmatch(line.strip())
        if match is None:
            raise ValueError(f"line {number}: {line.strip()!r}")
        if not line.strip() or line.startswith("#") or match["keyword"] == "msgid":
            if parts.get("msgid") and parts.get("msgstr") and not fuzzy:
                yield parts["msgid"], parts["msgstr"]
            if "msgstr" in parts:
                parts, keyword, fuzzy = {}, "", False
        if line.startswith("#,"):
            fuzzy = fuzzy or "fuzzy" in line
        elif match["text"] is not None:
            keyword = match["keyword"] or keyword
            if match["keyword"] in parts or not keyword or (keyword == "msgstr" and "msgid" not in parts):
                raise ValueError(f"line {number}: out of place: {line.strip()!r}")
            parts[keyword] = parts.get(keyword, "") + unescape(match["text"])


def compile_language(folder: Path) -> Translations:
    """Writes one language's .mo file when its content has changed; whole or not at all."""
    found = read(folder)
    catalog = Catalog(
        locale=folder.name, domain=DOMAIN, fuzzy=False, charset="utf-8", creation_date=NO_DATE, revision_date=NO_DATE
    )
    for source, text in sorted(found.texts.items()):
        catalog.add(source, text)
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    target = folder / "LC_MESSAGES" / f"{DOMAIN}.mo"
    if not target.exists() or target.read_bytes() != buffer.getvalue():
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f"{target.name}.{os.getpid()}")
        partial.write_bytes(buffer.getvalue())
        partial.replace(target)
    return found


def compile_all(locale: Path = LOCALE) -> list[Translations]:
    """Compiles every language that has a .po file."""
    return [compile_language(folder) for folder in sorted({path.parent for path in locale.glob("*/*.po")})]


def main(arguments: list[str] | None = None) -> int:
    """The command: says how many texts there are, and on stderr what is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--strict", action="store_true", help="exit with 1 when something is wrong")
    parser.add_argument("--quiet", action="store_true", help="say only what is wrong")
    options = parser.parse_args(arguments)
    languages = compile_all()
    for each in languages:
        if not options.quiet:
            print(f"{each.language}: {len(each.texts)} texts")
        for problem in each.problems:
            print(f"{each.language}/{problem}", file=sys.stderr)
    return 1 if options.strict and any(each.problems for each in languages) else 0


if __name__ == "__main__":
    sys.exit(main())
