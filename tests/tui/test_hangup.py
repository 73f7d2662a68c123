"""A window that is closed leaves no program behind."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PATIENCE = 60.0  # seconds


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal needs POSIX")
@pytest.mark.covers("GAME-1")
def test_a_game_ends_with_its_terminal_though_nobody_tells_it(tmp_path: Path) -> None:
    import pty

    reader, terminal = pty.openpty()
    folder = dict(
        os.environ, CRMSIM_HOME=str(tmp_path), TERM="xterm-256color", COLUMNS="80", LINES="24", CRMSIM_LANG="en"
    )
    program = [sys.executable, "-m", "crmsim", "play"]
    # no terminal of its own that would tell it: as below `make play` in a window
    playing = subprocess.Popen(program, stdin=terminal, stdout=terminal, stderr=terminal, env=folder)
    os.close(terminal)
    try:
        assert _shows(reader, b"Variants")
        os.close(reader)
        assert playing.wait(PATIENCE) is not None
    finally:
        if playing.poll() is None:
            playing.send_signal(signal.SIGKILL)


def _shows(reader: int, wanted: bytes) -> bool:
    seen, until = b"", time.monotonic() + PATIENCE
    while wanted not in seen and time.monotonic() < until:
        if select.select([reader], [], [], 1.0)[0]:
            seen += os.read(reader, 4096)
    return wanted in seen
