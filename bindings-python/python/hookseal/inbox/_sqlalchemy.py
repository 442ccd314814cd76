"""Connections and sessions of SQLAlchemy 2."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any

from hookseal._hookseal import _Inbox
from hookseal.inbox._connections import Connection, Psycopg, Pymysql, begins_before_writes
from hookseal.inbox._modules import classes
from hookseal.inbox._running import run

__all__ = ["Session", "Sqlalchemy"]

_MARKS = {
    "qmark": "question",
    "format": "percent",
    "pyformat": "percent",
    "numeric_dollar": "dollar",
}


class Sqlalchemy(Connection):
    """A connection of SQLAlchemy's."""

    def __init__(self, given: Any) -> None:
        mark = _MARKS.get(given.dialect.paramstyle)
        if mark is None:
            raise TypeError(
                f"the driver {given.dialect.driver} marks parameters in a way that is not known"
            )
        super().__init__(given, given.dialect.name, mark)

    def state(self) -> bool | None:
        return bool(self.given.in_transaction())

    def join(self, native: _Inbox) -> bool | None:
        raw = self.given.connection.driver_connection
        names = set(classes(raw))
        if self.dialect == "sqlite" and hasattr(raw, "in_transaction"):
            if begins_before_writes(raw):
                run(native.begin(False), self)
            return bool(raw.in_transaction)
        if "psycopg.Connection" in names or "psycopg.AsyncConnection" in names:
            return Psycopg(raw, self.dialect).join(native)
        if "pymysql.connections.Connection" in names:
            return Pymysql(raw, self.dialect).join(native)
        return None

    def run(self, sql: str, parameters: Sequence[Any], kind: str) -> list[Any] | int:
        result = self.given.exec_driver_sql(sql, tuple(parameters) or None)
        if kind == "query":
            rows: list[Any] = result.all()
            return rows
        count: int = result.rowcount if kind == "change" else 0
        return count

    @contextmanager
    def alone(self) -> Generator[bool | None]:
        # The isolation level cannot be changed in an open transaction, which is refused.
        if self.given.in_transaction():
            yield True
            return
        level = self.given.get_execution_options().get(
            "isolation_level", self.given.default_isolation_level
        )
        self.given.execution_options(isolation_level="AUTOCOMMIT")
        try:
            yield False
        finally:
            if not self.given.invalidated:
                # What SQLAlchemy takes for its own transaction.
                self.given.rollback()
                self.given.execution_options(isolation_level=level)

    @contextmanager
    def transaction(self, native: _Inbox) -> Generator[None]:
        with self.given.begin():
            self.join(native)
            yield


class Session(Connection):
    """A session of SQLAlchemy's ORM."""

    def __init__(self, given: Any) -> None:
        dialect = given.get_bind().dialect
        super().__init__(given, dialect.name, _MARKS.get(dialect.paramstyle))

    def state(self) -> bool | None:
        return bool(self.given.in_transaction())

    def join(self, native: _Inbox) -> bool | None:
        return Sqlalchemy(self.given.connection()).join(native)

    def run(self, sql: str, parameters: Sequence[Any], kind: str) -> list[Any] | int:
        return Sqlalchemy(self.given.connection()).run(sql, parameters, kind)

    @contextmanager
    def alone(self) -> Generator[bool | None]:
        if self.given.in_transaction():
            yield True
            return
        self.given.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
        try:
            yield False
        finally:
            self.given.rollback()

    @contextmanager
    def transaction(self, native: _Inbox) -> Generator[None]:
        with self.given.begin():
            self.join(native)
            yield
