"""Playing: in the terminal, by bots as a demo, by bots without a word."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from crmsim.cli.common import DEFAULT_SCENARIO, Json, Seed, begin, crew_of, known_seat, leave, seats_of, student_number
from crmsim.cli.speech import Speech, counted, give, in_terminal, note, tell, tr
from crmsim.engine.errors import BadInput
from crmsim.engine.safe import safe_text
from crmsim.engine.words import DAY, MOST_DAYS, N_, _

EVERY = "all"  # seats of the company
Scenario = Annotated[str, typer.Argument(metavar="SCENARIO", help=tr(N_("A bundled scenario's name, or a path.")))]
Skill = Annotated[str, typer.Option(metavar="LEVEL", help=tr(N_("Skill of the bots: idle to expert.")))]


def play(
    scenario: Scenario = "",
    seat: Annotated[list[str], typer.Option(metavar="SEAT[,SEAT..]|all", help=tr(N_("The seats you hold.")))] = (),  # type: ignore[assignment]
    student: Annotated[str, typer.Option(metavar="ID", help=tr(N_("Your student number.")))] = "",
    seed: Seed = 0,
    pace: Annotated[
        str, typer.Option(metavar="turn|live", help=tr(N_("Time passes as you act, or by itself.")))
    ] = "turn",
    skill: Skill = "",
    save: Annotated[
        str, typer.Option(metavar="FILE", help=tr(N_("The save; a new one in the saves folder if left out.")))
    ] = "",
    ascii: Annotated[bool, typer.Option("--ascii", help=tr(N_("Draw with plain characters only.")))] = False,
) -> None:
    """Play a scenario."""
    if pace not in {"turn", "live"}:
        raise BadInput(_("The pace is turn or live, not {got}.", got=safe_text(pace, 60)))
    student = student_number(student)
    shown = in_terminal()
    if not shown:
        scenario = scenario or DEFAULT_SCENARIO
    seats = listed(seat)
    seats = chosen_seats(scenario, seats) if scenario else seats
    if shown:
        from crmsim.tui import launching

        launching.play(
            scenario or None, seats, student=student, seed=seed, pace=pace, skill=skill, save=save or None,
            ascii=ascii, lang=Speech.language,
        )  # fmt: skip
        return
    path = found(scenario, seats, student, seed, pace, skill, save)
    tell(_("There is no terminal here. The game is kept in {file}: look, do and wait play it.", file=str(path)))


def open_game() -> None:
    """The game's first screen; without a terminal, a game to be played by commands."""
    if not in_terminal():
        play()
        return
    from crmsim.tui import launching

    launching.play(lang=Speech.language)


def listed(given: list[str]) -> list[str]:
    """Seats as they were given, each once, whether by commas or by saying the option again."""
    named = [each.strip() for part in given for each in part.split(",")]
    return list(dict.fromkeys(each for each in named if each))


def chosen_seats(name: str, seats: list[str]) -> list[str]:
    """The seats named of a scenario, both checked; `all` is every seat of the company."""
    from crmsim.public import load_scenario

    scenario = load_scenario(name)
    company = [each.id for each in scenario.seats] if EVERY in seats else []
    return listed([*company, *(known_seat(scenario, each) for each in seats if each != EVERY)])


def found(scenario: str, seats: list[str], student: str, seed: int, pace: str, skill: str, save: str) -> Path:
    """A new game, kept, with a person in the seats named and bots in the others."""
    from crmsim.public import load_scenario, new_game

    loaded = load_scenario(scenario)
    holders = crew_of(loaded, skill) | dict.fromkeys(seats, student or "person")
    game = new_game(loaded, seed, holders, language=Speech.language, pace=pace, student=student)
    path = begin(game, save)
    people = [each for each in seats if each in game.world.seats]
    if people and pace == "turn":
        game.advance_to(game.free_minute(*people))
    leave(game)
    return path


