"""Where saves, backups and crash reports live: the platform's data folder, or CRMSIM_HOME."""

from __future__ import annotations

import os
from pathlib import Path

SUFFIX = ".crmsim"
COPIES = "backups"  # a folder beside the saves


def home() -> Path:
    """The game's own folder; made when it is first written to."""
    chosen = os.environ.get("CRMSIM_HOME", "")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("crmsim", appauthor=False)


def saves() -> Path:
    """Where saves go that were given no path."""
    return home() / "saves"


def crashes() -> Path:
    """Where reports of the program's own mistakes go."""
    return home() / "crashes"


def save_path(name: str | Path) -> Path:
    """A save by its path, or by the name of one in the saves folder."""
    path = Path(name)
    if path.exists() or path.is_absolute() or path.name != str(name):
        return path
    kept = saves() / (path.name if path.suffix == SUFFIX else f"{path.name}{SUFFIX}")
    return kept if kept.exists() else path


def new_save_path(stem: str) -> Path:
    """A free path in the saves folder: first_month-7.crmsim, first_month-7-2.crmsim ..."""
    folder = saves()
    path, number = folder / f"{stem}{SUFFIX}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}{SUFFIX}"
    return path
