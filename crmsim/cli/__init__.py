"""The command line: thin commands, each importing what it needs when it runs."""

from __future__ import annotations

import sys


def main() -> None:
    """The program `crmsim`."""
    from crmsim.cli.app import run

    sys.exit(run(sys.argv[1:]))
