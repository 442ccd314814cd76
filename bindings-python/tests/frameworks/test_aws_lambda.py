"""Lambda, invoked as each of its HTTP front ends does."""

from __future__ import annotations

import json
import logging
from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import hookseal
from hookseal.aws_lambda import webhook_handler

from .deliveries import CHECK, CLAIMPORT, KASKO, POLICY, TEST_POLICY, claimport, kasko, sized
from .serving import SECRET

INVOCATIONS = Path(__file__).resolve().parent / "invocations"
# Only a REST API hands names over in the case that the sender wrote.
FRONT_ENDS: dict[str, Callable[[str], str]] = {
    "rest_api": str,
    "http_api": str.lower,
    "function_url": str.lower,
    "load_balancer": str.lower,
    "load_balancer_multi": str.lower,
}


class FrontEnd:
    """Makes the invocation for a request."""

    def __init__(self, name: str) -> None:
        self.name = name

    def invocation(
        self,
        body: bytes,
        headers: Mapping[str, str] | list[tuple[str, str]],
        *,
        base64: bool = False,
    ) -> dict[str, Any]:
        invocation: dict[str, Any] = json.loads((INVOCATIONS / f"{self.name}.json").read_bytes())
        single: dict[str, str] = invocation.get("headers", {})
        multiple: dict[str, list[str]] = invocation.get("multiValueHeaders", {})
        for name, value in headers if isinstance(headers, list) else headers.items():
            name = FRONT_ENDS[self.name](name)
            multiple.setdefault(name, [])
            # An HTTP API joins what comes twice, others take the last.
            joins = self.name in ("http_api", "function_url") and name in single
            single[name] = f"{single[name]},{value}" if joins else value
            multiple[name].append(value)
        invocation["body"] = b64encode(body).decode() if base64 else body.decode()
        invocation["isBase64Encoded"] = base64
        return invocation


@pytest.fixture(params=FRONT_ENDS)
def front_end(request: pytest.FixtureRequest) -> FrontEnd:
    return FrontEnd(request.param)


@webhook_handler(KASKO)
def on_kasko(event: hookseal.Event, context: str) -> dict[str, Any]:
    return {"statusCode": 202, "body": f"{event.type} {event.test} {len(event.body)} {context}"}


@webhook_handler(CLAIMPORT)
def on_claimport(event: hookseal.Event, context: object) -> None:
    pass


def content_type(response: Mapping[str, Any]) -> object:
    if "multiValueHeaders" in response:
        return response["multiValueHeaders"]["content-type"][0]
    return response["headers"]["content-type"]


def answer(response: Mapping[str, Any]) -> tuple[object, object]:
    assert response["isBase64Encoded"] is False
    assert content_type(response) == "application/json"
    return response["statusCode"], json.loads(response["body"])


@pytest.mark.parametrize("base64", [False, True], ids=["text", "base64"])
def test_genuine(front_end: FrontEnd, base64: bool) -> None:
    response = on_kasko(front_end.invocation(POLICY, kasko(), base64=base64), "context")
    size = len(POLICY)
    assert response == {"statusCode": 202, "body": f"policy.created False {size} context"}


def test_without_a_response(front_end: FrontEnd) -> None:
    body = b'{"type":"claim.created"}'
    response = on_claimport(front_end.invocation(body, claimport(body)), None)
    assert response == {"statusCode": 200, "body": "", "isBase64Encoded": False}


@pytest.mark.parametrize("base64", [False, True], ids=["text", "base64"])
def test_forged(front_end: FrontEnd, base64: bool) -> None:
    response = on_kasko(front_end.invocation(POLICY + b" ", kasko(), base64=base64), "")
    assert answer(response) == (401, {"error": "signature_mismatch"})


def test_content_type_reaches_the_sender(front_end: FrontEnd) -> None:
    # A load balancer takes the headers from the same place as it puts them.
    invocation = front_end.invocation(POLICY, {})
    response = on_kasko(invocation, "")
    assert ("multiValueHeaders" in response) == ("headers" not in invocation)
    assert answer(response) == (401, {"error": "missing_header"})


