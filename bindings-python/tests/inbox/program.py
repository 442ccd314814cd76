"""A program that has an inbox."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import hookseal
from hookseal.inbox import AsyncInbox, Backoff, Inbox, Received
from hookseal.inbox._modules import leave_thread

from .kinds import LOOP, Async, Django, Kind, path

SECRET = "whsec_1b6f2ae8d0444a349cc1f4c8"
WEBHOOK = hookseal.Webhook("coverkit", SECRET)


class RollBack(Exception):
    """Ends a transaction without what was done in it."""


def body(id_: str, policy: str = "p", note: object = "") -> bytes:
    data = {"policy": policy, "note": note}
    return json.dumps({"id": id_, "type": "policy.created", "data": data}).encode()


class Blocking:
    """An asynchronous inbox, for tests that await nothing."""

    def __init__(self, inbox: AsyncInbox[Any]) -> None:
        self.inbox = inbox

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.inbox, name)
        return lambda *arguments, **options: LOOP.run(method(*arguments, **options))


class Program:
    """A program that has an inbox, on one kind of connection."""

    def __init__(self, kind: Kind, folder: Path, prefix: str, **options: Any) -> None:
        self.kind = kind
        self.folder = folder
        self.prefix = prefix
        self.inbox: Any = self.make(**options)

    def sharing(self, connection: Any) -> Any:
        """An inbox on a connection that stays open."""
        if isinstance(self.kind, Async):
            return Blocking(AsyncInbox(lambda: nullcontext(connection), WEBHOOK, prefix=self.prefix))
        return Inbox(lambda: nullcontext(connection), WEBHOOK, prefix=self.prefix, **self.kind.options)

    def make(self, webhook: Any = WEBHOOK, **options: Any) -> Any:
        options = {"backoff": Backoff(3, 0, 0), "prefix": self.prefix, **self.kind.options, **options}
        connect = partial(self.kind.connect, self.folder)
        if isinstance(self.kind, Async):
            return Blocking(AsyncInbox(connect, webhook, **options))
        return Inbox(connect, webhook, **options)

    def make_impatient(self) -> Any:
        """An inbox that does not wait for a lock of SQLite's; the others tell it by themselves."""
        if self.kind.dialect != "sqlite":
            return self.inbox
        connect = partial(sqlite3.connect, path(self.folder), timeout=0)
        return Inbox(connect, WEBHOOK, prefix=self.prefix)

    def migrated(self) -> Program:
        assert self.inbox.migrate()
        assert not self.inbox.migrate()
        return self

    def receive(self, content: bytes) -> Received[Any]:
        received: Received[Any] = self.inbox.receive(content, WEBHOOK.sign(content))
        return received

    def sign(self, content: bytes) -> dict[str, str]:
        return dict(WEBHOOK.sign(content))

    def event(self, content: bytes) -> Any:
        return WEBHOOK.verify(content, WEBHOOK.sign(content))

    @contextmanager
    def transaction(self, *, commits: bool = True) -> Generator[Any]:
        try:
            with self.kind.transaction(self.folder) as connection:
                yield connection
                if not commits:
                    raise RollBack
        except RollBack:
            assert not commits

    def complete(self, claimed: Any) -> None:
        with self.transaction() as connection:
            self.inbox.complete(connection, claimed)

    def execute(self, sql: str) -> None:
        """Runs a statement; `{p}` stands for the tables' prefix."""
        with self.kind.transaction(self.folder) as connection:
            self.kind.run(connection, sql.replace("{p}", self.prefix))

    def count(self, table: str) -> int:
        with self.kind.transaction(self.folder) as connection:
            return int(self.kind.run(connection, f"SELECT COUNT(*) FROM {self.prefix}{table}"))

    def elsewhere(self, work: Callable[[], Any]) -> Any:
        """Does something as another thread, which has a connection of its own in Django too."""
        if not isinstance(self.kind, Django):
            return work()

        def run() -> Any:
            try:
                return work()
            finally:
                leave_thread()

        with ThreadPoolExecutor(1) as threads:
            return threads.submit(run).result()

    def make_due(self) -> None:
        """Ends the leases and waits of all: the tests wait for no clock."""
        self.execute("UPDATE {p}job SET due = 0 WHERE due IS NOT NULL")

    def states(self) -> list[str]:
        return [entry.state for entry in reversed(self.inbox.list())]
