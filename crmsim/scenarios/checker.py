"""Checks a scenario file and names every mistake in one run: line, key, what was expected and what was got."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from crmsim.engine.errors import BadInput, Problem
from crmsim.engine.safe import safe_text
from crmsim.engine.words import Message, _
from crmsim.scenarios.locating import Place, line_at, lines_of
from crmsim.scenarios.merging import Merged, default_lists, merged
from crmsim.scenarios.schema import Scenario
from crmsim.scenarios.semantics import Vocabulary, mistakes, nearest
from crmsim.scenarios.timing import Mistake, calendar_mistakes
from crmsim.scenarios.variants import change
from crmsim.scenarios.wording import grammar, key_of, shown, whole_schema, worded

FORMAT = 1
MOST_BYTES = 1_000_000
MOST_DEPTH = 20
MOST_PROBLEMS = 50
MOST_BITS = 12_000  # of a number in another base, which Python reads at any length and then cannot write in tens
_WHERE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_LONG_NUMBER = re.compile(r"\d[\d_]{4000}")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: the scenario when the file is sound, and otherwise its mistakes by line."""

    file: str
    scenario: Scenario | None
    problems: tuple[Problem, ...] = field(default=())


def check(source: str | bytes, file: str = "scenario.toml", vocabulary: Vocabulary | None = None) -> Checked:
    """Check a scenario's text. With a vocabulary, names of actions, criteria and conditions are checked too."""
    text, problems = _text(source)
    given, found = _tables(text) if not problems else ({}, ())
    problems = [*problems, *found]
    if not problems:
        problems = _shape(given, lines_of(text))
    if problems:
        return Checked(file, None, _in_order(problems))
    lines, whole = lines_of(text), merged(given)

    def problem(place: Place, message: Message) -> Problem:
        return Problem(line_at(lines, whole.in_file(place)), key_of(place, whole.data), message)

    scenario, everything = _judged(whole, given, vocabulary)
    problems = [problem(place, message) for place, message in everything]
    return Checked(file, None if problems else scenario, _in_order(problems))


def check_data(data: dict[str, Any], vocabulary: Vocabulary | None = None) -> list[Mistake]:
    """The mistakes of tables that came from elsewhere than a TOML text, by place."""
    if deep := _too_much(data):
        return deep
    whole = merged(data)
    found = _judged(whole, data, vocabulary)[1]
    return [(whole.in_file(place), message) for place, message in found][:MOST_PROBLEMS]


def _judged(
    whole: Merged, given: dict[str, Any], vocabulary: Vocabulary | None
) -> tuple[Scenario | None, list[Mistake]]:
    """The scenario where the schema holds, and everything that is wrong. Who has the words of the whole program has
    the variants tried, too; a game to be opened does not wait for that."""
    scenario, found = _validated(whole.data)
    found += [*_extends(given), *mistakes(whole.data, vocabulary, given)]
    if scenario is not None and not found and vocabulary is not None:  # what the file leaves out must be there, too
        found += mistakes(scenario.model_dump(mode="json"), vocabulary, ())
    if scenario is not None and not found:
        found += calendar_mistakes(scenario.calendar.days, scenario.calendar.working())
        found += _of_variants(scenario, vocabulary) if vocabulary is not None else ()
    return scenario, found


def _of_variants(scenario: Scenario, vocabulary: Vocabulary) -> Iterator[Mistake]:
    """What would be wrong with the scenario if a variant were in force: at what sets it, else at the variant."""
    for number, variant in enumerate(scenario.variants):
        data = scenario.model_dump(mode="json")
        try:
            change(data, variant)
        except BadInput as error:
            yield ("variants", number), error.message
            continue
        for place, message in (*_validated(data)[1], *mistakes(data, vocabulary, ())):
            key = ".".join(step for step in place if isinstance(step, str))
            yield ("variants", number, *(("set", key) if key in variant.set else ())), message


