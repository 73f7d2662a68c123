"""The same screens in a browser."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Annotated

import typer

from crmsim.cli.speech import Speech, note, tell, tr
from crmsim.engine.errors import BadInput
from crmsim.engine.words import N_, _

if TYPE_CHECKING:
    from crmsim.web.forms import FormDesk


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help=tr(N_("The port to listen on.")))] = 8000,
    host: Annotated[
        str, typer.Option(help=tr(N_("Who may reach it; 0.0.0.0 is everybody in the network.")))
    ] = "127.0.0.1",
    forms: Annotated[
        str, typer.Option("--forms", metavar="SAVE", help=tr(N_("Let its published forms be filled in, too.")))
    ] = "",
) -> None:
    """Serve the screens to browsers, until Ctrl+C."""
    from crmsim.web.server import GameServer

    desk = _desk(forms) if forms else None

    def said(address: str) -> None:
        tell(_("Open this address in a browser: {address}", address=address))
        note(_("Whoever knows it can play. Ctrl+C ends."))
        if desk is not None:
            _tell_forms(desk, server.origin)

    try:
        with socket.create_server((host, port)):  # before an address is told that belongs to somebody else
            pass
        server = GameServer(host, port, Speech.language, say=said, forms=desk)
        server.serve()
    except OSError as error:
        raise BadInput(
            _("Port {port} cannot be used: {cause}", port=port, cause=error.strerror or str(error))
        ) from error


def _desk(save: str) -> FormDesk:
    from crmsim.crm.company import INSTRUCTOR
    from crmsim.public import replay
    from crmsim.store.folders import save_path
    from crmsim.web.forms import FormDesk, waiting

    path = save_path(save)
    return FormDesk(replay(path).view(INSTRUCTOR), waiting(path), Speech.language)


def _tell_forms(desk: FormDesk, origin: str) -> None:
    """Each form's link with its QR code, and how its answers come into the game."""
    from crmsim.web.forms import qr_lines

    for name, link in desk.links(origin):
        tell(_("{form}: {address}", form=name, address=link))
        for line in qr_lines(link):
            print(line)
    if not desk.sheets:
        tell(_("No form is published in this game."))
    note(_("Take the answers in with: crmsim form SAVE FORM --answers {folder}", folder=str(desk.folder)))


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("web", help=tr(N_("Play in a browser.")))(serve)
