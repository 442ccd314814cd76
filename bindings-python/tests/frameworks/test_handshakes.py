"""Senders that first ask whether the endpoint is the receiver's, under real servers and in Lambda."""

from __future__ import annotations

import json
from typing import Any

import pytest

import hookseal
from hookseal.aws_lambda import webhook_handler

from .askers import (
    CHALLENGE,
    MESSAGE,
    META,
    NUMBER,
    PAGE,
    QUESTION,
    SECRET,
    WEBHOOKS,
    meta_headers,
    meta_query,
    slack_headers,
)
from .conftest import Servers
from .serving import Reply, Server
from .test_aws_lambda import FRONT_ENDS, FrontEnd

ENDPOINTS = {
    "django-wsgi": ("asked-django-wsgi", ""),
    "django-asgi": ("asked-django-asgi", ""),
    "django-async": ("asked-django-asgi", "/async"),
    "flask": ("asked-flask", ""),
    "fastapi": ("asked-fastapi", ""),
}


@pytest.fixture(params=ENDPOINTS)
def endpoint(request: pytest.FixtureRequest, servers: Servers) -> tuple[Server, str]:
    name, prefix = ENDPOINTS[request.param]
    return servers[name], prefix


def answered(reply: Reply, body: str) -> None:
    given = (reply.status, reply.content_type, reply.options, reply.body.decode())
    assert given == (200, "text/plain", "nosniff", body)


def refused(reply: Reply, status: int, code: str) -> None:
    assert (reply.status, reply.json()) == (status, {"error": code})


def test_a_signed_question_is_answered(endpoint: tuple[Server, str]) -> None:
    server, prefix = endpoint
    path = f"{prefix}/slack"
    answered(server.send(path, QUESTION, slack_headers(QUESTION)), CHALLENGE)
    refused(server.send(path, QUESTION, slack_headers(b"{}")), 401, "signature_mismatch")
    refused(server.send(path, QUESTION), 401, "missing_header")
    hostile = QUESTION.replace(CHALLENGE.encode(), b"<b>")
    refused(server.send(path, hostile, slack_headers(hostile)), 400, "invalid_payload")
    refused(server.send(path, method="GET", content_type=None), 405, "method_not_allowed")
    reply = server.send(path, MESSAGE, slack_headers(MESSAGE))
    assert (reply.status, reply.json()["handled"]) == (200, "message")


def test_a_question_in_the_address_is_answered_for_who_has_the_token(
    endpoint: tuple[Server, str],
) -> None:
    server, prefix = endpoint
    path = f"{prefix}/meta"

    def get(query: str) -> Reply:
        return server.send(f"{path}{query}", method="GET", content_type=None)

    answered(get(f"?{meta_query()}"), NUMBER)
    refused(get(f"?{meta_query('Meatyhamhock')}"), 401, "signature_mismatch")
    refused(get(f"?{meta_query(challenge='%3Cb%3E')}"), 400, "invalid_payload")
    refused(get(""), 405, "method_not_allowed")
    refused(server.send(f"{path}?{meta_query()}", PAGE), 401, "missing_header")
    reply = server.send(path, PAGE, meta_headers(PAGE))
    assert (reply.status, reply.json()["handled"]) == (200, "page")


def test_other_methods_are_none_of_a_sender(servers: Servers) -> None:
    reply = servers["asked-django-wsgi"].send("/meta", PAGE, meta_headers(PAGE), method="PUT")
    assert reply.status == 405


def test_fastapi_says_that_install_was_forgotten(servers: Servers) -> None:
    server = servers["asked-fastapi"]
    before = server.log.read_text()
    path = f"/forgotten/meta?{meta_query()}"
    assert server.send(path, method="GET", content_type=None).status == 500
    assert "hookseal.fastapi.install(app)" in server.wait_for_log("RuntimeError: ", before)
    assert server.send("/forgotten/meta", PAGE, meta_headers(PAGE)).status == 200
    assert server.send("/forgotten/meta", PAGE).status == 401


# What each front end makes of the question.
PARAMETERS = dict(pair.split("=") for pair in meta_query().split("&"))
QUERIES: dict[str, dict[str, Any]] = {
    "http_api": {"rawQueryString": meta_query()},
    "function_url": {"rawQueryString": meta_query()},
    "rest_api": {
        "multiValueQueryStringParameters": {name: [value] for name, value in PARAMETERS.items()}
    },
    "load_balancer": {"queryStringParameters": PARAMETERS},
    "load_balancer_multi": {
        "multiValueQueryStringParameters": {name: [value] for name, value in PARAMETERS.items()}
    },
}


def invoked(handler: Any, invocation: dict[str, Any]) -> tuple[int, str, dict[str, Any]]:
    response = handler(invocation, None)
    multiple = response.get("multiValueHeaders", {})
    headers = response.get("headers") or {name: value for name, (value,) in multiple.items()}
    return response["statusCode"], response["body"], headers


def get(name: str) -> dict[str, Any]:
    """The invocation of a GET, which has no body."""
    invocation = {**FrontEnd(name).invocation(b"", {}), "body": None, **QUERIES[name]}
    context = invocation["requestContext"]
    if "http" in context:
        context["http"]["method"] = "GET"
    else:
        invocation["httpMethod"] = "GET"
    return invocation


PLAIN = {"content-type": "text/plain", "x-content-type-options": "nosniff"}


@pytest.mark.parametrize("name", FRONT_ENDS)
def test_lambda(name: str) -> None:
    handled = []

    def handle(event: Any, context: None) -> None:
        handled.append(event.type)

    slack: Any = webhook_handler(WEBHOOKS["slack"])(handle)
    meta: Any = webhook_handler(WEBHOOKS["meta"])(handle)

    def post(handler: Any, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        return invoked(handler, FrontEnd(name).invocation(body, headers))[:2]

    asked = FrontEnd(name).invocation(QUESTION, slack_headers(QUESTION))
    assert invoked(slack, asked) == (200, CHALLENGE, PLAIN)
    forged = post(slack, QUESTION, slack_headers(b"{}"))
    assert forged == (401, json.dumps({"error": "signature_mismatch"}))
    assert invoked(meta, get(name)) == (200, NUMBER, PLAIN)
    other = hookseal.Webhook(hookseal.Scheme(META), SECRET, constants={"verify_token": "other"})
    wrong = invoked(webhook_handler(other)(handle), get(name))[:2]
    assert wrong == (401, json.dumps({"error": "signature_mismatch"}))
    without: Any = webhook_handler(hookseal.Webhook(hookseal.Scheme(META), SECRET))(handle)
    assert invoked(without, get(name))[:2] == (500, json.dumps({"error": "invalid_scheme"}))
    assert invoked(slack, get(name))[:2] == (405, json.dumps({"error": "method_not_allowed"}))
    assert not handled
    assert post(slack, MESSAGE, slack_headers(MESSAGE)) == (200, "")
    assert post(meta, PAGE, meta_headers(PAGE)) == (200, "")
    assert handled == ["message", "page"]
