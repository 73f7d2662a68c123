"""What a commit does not run another one does."""

from __future__ import annotations

from itertools import chain

import pytest

from tests.parts import part_of


@pytest.mark.parametrize("of", [1, 3, 5])
def test_every_test_belongs_to_exactly_one_part(of: int) -> None:
    whole = list(range(17))
    parts = [part_of(whole, f"{at}/{of}", turn=4) for at in range(1, of + 1)]
    assert sorted(chain(*parts)) == whole
    assert sorted(chain(*(part_of(whole, str(of), turn) for turn in range(of)))) == whole
    assert max(map(len, parts)) - min(map(len, parts)) <= 1
