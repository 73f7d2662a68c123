"""The whole CRM as an SQLite database to practise SQL on: tables made from the business's own classes.

A class of `crm` becomes a table, a field a column; a field that names another row becomes a foreign key `<field>_id`;
a list of parts (the lines of an order, what was said in a talk, the changes of a file) becomes a table of its own.
`days` and `words` make minutes and dictionary words readable, `about` says what every column means. What the customer
hides has no column before the end.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
from pydantic import create_model
from sqlalchemy import URL, insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel, create_engine

from crmsim.crm.company import INSTRUCTOR
from crmsim.crm.customer import Customer
from crmsim.engine.errors import StoreError
from crmsim.engine.words import Bilingual, Message, Say, _, render
from crmsim.engine.world import Entity, Seat, Seen
from crmsim.game import Game
from crmsim.store.connection import trouble
from crmsim.store.founding import cause_of
from crmsim.store.meanings import LISTS, NO_ROWS, REFERS
from crmsim.store.readable import READABLE, about, days, words

UNCOUNTED = frozenset({"staff", "settings", "feedback", "climate"})
RESERVED = frozenset({"by", "case", "order", "to", "from", "group", "index", "values", "when", "table", "column"})
WORDS = {str, Bilingual, Message}
Row = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A column: its name, the field it comes from, its type, the table it refers to ("" for none)."""

    name: str
    field: str
    type: type
    refers: str = ""
    listed: bool = False  # kept as JSON


@dataclass(frozen=True)
class Plan:
    """A table: its name, what its rows are, its columns, and the list of which field it holds ("" for the class)."""

    name: str
    kind: type[Any]
    parts: tuple[Part, ...]
    owner: type[Entity] | None = None
    field: str = ""


def kinds(game: Game) -> list[type[Entity]]:
    """The classes that become tables; customers' truth only after the end."""
    found = [each for each in _below(Entity) if each is not Seat and (each is not Customer or game.ended)]
    return sorted((each for each in found if each.__module__.startswith("crmsim.crm")), key=lambda each: each.__name__)


def _below(kind: type[Entity]) -> Iterator[type[Entity]]:
    for each in kind.__subclasses__():
        if each.__subclasses__():
            yield from _below(each)
        yield each


def plans(game: Game) -> list[Plan]:
    """Every table: one a class, one a list of parts."""
    chosen = kinds(game)
    targets = {_snake(each.__name__): table_name(each) for each in chosen}
    by_class = {each.__name__: table_name(each) for each in chosen}
    refers = targets | {field: by_class[name] for field, name in REFERS.items() if name in by_class}
    found: list[Plan] = []
    for kind in chosen:
        parts, lists = [Part("id", "id", str)], []
        hints = get_type_hints(kind)
        mine = {name: table for name, table in refers.items() if (kind.__name__, name) not in NO_ROWS}
        for each in fields(kind):
            if each.name == "id" or each.name.startswith("_") or _hidden(each, game.ended):
                continue
            inner = _listed(hints[each.name])
            if inner is not None:
                lists.append(_list_plan(kind, each.name, inner, mine))
            elif (kind.__name__, each.name) in LISTS:
                lists.append(_plain_plan(kind, each.name, hints[each.name], mine))
            else:
                parts.append(_part(each.name, hints[each.name], mine))
        found += [Plan(table_name(kind), kind, tuple(parts)), *lists]
    return found


def _hidden(field: Any, ended: bool) -> bool:
    return not ended and field.metadata.get("seen", Seen.ALL) >= Seen.AFTER


def _listed(hint: Any) -> type[msgspec.Struct] | None:
    """The struct of a tuple of structs; None for anything else."""
    inner = get_args(hint)[0] if get_origin(hint) is tuple and get_args(hint) else None
    return inner if isinstance(inner, type) and issubclass(inner, msgspec.Struct) else None


def _list_plan(kind: type[Entity], field: str, inner: type[msgspec.Struct], refers: dict[str, str]) -> Plan:
    hints = get_type_hints(inner)
    parts = (*_head(kind), *(_part(each, hints[each], refers) for each in inner.__struct_fields__))
    return Plan(f"{_snake(kind.__name__)}_{field}", inner, parts, kind, field)


def _plain_plan(kind: type[Entity], field: str, hint: Any, refers: dict[str, str]) -> Plan:
    """A list of plain values, or of tuples of them, with the columns that `LISTS` names."""
    name, columns = LISTS[kind.__name__, field]
    inner = get_args(hint)[0]
    types_ = get_args(inner) if get_origin(inner) is tuple else (inner,)
    named = zip(columns, types_, strict=True)
    parts = (*_head(kind), *(replace(_part(column, each, refers), field=column) for column, each in named))
    return Plan(name, kind, parts, kind, field)


def _head(kind: type[Entity]) -> tuple[Part, Part]:
    """What says of which row a list is, and the place in it."""
    return Part(f"{_snake(kind.__name__)}_id", "", str, table_name(kind)), Part("position", "", int)


