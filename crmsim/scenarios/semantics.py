"""What a scenario means is checked on its tables, sound or not, so that one run names every mistake."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from crmsim.engine.words import Message, _
from crmsim.scenarios.gaps import gap_mistakes
from crmsim.scenarios.locating import Place
from crmsim.scenarios.merging import default_lists
from crmsim.scenarios.rules import rule_mistakes
from crmsim.scenarios.timing import Mistake, time_mistakes, whole
from crmsim.scenarios.wording import shown

ROLES = ("director", "promoter", "reception", "prospector", "sales", "service")
PPM = 1_000_000
SLIP = 0.85  # how like ours a name is that can only be meant for it: "status" for statuses, but not "tags" for stages
# In one world everything goes by its id: what the program numbers itself cannot be a product or a seat.
_TAKEN = re.compile(
    r"^(p\d+|product-\d+|customer-\d+|staff\d+|stranger-\d+|double-p\d+"
    r"|settings|climate|company|instructor|customer|clock|everybody|all)$"
)
# Who names whom: where the name stands, and which sections it may come from.
REFERENCES: dict[str, tuple[str, ...]] = {
    "policies.payment_terms[]": ("terms",),
    "seats[].region": ("regions",),
    "seats[].roles[]": ("=roles",),
    "seats[].knows[]": ("products", "=categories"),
    "products[].attributes{}": ("attributes",),
    "products[].fits_with[]": ("products",),
    "products[].faults[].symptom": ("dictionaries.symptoms",),
    "products[].faults[].cause": ("dictionaries.causes",),
    "products[].faults[].remedy": ("dictionaries.remedies",),
    "products[].faults[].signs[]": ("dictionaries.signs",),
    "rivals[].attributes{}": ("attributes",),
    "media[].channel": ("channels",),
    "segments[].kind": ("dictionaries.types",),
    "segments[].industries[]": ("industries",),
    "segments[].products{}": ("products",),
    "segments[].weights{}": ("attributes",),
    "segments[].habits{}": ("media", "=ways"),
    "segments[].channels{}": ("channels",),
    "segments[].tempers{}": ("dictionaries.tempers",),
    "market.arriving.quality{}": ("dictionaries.sources",),
    "moments[].move": ("moves",),
    "events[].product": ("products",),
    "rules[].to": ("seats", "=roles"),
    "rules[].copy_to": ("seats", "=roles"),
    "templates[].move": ("moves",),
    "articles[].product": ("products",),
    "articles[].symptom": ("dictionaries.symptoms",),
    "articles[].cause": ("dictionaries.causes",),
    "articles[].remedy": ("dictionaries.remedies",),
}
# The talk fills these in from the case: what is told again, what exactly is objected to.
FROM_THE_CASE = frozenset(("tell_again", "object_price", "object_doubt"))
WAYS = ("fair", "friends", "web")
OURS = {"dictionaries.statuses": ("lead", "prospect", "won", "lost"), "dictionaries.stages": ("won", "lost")}
TALK = ("moves", "moments", "lines")
LISTED = (
    "acts", "seats", "products", "attributes", "regions", "industries", "media", "channels", "terms", "segments",
    "rivals", "moves", "record_fields", "surveys", "cases", "lists", "rules", "templates", "articles",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names that rules, criteria and talk conditions go by; whoever checks passes them in."""

    actions: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()


def mistakes(data: dict[str, Any], vocabulary: Vocabulary | None, own: Iterable[str] = TALK) -> Iterator[Mistake]:
    """Everything that the schema cannot see. `own` are the sections that the file itself gives."""
    yield from _doubles(data)
    yield from _dangling(data)
    yield from _dictionaries(data)
    yield from _gone(data) if vocabulary is not None else ()
    yield from _outside(data, vocabulary or Vocabulary())
    yield from _sums(data)
    yield from _cycles(data)
    yield from _empty(data)
    yield from _seats(data)
    yield from _book(data)
    yield from rule_mistakes(data)
    yield from time_mistakes(data)
    yield from gap_mistakes(data)
    if not set(TALK).isdisjoint(own):
        yield from talk_mistakes(data)


