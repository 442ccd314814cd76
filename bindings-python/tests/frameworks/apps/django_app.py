"""The same views sync, and async under /async."""

from __future__ import annotations

import json
from collections.abc import Callable

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import path

import hookseal
from hookseal.django import webhook_view
from webhooks import CLAIMPORT, FRAMEWORK_LIMIT, GITHUB, KASKO, SMALL, echo, fail


def read_early(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware that parses the body before the view does anything."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path.endswith("/parsed"):
            # Under WSGI a chunked body is empty to all but the adapter.
            json.loads(request.body or "null")
            len(request.POST)
        elif request.path.endswith("/consumed"):
            request.read()
        elif request.path.endswith("/as-form"):
            len(request.POST)
        return get_response(request)

    return middleware


settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DATA_UPLOAD_MAX_MEMORY_SIZE=FRAMEWORK_LIMIT,
    MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware", "django_app.read_early"],
    ROOT_URLCONF="django_app",
    SECRET_KEY="of these tests",
)
django.setup()


def sync_view(request: HttpRequest, event: hookseal.Event, name: str | None = None) -> HttpResponse:
    return JsonResponse(echo(event, name))


async def async_view(
    request: HttpRequest, event: hookseal.Event, name: str | None = None
) -> HttpResponse:
    return JsonResponse(echo(event, name))


def sync_failing(request: HttpRequest, event: hookseal.Event) -> HttpResponse:
    return JsonResponse(fail(event))


async def async_failing(request: HttpRequest, event: hookseal.Event) -> HttpResponse:
    return JsonResponse(fail(event))


VIEWS = {
    "kasko": webhook_view(KASKO),
    "parsed": webhook_view(KASKO),
    "consumed": webhook_view(KASKO),
    "as-form": webhook_view(GITHUB),
    "github": webhook_view(GITHUB),
    "named/<str:name>": webhook_view(KASKO),
    "small": webhook_view(KASKO, max_body=SMALL),
    "large": webhook_view(KASKO, max_body=2 * FRAMEWORK_LIMIT),
    "live": webhook_view(KASKO, acknowledge="tests"),
    "claimport": webhook_view(CLAIMPORT),
    "every": webhook_view(CLAIMPORT, acknowledge="none"),
}

urlpatterns = [
    *(path(route, decorate(sync_view)) for route, decorate in VIEWS.items()),
    *(path(f"async/{route}", decorate(async_view)) for route, decorate in VIEWS.items()),
    path("failing", webhook_view(KASKO)(sync_failing)),
    path("async/failing", webhook_view(KASKO)(async_failing)),
]

wsgi = get_wsgi_application()
asgi = get_asgi_application()
