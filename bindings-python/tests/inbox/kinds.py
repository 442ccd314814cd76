"""Each kind of connection, as a program uses it."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import (
    AbstractAsyncContextManager,
    asynccontextmanager,
    contextmanager,
)
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
import psycopg
import psycopg2
import pymysql
from examples import QUICK
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from hookseal.inbox._async_connections import opened

from . import project
from .servers import mysql, servers


class Kind:
    """A kind of connection: its engine, how it is opened, and how a program begins and ends a transaction."""

    def __init__(
        self,
        name: str,
        engine: str,
        connect: Callable[[Path], Any],
        transaction: Callable[[Any], Any] | None = None,
        **options: Any,
    ) -> None:
        self.name = name
        self.dialect = engine
        self.connect = connect
        self.begun: Callable[[Any], Any] = transaction or itself
        self.options = options

    def __repr__(self) -> str:
        return self.name

    def run(self, connection: Any, sql: str) -> Any:
        """Runs a statement, and returns its first row's first value, if it has one."""
        cursor = connection.cursor()
        cursor.execute(sql)
        row = cursor.fetchone() if cursor.description else None
        cursor.close()
        while isinstance(row, dict):
            row = next(iter(row.values()))
        return row[0] if isinstance(row, tuple) else row

    @contextmanager
    def transaction(self, folder: Path) -> Generator[Any]:
        """A connection with a transaction as a program has it, committed unless it is left by an error."""
        connection = self.connect(folder)
        try:
            with self.begun(connection):
                yield connection
        finally:
            connection.close()


@contextmanager
def itself(connection: Any) -> Generator[None]:
    """The transaction that the driver begins by itself."""
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


@contextmanager
def written(connection: Any) -> Generator[None]:
    """One that the program begins in SQL."""
    connection.execute("BEGIN")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def begun(connection: Any) -> Generator[None]:
    connection.begin()
    with itself(connection):
        yield


def path(folder: Path) -> Path:
    return folder / "inbox.sqlite"


def sqlite(**options: Any) -> Callable[[Path], Any]:
    return lambda folder: sqlite3.connect(path(folder), timeout=60, **options)


def postgresql(**options: Any) -> Callable[[Path], Any]:
    return lambda _: psycopg.connect(servers().postgresql, **options)


def mariadb(**options: Any) -> Callable[[Path], Any]:
    return lambda _: pymysql.connect(**mysql(), **options)


def rows_are_dicts(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path(folder), timeout=60)
    connection.row_factory = lambda cursor, row: {"row": row}
    return connection


KINDS = [
    Kind("sqlite3", "sqlite", sqlite()),
    Kind("sqlite3-rows", "sqlite", rows_are_dicts),
    Kind("sqlite3-isolation-none", "sqlite", sqlite(isolation_level=None), written),
    Kind("psycopg", "postgresql", postgresql()),
    Kind("psycopg-autocommit", "postgresql", postgresql(autocommit=True), lambda c: c.transaction()),
    Kind("psycopg-dicts", "postgresql", postgresql(row_factory=psycopg.rows.dict_row)),
    Kind("pymysql", "mysql", mariadb()),
    Kind("pymysql-autocommit", "mysql", mariadb(autocommit=True), begun),
    Kind("pymysql-dicts", "mysql", mariadb(cursorclass=pymysql.cursors.DictCursor)),
]

def sqlalchemy(url: Callable[[Path], str], **options: Any) -> Callable[[Path], Any]:
    return lambda folder: create_engine(url(folder), poolclass=NullPool, **options).connect()


def session(url: Callable[[Path], str]) -> Callable[[Path], Any]:
    return lambda folder: Session(create_engine(url(folder), poolclass=NullPool))


def sqlite_url(driver: str) -> Callable[[Path], str]:
    return lambda folder: f"sqlite+{driver}:///{path(folder)}?timeout=60"


def postgresql_url(driver: str) -> Callable[[Path], str]:
    return lambda _: servers().postgresql.replace("postgresql:", f"postgresql+{driver}:")


def mysql_url(driver: str) -> Callable[[Path], str]:
    return lambda _: servers().mysql.replace("mysql:", f"mysql+{driver}:")


class Sqlalchemy(Kind):
    """A kind of connection of SQLAlchemy's."""

    def run(self, connection: Any, sql: str) -> Any:
        if hasattr(connection, "connection") and callable(connection.connection):
            connection = connection.connection()
        result = connection.exec_driver_sql(sql)
        return result.scalar() if result.returns_rows else None


class Django(Kind):
    """Django's connection of a database."""

    def __init__(self, name: str, engine: str, alias: str) -> None:
        super().__init__(name, engine, lambda folder: project.connection(alias, folder), atomic)

    @contextmanager
    def transaction(self, folder: Path) -> Generator[Any]:
        connection = self.connect(folder)
        with atomic(connection):
            yield connection


@contextmanager
def atomic(connection: Any) -> Generator[None]:
    from django.db import transaction

    with transaction.atomic(using=connection.alias):
        yield


