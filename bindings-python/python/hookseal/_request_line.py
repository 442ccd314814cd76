"""A request's method and address, as its sender called it, from what servers tell applications.

What a proxy adds in ``X-Forwarded-*`` is never read, because anybody can send that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

__all__ = ["PATH", "RequestLine", "of_asgi", "of_wsgi"]

# The characters besides letters and digits that a path may have as they are (RFC 3986).
PATH = "/!$&'()*+,;=:@~"


class RequestLine(NamedTuple):
    """What a scheme may sign of a request besides its headers and body, as far as it is known."""

    method: str | None
    url: str | None


def of_wsgi(environ: Mapping[str, Any]) -> RequestLine:
    """Returns the line of a request to a WSGI application."""
    # As it was sent, which all common servers tell under one of these names.
    target: str = environ.get("RAW_URI") or environ.get("REQUEST_URI") or ""
    if not target:
        path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
        target = _target(quote(path, PATH, "latin-1"), environ.get("QUERY_STRING", ""))
    if target.startswith("/"):
        host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
        target = f"{environ['wsgi.url_scheme']}://{host}{target}"
    return RequestLine(environ["REQUEST_METHOD"], target)


def of_asgi(scope: Mapping[str, Any]) -> RequestLine:
    """Returns the line of a request to an ASGI application."""
    raw: bytes | None = scope.get("raw_path")
    # Some servers leave the query there.
    path = raw.partition(b"?")[0].decode("latin-1") if raw else quote(scope["path"], PATH)
    query: bytes | str = scope["query_string"]
    # Django's factory of requests makes it a text.
    target = _target(path, query if isinstance(query, str) else query.decode("latin-1"))
    host = next((value for name, value in scope["headers"] if name == b"host"), None)
    if host is not None:
        target = f"{scope.get('scheme', 'http')}://{host.decode('latin-1')}{target}"
    return RequestLine(scope["method"], target)


def _target(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
