"""A receiver or a worker in Python: process.py receive|work DATABASE PREFIX.

A receiver reads deliveries, a line of JSON each, and says what became of each one. A worker writes a row for each event.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pymysql

import hookseal
from hookseal.inbox import Backoff, Inbox, Worker

SECRET = "whsec_1b6f2ae8d0444a349cc1f4c8"


def sqlite(path: str) -> Any:
    connection = sqlite3.connect(path, timeout=60)
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def connecting(database: str) -> Callable[[], Any]:
    url = urlsplit(database)
    if url.scheme == "sqlite":
        return lambda: sqlite(url.path)
    if url.scheme == "postgresql":
        return lambda: psycopg.connect(database)
    options = {"host": url.hostname, "port": url.port, "user": url.username, "password": url.password}
    return lambda: pymysql.connect(database=url.path.strip("/"), **options)  # type: ignore[arg-type]


def receive(inbox: Inbox[Any]) -> None:
    for line in sys.stdin:
        delivery = json.loads(line)
        try:
            outcome = inbox.receive(delivery["body"].encode(), delivery["headers"]).outcome
        except hookseal.InboxError as error:
            outcome = error.code
        print(outcome, flush=True)


def work(inbox: Inbox[Any], prefix: str, concurrency: int) -> None:
    def handle(claimed: Any, connection: Any) -> None:
        cursor = connection.cursor()
        clock = time.time_ns() // 1_000_000
        cursor.execute(f"INSERT INTO {prefix}effect (event, language, clock) VALUES ('{claimed.event.id}', 'python', {clock})")
        cursor.close()
        # As if it did something: most are killed here.
        time.sleep(0.005)

    Worker(inbox, handle, concurrency=concurrency, idle=0.05).run()


def main(role: str, database: str, prefix: str) -> None:
    logging.disable(logging.CRITICAL)
    webhook = hookseal.Webhook("coverkit", SECRET)
    inbox = Inbox(connecting(database), webhook, prefix=prefix, backoff=Backoff(10_000, 0, 0), lease=1)
    if role == "receive":
        receive(inbox)
    else:
        work(inbox, prefix, 1 if database.startswith("sqlite:") else 2)


if __name__ == "__main__":
    main(*sys.argv[1:])
