"""The host's key: made once, kept by the instructor; games played under it are attested."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmsim.cli.common import SaveName
from crmsim.cli.speech import tell, tr
from crmsim.engine.words import N_, _

desk = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
Key = Annotated[str, typer.Option("--host-key", metavar="FILE", help=tr(N_("The host's key.")))]


def new(file: Annotated[str, typer.Argument(metavar="FILE", help=tr(N_("Where the key goes.")))]) -> None:
    """Make a key."""
    from crmsim.store.sealing import new_key

    new_key(Path(file))
    tell(_("Written: {file}", file=file))
    tell(_("Keep it where no student can read it, and play under it: crmsim --host-key {file}", file=file))


def check(save: SaveName, host_key: Key = "") -> int:
    """Say whether a game is attested."""
    from crmsim.grading.batch import ZIP
    from crmsim.grading.submission import read
    from crmsim.store.folders import save_path
    from crmsim.store.jsonl import read_any
    from crmsim.store.sealing import attested, host_key_of

    path = save_path(save)
    if path.suffix.lower() == ZIP:
        handed = read(path)
        found = attested(host_key_of(host_key), handed.header, handed.entries, handed.manifest.seals)
    else:
        saved = read_any(path)
        found = attested(host_key_of(host_key), saved.header, saved.entries, saved.seals)
    tell(found)
    return 0 if found.source in {"attested", "unattested"} else DIFFERENT


DIFFERENT = 6


def register(app: typer.Typer) -> None:
    """Add these commands."""
    desk.command(help=tr(N_("Make a host's key.")))(new)
    desk.command(help=tr(N_("Say whether a save or a hand-in is attested.")))(check)
    app.add_typer(desk, name="attest", help=tr(N_("The host's key, and which games it attests.")))
