"""Builds the zip that an instructor uploads: scripts, the program's own source with its scenarios, pinned needs."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import crmsim
from crmsim.engine.errors import StoreError
from crmsim.engine.words import _
from crmsim.grading.policy import read_policy
from crmsim.grading.rubric import read_rubric
from crmsim.scenarios.loader import bundled, scenario_path
from crmsim.store.sealing import host_key_of

PROGRAM = Path(crmsim.__file__).parent
SCRIPTS = ("setup.sh", "run_autograder")
NEEDS = (  # what grading takes; screens and people's names are not needed there
    "msgspec", "pydantic", "rich", "sqlmodel", "simpy", "tomlkit", "platformdirs", "xlsxwriter", "python-calamine",
    "textual", "typer", "faker", "pypinyin",
)  # fmt: skip
STAMP = (2025, 1, 1, 0, 0, 0)


def build(
    path: Path,
    policy: Path | None = None,
    rubric: Path | None = None,
    host_key: Path | None = None,
    language: str = "en",
) -> Path:
    """Write the zip; policy, rubric and key are checked first, and go along. Results speak the language."""
    extras: dict[str, Path] = {}
    if policy is not None:
        read_policy(policy)
        extras["policy.toml"] = policy
    if rubric is not None:
        read_rubric(rubric)
        extras["rubric.toml"] = rubric
    if host_key is not None:
        host_key_of(str(host_key))
        extras["host.key"] = host_key
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in SCRIPTS:
                text = (PROGRAM / "grading" / "autograder" / name).read_text(encoding="utf-8")
                _put(archive, name, text.replace("CRMSIM_LANG:-en", f"CRMSIM_LANG:-{language}").encode(), 0o755)
            _put(archive, "requirements.txt", "".join(f"{each}\n" for each in needs()).encode())
            for name, file in extras.items():
                _put(archive, name, file.read_bytes())
            for name, file in _program():
                _put(archive, name, file.read_bytes())
    except OSError as error:
        raise StoreError(_("{file} cannot be written: {cause}", file=str(path), cause=error.strerror or "")) from error
    return path


def _put(archive: zipfile.ZipFile, name: str, content: bytes, mode: int = 0o644) -> None:
    info = zipfile.ZipInfo(name, STAMP)
    info.external_attr = (0o100000 | mode) << 16
    archive.writestr(info, content, zipfile.ZIP_DEFLATED)


def _program() -> Iterator[tuple[str, Path]]:
    """The program's files, with its scenarios where a wheel has them."""
    for path in sorted(PROGRAM.rglob("*")):
        inside = path.relative_to(PROGRAM)
        if path.is_file() and "__pycache__" not in inside.parts and "bundled" not in inside.parts:
            yield f"crmsim/{inside.as_posix()}", path
    for name in bundled():
        yield f"crmsim/scenarios/bundled/{name}.toml", scenario_path(name)


def needs() -> list[str]:
    """What grading takes and what that takes in turn, in the versions that are installed here."""
    found: dict[str, str] = {}
    waiting = list(NEEDS)
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # of another platform
        for each in metadata.requires(name) or ():
            if "extra ==" not in each:
                waiting.append(re.match(r"[A-Za-z0-9_.-]+", each).group())  # type: ignore[union-attr]
    return [f"{name}=={version}" for name, version in sorted(found.items())]
