"""What one chose for oneself and finds again the next time: the colours."""

from __future__ import annotations

import tomllib
from pathlib import Path

from crmsim.store.folders import home

FILE = "settings.toml"


def _path() -> Path:
    return home() / FILE


def chosen(name: str) -> str:
    """What was chosen last time; "" when nothing, or when the file cannot be read."""
    try:
        return str(tomllib.loads(_path().read_text(encoding="utf-8")).get(name, ""))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return ""


def choose(name: str, value: str) -> None:
    """Keep a choice. That it cannot be kept is no reason to disturb anybody."""
    import tomlkit  # only whoever chooses anew waits for it

    path = _path()
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomlkit.exceptions.ParseError):
        document = tomlkit.document()
    document[name] = value
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(tomlkit.dumps(document), encoding="utf-8", newline="\n")
    except OSError:
        return
