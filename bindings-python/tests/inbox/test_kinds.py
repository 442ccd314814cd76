"""That no kind of connection, and no behaviour, is lost."""

from __future__ import annotations

import sys
from collections import Counter

from . import test_async_worker, test_behaviour, test_mistakes, test_worker
from .kinds import ASYNC_KINDS, KINDS


def test_every_kind_is_there() -> None:
    # sqlite3 has two modes more since 3.12.
    more = 2 if sys.version_info >= (3, 12) else 0
    assert Counter(kind.dialect for kind in KINDS) == {
        "sqlite": 6 + more,
        "postgresql": 7,
        "mysql": 6,
    }
    assert Counter(kind.dialect for kind in ASYNC_KINDS) == {
        "sqlite": 3,
        "postgresql": 5,
        "mysql": 2,
    }
    names = [kind.name for kind in [*KINDS, *ASYNC_KINDS]]
    assert len(set(names)) == len(names)


def test_every_behaviour_is_there() -> None:
    def count(module: object) -> int:
        return sum(name.startswith("test_") for name in vars(module))

    assert (count(test_behaviour), count(test_mistakes)) == (13, 12)
    assert (count(test_worker), count(test_async_worker)) == (7, 5)