def run_bots(
    scenario: Scenario = DEFAULT_SCENARIO,
    seed: Seed = 0,
    skill: Skill = "",
    seat: Annotated[list[str], typer.Option(metavar="SEAT=LEVEL", help=tr(N_("The skill of one seat's bot.")))] = (),  # type: ignore[assignment]
    days: Annotated[
        int | None, typer.Option(min=0, max=MOST_DAYS, help=tr(N_("Working days to play; all when left out.")))
    ] = None,
    save: Annotated[str, typer.Option(metavar="FILE", help=tr(N_("Keep the game in this file.")))] = "",
    as_json: Json = False,
) -> None:
    """Let bots play without a word."""
    from crmsim.crm.figures import figures
    from crmsim.public import load_scenario, new_game

    loaded = load_scenario(scenario)
    game = new_game(loaded, seed, crew_of(loaded, skill, _levels(loaded, seat)), language=Speech.language)
    if save:
        begin(game, save)
    days = loaded.calendar.days if days is None else min(days, loaded.calendar.days)
    if days:
        calendar = game.world.calendar
        game.advance_to((calendar.working_days_after(game.first_minute, days - 1) // DAY + 1) * DAY)
    leave(game)
    result = {
        "scenario": loaded.meta.id,
        "seed": seed,
        "days": days,
        "entries": len(game.journal),
        "facts": counted(game.facts),
        "digest": game.digest(),
        "figures": figures(game.world),
    }
    if as_json:
        give(result)
    else:
        tell_figures(game)


def _levels(scenario: Any, pairs: list[str]) -> dict[str, str]:
    levels = {}
    for pair in pairs:
        seat, equals, level = pair.partition("=")
        if not equals:
            raise BadInput(_("Write SEAT=LEVEL, such as sales-1=novice, not {got}.", got=pair[:60]))
        if seat in levels:
            raise BadInput(_("The level of {seat} is given twice.", seat=seat))
        levels[known_seat(scenario, seat, leads=False)] = level
    return levels


def demo(scenario: Scenario = DEFAULT_SCENARIO, seed: Seed = 0) -> None:
    """Bots hold every seat and their days are told."""
    from crmsim.cli.account import Account
    from crmsim.public import load_scenario, new_game

    loaded = load_scenario(scenario)
    game = new_game(loaded, seed, crew_of(loaded), language=Speech.language)
    path = begin(game, "")
    account = Account(game)
    game.listeners.append(account.hear)
    while not game.ended:
        game.advance_to(min(game.minute // DAY * DAY + DAY, game.end_minute))
        account.end_day()
    leave(game)
    tell_figures(game)
    _card(path)
    note(_("Kept in {file}.", file=str(path)))


def _card(path: Path) -> None:
    """The grade card of a finished game."""
    from crmsim.cli.grading import show
    from crmsim.public import grade

    show(grade(path))


def tell_figures(game: Any) -> None:
    """The company's figures, in words."""
    from crmsim.crm.figures import figures

    values = figures(game.world)
    tell(
        _(
            "{day:day}: {contacts} customers made contact, {conversion:percent} of them bought; {customers} customers "
            "in all signed {orders} orders; satisfaction {satisfaction:percent}, operating profit "
            "{operating_profit:money}",
            day=game.minute - 1 if game.ended else game.minute,
            **values,
        )
    )


def seats(scenario: Scenario = DEFAULT_SCENARIO) -> None:
    """List a scenario's seats."""
    from crmsim.public import load_scenario

    for each in seats_of(load_scenario(scenario)):
        typer.echo(each)


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command(help=tr(N_("Play a scenario.")))(play)
    app.command(help=tr(N_("Watch bots hold every seat; ends with the grade card.")))(demo)
    app.command("run", help=tr(N_("Let bots play, and print the figures.")))(run_bots)
    app.command(help=tr(N_("List a scenario's seats.")))(seats)
