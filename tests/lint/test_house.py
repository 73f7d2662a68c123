"""The house stays small and flat, and depends on no one registry."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULE_LINES, FUNCTION_LINES = 320, 45
# Written in two halves, so that this file does not name them either.
REGISTRIES = re.compile(
    "|".join(
        re.escape(first + last)
        for first, last in [
            ("pypi.", "org"),
            ("python", "hosted.org"),
            ("pypi.tuna", ".tsinghua.edu.cn"),
            ("mirrors.", "aliyun.com"),
            ("registry.", "npmjs.org"),
            ("registry.", "yarnpkg.com"),
            ("registry.", "npmmirror.com"),
            ("deb.", "debian.org"),
            ("conda.", "anaconda.org"),
            ("crates", ".io"),
            ("proxy.", "golang.org"),
        ]
    )
)
BUILT = {".git", ".venv", ".cache", "dist", "build", "node_modules"}


def files() -> list[Path]:
    """Every file of the project that is or may be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        paths = [ROOT / each for each in listed.stdout.decode().split("\0") if each]
    else:  # an unpacked source distribution
        paths = [each for each in ROOT.rglob("*") if not BUILT & set(each.relative_to(ROOT).parts)]
    return sorted(path for path in paths if path.is_file())


def long_parts(path: Path) -> list[str]:
    """A module or functions in it that nobody reads in one go."""
    text = path.read_text(encoding="utf-8")
    found = []
    if (lines := text.count("\n")) > MODULE_LINES:
        found.append(f"{path}: {lines} lines, more than {MODULE_LINES}")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                found.append(f"{path}:{node.lineno} {node.name}: {lines} lines, more than {FUNCTION_LINES}")
    return found


def pins(path: Path) -> dict[str, str]:
    """Package and version of each line of a lock."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE))


def test_no_file_names_a_package_registry() -> None:
    found = []
    for path in files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {each}" for each in sorted(set(REGISTRIES.findall(text)))]
    assert not found, "\n" + "\n".join(found)


def test_a_planted_registry_is_found() -> None:
    assert REGISTRIES.search("--index-url https://" + "pypi." + "org/simple")


def test_modules_and_functions_are_short() -> None:
    found = [each for path in sorted((ROOT / "crmsim").rglob("*.py")) for each in long_parts(path)]
    assert not found, "\n" + "\n".join(found)


def test_a_planted_long_function_is_found(tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    path.write_text("def f():\n" + "    x = 1\n" * (FUNCTION_LINES - 1), encoding="utf-8")
    assert long_parts(path) == []
    path.write_text("def f():\n" + "    x = 1\n" * FUNCTION_LINES, encoding="utf-8")
    assert len(long_parts(path)) == 1
    path.write_text("x = 1\n" * (MODULE_LINES + 1), encoding="utf-8")
    assert len(long_parts(path)) == 1


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_a_lock_pins_every_package_by_hash(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    entries = [each for each in re.split(r"\n(?=\S)", text) if not each.startswith("#")]
    assert entries
    assert [each for each in entries if "==" not in each or "--hash=sha256:" not in each] == []
    assert "://" not in text


def test_players_run_what_developers_test() -> None:
    run, dev = pins(ROOT / "requirements" / "run.txt"), pins(ROOT / "requirements" / "dev.txt")
    assert {name: version for name, version in run.items() if dev.get(name) != version} == {}
