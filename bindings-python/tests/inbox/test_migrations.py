"""The tables as migrations of Django's and Alembic's make them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations

from hookseal.inbox import Inbox

from .conftest import make_program
from .kinds import KINDS, Kind
from .program import body
from .servers import servers

HERE = Path(__file__).resolve().parent


@pytest.mark.parametrize("alias", ["sqlite", "postgresql", "mysql"])
def test_djangos_app_migrates_and_has_a_page(alias: str, tmp_path: Path) -> None:
    servers()
    run = subprocess.run(
        [sys.executable, "-m", "inbox.shop", alias, str(tmp_path)],
        cwd=HERE.parent,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HERE.parent)},
    )
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    assert found == {
        "made": False,
        "statuses": [204, 204],
        "listed": [200, 2, True],
        "one": [True, False, False],
        "retried": [True, ["waiting", "waiting"]],
        "left": [],
    }


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.name.startswith("sqlalchemy-")], ids=repr
)
def test_alembic_runs_what_is_pasted_into_a_migration(kind: Kind, tmp_path: Path) -> None:
    program = make_program(kind, tmp_path)
    with program.transaction() as connection:
        op = Operations(MigrationContext.configure(connection))
        # What the README says to paste.
        dialect: Any = op.get_bind().dialect.name
        for statement in Inbox.schema(dialect, program.prefix).split(";\n"):
            if statement.strip():
                op.execute(statement)
    assert not program.inbox.migrate()
    assert program.receive(body("e1")).outcome == "stored"
