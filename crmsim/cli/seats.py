"""A seat without a screen: look, do, wait; and the rules of every role."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from crmsim.cli.common import Json, SaveName, act, game_of, leave, people_of, seat_in
from crmsim.cli.speech import Speech, give, grid, plain, say, tell, tr
from crmsim.engine.errors import BadInput
from crmsim.engine.words import N_, _, in_form, render

Seat = Annotated[str, typer.Option(metavar="SEAT", help=tr(N_("The seat you act for.")))]
Find = Annotated[str, typer.Option("--find", metavar="TEXT", help=tr(N_("Only rows with these words, of all tables.")))]
Field = Annotated[list[str], typer.Argument(metavar="[FIELD=VALUE]...", help=tr(N_("The action's fields.")))]


def look(
    save: SaveName,
    table: Annotated[str, typer.Argument(metavar="TABLE", help=tr(N_("A table; the to-do list when left out.")))] = "",
    seat: Seat = "",
    find: Find = "",
    as_json: Json = False,
) -> None:
    """What a seat sees."""
    from crmsim.engine.action import belongs
    from crmsim.engine.desk import to_do
    from crmsim.roles import TABLES

    game = game_of(save, looking=True)
    seat = seat_in(game, seat)
    view = game.view(seat)
    mine = [each for each in TABLES if belongs(each, view)]
    if find:
        _find(find, [each for each in mine if table in ("", each.id)], view, as_json)
        return
    if table:
        _show_table(table, mine, view, as_json)
        return
    papers = [each.as_told() for each in to_do(view, mine)]
    if as_json:
        give(
            {
                "seat": seat, "minute": game.minute, "day": game.day, "ended": game.ended,
                "to_do": [
                    {
                        "what": say(each.what), "since": each.since, "due": each.due, "why": say(each.why),
                        "action": each.action.__name__, "filled": each.filled,
                    }
                    for each in papers
                ],
                "tables": {each.id: len(list(each.rows(view))) for each in mine},
            }
        )  # fmt: skip
        return
    tell(_("{seat}, {when:time}", seat=seat, when=game.minute))
    for paper in papers:
        tell(_("- {what}: {why}", what=paper.what, why=paper.why))
    grid(map(tr, (N_("Table"), N_("Rows"))), [(each.id, str(len(list(each.rows(view))))) for each in mine])


def _find(wanted: str, tables: list[Any], view: Any, as_json: bool) -> None:
    """Every row of these tables in which the words stand, as this seat sees it."""
    from crmsim.crm.naming import cell_of

    found: list[tuple[str, list[str]]] = []
    for table in tables:
        for row in table.rows(view):
            cells = [_shown(cell_of(view, column, row), column.form) for column in table.columns_of(view)]
            if any(wanted.casefold() in cell.casefold() for cell in cells):
                found.append((table.id, cells))
    if as_json:
        give([{"table": id, "cells": cells} for id, cells in found])
        return
    for id, cells in found:
        typer.echo(f"{id}: {' · '.join(cell for cell in cells if cell)}")
    if not found:
        tell(_("Nothing was found."))


def _show_table(name: str, mine: list[Any], view: Any, as_json: bool) -> None:
    from crmsim.cli.exporting import show_report
    from crmsim.crm.analysis.all import report_of
    from crmsim.crm.naming import cell_of

    found = next((each for each in mine if each.id == name), None)
    if found is None:
        raise BadInput(
            _("There is no table {name}. Tables: {known}.", name=name[:60], known=", ".join(each.id for each in mine))
        )
    rows, columns = list(found.rows(view)), found.columns_of(view)
    if as_json:
        give([{render(column.label, "en"): plain(cell_of(view, column, row)) for column in columns} for row in rows])
        return
    report = report_of(name)
    if report is not None:
        show_report(report, view)
    cells = [[_shown(cell_of(view, column, row), column.form) for column in columns] for row in rows]
    grid((tr(column.label) for column in columns), cells)
    if not rows and found.empty:
        tell(tr(found.empty))


def _shown(value: Any, form: str) -> str:
    if value is None:
        return ""
    return in_form(form, value, Speech.language, Speech.dates) if isinstance(value, int) else say(value)


def do(
    save: SaveName,
    action: Annotated[str, typer.Argument(metavar="ACTION", help=tr(N_("What to do; `crmsim rules` lists all.")))],
    fields: Field = (),  # type: ignore[assignment]
    seat: Seat = "",
    as_json: Json = False,
) -> None:
    """Do an action for a seat."""
    from crmsim.cli.typed import typed_action
    from crmsim.crm.naming import sentence_of
    from crmsim.engine.facts import as_record

    game = game_of(save)
    try:
        seat = seat_in(game, seat)
        chosen = typed_action(game.view(seat), action, fields)
        facts = act(game, seat, chosen)
    finally:
        leave(game)
    if as_json:
        give(
            {"facts": [as_record(each) for each in facts], "minute": game.minute, "day": game.day, "ended": game.ended}
        )
        return
    view = game.view(seat)
    for fact in facts:
        tell(sentence_of(view, fact))
    tell(_("It is {when:time}.", when=game.minute))


def wait(
    save: SaveName,
    how_long: Annotated[
        str,
        typer.Argument(
            metavar="[MINUTES|until-needed]", help=tr(N_("Minutes of the clock, or until something waits."))
        ),
    ] = "until-needed",
    as_json: Json = False,
) -> None:
    """Let time pass."""
    from crmsim.crm.naming import sentence_of

    if how_long != "until-needed" and not (how_long.isascii() and how_long.isdigit() and len(how_long) < 8):
        raise BadInput(_("Write a number of minutes, or until-needed, not {got}.", got=how_long[:60]))
    game = game_of(save)
    known = len(game.facts)
    people = people_of(game)
    try:
        if game.ended:
            raise BadInput(_("The game is over."))
        if how_long == "until-needed":
            game.wait(*people)
        else:
            game.advance(int(how_long))
    finally:
        leave(game)
    from crmsim.engine.facts import as_record

    heard = [(seat, fact) for seat in people for fact in game.view(seat).heard(known)]
    if as_json:
        told = [{"seat": seat, **as_record(fact)} for seat, fact in heard]
        give({"minute": game.minute, "day": game.day, "ended": game.ended, "heard": told})
        return
    for seat, fact in heard:
        tell(_("{seat}: {what}", seat=seat, what=sentence_of(game.view(seat), fact)))
    tell(_("It is {when:time}.", when=game.minute))


def rules(
    scenario: Annotated[str, typer.Option(metavar="S", help=tr(N_("With this scenario's words.")))] = "",
    as_json: Json = False,
) -> None:
    """Every action of every role."""
    from crmsim.vocabulary import rules as all_rules

    loaded = None
    if scenario:
        from crmsim.public import load_scenario

        loaded = load_scenario(scenario)
    found = all_rules(loaded)
    if as_json:
        give(found)
        return
    for each in found:
        typer.echo(f"{each['action']}  ({', '.join(each['roles'])}; {each['minutes']} min)")
        typer.echo(f"    {tr(each['help'])}")
        for field in each["fields"]:
            choices = ": " + ", ".join(field["choices"]) if "choices" in field else ""
            typer.echo(f"    {field['name']}{'' if field['required'] else '?'} ({field['kind']}{choices})")


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command(help=tr(N_("What a seat sees: its work, or one table.")))(look)
    app.command(help=tr(N_("Do an action for a seat.")))(do)
    app.command(help=tr(N_("Let time pass, until something needs you.")))(wait)
    app.command(help=tr(N_("Every action of every role.")))(rules)
