"""Webhooks in Django: ``pip install "hookseal[django]"``.

A view is called with the verified event, or not at all::

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
    from django.http import HttpResponse, HttpResponseNotAllowed
    from django.http.response import HttpResponseBase
except ModuleNotFoundError as error:
    raise ImportError('hookseal.django needs Django: pip install "hookseal[django]"') from error

from hookseal import Event, Webhook
from hookseal._http import MAX_BODY, Acknowledge, Answer, E, Receiver, is_longer

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["webhook_view"]

P = ParamSpec("P")
E_co = TypeVar("E_co", bound="Event[str, Any]", covariant=True)


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


def webhook_view(
    webhook: Webhook[E], *, max_body: int = MAX_BODY, acknowledge: Acknowledge = "checks"
) -> _Decorator[E]:
    """Makes a view of a function, sync or async, that takes the request and the verified event.

    The function is not called for a delivery that does not verify: it is answered with the
    error's HTTP status and ``{"error": code}``. Other methods than POST are answered with 405,
    bodies of more than ``max_body`` bytes or Django's ``DATA_UPLOAD_MAX_MEMORY_SIZE`` with 413.
    ``acknowledge`` says which test events are answered with 200 without calling the function: by
    default those that only check the endpoint. The view is exempt from CSRF protection.

    Under ASGI, Django receives every body whole before it calls a view: limit bodies in the server
    in front too.
    """
    receiver = Receiver(webhook, max_body, acknowledge)

    def receive(request: HttpRequest) -> E | HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        body = _read(request, receiver.limit(settings.DATA_UPLOAD_MAX_MEMORY_SIZE))
        if body is None:
            return _response(receiver.too_large())
        event = receiver.receive(body, request.headers)
        return _response(event) if isinstance(event, Answer) else event

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        def sync_view(request: HttpRequest, *args: object, **kwargs: object) -> Any:
            event = receive(request)
            if isinstance(event, HttpResponse):
                return event
            return view(request, event, *args, **kwargs)

        async def async_view(request: HttpRequest, *args: object, **kwargs: object) -> Any:
            event = receive(request)
            if isinstance(event, HttpResponse):
                return event
            return await view(request, event, *args, **kwargs)

        wrapper = wraps(view)(async_view if iscoroutinefunction(view) else sync_view)
        # Django's own decorator hides in old versions that a view is async.
        vars(wrapper)["csrf_exempt"] = True
        return wrapper

    return decorate


def _read(request: HttpRequest, limit: int) -> bytes | None:
    """The body, or none if it is longer than the limit."""
    length = request.META.get("CONTENT_LENGTH")
    if is_longer(length, limit):
        return None
    if length:
        return request.body
    # A chunked body: Django would read all of it under ASGI, and nothing under WSGI.
    stream = request.META["wsgi.input"] if request.META.get("wsgi.input_terminated") else request
    body: bytes = stream.read(limit + 1)
    return body if len(body) <= limit else None


def _response(answer: Answer) -> HttpResponse:
    return HttpResponse(answer.body, status=answer.status, content_type="application/json")
