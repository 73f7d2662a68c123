"""Another run after a game: on from a mistake, the game anew, challenges, and the bests of this machine."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from crmsim.cli.common import Json, SaveName
from crmsim.cli.reviewing import progress
from crmsim.cli.speech import Speech, give, grid, say, tell, tr
from crmsim.engine.errors import BadInput
from crmsim.engine.words import N_, Words, _


def practice(
    save: SaveName,
    entry: Annotated[
        int, typer.Option("--from", min=-1, help=tr(N_("The decision's entry; without it, the dearest mistake.")))
    ] = -1,
    seat: Annotated[list[str] | None, typer.Option(metavar="SEAT", help=tr(N_("Only this seat's decisions.")))] = None,
) -> None:
    """Play on from a mistake."""
    from crmsim.grading.again import mistakes, play_on
    from crmsim.grading.review import review
    from crmsim.store.folders import save_path
    from crmsim.store.jsonl import read_any

    saved, minute = read_any(save_path(save)), -1
    if entry < 0:
        with progress(_("Playing decisions on")) as tick:
            found = next(mistakes(review(saved.header, saved.entries, seat or (), progress=tick)), None)
        if found is None:
            raise BadInput(_("The review found no mistake; name an entry with --from."))
        entry, minute = found[1].entry, found[1].minute
        tell(_("{when:time} {mark:label} - {what}", when=minute, mark=found[1].mark, what=found[1].words))
    path = play_on(saved, entry, minute)
    tell(_("Practice from there, with the same customers: crmsim resume {file}", file=str(path)))


def rematch(
    save: SaveName,
    equal: Annotated[
        bool,
        typer.Option(
            "--equal", help=tr(N_("Another seed: about as many customers come, who would spend about as much."))
        ),
    ] = False,
    variant: Annotated[
        list[str] | None, typer.Option("--with", metavar="VARIANT", help=tr(N_("A challenge, or manual.")))
    ] = None,
) -> None:
    """The game anew."""
    from crmsim.grading.again import rematch as begin_anew
    from crmsim.store.folders import save_path
    from crmsim.store.jsonl import read_any

    saved, asked = read_any(save_path(save)), variant or ()
    if equal:
        with progress(_("Seeds are measured")) as tick:
            path = begin_anew(saved, equal=True, variants=asked, progress=tick)
    else:
        path = begin_anew(saved, variants=asked)
    tell(_("A new game with the same seats: crmsim resume {file}", file=str(path)))


def bests(
    save: Annotated[str, typer.Argument(metavar="[SAVE]", help=tr(N_("A finished game that is to count, too.")))] = "",
    as_json: Json = False,
) -> None:
    """Personal bests."""
    from crmsim.grading.bests import SCORE, kept, note
    from crmsim.grading.criteria import CRITERIA
    from crmsim.store.folders import save_path

    if save:
        from crmsim.grading import grade_save
        from crmsim.store.jsonl import read_any

        path = save_path(save)
        note(read_any(path).header, grade_save(path))
    shelf = kept()
    if as_json:
        give(
            {
                key: {id: {"mean": each.mean, "seed": each.seed} for id, each in mine.items()}
                for key, mine in shelf.items()
            }
        )
        return
    for key, mine in sorted(shelf.items()):
        student, game, role = key.split("|", 2)
        tell(_of(student, game, role))
        rows = []
        for id, each in sorted(mine.items(), key=lambda pair: (pair[0] != SCORE, pair[0])):
            label = CRITERIA[id].label if id in CRITERIA else N_("score")
            rows.append([f"  {say(_('{word:label}', word=label))}", f"{each.mean / 10:.1f}", str(each.seed)])
        grid(("", tr(N_("Best")), tr(N_("Seed"))), rows)
    if not shelf:
        tell(_("There are no bests yet: finish a game and look at its card."))


def grades(
    student: Annotated[str, typer.Option(metavar="ID", help=tr(N_("Only this student's games.")))] = "",
    as_json: Json = False,
) -> None:
    """By hand and with the CRM, side by side."""
    from crmsim.grading.sides import sides

    found = sides(student)
    if as_json:
        give([each.as_json(Speech.language) for each in found])
        return
    for each in found:
        tell(_of(each.student, each.scenario, each.role))
        rows: list[list[Any]] = [[tr(label), *map(_points, both)] for label, both in each.rows()]
        grid(("", tr(N_("by hand")), tr(N_("CRM")), tr(N_("difference"))), rows)
    if not found:
        tell(_("No finished game was found in {folder}.", folder=str(_folder())))


def _of(student: str, game: str, role: str) -> Words:
    """Whose games in a role these are, where it was said."""
    if not student:
        return _("{game}, {role:role}", game=game, role=role)
    return _("{student}, {game}, {role:role}", student=student, game=game, role=role)


def _points(value: int | None) -> str:
    return "–" if value is None else f"{value / 10:.1f}"


def _folder() -> Any:
    from crmsim.store.folders import saves

    return saves()


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command(help=tr(N_("Play on from a mistake, as practice.")))(practice)
    app.command(help=tr(N_("Play a game anew: with the same customers, with others, as a challenge.")))(rematch)
    app.command(help=tr(N_("The best handling so far of every criterion, on this machine.")))(bests)
    app.command(help=tr(N_("Own grades: by hand and with the CRM, side by side.")))(grades)
