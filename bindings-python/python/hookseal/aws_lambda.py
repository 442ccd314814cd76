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
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, overload
from urllib.parse import quote

from hookseal import Webhook
from hookseal._http import Acknowledge, Answer, E, Receiver, incomplete, make_receiver
from hookseal._request_line import PATH, RequestLine

if TYPE_CHECKING:
    from hookseal.inbox import Inbox

__all__ = ["webhook_handler"]

Invocation: TypeAlias = Mapping[str, Any]
Response: TypeAlias = Mapping[str, Any]
Context = TypeVar("Context")


@overload
def webhook_handler(
    webhook: Webhook[E], *, max_body: int | None = None, acknowledge: Acknowledge | None = None
) -> Callable[
    [Callable[[E, Context], Response | None]], Callable[[Invocation, Context], Response]
]: ...
@overload
def webhook_handler(
    *, inbox: Inbox[Any], source: str | None = None, max_body: int | None = None
) -> Callable[[Invocation, object], Response]: ...
def webhook_handler(
    webhook: Webhook[E] | None = None,
    *,
    max_body: int | None = None,
    acknowledge: Acknowledge | None = None,
    inbox: Inbox[Any] | None = None,
    source: str | None = None,
) -> Any:
    """Makes a Lambda handler from a function that takes the verified event and Lambda's context.

    It works with REST and HTTP APIs (payload format 1.0 and 2.0), application load balancers with
    or without multi-value headers, and function URLs. Your function returns the response, or
    ``None`` for an empty 200.

    Your function is not called for a delivery that does not verify: the response is then the
    error's HTTP status with ``{"error": code}``. Bodies of more than ``max_body`` bytes (by default
    the webhook's own ``max_body``) get 413. ``acknowledge`` names the test events that get 200
    without your function being called: by default those that only check the endpoint. A sender that
    first asks whether the endpoint is yours is answered, by GET too.

    With an ``inbox`` it makes a handler that needs no function: it stores the delivery, of
    ``source`` if the inbox has several, and responds with 204 once that is durable.
    """
    receiver = make_receiver(webhook, max_body, acknowledge, inbox, source)
    if inbox is not None:
        return _inbox_handler(receiver)

    def decorate(
        handler: Callable[[E, Context], Response | None],
    ) -> Callable[[Invocation, Context], Response]:
        @wraps(handler)
        def wrapper(invocation: Invocation, context: Context) -> Response:
            event = _receive(receiver, invocation)
            if isinstance(event, Answer):
                return _response(invocation, event)
            response = handler(event, context)
            return _response(invocation, Answer(200)) if response is None else response

        return wrapper

    return decorate


def _inbox_handler(receiver: Any) -> Callable[[Invocation, object], Response]:
    receiver.require_sync("aws_lambda")

    def handler(invocation: Invocation, context: object) -> Response:
        del context
        event = _receive(receiver, invocation)
        return _response(invocation, event if isinstance(event, Answer) else Answer(204))

    return handler


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
    return receiver.receive(
        body,
        headers,
        line=_line(invocation) if receiver.needs_line else None,
        encoding=_find(headers, "content-encoding"),
    )


def _line(invocation: Invocation) -> RequestLine:
    """Returns the line of the request, of which an invocation has only parts.

    A load balancer tells neither the scheme nor the host that was called, so there it is the path
    and the query.
    """
    context: Mapping[str, Any] = invocation.get("requestContext") or {}
    http: Mapping[str, Any] = context.get("http") or {}
    path = invocation.get("rawPath") or context.get("path") or invocation.get("path")
    if not path:
        return RequestLine(None, None)
    query = invocation.get("rawQueryString")
    if query is None:
        query = _query(invocation, "elb" in context)
    # Gateways decode the path, as far as it has no `%`.
    target = quote(path, f"{PATH}%") + (f"?{query}" if query else "")
    host = context.get("domainName")
    method = invocation.get("httpMethod") or http.get("method")
    return RequestLine(method, f"https://{host}{target}" if host else target)


def _query(invocation: Invocation, is_encoded: bool) -> str:
    """Returns the query of its parameters, which a REST API decodes and a load balancer does not."""
    given: Mapping[str, str | list[str]] = (
        invocation.get("multiValueQueryStringParameters")
        or invocation.get("queryStringParameters")
        or {}
    )
    pairs = [
        (name, value)
        for name, values in given.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    if not is_encoded:
        pairs = [(quote(name, ""), quote(value, "")) for name, value in pairs]
    return "&".join(f"{name}={value}" for name, value in pairs)


def _find(headers: Mapping[str, str | list[str] | None], name: str) -> str | None:
    """Returns the value of a header, which the front end may have made a list."""
    for given, value in headers.items():
        if given.lower() == name:
            return ", ".join(value) if isinstance(value, list) else value
    return None


def _response(invocation: Invocation, answer: Answer) -> Response:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    if answer.content_type is not None:
        headers["content-type"] = answer.content_type
    response: dict[str, Any] = {
        "statusCode": answer.status,
        "body": answer.body,
        "isBase64Encoded": False,
    }
    if headers and "headers" in invocation:
        response["headers"] = headers
    elif headers:
        # A load balancer with multi-value headers on ignores the others.
        response["multiValueHeaders"] = {name: [value] for name, value in headers.items()}
    return response
