"""The wheel is complete in itself: what is installed plays from any folder, in both languages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MADE_FROM = ("crmsim", "scenarios", "tools", "hatch_build.py", "pyproject.toml", "README.md", "LICENSE")
NOT_IN_IT = {".po", ".pyc"}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the wheel of a fresh copy was unpacked."""
    fresh, site = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("site")
    for name in MADE_FROM:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, fresh / name, ignore=shutil.ignore_patterns("__pycache__", "LC_MESSAGES"))
        else:
            shutil.copy(source, fresh / name)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", site], cwd=fresh, check=True,
        capture_output=True, timeout=120,
    )  # fmt: skip
    (wheel,) = site.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    return site


def test_whatever_stands_beside_the_source_is_in_the_wheel(installed: Path) -> None:
    for path in (ROOT / "crmsim").rglob("*"):
        if path.is_file() and path.suffix not in NOT_IN_IT and "bundled" not in path.parts:
            assert (installed / path.relative_to(ROOT)).is_file(), path
    bundled = {each.name for each in (installed / "crmsim" / "scenarios" / "bundled").iterdir()}
    assert bundled == {each.name for each in (ROOT / "scenarios").glob("*.toml")}


@pytest.mark.covers("GAME-12")
@pytest.mark.parametrize(("language", "team"), [("en", "The team"), ("zh", "团队")])
def test_what_is_installed_plays_from_any_folder(installed: Path, tmp_path: Path, language: str, team: str) -> None:
    surroundings = {**os.environ, "PYTHONPATH": str(installed), "CRMSIM_HOME": str(tmp_path / "home")}
    where = subprocess.run(
        [sys.executable, "-c", "import crmsim; print(crmsim.__file__)"], cwd=tmp_path, env=surroundings, check=True,
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(installed)
    played = subprocess.run(
        [sys.executable, "-m", "crmsim", "--lang", language, "demo", "first_day", "--seed", "2"], cwd=tmp_path,
        env={**surroundings, "PYTHONIOENCODING": "utf-8"}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    assert played.returncode == 0, played.stderr[-2000:]
    assert team in played.stdout and not [each for each in tmp_path.iterdir() if each.name != "home"]
