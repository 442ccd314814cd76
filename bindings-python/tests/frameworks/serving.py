"""Real servers on a free port of this machine, and requests to them over a real connection."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, TypeAlias

HERE = Path(__file__).resolve().parent
APPS = HERE / "apps"
EXAMPLES = HERE.parents[1] / "examples"

SECRET = "whsec_of-these-tests"
PROVIDERS = ["KASKO", "CLAIMPORT", "GITHUB"]
SECONDS = 300

Headers: TypeAlias = Mapping[str, str] | list[tuple[str, str]]


@dataclass(frozen=True)
class Reply:
    """What a server answered."""

    status: int
    content_type: str | None
    body: bytes
    options: str | None = None

    def json(self) -> Any:
        assert self.content_type == "application/json", self
        return json.loads(self.body)


@dataclass(frozen=True)
class Server:
    """A server that runs, and the file with what it logs."""

    port: int
    log: Path

    def send(
        self,
        path: str,
        body: bytes | Iterable[bytes] | None = None,
        headers: Headers = MappingProxyType({}),
        method: str = "POST",
        content_type: str | None = "application/json",
    ) -> Reply:
        """Sends a request; a body in parts goes out chunked, without a Content-Length."""
        with self._connection() as connection:
            connection.putrequest(method, path)
            for name, value in headers if isinstance(headers, list) else headers.items():
                connection.putheader(name, value.encode("latin-1"))
            if content_type is not None:
                connection.putheader("Content-Type", content_type)
            if isinstance(body, bytes):
                connection.putheader("Content-Length", str(len(body)))
            elif body is not None:
                connection.putheader("Transfer-Encoding", "chunked")
            # A server may refuse a body, and close the connection, before all of it is sent.
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.endheaders(body, encode_chunked=not isinstance(body, bytes))
            return _reply(connection)

    def begin(self, path: str, headers: Mapping[str, str], sent: bytes = b"") -> Reply:
        """Sends a request's beginning and waits for the answer without ever sending the rest."""
        with self._connection() as connection:
            _begin(connection, path, headers, sent)
            return _reply(connection)

    def leave(self, path: str, headers: Mapping[str, str], sent: bytes) -> None:
        """Sends a request's beginning and closes the connection."""
        with self._connection() as connection:
            _begin(connection, path, headers, sent)

    def wait_for_log(self, text: str, before: str) -> str:
        """What was logged since, once this text is in it."""
        deadline = time.monotonic() + SECONDS
        while text not in (logged := self.log.read_text().removeprefix(before)):
            assert time.monotonic() < deadline, logged
            time.sleep(0.01)
        return logged

    @contextmanager
    def _connection(self) -> Generator[HTTPConnection, None, None]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            yield connection
        finally:
            connection.close()


def _begin(connection: HTTPConnection, path: str, headers: Mapping[str, str], sent: bytes) -> None:
    connection.putrequest("POST", path)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    connection.send(sent)


def _reply(connection: HTTPConnection) -> Reply:
    response = connection.getresponse()
    options = response.headers["X-Content-Type-Options"]
    return Reply(response.status, response.headers.get_content_type(), response.read(), options)


def gunicorn(app: str, folder: Path = APPS) -> list[str]:
    return ["gunicorn", f"--chdir={folder}", "--graceful-timeout=1", "--bind=fd://{fd}", app]


def uvicorn(app: str, folder: Path = APPS) -> list[str]:
    return ["uvicorn", f"--app-dir={folder}", "--fd={fd}", app]


@contextmanager
def serving(command: list[str], log: Path) -> Generator[Server, None, None]:
    """Runs a server's module on a listening socket, so that it can be asked at once."""
    with socket.create_server(("127.0.0.1", 0)) as listener, log.open("wb") as output:
        process = _start([part.format(fd=listener.fileno()) for part in command], listener, output)
        port: int = listener.getsockname()[1]
        listener.close()
        try:
            yield Server(port, log)
        finally:
            process.terminate()
            try:
                process.wait(SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _start(
    command: list[str], listener: socket.socket, output: IO[bytes]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        pass_fds=[listener.fileno()],
        env={**os.environ, "PYTHONPATH": str(HERE), **{f"{name}_SECRET": SECRET for name in PROVIDERS}},
    )
