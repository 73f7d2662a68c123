"""The shortest way to the first screen: it does not wait until every command's options are known."""

from __future__ import annotations

from crmsim.cli.speech import Speech, in_terminal, speak_every_language


def welcome(arguments: list[str]) -> int:
    """Open the game where a person sits at a terminal, else do what the command line does; returns the exit code."""
    if not in_terminal():
        from crmsim.cli.app import run

        return run(arguments)
    speak_every_language()
    try:
        from crmsim.tui import launching

        launching.play(lang=Speech.language)
    except (Exception, KeyboardInterrupt) as error:
        from crmsim.cli.app import failed

        return failed(error)
    return 0
