"""Webhooks in AWS Lambda, behind API Gateway, a load balancer or a function URL.

Your function is called only with a verified event::

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
    """Makes a Lambda handler from a function that takes the verified event and Lambda's context.

    It works with REST and HTTP APIs (payload format 1.0 and 2.0), application load balancers with
    or without multi-value headers, and function URLs. Your function returns the response, or
    ``None`` for an empty 200.

    Your function is not called for a delivery that does not verify: the response is then the
    error's HTTP status with ``{"error": code}``. Bodies of more than ``max_body`` bytes (by default
    the webhook's own ``max_body``) get 413. ``acknowledge`` names the test events that get 200
    without your function being called: by default those that only check the endpoint.
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
    """Returns the value of a header, which the front end may have made a list."""
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
