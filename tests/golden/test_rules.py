"""The golden `crmsim rules`: what every action is called, who does it, what it costs and asks, one line an action.

`CRMSIM_UPDATE_GOLDEN=1` rewrites it; read the difference before it is kept.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from crmsim.cli.app import run

GOLDEN = Path(__file__).parent / "rules.jsonl"


@pytest.mark.covers("GAME-12")
def test_the_rules_are_what_they_were(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", "rules", "--scenario", "first_month", "--json"]) == 0
    told = [json.dumps(each, ensure_ascii=False) for each in json.loads(capsys.readouterr().out)]
    if os.environ.get("CRMSIM_UPDATE_GOLDEN"):
        GOLDEN.write_text("\n".join(told) + "\n", encoding="utf-8", newline="\n")
    known = GOLDEN.read_text(encoding="utf-8").splitlines()
    assert [each for each in told if each not in known] == [], "CRMSIM_UPDATE_GOLDEN=1, then read the difference"
    assert told == known
