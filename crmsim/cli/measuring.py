"""How wide this terminal draws: on some, box characters take two cells, and a screen of boxes falls apart."""

from __future__ import annotations

import re
import sys

DRAWN = ("─", "●", "中")  # a line, a dot, and Chinese, which takes two cells everywhere
REPORT = re.compile(r"\x1b\[(\d+);(\d+)R")
PATIENCE = 500  # milliseconds


def widths() -> dict[str, int]:
    """The cells that each of these takes, as the terminal itself says; empty where it cannot be asked."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return {}
    try:
        return {each: _cells(each) for each in DRAWN}
    except (OSError, ValueError, ImportError, AttributeError):
        return {}


def _cells(character: str) -> int:
    sys.stdout.write(f"\r{character}")
    sys.stdout.flush()
    column = _column()
    sys.stdout.write("\r\x1b[K" if sys.platform != "win32" else "\r  \r")
    sys.stdout.flush()
    return column - 1


if sys.platform == "win32":

    def _column() -> int:
        """Where the cursor stands, from one, as the console says."""
        import ctypes
        from ctypes import wintypes

        class Info(ctypes.Structure):
            _fields_ = (
                ("size", wintypes._COORD), ("cursor", wintypes._COORD), ("attributes", wintypes.WORD),
                ("window", wintypes.SMALL_RECT), ("most", wintypes._COORD),
            )  # fmt: skip

        info = Info()
        kernel = ctypes.windll.kernel32
        if not kernel.GetConsoleScreenBufferInfo(kernel.GetStdHandle(-11), ctypes.byref(info)):
            raise OSError
        return int(info.cursor.X) + 1

else:

    def _column() -> int:
        """Where the cursor stands, from one, as the terminal reports when it is asked."""
        import os
        import select
        import termios
        import tty

        stdin = sys.stdin.fileno()
        before = termios.tcgetattr(stdin)
        answer = ""
        try:
            tty.setcbreak(stdin)
            sys.stdout.write("\x1b[6n")
            sys.stdout.flush()
            while select.select([stdin], [], [], PATIENCE / 1000)[0]:
                answer += os.read(stdin, 32).decode("ascii", "replace")
                if found := REPORT.search(answer):
                    return int(found[2])
        finally:
            termios.tcsetattr(stdin, termios.TCSADRAIN, before)
        raise ValueError(answer)
