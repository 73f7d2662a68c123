"""Saves: go on with one, list, rename, remove, end for good."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crmsim.cli.common import SaveName, leave
from crmsim.cli.speech import Speech, grid, in_terminal, say, tell, tr
from crmsim.engine.errors import BadInput, StoreError
from crmsim.engine.words import N_, _

shelf = typer.Typer(rich_markup_mode=None, no_args_is_help=False)
NewName = Annotated[str, typer.Argument(metavar="NAME", help=tr(N_("The new name.")))]


def resume(
    file: SaveName = "",
    ascii: Annotated[bool, typer.Option("--ascii", help=tr(N_("Draw with plain characters only.")))] = False,
) -> None:
    """Go on with a save; without a name, with the one that was played last."""
    from crmsim.store.folders import save_path

    path = save_path(file) if file else _latest()
    if in_terminal():
        from crmsim.tui.launching import resume as go_on

        go_on(str(path), ascii=ascii, lang=Speech.language)
        return
    from crmsim.store.reading import read_save

    saved = read_save(path)
    minute = saved.entries[-1].minute if saved.entries else 0
    tell(
        _(
            "{file}: {scenario}, {when:time}, {n} entries.",
            file=str(path),
            scenario=saved.header.scenario,
            when=minute,
            n=len(saved.entries),
        )
    )


def _latest() -> Path:
    """The save that was written to last."""
    from crmsim.store import folders

    kept = list(folders.saves().glob(f"*{folders.SUFFIX}"))
    if not kept:
        raise BadInput(_("There are no saves in {folder}.", folder=str(folders.saves())))
    return max(kept, key=lambda each: (each.stat().st_mtime_ns, each.name))


def end(file: SaveName) -> None:
    """End a game for good."""
    from crmsim.public import open_save
    from crmsim.store.folders import save_path

    game = open_save(save_path(file), players={})
    game.end()
    leave(game)
    tell(_("The game is over. It can be graded and reviewed now."))


@shelf.callback(invoke_without_command=True)
def shelf_start(context: typer.Context) -> None:
    """Lists the saves when nothing else is asked."""
    if context.invoked_subcommand is None:
        list_saves()


def list_saves() -> None:
    """List the saves of the saves folder."""
    from crmsim.store import folders
    from crmsim.store.reading import read_head

    rows = []
    for path in sorted(folders.saves().glob(f"*{folders.SUFFIX}")):
        try:
            head = read_head(path)
            rows.append(
                [path.stem, head.scenario, str(head.seed), str(head.entries), say(_("{when:time}", when=head.minute))]
            )
        except StoreError as error:
            rows.append([path.stem, say(error.message), "", "", ""])
    if rows:
        grid(map(tr, (N_("Save"), N_("Scenario"), N_("Seed"), N_("Entries"), N_("Time"))), rows)
    else:
        tell(_("There are no saves in {folder}.", folder=str(folders.saves())))


def rename(file: SaveName, name: NewName) -> None:
    """Give a save another name."""
    from crmsim.store.folders import SUFFIX

    path = _existing(file)
    if not name.strip() or name != Path(name).name:
        raise BadInput(_("{name} is not a name for a file.", name=name[:60]))
    target = path.with_name(name if name.endswith(SUFFIX) else f"{name}{SUFFIX}")
    if target.exists():
        raise BadInput(_("{file} exists already.", file=str(target)))
    try:
        path.rename(target)
    except OSError as error:
        raise _unwritable(target, error) from error


def remove(file: SaveName) -> None:
    """Delete a save."""
    path = _existing(file)
    try:
        path.unlink()
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> StoreError:
    return StoreError(_("{file} cannot be written: {cause}", file=str(path), cause=error.strerror or ""))


def _existing(file: str) -> Path:
    """The path of a file that is a save, and of nothing else; whole by itself, and played by nobody now."""
    from crmsim.store.connection import settle
    from crmsim.store.folders import save_path
    from crmsim.store.reading import read_head

    path = save_path(file)
    read_head(path)
    settle(path)
    return path


def register(app: typer.Typer) -> None:
    """Add these commands."""
    shelf.command("list", help=tr(N_("List the saves.")))(list_saves)
    shelf.command(help=tr(N_("Give a save another name.")))(rename)
    shelf.command(help=tr(N_("Delete a save.")))(remove)
    app.command(help=tr(N_("Go on with a save.")))(resume)
    app.command(help=tr(N_("End a game for good.")))(end)
    app.add_typer(shelf, name="saves", help=tr(N_("List, rename or remove saves.")))
