"""The command line: thin commands, each importing what it needs when it runs."""

from __future__ import annotations

import gc
import os
import sys

FIRST_SCREEN: tuple[list[str], ...] = ([], ["play"])  # the command lines that name nothing to begin with


def main() -> None:
    """The program `crmsim`."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # to look for some takes longer than to use none
    if sys.argv[1:] in FIRST_SCREEN:
        from crmsim.cli.welcome import welcome

        sys.exit(welcome(sys.argv[1:]))
    from crmsim.cli.app import run

    code = run(sys.argv[1:])
    gc.freeze()  # a world that a command told is not gone through once more before the system has it back
    sys.exit(code)
