"""Tells which texts of the source have no translation yet, room by room.

A text comes from a call `_("...")` or `N_("...")` anywhere in crmsim/, or from a declaration (an action's
docstring, a label), which `crmsim.vocabulary.sources()` lists. A room is a folder or module directly in crmsim/;
its translations stand in `crmsim/locale/zh_CN/<room>.po`; a text of several rooms stands with one of them.

    python tools/extract_locale.py             what is missing, with its place; exit code 1 when something is
    python tools/extract_locale.py --update    appends the missing texts, untranslated, to their rooms' files
    python tools/extract_locale.py --unused    translations that no text of the source asks for
"""

from __future__ import annotations

import argparse
import ast
import importlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import normalize

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tools.compile_locale import LOCALE, read  # noqa: E402 - needs the path above when run as a script

SOURCE = ROOT / "crmsim"
LANGUAGE = "zh_CN"
KEYWORDS = {"_", "N_"}
DECLARED = "vocabulary"


@dataclass(frozen=True, order=True)
class Text:
    """A source text and where it was first found."""

    room: str
    file: str
    line: int
    source: str

    @property
    def place(self) -> str:
        """`crmsim/roles/sales.py:40`."""
        return f"{self.file}:{self.line}" if self.line else self.file


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(SOURCE.rglob("*.py"))


def room_of(path: Path) -> str:
    """The folder or module directly in crmsim/ that a file belongs to."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def called() -> Iterator[Text]:
    """The texts of calls, also of those within an f-string."""
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
        for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
            source = call.args[0].value if isinstance(call.args[0], ast.Constant) else None
            if isinstance(call.func, ast.Name) and call.func.id in KEYWORDS and isinstance(source, str) and source:
                yield Text(room_of(path), path.relative_to(ROOT).as_posix(), call.lineno, source)


def declared() -> Iterator[Text]:
    """The texts of declarations, once there is a vocabulary."""
    try:
        vocabulary = importlib.import_module(f"crmsim.{DECLARED}")
    except ModuleNotFoundError as error:
        if error.name != f"crmsim.{DECLARED}":
            raise
        return
    contents = {path: path.read_text(encoding="utf-8") for path in modules()}
    for source in vocabulary.sources():
        if not source.strip():
            continue
        yield next(_places(source, contents), Text(DECLARED, f"crmsim/{DECLARED}.py", 0, source))


def _places(source: str, contents: dict[Path, str]) -> Iterator[Text]:
    """Where a declared text is written, by its first line: roles' files before all others."""
    first = source.strip().splitlines()[0]
    wanted = (f'"""{first}', f'"{first}"', f"'{first}'", first)
    ordered = sorted(contents, key=lambda path: (room_of(path) != "roles", path))
    for form in wanted:
        for path in ordered:
            at = contents[path].find(form)
            if at >= 0:
                line = contents[path].count("\n", 0, at) + 1
                yield Text(room_of(path), path.relative_to(ROOT).as_posix(), line, source)


def texts() -> list[Text]:
    """Every text of the source, once, at its first place."""
    found: dict[str, Text] = {}
    for text in [*called(), *declared()]:
        found.setdefault(text.source, text)
    return sorted(found.values())


def has_words(source: str) -> bool:
    """Whether there is anything to translate beside the slots: words, or marks that stand otherwise in Chinese."""
    return any(sign.isalpha() or sign in ",;:()" for sign in re.sub(r"\{[^}]*\}", "", source))


def missing() -> list[Text]:
    """The texts without a translation."""
    known = read(LOCALE / LANGUAGE).texts
    return [text for text in texts() if text.source not in known and has_words(text.source)]


def unused() -> dict[str, str]:
    """Translations whose text is no longer in the source, and the file they stand in."""
    wanted = {text.source for text in texts()}
    found = read(LOCALE / LANGUAGE)
    return {source: room for source, room in found.rooms.items() if source not in wanted}


def update() -> int:
    """Appends what is missing to the rooms' files, unless it waits there already; returns how many were added."""
    folder = LOCALE / LANGUAGE
    folder.mkdir(parents=True, exist_ok=True)
    written = {path: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.po"))}
    added = 0
    for text in missing():
        path, entry = folder / f"{text.room}.po", f"msgid {normalize(text.source)}\n"
        if any(entry in content for content in written.values()):
            continue
        content = written.get(path, "")
        gap = "" if not content else "\n" if content.endswith("\n") else "\n\n"
        written[path] = f'{content}{gap}#: {text.file}\n{entry}msgstr ""\n'
        path.write_text(written[path], encoding="utf-8", newline="\n")
        added += 1
    return added


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="append the missing texts to their rooms' files")
    parser.add_argument("--unused", action="store_true", help="list translations that nothing asks for")
    options = parser.parse_args(arguments)
    if options.unused:
        for source, room in sorted(unused().items(), key=lambda pair: (pair[1], pair[0])):
            print(f"{room}: {source!r}")
        return 0
    room = ""
    lacking = missing()
    for text in lacking:
        if text.room != room:
            room = text.room
            print(f"{room}.po")
        print(f"  {text.place}: {text.source!r}")
    print(f"{len(texts())} texts, {len(lacking)} without a translation")
    if options.update:
        print(f"{update()} added to their files, to be translated")
        return 0
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
