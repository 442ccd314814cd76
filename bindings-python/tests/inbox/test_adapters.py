"""Adapters with an inbox: a success only for what is durable."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import aiosqlite
import pytest
from frameworks import askers

import hookseal
from hookseal.inbox import AsyncInbox, Inbox

from . import project
from .program import SECRET, WEBHOOK, body


class Reply(NamedTuple):
    status: int
    headers: dict[str, str]
    content: Any


Post = Callable[[bytes, dict[str, str]], Reply]


def parsed(content: bytes) -> Any:
    """What JSON says, or the text that it is not."""
    if not content:
        return None
    return json.loads(content) if content.startswith(b"{") else content.decode()


def flask(inbox: Any) -> Post:
    from flask import Flask

    from hookseal.flask import webhook_view

    app = Flask(__name__)
    app.add_url_rule("/webhook", view_func=webhook_view(inbox=inbox), methods=["POST"])
    client = app.test_client()

    def post(content: bytes, headers: dict[str, str]) -> Reply:
        response = client.post("/webhook", data=content, headers=headers)
        return Reply(response.status_code, dict(response.headers), parsed(response.data))

    return post


def fastapi(inbox: Any) -> Post:
    from fastapi import Depends, FastAPI
    from httpx import ASGITransport, AsyncClient

    from hookseal.fastapi import WebhookEvent, install

    app = FastAPI()
    install(app)

    @app.post("/webhook", status_code=204, dependencies=[Depends(WebhookEvent(inbox=inbox))])
    async def stored() -> None:
        pass

    async def send(content: bytes, headers: dict[str, str]) -> Reply:
        async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
            response = await client.post("/webhook", content=content, headers=headers)
        given = parsed(response.content)
        names = {name.title(): value for name, value in response.headers.items()}
        return Reply(response.status_code, names, given)

    return lambda content, headers: asyncio.run(send(content, headers))


def django(inbox: Any) -> Post:
    from asgiref.sync import iscoroutinefunction
    from django.test import AsyncRequestFactory, RequestFactory

    from hookseal.django import webhook_view

    view: Any = webhook_view(inbox=inbox)
    # Neither a check of CSRF nor a transaction of the request's applies to it.
    assert view.csrf_exempt
    assert view._non_atomic_requests == {"default"}

    def post(content: bytes, headers: dict[str, str]) -> Reply:
        options: Any = {"content_type": "application/json", "headers": headers}
        if iscoroutinefunction(view):
            response = asyncio.run(view(AsyncRequestFactory().post("/webhook", content, **options)))
        else:
            response = view(RequestFactory().post("/webhook", content, **options))
        given = parsed(response.content)
        return Reply(response.status_code, dict(response.headers), given)

    return post


def aws_lambda(inbox: Any) -> Post:
    from hookseal.aws_lambda import webhook_handler

    handler = webhook_handler(inbox=inbox)

    def post(content: bytes, headers: dict[str, str]) -> Reply:
        invocation = {
            "version": "2.0",
            "rawPath": "/webhook",
            "headers": headers,
            "requestContext": {"http": {"method": "POST"}},
            "body": content.decode(),
        }
        response = handler(invocation, None)
        names = {name.title(): value for name, value in response.get("headers", {}).items()}
        given = parsed(response["body"].encode())
        return Reply(response["statusCode"], names, given)

    return post


class Database:
    """A file that can be taken away and brought back."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "inbox.sqlite"
        self.is_there = True
        self.own: Inbox[Any] = Inbox(self.connect, WEBHOOK)
        self.own.migrate()

    def connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path if self.is_there else self.path / "missing")

    def connect_async(self) -> Any:
        if not self.is_there:
            # As it raises itself, in a thread that outlives the loop of a test.
            raise sqlite3.OperationalError("unable to open database file")
        return aiosqlite.connect(self.path)


SYNC: list[Callable[[Any], Post]] = [flask, fastapi, django, aws_lambda]
ASYNC: list[Callable[[Any], Post]] = [fastapi, django]


@pytest.mark.parametrize(
    ("adapter", "is_async"),
    [*((adapter, False) for adapter in SYNC), *((adapter, True) for adapter in ASYNC)],
)
def test_it_answers_with_success_what_is_durable(
    adapter: Callable[[Any], Post], is_async: bool, tmp_path: Path
) -> None:
    project.connection("default", tmp_path)
    database = Database(tmp_path)
    inbox: Any = AsyncInbox(database.connect_async, WEBHOOK) if is_async else database.own
    post = adapter(inbox)
    content = body("e1")
    headers = WEBHOOK.sign(content)
    for _ in range(2):
        reply = post(content, headers)
        assert (reply.status, reply.content) == (204, None)
    (entry,) = database.own.list()
    assert (entry.state, entry.duplicates) == ("waiting", 1)

    forged = post(b"{}", headers)
    assert (forged.status, forged.content) == (401, {"error": "signature_mismatch"})
    assert "Retry-After" not in forged.headers
    large = post(b" " * (WEBHOOK.max_body + 1), headers)
    assert (large.status, large.content) == (413, {"error": "body_too_large"})

    database.is_there = False
    gone = post(body("e2"), WEBHOOK.sign(body("e2")))
    assert (gone.status, gone.content) == (503, {"error": "unavailable"})
    assert gone.headers["Retry-After"] == "5"
    database.is_there = True
    assert [entry.seq for entry in database.own.list()] == [entry.seq]


