"""Senders that first ask whether the endpoint is the receiver's."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cases import HANDSHAKES, ROOT
from frameworks.askers import (
    CHALLENGE,
    MESSAGE,
    META,
    NUMBER,
    PAGE,
    QUESTION,
    SECRET,
    SLACK,
    WEBHOOKS,
    digest,
    meta_headers,
    meta_query,
    slack_headers,
)

import hookseal

WEBHOOK = WEBHOOKS["slack"]


def test_a_signed_question_is_verified_first() -> None:
    assert WEBHOOK.scheme.has_handshake
    headers = slack_headers(QUESTION)
    given: list[Any] = [headers, list(headers.items())]
    for own in given:
        for body in (QUESTION, QUESTION.decode(), bytearray(QUESTION)):
            answer = WEBHOOK.handshake(body, own)
            assert isinstance(answer, hookseal.Handshake)
            assert (answer.content_type, answer.body) == ("text/plain", CHALLENGE)
    assert repr(answer) == "<hookseal.Handshake text/plain>"
    with pytest.raises(hookseal.SignatureMismatchError):
        WEBHOOK.handshake(QUESTION, slack_headers(b"{}"))
    with pytest.raises(hookseal.MissingHeaderError):
        WEBHOOK.handshake(QUESTION, {})
    with pytest.raises(hookseal.TimestampError):
        WEBHOOK.handshake(QUESTION, slack_headers(QUESTION, at=1_600_000_000))
    for other in (MESSAGE, b"no JSON", b"", b"[]"):
        assert WEBHOOK.handshake(other, slack_headers(other)) is None
    assert WEBHOOK.handshake(QUESTION, headers, method="GET", url="/slack") is None
    assert WEBHOOK.verify(MESSAGE, slack_headers(MESSAGE)).type == "message"


def test_questions_are_answered_as_documented() -> None:
    cases = json.loads((ROOT / "tests/handshakes/cases.json").read_bytes())["cases"]
    for case in cases:
        options = dict(case.get("options", {}))
        if "tolerance" in case:
            options["tolerance"] = case["tolerance"]
        webhook = hookseal.Webhook(case["provider"], case["secrets"], **options)
        headers = [(name, value) for name, value in case["headers"]]
        found: dict[str, Any]
        try:
            answer = webhook.handshake(case["body"], headers, **case["request"])
            said = answer and {"content_type": answer.content_type, "body": answer.body}
            found = {"answer": said}
        except hookseal.HooksealError as error:
            found = {"error": error.code}
        assert found == case["expect"], case["name"]
    assert len(cases) == HANDSHAKES


def test_no_challenge_is_repeated_that_a_browser_could_run() -> None:
    hostile = QUESTION.replace(CHALLENGE.encode(), b"<script>")
    with pytest.raises(hookseal.PayloadError) as caught:
        WEBHOOK.handshake(hostile, slack_headers(hostile))
    assert (caught.value.code, caught.value.http_status) == ("invalid_payload", 400)
    assert "script" not in str(caught.value)


def test_a_question_in_the_address_is_answered() -> None:
    webhook = WEBHOOKS["meta"]
    for before in ("https://www.example.com/webhooks?", "/webhooks?"):
        answer = webhook.handshake(b"", {}, method="get", url=before + meta_query())
        assert answer is not None
        assert (answer.content_type, answer.body) == ("text/plain", NUMBER)
    for token in ("Meatyhamhock", ""):
        with pytest.raises(hookseal.SignatureMismatchError):
            webhook.handshake(b"", {}, method="GET", url=f"/?{meta_query(token)}")
    assert webhook.handshake(b"", {}, method="GET", url="/") is None
    assert webhook.handshake(b"", {}, method="GET") is None
    assert webhook.handshake(PAGE, meta_headers(PAGE)) is None
    without = hookseal.Webhook(hookseal.Scheme(META), SECRET)
    with pytest.raises(hookseal.ConfigurationError, match="`verify_token`"):
        without.handshake(b"", {}, method="GET", url=f"/?{meta_query()}")
    assert without.verify(PAGE, meta_headers(PAGE)).type == "page"


def test_an_answer_may_hold_the_challenge_signed() -> None:
    zoom = {
        "when": {"pointer": "/event", "equals": "endpoint.url_validation"},
        "challenge": {"pointer": "/payload/plainToken"},
        "mac": {"algorithm": "hmac-sha256", "encoding": "hex"},
        "json": {"plainToken": "{challenge}", "encryptedToken": "{mac}"},
    }
    scheme = hookseal.Scheme({**SLACK, "name": "zoom-like", "handshake": [zoom]})
    token = "qgg8vlvZRS6UYooatFL8Aw"
    question = {"payload": {"plainToken": token}, "event": "endpoint.url_validation"}
    body = json.dumps(question).encode()
    answer = hookseal.Webhook(scheme, SECRET).handshake(body, slack_headers(body))
    assert answer is not None
    assert answer.content_type == "application/json"
    assert json.loads(answer.body) == {"plainToken": token, "encryptedToken": digest(token.encode())}


def test_a_scheme_without_a_handshake_has_none() -> None:
    webhook = hookseal.Webhook("kasko", SECRET)
    assert not webhook.scheme.has_handshake
    assert webhook.handshake(QUESTION, slack_headers(QUESTION)) is None


def test_arguments_of_another_type_are_refused_as_by_verify() -> None:
    wrong: Any = json.loads(QUESTION)
    with pytest.raises(TypeError, match="body"):
        WEBHOOK.handshake(wrong, {})
    wrong = 7
    with pytest.raises(TypeError, match="headers"):
        WEBHOOK.handshake(QUESTION, wrong)
    with pytest.raises(TypeError, match="url must be str, not int"):
        WEBHOOK.handshake(QUESTION, {}, url=wrong)
    with pytest.raises(TypeError):
        hookseal.Handshake()
