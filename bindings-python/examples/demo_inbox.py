"""A delivery is sent three times, and the worker that handles it is killed in the middle."""

import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import hookseal
from hookseal.inbox import Claimed, Inbox, Worker
from hookseal.payloads import coverkit

WEBHOOK = hookseal.Webhook("coverkit", "whsec_1b6f2ae8d0444a349cc1f4c8")


def inbox(path: str) -> Inbox[coverkit.Event]:
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(path, timeout=60)

    # After the end of its lease, another worker may take what the killed one had.
    return Inbox(connect, WEBHOOK, lease=1)


def demonstrate() -> None:
    print("The inbox, on SQLite")
    with tempfile.TemporaryDirectory() as folder:
        show(str(Path(folder, "inbox.sqlite")))


def show(path: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE handled (event TEXT)")
    box = inbox(path)
    box.migrate()

    body = b'{"id":"evt_1","type":"policy.created","data":{"policy_id":"P-1"}}'
    headers = WEBHOOK.sign(body)
    for _ in range(3):
        received = box.receive(body, headers)
        event = received.event
        print(f"  ✓ {event.type} {event.dedupe_key} was sent: {received.outcome}")

    first = worker(path)
    print(f"  ✓ a worker: {said(first)}")
    first.kill()
    first.wait()
    print("  ✗ the worker is killed")
    second = worker(path)
    print(f"  ✓ another worker: {said(second)}")
    second.wait()

    (count,) = connection.execute("SELECT COUNT(*) FROM handled").fetchone()
    connection.close()
    if count != 1 or box.stats().sources:
        sys.exit(f"handled {count} times, open: {box.stats()}")
    print("a delivery sent three times, its worker killed in the middle: handled exactly once")


def worker(path: str) -> "subprocess.Popen[str]":
    """Starts this program as a worker."""
    return subprocess.Popen([sys.executable, __file__, path], stdout=subprocess.PIPE, text=True)


def said(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().rstrip()


def work(path: str) -> None:
    """Handles one delivery. The first attempt never ends."""

    def handle(claimed: Claimed[coverkit.Event], connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO handled (event) VALUES (?)", (claimed.event.id,))
        print(f"attempt {claimed.attempt}, in the middle of the handler", flush=True)
        while claimed.attempt == 1:
            time.sleep(1)
        one.stop()

    one = Worker(inbox(path), handle, idle=0.05)
    one.run()


if __name__ == "__main__":
    work(sys.argv[1])