def test_no_headers_at_all(front_end: FrontEnd) -> None:
    # As the console of API Gateway tests a method.
    invocation = front_end.invocation(POLICY, {})
    for key in invocation.keys() & {"headers", "multiValueHeaders"}:
        invocation[key] = None
    assert answer(on_kasko(invocation, "")) == (401, {"error": "missing_header"})


@pytest.mark.parametrize("empty", [{}, None])
def test_empty_multiple_headers_beside_the_others(empty: Any) -> None:
    invocation = FrontEnd("load_balancer").invocation(POLICY, kasko())
    invocation["multiValueHeaders"] = empty
    assert on_kasko(invocation, "")["statusCode"] == 202


def test_no_body(front_end: FrontEnd) -> None:
    invocation = front_end.invocation(b"", kasko(b""))
    assert answer(on_kasko(invocation, "")) == (400, {"error": "invalid_payload"})
    for body in [None, "missing"]:
        invocation["body"] = body
        if body:
            del invocation["body"]
        assert answer(on_kasko(invocation, "")) == (400, {"error": "invalid_payload"})


@pytest.mark.parametrize("name", ["rest_api", "load_balancer_multi"])
def test_two_signatures(name: str) -> None:
    invocation = FrontEnd(name).invocation(POLICY, kasko())
    for header, values in invocation["multiValueHeaders"].items():
        if header.lower() == "x-kasko-signature":
            values.append("sha1=" + "0" * 40)
    assert answer(on_kasko(invocation, "")) == (401, {"error": "malformed_header"})


@pytest.mark.parametrize("base64", [False, True], ids=["text", "base64"])
def test_cap(front_end: FrontEnd, base64: bool) -> None:
    @webhook_handler(KASKO, max_body=64)
    def handler(event: hookseal.Event, context: object) -> None:
        pass

    for size, status in [(64, 200), (65, 413)]:
        body = sized(size)
        response = handler(front_end.invocation(body, kasko(body), base64=base64), None)
        assert response["statusCode"] == status
    assert answer(response) == (413, {"error": "body_too_large"})


def test_cap_counts_bytes(front_end: FrontEnd) -> None:
    body = '{"name":"üüüüüüüüüü"}'.encode()

    @webhook_handler(KASKO, max_body=len(body) - 1)
    def handler(event: hookseal.Event, context: object) -> None:
        pass

    assert handler(front_end.invocation(body, kasko(body)), None)["statusCode"] == 413


def test_endpoint_check(front_end: FrontEnd) -> None:
    response = on_claimport(front_end.invocation(CHECK, claimport(CHECK)), None)
    assert answer(response) == (200, {"acknowledged": True})


def test_test_policy(front_end: FrontEnd) -> None:
    response = on_kasko(front_end.invocation(TEST_POLICY, kasko(TEST_POLICY)), "")
    assert response["body"].startswith("policy.created True")


@pytest.mark.parametrize("text", ["not base64!", "e30", "ü", "e30=\n"])
def test_broken_base64(text: str) -> None:
    invocation = FrontEnd("http_api").invocation(b"", kasko(b"{}"), base64=True)
    invocation["body"] = text
    assert answer(on_kasko(invocation, "")) == (400, {"error": "incomplete_body"})


def test_text_that_is_no_unicode() -> None:
    invocation = FrontEnd("http_api").invocation(b"", kasko(b"{}"))
    invocation["body"] = "{\ud800}"
    assert answer(on_kasko(invocation, "")) == (401, {"error": "signature_mismatch"})


@pytest.mark.parametrize("invocation", [{}, {"Records": []}, {"detail-type": "Scheduled Event"}])
def test_no_http_request(invocation: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="not an HTTP request"):
        on_kasko(invocation, "")


def test_log(front_end: FrontEnd, caplog: pytest.LogCaptureFixture) -> None:
    on_kasko(front_end.invocation(POLICY + b" ", kasko()), "")
    [record] = caplog.records
    assert (record.name, record.levelno) == ("hookseal", logging.WARNING)
    assert record.getMessage().startswith("delivery refused: signature_mismatch: ")
    for private in [SECRET, "Jürgen", KASKO.sign(POLICY + b" ", type="x")["X-KASKO-Signature"]]:
        assert private not in record.getMessage()


def test_handler_keeps_its_name() -> None:
    assert on_kasko.__name__ == "on_kasko"
