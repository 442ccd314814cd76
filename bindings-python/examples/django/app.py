"""A Django project in one file: a view for KASKO's webhooks."""

import logging
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

import hookseal
from hookseal.django import webhook_view
from hookseal.payloads import kasko

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    KASKO_SECRET=os.environ["KASKO_SECRET"],
    ROOT_URLCONF=__name__,
    SECRET_KEY=os.environ.get("DJANGO_SECRET_KEY", "for the example alone"),
)
logging.basicConfig(level=logging.INFO)

webhook = hookseal.Webhook("kasko", settings.KASKO_SECRET)


@webhook_view(webhook)
def policies(request: HttpRequest, event: kasko.Event) -> HttpResponse:
    if event.type == "policy.created":
        logging.info("policy %s, test: %s", event.data.get("policy_id"), event.test)
    return HttpResponse(status=204)


urlpatterns = [path("webhooks/kasko", policies)]
application = get_wsgi_application()
