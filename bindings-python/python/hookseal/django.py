"""Webhooks in Django: ``pip install "hookseal[django]"``.

Your view is called only with a verified event::

    webhook = hookseal.Webhook("kasko", settings.KASKO_SECRET)

    @webhook_view(webhook)
    def kasko(request: HttpRequest, event: hookseal.Event) -> HttpResponse:
        ...
        return HttpResponse(status=204)
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar, overload

try:
    from asgiref.sync import iscoroutinefunction
    from django.conf import settings
    from django.core.exceptions import RequestDataTooBig
    from django.http import HttpResponse, HttpResponseNotAllowed, RawPostDataException
    from django.http.response import HttpResponseBase
except ModuleNotFoundError as error:
    raise ImportError('hookseal.django needs Django: pip install "hookseal[django]"') from error

from hookseal import Event, Webhook
from hookseal._django_csrf import exempt, require_exemption
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
    read_length,
)
from hookseal._request_line import RequestLine, of_asgi, of_wsgi

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hookseal.inbox import AsyncInbox, Inbox

__all__ = ["webhook_view"]

P = ParamSpec("P")
E_co = TypeVar("E_co", bound="Event[str, Any]", covariant=True)


_FIX = (
    "read it as request.body, which Django keeps, and not with request.read(), or as a form before "
    "that"
)


class _Decorator(Protocol[E_co]):
    @overload
    def __call__(
        self,
        view: Callable[Concatenate[HttpRequest, E_co, P], Coroutine[Any, Any, HttpResponseBase]],
    ) -> Callable[Concatenate[HttpRequest, P], Coroutine[Any, Any, HttpResponseBase]]: ...
    @overload
    def __call__(
        self, view: Callable[Concatenate[HttpRequest, E_co, P], HttpResponseBase]
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]: ...


@overload
def webhook_view(
    webhook: Webhook[E], *, max_body: int | None = None, acknowledge: Acknowledge | None = None
) -> _Decorator[E]: ...
@overload
def webhook_view(
    *, inbox: Inbox[Any] | AsyncInbox[Any], source: str | None = None, max_body: int | None = None
) -> Callable[..., Any]: ...
def webhook_view(
    webhook: Webhook[E] | None = None,
    *,
    max_body: int | None = None,
    acknowledge: Acknowledge | None = None,
    inbox: Inbox[Any] | AsyncInbox[Any] | None = None,
    source: str | None = None,
) -> Any:
    """Makes a view from a function, sync or async, that takes the request and the verified event.

    Your function is not called for a delivery that does not verify: the response is then the
    error's HTTP status with ``{"error": code}``. Methods other than POST get 405. Bodies of more
    than ``max_body`` bytes (by default the webhook's own ``max_body``) get 413, and so do those of
    more than ``DATA_UPLOAD_MAX_MEMORY_SIZE`` if your settings have it. ``acknowledge`` names the
    test events that get 200 without your function being called: by default those that only check
    the endpoint. A sender that first asks whether the endpoint is yours is answered, by GET too.

    The view is exempt from CSRF protection. In a class-based view, decorate ``dispatch``, because
    that is where Django looks for the exemption::

        @method_decorator(webhook_view(webhook), name="dispatch")
        class Kasko(View):
            def post(self, request: HttpRequest, event: hookseal.Event) -> HttpResponse:
                ...

    Under ASGI, Django reads every body whole before it calls a view: limit the size of bodies in
    the server in front, too.

    With an ``inbox`` it makes a view that needs no function: it stores the delivery, of ``source``
    if the inbox has several, and responds with 204 once that is durable. ``ATOMIC_REQUESTS`` does
    not apply to it::

        path("webhooks/kasko", webhook_view(inbox=inbox))
    """
    receiver = make_receiver(webhook, max_body, acknowledge, inbox, source)
    if inbox is not None:
        return _inbox_view(receiver)

    def receive(request: HttpRequest) -> E | HttpResponse:
        require_exemption(request)
        if not receiver.takes(request.method):
            return HttpResponseNotAllowed(["POST"])
        event = _receive(receiver, request)
        return _response(event) if isinstance(event, Answer) else event

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        def sync_view(request: HttpRequest, *args: object, **kwargs: object) -> Any:
            event = receive(_checked(request))
            if isinstance(event, HttpResponse):
                return _awaited(event) if _dispatches_async(view) else event
            return view(request, event, *args, **kwargs)

        async def async_view(request: HttpRequest, *args: object, **kwargs: object) -> Any:
            event = receive(_checked(request))
            if isinstance(event, HttpResponse):
                return event
            return await view(request, event, *args, **kwargs)

        wrapper = wraps(view)(async_view if iscoroutinefunction(view) else sync_view)
        exempt(wrapper)
        return wrapper

    return decorate


def _inbox_view(receiver: Any) -> Callable[..., Any]:
    def respond(event: object) -> HttpResponse:
        return _response(event if isinstance(event, Answer) else Answer(204))

    def view(request: HttpRequest) -> HttpResponse:
        if not receiver.takes(request.method):
            return HttpResponseNotAllowed(["POST"])
        delivery = _read_delivery(receiver, request)
        return respond(delivery if isinstance(delivery, Answer) else receiver.receive(**delivery))

    async def async_view(request: HttpRequest) -> HttpResponse:
        if not receiver.takes(request.method):
            return HttpResponseNotAllowed(["POST"])
        delivery = _read_delivery(receiver, request)
        if isinstance(delivery, Answer):
            return respond(delivery)
        return respond(await receiver.receive_async(**delivery))

    from django.db.transaction import non_atomic_requests

    made: Callable[..., Any] = async_view if receiver.is_async else view
    exempt(made)
    # The inbox commits by itself, and a request's transaction would be committed after the response.
    return non_atomic_requests(made)


def _checked(request: Any) -> HttpRequest:
    """The request, which Django REST framework wraps."""
    if not hasattr(request, "META"):
        raise TypeError(
            f"expected a request, got {type(request).__name__}: to a method apply webhook_view with "
            "django.utils.decorators.method_decorator"
        )
    found: HttpRequest = getattr(request, "_request", request)
    return found


def _dispatches_async(view: Callable[..., Any]) -> bool:
    """Returns True for the dispatch of a class with async handlers, which must be awaited."""
    method = getattr(view, "func", view)  # as method_decorator wraps it
    return bool(getattr(getattr(method, "__self__", None), "view_is_async", False))


async def _awaited(response: HttpResponse) -> HttpResponse:
    return response


def _receive(receiver: Receiver[E], request: HttpRequest) -> E | Answer:
    delivery = _read_delivery(receiver, request)
    return delivery if isinstance(delivery, Answer) else receiver.receive(**delivery)


def _read_delivery(receiver: Receiver[Any], request: HttpRequest) -> dict[str, Any] | Answer:
    """Returns the arguments of the receiver, or the response if there is no whole body."""
    environ = request.META
    length = read_length(environ.get("CONTENT_LENGTH"))
    limit = receiver.limit(_own_limit())
    if length is not None and length > limit:
        return receiver.too_large()
    try:
        body = _read(request, length, limit)
    except RequestDataTooBig:
        return receiver.too_large()
    except RawPostDataException:
        return already_read(_FIX)
    except OSError:
        # As Django's UnreadablePostError.
        return incomplete("the sender closed the connection within the body")
    if len(body) > limit:
        return receiver.too_large()
    if not body and is_undecoded(environ):
        return already_read(UNDECODED)
    encoding = environ.get("HTTP_CONTENT_ENCODING")
    return {
        "body": body,
        "headers": environ,
        "line": _line(request) if receiver.needs_line else None,
        "encoding": encoding,
        "length": length,
        "fix": _FIX,
    }


def _line(request: HttpRequest) -> RequestLine:
    """Returns the line of the request. Django's own address may be from X-Forwarded-Host."""
    scope = getattr(request, "scope", None)
    return of_wsgi(request.META) if scope is None else of_asgi(scope)


def _own_limit() -> int | None:
    """Returns the limit in the settings, if set: Django's default is too low for GitHub."""
    name = "DATA_UPLOAD_MAX_MEMORY_SIZE"
    limit: int | None = getattr(settings, name) if settings.is_overridden(name) else None
    return limit


def _read(request: HttpRequest, length: int | None, limit: int) -> bytes:
    """Returns the body, or a part of it that is longer than the limit."""
    default = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if length is not None and (
        default is None or length <= default or hasattr(request, "_body")
    ):
        return request.body
    # Django would read more than its own limit never, a chunked body whole under ASGI, and nothing
    # of it under WSGI.
    terminated = length is None and request.META.get("wsgi.input_terminated")
    stream = request.META["wsgi.input"] if terminated else request
    body: bytes = stream.read(limit + 1)
    # Where Django keeps it, for whoever asks for the body later.
    vars(request).setdefault("_body", body)
    return body


def _response(answer: Answer) -> HttpResponse:
    if answer.content_type is None:
        return HttpResponse(status=answer.status)
    response = HttpResponse(
        answer.body,
        status=answer.status,
        headers=dict(answer.headers),
        content_type=answer.content_type,
    )
    if answer.status >= 500:
        # It is in the log. Django would mail it to the admins, and a sender that goes away before
        # it sends anything of the body looks like this too.
        vars(response)["_has_been_logged"] = True
    return response
