"""Asynchronous workers, on each kind of connection."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

import hookseal
from hookseal.inbox import AsyncWorker

from .conftest import make_program
from .kinds import ASYNC_KINDS, LOOP, Kind, tried
from .program import Program, body

Handle = Callable[[Any, Any], Awaitable[None]]


@pytest.fixture(params=tried(ASYNC_KINDS), ids=repr)
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


@pytest.fixture
def program(kind: Kind, tmp_path: Path) -> Program:
    program = make_program(kind, tmp_path).migrated()
    program.execute("CREATE TABLE {p}effect (id VARCHAR(20))")
    return program


def effect(program: Program) -> Handle:
    async def handle(claimed: Any, connection: Any) -> None:
        kind: Any = program.kind
        sql = f"INSERT INTO {program.prefix}effect VALUES ('{claimed.event.id}')"
        await kind.arun(connection, sql)

    return handle


def run_until(program: Program, handle: Handle, *states: str, **options: Any) -> None:
    inbox = program.inbox.inbox

    async def run() -> None:
        worker: AsyncWorker[Any] = AsyncWorker(inbox, handle, idle=0.01, **options)
        running = asyncio.ensure_future(worker.run())
        while sorted(entry.state for entry in await inbox.list()) != sorted(states):
            assert not running.done()
        worker.stop()
        await running

    LOOP.run(run())


def test_each_delivery_is_handled_once(program: Program) -> None:
    for number in range(6):
        program.receive(body(f"e{number}"))
    run_until(program, effect(program), *["done"] * 6, concurrency=2)
    assert program.count("effect") == 6


def test_what_a_handler_wrote_before_it_failed_is_rolled_back(program: Program) -> None:
    program.receive(body("e1"))

    async def handle(claimed: Any, connection: Any) -> None:
        await effect(program)(claimed, connection)
        raise KeyError(claimed.event.id)

    run_until(program, handle, "dead")
    assert program.count("effect") == 0
    (entry,) = program.inbox.list()
    assert (entry.attempts, entry.error) == (3, "KeyError")


def test_it_stops_at_a_signal_once_what_it_handles_is_done(program: Program) -> None:
    for number in (1, 2):
        program.receive(body(f"e{number}"))

    async def handle(claimed: Any, connection: Any) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        await effect(program)(claimed, connection)

    worker: AsyncWorker[Any] = AsyncWorker(program.inbox.inbox, handle)
    LOOP.run(worker.run())
    assert program.states() == ["done", "waiting"]
    assert program.count("effect") == 1


def test_a_caller_that_goes_away_leaves_no_transaction_open(program: Program) -> None:
    inbox = program.inbox.inbox
    content = body("e1")
    headers = program.sign(content)

    async def go_away() -> None:
        receiving = asyncio.ensure_future(inbox.receive(content, headers))
        await asyncio.sleep(0)
        receiving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await receiving
        while not await inbox.list():
            pass

    LOOP.run(go_away())
    assert program.states() == ["waiting"]


def test_a_mistake_that_no_retry_mends_ends_the_worker(kind: Kind, tmp_path: Path) -> None:
    inbox = make_program(kind, tmp_path).inbox.inbox
    with pytest.raises(hookseal.InboxError) as raised:
        LOOP.run(AsyncWorker(inbox, _nothing).run())
    assert raised.value.code == "schema_missing"
    with pytest.raises(ValueError, match="concurrency must be at least 1"):
        AsyncWorker(inbox, _nothing, concurrency=0)


async def _nothing(claimed: Any, connection: Any) -> None:
    pass
