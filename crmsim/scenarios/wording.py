"""Mistakes of the schema in the words of whoever writes the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from crmsim.engine.safe import safe_text
from crmsim.engine.words import N_, Bilingual, Message, Words, _
from crmsim.scenarios.locating import Place
from crmsim.scenarios.parts import Part
from crmsim.scenarios.schema import Scenario

Nearest = Callable[[str, Iterable[str]], str]
_PATTERNS = {
    r"^[a-z][a-z0-9_-]{0,40}$": lambda got: _(
        'Expected an id of small letters, digits, "-" and "_" that begins with a letter, got {got}.', got=got
    ),
    r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$": lambda got: _('Expected a time of day such as "09:00", got {got}.', got=got),
    r"^\d{4}-\d{2}-\d{2}$": lambda got: _('Expected a date such as "2025-03-03", got {got}.', got=got),
}


GRAMMAR = tuple(  # what the reader of TOML says, and the same for whoever wrote the file
    (re.compile(pattern), source)
    for pattern, source in (
        (r"Expected '=' after a key", N_("a = is missing after a key")),
        (r"Expected '\]\]?' at the end", N_("a ] is missing after the name of a table")),
        (r"Expected newline or end of document", N_("something follows the value; every key begins a line of its own")),
        (r"Invalid value", N_("the value cannot be read; text stands in quotes")),
        (r"Invalid statement|Invalid initial character", N_("a key is missing, or begins with an odd character")),
        (r"Unterminated string|Illegal character|Expected .*['\"]", N_("a text has no closing quotes")),
        (r"Unclosed array", N_("a ] is missing")),
        (r"Unclosed inline table", N_("a closing curly bracket is missing")),
        (r"Cannot (overwrite|declare|redefine|mutate)|Duplicate", N_("this key or table stands in the file already")),
        (r"Unescaped|Invalid hex|Escaped", N_("a backslash in a text is written twice")),
        (r"Found invalid character", N_("a character stands there that no text has; save the file as plain text")),
        (r"Invalid date", N_("there is no such date")),
    )
)  # fmt: skip


def grammar(said: str) -> Words:
    """Why a text is not TOML."""
    found = next((source for pattern, source in GRAMMAR if pattern.match(said)), None)
    return safe_text(said, 200) if found is None else Message(found)


def shown(value: Any) -> str:
    """A value as the file has it, cut to what fits a sentence."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{...}" if value else "{}"
    if isinstance(value, list | tuple):
        return "[...]" if value else "[]"
    text = f'"{value}"' if isinstance(value, str) else str(value)
    text = safe_text(text, 200).replace("\n", " ")
    return text if len(text) <= 40 else text[:37] + "..."


def key_of(place: Place, data: Any) -> str:
    """A place as a key: `products[2].price`; entries with an id go by it: `products["printer"].price`."""
    key, value = "", data
    for step in place:
        value = _inside(value, step)
        if isinstance(step, str):
            name = safe_text(step, 60).replace("\n", " ")  # a mistake is told in one line
            key += f".{name}" if key else name
        else:
            id = value.get("id") if isinstance(value, dict) else None
            key += f'["{safe_text(id, 60)}"]' if isinstance(id, str) and id else f"[{step + 1}]"
    return key


def _inside(value: Any, step: str | int) -> Any:
    if isinstance(value, Mapping):
        return value.get(step)
    if isinstance(value, list | tuple) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def worded(error: Any, nearest: Nearest) -> tuple[Place, Message]:
    """A mistake that the schema found: where it is and what is wrong."""
    place: Place = tuple(step for step in error["loc"] if step != "[key]")
    kind, got = str(error["type"]), shown(error["input"])
    limits: dict[str, Any] = error.get("ctx", {})
    if kind == "extra_forbidden":
        return place, _unknown(place, nearest)
    if kind == "missing":
        return place, _("This key is missing.")
    if kind == "string_pattern_mismatch":
        return place, _pattern(str(limits["pattern"]), got)
    if kind in {"greater_than_equal", "greater_than", "less_than_equal", "less_than"}:
        return place, _range(kind, limits, got)
    if kind == "literal_error":
        choices = re.sub(" or ", ", ", str(limits["expected"])).replace("'", '"')
        return place, _("Expected one of {choices}, got {got}.", choices=choices, got=got)
    return place, _type(kind, got)


def _pattern(pattern: str, got: str) -> Message:
    say = _PATTERNS.get(pattern)
    return say(got) if say else _("Expected a single digit or small letter, got {got}.", got=got)


def _range(kind: str, limits: dict[str, Any], got: str) -> Message:
    if kind == "greater_than_equal":
        return _("Expected {least} or more, got {got}.", least=limits["ge"], got=got)
    if kind == "greater_than":
        return _("Expected more than {least}, got {got}.", least=limits["gt"], got=got)
    return _("Expected {most} or less, got {got}.", most=limits.get("le", limits.get("lt", 0)), got=got)


def _type(kind: str, got: str) -> Message:
    if kind in {"int_type", "int_from_float", "int_parsing", "int_parsing_size"}:
        return _("Expected a whole number, got {got}.", got=got)
    if kind in {"bool_type", "bool_parsing"}:
        return _("Expected true or false, got {got}.", got=got)
    if kind == "string_type":
        return _("Expected a text in quotes, got {got}.", got=got)
    if kind in {"tuple_type", "list_type", "missing_argument", "too_short", "too_long"}:
        return _("Expected a list, got {got}.", got=got)
    if kind in {"dict_type", "model_type", "model_attributes_type"}:
        return _("Expected a table, got {got}.", got=got)
    return _("Expected a text, or one in each language: {form}, got {got}.", form='{en = "...", zh = "..."}', got=got)


def _unknown(place: Place, nearest: Nearest) -> Message:
    key, known = shown(place[-1]), _keys_at(place[:-1])
    guess = nearest(str(place[-1]), known)
    if guess:
        return _("There is no key {key}; did you mean {guess}?", key=key, guess=guess)
    return _("There is no key {key}. There are: {known}.", key=key, known=", ".join(known))


class _Schema(GenerateJsonSchema):
    """Defaults that hold texts in both languages are shown as the file writes them."""

    def encode_default(self, dft: Any) -> Any:
        if isinstance(dft, Bilingual):
            return {"en": dft.en, "zh": dft.zh}
        return dft.model_dump(mode="json") if isinstance(dft, Part) else super().encode_default(dft)


@lru_cache(maxsize=1)
def whole_schema() -> dict[str, Any]:
    """The JSON Schema of a resolved scenario; not to be changed by who asks."""
    return Scenario.model_json_schema(schema_generator=_Schema)


def _keys_at(place: Place) -> list[str]:
    return sorted(node_at(place).get("properties", {}))


def node_at(place: Place) -> dict[str, Any]:
    """What the schema says of a place; nothing where it knows none."""
    schema = whole_schema()
    node: Any = schema
    for step in place:
        node = _resolved(node, schema)
        if isinstance(step, int):
            node = node.get("items", {})
        else:
            node = node.get("properties", {}).get(step) or node.get("additionalProperties") or {}
    return _resolved(node, schema)


def _resolved(node: Any, schema: dict[str, Any]) -> dict[str, Any]:
    while isinstance(node, dict) and "$ref" in node:
        node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    return node if isinstance(node, dict) else {}