def found(data: Any, pattern: str, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """What stands at a pattern such as `segments[].products{}`: entries of lists, and keys of tables for `{}`."""
    step, _dot, rest = pattern.partition(".")
    key = step.rstrip("[]{}")
    value = data.get(key) if isinstance(data, dict) else None
    here: list[tuple[Place, Any]] = [((*place, key), value)]
    if step.endswith("[]"):
        entries = value if isinstance(value, list | tuple) else ()
        here = [((*place, key, number), each) for number, each in enumerate(entries)]
    elif step.endswith("{}"):
        here = [((*place, key, name), name) for name in value] if isinstance(value, dict) else []
    for spot, each in here:
        if rest:
            yield from found(each, rest, spot)
        elif each is not None:
            yield spot, each


def nearest(word: str, known: Iterable[str], least: float = 0.6) -> str:
    """The known word most like this one, or an empty text when none is so like it."""
    names = {each.casefold(): each for each in sorted(known)}
    near = difflib.get_close_matches(word.casefold(), names, 1, least)
    return names[near[0]] if near else ""


def unknown(got: Any, known: Iterable[str]) -> Message:
    """Says that nothing goes by this name, and what may have been meant."""
    names = sorted(known)
    guess = nearest(str(got), names)
    if guess:
        return _("There is no {got}; did you mean {guess}?", got=shown(got), guess=guess)
    if names:
        return _("There is no {got}. There are: {known}.", got=shown(got), known=", ".join(names[:20]))
    return _("There is no {got}; nothing of this kind is declared.", got=shown(got))


def _ids(data: dict[str, Any], section: str) -> list[str]:
    if section == "=roles":
        return list(ROLES)
    if section == "=ways":
        return list(WAYS)
    if section == "=categories":
        return [each for _place, each in found(data, "products[].category")]
    return [each for _place, each in found(data, f"{section}[].id") if isinstance(each, str)]


def _doubles(data: dict[str, Any]) -> Iterator[Mistake]:
    dictionaries = data.get("dictionaries")
    inner = [f"dictionaries.{name}" for name in dictionaries] if isinstance(dictionaries, dict) else []
    for section in (*LISTED, *inner):
        yield from _double(found(data, f"{section}[].id"))
    yield from _keys(data)
    yield from _double((*found(data, "seats[].id"), *found(data, "products[].id")))
    for place, each in (*found(data, "seats[].id"), *found(data, "products[].id")):
        if isinstance(each, str) and _TAKEN.match(each):
            yield place, _("The id {got} is taken by the program itself; choose another.", got=shown(each))


def _double(ids: Iterable[tuple[Place, Any]]) -> Iterator[Mistake]:
    seen: dict[str, str] = {}
    for place, each in ids:
        if isinstance(each, str):
            plain = unicodedata.normalize("NFKC", each).casefold()
            if plain in seen:
                yield place, _("{got} is there twice: {first} came before.", got=shown(each), first=shown(seen[plain]))
            seen.setdefault(plain, each)


def _keys(data: dict[str, Any]) -> Iterator[Mistake]:
    seen: dict[tuple[Any, Any], Any] = {}
    for place, move in found(data, "moves[]"):
        if isinstance(move, dict) and isinstance(key := move.get("key"), str):
            spot = (str(move.get("page", 1)), key)
            if spot in seen:
                text = _("Key {got} of this page is taken by {first}.", got=shown(key), first=shown(seen[spot]))
                yield (*place, "key"), text
            seen.setdefault(spot, move.get("id"))


def _dangling(data: dict[str, Any]) -> Iterator[Mistake]:
    for pattern, sections in REFERENCES.items():
        known = [each for section in sections for each in _ids(data, section)]
        for place, each in found(data, pattern):
            if isinstance(each, str) and each not in known and each:
                yield place, unknown(each, known)


def _dictionaries(data: dict[str, Any]) -> Iterator[Mistake]:
    """A scenario may have dictionaries of its own; one that is called nearly as ours is a slip."""
    known = [each.partition(".")[2] for each in default_lists() if each.startswith("dictionaries.")]
    for place, name in found(data, "dictionaries{}"):
        if isinstance(name, str) and name not in known and nearest(name, known, SLIP):
            yield place, unknown(name, known)


def _gone(data: dict[str, Any]) -> Iterator[Mistake]:
    """Words that the program itself writes into files and opportunities."""
    for section, needed in OURS.items():
        known, place = set(_ids(data, section)), tuple(section.split("."))
        missing = [each for each in needed if each not in known]
        if missing and known:
            yield place, _("The program itself goes by {ids} here: keep the id, and call it as you like.",
                           ids=", ".join(missing))  # fmt: skip


def talk_mistakes(data: dict[str, Any]) -> Iterator[Mistake]:
    """Whether moves, moments and lines go together; asked of a file that brings its own."""
    yield from _keys(data)
    replies = {name.partition("/")[0] for _place, name in found(data, "lines{}")} | FROM_THE_CASE
    for place, each in found(data, "moments[].reply") if replies > FROM_THE_CASE else ():
        if isinstance(each, str) and each not in replies:
            yield place, unknown(each, replies)
    tempers = _ids(data, "dictionaries.tempers")
    for place, each in found(data, "lines{}"):
        temper = each.partition("/")[2]
        if temper and temper not in tempers:
            yield place, unknown(temper, tempers)


def _outside(data: dict[str, Any], vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Names that live in the program; not checked where the caller does not say what there is."""
    for pattern, known in (
        ("minutes{}", vocabulary.actions),
        ("rubric{}", vocabulary.criteria),
        ("moments[].when[]", vocabulary.conditions),
        ("tools{}", vocabulary.tools),
    ):
        for place, each in found(data, pattern) if known else ():
            if isinstance(each, str) and each.removeprefix("!") not in known:
                yield place, unknown(each, known)
    for place, id in found(data, "rubric{}"):
        for spot, role in found(data["rubric"][id], "scales{}", place):
            if role not in ROLES:
                yield spot, unknown(role, ROLES)


def _sums(data: dict[str, Any]) -> Iterator[Mistake]:
    shares = [each for _place, each in found(data, "segments[].share")]
    segments = list(found(data, "segments[]"))
    if len(shares) == len(segments) and all(whole(each) for each in shares) and segments:
        if len(segments) > 1 and sum(shares) != PPM:
            yield ("segments",), _("The shares of the segments sum to {got}, not to {n}.", got=sum(shares), n=PPM)
    for place, table in found(data, "segments[].weights"):
        values = list(table.values()) if isinstance(table, dict) else []
        if values and all(whole(each) for each in values) and sum(values) != PPM:
            yield place, _("These weights sum to {got}, not to {n}.", got=sum(values), n=PPM)


def _cycles(data: dict[str, Any]) -> Iterator[Mistake]:
    follows: dict[str, list[str]] = {}
    places: dict[str, Place] = {}
    for place, each in found(data, "products[]"):
        if isinstance(each, dict) and isinstance(each.get("id"), str) and isinstance(each.get("fits_with"), list):
            follows[each["id"]] = [name for name in each["fits_with"] if isinstance(name, str)]
            places[each["id"]] = (*place, "fits_with")
    named: set[frozenset[str]] = set()
    for start in follows:
        path = _way_back(start, follows)
        if path and frozenset(path) not in named:
            named.add(frozenset(path))
            yield places[start], _("These name each other in a circle: {path}.", path=" > ".join((*path, start)))


def _way_back(start: str, follows: dict[str, list[str]]) -> list[str]:
    """The shortest way from a name back to itself, or an empty list."""
    ways, seen = [[start]], {start}
    for way in ways:
        for name in follows.get(way[-1], ()):
            if name == start:
                return way
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def _empty(data: dict[str, Any]) -> Iterator[Mistake]:
    for section, message in (
        ("segments", _("The market is empty: there is no segment.")),
        ("products", _("There is nothing to sell: there is no product.")),
        ("terms", _("There are no payment terms.")),
        ("channels", _("There is no channel to talk on.")),
    ):
        if section in data and isinstance(data[section], list) and not data[section]:
            yield (section,), message
    if whole(size := dict(found(data, "market.size")).get(("market", "size"))) and size == 0:
        yield ("market", "size"), _("The market is empty: its size is 0.")
    for place, each in found(data, "surveys[].questions"):
        if isinstance(each, list) and not each:
            yield place, _("This survey asks nothing.")
    for place, segment in found(data, "segments[]"):
        for key in ("products", "channels", "tempers"):
            table = segment.get(key, {}) if isinstance(segment, dict) else {}
            values = list(table.values()) if isinstance(table, dict) else [1]
            if all(value == 0 for value in values) and (values or key == "products"):
                yield (*place, key), _("Nobody can choose here: give at least one weight above 0.")


def _seats(data: dict[str, Any]) -> Iterator[Mistake]:
    roles = [each for _place, each in found(data, "seats[].roles[]")]
    if isinstance(data.get("seats"), list) and "director" not in roles:
        yield ("seats",), _("No seat has the role director.")
    for place, each in found(data, "seats[].roles"):
        if isinstance(each, list) and not each:
            yield place, _("This seat has no role.")
        if isinstance(each, list) and {"director", "sales"} <= {*map(str, each)} and roles.count("director") == 1:
            yield place, _("Nobody could review this seat's orders: let another seat be director, or sell.")


def _book(data: dict[str, Any]) -> Iterator[Mistake]:
    book = data.get("book")
    if not isinstance(book, dict):
        return
    size = dict(found(data, "market.size")).get(("market", "size"), 150)
    if whole(size) and whole(book.get("customers")) and book["customers"] > size:
        yield ("book", "customers"), _("Expected {most} or less, got {got}.", most=size, got=shown(book["customers"]))
    within = {"late_receivables": "receivables"}
    for key, got in book.items():
        limit = book.get(within.get(key, "customers"), 0)
        if key not in {"customers", "messages"} and whole(got) and whole(limit) and got > limit:
            yield ("book", key), _("Expected {most} or less, got {got}.", most=limit, got=shown(got))
