"""Every row of the benchmarks runs; how fast is printed by `make bench`, and fails no test."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from benchmarks.__main__ import ROWS, main


@pytest.mark.slow
@pytest.mark.parametrize("row", [each.name for each in ROWS])
def test_a_row_runs(row: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--tiny", "--json", row]) == 0
    found = json.loads(capsys.readouterr().out)
    assert row in [each["work"] for each in found]
    assert all(each["value"] > 0 and each["measured"] > 0 for each in found)


def test_after_one_command_was_asked_for_all_are_there_in_their_order() -> None:
    names = "print([each.callback.__name__ for each in app.registered_commands])"
    told = [
        subprocess.run(
            [sys.executable, "-c", f"from crmsim.cli.app import app, gather; {calls}; {names}"],
            check=True, capture_output=True, encoding="utf-8",
        ).stdout
        for calls in ("gather()", "gather('replay'); gather('look'); gather(); gather('do'); gather()")
    ]  # fmt: skip
    assert told[0] == told[1] and "grade" in told[0]


@pytest.mark.parametrize(
    ("imported", "not_wanted"),
    [
        ("from crmsim.cli.app import gather; gather()", ("pydantic", "simpy", "sqlmodel", "textual", "faker")),
        (
            "from crmsim.cli.app import gather; gather('replay')",
            ("crmsim.cli.grading", "crmsim.cli.playing", "pydantic"),
        ),
        (
            (
                "import crmsim.cli.welcome, crmsim.tui.launching;"
                "from crmsim.tui.opening import at_a_glance; at_a_glance()"
            ),
            ("pydantic", "simpy", "sqlmodel", "typer", "faker", "crmsim.engine.world", "crmsim.scenarios.schema"),
        ),
        (
            (
                "from crmsim import load_scenario; from crmsim.scenarios.casting import draw_cast;"
                "draw_cast(load_scenario('first_day'), 1)"
            ),
            ("pypinyin", "faker.providers.address.en_US"),
        ),
        (
            (
                "from crmsim.tui.opening import Wishes, open_new; from crmsim.tui.palette import spelled;"
                "from tempfile import mkdtemp; assert spelled(['重新']) == {'重新': ('chongxin', 'cx')};"
                "open_new('first_day', Wishes(seed=1, save=mkdtemp() + '/new.crmsim'), 'zh').close()"
            ),
            ("pypinyin", "faker"),
        ),
        (
            (
                "import crmsim.cli.records, crmsim.store.jsonl; from crmsim import Game, load_scenario;"
                "from crmsim.game.replay import verify; from crmsim.scenarios.cast import Cast;"
                "game = Game(load_scenario('first_day'), cast=Cast()); verify(game.header(), game.journal, [])"
            ),
            ("sqlmodel", "sqlalchemy", "textual", "faker", "pypinyin"),
        ),
    ],
)
def test_what_is_slow_to_import_is_imported_by_whom_it_serves(imported: str, not_wanted: tuple[str, ...]) -> None:
    check = f"import sys; {imported}; print([each for each in {not_wanted!r} if each in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], check=True, capture_output=True, encoding="utf-8")
    assert done.stdout.strip() == "[]"
