"""The other Pythons of this machine, each given the few packages that a game needs, as the lock has them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from hashlib import blake2b
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".cache" / "pythons"
VERSIONS = tuple(each for each in ("3.11", "3.12", "3.13") if each != f"{sys.version_info[0]}.{sys.version_info[1]}")
LOADED = "import json, sys; print(json.dumps(sorted({each.partition('.')[0] for each in sys.modules})))"
PROBE = "import pip, sys; print(*sys.version_info[:2], sep='.')"


def told(python: str | Path, code: str, path: str = str(ROOT), **environment: str) -> str:
    """What some code prints in a process of its own."""
    done = subprocess.run(
        [python, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONPATH": path, **environment}, capture_output=True,
        text=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def interpreter(version: str) -> Path | None:
    """A Python of this version with pip; None when there is none."""
    found = [*sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))]
    found += [Path(each) for each in [shutil.which(f"python{version}")] if each]
    for each in found:
        probe = subprocess.run([each, "-c", PROBE], capture_output=True, text=True, check=False, timeout=60)
        if probe.returncode == 0 and probe.stdout.strip() == version:
            return each
    return None


def locked(code: str) -> str:
    """The lines of the lock for whatever some code loads here."""
    loaded, owners = json.loads(told(sys.executable, f"{code}\n{LOADED}").splitlines()[-1]), packages_distributions()
    names = {re.sub(r"[-_.]+", "-", name).lower() for module in loaded for name in owners.get(module, ())}
    entries = re.split(r"\n(?=[a-z])", (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8"))
    return "\n".join(each for each in entries if each.partition("==")[0] in names) + "\n"


def packages(python: Path, code: str) -> Path | str:
    """The folder of what this Python needs to run some code, made once; why not where it cannot be had."""
    lines = locked(code)
    place = KEPT / blake2b(f"{python}\n{lines}".encode(), digest_size=8).hexdigest()
    if place.is_dir():
        return place
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=KEPT) as name:
        lock, target = Path(name, "lock.txt"), Path(name, "packages")
        lock.write_text(lines, encoding="utf-8")
        done = subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--target", target,
             "--requirement", lock],
            capture_output=True, text=True, check=False, timeout=170,
        )  # fmt: skip
        if done.returncode != 0:
            return (done.stderr.strip().splitlines() or ["pip failed"])[-1]
        try:
            target.rename(place)
        except OSError:  # another run was quicker
            assert place.is_dir()
    return place
