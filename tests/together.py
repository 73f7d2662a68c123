"""Which tests share a process: those that look at the same games, in which each game is then played once.

A scheduler of our own says it, since `--dist loadgroup` of pytest-xdist 3.8 groups nothing under pytest 9.2 and says
nothing of it (pytest-dev/pytest-xdist#1386).
"""

from __future__ import annotations

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

PLAYED_ONCE = ("tests/flows/", "tests/grading/")
STATISTICS = ("tests/validation/test_bots.py", "tests/validation/test_grading.py")


def scope(nodeid: str, statistics: bool) -> str:
    """What a test shares its process with: a folder, a file of statistics, or only itself."""
    shared = STATISTICS if statistics else PLAYED_ONCE  # statistics that stand elsewhere play games of their own
    return next((each for each in shared if nodeid.startswith(each)), nodeid)


class Together(LoadScopeScheduling):
    """Gives each process one scope after the other, the largest first."""

    def __init__(self, config: pytest.Config, log: Producer) -> None:
        super().__init__(config, log)
        self.statistics = config.option.markexpr == "validation"

    def _split_scope(self, nodeid: str) -> str:
        return scope(nodeid, self.statistics)

    def _reschedule(self, node: WorkerController) -> None:
        if node in self.registered_collections:  # else it has only begun, and is given tests when it knows them
            super()._reschedule(node)

    def remove_node(self, node: WorkerController) -> str | None:
        """A test under which its process ended has failed and is not run again; what the process had done is forgotten,
        for xdist waits without end for whoever is given nothing but that."""
        given = self.assigned_work[node]
        ended = next((test for tests in given.values() for test, done in tests.items() if not done), None)
        for name, tests in list(given.items()):
            left = {test: done for test, done in tests.items() if not done and test != ended}
            if left:
                given[name] = left
            else:
                del given[name]
        super().remove_node(node)
        return ended
