"""Workers: each delivery is handled once, whatever happens to them."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import hookseal
from hookseal.inbox import Worker

from .conftest import make_program
from .kinds import KINDS, Kind, tried
from .program import Program, body

HERE = Path(__file__).resolve().parent
# One kind for each engine: their processes are killed.
EACH_ENGINE = [kind for kind in KINDS if kind.name in ("sqlite3", "psycopg", "pymysql")]

# Those whose `rollback` ends a transaction that was begun in SQL.
ENDS = [kind for kind in tried(KINDS) if not kind.name.startswith(("dbapi", "sqlite3-autocommit"))]


class Stopping:
    """Handles deliveries until there are so many, then stops its worker."""

    def __init__(self, program: Program, handle: Callable[[Any, Any], None], **options: Any) -> None:
        self.program = program
        self.handle = handle
        self.worker: Worker[Any] = Worker(program.inbox, self, idle=0.01, **options)

    def __call__(self, claimed: Any, connection: Any) -> None:
        self.handle(claimed, connection)

    def run_until(self, *states: str) -> None:
        running = threading.Thread(target=self.worker.run)
        running.start()
        try:
            while sorted(self.program.states()) != sorted(states):
                assert running.is_alive()
        finally:
            self.worker.stop()
            running.join()


@pytest.fixture(params=tried(KINDS), ids=repr)
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


@pytest.fixture
def program(program: Program) -> Program:
    program.migrated()
    program.execute("CREATE TABLE {p}effect (id VARCHAR(20))")
    return program


def effect(program: Program) -> Callable[[Any, Any], None]:
    def handle(claimed: Any, connection: Any) -> None:
        sql = f"INSERT INTO {program.prefix}effect VALUES ('{claimed.event.id}')"
        program.kind.run(connection, sql)

    return handle


def test_each_delivery_is_handled_once(program: Program, caplog: pytest.LogCaptureFixture) -> None:
    for number in range(6):
        program.receive(body(f"e{number}"))
    with caplog.at_level(logging.INFO, "hookseal.inbox"):
        Stopping(program, effect(program), concurrency=2).run_until(*["done"] * 6)
    assert program.count("effect") == 6
    said = [record.message for record in caplog.records if record.message.endswith("is done")]
    assert len(said) == 6
    assert "of coverkit ('policy.created', attempt 1)" in said[0]


def test_what_a_handler_wrote_before_it_failed_is_rolled_back(
    program: Program, caplog: pytest.LogCaptureFixture
) -> None:
    program.receive(body("e1"))

    def handle(claimed: Any, connection: Any) -> None:
        effect(program)(claimed, connection)
        raise hookseal.PayloadError(f"attempt {claimed.attempt}")

    with caplog.at_level(logging.INFO, "hookseal.inbox"):
        Stopping(program, handle).run_until("dead")
    assert program.count("effect") == 0
    (entry,) = program.inbox.list()
    assert (entry.attempts, entry.error) == (3, "hookseal.PayloadError")
    said = [record.message for record in caplog.records]
    assert sum("failed: hookseal.PayloadError" in line for line in said) == 3
    assert sum("is tried again in" in line for line in said) == 2
    assert sum("is dead" in line for line in said) == 1


def test_a_handler_that_loses_its_lease_commits_nothing(program: Program) -> None:
    if program.kind.dialect == "sqlite":
        # Its transaction keeps every other writer out, so that no other worker can claim.
        assert program.inbox.claim() == []
        return
    program.receive(body("e1"))

    def take_over() -> None:
        program.make_due()
        (other,) = program.inbox.claim()
        program.inbox.release(other, "for the test")

    def handle(claimed: Any, connection: Any) -> None:
        effect(program)(claimed, connection)
        if claimed.attempt == 1:
            program.elsewhere(take_over)

    Stopping(program, handle).run_until("done")
    assert program.count("effect") == 1
    assert program.inbox.list()[0].attempts == 3


@pytest.mark.parametrize("kind", ENDS, ids=repr)
def test_a_handler_that_ends_the_transaction_itself_completes_nothing(program: Program) -> None:
    program.receive(body("e1"))

    def handle(claimed: Any, connection: Any) -> None:
        effect(program)(claimed, connection)
        connection.rollback()

    Stopping(program, handle).run_until("dead")
    assert program.count("effect") == 0


def test_a_mistake_that_no_retry_mends_ends_the_worker(kind: Kind, tmp_path: Path) -> None:
    program = make_program(kind, tmp_path)
    with pytest.raises(hookseal.InboxError) as raised:
        Worker(program.inbox, lambda claimed, connection: None).run()
    assert raised.value.code == "schema_missing"
    with pytest.raises(ValueError, match="concurrency must be at least 1"):
        Worker(program.inbox, lambda claimed, connection: None, concurrency=0)


@contextmanager
def started(program: Program, mode: str) -> Generator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "inbox.working", program.kind.name, str(program.folder)]
    with subprocess.Popen(
        [*command, program.prefix, mode],
        cwd=HERE.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HERE.parent)},
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdout
    assert process.stdout.readline() == line + "\n"


@pytest.mark.parametrize("kind", EACH_ENGINE, ids=repr)
@pytest.mark.parametrize("mode", ["before", "after"])
def test_a_worker_killed_in_the_middle_has_one_effect(program: Program, mode: str) -> None:
    program.receive(body("e1"))
    with started(program, mode) as killed:
        said(killed, "handling e1")
        killed.kill()
        assert killed.wait() == -signal.SIGKILL
    # It waits for a server that takes a moment to see that its client is gone.
    program.make_due()
    with started(program, "on") as other:
        said(other, "handling e1")
        said(other, "handled e1")
        while program.states() != ["done"]:
            assert other.poll() is None
        other.send_signal(signal.SIGTERM)
        assert other.wait() == 0
    assert program.count("effect") == 1
    assert program.inbox.list()[0].attempts == 2


@pytest.mark.parametrize("kind", EACH_ENGINE, ids=repr)
def test_a_worker_that_is_stopped_handles_what_it_has_to_its_end(program: Program) -> None:
    for number in (1, 2):
        program.receive(body(f"e{number}"))
    with started(program, "before") as worker:
        said(worker, "handling e1")
        worker.send_signal(signal.SIGTERM)
        said(worker, "stopping")
        assert worker.stdin
        worker.stdin.write("go on\n")
        worker.stdin.flush()
        said(worker, "handled e1")
        assert worker.wait() == 0
    assert program.states() == ["done", "waiting"]
    assert program.count("effect") == 1
