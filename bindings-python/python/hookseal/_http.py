"""The code that the adapters share: limits, decoding, test events and responses."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, Literal, NamedTuple, TypeAlias, TypeVar, get_args

from hookseal import Event, Handshake, Headers, HooksealError, Webhook, _hookseal

if TYPE_CHECKING:
    from hookseal._request_line import RequestLine
    from hookseal.inbox import AsyncInbox, Inbox

    AnyInbox: TypeAlias = Inbox[Any] | AsyncInbox[Any]

__all__ = [
    "UNDECODED",
    "Acknowledge",
    "Answer",
    "E",
    "Receiver",
    "already_read",
    "incomplete",
    "is_undecoded",
    "read_length",
]

Acknowledge: TypeAlias = Literal["checks", "tests", "none"]
"""The authentic test events that get a 200 without the handler being called.

- ``"checks"``: those that only check that the endpoint works, such as ClaimPort's
  ``webhook.test``. Events about test data, such as a policy of KASKO's test mode, reach the
  handler with ``event.test`` true.
- ``"tests"``: every event with ``event.test`` true, so that a handler gets only live ones.
- ``"none"``: no event; the handler is called for all of them.
"""

E = TypeVar("E", bound="Event[str, Any]")

_logger = logging.getLogger("hookseal")


class Answer(NamedTuple):
    """The response to a request that does not reach the handler.

    ``headers`` are those that it has besides its content's. A handshake's answer is in place of the
    content.
    """

    status: int
    content: dict[str, str | bool] | None = None
    headers: Mapping[str, str] = MappingProxyType({})
    handshake: Handshake | None = None

    @property
    def body(self) -> str:
        """The content, as JSON, or the answer to a handshake; empty if there is none."""
        if self.handshake is not None:
            return self.handshake.body
        return "" if self.content is None else json.dumps(self.content)

    @property
    def content_type(self) -> str | None:
        """The Content-Type of the body, if there is one."""
        if self.handshake is not None:
            return self.handshake.content_type
        return None if self.content is None else "application/json"


class Receiver(Generic[E]):
    """Turns a request's body and headers into an event for the handler, or a response."""

    __slots__ = ("_acknowledge", "_has_handshake", "_webhook", "max_body", "needs_line")

    def __init__(
        self, webhook: Webhook[E], max_body: int | None, acknowledge: Acknowledge
    ) -> None:
        # Without type checks, forgetting the parentheses would fail at the first delivery.
        if not isinstance(webhook, Webhook):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"expected a hookseal.Webhook, got {type(webhook).__name__}")
        if max_body is None:
            max_body = webhook.max_body
        if max_body < 1:
            raise ValueError("max_body must be a positive number of bytes")
        if acknowledge not in get_args(Acknowledge):
            raise ValueError(f"acknowledge must be one of {', '.join(get_args(Acknowledge))}")
        self._webhook = webhook
        self._acknowledge = acknowledge
        self.max_body = max_body
        scheme = webhook.scheme
        self._has_handshake = scheme.has_handshake
        # Most schemes do not: their adapters need not find the line out.
        self.needs_line = scheme.signs_request or scheme.has_handshake

    def takes(self, method: str | None) -> bool:
        """Returns True if a request with this method may be a delivery or a handshake."""
        return method == "POST" or (method == "GET" and self._has_handshake)

    def limit(self, framework: int | None) -> int:
        """Returns how many bytes a body may have if the framework has a limit of its own."""
        return self.max_body if framework is None else min(self.max_body, framework)

    def receive(
        self,
        body: bytes,
        headers: Headers,
        *,
        line: RequestLine | None = None,
        encoding: str | None = None,
        length: int | None = None,
        fix: str = "",
    ) -> E | Answer:
        """Returns the verified event if it is for the handler, else the response.

        ``line`` is the request's if ``needs_line``, ``encoding`` and ``length`` are its
        Content-Encoding and Content-Length; ``fix`` is what to do if the app has already read the
        body.
        """
        try:
            raw = self.raw(body, headers, line, encoding=encoding, length=length, fix=fix)
            if isinstance(raw, Answer):
                return raw
            if line is None:
                event = self._webhook.verify(raw, headers)
            else:
                event = self._webhook.verify(raw, headers, method=line.method, url=line.url)
        except HooksealError as error:
            return refused(error)
        if event.test and self._acknowledges(event):
            return Answer(200, {"acknowledged": True})
        return event

    async def receive_async(
        self,
        body: bytes,
        headers: Headers,
        *,
        line: RequestLine | None = None,
        encoding: str | None = None,
        length: int | None = None,
        fix: str = "",
    ) -> E | Answer:
        """Does the same, where what takes long must not block."""
        return self.receive(
            body, headers, line=line, encoding=encoding, length=length, fix=fix
        )

    def raw(
        self,
        body: bytes,
        headers: Headers,
        line: RequestLine | None,
        *,
        encoding: str | None,
        length: int | None,
        fix: str,
    ) -> bytes | Answer:
        """Returns a delivery's body as it was signed, or the response to what is none."""
        if length and not body:
            return already_read(f"it is empty, and Content-Length says {length}: {fix}")
        if length and len(body) < length:
            return incomplete(f"{len(body)} of its {length} bytes came")
        if len(body) > self.max_body:
            return self.too_large()
        if encoding:
            body = _hookseal._decode_body(body, encoding, self.max_body)
        answer = self._handshake(body, headers, line) if self._has_handshake else None
        return body if answer is None else answer

    def _handshake(self, body: bytes, headers: Headers, line: RequestLine | None) -> Answer | None:
        method, url = line or (None, None)
        handshake = self._webhook.handshake(body, headers, method=method, url=url)
        if handshake is not None:
            nosniff = {"X-Content-Type-Options": "nosniff"}
            return Answer(200, headers=nosniff, handshake=handshake)
        if method in ("GET", "HEAD"):
            # It was let through because it could have been a handshake.
            return Answer(405, {"error": "method_not_allowed"}, {"Allow": "POST"})
        return None

    def too_large(self) -> Answer:
        """Returns the response to a body that ``max_body`` or the framework does not allow."""
        message = f"the body is longer than max_body, {self.max_body} bytes, or the app's own limit"
        return refuse(413, "body_too_large", message)

    def _acknowledges(self, test: Event[str, Any]) -> bool:
        if self._acknowledge == "checks":
            return test.check
        return self._acknowledge == "tests"


