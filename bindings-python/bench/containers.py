"""A delivery's headers as frameworks hand them over."""

from __future__ import annotations

import io
from typing import Any, NamedTuple

from django.http.request import HttpHeaders
from litestar.datastructures import Headers as LitestarHeaders
from multidict import CIMultiDict, CIMultiDictProxy
from starlette.datastructures import Headers as StarletteHeaders
from werkzeug.datastructures import EnvironHeaders

Pairs = list[tuple[str, str]]

# What a sender, a server, a proxy and a content delivery network add to the signature.
USUAL: Pairs = [
    ("Host", "webhooks.example.com"),
    ("User-Agent", "ClaimPort-Webhooks/1.0 (+https://example.com/bot)"),
    ("Content-Type", "application/json"),
    ("Content-Length", "881"),
    ("Accept", "*/*"),
    ("Accept-Encoding", "gzip, deflate, br"),
    ("X-Forwarded-For", "203.0.113.7, 198.51.100.4"),
    ("X-Forwarded-Proto", "https"),
    ("X-Forwarded-Port", "443"),
    ("X-Request-Id", "7f6c1f0a-6c1d-4d0e-9d5d-3d7a5f1f7c11"),
    ("Traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
    ("CF-Ray", "8a1b2c3d4e5f6a7b-FRA"),
    ("CF-Connecting-IP", "203.0.113.7"),
    ("Connection", "keep-alive"),
]


class Container(NamedTuple):
    """Headers, and how a program that knows the framework asks them for one."""

    headers: Any
    get: Any
    """Called with the name."""
    name: str


def cgi(name: str) -> str:
    name = name.upper().replace("-", "_")
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else "HTTP_" + name


def environ(pairs: Pairs) -> dict[str, Any]:
    """As gunicorn makes it."""
    return {
        "wsgi.errors": None,
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": object,
        "wsgi.input_terminated": True,
        "SERVER_SOFTWARE": "gunicorn/23.0.0",
        "wsgi.input": io.BytesIO(),
        "gunicorn.socket": None,
        "REQUEST_METHOD": "POST",
        "QUERY_STRING": "",
        "RAW_URI": "/webhooks/claimport",
        "SERVER_PROTOCOL": "HTTP/1.1",
        **{cgi(name): value for name, value in pairs},
        "wsgi.url_scheme": "https",
        "REMOTE_ADDR": "127.0.0.1",
        "REMOTE_PORT": "51234",
        "SERVER_NAME": "0.0.0.0",
        "SERVER_PORT": "8000",
        "PATH_INFO": "/webhooks/claimport",
        "SCRIPT_NAME": "",
    }


def containers(signature: Pairs) -> dict[str, Container]:
    """Each framework's headers of one delivery, of which the first is the signature."""
    # Before the last, as a proxy leaves it.
    pairs = [*USUAL[:-1], *signature, USUAL[-1]]
    name = signature[0][0]
    raw = [(name.lower().encode(), value.encode()) for name, value in pairs]
    made: dict[str, Any] = {
        "dict": dict(pairs),
        "WSGI environ": environ(pairs),
        "Flask": EnvironHeaders(environ(pairs)),
        "Django": HttpHeaders(environ(pairs)),
        "Starlette": StarletteHeaders(raw=raw),
        "Litestar": LitestarHeaders(raw),
        "aiohttp": CIMultiDictProxy(CIMultiDict(pairs)),
    }
    return {
        key: Container(headers, headers.get, cgi(name) if key == "WSGI environ" else name)
        for key, headers in made.items()
    }
