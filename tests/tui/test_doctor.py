"""`crmsim doctor` asks the terminal how wide it draws."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.covers("GAME-12"),
    pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminals on this system"),
]
WIDE = b"\xe4\xb8\xad"  # 中


@pytest.mark.parametrize(
    ("line", "advice"),
    [pytest.param(1, "as it should be", marks=pytest.mark.validation), (2, "play with --ascii")],
)
def test_the_doctor_tells_when_boxes_would_not_stand_straight(line: int, advice: str, tmp_path: Path) -> None:
    import pty

    pid, terminal = pty.fork()
    if pid == 0:
        os.environ |= {"CRMSIM_HOME": str(tmp_path), "CRMSIM_LANG": "en", "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"}
        os.execv(sys.executable, [sys.executable, "-m", "crmsim", "doctor"])
    told = b""
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            break
        if not piece:
            break
        told += piece
        if piece.endswith(b"\x1b[6n"):
            asked = told.rpartition(b"\r")[2]
            os.write(terminal, b"\x1b[1;%dR" % (1 + (2 if WIDE in asked else line)))
    assert os.waitpid(pid, 0)[1] == 0
    text = told.decode()
    assert f"─={line}" in text
    assert advice in text
