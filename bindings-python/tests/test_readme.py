"""Every code block of the README and of the site's pages runs, and what it makes does what it says."""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cases import ROOT
from deliveries import BODY, KASKO
from inbox import project
from inbox.servers import servers

import hookseal

README = Path(ROOT, "bindings-python/README.md").read_text(encoding="utf-8")


def blocks(text: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


# The pages of the site that have blocks, and where they are in the repository.
PAGES = {
    file.relative_to(ROOT).as_posix(): blocks(text)
    for file in sorted(Path(ROOT, "docs").rglob("*.md"))
    if blocks(text := file.read_text(encoding="utf-8"))
}
BLOCKS = {"bindings-python/README.md": blocks(README), **PAGES}
HEADERS = hookseal.Webhook("kasko", KASKO).sign(BODY, type="policy.created")
FORGED = {**HEADERS, "X-KASKO-Signature": "sha1=" + "0" * 40}


def quick_start(names: dict[str, Any]) -> None:
    names["receive"](BODY, HEADERS)
    with pytest.raises(hookseal.SignatureMismatchError):
        names["receive"](BODY, FORGED)


def matching(names: dict[str, Any]) -> None:
    webhook = hookseal.Webhook("kasko", KASKO)

    def handled(body: bytes, type_: str) -> str:
        return str(names["handle"](webhook.verify(body, webhook.sign(body, type=type_))))

    assert handled(BODY, "policy.created") == "ignored"
    assert handled(b'{"policy_id":"P"}', "policy.created") == "created P"
    assert handled(b"{}", "policy.created") == "unknown"
    assert handled(b"{}", "policy.cancelled") == "cancelled"


def flask(names: dict[str, Any]) -> None:
    client = names["app"].test_client()
    assert client.post("/webhooks/kasko", data=BODY, headers=HEADERS).status_code == 204
    refused = client.post("/webhooks/kasko", data=BODY, headers=FORGED)
    assert (refused.status_code, refused.json) == (401, {"error": "signature_mismatch"})


def fastapi(names: dict[str, Any]) -> None:
    async def status(headers: dict[str, str]) -> tuple[int, bytes]:
        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        scope: dict[str, Any] = {"type": "http", "method": "POST", "path": "/webhooks/kasko", "headers": raw}
        scope |= {"query_string": b"", "root_path": "", "http_version": "1.1"}
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": BODY}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await names["app"](scope, receive, send)
        return sent[0]["status"], sent[-1].get("body", b"")

    assert asyncio.run(status(HEADERS)) == (204, b"")
    code, body = asyncio.run(status(FORGED))
    assert (code, json.loads(body)) == (401, {"error": "signature_mismatch"})


def django(names: dict[str, Any]) -> None:
    from django.conf import settings
    from django.test import RequestFactory

    if not settings.configured:
        settings.configure()
    post = RequestFactory().post

    def answer(headers: dict[str, str]) -> Any:
        request = post("/", BODY, content_type="application/json", headers=headers)
        return names["kasko"](request)

    assert answer(HEADERS).status_code == 204
    refused = answer(FORGED)
    assert (refused.status_code, json.loads(refused.content)) == (
        401,
        {"error": "signature_mismatch"},
    )


def django_class(names: dict[str, Any]) -> None:
    django({"kasko": names["Kasko"].as_view()})


def aws_lambda(names: dict[str, Any]) -> None:
    def invocation(headers: dict[str, str]) -> dict[str, Any]:
        return {"version": "2.0", "headers": headers, "body": BODY.decode()}

    assert names["handler"](invocation(HEADERS), None)["statusCode"] == 200
    assert names["handler"](invocation(FORGED), None)["statusCode"] == 401


def work(names: dict[str, Any]) -> None:
    """Runs the block's worker until it has handled what is there."""
    worker = names["Worker"](names["inbox"], names["handle"])
    names["Worker"] = lambda inbox, handle: worker
    working = threading.Thread(target=names["work"])
    working.start()
    try:
        while [entry.state for entry in names["inbox"].list()] != ["done"]:
            assert working.is_alive()
    finally:
        worker.stop()
        working.join()


def inbox_flask(names: dict[str, Any]) -> None:
    with closing(sqlite3.connect("app.db")) as database:
        database.execute("CREATE TABLE policy (id TEXT)")
        names["inbox"].migrate()
        flask(names)
        flask(names)
        work(names)
        assert database.execute("SELECT id FROM policy").fetchall() == [("P-1",)]


def inbox_fastapi(names: dict[str, Any]) -> None:
    import psycopg

    inbox = names["inbox"]

    async def handled() -> None:
        worker = names["AsyncWorker"](inbox, names["handle"])
        names["AsyncWorker"] = lambda *_, **options: worker
        working = asyncio.ensure_future(names["work"]())
        while [entry.state for entry in await inbox.list()] != ["done"]:
            assert not working.done()
        worker.stop()
        await working

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as database:
        tables = "policy, hookseal_job, hookseal_delivery, hookseal_inbox"
        database.execute(f"DROP TABLE IF EXISTS {tables}")
        database.execute("CREATE TABLE policy (id TEXT)")
        asyncio.run(inbox.migrate())
        fastapi(names)
        fastapi(names)
        asyncio.run(handled())
        assert database.execute("SELECT id FROM policy").fetchall() == [("P-1",)]
        database.execute(f"DROP TABLE {tables}")


def once(names: dict[str, Any]) -> None:
    with closing(sqlite3.connect("app.db")) as database:
        database.execute("CREATE TABLE policy (id TEXT)")
        names["inbox"].migrate()
        flask(names)
        flask(names)
        assert database.execute("SELECT id FROM policy").fetchall() == [("P-1",)]


def alembic(names: dict[str, Any]) -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from sqlalchemy import create_engine, inspect

    engine = create_engine("sqlite:///app.db")
    with engine.begin() as connection:
        with Operations.context(MigrationContext.configure(connection)):
            names["upgrade"]()
        assert inspect(connection).get_table_names() == [
            "hookseal_delivery",
            "hookseal_inbox",
            "hookseal_job",
        ]
    engine.dispose()


def inbox_django(names: dict[str, Any]) -> None:
    from django.test import RequestFactory

    project.connection("default", Path())
    (route,) = names["urlpatterns"]
    options: Any = {"content_type": "application/json", "headers": FORGED}
    refused = route.callback(RequestFactory().post("/", BODY, **options))
    assert (refused.status_code, json.loads(refused.content)) == (
        401,
        {"error": "signature_mismatch"},
    )
    assert "hookseal.inbox.django" in names["INSTALLED_APPS"]


def wsgi(names: dict[str, Any]) -> None:
    def status(headers: dict[str, str]) -> str:
        environ: dict[str, Any] = {"wsgi.input": io.BytesIO(BODY)}
        for name, value in headers.items():
            environ["HTTP_" + name.upper().replace("-", "_")] = value
        statuses: list[str] = []
        names["app"](environ, lambda line, headers: statuses.append(line))
        return statuses[0]

    assert status(HEADERS) == "204 No Content"
    assert status(FORGED) == "401 Refused"


def rotation(names: dict[str, Any]) -> None:
    old = hookseal.Webhook("kasko", "the old one").sign(BODY, type="policy.created")
    assert names["webhook"].verify(BODY, old).key_index == 1
    assert names["webhook"].verify(BODY, HEADERS).key_index == 0


def explained(names: dict[str, Any]) -> None:
    body = b'{"policy_id":"TEST-POLICY-12345","premium":1.0}'
    assert names["why"](body, hookseal.Webhook("kasko", KASKO).sign(body, type="policy.created")) == (
        "body_reserialised"
    )


def types(names: dict[str, Any]) -> None:
    webhook = hookseal.Webhook("kasko", KASKO)
    body = b'{"gross_premium":1,"payment_token":"t"}'
    for type_ in ("policy.created", "offer.created", "other"):
        names["handle"](webhook.verify(body, webhook.sign(body, type=type_)))


def itself(names: dict[str, Any]) -> None:
    assert names["event"].data


def signing(names: dict[str, Any]) -> None:
    assert names["event"].type == "ping"
    with pytest.raises(hookseal.SignatureMismatchError):
        names["webhook"].verify(names["body"], names["headers"], method="POST", url="/webhooks/acme")


def asked(names: dict[str, Any]) -> None:
    assert names["answer"].body == "1158201444"
    assert names["webhook"].handshake(BODY, HEADERS) is None


MOVED_SECRETS = {
    "STRIPE_SECRET": "whsec_test",
    "SVIX_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "WEBHOOK_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "CLAIMPORT_SECRET": "secret",
}


def moved(provider: str, secret: str, refusals: tuple[int, int]) -> list[Any]:
    """The checks of a receiver before and after it was moved to hookseal: both do the same."""
    event = {"id": "evt_1", "object": "event", "type": "invoice.paid"}
    body = json.dumps({**event, "data": {"id": "in_1", "object": {"id": "in_1"}}}).encode()

    def check(status: int) -> Any:
        def takes_what_is_genuine(names: dict[str, Any]) -> None:
            client = names["app"].test_client()
            headers = hookseal.Webhook(provider, MOVED_SECRETS[secret]).sign(body)
            assert client.post("/webhooks", data=body, headers=headers).status_code == 204
            assert client.post("/webhooks", data=body + b" ", headers=headers).status_code == status
            assert client.post("/webhooks", data=body).status_code == status

        return takes_what_is_genuine

    return [check(status) for status in refusals]


CHECKS: dict[str, list[Any]] = {}
CHECKS["docs/from/stripe.md"] = moved("stripe", "STRIPE_SECRET", (400, 401))
CHECKS["docs/from/svix.md"] = moved("svix", "SVIX_SECRET", (400, 401))
CHECKS["docs/from/standard-webhooks.md"] = moved("standard-webhooks", "WEBHOOK_SECRET", (400, 401))
CHECKS["docs/from/snippet.md"] = moved("claimport", "CLAIMPORT_SECRET", (401, 401))
CHECKS["bindings-python/README.md"] = [
    quick_start,
    matching,
    flask,
    fastapi,
    django,
    django_class,
    aws_lambda,
    inbox_flask,
    inbox_fastapi,
    once,
    alembic,
    inbox_django,
    wsgi,
    rotation,
    itself,
    explained,
    types,
    itself,
    signing,
    asked,
]


def test_every_block_has_its_check() -> None:
    assert {page: len(found) for page, found in BLOCKS.items()} == {
        page: len(checks) for page, checks in CHECKS.items()
    }


@pytest.mark.parametrize(
    ("page", "number"),
    [(page, number) for page, checks in CHECKS.items() for number in range(len(checks))],
)
def test_block(
    page: str, number: int, monkeypatch: pytest.MonkeyPatch, capsys: Any, tmp_path: Path
) -> None:
    check = CHECKS[page][number]
    monkeypatch.chdir(tmp_path)
    if check is inbox_fastapi:
        monkeypatch.setitem(os.environ, "DATABASE_URL", servers().postgresql)
    monkeypatch.setitem(os.environ, "KASKO_SECRET", KASKO)
    monkeypatch.setitem(os.environ, "KASKO_OLD_SECRET", "the old one")
    for name, secret in MOVED_SECRETS.items():
        monkeypatch.setitem(os.environ, name, secret)
    names: dict[str, Any] = {"__name__": f"readme_{number}"}
    exec(compile(BLOCKS[page][number], f"{page} block {number + 1}", "exec"), names)
    check(names)


def test_the_table_of_errors_is_right() -> None:
    rows = re.findall(r"^\| `(\w+Error)` \| (.*?) \| (\d+) \|", README, re.MULTILINE)
    assert len(rows) == 7
    answers = re.findall(r"^\| `(\w+)` \| (\d+) \| ", README, re.MULTILINE)
    assert answers == [
        ("body_too_large", "413"),
        ("incomplete_body", "400"),
        ("body_already_read", "500"),
        ("in_progress", "503"),
        ("unavailable", "503"),
        ("body_too_large", "413"),
        ("no_transaction", "500"),
        ("open_transaction", "500"),
        ("lease_lost", "500"),
        ("unknown_source", "500"),
        ("schema_missing", "500"),
        ("schema_version", "500"),
        ("invalid_inbox", "500"),
    ]
    for name, codes, status in rows:
        error = getattr(hookseal, name)
        assert str(error.http_status) == status
        if error is not hookseal.ConfigurationError:
            assert codes == f"`{error.code}`"
