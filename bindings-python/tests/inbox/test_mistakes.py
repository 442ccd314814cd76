"""What a program does wrong is told, and nothing is lost by it."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pymysql
import pytest

import hookseal
from hookseal.inbox import Backoff, Inbox, InboxError, Order
from hookseal.inbox._connections import connection as make

from .conftest import make_program
from .kinds import KINDS, Kind, mariadb, path, postgresql, sqlite
from .program import WEBHOOK, Program, body

# Connections that commit each statement by itself, and have no transaction open.
AUTOCOMMIT = [
    Kind("sqlite3", "sqlite", sqlite(isolation_level=None)),
    Kind("psycopg", "postgresql", postgresql(autocommit=True)),
    Kind("pymysql", "mysql", mariadb(autocommit=True)),
]


@pytest.mark.parametrize("kind", AUTOCOMMIT, ids=repr)
def test_once_and_complete_in_no_transaction(kind: Kind, tmp_path: Path) -> None:
    program = make_program(kind, tmp_path).migrated()
    program.receive(body("e1"))
    (claimed,) = program.inbox.claim()
    connection = kind.connect(tmp_path)
    outsides: list[Callable[[], object]] = [
        lambda: program.inbox.once(connection, program.event(body("e2"))),
        lambda: program.inbox.complete(connection, claimed),
    ]
    for outside in outsides:
        with pytest.raises(InboxError, match="begin one") as raised:
            outside()
        assert (raised.value.code, raised.value.http_status) == ("no_transaction", 500)
    connection.close()
    assert program.states() == ["leased"]


def test_a_transaction_is_open_where_the_inbox_commits_its_own(program: Program) -> None:
    program.migrated()
    with program.transaction() as connection:
        program.kind.run(connection, f"UPDATE {program.prefix}inbox SET version = version + 1")
        inbox = program.sharing(connection)
        for own in (inbox.claim, inbox.migrate, inbox.stats):
            with pytest.raises(InboxError, match="give it a connection without one") as raised:
                own()
            assert raised.value.code == "open_transaction"
        program.kind.run(connection, f"UPDATE {program.prefix}inbox SET version = version - 1")
    assert program.inbox.claim() == []


# In PEP 249's mode of sqlite3 a transaction is always open, and what was written may be in it.
STAYING = [kind for kind in KINDS if kind.name != "sqlite3-autocommit-false"]


@pytest.mark.parametrize("kind", STAYING, ids=repr)
def test_a_connection_that_stays_open_is_used_again(program: Program) -> None:
    program.migrated()
    connection = program.kind.connect(program.folder)
    inbox = program.sharing(connection)
    for number in range(3):
        content = body(f"e{number}")
        assert inbox.receive(content, WEBHOOK.sign(content)).outcome == "stored"
    assert len(inbox.claim(10)) == 3
    connection.close()


def test_tables_are_missing_or_of_another_version(program: Program) -> None:
    with pytest.raises(InboxError) as missing:
        program.inbox.claim()
    assert missing.value.code == "schema_missing"
    assert f"hookseal inbox schema {program.kind.dialect}" in str(missing.value)
    # A traceback would show the driver's message, which may hold parameters.
    assert missing.value.__cause__ is None and missing.value.__context__ is None
    program.migrated()
    program.execute("UPDATE {p}inbox SET version = 99")
    with pytest.raises(InboxError) as newer:
        program.make().claim()
    assert newer.value.code == "schema_version"


def test_a_database_that_gives_no_connection() -> None:
    def connect() -> Any:
        return pymysql.connect(host="127.0.0.1", port=1, connect_timeout=1)

    inbox = Inbox(connect, WEBHOOK)
    content = body("e1")
    with pytest.raises(InboxError) as raised:
        inbox.receive(content, WEBHOOK.sign(content))
    error = raised.value
    assert (error.code, error.http_status, error.retry_after) == ("unavailable", 503, 5)
    assert isinstance(error.__cause__, pymysql.Error)


def test_a_mistake_of_the_program_is_no_error_of_the_database(tmp_path: Path) -> None:
    def connect() -> Any:
        raise KeyError("DATABASE_URL")

    with pytest.raises(KeyError, match="DATABASE_URL"):
        Inbox(connect, WEBHOOK).stats()


def test_what_is_no_connection() -> None:
    inbox = Inbox(lambda: "app.db", WEBHOOK)
    with pytest.raises(TypeError, match="str is no connection that is known: pass a connection"):
        inbox.stats()

    class Foreign:
        def cursor(self) -> None:
            pass

    with pytest.raises(TypeError, match="give the inbox its dialect: sqlite, postgresql or mysql"):
        Inbox(Foreign, WEBHOOK).stats()


def test_options_that_cannot_be_used() -> None:
    def make(sources: Any = WEBHOOK, **options: Any) -> None:
        Inbox(lambda: None, sources, **options)

    for options, code in (
        ({"sources": {}}, "invalid_inbox"),
        ({"sources": {"a b": WEBHOOK}}, "invalid_inbox"),
        ({"sources": {"a": (WEBHOOK, Order("policy"))}}, "invalid_inbox"),
        ({"prefix": "x; DROP"}, "invalid_inbox"),
        ({"lease": 0}, "invalid_inbox"),
        ({"backoff": Backoff(attempts=0)}, "invalid_inbox"),
    ):
        with pytest.raises(InboxError) as raised:
            make(**options)
        assert raised.value.code == code
    with pytest.raises(ValueError, match="dialect must be one of sqlite, postgresql, mysql"):
        make(dialect="oracle")
    with pytest.raises(ValueError, match="placeholder must be question, percent or dollar"):
        make(placeholder="?")
    with pytest.raises(ValueError, match="order_by must be"):
        make({"a": (WEBHOOK, Order("/policy", order_by="time"))})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="lease must be a positive number"):
        make(lease=-1)
    with pytest.raises(ValueError, match="state must be one of"):
        Inbox(lambda: sqlite3.connect(":memory:"), WEBHOOK).list(state="gone")  # type: ignore[arg-type]


def test_an_event_of_another_provider() -> None:
    kasko = hookseal.Webhook("kasko", "s")
    event: Any = kasko.verify(b"{}", kasko.sign(b"{}", type="policy.created"))
    for one in (event, pickle.loads(pickle.dumps(event))):
        with closing(sqlite3.connect(":memory:")) as connection:
            with pytest.raises(InboxError, match="sent by `kasko`") as raised:
                Inbox(lambda: None, WEBHOOK).once(connection, one)
        assert raised.value.code == "unknown_source"


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    program = make_program(KINDS[0], tmp_path).migrated()
    inbox = Inbox(
        lambda: sqlite3.connect(f"file:{path(tmp_path)}?mode=ro", uri=True), WEBHOOK, prefix=program.prefix
    )
    content = body("e1")
    with pytest.raises(InboxError, match="takes no writes") as raised:
        inbox.receive(content, WEBHOOK.sign(content))
    assert (raised.value.code, raised.value.http_status) == ("unavailable", 503)


@pytest.mark.parametrize("kind", KINDS, ids=repr)
def test_an_interrupted_operation_leaves_no_transaction_open(program: Program) -> None:
    program.migrated()
    connection = program.kind.connect(program.folder)
    inbox = program.sharing(connection)

    class Interrupt(BaseException):
        pass

    with pytest.MonkeyPatch.context() as patch:
        ran: list[str] = []

        def run(self: Any, sql: str, parameters: Any, what: str) -> Any:
            ran.append(sql)
            if what == "change":
                raise Interrupt
            return original(self, sql, parameters, what)

        kind: Any = type(make(connection, **program.kind.options))
        original = kind.run
        patch.setattr(kind, "run", run)
        with pytest.raises(Interrupt):
            inbox.retry()
    assert any(sql.startswith(("BEGIN", "START")) for sql in ran)
    assert inbox.stats().conflicts == 0
    connection.close()


DJANGO = [kind for kind in KINDS if kind.name.startswith("django")]


@pytest.mark.parametrize("kind", DJANGO, ids=repr)
def test_an_error_that_was_caught_in_atomic_is_no_success(kind: Kind, tmp_path: Path) -> None:
    from django.db import DatabaseError

    program = make_program(kind, tmp_path).migrated()
    event = program.event(body("e1"))

    def view() -> bool:
        with program.transaction() as connection:
            first: bool = program.inbox.once(connection, event)
            try:
                kind.run(connection, "SELECT * FROM missing_table")
            except DatabaseError:
                pass
        return first

    if kind.dialect == "postgresql":
        # Its commit of a transaction that failed rolls back, and says nothing of it.
        with pytest.raises(InboxError, match="rolled the transaction back") as raised:
            view()
        assert (raised.value.code, raised.value.http_status) == ("unavailable", 503)
        assert program.states() == []
    else:
        assert view()
        assert program.states() == ["done"]
        assert program.inbox.list()[0].duplicates == 0
