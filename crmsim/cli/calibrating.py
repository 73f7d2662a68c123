"""`crmsim scenario calibrate`: how a scenario plays with companies of each level, and what it asks of each seat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from crmsim.cli.common import Json
from crmsim.cli.scenarios import group
from crmsim.cli.speech import give, grid, note, say, tell, tr
from crmsim.engine.words import N_, _

if TYPE_CHECKING:
    from crmsim.calibration import Played, Plays

LEVELS = ("expert", "competent", "novice", "idle")
REFERENCE = "competent"
LEVEL_SEEDS, CARD_SEEDS = 5, 20
DAY_ACROSS = 30  # days that a line of loads has room for


def calibrate(
    file: Annotated[str, typer.Argument(metavar="FILE")],
    runs: Annotated[
        int, typer.Option(min=0, max=200, help=tr(N_("Seeds to play, from 1 on; 5, and 20 for --validity.")))
    ] = 0,
    validity: Annotated[
        bool, typer.Option("--validity", help=tr(N_("Hold the customers against published facts instead.")))
    ] = False,
    as_json: Json = False,
) -> None:
    """Figures by level, and each seat's load by day; or the validity card."""
    if validity:
        from crmsim.cli.validity import show_validity

        if not show_validity(file, runs or CARD_SEEDS, as_json):
            raise typer.Exit(1)
        return
    runs = runs or LEVEL_SEEDS
    from crmsim.calibration import panel
    from crmsim.public import load_scenario

    scenario = load_scenario(file)
    note(_("Playing {count} companies; what was played before is taken as it is.", count=runs * len(LEVELS)))
    found = panel(scenario, LEVELS, range(1, runs + 1))
    if as_json:
        give({"scenario": scenario.meta.id, "runs": runs, "levels": levels(found), "load": loads(found[REFERENCE])})
        return
    tell(_("{title}: {runs} seeds", title=scenario.meta.title, runs=runs))
    _show_levels(levels(found))
    tell("")
    tell(_("A competent hand by day: game minutes booked in per cent / estimated seconds of a person's hand"))
    _show_loads(loads(found[REFERENCE]))


def levels(found: Plays) -> dict[str, dict[str, int]]:
    """Means over the seeds: money in fen, shares in ppm."""
    return {level: _means(plays) for level, plays in found.items()}


def _means(plays: list[Played]) -> dict[str, int]:
    def mean(values: list[int]) -> int:
        return sum(values) // max(1, len(values))

    own = {name: mean([each.figures[name] for each in plays]) for name in plays[0].figures}
    return own | {
        "deals": mean([each.deals for each in plays]),
        "slips": sum(each.slips for each in plays),
        "profit_after_epilogue": mean([each.profit for each in plays]),
        "actions_a_seat": mean([load.actions for each in plays for load in each.seats.values()]),
    }


def loads(plays: list[Played]) -> dict[str, dict[str, Any]]:
    """By seat: actions, and by working day the share booked (per mille) and the seconds of a hand, as means."""
    count = max(1, len(plays))
    found: dict[str, dict[str, Any]] = {}
    for seat in plays[0].seats:
        mine = [each.seats[seat] for each in plays]
        found[seat] = {
            "actions": sum(each.actions for each in mine) // count,
            "booked": [sum(days) // count for days in zip(*(each.booked for each in mine), strict=True)],
            "seconds": [sum(days) // count for days in zip(*(each.seconds for each in mine), strict=True)],
            "overrun_days": sum(share >= 1000 for each in mine for share in each.booked) // count,
        }
    return found


def _show_levels(table: dict[str, dict[str, int]]) -> None:
    heads = (N_("Level"), N_("Satisfaction"), N_("Profit"), N_("After the epilogue"), N_("Contacts"), N_("Orders"),
             N_("Contact to order"))  # fmt: skip
    rows = [
        (
            level,
            say(_("{n:percent}", n=row["satisfaction"])),
            say(_("{n:money}", n=row["operating_profit"])),
            say(_("{n:money}", n=row["profit_after_epilogue"])),
            str(row["arrived"]),
            str(row["orders"]),
            say(_("{n:percent}", n=row["conversion"])),
        )
        for level, row in table.items()
    ]
    grid(map(tr, heads), rows)


def _show_loads(table: dict[str, dict[str, Any]]) -> None:
    days = min(DAY_ACROSS, max(len(row["booked"]) for row in table.values()))
    heads = [tr(N_("Seat")), tr(N_("Actions")), tr(N_("Mean")), *(str(day + 1) for day in range(days))]
    rows = []
    for seat, row in table.items():
        cells = [
            f"{share // 10}/{hand}" for share, hand in zip(row["booked"][:days], row["seconds"][:days], strict=True)
        ]
        rows.append([seat, str(row["actions"]), str(sum(row["booked"]) // max(1, len(row["booked"])) // 10), *cells])
    grid(heads, rows)


def register(app: typer.Typer) -> None:
    """Add this command to those about scenarios."""
    group.command(help=tr(N_("Play companies of each level and print their figures and loads.")))(calibrate)
