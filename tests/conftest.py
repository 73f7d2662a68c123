"""What every test runs under: a home of its own, catalogues compiled, chance that repeats, skips that are allowed."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer

from tests.parts import Parts
from tests.together import Together
from tools.compile_locale import compile_all
from tools.faults import turn_of_commit

REQUIREMENT = re.compile(r"[A-Z]+-\d+")
ALLOWED_SKIPS = Path(__file__).parent / "allowed_skips.txt"
HOME = pytest.StashKey[Path]()

settings.register_profile(
    "repeatable", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", settings.get_profile("repeatable"), derandomize=False, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


def is_worker(config: pytest.Config) -> bool:
    """Whether this is one of xdist's processes rather than the one that gathers and reports."""
    return hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    home = Path(tempfile.mkdtemp(prefix="crmsim-tests-"))
    config.stash[HOME] = home
    os.environ["CRMSIM_HOME"] = str(home)
    os.environ["CRMSIM_LANG"] = "en"
    if part := os.environ.get("CRMSIM_PART"):
        config.pluginmanager.register(Parts(part, turn_of_commit()))
    if not is_worker(config):
        compile_all()  # what is wrong with a catalogue is told by tests/lint/test_catalogue.py


def pytest_unconfigure(config: pytest.Config) -> None:
    if home := config.stash.get(HOME, None):
        shutil.rmtree(home, ignore_errors=True)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    return Together(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for mark in item.iter_markers("covers"):
            wrong = [each for each in mark.args if not (isinstance(each, str) and REQUIREMENT.fullmatch(each))]
            if wrong or not mark.args:
                raise pytest.UsageError(f"{item.nodeid}: covers() takes requirement ids such as 'SIM-3', not {wrong}")


def allowed_reasons(path: Path = ALLOWED_SKIPS) -> list[re.Pattern[str]]:
    """The reasons for skipping that are no surprise: one regular expression a line, matched from its start."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [re.compile(line.strip()) for line in lines if line.strip() and not line.startswith("#")]


def unexpected_skips(reasons: list[tuple[str, str]]) -> list[str]:
    """Those of (test, reason) whose reason is not on the list."""
    allowed = allowed_reasons()
    return [f"{test}: {reason}" for test, reason in reasons if not any(each.match(reason) for each in allowed)]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With CRMSIM_STRICT_SKIPS=1, as in .ci/run, a skip for a reason that is not on the list is a failure."""
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if is_worker(session.config) or terminal is None or os.environ.get("CRMSIM_STRICT_SKIPS") != "1":
        return
    skipped = [
        (report.nodeid, report.longrepr[2].removeprefix("Skipped: "))
        for report in terminal.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    ]
    if unexpected := unexpected_skips(skipped):
        terminal.write_line("")
        for line in unexpected:
            terminal.write_line(f"skipped for a reason that tests/allowed_skips.txt does not list: {line}", red=True)
        if session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
