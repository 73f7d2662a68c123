"""The scenarios that come with the game: their names and their files."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent
_PLACES = (_HERE / "bundled", _HERE.parent.parent / "scenarios")  # in a wheel; in a checkout


def bundled() -> tuple[str, ...]:
    """The names of the scenarios that come with the game, in order."""
    return tuple(sorted({path.stem for place in _PLACES for path in place.glob("*.toml")}))


def parted(name_or_path: str | Path) -> tuple[str, list[str]]:
    """A scenario's name or path, and the variants of it that stand behind a +."""
    name = str(name_or_path)
    plain, *variants = [name] if Path(name).is_file() else name.split("+")
    return plain, variants


def bundled_file(name: str) -> Path | None:
    """The file of a bundled scenario; None when there is none of that name."""
    return next((file for place in _PLACES if (file := place / f"{name}.toml").is_file()), None)
