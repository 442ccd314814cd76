"""Webhooks in Flask: ``pip install "hookseal[flask]"``.

Your view is called only with a verified event::

    webhook = hookseal.Webhook("kasko", os.environ["KASKO_SECRET"])

    @app.post("/webhooks/kasko")
    @webhook_view(webhook)
    def kasko(event: hookseal.Event) -> ResponseReturnValue:
        ...
        return "", 204
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeAlias, overload

try:
    from flask import Response, current_app, request
    from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
except ModuleNotFoundError as error:
    raise ImportError('hookseal.flask needs Flask: pip install "hookseal[flask]"') from error

from hookseal import Webhook
from hookseal._http import (
    UNDECODED,
    Acknowledge,
    Answer,
    E,
    Receiver,
    already_read,
    incomplete,
    is_undecoded,
    make_receiver,
)
from hookseal._request_line import of_wsgi

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from flask.typing import ResponseReturnValue

    from hookseal.inbox import Inbox

    _Result: TypeAlias = ResponseReturnValue | Awaitable[ResponseReturnValue]

__all__ = ["webhook_view"]

P = ParamSpec("P")

_FIX = (
    "read it with request.get_data(), which keeps it, and not from request.stream or, before that, "
    "as request.form"
)


@overload
def webhook_view(
    webhook: Webhook[E], *, max_body: int | None = None, acknowledge: Acknowledge | None = None
) -> Callable[[Callable[Concatenate[E, P], _Result]], Callable[P, ResponseReturnValue]]: ...
@overload
def webhook_view(
    *, inbox: Inbox[Any], source: str | None = None, max_body: int | None = None
) -> Callable[..., ResponseReturnValue]: ...
def webhook_view(
    webhook: Webhook[E] | None = None,
    *,
    max_body: int | None = None,
    acknowledge: Acknowledge | None = None,
    inbox: Inbox[Any] | None = None,
    source: str | None = None,
) -> Any:
    """Makes a view from a function, sync or async, that takes the verified event.

    Your function is not called for a delivery that does not verify: the response is then the
    error's HTTP status with ``{"error": code}``. Bodies of more than ``max_body`` bytes (by default
    the webhook's own ``max_body``) or the app's ``MAX_CONTENT_LENGTH`` get 413. ``acknowledge``
    names the test events that get 200 without your function being called: by default those that
    only check the endpoint. A sender that first asks whether the endpoint is yours is answered: for
    one that asks by GET, let the route take ``methods=["GET", "POST"]``.

    Put it below the route's decorator. If the app has Flask-WTF's ``CSRFProtect``, exempt the view.

    With an ``inbox`` it makes a view that needs no function: it stores the delivery, of ``source``
    if the inbox has several, and responds with 204 once that is durable::

        app.add_url_rule("/webhooks/kasko", view_func=webhook_view(inbox=inbox), methods=["POST"])
    """
    receiver = make_receiver(webhook, max_body, acknowledge, inbox, source)
    if inbox is not None:
        return _inbox_view(receiver)

    def decorate(view: Callable[Concatenate[E, P], _Result]) -> Callable[P, Any]:
        @wraps(view)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> Any:
            event = _receive(receiver)
            if isinstance(event, Answer):
                return _response(event)
            return current_app.ensure_sync(view)(event, *args, **kwargs)

        return wrapper

    return decorate


def _inbox_view(receiver: Any) -> Callable[[], Response]:
    receiver.require_sync("flask")

    def view() -> Response:
        event = _receive(receiver)
        return _response(event if isinstance(event, Answer) else Answer(204))

    # Flask names the route by it.
    view.__name__ = f"hookseal_{receiver.source}"
    return view


def _response(answer: Answer) -> Response:
    if answer.content_type is None:
        return Response(status=answer.status)
    return Response(
        answer.body, answer.status, dict(answer.headers), content_type=answer.content_type
    )


def _receive(receiver: Receiver[E]) -> E | Answer:
    limit = receiver.limit(request.max_content_length)
    length = request.content_length
    if length is not None and length > limit:
        return receiver.too_large()
    try:
        body = _read(limit)
    except RequestEntityTooLarge:
        return receiver.too_large()
    except ClientDisconnected:
        return incomplete(
            "the sender closed the connection within the body, or a WSGI middleware has read it"
        )
    if len(body) > limit:
        return receiver.too_large()
    if not body and is_undecoded(request.environ):
        return already_read(UNDECODED)
    return receiver.receive(
        body,
        request.environ,
        line=of_wsgi(request.environ) if receiver.needs_line else None,
        encoding=request.environ.get("HTTP_CONTENT_ENCODING"),
        length=length,
        fix=_FIX,
    )


def _read(limit: int) -> bytes:
    """Returns the body, or a part of it that is longer than the limit."""
    try:
        # Werkzeug cuts a chunked body off at its limit and does not say so: one byte more tells.
        request.max_content_length = limit + 1
    except AttributeError:
        # Before Flask 3.1 it is the app's alone. What is not left in the stream was kept.
        if request.content_length is None:
            return request.stream.read(limit + 1) or request.get_data()
    return request.get_data()
