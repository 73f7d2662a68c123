"""What a save can tell: the replay and its check, its facts as a table, its journal as lines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmsim.cli.common import Json, SaveName, minute_of
from crmsim.cli.speech import Speech, give, in_terminal, tell, tr
from crmsim.engine.errors import ReplayMismatch
from crmsim.engine.words import N_, _


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
    if in_terminal() and not until and not as_json:
        from crmsim.tui.launching import watch

        watch(str(path), lang=Speech.language)
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
    game, found = check(saved.header, saved.entries, saved.days, saved.closing, saved.marks or ())
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
            got=found.got.rstrip("."),
        )
    )


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command(help=tr(N_("Tell a game again, or check that it is the same.")))(replay)
