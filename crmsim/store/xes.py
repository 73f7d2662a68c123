"""The event log as XES (IEEE 1849-2016): a trace a customer, an event a fact."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from crmsim.engine.errors import StoreError
from crmsim.engine.words import _
from crmsim.game import Game
from crmsim.store.events import COMPANY, Event, Value, events

EXTENSIONS = (
    ("Concept", "concept", "http://www.xes-standard.org/concept.xesext"),
    ("Time", "time", "http://www.xes-standard.org/time.xesext"),
    ("Organizational", "org", "http://www.xes-standard.org/org.xesext"),
)


def write_xes(game: Game, path: Path, seat: str = "", language: str = "en") -> int:
    """Write the events that may be told; returns how many."""
    told = list(events(game, seat))
    tree = ElementTree(xes(told, game.scenario.meta.id))
    indent(tree)
    try:
        tree.write(path, encoding="utf-8", xml_declaration=True)
    except OSError as error:
        raise StoreError(
            _("{file} cannot be written: {cause}", file=str(path), cause=error.strerror or "")
        ) from error  # fmt: skip
    return len(told)


def xes(told: list[Event], name: str) -> Element:
    """The log: its extensions, what every trace and event has, the classifier, the traces."""
    log = Element("log", {"xes.version": "1849.2016", "xes.features": ""})
    for title, prefix, uri in EXTENSIONS:
        SubElement(log, "extension", {"name": title, "prefix": prefix, "uri": uri})
    for scope, keys in (("trace", ("concept:name",)), ("event", ("concept:name", "time:timestamp", "org:resource"))):
        everywhere = SubElement(log, "global", {"scope": scope})
        for key in keys:
            _attribute(everywhere, key, "1970-01-01T00:00:00.000Z" if key == "time:timestamp" else "")
    SubElement(log, "classifier", {"name": "Activity", "keys": "concept:name"})
    _attribute(log, "concept:name", name)
    traces: dict[str, Element] = {}
    for each in told:
        case = str(each.objects.get("customer") or each.values.get("customer") or COMPANY)
        if case not in traces:
            traces[case] = SubElement(log, "trace")
            _attribute(traces[case], "concept:name", case)
        _event(traces[case], each)
    return log


def _event(trace: Element, each: Event) -> None:
    event = SubElement(trace, "event")
    _attribute(event, "concept:name", each.kind)
    _attribute(event, "time:timestamp", each.when)
    _attribute(event, "org:resource", each.by)
    for name, value in {"fact": each.number, **each.objects, **each.values}.items():
        if name != "by":
            _attribute(event, name, value)


def _attribute(parent: Element, key: str, value: Value) -> None:
    if key == "time:timestamp":
        SubElement(parent, "date", {"key": key, "value": str(value)})
    elif isinstance(value, bool):
        SubElement(parent, "boolean", {"key": key, "value": "true" if value else "false"})
    elif isinstance(value, int):
        SubElement(parent, "int", {"key": key, "value": str(value)})
    else:
        SubElement(parent, "string", {"key": key, "value": value})
