"""The asynchronous connections that an inbox runs its statements on."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from inspect import isawaitable
from typing import TYPE_CHECKING, Any

from hookseal._exceptions import HooksealError, InboxError
from hookseal._hookseal import _Inbox
from hookseal.inbox import _running
from hookseal.inbox._connections import begins_before_writes
from hookseal.inbox._errors import describe, is_database_error
from hookseal.inbox._modules import attribute, classes

if TYPE_CHECKING:
    from hookseal._hookseal import _Operation
    from hookseal.inbox._options import Settings
    from hookseal.inbox._running import Make

__all__ = ["AsyncConnection", "connection", "opened"]


class AsyncConnection:
    """The base of those that run one statement after the other."""

    dialect: str
    placeholder: str

    def __init__(self, given: Any) -> None:
        self.given = given

    async def alone(self, settings: Settings[Any], make: Make) -> Any:
        """Runs an operation in transactions of its own."""
        async with self.switched() as state:
            native = self.native(settings)
            try:
                return await self.operate(make(native, state))
            except HooksealError:
                raise
            except BaseException:
                await self.abandon(native)
                raise

    async def within(self, settings: Settings[Any], make: Make, *, begun: bool = False) -> Any:
        """Runs an operation in the transaction that is open on a connection of the user's."""
        native = self.native(settings)
        return await self.operate(make(native, self.state() if begun else await self.join(native)))

    def native(self, settings: Settings[Any]) -> _Inbox:
        """Returns the native inbox for this kind of connection."""
        return settings.native(self.dialect, self.placeholder)

    async def operate(self, operation: _Operation) -> Any:
        """Runs an operation's statements, and returns its result."""
        asked = operation.start()
        while asked is not None:
            try:
                reply = await self.run(*asked)
            except Exception as error:
                if not is_database_error(error):
                    raise
                asked = operation.fail(*describe(error))
            else:
                asked = operation.resume(reply)
        # Not raised from the driver's error, as in `_running.run`.
        return operation.result()

    def state(self) -> bool | None:
        """Returns whether a transaction is open."""
        raise NotImplementedError

    async def join(self, native: _Inbox) -> bool | None:
        """Returns whether what follows belongs to a transaction, which the driver may begin."""
        raise NotImplementedError

    async def run(self, sql: str, parameters: Sequence[Any], kind: str) -> list[Any] | int:
        """Runs a statement, and returns its rows or how many it changed."""
        cursor = self.cursor()
        try:
            await cursor.execute(sql, parameters or None)
            if kind == "query":
                rows: list[Any] = await cursor.fetchall()
                return rows
            count: int = cursor.rowcount if kind == "change" else 0
            return count
        finally:
            await cursor.close()

    def cursor(self) -> Any:
        """Returns a cursor whose rows are sequences."""
        raise NotImplementedError

    @asynccontextmanager
    async def switched(self) -> AsyncGenerator[bool | None]:
        """Lets the inbox begin and commit by itself; gives whether a transaction is open."""
        yield self.state()

    @asynccontextmanager
    async def transaction(self, settings: Settings[Any]) -> AsyncGenerator[None]:
        """Runs what is within in a transaction, which it commits."""
        yield

    async def abandon(self, native: _Inbox) -> None:
        """Rolls an open transaction back; nothing if the connection is lost."""
        with suppress(InboxError):
            await self.operate(native.rollback())

    async def close(self) -> None:
        """Closes the connection."""
        await self.given.close()


class AsyncPsycopg(AsyncConnection):
    """An asynchronous connection of psycopg 3."""

    dialect = "postgresql"
    placeholder = "percent"
    IDLE = 0

    def state(self) -> bool | None:
        return bool(self.given.info.transaction_status != self.IDLE)

    async def join(self, native: _Inbox) -> bool | None:
        return self.state() or not self.given.autocommit

    def cursor(self) -> Any:
        return self.given.cursor(row_factory=attribute("psycopg.rows", "tuple_row"))

    @asynccontextmanager
    async def switched(self) -> AsyncGenerator[bool | None]:
        if self.given.autocommit or self.state():
            yield self.state()
            return
        await self.given.set_autocommit(True)
        try:
            yield False
        finally:
            if not self.given.closed and not self.state():
                await self.given.set_autocommit(False)

    @asynccontextmanager
    async def transaction(self, settings: Settings[Any]) -> AsyncGenerator[None]:
        async with self.given.transaction():
            yield


