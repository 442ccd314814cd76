"""Whole receivers over real HTTP: an adapter against the usual snippet in the same server.

`python receivers.py [seconds for each side]`. Both take turns, in rounds of a quarter of a second.
"""

from __future__ import annotations

import os
import selectors
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from containers import USUAL
from rows import PAYLOADS, SECRET

import hookseal

HERE = Path(__file__).parent
CONNECTIONS = 4
ROUND = 0.25

# What is measured of each server: the adapter's path, and the snippet's is /snippet.
RECEIVERS = [
    ("FastAPI, uvicorn", "hookseal"),
    ("FastAPI, uvicorn", "awaited"),
    ("Flask, gunicorn", "hookseal"),
    ("Django, gunicorn", "hookseal"),
]
SERVERS = {
    "FastAPI, uvicorn": ["uvicorn", "--fd={fd}", "--log-level=warning", "fastapi_app:app"],
    "Flask, gunicorn": [
        "gunicorn", "--bind=fd://{fd}", "--worker-class=gthread", "--threads=4",
        "--log-level=warning", "flask_app:app",
    ],
    "Django, gunicorn": [
        "gunicorn", "--bind=fd://{fd}", "--worker-class=gthread", "--threads=4",
        "--log-level=warning", "django_app:app",
    ],
}  # fmt: skip


def request(path: str, body: bytes) -> bytes:
    signed = hookseal.Webhook("claimport", SECRET).sign(body)
    headers = {**dict(USUAL), **signed, "Host": "127.0.0.1", "Content-Length": str(len(body))}
    lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


@contextmanager
def serving(command: list[str]) -> Generator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        process = subprocess.Popen(
            [sys.executable, "-m", *(part.format(fd=listener.fileno()) for part in command)],
            cwd=HERE / "receivers",
            pass_fds=[listener.fileno()],
            env={**os.environ, "CLAIMPORT_SECRET": SECRET},
        )
        port: int = listener.getsockname()[1]
    try:
        yield port
    finally:
        process.terminate()
        process.wait()


def load(port: int, sent: bytes, seconds: float) -> list[float]:
    """How long each answer took, with some connections that always have a request open."""
    clock = time.perf_counter
    times: list[float] = []
    end = clock() + seconds
    with selectors.DefaultSelector() as selector:
        for _ in range(CONNECTIONS):
            connection = socket.create_connection(("127.0.0.1", port), timeout=10)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.sendall(sent)
            selector.register(connection, selectors.EVENT_READ, clock())
        while selector.get_map():
            for key, _ in selector.select(10):
                connection = key.fileobj
                assert isinstance(connection, socket.socket)
                answer = connection.recv(65536)
                now = clock()
                assert answer.startswith(b"HTTP/1.1 204 "), answer
                times.append(now - key.data)
                if now < end:
                    connection.sendall(sent)
                    selector.modify(connection, selectors.EVENT_READ, clock())
                else:
                    selector.unregister(connection)
                    connection.close()
    return times


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    body = (PAYLOADS / "p1k.json").read_bytes()
    print(f"{'receiver':30} {'requests/s':>17} {'p99, ms':>24}")
    print(f"{'':26} {'hookseal':>9} {'snippet':>9} {'ratio':>6} {'hookseal':>9} {'snippet':>9}")
    for name, path in RECEIVERS:
        with serving(SERVERS[name]) as port:
            rates, times = measure(port, [path, "snippet"], body, seconds)
        ratio = statistics.median(mine / other for mine, other in zip(*rates, strict=True))
        each = " ".join(f"{statistics.median(found):9.0f}" for found in rates)
        late = " ".join(f"{statistics.quantiles(t, n=100)[98] * 1000:9.2f}" for t in times)
        label = name if path == "hookseal" else f"{name}, {path}"
        print(f"{label:26} {each} {ratio:6.2f} {late}", flush=True)


def measure(
    port: int, paths: list[str], body: bytes, seconds: float
) -> tuple[list[list[float]], list[list[float]]]:
    """The requests per second of each round, and how long each answer took, of each path."""
    sides = [request(f"/{path}", body) for path in paths]
    rates: list[list[float]] = [[] for _ in sides]
    times: list[list[float]] = [[] for _ in sides]
    for sent in sides:
        load(port, sent, ROUND)
    for turn in range(max(1, int(seconds / ROUND))):
        # No side is always the first.
        for side in range(len(sides))[:: 1 if turn % 2 else -1]:
            found = load(port, sides[side], ROUND)
            rates[side].append(len(found) / ROUND)
            times[side] += found
    return rates, times


if __name__ == "__main__":
    main()
