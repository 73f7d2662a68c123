"""What a save can tell: the replay and its check, its facts as a table, its journal as lines."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated, Any

import typer

from crmsim.cli.common import Json, SaveName, minute_of
from crmsim.cli.speech import give, note, tell, tr
from crmsim.engine.errors import BadInput, ReplayMismatch, StoreError
from crmsim.engine.words import N_, _

OPENS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def replay(
    file: SaveName,
    verify: Annotated[bool, typer.Option("--verify", help=tr(N_("Compare with the digests kept.")))] = False,
    until: Annotated[str, typer.Option(metavar='"day 3 10:00"', help=tr(N_("Stop at this time.")))] = "",
    as_json: Json = False,
) -> None:
    """Tell a game again."""
    from crmsim.store.folders import save_path
    from crmsim.store.jsonl import read_any

    path = save_path(file)
    if verify:
        _verify(path, as_json)
        return
    stop = minute_of(until) if until else None
    from crmsim.game.replay import replay_entries

    saved = read_any(path)
    game = replay_entries(saved.header, saved.entries, stop)
    if as_json:
        give({"entries": len(game.journal), "minute": game.minute, "day": game.day, "digest": game.digest()})
    else:
        tell(
            _("{n} entries, {when:time}, digest {digest}", n=len(game.journal), when=game.minute, digest=game.digest())
        )


def _verify(path: Path, as_json: bool) -> None:
    from crmsim.game.replay import verify as check
    from crmsim.store.jsonl import read_any

    saved = read_any(path)
    game, found = check(saved.header, saved.entries, saved.days, saved.closing)
    if found is None:
        if as_json:
            give({"identical": True, "entries": len(saved.entries), "digest": game.digest()})
        else:
            tell(_("Identical: {n} entries, digest {digest}", n=len(saved.entries), digest=game.digest()))
        return
    if as_json:
        give(
            {
                "identical": False,
                "day": found.day,
                "entry": found.entry,
                "entity": found.entity,
                "expected": found.expected,
                "got": found.got,
            }
        )
    raise ReplayMismatch(
        _(
            "The replay differs on day {day}, entry {entry} ({entity}): expected {expected}, got {got}.",
            day=found.day,
            entry=found.entry,
            entity=found.entity or "-",
            expected=found.expected,
            got=found.got,
        )
    )


def export(
    save: SaveName, to: Annotated[str, typer.Option("--to", metavar="OUT", help=tr(N_("A .csv or .jsonl file.")))]
) -> None:
    """Write what a save tells to a file."""
    from crmsim.store.folders import save_path
    from crmsim.store.jsonl import SUFFIX, read_any, write_journal

    saved = read_any(save_path(save))
    if to.endswith(SUFFIX):
        write_journal(saved.header, saved.entries, to)
    elif to.endswith(".csv"):
        from crmsim.game.replay import replay_entries

        game = replay_entries(saved.header, saved.entries)
        if not game.ended:
            raise BadInput(_("What everybody did and felt is told after the end: crmsim end {file}", file=save))
        _write_facts(game.facts, Path(to))
    else:
        raise BadInput(_("{file} is neither .csv nor .jsonl.", file=to[:200]))
    note(_("Written to {file}.", file=to))


def _write_facts(facts: list[Any], path: Path) -> None:
    from crmsim.engine.facts import as_record

    records = [as_record(each) for each in facts]
    first = ["number", "minute", "by", "fact"]
    names = first + [name for name in dict.fromkeys(key for record in records for key in record) if name not in first]
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(names)
            writer.writerows([_cell(record.get(name, "")) for name in names] for record in records)
    except OSError as error:
        raise StoreError(_("{file} cannot be written: {cause}", file=str(path), cause=error.strerror or "")) from error


def _cell(value: Any) -> Any:
    """A spreadsheet must not take text for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(OPENS_FORMULA) else value


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command(help=tr(N_("Tell a game again, or check that it is the same.")))(replay)
    app.command(help=tr(N_("Write a game's facts or journal to a file.")))(export)