SIGNING = {
    "name": "coverkit",
    "signature": {
        "header": "X-Signature",
        "algorithm": "hmac-sha256",
        "encoding": "hex",
        "content": "{method} {url}\n{header:X-Tenant}\n{body}",
    },
    "event": {"type": {"pointer": "/type"}},
}


@pytest.mark.parametrize(
    ("adapter", "is_async"),
    [*((adapter, False) for adapter in SYNC), *((adapter, True) for adapter in ASYNC)],
)
def test_what_is_signed_of_the_request_is_kept(
    adapter: Callable[[Any], Post], is_async: bool, tmp_path: Path
) -> None:
    project.connection("default", tmp_path)
    database = Database(tmp_path)
    origin = "https://hooks.example.com"
    webhook = hookseal.Webhook(hookseal.Scheme(SIGNING), SECRET, origin=origin)
    own: Inbox[Any] = Inbox(database.connect, webhook)
    inbox: Any = AsyncInbox(database.connect_async, webhook) if is_async else own
    content = body("e1")
    signed = f"POST {origin}/webhook\nacme\n".encode() + content
    digest = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    headers = {"X-Signature": digest, "X-Tenant": "acme"}
    assert adapter(inbox)(content, headers).status == 204
    assert adapter(inbox)(content, {**headers, "X-Tenant": "other"}).status == 401
    (claimed,) = own.claim(10)
    assert claimed.event.body == content


@pytest.mark.parametrize(
    ("adapter", "is_async"),
    [*((adapter, False) for adapter in SYNC), *((adapter, True) for adapter in ASYNC)],
)
def test_a_handshake_is_answered_and_not_stored(
    adapter: Callable[[Any], Post], is_async: bool, tmp_path: Path
) -> None:
    project.connection("default", tmp_path)
    database = Database(tmp_path)
    webhook = askers.WEBHOOKS["slack"]
    own: Inbox[Any] = Inbox(database.connect, webhook)
    post = adapter(AsyncInbox(database.connect_async, webhook) if is_async else own)
    reply = post(askers.QUESTION, askers.slack_headers(askers.QUESTION))
    assert (reply.status, reply.content) == (200, askers.CHALLENGE)
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    forged = post(askers.QUESTION, askers.slack_headers(b"{}"))
    assert (forged.status, forged.content) == (401, {"error": "signature_mismatch"})
    assert own.list() == []
    assert post(askers.MESSAGE, askers.slack_headers(askers.MESSAGE)).status == 204
    assert len(own.list()) == 1


def test_django_answers_a_handshake_by_get(tmp_path: Path) -> None:
    from django.test import AsyncRequestFactory, RequestFactory

    from hookseal.django import webhook_view

    project.connection("default", tmp_path)
    database = Database(tmp_path)
    webhook = askers.WEBHOOKS["meta"]
    own: Inbox[Any] = Inbox(database.connect, webhook)
    view: Any = webhook_view(inbox=own)
    waiting: Any = webhook_view(inbox=AsyncInbox(database.connect_async, webhook))
    for query, status in ((askers.meta_query(), 200), (askers.meta_query("other"), 401), ("", 405)):
        for response in (
            view(RequestFactory().get(f"/webhook?{query}")),
            asyncio.run(waiting(AsyncRequestFactory().get(f"/webhook?{query}"))),
        ):
            assert response.status_code == status
    assert view(RequestFactory().put("/webhook")).status_code == 405
    assert own.list() == []


def test_options_that_do_not_go_together(tmp_path: Path) -> None:
    from hookseal.aws_lambda import webhook_handler
    from hookseal.fastapi import WebhookEvent
    from hookseal.flask import webhook_view

    database = Database(tmp_path)
    several: Inbox[Any] = Inbox(database.connect, {"a": WEBHOOK, "b": WEBHOOK})
    makers: list[Any] = [webhook_view, webhook_handler, WebhookEvent]
    for make in makers:
        with pytest.raises(TypeError, match="an inbox takes the place of the webhook"):
            make(WEBHOOK, inbox=database.own)
        with pytest.raises(TypeError, match="source names one of an inbox's"):
            make(WEBHOOK, source="a")
        with pytest.raises(TypeError, match="expected a hookseal.inbox.Inbox, got Webhook"):
            make(inbox=WEBHOOK)
        with pytest.raises(hookseal.InboxError, match="name one of `a`, `b`"):
            make(inbox=several)
        make(inbox=several, source="b")
    waiting: AsyncInbox[Any] = AsyncInbox(database.connect_async, WEBHOOK)
    for make in (webhook_view, webhook_handler):
        with pytest.raises(TypeError, match="needs a hookseal.inbox.Inbox, not an AsyncInbox"):
            make(inbox=waiting)  # type: ignore[call-overload]
