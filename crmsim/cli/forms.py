"""The form centre without a screen: forms listed, written as a page, answers taken in, results looked through."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crmsim.cli.common import Json, SaveName, game_of, leave, seat_in, take
from crmsim.cli.speech import Speech, give, grid, note, tell, tr
from crmsim.engine.errors import BadInput
from crmsim.engine.words import N_, Message, _

if TYPE_CHECKING:
    from crmsim.game import Game

Name = Annotated[str, typer.Argument(metavar="[FORM]", help=tr(N_("The form's number; without it, all forms.")))]
To = Annotated[
    str, typer.Option("--to", metavar="OUT", help=tr(N_("An .html page to fill in, or the results as .xlsx or .csv.")))
]
Answers = Annotated[
    list[str],
    typer.Option("--answers", metavar="FILE", help=tr(N_("Take in the answers of such a page; or a folder."))),
]
Seat = Annotated[str, typer.Option(metavar="SEAT", help=tr(N_("The seat that looks, or that fills in.")))]
Having = Annotated[str, typer.Option(metavar="TEXT", help=tr(N_("Only results with these words.")))]
Field = Annotated[int, typer.Option(min=0, help=tr(N_("Look for them in this field only, from 1.")))]
By = Annotated[str, typer.Option(metavar="SEAT", help=tr(N_("Only results that this seat filled in.")))]
Since = Annotated[str, typer.Option(metavar="WHEN", help=tr(N_("Only results from then on: day 3 10:00.")))]
Until = Annotated[str, typer.Option(metavar="WHEN", help=tr(N_("Only results until then.")))]


def form(
    save: SaveName,
    name: Name = "",
    to: To = "",
    answers: Answers = [],  # noqa: B006 - read only
    seat: Seat = "",
    having: Having = "",
    field: Field = 0,
    by: By = "",
    since: Since = "",
    until: Until = "",
    as_json: Json = False,
) -> None:
    """Forms: list them, write one as a page, take answers in, look through and export the results."""
    from crmsim.cli.common import minute_of
    from crmsim.crm.company import INSTRUCTOR
    from crmsim.crm.form import ALWAYS, Sheet, results

    if answers:
        _take_in(save, name, answers, seat)
        return
    game = game_of(save, looking=True)
    view = game.view(seat_in(game, seat) if seat else INSTRUCTOR)
    if not name:
        from crmsim.cli.seats import _show_table
        from crmsim.roles.forms import FORMS

        _show_table(FORMS.id, [FORMS], view, as_json)
        return
    sheet = view.get(Sheet, name)
    if sheet is None:
        raise BadInput(_("There is no form {form}.", form=name[:60]))
    span = (minute_of(since) if since else ALWAYS[0], minute_of(until) if until else ALWAYS[1])
    found = results(view, name, field, having, by, span)
    if to:
        _write(view, sheet, found, Path(to))
    else:
        _show(sheet, found, view, as_json)


def _write(view: Any, sheet: Any, found: list[Any], path: Path) -> None:
    """The form as a page, or its results as a table, by the name of the file."""
    from crmsim.store.exporting import write_one
    from crmsim.store.formpage import write_page
    from crmsim.store.sheets import form_sheet

    if path.suffix.lower() in {".html", ".htm"}:
        write_page(view, sheet, path, Speech.language)
    else:
        write_one(form_sheet(sheet, found, view, Speech.language), path, Speech.language)
    note(_("Written to {file}.", file=str(path)))


def _show(sheet: Any, found: list[Any], view: Any, as_json: bool) -> None:
    from crmsim.store.sheets import form_sheet, words

    made = form_sheet(sheet, found, view, Speech.language)
    rows = [[words(value, form, Speech.language, made.dates) for value, form in zip(row, made.forms, strict=True)]
            for row in made.rows]  # fmt: skip
    if as_json:
        give([dict(zip(made.headings, row, strict=True)) for row in rows])
        return
    grid(made.headings, [[str(cell if cell is not None else "") for cell in row] for row in rows])


def _take_in(save: str, name: str, files: list[str], seat: str) -> None:
    """Each file of answers is filled in by a seat that may; what will not do is told, and the others go in."""
    from crmsim.crm.form import Sheet
    from crmsim.roles.forms import FillForm
    from crmsim.store.formpage import answer_files, answered

    game = game_of(save)
    taken = 0
    try:
        chosen = seat_in(game, seat) if seat else _permitted(game, name)
        for path, body in answer_files([Path(each) for each in files]):
            view = game.view(chosen)
            sheet = view.get(Sheet, name)
            if sheet is None:
                raise BadInput(_("There is no form {form}.", form=name[:60]))
            found = answered(body, view, sheet)
            game.advance_to(max(game.minute, game.free_minute(chosen)))
            why = found if isinstance(found, Message) else game.refusal(chosen, FillForm(form=name, answers=found))
            if why is not None or isinstance(found, Message):
                note(_("{file}: {why}", file=path.name, why=why or ""))
                continue
            take(game, chosen)
            before = len(game.journal)  # the same file twice is filled in once
            mark = blake2b(path.name.encode() + body, digest_size=8).hexdigest()
            game.apply(chosen, FillForm(form=name, answers=found), id=f"form-{mark}")
            taken += len(game.journal) > before
    finally:
        leave(game)
    tell(_("{n} filled in by {seat}.", n=taken, seat=chosen))


def _permitted(game: Game, name: str) -> str:
    """The first seat that may fill a form in."""
    from crmsim.crm.form import Sheet

    for seat in game.world.seats:
        sheet = game.view(seat).get(Sheet, name)
        if sheet is not None and sheet.status == "published" and sheet.for_seat(game.view(seat).seat):
            return seat
    raise BadInput(_("No form can be filled in by you now."))


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("form", help=tr(N_("Forms: list, page, answers, results.")))(form)
