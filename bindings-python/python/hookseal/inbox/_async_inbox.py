"""The inbox on asynchronous connections."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from hookseal._hookseal import _Inbox
from hookseal.inbox import _deliveries
from hookseal.inbox._async_connections import AsyncConnection, connection, opened
from hookseal.inbox._options import Settings
from hookseal.inbox._running import Make

if TYPE_CHECKING:
    from hookseal import Body, Event, Headers
    from hookseal._hookseal import Claimed
    from hookseal.inbox._deliveries import Entry, Kept, Received, State, Stats
    from hookseal.inbox._options import Backoff, Dialect, Sources

__all__ = ["AsyncInbox", "open_connection", "settings_of"]

E = TypeVar("E", bound="Event[str, Any]")


class AsyncInbox(Generic[E]):
    """An inbox on asynchronous connections: psycopg's, SQLAlchemy's or aiosqlite's.

    It is as :class:`Inbox`, and its methods are coroutines. ``connect`` may also return an
    awaitable of a connection.
    """

    def __init__(
        self,
        connect: Callable[[], Any],
        sources: Sources[E],
        *,
        prefix: str | None = None,
        backoff: Backoff | None = None,
        lease: float | timedelta | None = None,
    ) -> None:
        self._connect = connect
        self._settings: Settings[E] = Settings(sources, prefix, backoff, lease, None, None)
        self._running: set[asyncio.Future[Any]] = set()

    @staticmethod
    def schema(dialect: Dialect, prefix: str | None = None) -> str:
        """Returns the SQL that makes the tables, for a migration of yours."""
        return _Inbox.schema(dialect, prefix)

    async def migrate(self) -> bool:
        """Makes the tables, unless they are there, and returns whether it made them."""
        made: bool = await self._alone(lambda inbox, state: inbox.migrate(state))
        return made

    async def receive(
        self,
        body: Body,
        headers: Headers,
        *,
        source: str | None = None,
        method: str | None = None,
        url: str | None = None,
    ) -> Received[E]:
        """Verifies a delivery and stores it, to be handled by a worker.

        Once this returns, it is committed: respond with success. If it raises, respond with the
        error's ``http_status``. ``source`` may be left out if the inbox has but one. Only the
        headers that the scheme reads are kept, and the body. ``method`` and ``url`` are as for
        ``Webhook.verify``.
        """
        webhook = self._settings.webhook(source)
        # What is not genuine costs no connection.
        verify = self._settings.any.verify
        event, verified = verify(webhook, source, body, headers, method, url)
        outcome, is_conflict = await self._alone(lambda inbox, state: inbox.store(verified, state))
        return _deliveries.Received(outcome, is_conflict, event)

    async def once(self, connection: Any, event: E, *, source: str | None = None) -> bool:
        """Records an event as handled, and returns True the first time and False for a duplicate.

        It is a part of the transaction that is open on your connection: the record is committed, or
        rolled back, with what you write in it. If it raises, roll back and respond with the error's
        ``http_status``.
        """
        first: bool = await self._within(
            connection, lambda inbox, state: inbox.once(source, event, state)
        )
        return first

    async def claim(self, limit: int = 1) -> list[Claimed[E]]:
        """Leases up to ``limit`` deliveries that are due, each verified again."""
        claimed: list[Claimed[E]] = await self._alone(lambda inbox, state: inbox.claim(limit, state))
        return claimed

    async def savepoint(self, connection: Any, claimed: Claimed[E]) -> None:
        """Sets a savepoint in the transaction that is open on your connection, before you handle a
        claimed delivery in it.

        Then :meth:`complete` raises ``unavailable`` if the database has rolled the transaction back
        in the meantime, as MariaDB does at a deadlock, and the error was caught. An
        :class:`AsyncWorker` does it by itself.
        """
        await self._within(connection, lambda inbox, state: inbox.savepoint(claimed, state))

    async def complete(self, connection: Any, claimed: Claimed[E]) -> None:
        """Records a claimed delivery as done, in the transaction that is open on your connection.

        It raises ``lease_lost`` if another worker has the delivery: roll back, for that one handles
        it.
        """
        await self._within(connection, lambda inbox, state: inbox.complete(claimed, state))

    async def release(self, claimed: Claimed[E], error: str) -> float | None:
        """Gives a claimed delivery back, to be tried again later.

        It returns the seconds that the delivery waits, or None if that was its last attempt and it
        is dead. ``error`` says what went wrong, for people: an error's class, not a payload.
        """
        wait: float | None = await self._alone(
            lambda inbox, state: inbox.release(claimed, error, state)
        )
        return wait

    async def dead(self, claimed: Claimed[E], error: str) -> None:
        """Records a claimed delivery as dead: it is not tried again until it is retried."""
        await self._alone(lambda inbox, state: inbox.dead(claimed, error, state))

    async def extend(self, claimed: Claimed[E]) -> None:
        """Begins a claimed delivery's lease anew, for work that takes longer."""
        await self._alone(lambda inbox, state: inbox.extend(claimed, state))

    async def stats(self) -> Stats:
        """Counts what is not done."""
        return _deliveries.stats(await self._alone(lambda inbox, state: inbox.stats(state)))

    async def openmetrics(self) -> str:
        """Returns the counts as OpenMetrics, for monitoring."""
        text: str = await self._alone(lambda inbox, state: inbox.openmetrics(state))
        return text

    async def list(
        self,
        *,
        state: State | None = None,
        source: str | None = None,
        event_type: str | None = None,
        search: str | None = None,
        before: int | None = None,
        limit: int = 100,
    ) -> list[Entry]:
        """Lists deliveries, the latest first.

        ``search`` is a text in their key or their body, byte for byte; every delivery is looked at
        until enough are found. ``before`` is the number of the last one that was listed, to go on
        after it.
        """
        return _deliveries.entries(
            await self._alone(
                lambda inbox, open: inbox.list(
                    state, source, event_type, search, before, limit, open
                )
            )
        )

    async def show(self, seq: int) -> Kept | None:
        """Returns what is kept of a delivery; None if there is none, or only its key was kept."""
        kept = await self._alone(lambda inbox, state: inbox.show(seq, state))
        return None if kept is None else _deliveries.Kept(*kept)

    async def retry(self, seq: int | None = None) -> int:
        """Lets dead deliveries be tried again, the one with this number or all; returns how many."""
        count: int = await self._alone(lambda inbox, state: inbox.retry(seq, state))
        return count

    async def replay(self, seq: int) -> bool:
        """Lets a delivery that is done be handled once more; returns whether there is such a one."""
        found: bool = await self._alone(lambda inbox, state: inbox.replay(seq, state))
        return found

    async def discard(self, seq: int) -> bool:
        """Takes a dead delivery for done, so that those after it are handled.

        It returns whether there is such a one.
        """
        found: bool = await self._alone(lambda inbox, state: inbox.discard(seq, state))
        return found

    async def prune(self, keep: float | timedelta | None = None) -> int:
        """Removes what was done more than ``keep`` seconds ago, and returns how many.

        What is done stays for at least as long as its key counts, what is not done for ever.
        """
        count: int = await self._alone(lambda inbox, state: inbox.prune(keep, state))
        return count

    async def _alone(self, make: Make) -> Any:
        """Runs an operation in transactions of its own.

        It goes on to its end if the caller is cancelled: a connection with an open transaction must
        not go back to a pool.
        """
        running = asyncio.ensure_future(self._run_alone(make))
        self._running.add(running)
        running.add_done_callback(self._running.discard)
        return await asyncio.shield(running)

    async def _run_alone(self, make: Make) -> Any:
        async with open_connection(self) as conn:
            return await conn.alone(self._settings, make)

    async def _within(self, given: Any, make: Make) -> Any:
        """Runs an operation in the transaction that is open on a connection of the user's."""
        return await connection(given).within(self._settings, make)


def settings_of(inbox: AsyncInbox[E]) -> Settings[E]:
    """Returns an inbox's options."""
    return inbox._settings  # pyright: ignore[reportPrivateUsage]


def open_connection(inbox: AsyncInbox[Any]) -> AbstractAsyncContextManager[AsyncConnection]:
    """Opens a connection of an inbox's own."""
    return opened(inbox._connect)  # pyright: ignore[reportPrivateUsage]
