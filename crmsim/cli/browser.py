"""The same screens in a browser."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from crmsim.cli.speech import Speech, note, tell, tr
from crmsim.engine.errors import BadInput
from crmsim.engine.words import N_, _

PORT = N_("The port to listen on.")
HOST = N_("Who may reach it; 0.0.0.0 is everybody in the network.")


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help=tr(N_("The port to listen on.")))] = 8000,
    host: Annotated[
        str, typer.Option(help=tr(N_("Who may reach it; 0.0.0.0 is everybody in the network.")))
    ] = "127.0.0.1",
) -> None:
    """Serve the screens to browsers, until Ctrl+C."""
    from crmsim.web.server import GameServer

    def said(address: str) -> None:
        tell(_("Open this address in a browser: {address}", address=address))
        note(_("Whoever knows it can play. Ctrl+C ends."))

    try:
        with socket.create_server((host, port)):  # before an address is told that belongs to somebody else
            pass
        GameServer(host, port, Speech.language, say=said).serve()
    except OSError as error:
        raise BadInput(
            _("Port {port} cannot be used: {cause}", port=port, cause=error.strerror or str(error))
        ) from error


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("web", help=tr(N_("Play in a browser.")))(serve)
