"""A company in which every text that people may write is hostile, and a mouse that clicks on what stands of it.

Every piece of it carries MARK, a letter that nothing else in the game has: where that shows, foreign text is drawn."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import msgspec
from pydantic import BaseModel
from rich.cells import cell_len
from textual import events
from textual.geometry import Offset, Region
from textual.widget import Widget

from crmsim.bots import crew
from crmsim.crm.letter import Letter
from crmsim.crm.order import Order, OrderLine
from crmsim.crm.record import Record
from crmsim.crm.survey import Questionnaire
from crmsim.crm.talk import Revealed, Say, Talk
from crmsim.engine.action import fields_of
from crmsim.engine.fields import Text as Written
from crmsim.engine.safe import safe_text
from crmsim.engine.words import Bilingual, Message
from crmsim.game import Game
from crmsim.roles import ACTIONS
from crmsim.scenarios.bundle import bundled_file
from crmsim.scenarios.cast import Cast, Person
from crmsim.scenarios.loader import load_scenario
from crmsim.scenarios.parts import Named
from crmsim.scenarios.schema import Scenario

MARK = "ϟ"
PLANTED = "planted"  # the action that foreign text tries to run
MARKUP = {
    "quit": f"[@click=app.quit]{MARK}[/]",
    "action": f"[@click=app.{PLANTED}]{MARK}[/]",
    "closing": f"[/bold]{MARK}",
    "opening": f"[bold red{MARK}",
    "link": f"[link=http://x]{MARK}[/link]",
    "markdown": f"](x) **b{MARK}** `c` | # [{MARK}](app.{PLANTED})",
    "braces": f"{{0.__class__}} {{name}} %s $x {MARK}",
}
UNSAFE = {
    "escape": f"\x1b[2J\x1b]0;t\x07{MARK}sc",
    "c1": f"\x9b31m{MARK}1",
    "bell": f"\x07\x08\x00{MARK}ell",
    "bidi": f"\u202eevil{MARK}\u2066x\u2069",
    "zero width": f"{MARK}\u200bro\u200d\ufeff",
    "tags": f"{MARK}\U000e0041ag",
    "accents": MARK + "\u0301\u0302\u0303" * 400 + "algo",
    "lines": f"one{MARK}\ntwo\r\nthr{MARK}ee\ttab",
}
LONG = {
    "cjk": (MARK + "客" * 9) * 1_000,
    "ascii": (MARK + "w" * 9) * 1_000,
    "emoji": (MARK + "👩‍👩‍👧‍👦") * 500,
    "flags": (MARK + "🇨🇳") * 300,
}
NAMES = MARKUP | UNSAFE | LONG
FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
OPENS_NOTHING = re.compile(r"^link\(.*\)$")  # a link of a page: whoever shows the page hears of it, and nobody listens
CODES = {"region", "need", "quantity", "budget", "deadline", "decision", "source", "channel", "stranger", "other",
         "customer", "paper", "plan", "value", "also_value", "set_value", "lines"}  # fmt: skip
FREE = {  # what people type freely, as the actions declare it, without what is looked up or counted
    name for action in ACTIONS for name, each in fields_of(action).items() if isinstance(each.kind, Written)
} - CODES | {"company", "surname", "label"}


def fouled(value: Any, name: str, slot: str = "") -> Any:
    """A value with every text of people's in it replaced."""
    if isinstance(value, Bilingual):
        return Bilingual(name, name)
    if isinstance(value, Message) or (isinstance(value, str) and slot in FREE):
        return name
    if isinstance(value, BaseModel):
        return value.model_copy(update=_of_part(value, name))
    if isinstance(value, msgspec.Struct):
        return msgspec.structs.replace(
            value, **{each: fouled(getattr(value, each), name, each) for each in value.__struct_fields__}
        )
    if isinstance(value, tuple) and type(value) is tuple:
        return tuple(fouled(each, name, slot) for each in value)
    if isinstance(value, dict):
        return {key: fouled(each, name) for key, each in value.items()}
    return value


def _of_part(part: BaseModel, name: str) -> dict[str, Any]:
    named = set(Named.__metadata__)
    return {
        key: name if isinstance(value, str) and value and named <= set(info.metadata) else fouled(value, name)
        for key, info in type(part).model_fields.items()
        for value in (getattr(part, key),)
    }


def scenario_of(name: str) -> Scenario:
    """first_day, with each of its texts hostile, past the door that would clean them: only widgets stand in between."""
    found: Scenario = fouled(load_scenario("first_day"), name)
    return found.model_copy(update={"events": ()})


