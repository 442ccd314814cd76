"""An endpoint for each of the webhooks whose senders first ask."""

from __future__ import annotations

import django
from askers import WEBHOOKS
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

import hookseal
from hookseal.django import webhook_view
from webhooks import echo

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF="asked_django", SECRET_KEY="of these tests"
)
django.setup()


def view(request: HttpRequest, event: hookseal.Event) -> HttpResponse:
    return JsonResponse(echo(event))


async def async_view(request: HttpRequest, event: hookseal.Event) -> HttpResponse:
    return JsonResponse(echo(event))


urlpatterns = [
    path(f"{prefix}{kind}", webhook_view(webhook)(own))
    for kind, webhook in WEBHOOKS.items()
    for prefix, own in (("", view), ("async/", async_view))
]

wsgi = get_wsgi_application()
asgi = get_asgi_application()
