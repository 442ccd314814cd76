"""A worker: it claims deliveries and gives each to a handler, in a transaction."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from hookseal._exceptions import InboxError
from hookseal.inbox import _log
from hookseal.inbox._errors import is_database_error
from hookseal.inbox._inbox import open_connection, settings_of
from hookseal.inbox._modules import leave_thread
from hookseal.inbox._running import within

if TYPE_CHECKING:
    from hookseal import Event
    from hookseal._hookseal import Claimed
    from hookseal.inbox._inbox import Inbox

__all__ = ["Worker"]

E = TypeVar("E", bound="Event[str, Any]")

_SIGNALS = (signal.SIGTERM, signal.SIGINT)

# How often the main thread looks for a signal that another thread got, in seconds.
_AWAKE = 0.5


@contextmanager
def _without_signals() -> Generator[None]:
    """Lets threads that are started in it leave the signals to the main thread, which alone runs their handlers."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Worker(Generic[E]):
    """Handles what an inbox holds, until it is told to stop.

    ``handler`` is called with each claimed delivery and a connection on which a transaction is
    open. What it writes there is committed together with the record that the delivery is done. If
    it raises, that is rolled back, and the delivery is tried again later. ``concurrency`` is how
    many deliveries are handled at once, each in a thread with a connection of its own; ``idle`` how
    many seconds to wait before looking again when nothing is due.

    While a delivery is handled its lease is extended. On SQLite a handler's transaction keeps other
    writers waiting, ``receive`` too: do what takes long before or after it.
    """

    def __init__(
        self,
        inbox: Inbox[E],
        handler: Callable[[Claimed[E], Any], object],
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
        self._stopping = threading.Event()
        self._held: dict[int, Claimed[E]] = {}
        self._failed: BaseException | None = None

    def run(self) -> None:
        """Handles deliveries until :meth:`stop` is called, or the process gets SIGTERM or SIGINT.

        What is being handled then is handled to its end. A database that cannot be reached is
        waited for.
        """
        done = threading.Event()
        extending = threading.Thread(target=self._extend, args=(done,), daemon=True)
        workers = [threading.Thread(target=self._work) for _ in range(self._concurrency)]
        with self._stopped_by_signals():
            with _without_signals():
                for thread in (extending, *workers):
                    thread.start()
            try:
                for thread in workers:
                    # A thread of the program's own may get the signal: its handler runs when this one wakes.
                    while thread.is_alive():
                        thread.join(_AWAKE)
            finally:
                self._stopping.set()
                done.set()
                extending.join()
        if self._failed is not None:
            raise self._failed

    def stop(self) -> None:
        """Lets :meth:`run` return once what is being handled is done. Any thread may call it."""
        self._stopping.set()

    @contextmanager
    def _stopped_by_signals(self) -> Generator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def stop(*_: object) -> None:
            self.stop()

        before = {number: signal.signal(number, stop) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _work(self) -> None:
        try:
            while not self._stopping.is_set():
                if not self._step():
                    self._stopping.wait(self._idle)
        except BaseException as error:
            # What is no error of the database's or the handler's ends the worker.
            self._failed = error
            self._stopping.set()
        finally:
            leave_thread()

    def _step(self) -> bool:
        """Handles one delivery; returns False if none is due or the database does not answer."""
        try:
            claimed = self._inbox.claim(1)
        except InboxError as error:
            if error.retry_after is None:
                raise
            _log.no_claim(error)
            return False
        for one in claimed:
            self._held[one.seq] = one
            try:
                self._handle(one)
            finally:
                self._held.pop(one.seq, None)
        return bool(claimed)

    def _handle(self, claimed: Claimed[E]) -> None:
        try:
            self._attempt(claimed)
        except Exception as error:
            _log.failed(claimed, error)
            self._release(claimed, error)
        else:
            _log.done(claimed)

    def _attempt(self, claimed: Claimed[E]) -> None:
        settings = settings_of(self._inbox)
        with open_connection(self._inbox) as conn:
            native = settings.native(conn.dialect, conn.placeholder)
            with conn.transaction(native):
                within(
                    conn, settings, lambda inbox, state: inbox.savepoint(claimed, state), begun=True
                )
                self._handler(claimed, conn.given)
                within(
                    conn, settings, lambda inbox, state: inbox.complete(claimed, state), begun=True
                )

    def _release(self, claimed: Claimed[E], failed: Exception) -> None:
        try:
            wait = self._inbox.release(claimed, _log.kind(failed))
        except InboxError as error:
            # It is tried again when its lease ends.
            _log.not_released(claimed, error)
        else:
            _log.released(claimed, wait)

    def _extend(self, done: threading.Event) -> None:
        try:
            self._extend_until(done)
        finally:
            leave_thread()

    def _extend_until(self, done: threading.Event) -> None:
        while not done.wait(settings_of(self._inbox).any.lease / 3):
            for claimed in list(self._held.values()):
                try:
                    self._inbox.extend(claimed)
                except Exception as error:
                    if not isinstance(error, InboxError) and not is_database_error(error):
                        raise
                    # If the lease is lost, `complete` says so.
                    _log.not_extended(claimed, error)
