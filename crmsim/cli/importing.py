"""Customers from a table into a save, as one action of a seat."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crmsim.cli.common import Json, SaveName, act, game_of, leave, seat_in
from crmsim.cli.speech import Speech, give, grid, note, say, tell, tr
from crmsim.engine.errors import BadInput, IllegalAction
from crmsim.engine.safe import safe_text
from crmsim.engine.words import N_, _

if TYPE_CHECKING:
    from crmsim.engine.kinds import Kind
    from crmsim.game import Game
    from crmsim.roles.importing import Value
    from crmsim.store.importing import Prepared

SHOWN = 5  # rows of a preview, and reasons told on the screen
Table = Annotated[str, typer.Argument(metavar="[FILE]", help=tr(N_("Excel, OpenDocument or CSV.")))]
Seat = Annotated[str, typer.Option(metavar="SEAT", help=tr(N_("The seat that imports; the director's by itself.")))]
Mapped = Annotated[
    list[str], typer.Option("--map", metavar="OURS=THEIRS", help=tr(N_("Our field is their column; may be repeated.")))
]
Encoding = Annotated[str, typer.Option(metavar="NAME", help=tr(N_("A CSV's encoding, when it is not found out.")))]
Preview = Annotated[bool, typer.Option("--preview", help=tr(N_("Say what would happen; change nothing.")))]
Rejects = Annotated[str, typer.Option(metavar="OUT", help=tr(N_("Where bad rows go, with their reasons.")))]
Template = Annotated[str, typer.Option(metavar="OUT", help=tr(N_("Write an empty table to fill in.")))]


def import_customers(
    save: SaveName,
    file: Table = "",
    seat: Seat = "",
    mapped: Mapped = [],  # noqa: B006 - read only
    encoding: Encoding = "",
    preview: Preview = False,
    rejects: Rejects = "",
    template: Template = "",
    as_json: Json = False,
) -> None:
    """Take customers from a table into the files."""
    if not file and not template:
        raise BadInput(_("Name the table to import, or --template OUT for an empty one."))
    looking = preview or not file
    game = game_of(save, looking=looking)
    try:
        chosen = seat_in(game, seat) if seat else director(game)
        if template:
            _template(game, chosen, Path(template))
        if file:
            if not looking:
                _ready(game, chosen)
            prepared = _prepared(game, chosen, Path(file), pairs(mapped), encoding)
            written = _put_aside(prepared, rejects)
            if not preview and prepared.rows:
                act(game, chosen, prepared.action())
            _tell(prepared, game.view(chosen), written, preview, as_json)
    finally:
        if not looking:
            leave(game)


def _ready(game: Game, seat: str) -> None:
    """The seat may act now; it is said before the table is read, and before bad rows are written anywhere."""
    from crmsim.roles.importing import ImportCustomers

    if game.ended or game.free_minute(seat) > game.minute:
        why = game.refusal(seat, ImportCustomers(columns=(), rows=()))
        raise IllegalAction(why or _("Not now."))


def director(game: Game) -> str:
    """The seat that imports when none is named."""
    found = [each.id for each in game.scenario.seats if "director" in each.roles]
    if not found:
        raise BadInput(_("This scenario has no director; name the seat: --seat SEAT"))
    return found[0]


def pairs(mapped: list[str]) -> dict[str, str]:
    """OURS=THEIRS by our field."""
    found: dict[str, str] = {}
    for each in mapped:
        ours, equals, theirs = each.partition("=")
        if not equals or not ours.strip() or not theirs.strip() or ours.strip() in found:
            raise BadInput(_("Write --map OURS=THEIRS, not {got}.", got=each[:60]))
        found[ours.strip()] = theirs.strip()
    return found


def _template(game: Game, seat: str, path: Path) -> None:
    from crmsim.store.template import write_template

    write_template(game.view(seat), path, Speech.language)
    note(_("Written to {file}.", file=str(path)))


def _prepared(game: Game, seat: str, path: Path, mapping: dict[str, str], encoding: str) -> Prepared:
    from crmsim.store.importing import customers_in, prepare
    from crmsim.store.reading_tables import read_grid

    view = game.view(seat)
    grid_read = read_grid(path, encoding, customers_in(view, mapping))
    if grid_read.encoding:
        note(_("Read as {encoding}.", encoding=grid_read.encoding))
    if grid_read.sheet:
        note(_("Read from the sheet {sheet}.", sheet=safe_text(grid_read.sheet, 60)))
    return prepare(view, grid_read, mapping, lambda done: note(_("{n} rows checked", n=done)))


def _put_aside(prepared: Prepared, rejects: str) -> str | None:
    """The reject file, written before anything is changed; None when there is none."""
    if not rejects or not prepared.rejects:
        return None
    from crmsim.store.importing import write_rejects

    write_rejects(prepared, Path(rejects), Speech.language)
    return rejects


def _tell(prepared: Prepared, view: Any, written: str | None, preview: bool, as_json: bool) -> None:
    result: dict[str, Any] = {
        "read": prepared.read, "imported": len(prepared.rows), "duplicates": prepared.duplicates,
        "rejected": prepared.rejected, "rejects": written,
    }  # fmt: skip
    if prepared.unused:
        note(_("Columns that are not used: {known}", known=", ".join(prepared.unused)))
    for each in prepared.rejects[:SHOWN]:
        note(_("Row {row}: {why}", row=each.row, why=each.reason))
    if len(prepared.rejects) > SHOWN and written is None:
        note(_("and {n} more; --rejects OUT writes them all to a file.", n=len(prepared.rejects) - SHOWN))
    if as_json:
        titles = {name: prepared.headings[place] for name, place in prepared.columns.items()}
        give(result | ({"preview": True, "columns": titles} if preview else {}))
        return
    if preview:
        _show(prepared, view)
    words = N_("{read} rows read: {imported} good, {duplicates} doubles, {rejected} with mistakes.")
    tell(_(words, **{name: result[name] for name in ("read", "imported", "duplicates", "rejected")}))
    if written:
        tell(_("Bad rows are in {file}; mend them there and import that file.", file=written))
    if preview:
        tell(_("Nothing was changed."))


def _show(prepared: Prepared, view: Any) -> None:
    """Which column is which field, and the first rows as they are understood."""
    titles = [(prepared.fields[name].kind.label, prepared.headings[place]) for name, place in prepared.columns.items()]
    grid(map(tr, (N_("Field"), N_("Column"))), [(tr(label), theirs) for label, theirs in titles])
    grid(
        (tr(prepared.fields[name].kind.label) for name in prepared.columns),
        [
            [_understood(prepared.fields[name].kind, row[name], view) for name in prepared.columns]
            for row in prepared.rows[:SHOWN]
        ],
    )


def _understood(kind: Kind, value: Value, view: Any) -> str:
    """A value as its field would show it: a word of a list by its name."""
    from crmsim.engine.amounts import Date, Money

    if value in {"", 0}:
        return ""
    if isinstance(kind, Date):
        return say(_("{when:day}", when=value))
    if isinstance(kind, Money):
        return say(_("{amount:money}", amount=value))
    names = {each.value: each.label for each in kind.options(view, {})}
    return say(names[value]) if value in names else str(value)


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("import", help=tr(N_("Take customers from a table into the files.")))(import_customers)
