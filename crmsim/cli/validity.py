"""The validity card: which published facts the simulated customers show, and where a scenario moves away from them."""

from __future__ import annotations

import math
from typing import Any

from crmsim.cli.speech import give, grid, note, say, tell, tr
from crmsim.engine.words import N_, _


def show_validity(file: str, runs: int, as_json: bool) -> bool:
    """Print the card on so many seeds; whether every row holds."""
    from crmsim.calibration.moved import moved
    from crmsim.calibration.validity import card
    from crmsim.public import load_scenario

    scenario = load_scenario(file)
    note(_("Measuring on {count} seeds; what was played before is taken as it is.", count=runs))
    found, away = card(range(1, runs + 1)), moved(scenario)
    good = all(each.holds for each in found)
    if as_json:
        give({"seeds": runs, "holds": good, "rows": [_plain(each) for each in found],
              "moved": [vars(each) for each in away], "scenario": scenario.meta.id})  # fmt: skip
        return good
    _show_card(found)
    tell("")
    if away:
        tell(_("{title} moves these numbers away from the facts:", title=scenario.meta.title))
        heads = (N_("Parameter"), N_("Value"), N_("By the facts"), N_("Rows of the card"))
        grid(map(tr, heads), [(each.where, str(each.value), str(each.published), each.rows) for each in away])
    else:
        tell(_("{title} moves no number away from the facts.", title=scenario.meta.title))
    return good


def _show_card(found: list[Any]) -> None:
    from crmsim.calibration.validity import written, written_band

    yes, no = tr(N_("holds")), tr(N_("does not hold"))
    heads = (N_("Row"), N_("Fact"), N_("Band"), N_("Measured"), N_("Seeds inside"), N_("Judged"), N_("Source"))
    rows = [
        (
            each.row.id,
            tr(each.row.fact),
            written_band(each.row),
            written(each.row, each.figure),
            say(_("pooled only")) if each.row.pooled else f"{each.inside}/{len(each.single)}",
            yes if each.holds else no,
            each.row.source,
        )
        for each in found
    ]
    grid(map(tr, heads), rows)


def _plain(each: Any) -> dict[str, Any]:
    def number(value: float) -> float | None:
        return round(value, 6) if math.isfinite(value) else None

    row = each.row
    return {
        "row": row.id, "fact": tr(row.fact), "band": [number(row.band[0]), number(row.band[1])], "unit": row.unit,
        "source": row.source, "figure": number(each.figure), "inside": each.inside, "pooled_only": row.pooled,
        "single": [number(value) for value in each.single], "holds": each.holds,
    }  # fmt: skip