class Aiosqlite(AsyncConnection):
    """A connection of aiosqlite."""

    dialect = "sqlite"
    placeholder = "question"

    def state(self) -> bool | None:
        return bool(self.given.in_transaction)

    async def join(self, native: _Inbox) -> bool | None:
        if begins_before_writes(self.given):
            await self.operate(native.begin(False))
        return self.state()

    async def run(self, sql: str, parameters: Sequence[Any], kind: str) -> list[Any] | int:
        async with self.given.execute(sql, parameters) as cursor:
            cursor.row_factory = None
            if kind == "query":
                return list(await cursor.fetchall())
            count: int = cursor.rowcount if kind == "change" else 0
            return count

    @asynccontextmanager
    async def transaction(self, settings: Settings[Any]) -> AsyncGenerator[None]:
        native = self.native(settings)
        await self.operate(native.begin(self.state()))
        try:
            yield
        except BaseException:
            await self.abandon(native)
            raise
        await self.operate(native.commit())


class AsyncSqlalchemy(AsyncConnection):
    """An asynchronous connection or session of SQLAlchemy's, which runs what blocks by itself."""

    async def alone(self, settings: Settings[Any], make: Make) -> Any:
        def run(given: Any) -> Any:
            return _running.alone(_known(given), settings, make)

        return await self.given.run_sync(run)

    async def within(self, settings: Settings[Any], make: Make, *, begun: bool = False) -> Any:
        def run(given: Any) -> Any:
            return _running.within(_known(given), settings, make, begun=begun)

        return await self.given.run_sync(run)

    @asynccontextmanager
    async def transaction(self, settings: Settings[Any]) -> AsyncGenerator[None]:
        async with self.given.begin():

            def join(given: Any) -> None:
                conn = _known(given)
                conn.join(settings.native(conn.dialect, conn.placeholder))

            await self.given.run_sync(join)
            yield


def _known(given: Any) -> Any:
    from hookseal.inbox import _connections

    return _connections.connection(given)


_KINDS: dict[str, type[AsyncConnection]] = {
    "psycopg.AsyncConnection": AsyncPsycopg,
    "aiosqlite.core.Connection": Aiosqlite,
    "sqlalchemy.ext.asyncio.engine.AsyncConnection": AsyncSqlalchemy,
    "sqlalchemy.ext.asyncio.session.AsyncSession": AsyncSqlalchemy,
}


def connection(given: Any) -> AsyncConnection:
    """Returns what runs statements on this connection."""
    for name in classes(given):
        if name in _KINDS:
            return _KINDS[name](given)
    raise TypeError(
        f"{type(given).__name__} is no asynchronous connection that is known: pass one of psycopg, "
        "SQLAlchemy or aiosqlite, or use Inbox in a thread"
    )


@asynccontextmanager
async def opened(connect: Callable[[], Any]) -> AsyncGenerator[AsyncConnection]:
    """Opens what ``connect`` returns: a connection, which is closed, or a context manager of one.

    It may also be an awaitable of a connection, as ``AsyncConnection.connect`` of psycopg returns.
    """
    async with AsyncExitStack() as stack:
        try:
            given = connect()
            if isawaitable(given) and not hasattr(given, "__aenter__"):
                given = await given
            found = await _entered(given, stack)
        except Exception as error:
            if is_database_error(error):
                raise _Inbox.unreachable() from error
            raise
        yield found


async def _entered(given: Any, stack: AsyncExitStack) -> AsyncConnection:
    if not _is_known(given):
        if hasattr(given, "__aenter__"):
            given = await stack.enter_async_context(given)
        return connection(given)
    # Some are made at once, and connect when they are awaited.
    if isawaitable(given):
        await given
    found = connection(given)
    stack.push_async_callback(found.close)
    return found


def _is_known(given: Any) -> bool:
    return any(name in _KINDS for name in classes(given))
