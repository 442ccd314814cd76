from __future__ import annotations

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

import hookseal
from hookseal.django import webhook_view
from webhooks import NAME, WEBHOOK, handle, verify

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"],
    ROOT_URLCONF="django_app",
    SECRET_KEY="of this benchmark",
)
django.setup()


@webhook_view(WEBHOOK)
def with_hookseal(request: HttpRequest, event: hookseal.Event) -> HttpResponse:
    handle(event.data)
    return HttpResponse(status=204)


@csrf_exempt
@require_POST
def with_snippet(request: HttpRequest) -> HttpResponse:
    data = verify(request.body, request.headers.get(NAME))
    if data is None:
        return HttpResponse(status=401)
    handle(data)
    return HttpResponse(status=204)


urlpatterns = [path("hookseal", with_hookseal), path("snippet", with_snippet)]

app = get_wsgi_application()
