"""Scenarios by name or path, and the one text by which a game keeps its scenario."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from crmsim.engine.errors import BadInput, ScenarioError, StoreError
from crmsim.engine.safe import safe_text
from crmsim.engine.words import _
from crmsim.scenarios.bundle import bundled as bundled
from crmsim.scenarios.bundle import bundled_file, parted
from crmsim.scenarios.checker import MOST_BYTES, check
from crmsim.scenarios.merging import merged
from crmsim.scenarios.schema import Scenario
from crmsim.scenarios.semantics import Vocabulary, nearest
from crmsim.scenarios.variants import change


def scenario_path(name_or_path: str | Path) -> Path:
    """Where a scenario's file is: a bundled name, or a path."""
    name = str(name_or_path)
    if "/" not in name and "\\" not in name and not name.endswith(".toml"):
        file = bundled_file(name)
        if file is not None:
            return file
    path = Path(name_or_path)
    if path.is_file():
        return path
    guess = nearest(name, bundled())
    known = ", ".join(bundled())
    if guess:
        raise BadInput(
            _(
                "There is no scenario {name}; did you mean {guess}? Bundled: {known}.",
                name=name,
                guess=guess,
                known=known,
            )
        )
    raise BadInput(_("There is no scenario {name}. Bundled: {known}.", name=name, known=known))


def read_scenario_file(path: Path) -> bytes:
    """A file's bytes, one more than allowed at most, so that a huge file is never read whole."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = safe_text(error.strerror or "")
        raise BadInput(_("The file {file} cannot be read: {reason}.", file=str(path), reason=reason)) from error


def load_scenario(name_or_path: str | Path, vocabulary: Callable[[], Vocabulary] | None = None) -> Scenario:
    """A scenario by bundled name or path; ScenarioError lists everything that is wrong with it.

    What follows a + names variants of it: first_day+manual. With a vocabulary, a file that does not come with the
    game is held against the names of actions, criteria and conditions, too.
    """
    name, variants = parted(name_or_path)
    if variants:
        return varied(load_scenario(name, vocabulary), variants)
    path = scenario_path(name_or_path)
    own = vocabulary is not None and path != bundled_file(path.stem)
    checked = check(read_scenario_file(path), str(path), vocabulary() if own and vocabulary else None)
    if checked.scenario is None or checked.problems:
        raise ScenarioError(
            str(path),
            _("Mistakes in the scenario {file}: {n}.", file=path.name, n=len(checked.problems)),
            checked.problems,
        )
    return checked.scenario


def varied(scenario: Scenario, ids: Iterable[str]) -> Scenario:
    """The scenario with some of its variants in force; BadInput names one that it does not have."""
    data, known = json.loads(scenario_text(scenario)), {each.id: each for each in scenario.variants}
    wanted = tuple(dict.fromkeys(ids))
    for id in wanted:
        if id not in known or scenario.variant:
            raise BadInput(_("There is no variant {id}. Variants: {known}.", id=id[:40], known=", ".join(known)))
        change(data, known[id])
    data["variant"] = list(wanted)
    try:
        return Scenario.model_validate(_tuples(data), strict=True)
    except ValidationError as error:
        named = ", ".join(wanted)
        raise BadInput(
            _("The variant {id} makes no sound scenario; the check of its file says why.", id=named)
        ) from error


def scenario_text(scenario: Scenario) -> str:
    """The whole scenario, defaults included, as canonical JSON: what a save keeps."""
    return json.dumps(scenario.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=4)  # the games of a class have one between them
def scenario_from_text(text: str) -> Scenario:
    """The scenario that `scenario_text` wrote; StoreError when this program's scenarios have other keys."""
    try:
        return Scenario.model_validate(_tuples(json.loads(text)), strict=True)
    except (ValueError, TypeError, RecursionError) as error:
        raise StoreError(
            _("The scenario kept with the game cannot be read: another version of crmsim wrote it, or it is damaged.")
        ) from error


def scenario_of(data: dict[str, Any]) -> Scenario:
    """The scenario of sound tables, over the defaults."""
    return Scenario.model_validate(_tuples(merged(data).data), strict=True)


def scenario_hash(scenario: Scenario) -> str:
    """Names a scenario by its contents: 32 hexadecimal digits."""
    return text_hash(scenario_text(scenario))


def text_hash(text: str) -> str:
    """The same of a text that was kept: a newer program, which knows more keys, still finds it whole."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _tuples(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _tuples(each) for key, each in value.items()}
    return tuple(_tuples(each) for each in value) if isinstance(value, list) else value
