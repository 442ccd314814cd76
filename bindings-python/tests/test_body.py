"""What may be handed over as the body."""

from __future__ import annotations

from typing import Any

import pytest
from deliveries import BODY, Delivery

import hookseal


class Text(str):
    pass


class Bytes(bytes):
    pass


@pytest.mark.parametrize(
    "body",
    [
        BODY,
        bytearray(BODY),
        memoryview(BODY),
        memoryview(bytearray(b"".join(bytes([byte, 0]) for byte in BODY)))[::2],
        memoryview(BODY).cast("b"),
        BODY.decode(),
        Text(BODY.decode()),
        Bytes(BODY),
    ],
    ids=["bytes", "bytearray", "view", "strided", "signed", "str", "str-subclass", "bytes-subclass"],
)
def test_raw_bodies(kasko: hookseal.Webhook, delivery: Delivery, body: Any) -> None:
    event = kasko.verify(body, delivery.headers)
    assert event.body == BODY
    assert event.data["first_name"] == "Adébáyọ̀"
    assert kasko.sign(body, type="policy.created", id="d-1") == delivery.headers


def test_bytes_are_not_copied(kasko: hookseal.Webhook, delivery: Delivery) -> None:
    assert kasko.verify(delivery.body, delivery.headers).body is delivery.body


def test_a_bytearray_may_change_afterwards(kasko: hookseal.Webhook, delivery: Delivery) -> None:
    body = bytearray(delivery.body)
    event = kasko.verify(body, delivery.headers)
    body[:] = b" " * len(body)
    assert event.body == delivery.body
    assert event.data["policy_id"] == "P-1"
    body.clear()


@pytest.mark.parametrize(
    "parsed", [{"policy_id": "P-1"}, [], None, 1, 1.5, True, object(), iter([b""]), ("",)]
)
def test_a_parsed_body_is_refused_with_each_frameworks_fix(
    kasko: hookseal.Webhook, delivery: Delivery, parsed: Any
) -> None:
    for refuse in (lambda: kasko.verify(parsed, delivery.headers), lambda: kasko.sign(parsed)):
        with pytest.raises(TypeError) as raised:
            refuse()
        message = str(raised.value)
        for fix in ("request.get_data()", "request.body", "await request.body()", "Django"):
            assert fix in message
        assert type(parsed).__name__ in message


@pytest.mark.parametrize("body", ["\ud800", "a\udcffb", BODY.decode() + "\udfff"])
def test_lone_surrogates_are_nothing_that_was_signed(
    kasko: hookseal.Webhook, delivery: Delivery, body: str
) -> None:
    with pytest.raises(hookseal.SignatureMismatchError):
        kasko.verify(body, delivery.headers)
    with pytest.raises(hookseal.PayloadError):
        kasko.verify(body, kasko.sign(body, type="policy.created"))


def test_a_long_body_lets_other_threads_run(kasko: hookseal.Webhook) -> None:
    body = b'{"policy_id":"' + b"P" * 500_000 + b'"}'
    event = kasko.verify(body, kasko.sign(body, type="policy.created"))
    assert len(event.data["policy_id"]) == 500_000