def _part(field: str, hint: Any, refers: dict[str, str]) -> Part:
    plain = _plain_type(hint)
    if field in refers and plain is str:
        return Part(f"{field}_id", field, str, refers[field])
    name = f"{field}_" if field in RESERVED else field
    return Part(name, field, plain or str, listed=plain is None)


def _plain_type(hint: Any) -> type | None:
    """int, bool or str for what a column can hold as it is; words are text; None for the rest."""
    if hint in (int, bool, str):
        kept: type = hint
        return kept
    if get_origin(hint) in (Union, types.UnionType):
        inner = [each for each in get_args(hint) if each is not type(None)]
        if set(inner) <= WORDS or set(inner) == {str, int}:
            return str
        return _plain_type(inner[0]) if len(inner) == 1 else None
    return None


def table_name(kind: type[Any]) -> str:
    """The plural of a class's name: orders, service_requests."""
    name = _snake(kind.__name__)
    if name in UNCOUNTED:
        return name
    return f"{name[:-1]}ies" if name.endswith("y") and name[-2] not in "aeiou" else f"{name}s"


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def models(found: list[Plan]) -> tuple[Any, dict[str, type[SQLModel]]]:
    """An SQLModel table for each plan, in a catalogue of their own, and the table `about`."""

    class Base(SQLModel, registry=registry()):
        """What the tables of one export share."""

    made: dict[str, type[SQLModel]] = {}
    for plan in found:
        columns: dict[str, Any] = {}
        for part in plan.parts:
            key = part.name == "id" or (plan.owner is not None and not part.field)
            target = f"{part.refers}.id" if part.refers else None
            kept = part.type if key else part.type | None
            default: dict[str, Any] = {} if key else {"default": None}
            columns[part.name] = (kept, Field(primary_key=key, foreign_key=target, **default))
        made[plan.name] = create_model(plan.name, __base__=Base, __cls_kwargs__={"table": True}, **columns)
    for name, (keys, others) in READABLE.items():
        columns = {each: (str, Field(primary_key=True)) for each in keys}
        columns |= {each: (kept, Field(default=None)) for each, kept in others.items()}
        made[name] = create_model(name, __base__=Base, __cls_kwargs__={"table": True}, **columns)
    return Base.metadata, made


def rows(game: Game, found: list[Plan], seat: str, language: str) -> dict[str, list[Row]]:
    """The rows of every table, as the seat may see them; without a seat, as the company may."""
    say = partial(render, language=language, dates=game.scenario.calendar.dates)
    view, result = game.view(seat or INSTRUCTOR), {plan.name: list[Row]() for plan in found}
    ids: dict[str, set[str]] = {}
    for plan in found:
        if plan.owner is None:
            ids[plan.name] = {each.id for each in view.all(plan.kind)}
    for plan in found:
        for entity in view.all(plan.owner or plan.kind):
            hidden: frozenset[str] = getattr(entity, "hidden", frozenset())
            if plan.owner is None:
                result[plan.name].append(_row(entity, plan.parts, ids, say, hidden))
            elif plan.field not in hidden:
                for position, item in enumerate(getattr(entity, plan.field)):
                    own = {plan.parts[0].name: entity.id, "position": position}
                    item = item if isinstance(item, msgspec.Struct) else _named(plan, item)
                    result[plan.name].append(own | _row(item, plan.parts[2:], ids, say, frozenset()))
    return result


def _named(plan: Plan, item: Any) -> SimpleNamespace:
    """A plain value, or a tuple of them, by the names of its columns."""
    values = item if isinstance(item, tuple) else (item,)
    return SimpleNamespace(**{part.field: value for part, value in zip(plan.parts[2:], values, strict=True)})


def _row(source: Any, parts: tuple[Part, ...], ids: dict[str, set[str]], say: Say, hidden: Any) -> Row:
    found: Row = {}
    for part in parts:
        value = None if part.field in hidden else getattr(source, part.field)
        if part.refers:
            value = value if value in ids.get(part.refers, ()) else None
        elif isinstance(value, Bilingual | Message):
            value = say(value)
        elif part.listed and value is not None:
            value = msgspec.json.encode(value, order="sorted").decode()
        elif part.type is str and isinstance(value, int):
            value = str(value)
        found[part.name] = value
    return found


def write_sqlite(game: Game, path: Path, seat: str = "", language: str = "en") -> int:
    """Write the database anew; returns how many tables it has."""
    found = plans(game)
    metadata, made = models(found)
    content = rows(game, found, seat, language)
    content |= {"days": days(game), "words": words(game), "about": about(found, language)}
    partial = path.with_name(f"{path.name}.partial")
    engine = create_engine(URL.create("sqlite", database=str(partial)))  # a name with ? or % is a name all the same
    try:
        partial.unlink(missing_ok=True)
        with engine.begin() as connection:
            metadata.create_all(connection)
            for name, values in content.items():
                if values:
                    connection.execute(insert(made[name]), values)
        engine.dispose()
        partial.replace(path)
    except OSError as error:
        raise StoreError(
            _("{file} cannot be written: {cause}", file=str(path), cause=error.strerror or "")
        ) from error  # fmt: skip
    except SQLAlchemyError as error:
        raise trouble(cause_of(error), path) from error
    finally:
        engine.dispose()
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return len(content)