def company(name: str, minutes: int = 700, student: str = "") -> Game:
    """A morning of it was played by bots; then all that is written in it was written by somebody hostile."""
    scenario = scenario_of(name)
    whoever = Person(name=name, company=name, position=name, phone=name, email=name, surname=name)
    cast = Cast("en", customers=(whoever,) * 40, strangers=(whoever,) * 40, staff=(whoever,) * len(scenario.seats))
    seats = [each.id for each in scenario.seats]
    game = Game(scenario, 7, cast=cast, players=crew(scenario, "competent", seats), student=student or name,
                holders={"director": student or name} | dict.fromkeys(seats[1:], "bot:competent"))  # fmt: skip
    game.advance_to(minutes)
    _put(game, name)
    for table in game.world.tables.values():
        for each in table.values():
            for field in fields(each):
                before = getattr(each, field.name)
                after = fouled(before, name, field.name if before else "")
                if after != before:
                    setattr(each, field.name, after)
    game.world.sights.clear()
    return game


def _put(game: Game, name: str) -> None:
    """What waits for a person at each desk, whatever bots left."""
    world, now = game.world, game.minute
    for owner in ("sales-1", ""):
        world.add(
            Record(f"C{owner}", name=name, contact=name, position=name, phone=name, email=name, notes=name, owner=owner,
                   recorded=now, recorded_by="reception", region="north", customer="x1")
        )  # fmt: skip
    world.add(
        Order("O900", record="Csales-1", owner="sales-1", lines=(OrderLine("printer", 2, 168_000),), submitted=now,
              terms="days_3", reason=name, plea=name)
    )  # fmt: skip
    says = (Say(now, "x1", "greet", name), Say(now, "reception", "greet", name), Say(now, "x1", "tell", name))
    told = tuple(Revealed(topic, name, now) for topic in ("name", "contact", "phone"))
    world.add(
        Talk("T900", channel="email", customer="x1", who=name, subject=name, role="reception", seat="reception",
             says=says, revealed=told, started=now, answered=now, turn="company", status="open")
    )  # fmt: skip
    world.add(Letter("L900", sender="sales-1", to=("director",), subject=name, text=name, sent=now))
    buyer = next(iter(world.deputies), "customer-1")
    world.add(Questionnaire("N900", survey="Q1", customer=buyer, questions=(name, name), sent=now, agent="service"))


def scenario_file(home: Path, name: str) -> Path:
    """A scenario's own file, with its title and what it says of itself replaced."""
    file, told = bundled_file("first_day"), json.dumps(safe_text(name[:150]), ensure_ascii=False)
    assert file is not None
    text = file.read_text(encoding="utf-8")
    for key in ("title", "summary"):
        text = re.sub(rf"^{key} = .*$", lambda _found, key=key: f"{key} = {told}", text, count=1, flags=re.MULTILINE)
    path = home / "hostile.toml"
    path.write_text(text, encoding="utf-8")
    return path


def file_name(name: str) -> str:
    """As much of it as may be the name of a file."""
    return name.replace("/", "").replace("\0", "")[:60]


def save_at(home: Path, name: str) -> Path:
    """A place for a game whose file is called so."""
    (home / "saves").mkdir(parents=True, exist_ok=True)
    return home / "saves" / f"{file_name(name)}.crmsim"


# -- what is drawn


def lines_of(app: Any) -> list[str]:
    """The screen, which no text may tear: as many cells a line as the window has, nothing that steers a terminal."""
    found, size = [], app.size
    strips = app.screen._compositor.render_strips()
    assert len(strips) == size.height
    for strip in strips:
        text = "".join(segment.text for segment in strip)
        assert not FORBIDDEN.search(text), f"{app.screen}: {text!r}"[:300]
        assert cell_len(text) == size.width, f"{app.screen}: {text!r}"[:300]
        for segment in strip:
            meta = segment.style.meta if segment.style is not None else {}
            ran = OPENS_NOTHING.sub("", str(meta.get("@click", "")))
            assert PLANTED not in ran and "quit" not in ran, meta
            assert segment.style is None or not segment.style.link
        found.append(text)
    return found


def fits(widget: Widget) -> None:
    """Nothing is drawn beyond the widget's own cells."""
    width, height = widget.size
    if width and height and not widget.is_container:
        for strip in widget.render_lines(Region(0, 0, width, height)):
            told = sum(cell_len(segment.text) for segment in strip)
            assert told == strip.cell_length == width, (widget, told, strip.cell_length, width)


def marked(app: Any) -> Iterator[tuple[Widget, Offset]]:
    """Each widget that shows foreign text, with the cells where it does."""
    for y, line in enumerate(lines_of(app)):
        x = 0
        for letter in line:
            if letter == MARK:
                yield app.get_widget_at(x, y)[0], Offset(x, y)
            x += cell_len(letter)


async def settled(pilot: Any) -> None:
    """Until a screen that was just opened is laid out, and what its widgets draw after that is drawn."""
    for _turn in range(200):
        await pilot.pause()
        screen = pilot.app.screen
        if len(screen._compositor.render_strips()) == pilot.app.size.height and not screen._layout_required:
            break


async def click(pilot: Any, at: Offset) -> None:
    """A button pressed and let go, by the way that a terminal's own clicks come."""
    for kind, button in ((events.MouseMove, 0), (events.MouseDown, 1), (events.MouseUp, 1)):
        pilot.app.post_message(kind(None, at.x, at.y, 0, 0, button, False, False, False, screen_x=at.x, screen_y=at.y))
    await pilot.pause()
