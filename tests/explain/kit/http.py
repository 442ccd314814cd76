"""Posts a delivery as its sender would: every byte as it is, headers in their case and as often as they are given."""

import base64
import http.client
import json
import socket
from dataclasses import dataclass

HOST = "hooks.example.com"


@dataclass(frozen=True)
class Arrival:
    """What a program had in hand when it went to verify: its body, its headers, and the URL if it looked at that."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    request: dict | None = None


def request_bytes(path, headers, body, length=None):
    lines = [f"POST {path} HTTP/1.1", f"Host: {HOST}"]
    lines += [f"{name}: {value}" for name, value in headers]
    lines += [f"Content-Length: {len(body) if length is None else length}", "Connection: close"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def post(port, path, delivery, *, split_at=None, length=None, half_close=False):
    """The answer's body.

    `split_at`: so much of the body first, the rest once the server says that it has it.
    `length`: what Content-Length says, where it is wrong.
    `half_close`: says that nothing follows, as WSGI servers for production say to what reads too much.
    """
    message = request_bytes(path, delivery.headers, delivery.body, length)
    with socket.create_connection(("127.0.0.1", port), timeout=300) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if split_at is None:
            connection.sendall(message)
        else:
            first = len(message) - len(delivery.body) + split_at
            connection.sendall(message[:first])
            wait_for_informational_answer(connection)
            connection.sendall(message[first:])
        if half_close:
            connection.shutdown(socket.SHUT_WR)
        response = http.client.HTTPResponse(connection, method="POST")
        response.begin()
        answer = response.read()
    if response.status != 200:
        raise RuntimeError(f"{path} answered {response.status}: {answer[:2000].decode(errors='replace')}")
    return answer


def wait_for_informational_answer(connection):
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):
        byte = connection.recv(1)
        if not byte:
            raise RuntimeError("the server closed the connection")
        answer += byte


def arrival(answer):
    """The receivers answer with what they would have verified."""
    read = json.loads(answer)
    request = {"method": "POST", "url": read["url"]} if "url" in read else None
    return Arrival(base64.b64decode(read["body"]), tuple((name, value) for name, value in read["headers"]), request)
