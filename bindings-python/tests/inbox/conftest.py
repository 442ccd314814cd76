from __future__ import annotations

import itertools
import secrets
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .kinds import ASYNC_KINDS, KINDS, Kind, path, tried
from .program import Program

_numbers = itertools.count()
# Servers may outlive a run of the tests.
_run = secrets.token_hex(3)


@pytest.fixture(params=tried([*KINDS, *ASYNC_KINDS]), ids=repr)
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


@pytest.fixture
def program(kind: Kind, tmp_path: Path) -> Iterator[Program]:
    """A program with tables of its own."""
    yield make_program(kind, tmp_path)


def make_program(kind: Kind, folder: Path, **options: Any) -> Program:
    if kind.dialect == "sqlite":
        connection = sqlite3.connect(path(folder))
        connection.execute("PRAGMA journal_mode = WAL")
        connection.close()
    return Program(kind, folder, f"py{_run}_{next(_numbers)}_", **options)
