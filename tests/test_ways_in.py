"""The ways in that scripts rely on: every command and option, and what the package offers, by the names that stay."""

from __future__ import annotations

import inspect

import pytest

import crmsim
from crmsim.cli.app import run

COMMANDS = """
play --seat --student --seed --pace --skill --save --ascii
resume
saves list
saves rename
saves remove
end
demo --seed
run --seed --skill --seat --days --save --json
look --seat --json
do --seat --json
wait --json
replay --verify --until --json
grade --rubric --policy --json --html --csv --xlsx --gradescope --moodle --canvas --xapi --fail-under
regrade --rubric
likeness --json
review --seat --json
report new --to
report check
report pack
class new --scenario --to
scenario list
scenario check --json
scenario new
scenario schema
scenario from-xlsx
scenario to-xlsx
scenario calibrate --runs --validity --json
rules --scenario --json
import --seat --map --encoding --preview --rejects --json
export --to
web --port
doctor
"""


@pytest.mark.covers("GAME-12")
@pytest.mark.parametrize("line", COMMANDS.strip().splitlines())
def test_a_command_is_there_with_its_options(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = line.split()
    name, options = [each for each in words if each[0] != "-"], [each for each in words if each[0] == "-"]
    assert run([*name, "--help"]) == 0
    told = capsys.readouterr().out
    assert [each for each in options if each not in told] == []


@pytest.mark.covers("GAME-12")
def test_the_package_offers_what_it_did() -> None:
    names = ("Game", "load_scenario", "replay", "grade", "save", "open_save")
    assert all(callable(getattr(crmsim, name)) for name in names)
    for name in ("advance", "legal_actions", "refusal", "apply", "view", "digest"):
        assert callable(getattr(crmsim.Game, name))
    assert inspect.signature(crmsim.Game.apply).parameters["id"].kind is inspect.Parameter.KEYWORD_ONLY
    assert "minutes" in inspect.signature(crmsim.Game.advance).parameters
