"""What type checkers make of the adapters. Never run: mypy and pyright read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from starlette.requests import Request
from typing_extensions import assert_type

import hookseal
from hookseal import aws_lambda, django, fastapi, flask
from hookseal.payloads import claimport, kasko

webhook = hookseal.Webhook("kasko", "secret")


@django.webhook_view(webhook)
def view(request: HttpRequest, event: kasko.Event, name: str) -> HttpResponse:
    return HttpResponse(name)


@django.webhook_view(webhook)
async def async_view(request: HttpRequest, event: hookseal.Event) -> HttpResponse:
    return HttpResponse()


@django.webhook_view(webhook)  # type: ignore[arg-type]
def wrong_view(request: HttpRequest, event: claimport.Event) -> HttpResponse:
    return HttpResponse()


@flask.webhook_view(webhook)
def flask_view(event: kasko.Event, name: str) -> str:
    return name


@flask.webhook_view(webhook)  # type: ignore[arg-type]
def wrong_flask_view(event: claimport.Event) -> str:
    return ""


@aws_lambda.webhook_handler(webhook)
def handler(event: kasko.Event, context: int) -> None: ...


@aws_lambda.webhook_handler(webhook)  # type: ignore[arg-type]
def wrong_handler(event: claimport.Event, context: int) -> None: ...


async def call(request: HttpRequest, starlette: Request) -> None:
    assert_type(view(request, name="ann"), HttpResponseBase)
    assert_type(await async_view(request), HttpResponseBase)
    flask_view("ann")
    assert_type(handler({}, 1), Mapping[str, Any])
    assert_type(await fastapi.WebhookEvent(webhook)(starlette), kasko.Event)

    view(request)  # type: ignore[call-arg]
    flask_view()  # type: ignore[call-arg]
    handler({}, "")  # type: ignore[arg-type]
