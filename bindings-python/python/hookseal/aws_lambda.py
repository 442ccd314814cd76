"""Webhooks in AWS Lambda, behind API Gateway, a load balancer or a function URL.

The function is called with the verified event, or not at all::

    webhook = hookseal.Webhook("kasko", os.environ["KASKO_SECRET"])

    @webhook_handler(webhook)
    def handler(event: hookseal.Event, context: object) -> None:
        ...
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeAlias, TypeVar

from hookseal import Webhook
from hookseal._http import Acknowledge, Answer, E, Receiver, incomplete

__all__ = ["webhook_handler"]

Invocation: TypeAlias = Mapping[str, Any]
Response: TypeAlias = Mapping[str, Any]
Context = TypeVar("Context")


def webhook_handler(
    webhook: Webhook[E], *, max_body: int | None = None, acknowledge: Acknowledge = "checks"
) -> Callable[[Callable[[E, Context], Response | None]], Callable[[Invocation, Context], Response]]:
    """Makes a Lambda handler of a function that takes the verified event and Lambda's context.

    It understands REST and HTTP APIs (payload format 1.0 and 2.0), application load balancers with
    or without multi-value headers, and function URLs. What the function returns is the response;
    ``None`` stands for an empty 200.

    The function is not called for a delivery that does not verify: it is answered with the
    error's HTTP status and ``{"error": code}``. Bodies of more than ``max_body`` bytes (by default
    the webhook's own ``max_body``) are answered with 413. ``acknowledge`` says which test events are answered with 200 without calling
    the function: by default those that only check the endpoint.
    """
    receiver = Receiver(webhook, max_body, acknowledge)

    def decorate(
        handler: Callable[[E, Context], Response | None],
    ) -> Callable[[Invocation, Context], Response]:
        @wraps(handler)
        def wrapper(invocation: Invocation, context: Context) -> Response:
            event = _receive(receiver, invocation)
            if isinstance(event, Answer):
                return _response(invocation, event.status, event.body)
            response = handler(event, context)
            return _response(invocation, 200) if response is None else response

        return wrapper

    return decorate


def _receive(receiver: Receiver[E], invocation: Invocation) -> E | Answer:
    if not {"headers", "multiValueHeaders"} & invocation.keys():
        raise TypeError(
            "the invocation is not an HTTP request: call the function through API Gateway, "
            "a load balancer or its URL"
        )
    text: str = invocation.get("body") or ""
    if invocation.get("isBase64Encoded"):
        try:
            body = b64decode(text, validate=True)
        except ValueError:
            return incomplete("isBase64Encoded is true and the body is not base64")
    else:
        body = text.encode("utf-8", "surrogatepass")
    headers: Any = invocation.get("multiValueHeaders") or invocation.get("headers") or {}
    return receiver.receive(body, headers, encoding=_find(headers, "content-encoding"))


def _find(headers: Mapping[str, str | list[str] | None], name: str) -> str | None:
    """The value of a header, of which a front end may have made a list."""
    for given, value in headers.items():
        if given.lower() == name:
            return ", ".join(value) if isinstance(value, list) else value
    return None


def _response(invocation: Invocation, status: int, body: str = "") -> Response:
    response: dict[str, Any] = {"statusCode": status, "body": body, "isBase64Encoded": False}
    content_type = "application/json"
    if body and "headers" in invocation:
        response["headers"] = {"content-type": content_type}
    elif body:
        # A load balancer with multi-value headers on ignores the others.
        response["multiValueHeaders"] = {"content-type": [content_type]}
    return response
