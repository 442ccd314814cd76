"""The inbox on connections that block."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from hookseal._hookseal import _Inbox
from hookseal.inbox import _deliveries
from hookseal.inbox._connections import Connection, opened
from hookseal.inbox._connections import connection as make_connection
from hookseal.inbox._options import Settings
from hookseal.inbox._running import Make, alone, within

if TYPE_CHECKING:
    from hookseal import Body, Event, Headers
    from hookseal._hookseal import Claimed
    from hookseal.inbox._deliveries import Entry, Kept, Received, State, Stats
    from hookseal.inbox._options import Backoff, Dialect, Placeholder, Sources

__all__ = ["Inbox", "open_connection", "settings_of"]

E = TypeVar("E", bound="Event[str, Any]")


class Inbox(Generic[E]):
    """An inbox: verified deliveries, kept in your own database.

    ``connect`` is called for each of the inbox's own transactions. It returns a connection, which
    is then closed, or a context manager of one, such as ``pool.connection`` or
    ``contextlib.nullcontext`` of one that stays open. ``sources`` is the webhook, or several by
    name, each alone or with an :class:`Order`. A source's name must not change, for it is a part of
    each delivery's key; that of one webhook is its provider.

    ``prefix`` stands before the tables' names, ``hookseal_`` if it is not given. ``lease`` is how
    many seconds a claimed delivery is a worker's own, 60 if it is not given. Of connections that
    are not known, ``dialect`` says which SQL they speak, and ``placeholder`` how the driver marks
    parameters.
    """

    def __init__(
        self,
        connect: Callable[[], Any],
        sources: Sources[E],
        *,
        prefix: str | None = None,
        backoff: Backoff | None = None,
        lease: float | timedelta | None = None,
        dialect: Dialect | None = None,
        placeholder: Placeholder | None = None,
    ) -> None:
        self._connect = connect
        self._settings: Settings[E] = Settings(
            sources, prefix, backoff, lease, dialect, placeholder
        )

    @staticmethod
    def schema(dialect: Dialect, prefix: str | None = None) -> str:
        """Returns the SQL that makes the tables, for a migration of yours."""
        return _Inbox.schema(dialect, prefix)

    def migrate(self) -> bool:
        """Makes the tables, unless they are there, and returns whether it made them."""
        made: bool = self._alone(lambda inbox, state: inbox.migrate(state))
        return made

    def receive(
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
        outcome, is_conflict = self._alone(lambda inbox, state: inbox.store(verified, state))
        return _deliveries.Received(outcome, is_conflict, event)

    def once(self, connection: Any, event: E, *, source: str | None = None) -> bool:
        """Records an event as handled, and returns True the first time and False for a duplicate.

        It is a part of the transaction that is open on your connection: the record is committed, or
        rolled back, with what you write in it. If it raises, roll back and respond with the error's
        ``http_status``.
        """
        settings = self._settings
        conn = make_connection(connection, settings.dialect, settings.placeholder)

        def once() -> bool:
            first: bool = within(
                conn, settings, lambda inbox, state: inbox.once(source, event, state)
            )
            return first

        def check() -> None:
            # A transaction in which an error was caught can end like one that was committed.
            native = settings.native(conn.dialect, conn.placeholder)
            with conn.transaction(native):
                vanished = once()
                conn.abandon(native)
            if vanished:
                raise _Inbox.rolled_back()

        first = once()
        if first:
            conn.when_committed(check)
        return first

    def claim(self, limit: int = 1) -> list[Claimed[E]]:
        """Leases up to ``limit`` deliveries that are due, each verified again."""
        claimed: list[Claimed[E]] = self._alone(lambda inbox, state: inbox.claim(limit, state))
        return claimed

    def savepoint(self, connection: Any, claimed: Claimed[E]) -> None:
        """Sets a savepoint in the transaction that is open on your connection, before you handle a
        claimed delivery in it.

        Then :meth:`complete` raises ``unavailable`` if the database has rolled the transaction back
        in the meantime, as MariaDB does at a deadlock, and the error was caught. A :class:`Worker`
        does it by itself.
        """
        self._within(connection, lambda inbox, state: inbox.savepoint(claimed, state))

    def complete(self, connection: Any, claimed: Claimed[E]) -> None:
        """Records a claimed delivery as done, in the transaction that is open on your connection.

        It raises ``lease_lost`` if another worker has the delivery: roll back, for that one handles
        it.
        """
        self._within(connection, lambda inbox, state: inbox.complete(claimed, state))

    def release(self, claimed: Claimed[E], error: str) -> float | None:
        """Gives a claimed delivery back, to be tried again later.

        It returns the seconds that the delivery waits, or None if that was its last attempt and it
        is dead. ``error`` says what went wrong, for people: an error's class, not a payload.
        """
        wait: float | None = self._alone(
            lambda inbox, state: inbox.release(claimed, error, state)
        )
        return wait

    def dead(self, claimed: Claimed[E], error: str) -> None:
        """Records a claimed delivery as dead: it is not tried again until it is retried."""
        self._alone(lambda inbox, state: inbox.dead(claimed, error, state))

    def extend(self, claimed: Claimed[E]) -> None:
        """Begins a claimed delivery's lease anew, for work that takes longer."""
        self._alone(lambda inbox, state: inbox.extend(claimed, state))

    def stats(self) -> Stats:
        """Counts what is not done."""
        return _deliveries.stats(self._alone(lambda inbox, state: inbox.stats(state)))

    def openmetrics(self) -> str:
        """Returns the counts as OpenMetrics, for monitoring."""
        text: str = self._alone(lambda inbox, state: inbox.openmetrics(state))
        return text

    def list(
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
            self._alone(
                lambda inbox, open: inbox.list(
                    state, source, event_type, search, before, limit, open
                )
            )
        )

    def show(self, seq: int) -> Kept | None:
        """Returns what is kept of a delivery; None if there is none, or only its key was kept."""
        kept = self._alone(lambda inbox, state: inbox.show(seq, state))
        return None if kept is None else _deliveries.Kept(*kept)

    def retry(self, seq: int | None = None) -> int:
        """Lets dead deliveries be tried again, the one with this number or all; returns how many."""
        count: int = self._alone(lambda inbox, state: inbox.retry(seq, state))
        return count

    def replay(self, seq: int) -> bool:
        """Lets a delivery that is done be handled once more; returns whether there is such a one."""
        found: bool = self._alone(lambda inbox, state: inbox.replay(seq, state))
        return found

    def discard(self, seq: int) -> bool:
        """Takes a dead delivery for done, so that those after it are handled.

        It returns whether there is such a one.
        """
        found: bool = self._alone(lambda inbox, state: inbox.discard(seq, state))
        return found

    def prune(self, keep: float | timedelta | None = None) -> int:
        """Removes what was done more than ``keep`` seconds ago, and returns how many.

        What is done stays for at least as long as its key counts, what is not done for ever.
        """
        count: int = self._alone(lambda inbox, state: inbox.prune(keep, state))
        return count

    def _alone(self, make: Make) -> Any:
        """Runs an operation in transactions of its own."""
        with open_connection(self) as conn:
            return alone(conn, self._settings, make)

    def _within(self, given: Any, make: Make) -> Any:
        """Runs an operation in the transaction that is open on a connection of the user's."""
        settings = self._settings
        conn = make_connection(given, settings.dialect, settings.placeholder)
        return within(conn, settings, make)


def settings_of(inbox: Inbox[E]) -> Settings[E]:
    """Returns an inbox's options."""
    return inbox._settings  # pyright: ignore[reportPrivateUsage]


def open_connection(inbox: Inbox[Any]) -> AbstractContextManager[Connection]:
    """Opens a connection of an inbox's own."""
    settings = settings_of(inbox)
    connect = inbox._connect  # pyright: ignore[reportPrivateUsage]
    return opened(connect, settings.dialect, settings.placeholder)
