"""An asynchronous worker: it claims deliveries and gives each to a handler, in a transaction."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from hookseal._exceptions import InboxError
from hookseal.inbox import _log
from hookseal.inbox._async_inbox import open_connection, settings_of

if TYPE_CHECKING:
    from hookseal import Event
    from hookseal._hookseal import Claimed
    from hookseal.inbox._async_inbox import AsyncInbox

__all__ = ["AsyncWorker"]

E = TypeVar("E", bound="Event[str, Any]")


class AsyncWorker(Generic[E]):
    """Handles what an inbox holds, until it is told to stop.

    It is as :class:`Worker`; ``handler`` is awaited, and ``concurrency`` is how many deliveries are
    handled at once, each with a connection of its own.
    """

    def __init__(
        self,
        inbox: AsyncInbox[E],
        handler: Callable[[Claimed[E], Any], Awaitable[object]],
        *,
        concurrency: int = 1,
        idle: float = 1,
    ) -> None:
        if concurrency < 1:
            raise ValueError("concurrency must be at least 1")
        self._inbox = inbox
        self._handler = handler
        self._concurrency = concurrency
        self._idle = idle
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Handles deliveries until :meth:`stop` is called, or the process gets SIGTERM or SIGINT.

        What is being handled then is handled to its end. A database that cannot be reached is
        waited for.
        """
        with self._stopped_by_signals():
            working = [asyncio.ensure_future(self._work()) for _ in range(self._concurrency)]
            try:
                await asyncio.gather(*working)
            finally:
                self._stopping.set()
                for one in working:
                    one.cancel()

    def stop(self) -> None:
        """Lets :meth:`run` return once what is being handled is done."""
        self._stopping.set()

    @contextmanager
    def _stopped_by_signals(self) -> Generator[None]:
        loop = asyncio.get_running_loop()
        numbers: list[signal.Signals] = []
        # Not in a thread other than the main one, and not on Windows.
        with suppress(NotImplementedError, RuntimeError, ValueError):
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, self.stop)
                numbers.append(number)
        try:
            yield
        finally:
            for number in numbers:
                loop.remove_signal_handler(number)

    async def _work(self) -> None:
        while not self._stopping.is_set():
            if not await self._step():
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), self._idle)

    async def _step(self) -> bool:
        """Handles one delivery; returns False if none is due or the database does not answer."""
        try:
            claimed = await self._inbox.claim(1)
        except InboxError as error:
            if error.retry_after is None:
                raise
            _log.no_claim(error)
            return False
        for one in claimed:
            extending = asyncio.ensure_future(self._extend(one))
            try:
                await self._handle(one)
            finally:
                extending.cancel()
        return bool(claimed)

    async def _handle(self, claimed: Claimed[E]) -> None:
        try:
            await self._attempt(claimed)
        except Exception as error:
            _log.failed(claimed, error)
            await self._release(claimed, error)
        else:
            _log.done(claimed)

    async def _attempt(self, claimed: Claimed[E]) -> None:
        settings = settings_of(self._inbox)
        async with open_connection(self._inbox) as conn, conn.transaction(settings):
            await conn.within(
                settings, lambda inbox, state: inbox.savepoint(claimed, state), begun=True
            )
            await self._handler(claimed, conn.given)
            await conn.within(
                settings, lambda inbox, state: inbox.complete(claimed, state), begun=True
            )

    async def _release(self, claimed: Claimed[E], failed: Exception) -> None:
        try:
            wait = await self._inbox.release(claimed, _log.kind(failed))
        except InboxError as error:
            # It is tried again when its lease ends.
            _log.not_released(claimed, error)
        else:
            _log.released(claimed, wait)

    async def _extend(self, claimed: Claimed[E]) -> None:
        while True:
            await asyncio.sleep(settings_of(self._inbox).any.lease / 3)
            try:
                await self._inbox.extend(claimed)
            except InboxError as error:
                # If the lease is lost, `complete` says so.
                _log.not_extended(claimed, error)
