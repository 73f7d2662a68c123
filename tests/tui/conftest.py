from __future__ import annotations

import pytest
import textual._wait as waiting


@pytest.fixture(autouse=True)
def _quick_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pilot waits 20 ms, three times a key, for the program to be idle; 3 ms tell as well."""
    monkeypatch.setattr(waiting, "SLEEP_GRANULARITY", 0.003)
    monkeypatch.setattr(waiting, "SLEEP_IDLE", 0.0015)
