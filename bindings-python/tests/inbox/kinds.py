"""Each kind of connection, as a program uses it."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pymysql

from .servers import mysql, servers


class Kind:
    """A kind of connection: its engine, how it is opened, and how a program begins and ends a transaction."""

    def __init__(
        self,
        name: str,
        dialect: str,
        connect: Callable[[Path], Any],
        transaction: Callable[[Any], AbstractContextManager[Any]] | None = None,
        **options: Any,
    ) -> None:
        self.name = name
        self.dialect = dialect
        self.connect = connect
        self.begun = transaction or itself
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
    return lambda _: pymysql.connect(**mysql(), **options)  # type: ignore[call-overload]


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
if sys.version_info >= (3, 12):
    KINDS += [
        Kind("sqlite3-autocommit-true", "sqlite", sqlite(autocommit=True), written),
        Kind("sqlite3-autocommit-false", "sqlite", sqlite(autocommit=False)),
    ]
