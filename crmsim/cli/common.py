"""What several commands share: options, opening saves, reading times and levels."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crmsim.cli.speech import Speech, tr
from crmsim.crm.purposes import INSTRUCTOR, PERSON, customer_seats
from crmsim.engine.errors import BadInput, IllegalAction
from crmsim.engine.safe import safe_text
from crmsim.engine.words import DAY, N_, _

if TYPE_CHECKING:
    from crmsim.engine.action import Action
    from crmsim.engine.facts import Fact
    from crmsim.game import Game
    from crmsim.scenarios.schema import Scenario

DEFAULT_SCENARIO = "first_month"
HOLDERS = (INSTRUCTOR, "clock")  # whom the journal names besides people and bots
Json = Annotated[bool, typer.Option("--json", help=tr(N_("Print JSON.")))]
Seed = Annotated[int, typer.Option(min=0, max=2**63 - 1, help=tr(N_("Decides all chance of the game.")))]
SaveName = Annotated[
    str, typer.Argument(metavar="SAVE", help=tr(N_("A save's path, or its name in the saves folder.")))
]


def minute_of(text: str) -> int:
    """The minute meant by "day 3 10:00", "3 10:00", "第3天 10:00" or "day 3"."""
    found = re.fullmatch(
        r"\s*(?:day|第)?\s*(\d{1,4})\s*天?(?:\s+([01]?\d|2[0-3]):([0-5]\d)|\s+(24):00)?\s*", text.replace("：", ":")
    )
    if found is None or int(found[1]) < 1:
        raise BadInput(_('"{text}" is not a time; write "day 3 10:00".', text=text[:60]))
    return (int(found[1]) - 1) * DAY + int(found[2] or found[4] or 0) * 60 + int(found[3] or 0)


def seats_of(scenario: Scenario) -> list[str]:
    """Every seat of a scenario: the company's, then the playable customers'."""
    return [each.id for each in scenario.seats] + customer_seats(scenario.playable_customers)


def known_seat(scenario: Scenario, seat: str, *, leads: bool = True) -> str:
    """The seat, when the scenario has it; the instructor's is one that no bot can hold."""
    if seat not in seats_of(scenario) and not (leads and seat == INSTRUCTOR):
        known = ", ".join(seats_of(scenario))
        raise BadInput(_("There is no seat {seat}. Seats: {known}.", seat=seat[:60], known=known))
    return seat


def seat_in(game: Game, seat: str) -> str:
    """The seat named; without a name the only one that a person holds."""
    if seat:  # whoever was hired is in no scenario
        return seat if seat in game.world.seats else known_seat(game.scenario, seat)
    mine = people_of(game)
    if len(mine) == 1:
        return mine[0]
    raise BadInput(_("Say for which seat: --seat {known}.", known="|".join(mine or seats_of(game.scenario))))


def student_number(text: str) -> str:
    """A student's number as typed: it goes into the journal as a holder's name, so it must be none of the program's."""
    number = text.strip()
    if number != safe_text(number, 60) or "\n" in number or number.startswith(("#", "bot:")) or number in HOLDERS:
        raise BadInput(_("{got} is no student number.", got=safe_text(number, 40)))
    return number


def crew_of(scenario: Scenario, skill: str = "", levels: dict[str, str] | None = None) -> dict[str, str]:
    """Who holds the company's seats when bots do: one level for all, else each seat's own; `levels` go first."""
    from crmsim.game.crew import BOT

    chosen = {each.id: skill or each.holder for each in scenario.seats} | (levels or {})
    return {seat: f"{BOT}{level}" for seat, level in chosen.items()}


def begin(game: Game, save: str) -> Path:
    """Keep a game that has not begun: in the file named, else in a new one of the saves folder."""
    from crmsim.store.folders import new_save_path
    from crmsim.store.savefile import keep

    path = Path(save) if save else new_save_path(f"{game.scenario.meta.id}-{game.seed}")
    keep(game, path)
    return path


def game_of(save: str, *, looking: bool = False) -> Game:
    """The game of a save, to be played on or only looked at; what is told from now on is told by its calendar."""
    from crmsim.public import open_save, replay
    from crmsim.store.folders import save_path

    game = replay(save_path(save)) if looking else open_save(save_path(save))
    Speech.dates = game.scenario.calendar.dates
    return game


def act(game: Game, seat: str, action: Action) -> tuple[Fact, ...]:
    """A person acts in a seat, and time goes on until one is free to act again; a refusal changes nothing."""
    why = game.refusal(seat, action)
    if why is not None:
        raise IllegalAction(why)
    take(game, seat)
    facts = game.apply(seat, action)
    people = people_of(game)
    if people and game.pace == "turn" and not game.ended:
        game.advance_to(game.free_minute(*people))
    return facts


def take(game: Game, seat: str) -> None:
    """A seat that a program held is a person's from now on."""
    if seat != INSTRUCTOR and seat not in people_of(game):
        game.take_seat(seat, game.student or PERSON)


def people_of(game: Game) -> list[str]:
    """The seats that people hold."""
    from crmsim.game.crew import BOT

    return [each for each, holder in game.holders.items() if not holder.startswith(BOT)]


def leave(game: Game) -> None:
    """Commit what waits and let go of the save; say what the program could not carry out by itself."""
    from crmsim.cli.speech import note
    from crmsim.store.savefile import SaveFile

    for each in game.failed:
        note(each.message)

    if isinstance(game.keeper, SaveFile):
        game.keeper.close(game)
