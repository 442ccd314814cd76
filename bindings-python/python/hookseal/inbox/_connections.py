"""The connections that an inbox runs its statements on, told apart by their types."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any

from hookseal._exceptions import InboxError
from hookseal._hookseal import _Inbox
from hookseal.inbox._errors import is_database_error
from hookseal.inbox._modules import attribute, classes
from hookseal.inbox._running import run

if TYPE_CHECKING:
    from hookseal.inbox._options import Dialect, Placeholder

__all__ = ["Connection", "connection", "opened"]


class Connection:
    """A DB-API connection of any driver, and the base of those that are known."""

    dialect: str
    placeholder: str = "percent"

    def __init__(self, given: Any, dialect: str, placeholder: str | None = None) -> None:
        self.given = given
        self.dialect = dialect
        if placeholder is not None:
            self.placeholder = placeholder
        elif dialect == "sqlite":
            self.placeholder = "question"

    def state(self) -> bool | None:
        """Returns whether a transaction is open; None if only the database knows."""
        return None

    def join(self, native: _Inbox) -> bool | None:
        """Returns whether what follows belongs to a transaction, which the driver may begin."""
        del native
        return self.state()

    def begun(self) -> bool | None:
        """Returns whether the transaction that was begun is still open."""
        return self.state()

    def run(self, sql: str, parameters: Sequence[Any], kind: str) -> list[Any] | int:
        """Runs a statement, and returns its rows or how many it changed."""
        cursor = self.cursor()
        try:
            if parameters:
                cursor.execute(sql, parameters)
            else:
                cursor.execute(sql)
            if kind == "query":
                rows: list[Any] = cursor.fetchall()
                return rows
            count: int = cursor.rowcount if kind == "change" else 0
            return count
        finally:
            cursor.close()

    def cursor(self) -> Any:
        """Returns a cursor whose rows are sequences."""
        return self.given.cursor()

    @contextmanager
    def alone(self) -> Generator[bool | None]:
        """Lets the inbox begin and commit by itself; gives whether a transaction is open."""
        before = getattr(self.given, "autocommit", None)
        switches = callable(before) or before is False
        try:
            if switches:
                self._set_autocommit(before, True)
        except Exception as error:
            if not is_database_error(error):
                raise
            # Drivers refuse it while a transaction is open.
            yield True
            return
        try:
            yield None
        finally:
            if switches:
                self._set_autocommit(before, False)

    def _set_autocommit(self, before: Any, on: bool) -> None:
        if callable(before):
            before(on)
        else:
            self.given.autocommit = on

    @contextmanager
    def transaction(self, native: _Inbox) -> Generator[None]:
        """Runs what is within in a transaction, which it commits."""
        with self.alone() as state:
            run(native.begin(state), self)
            try:
                yield
            except BaseException:
                self.abandon(native)
                raise
            run(native.commit(), self)

    def when_committed(self, check: Callable[[], None]) -> None:
        """Lets a check run once the open transaction is committed, where that can be known."""

    def abandon(self, native: _Inbox) -> None:
        """Rolls an open transaction back; nothing if the connection is lost."""
        with suppress(InboxError):
            run(native.rollback(), self)

    def close(self) -> None:
        """Closes the connection."""
        self.given.close()


class Sqlite(Connection):
    """A connection of ``sqlite3``."""

    def state(self) -> bool | None:
        return bool(self.given.in_transaction)

    def join(self, native: _Inbox) -> bool | None:
        if begins_before_writes(self.given):
            # As the driver would before the first write, and so that no other writer comes between
            # what is read and that.
            run(native.begin(False), self)
        return self.state()

    def cursor(self) -> Any:
        cursor = self.given.cursor()
        cursor.row_factory = None
        return cursor

    @contextmanager
    def alone(self) -> Generator[bool | None]:
        # In PEP 249's mode a transaction is always open. Nothing can be lost of one in which
        # nothing was written.
        if getattr(self.given, "autocommit", None) is False and not self.given.total_changes:
            self.given.autocommit = True
            try:
                yield False
            finally:
                self.given.autocommit = False
        else:
            yield self.state()


def begins_before_writes(sqlite: Any) -> bool:
    """Returns True if no transaction is open, and the driver begins one before a write."""
    if sqlite.in_transaction or sqlite.isolation_level is None:
        return False
    return getattr(sqlite, "autocommit", -1) == -1


class Psycopg(Connection):
    """A connection of psycopg 3."""

    IDLE = 0

    def state(self) -> bool | None:
        return bool(self.given.info.transaction_status != self.IDLE)

    def join(self, native: _Inbox) -> bool | None:
        return self.state() or not self.given.autocommit

    def cursor(self) -> Any:
        return self.given.cursor(row_factory=attribute("psycopg.rows", "tuple_row"))

    @contextmanager
    def alone(self) -> Generator[bool | None]:
        # An open transaction is refused, and the mode can only be set outside of one.
        if self.given.autocommit or self.state():
            yield self.state()
            return
        self.given.autocommit = True
        try:
            yield False
        finally:
            if not self.given.closed and not self.state():
                self.given.autocommit = False

    @contextmanager
    def transaction(self, native: _Inbox) -> Generator[None]:
        with self.given.transaction():
            yield


class Pymysql(Connection):
    """A connection of PyMySQL."""

    IN_TRANSACTION = 1

    def state(self) -> bool | None:
        return bool(self.given.server_status & self.IN_TRANSACTION)

    def join(self, native: _Inbox) -> bool | None:
        return self.state() or not self.given.get_autocommit()

    def begun(self) -> bool | None:
        # A deadlock ends it without the driver's knowledge.
        return None

    def cursor(self) -> Any:
        return self.given.cursor(attribute("pymysql.cursors", "Cursor"))

    @contextmanager
    def alone(self) -> Generator[bool | None]:
        # Setting it would commit what is open, which is refused.
        if self.given.get_autocommit() or self.state():
            yield self.state()
            return
        self.given.autocommit(True)
        try:
            yield False
        finally:
            if self.given.open and not self.state():
                self.given.autocommit(False)


class Django(Connection):
    """One of ``django.db.connections``."""

    def __init__(self, given: Any) -> None:
        super().__init__(given, given.vendor, "percent")

    def state(self) -> bool | None:
        return bool(self.given.in_atomic_block or not self.given.get_autocommit())

    @contextmanager
    def alone(self) -> Generator[bool | None]:
        yield self.state()

    @contextmanager
    def transaction(self, native: _Inbox) -> Generator[None]:
        with attribute("django.db.transaction", "atomic")(using=self.given.alias):
            yield

    def when_committed(self, check: Callable[[], None]) -> None:
        self.given.on_commit(check)

    def abandon(self, native: _Inbox) -> None:
        if self.given.in_atomic_block:
            self.given.set_rollback(True)
        else:
            super().abandon(native)

    def close(self) -> None:
        self.given.close_if_unusable_or_obsolete()


def connection(
    given: Any, dialect: Dialect | None = None, placeholder: Placeholder | None = None
) -> Connection:
    """Returns what runs statements on this connection."""
    found = known(given)
    if found is not None:
        return found
    if dialect is not None and hasattr(given, "cursor"):
        return Connection(given, dialect, placeholder)
    advice = (
        "give the inbox its dialect: sqlite, postgresql or mysql"
        if hasattr(given, "cursor")
        else "pass a connection, such as of sqlite3, psycopg, PyMySQL, SQLAlchemy or Django"
    )
    raise TypeError(f"{type(given).__name__} is no connection that is known: {advice}")


def known(given: Any) -> Connection | None:
    """Returns what runs statements on a connection of a known type."""
    for name in classes(given):
        if name == "sqlite3.Connection":
            return Sqlite(given, "sqlite")
        if name == "psycopg.Connection":
            return Psycopg(given, "postgresql")
        if name == "pymysql.connections.Connection":
            return Pymysql(given, "mysql")
        if name == "django.utils.connection.ConnectionProxy":
            return Django(given._connections[given._alias])
        if name == "django.db.backends.base.base.BaseDatabaseWrapper":
            return Django(given)
        if name in ("sqlalchemy.engine.base.Connection", "sqlalchemy.orm.session.Session"):
            from hookseal.inbox import _sqlalchemy

            kind = _sqlalchemy.Session if name.endswith("Session") else _sqlalchemy.Sqlalchemy
            return kind(given)
    return None


@contextmanager
def opened(
    connect: Callable[[], Any], dialect: Dialect | None, placeholder: Placeholder | None
) -> Generator[Connection]:
    """Opens what ``connect`` returns: a connection, which is closed, or a context manager of one."""
    with ExitStack() as stack:
        try:
            given = connect()
            if known(given) is None and not hasattr(given, "cursor"):
                if hasattr(given, "__enter__"):
                    given = stack.enter_context(given)
                found = connection(given, dialect, placeholder)
            else:
                found = connection(given, dialect, placeholder)
                stack.callback(found.close)
        except Exception as error:
            if is_database_error(error):
                raise _Inbox.unreachable() from error
            raise
        yield found
