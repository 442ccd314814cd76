"""Handlers that catch an error with which the database has ended their transaction: nothing is done without its effect.

A deadlock on MariaDB, an aborted transaction on PostgreSQL, a rollback by SQLite itself.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pymysql
import pytest

from hookseal.inbox import AsyncWorker, InboxError, Worker
from hookseal.inbox._options import Settings

from .kinds import ASYNC_KINDS, KINDS, LOOP, Async, Kind, tried
from .program import Program, body
from .servers import mysql

# What ends the transaction, of what needs no other one.
SPOILS = {
    "sqlite": "INSERT OR ROLLBACK INTO {p}row (id) VALUES (1)",
    "postgresql": "SELECT 1 / 0",
}
UPDATE = "UPDATE {p}row SET times = times + 1 WHERE id = %d"


@pytest.fixture
def program(program: Program) -> Program:
    program.migrated()
    program.execute("CREATE TABLE {p}effect (id VARCHAR(20))")
    program.execute("CREATE TABLE {p}row (id INTEGER PRIMARY KEY, times INTEGER DEFAULT 0)")
    program.execute("INSERT INTO {p}row (id) VALUES (1), (2)")
    program.receive(body("e1"))
    return program


class Handler:
    """Writes an effect; the first time the database then ends the transaction, and it goes on as if nothing were."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.attempts = 0

    def steps(self) -> list[str]:
        """The statements to run, the last of which fails the first time."""
        self.attempts += 1
        steps = ["INSERT INTO {p}effect VALUES ('e1')"]
        if self.attempts == 1:
            spoil = SPOILS.get(self.program.kind.dialect)
            steps += [UPDATE % 1, UPDATE % 2] if spoil is None else [spoil]
        return [step.replace("{p}", self.program.prefix) for step in steps]

    def __call__(self, claimed: Any, connection: Any) -> None:
        steps = self.steps()
        other = self.other_waits()
        for step in steps[:-1]:
            self.program.kind.run(connection, step)
        other()
        try:
            self.program.kind.run(connection, steps[-1])
        except Exception as error:
            assert self.attempts == 1, error
        else:
            assert self.attempts > 1
        other()

    async def later(self, claimed: Any, connection: Any) -> None:
        kind: Any = self.program.kind
        steps = self.steps()
        other = self.other_waits()
        for step in steps[:-1]:
            await kind.arun(connection, step)
        other()
        try:
            await kind.arun(connection, steps[-1])
        except Exception as error:
            assert self.attempts == 1, error
        else:
            assert self.attempts > 1
        other()

    def other_waits(self) -> Callable[[], None]:
        """Lets another transaction of MariaDB's hold what this one needs; called, it needs what this one holds.

        It has changed more, so that this one is ended, whoever waits first. Called again, it is waited for.
        """
        if self.program.kind.dialect != "mysql" or self.attempts > 1:
            return lambda: None
        connection = pymysql.connect(**mysql())
        of = self.program.prefix
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {of}row (id) SELECT seq FROM seq_100_to_300")
            cursor.execute((UPDATE % 2).replace("{p}", of))

        def wait() -> None:
            with closing(connection), connection.cursor() as cursor:
                cursor.execute((UPDATE % 1).replace("{p}", of))

        waiting = threading.Thread(target=wait)
        steps = iter((waiting.start, waiting.join))
        return lambda: next(steps)()


def work(program: Program, handler: Handler) -> None:
    """Lets a worker handle what there is until nothing is open."""
    if not isinstance(program.kind, Async):
        worker: Worker[Any] = Worker(program.inbox, handler, idle=0.01)
        running = threading.Thread(target=worker.run)
        running.start()
        try:
            while program.states() != ["done"]:
                assert running.is_alive()
        finally:
            worker.stop()
            running.join()
        return

    async def run() -> None:
        inbox = program.inbox.inbox
        worker: AsyncWorker[Any] = AsyncWorker(inbox, handler.later, idle=0.01)
        running = asyncio.ensure_future(worker.run())
        while [entry.state for entry in await inbox.list()] != ["done"]:
            assert not running.done()
        worker.stop()
        await running

    LOOP.run(run())


def test_a_worker_completes_nothing_that_was_rolled_back(program: Program) -> None:
    handler = Handler(program)
    work(program, handler)
    assert handler.attempts == 2
    assert program.count("effect") == 1
    assert program.inbox.list()[0].attempts == 2


class _Nothing:
    """An operation that does nothing."""

    def start(self) -> None:
        pass

    def result(self) -> None:
        pass


class _WithoutSavepoint:
    def __init__(self, native: Any) -> None:
        self._native = native

    def __getattr__(self, name: str) -> Any:
        return getattr(self._native, name)

    def savepoint(self, *_: Any) -> _Nothing:
        return _Nothing()


# Their driver begins a transaction before each statement, so that no one can tell that it is another.
BEGINNING = [kind for kind in [*KINDS, *ASYNC_KINDS] if kind.name in ("sqlalchemy-pymysql", "async-session-asyncmy")]


# None where SQLite alone is tried.
if tried(BEGINNING):

    @pytest.mark.parametrize("kind", tried(BEGINNING), ids=repr)
    def test_without_the_savepoint_the_effect_is_lost(
        program: Program, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        native = Settings.native
        monkeypatch.setattr(Settings, "native", lambda *given: _WithoutSavepoint(native(*given)))
        handler = Handler(program)
        work(program, handler)
        assert (handler.attempts, program.count("effect")) == (1, 0)


SYNC = [kind for kind in KINDS if kind.name in ("sqlite3", "psycopg", "pymysql", "sqlalchemy-pymysql", "django-mysql")]


@pytest.mark.parametrize("kind", tried(SYNC), ids=repr)
def test_completing_in_a_transaction_of_the_programs_says_what_happened(
    program: Program, kind: Kind
) -> None:
    (claimed,) = program.inbox.claim()
    handler = Handler(program)
    with pytest.raises(InboxError, match="caught on the way") as raised, program.transaction() as connection:
        kind.run(connection, f"DELETE FROM {program.prefix}effect")
        program.inbox.savepoint(connection, claimed)
        handler(claimed, connection)
        program.inbox.complete(connection, claimed)
    error = raised.value
    assert (error.code, error.http_status, error.retry_after) == ("unavailable", 503, 5)
    assert (program.states(), program.count("effect")) == (["leased"], 0)
    with program.transaction() as connection:
        kind.run(connection, f"DELETE FROM {program.prefix}effect")
        program.inbox.savepoint(connection, claimed)
        handler(claimed, connection)
        program.inbox.complete(connection, claimed)
    assert (program.states(), program.count("effect")) == (["done"], 1)
