"""Scenario files: list, check, start a new one, and the schema for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from crmsim.cli.common import Json
from crmsim.cli.speech import give, grid, note, say, tell, tr
from crmsim.engine.errors import BadInput
from crmsim.engine.words import N_, _

BAD = 2
MODEL = "first_day"  # what a new scenario starts from
group = typer.Typer(rich_markup_mode=None, no_args_is_help=True)


def list_scenarios() -> None:
    """The scenarios that come with the game."""
    from crmsim.scenarios.loader import bundled, load_scenario

    loaded = [load_scenario(name) for name in bundled()]
    rows = [(each.meta.id, say(each.meta.title), str(each.calendar.days), str(len(each.seats))) for each in loaded]
    grid(map(tr, (N_("Scenario"), N_("Title"), N_("Days"), N_("Seats"))), rows)


def check(files: Annotated[list[str], typer.Argument(metavar="FILE...")], as_json: Json = False) -> int:
    """Every mistake of scenario files, by line and key."""
    from crmsim.scenarios.checker import check as check_text
    from crmsim.scenarios.loader import read_scenario_file, scenario_path
    from crmsim.vocabulary import vocabulary

    results: list[dict[str, Any]] = []
    for file in files:
        found = check_text(read_scenario_file(scenario_path(file)), file, vocabulary())
        errors = [{"line": each.line, "key": each.key, "message": say(each.message)} for each in found.problems]
        results.append({"file": file, "ok": not errors, "errors": errors})
    if as_json:
        give(results[0] if len(results) == 1 else results)
    for result in results:
        if not as_json and result["ok"]:
            tell(_("{file}: no mistakes.", file=str(result["file"])))
        for error in result["errors"] if not as_json else ():
            note(f"{result['file']}:{error['line']}: {error['key']}: {error['message']}")
    return 0 if all(result["ok"] for result in results) else BAD


def new(name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """Write a scenario to start from into this folder."""
    from crmsim.scenarios.loader import scenario_path

    if not name.isidentifier() or not name.isascii():
        raise BadInput(_("{name} is not a name for a scenario; use letters, digits and _.", name=name[:60]))
    path = Path(f"{name}.toml")
    if path.exists():
        raise BadInput(_("{file} exists already.", file=str(path)))
    model = scenario_path(MODEL).read_text(encoding="utf-8-sig")
    path.write_text(model.replace(f'id = "{MODEL}"', f'id = "{name.lower()}"', 1), encoding="utf-8", newline="\n")
    note(_("Written to {file}.", file=str(path)))


def schema() -> None:
    """The JSON schema, for editors."""
    from crmsim.scenarios.checker import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


def register(app: typer.Typer) -> None:
    """Add these commands."""
    group.command("list", help=tr(N_("The scenarios that come with the game.")))(list_scenarios)
    group.command(help=tr(N_("Every mistake of scenario files, by line and key.")))(check)
    group.command(help=tr(N_("Write a scenario to start from.")))(new)
    group.command(help=tr(N_("The JSON schema of scenario files, for editors.")))(schema)
    app.add_typer(group, name="scenario", help=tr(N_("List, check and begin scenario files.")))