KINDS += [
    Sqlalchemy("sqlalchemy-sqlite", "sqlite", sqlalchemy(sqlite_url("pysqlite"))),
    Sqlalchemy("sqlalchemy-psycopg", "postgresql", sqlalchemy(postgresql_url("psycopg"))),
    Sqlalchemy("sqlalchemy-pymysql", "mysql", sqlalchemy(mysql_url("pymysql"))),
    Sqlalchemy("session-sqlite", "sqlite", session(sqlite_url("pysqlite"))),
    Sqlalchemy("session-psycopg", "postgresql", session(postgresql_url("psycopg"))),
    Sqlalchemy("session-pymysql", "mysql", session(mysql_url("pymysql"))),
    Kind(
        "dbapi-psycopg2",
        "postgresql",
        lambda _: psycopg2.connect(servers().postgresql),
        dialect="postgresql",
    ),
    Django("django-sqlite", "sqlite", "sqlite"),
    Django("django-postgresql", "postgresql", "postgresql"),
    Django("django-mysql", "mysql", "mysql"),
]

class Loop:
    """Runs coroutines for tests that know of none."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()

    def run(self, awaitable: Any) -> Any:
        async def wait() -> Any:
            return await awaitable

        return self._loop.run_until_complete(wait())

    @contextmanager
    def within(self, manager: AbstractAsyncContextManager[Any]) -> Generator[Any]:
        value = self.run(manager.__aenter__())
        try:
            yield value
        except BaseException as error:
            if not self.run(manager.__aexit__(type(error), error, error.__traceback__)):
                raise
        else:
            self.run(manager.__aexit__(None, None, None))


LOOP = Loop()


class Async(Kind):
    """An asynchronous kind of connection."""

    @contextmanager
    def transaction(self, folder: Path) -> Generator[Any]:
        with LOOP.within(opened(lambda: self.connect(folder))) as connection:
            given = connection.given
            with LOOP.within(self.begun(given)):
                yield given

    def run(self, connection: Any, sql: str) -> Any:
        return LOOP.run(self.arun(connection, sql))

    async def arun(self, connection: Any, sql: str) -> Any:
        """The same in a coroutine."""
        if hasattr(connection, "run_sync"):
            of = Sqlalchemy.run
            return await connection.run_sync(lambda given: of(self, given, sql))  # type: ignore[arg-type]
        cursor = await connection.execute(sql)
        row = await cursor.fetchone() if cursor.description else None
        await cursor.close()
        return row[0] if row else None


@asynccontextmanager
async def async_itself(connection: Any) -> AsyncGenerator[None]:
    try:
        yield
    except BaseException:
        await connection.rollback()
        raise
    await connection.commit()


def async_engine(url: Callable[[Path], str]) -> Callable[[Path], Any]:
    return lambda folder: create_async_engine(url(folder), poolclass=NullPool).connect()


def async_session(url: Callable[[Path], str]) -> Callable[[Path], Any]:
    return lambda folder: AsyncSession(create_async_engine(url(folder), poolclass=NullPool))


def async_psycopg(**options: Any) -> Callable[[Path], Any]:
    return lambda _: psycopg.AsyncConnection.connect(servers().postgresql, **options)


ASYNC_KINDS = [
    Async("async-psycopg", "postgresql", async_psycopg(), async_itself),
    Async(
        "async-psycopg-autocommit",
        "postgresql",
        async_psycopg(autocommit=True),
        lambda connection: connection.transaction(),
    ),
    Async(
        "aiosqlite",
        "sqlite",
        lambda folder: aiosqlite.connect(path(folder), timeout=60),
        async_itself,
    ),
    Async("async-sqlalchemy-aiosqlite", "sqlite", async_engine(sqlite_url("aiosqlite")), async_itself),
    Async("async-sqlalchemy-psycopg", "postgresql", async_engine(postgresql_url("psycopg")), async_itself),
    Async("async-sqlalchemy-asyncpg", "postgresql", async_engine(postgresql_url("asyncpg")), async_itself),
    Async("async-sqlalchemy-asyncmy", "mysql", async_engine(mysql_url("asyncmy")), async_itself),
    Async("async-session-aiosqlite", "sqlite", async_session(sqlite_url("aiosqlite")), async_itself),
    Async("async-session-asyncpg", "postgresql", async_session(postgresql_url("asyncpg")), async_itself),
    Async("async-session-asyncmy", "mysql", async_session(mysql_url("asyncmy")), async_itself),
]
if sys.version_info >= (3, 12):
    KINDS += [
        Kind("sqlite3-autocommit-true", "sqlite", sqlite(autocommit=True), written),
        Kind("sqlite3-autocommit-false", "sqlite", sqlite(autocommit=False)),
    ]

# What is tried with the second and further Pythons: the drivers themselves, whose behaviour may differ.
_QUICK = ("psycopg", "pymysql", "async-psycopg", "aiosqlite")


K = TypeVar("K", bound=Kind)


def tried(kinds: list[K]) -> list[K]:
    """The kinds to try with this Python."""
    return [kind for kind in kinds if not QUICK or kind.name.startswith("sqlite3") or kind.name in _QUICK]
