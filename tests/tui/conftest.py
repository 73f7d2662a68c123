from __future__ import annotations

import pytest
import textual._wait as waiting
from textual._compositor import Compositor

from crmsim.tui import stop

DRAWN = ("growth", "pictures", "covering")  # tests to which every update matters


@pytest.fixture(autouse=True)
def _quick_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pilot waits 20 ms, three times a key, for the program to be idle; 3 ms tell as well."""
    monkeypatch.setattr(waiting, "SLEEP_GRANULARITY", 0.003)
    monkeypatch.setattr(waiting, "SLEEP_IDLE", 0.0015)
    monkeypatch.setattr(stop, "DEAF", 0.01)  # seconds


@pytest.fixture(autouse=True)
def _unseen_updates(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal every update is drawn and thrown away; a test that looks draws the whole screen itself.

    A picture of a sheet shows what lies below as it was drawn last, so it wants its updates.
    """
    if not any(each in request.module.__name__ for each in DRAWN):

        def unseen(self: Compositor, *_how: object, **_more: object) -> None:
            self._dirty_regions.clear()

        monkeypatch.setattr(Compositor, "render_update", unseen)
