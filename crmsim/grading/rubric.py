"""Weights and thresholds of criteria: the scenario's, or an instructor's own file."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import ValidationError

from crmsim.engine.errors import BadInput
from crmsim.engine.safe import safe_text
from crmsim.engine.words import _
from crmsim.grading.criteria import CRITERIA
from crmsim.scenarios.schema import CriterionWeight
from crmsim.scenarios.wording import grammar


def read_rubric(path: Path) -> dict[str, CriterionWeight]:
    """A rubric file: a table `[rubric."sales.fit"]` for each criterion, with weight, none and full."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("rubric", {})
    except tomllib.TOMLDecodeError as error:
        raise BadInput(_("{file} cannot be read: {cause}", file=str(path), cause=grammar(str(error)))) from error
    except (OSError, ValueError, RecursionError) as error:
        cause = safe_text(getattr(error, "strerror", "") or str(error), 200)
        raise BadInput(_("{file} cannot be read: {cause}", file=str(path), cause=cause)) from error
    found: dict[str, CriterionWeight] = {}
    for id, table in tables.items() if isinstance(tables, dict) else ():
        if id not in CRITERIA:
            raise BadInput(_("{file}: there is no criterion {id}.", file=str(path), id=safe_text(id, 60)))
        try:
            found[id] = CriterionWeight.model_validate(table, strict=True)
        except ValidationError as error:
            cause = safe_text(str(error.errors()[0]["msg"]), 200)
            raise BadInput(_("{file}: {id}: {cause}", file=str(path), id=id, cause=cause)) from error
    if not found:
        raise BadInput(_("{file} has no rubric in it.", file=str(path)))
    return found