def json_schema() -> dict[str, Any]:
    """The JSON Schema by which editors complete and check a scenario file."""
    schema = deepcopy(whole_schema())
    schema["title"] = "crmsim scenario"
    schema["required"] = [each for each in schema.get("required", []) if each not in merged({}).data]
    schema["properties"]["extends"] = {
        "type": "array",
        "items": {"enum": list(default_lists())},
        "description": "Default lists that this file adds to instead of replacing them.",
    }
    return schema


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    unique = {(each.line, each.key, json.dumps(each.message.source)): each for each in problems}
    return tuple(unique[key] for key in sorted(unique))[:MOST_PROBLEMS]


def _text(source: str | bytes) -> tuple[str, list[Problem]]:
    raw = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    if len(raw) > MOST_BYTES:
        return "", [Problem(1, "", _("The file is larger than {n} bytes.", n=MOST_BYTES))]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return "", [Problem(line, "", _("This is not UTF-8 text. Save the file as UTF-8."))]


def _tables(text: str) -> tuple[dict[str, Any], list[Problem]]:
    try:
        return tomllib.loads(text), []
    except RecursionError:
        return {}, [Problem(1, "", _("The file is nested deeper than {n} levels.", n=MOST_DEPTH))]
    except tomllib.TOMLDecodeError as error:
        said, where = str(error), _WHERE.search(str(error))
        line = int(where.group(1)) if where and where.group(1) else text.count("\n") + 1
        return {}, [Problem(line, "", _("This is not TOML: {reason}.", reason=grammar(_WHERE.sub("", said))))]
    except ValueError:
        found = _LONG_NUMBER.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        return {}, [Problem(line, "", _("This number is too long."))]


def _shape(given: dict[str, Any], lines: dict[Place, int]) -> list[Problem]:
    """What ends the check: this schema does not judge a file of a newer format, and one too deep is not read."""
    if problems := [
        Problem(line_at(lines, place), key_of(place, given), message) for place, message in _too_much(given)
    ]:
        return problems
    version = given.get("format", FORMAT)
    if isinstance(version, bool):  # to Python, true is 1
        message = _("Expected a whole number, got {got}.", got=shown(version))
        return [Problem(line_at(lines, ("format",)), "format", message)]
    if isinstance(version, int) and version > FORMAT:
        message = _(
            "This file has format {got}; this program reads up to {known}. A newer version is needed.",
            got=safe_text(str(version)[:20]),
            known=FORMAT,
        )
        return [Problem(line_at(lines, ("format",)), "format", message)]
    return []


def _too_much(value: Any, place: Place = ()) -> list[Mistake]:
    if len(place) > MOST_DEPTH:
        return [(place[:MOST_DEPTH], _("The file is nested deeper than {n} levels.", n=MOST_DEPTH))]
    if isinstance(value, dict):
        return [each for key, inner in value.items() for each in _too_much(inner, (*place, key))]
    if isinstance(value, list):
        return [each for number, inner in enumerate(value) for each in _too_much(inner, (*place, number))]
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        return [(place, _("This number is too long."))]
    return []


def _validated(data: dict[str, Any]) -> tuple[Scenario | None, list[Mistake]]:
    try:
        return Scenario.model_validate(_frozen(data), strict=True), []
    except ValidationError as errors:
        return None, [worded(error, nearest) for error in errors.errors(include_url=False)]


def _frozen(value: Any) -> Any:
    """Lists as tuples, as the strict schema wants them."""
    if isinstance(value, dict):
        return {key: _frozen(each) for key, each in value.items()}
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value


def _extends(given: dict[str, Any]) -> list[Mistake]:
    named, known = given.get("extends", []), default_lists()
    if not isinstance(named, list):
        return [(("extends",), _("Expected a list of names, got {got}.", got=shown(named)))]
    return [
        (
            ("extends", number),
            _("There is no default list {got}. There are: {known}.", got=shown(each), known=", ".join(known)),
        )
        for number, each in enumerate(named)
        if each not in known
    ]
