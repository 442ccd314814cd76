"""The repository's adapter cases, under real servers and as each front end of Lambda has them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

import hookseal
from hookseal.aws_lambda import webhook_handler

from .adapter_cases import COUNT, AdapterCase, adapter_cases, tell
from .conftest import Servers
from .test_aws_lambda import FRONT_ENDS, FrontEnd

CASES = adapter_cases()

# A load balancer hands on the last of them alone.
LAST = {"refused/type-twice", "refused/signature-twice"}
SERVERS = ("django-wsgi", "django-asgi", "flask", "fastapi")
NOT_HANDED_ON = {"load_balancer": LAST}


def run(answer: Callable[[AdapterCase], tuple[int, Any]], not_handed_on: set[str]) -> None:
    failures = []
    ran = 0
    for case in CASES:
        if case.name in not_handed_on:
            continue
        ran += 1
        try:
            case.check(*answer(case))
        except AssertionError as failure:
            failures.append(f"{case.name}: {failure}")
    assert not failures, f"{len(failures)} of {ran}:\n" + "\n".join(failures)
    assert ran == COUNT - len(not_handed_on)


@pytest.mark.parametrize("name", SERVERS)
def test_servers(servers: Servers, name: str) -> None:
    pytest.importorskip(name.partition("-")[0])
    server = servers[f"cases-{name}"]

    def answer(case: AdapterCase) -> tuple[int, Any]:
        reply = server.send(f"/{case.name}", case.body, case.headers, content_type=None)
        return reply.status, reply.json()

    run(answer, set())


@pytest.mark.parametrize("front_end", FRONT_ENDS)
def test_lambda(front_end: str) -> None:
    made = FrontEnd(front_end)

    def answer(case: AdapterCase) -> tuple[int, Any]:
        @webhook_handler(case.webhook, **case.options)
        def handler(event: hookseal.Event, context: None) -> dict[str, Any]:
            return {"statusCode": 202, "body": json.dumps(tell(event))}

        response = handler(made.invocation(case.body, case.headers, base64=True), None)
        return response["statusCode"], json.loads(response["body"])

    run(answer, NOT_HANDED_ON.get(front_end, set()))
