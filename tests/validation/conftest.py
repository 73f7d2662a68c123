"""Experiments are kept where all workers and later runs find them: they are named by the program that played them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from crmsim.calibration.evidence import folder

KEPT = Path(__file__).parents[2] / ".cache" / "validation"


@pytest.fixture(scope="module")
def kept_evidence() -> Iterator[None]:
    """Keep what the experiments show beside the repository; CRMSIM_VALIDATION_HOME names another place."""
    before = os.environ.get("CRMSIM_HOME", "")
    os.environ["CRMSIM_HOME"] = os.environ.get("CRMSIM_VALIDATION_HOME", str(KEPT))
    folder.cache_clear()
    yield
    os.environ["CRMSIM_HOME"] = before
    folder.cache_clear()