def make_receiver(
    webhook: Webhook[E] | None,
    max_body: int | None,
    acknowledge: Acknowledge | None,
    inbox: AnyInbox | None,
    source: str | None,
) -> Receiver[E]:
    """Makes the receiver of an adapter's options, which take a webhook or an inbox."""
    if inbox is None:
        if source is not None:
            raise TypeError("source names one of an inbox's: give inbox too")
        return Receiver(webhook, max_body, acknowledge or "checks")  # type: ignore[arg-type]
    if webhook is not None or acknowledge is not None:
        raise TypeError("an inbox takes the place of the webhook and of what acknowledges tests")
    from hookseal._http_inbox import InboxReceiver

    return InboxReceiver(inbox, source, max_body)


def refused(error: HooksealError) -> Answer:
    """Logs an error, and returns the response to its delivery."""
    answer = refuse(error.http_status, error.code, str(error))
    retry_after = getattr(error, "retry_after", None)
    return answer if retry_after is None else answer._replace(headers={"Retry-After": str(retry_after)})


def refuse(status: int, code: str, message: str) -> Answer:
    """Logs the message, and returns the response with this status and code."""
    _logger.warning("delivery refused: %s: %s", code, message)
    return Answer(status, {"error": code})


def incomplete(message: str) -> Answer:
    """Returns the response to a body that did not arrive whole, which is logged."""
    return refuse(400, "incomplete_body", message)


def already_read(message: str) -> Answer:
    """Returns the response if the app itself has already read the body."""
    _logger.error("the body was read before the webhook could verify it: %s", message)
    return Answer(500, {"error": "body_already_read"})


def read_length(content_length: str | bytes | None) -> int | None:
    """Returns the length that a request announces, if it does."""
    try:
        return int(content_length) if content_length else None
    except ValueError:
        return None


def is_undecoded(environ: Mapping[str, Any]) -> bool:
    """Returns True if the body is chunked and the WSGI server does not pass it on."""
    chunked = environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked"
    return chunked and "wsgi.input" in environ and not environ.get("wsgi.input_terminated")


UNDECODED = (
    "it is chunked, and the server hands no such bodies on: let it decode chunks and set "
    "wsgi.input_terminated, or a proxy in front of it send a Content-Length"
)
