"""What the adapters share: the cap on the body, which events reach the handler, the answers."""

from __future__ import annotations

import json
import logging
from typing import Any, Generic, Literal, NamedTuple, TypeAlias, TypeVar, get_args

from hookseal import Event, Headers, HooksealError, Webhook

__all__ = ["MAX_BODY", "Acknowledge", "Answer", "E", "Receiver", "is_longer", "refuse"]

Acknowledge: TypeAlias = Literal["checks", "tests", "none"]
"""Which authentic test events are answered with 200 without calling the handler.

- ``"checks"``: those that only ask whether the endpoint works, such as ClaimPort's
  ``webhook.test``. Events about test data, such as a policy of KASKO's test mode, reach the
  handler with ``event.test`` true.
- ``"tests"``: every event with ``event.test`` true, so that a handler sees live ones alone.
- ``"none"``: the handler is called for every event.
"""

MAX_BODY = 1024 * 1024
"""How many bytes of body are accepted unless told otherwise: many times any provider's events."""

E = TypeVar("E", bound="Event[str, Any]")

_logger = logging.getLogger("hookseal")


class Answer(NamedTuple):
    """What to answer a delivery with that does not reach the handler."""

    status: int
    content: dict[str, str | bool]

    @property
    def body(self) -> str:
        """The content as JSON."""
        return json.dumps(self.content)


class Receiver(Generic[E]):
    """Makes of a request's body and headers the event for the handler, or the answer to give."""

    __slots__ = ("_acknowledge", "_webhook", "max_body")

    def __init__(self, webhook: Webhook[E], max_body: int, acknowledge: Acknowledge) -> None:
        # Without type checks, forgetting the parentheses would fail at the first delivery.
        if not isinstance(webhook, Webhook):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"expected a hookseal.Webhook, got {type(webhook).__name__}")
        if max_body < 1:
            raise ValueError("max_body must be a positive number of bytes")
        if acknowledge not in get_args(Acknowledge):
            raise ValueError(f"acknowledge must be one of {', '.join(get_args(Acknowledge))}")
        self._webhook = webhook
        self._acknowledge = acknowledge
        self.max_body = max_body

    def limit(self, framework: int | None) -> int:
        """How long a body may be if the framework has a limit of its own."""
        return self.max_body if framework is None else min(self.max_body, framework)

    def receive(self, body: bytes, headers: Headers) -> E | Answer:
        """The verified event if it is for the handler."""
        if len(body) > self.max_body:
            return self.too_large()
        try:
            event = self._webhook.verify(body, headers)
        except HooksealError as error:
            return refuse(error.http_status, error.code, str(error))
        if event.test and self._acknowledges(event):
            return Answer(200, {"acknowledged": True})
        return event

    def too_large(self) -> Answer:
        """The answer to a body longer than ``max_body``, or than the framework itself allows."""
        message = f"the body is longer than max_body, {self.max_body} bytes, or the app's own limit"
        return refuse(413, "body_too_large", message)

    def _acknowledges(self, test: Event[str, Any]) -> bool:
        if self._acknowledge == "checks":
            return test.check
        return self._acknowledge == "tests"


def refuse(status: int, code: str, message: str) -> Answer:
    """The answer with this code; the message is for the log alone."""
    _logger.warning("delivery refused: %s: %s", code, message)
    return Answer(status, {"error": code})


def is_longer(content_length: str | None, limit: int) -> bool:
    """Whether a request announces a body longer than this; one that says nothing does not."""
    try:
        return int(content_length or 0) > limit
    except ValueError:
        return False
