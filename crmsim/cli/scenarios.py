"""Scenario files: list, check, start a new one, to a workbook and back, and the schema for editors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from crmsim.cli.common import Json
from crmsim.cli.speech import Speech, give, grid, note, say, tell, tr
from crmsim.engine.errors import BadInput
from crmsim.engine.words import N_, _

BAD = 2
Out = Annotated[str, typer.Option("--to", metavar="FILE", help=tr(N_("Where to write; never over a file.")))]
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
            note(": ".join(filter(None, (f"{result['file']}:{error['line']}", error["key"], error["message"]))))
    return 0 if all(result["ok"] for result in results) else BAD


def new(name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """Write a scenario to start from, and the schema for editors, into this folder."""
    from crmsim.scenarios.template import SCHEMA_FILE, starter

    if not name.isidentifier():
        raise BadInput(_("{name} is not a name for a scenario; use letters, digits and _.", name=name[:60]))
    path = Path(f"{name}.toml")
    with _written(path):
        for file, text in ((path, starter(name, Speech.language)), (Path(SCHEMA_FILE), _schema_text())):
            file.write_text(text, encoding="utf-8", newline="\n")


def from_workbook(file: Annotated[str, typer.Argument(metavar="FILE")], to: Out = "") -> None:
    """Make a scenario file of a workbook; a mistake is named by sheet and cell."""
    from crmsim.scenarios.sheets import from_xlsx

    path = Path(file)
    text = from_xlsx(path)
    scenario = Path(to) if to else path.with_suffix(".toml")
    with _written(scenario):
        scenario.write_text(text, encoding="utf-8", newline="\n")


def to_workbook(file: Annotated[str, typer.Argument(metavar="FILE")], to: Out = "") -> None:
    """Write a scenario as a workbook, for those who would rather not write TOML."""
    from crmsim.scenarios.loader import load_scenario
    from crmsim.scenarios.sheets import to_xlsx

    scenario = load_scenario(file)
    path = Path(to) if to else Path(f"{Path(file).stem}.xlsx")
    with _written(path):
        to_xlsx(scenario, path)


@contextmanager
def _written(path: Path) -> Iterator[None]:
    """Take a path where nothing is yet, say what was written there, or why it could not be: then nothing stays."""
    whole = False
    try:
        path.open("xb").close()
        try:
            yield
            whole = True
        finally:
            if not whole:
                path.unlink(missing_ok=True)
    except FileExistsError as error:
        raise BadInput(_("{file} exists already.", file=str(path))) from error
    except OSError as error:
        file = str(error.filename or path)
        raise BadInput(_("{file} cannot be written: {cause}", file=file, cause=error.strerror or "")) from error
    note(_("Written to {file}.", file=str(path)))


def schema() -> None:
    """The JSON schema, for editors."""
    typer.echo(_schema_text(), nl=False)


def _schema_text() -> str:
    from crmsim.scenarios.checker import json_schema

    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def register(app: typer.Typer) -> None:
    """Add these commands."""
    group.command("list", help=tr(N_("The scenarios that come with the game.")))(list_scenarios)
    group.command(help=tr(N_("Every mistake of scenario files, by line and key.")))(check)
    group.command(help=tr(N_("Write a scenario to start from, and the schema for editors.")))(new)
    group.command("from-xlsx", help=tr(N_("Make a scenario file of a workbook.")))(from_workbook)
    group.command("to-xlsx", help=tr(N_("Write a scenario as a workbook.")))(to_workbook)
    group.command(help=tr(N_("The JSON schema of scenario files, for editors.")))(schema)
    app.add_typer(group, name="scenario", help=tr(N_("List, check and begin scenario files.")))
