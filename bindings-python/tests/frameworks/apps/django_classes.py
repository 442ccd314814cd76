"""Class-based views behind Django's CSRF protection, with Django's own settings for bodies."""

from __future__ import annotations

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.utils.decorators import method_decorator
from django.views import View

import hookseal
from hookseal.django import webhook_view
from webhooks import GITHUB, KASKO, echo

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1", "testserver"],
    MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"],
    ROOT_URLCONF="django_classes",
    SECRET_KEY="of these tests",
)
django.setup()


@method_decorator(webhook_view(KASKO), name="dispatch")
class Kasko(View):
    def post(self, request: HttpRequest, event: hookseal.Event) -> HttpResponse:
        return JsonResponse(echo(event))


@method_decorator(webhook_view(KASKO), name="dispatch")
class AsyncKasko(View):
    async def post(self, request: HttpRequest, event: hookseal.Event) -> HttpResponse:
        return JsonResponse(echo(event))


class DecoratedPost(View):
    """Not as the documentation says: Django does not ask this method whether it is exempt."""

    @method_decorator(webhook_view(KASKO))
    def post(self, request: HttpRequest, event: hookseal.Event) -> HttpResponse:
        return JsonResponse(echo(event))


class DecoratedAsyncPost(View):
    @method_decorator(webhook_view(KASKO))
    async def post(self, request: HttpRequest, event: hookseal.Event) -> HttpResponse:
        return JsonResponse(echo(event))


class WithoutMethodDecorator(View):
    @webhook_view(KASKO)  # type: ignore[arg-type]
    def post(self, request: HttpRequest, event: hookseal.Event) -> HttpResponse:
        return JsonResponse(echo(event))


@webhook_view(GITHUB)
def github(request: HttpRequest, event: hookseal.Event) -> HttpResponse:
    # Django keeps what the adapter has read.
    return JsonResponse({**echo(event), "size": len(request.body)})


class Wrong:
    urlpatterns = [
        path("post", DecoratedPost.as_view()),
        path("async-post", DecoratedAsyncPost.as_view()),
        path("without", WithoutMethodDecorator.as_view()),
    ]


urlpatterns = [
    path("kasko", Kasko.as_view()),
    path("async/kasko", AsyncKasko.as_view()),
    path("github", github),
    path("wrong/", include(Wrong.urlpatterns)),
]

wsgi = get_wsgi_application()
asgi = get_asgi_application()
