"""In which language the program speaks, and how it says things: results on stdout, everything else on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from crmsim.engine.safe import json_text, safe_text
from crmsim.engine.words import LANGUAGES, UNDATED, Words, render, translate


def chosen_language(arguments: list[str]) -> str:
    """`--lang` first, then CRMSIM_LANG, then the system's."""
    for index, each in enumerate(arguments):
        if each == "--lang" and index + 1 < len(arguments) and arguments[index + 1] in LANGUAGES:
            return arguments[index + 1]
        if each.startswith("--lang=") and each[7:] in LANGUAGES:
            return each[7:]
    if os.environ.get("CRMSIM_LANG") in LANGUAGES:
        return os.environ["CRMSIM_LANG"]
    return "zh" if _system_language().lower().startswith(("zh", "chinese")) else "en"


def language_first(arguments: list[str]) -> list[str]:
    """`--lang` counts wherever it stands: before the command, or behind it, where most people write it."""
    at = next((n for n, each in enumerate(arguments) if each.partition("=")[0] == "--lang"), 0)
    end = at + (1 if at and "=" in arguments[at] else 2)
    return [*arguments[at:end], *arguments[:at], *arguments[end:]] if at else arguments


def _system_language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name]
    import locale

    return locale.getlocale()[0] or ""


class Speech:
    """The language of this run, and the calendar of the game it is about."""

    language = chosen_language(sys.argv[1:])
    dates = UNDATED


def in_terminal() -> bool:
    """Whether a person sits at both ends, at a terminal or (through `crmsim web`) at a browser."""
    return bool(os.environ.get("TEXTUAL_DRIVER")) or (sys.stdin.isatty() and sys.stdout.isatty())


def speak_every_language() -> None:
    """Windows consoles and pipes speak other code pages."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def tr(source: Words) -> str:
    """A source text in the language of this run."""
    return translate(source, Speech.language)


def say(words: Words) -> str:
    """Words in the language of this run, without what would disturb a terminal: a game or a scenario that somebody
    sent holds whatever text they pleased."""
    text = render(words, Speech.language, Speech.dates)
    return safe_text(text, len(text))


def tell(words: Words) -> None:
    """A line for the reader."""
    print(say(words))


def note(words: Words) -> None:
    """A line beside the result: progress, warnings."""
    print(say(words), file=sys.stderr)


def give(value: Any) -> None:
    """A result as JSON."""
    print(json_text(json.dumps(value, ensure_ascii=False)))


def grid(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """A plain table: aligned by cells, so that Chinese text stays in its column."""
    from rich.cells import cell_len

    lines = [[*map(say, headings)], *([*map(say, row)] for row in rows)]
    widths = [max(cell_len(line[index]) for line in lines) for index in range(len(lines[0]))]
    for line in lines:
        print(
            "  ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True)).rstrip()
        )


def plain(words: Words | int | None) -> Any:
    """A table's value for JSON: numbers stay numbers, words are rendered."""
    return words if words is None or isinstance(words, int) else say(words)


def counted(facts: Iterable[Any]) -> Mapping[str, int]:
    """How often each kind of fact occurred, by name."""
    counts: dict[str, int] = {}
    for fact in facts:
        name = type(fact).__name__
        counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items()))
