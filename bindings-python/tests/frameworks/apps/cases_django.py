"""An endpoint for each of the adapter cases."""

from __future__ import annotations

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

import hookseal
from adapter_cases import adapter_cases, tell
from hookseal.django import webhook_view

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF="cases_django", SECRET_KEY="of these tests"
)
django.setup()


def view(request: HttpRequest, event: hookseal.Event) -> HttpResponse:
    return JsonResponse(tell(event), status=202)


urlpatterns = [
    path(case.name, webhook_view(case.webhook, **case.options)(view)) for case in adapter_cases()
]

wsgi = get_wsgi_application()
asgi = get_asgi_application()
