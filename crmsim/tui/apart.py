"""Work for a program of its own: the books of names and the readings of characters that it takes go when it is done."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TypeVar

import msgspec

LONGEST = 60  # seconds
Answer = TypeVar("Answer")


def apart(module: str, asked: object, answer: type[Answer]) -> Answer | None:
    """What a module answers that is run by itself; None where no other program can be started."""
    here = os.environ | {"PYTHONPATH": os.pathsep.join(each for each in sys.path if each)}
    try:
        done = subprocess.run(
            [sys.executable or "python", "-P", "-m", module],
            input=msgspec.json.encode(asked), capture_output=True, check=True, timeout=LONGEST, env=here,
        )  # fmt: skip
        return msgspec.json.decode(done.stdout, type=answer)
    except (OSError, subprocess.SubprocessError, msgspec.MsgspecError):
        return None
