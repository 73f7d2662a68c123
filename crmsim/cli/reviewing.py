"""Looking back on a finished game: its decisions one by one, and its customers' own stories."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from crmsim.cli.common import Json
from crmsim.cli.speech import Speech, give, say, tell, tr
from crmsim.engine.words import N_, Words, _

if TYPE_CHECKING:
    from crmsim.grading.review import Marked, Review
    from crmsim.grading.stories import Story
    from crmsim.grading.workers import Progress

File = Annotated[str, typer.Argument(metavar="FILE", help=tr(N_("A save, or a journal.")))]


def review(
    file: File,
    seat: Annotated[list[str] | None, typer.Option(metavar="SEAT", help=tr(N_("Only this seat's decisions.")))] = None,
    as_json: Json = False,
) -> None:
    """Review a finished game, decision by decision."""
    from crmsim.grading.review import as_json as as_record
    from crmsim.grading.review import review as review_game
    from crmsim.scenarios.loader import scenario_from_text
    from crmsim.store.folders import save_path
    from crmsim.store.jsonl import read_any

    saved = read_any(save_path(file))
    Speech.dates = scenario_from_text(saved.header.scenario_text).calendar.dates
    with progress(_("Playing decisions on")) as tick:
        found = review_game(saved.header, saved.entries, seat or (), progress=tick)
    if as_json:
        records = [as_record(each, Speech.language, Speech.dates) for each in found]
        give(records[0] if len(records) == 1 else records)
        return
    for each in found:
        _show(each)


def _show(found: Review) -> None:
    counts: dict[str, int] = {}
    for each in found.decisions:
        counts[each.mark] = counts.get(each.mark, 0) + 1
    tell(_("{seat}: {count} decisions", seat=found.seat, count=len(found.decisions)))
    for mark, count in counts.items():
        tell(_("  {mark:label}: {count}", mark=mark, count=count))
    for each in found.decisions:
        if each.mark not in {"best", "good"}:
            _show_decision(each)


def _show_decision(each: Marked) -> None:
    from crmsim.grading.review import reasons_of

    tell(_("{when:time} {mark:label} - {what}", when=each.minute, mark=each.mark, what=each.words))
    for reason in reasons_of(each):
        tell(_("    {why}", why=reason))
    if each.better is not None:
        tell(_("    Better: {what}", what=each.better.words))
        for line in each.better.then:
            tell(_("      then {what}", what=line))
        for line in each.better.instead:
            tell(_("      instead of {what}", what=line))


def story(
    file: File,
    customer: Annotated[str, typer.Argument(metavar="CUSTOMER", help=tr(N_("An id, or a part of a name.")))] = "",
    as_json: Json = False,
) -> None:
    """What customers went through, as they tell it."""
    from crmsim.grading.course import finished
    from crmsim.grading.stories import as_json as as_record
    from crmsim.grading.stories import cited, find, stories
    from crmsim.store.folders import save_path
    from crmsim.store.jsonl import read_any

    saved = read_any(save_path(file))
    game = finished(saved.header, saved.entries).game
    Speech.dates = game.scenario.calendar.dates
    found = find(game, customer) if customer else stories(game)
    if as_json:
        give([as_record(each, Speech.language, Speech.dates) for each in found])
        return
    for each in found:
        tell(_("{name} ({id}): {ending}", name=each.name, id=each.customer, ending=each.ending))
        if customer:
            _draw(each, game.minute)
        for step in each.steps if customer else ():
            slots = {"when": step.minute, "kind": step.kind, "what": step.words, "facts": cited(step)}
            words = _("  {when:time} {kind:label}: {what} {facts}", **slots)
            print(say(words).rstrip())  # no fact shows what a customer wished for


def _draw(found: Story, last: int) -> None:
    """The line along the days."""
    from rich.console import Console
    from rich.padding import Padding

    from crmsim.grading.track import COLOURS, Track

    plain = not (sys.stdout.encoding or "utf-8").lower().replace("-", "").startswith(("utf", "gb"))
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 80)
    console.print(Padding(Track(found, last, Speech.language, COLOURS, plain), (0, 2)))


@contextmanager
def progress(words: Words) -> Iterator[Progress]:
    """A bar on stderr, where somebody looks at it."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(file=sys.stderr), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(say(words), total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command(help=tr(N_("Review a finished game, decision by decision.")))(review)
    app.command(help=tr(N_("What customers went through, as they tell it; after the end.")))(story)
