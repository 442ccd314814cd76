"""An endpoint for each of the webhooks whose senders sign the request, or nothing."""

from __future__ import annotations

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

import hookseal
from hookseal.django import webhook_view
from signed import WEBHOOKS
from webhooks import echo

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="signed_django",
    SECRET_KEY="of these tests",
    # The adapter does not ask Django for the address, which these would be a part of.
    USE_X_FORWARDED_HOST=True,
    USE_X_FORWARDED_PORT=True,
)
django.setup()


def view(request: HttpRequest, event: hookseal.Event, name: str) -> HttpResponse:
    return JsonResponse(echo(event, name))


urlpatterns = [
    path(f"{kind}/<str:name>", webhook_view(webhook)(view)) for kind, webhook in WEBHOOKS.items()
]

wsgi = get_wsgi_application()
asgi = get_asgi_application()
