"""What type checkers make of the API. Never run: mypy and pyright read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from email.message import Message
from typing import Any

from typing_extensions import assert_type

import hookseal
from hookseal.payloads import claimport, coverkit, kasko, mycover


def secrets_and_options(own: Mapping[str, Any], several: list[str]) -> None:
    assert_type(hookseal.Webhook("claimport", "s"), hookseal.Webhook[claimport.Event])
    assert_type(hookseal.Webhook("coverkit", several), hookseal.Webhook[coverkit.Event])
    assert_type(hookseal.Webhook("kasko", b"s", tolerance=60), hookseal.Webhook[kasko.Event])
    assert_type(hookseal.Webhook("mycover", ("s", b"t")), hookseal.Webhook[mycover.Event])
    scheme = hookseal.Scheme(own)
    webhook = hookseal.Webhook("acme", "s", scheme=scheme, tolerance=timedelta(minutes=1))
    assert_type(webhook, hookseal.Webhook[hookseal.Event])
    hookseal.Webhook("acme", "s", scheme=own)
    hookseal.Webhook("acme", "s", scheme="name = 'acme'")
    signing = hookseal.Webhook(scheme, "s", constants={"url": "https://x.example"}, origin="https://x")
    assert_type(signing.scheme.constants, dict[str, str])
    assert_type((signing.scheme.weaknesses, scheme.signs_request), tuple[tuple[str, ...], bool])
    if signing.scheme.has_handshake:
        asked = signing.handshake(b"", {}, method="GET", url="/")
        assert_type(asked, hookseal.Handshake | None)
        if asked is not None:
            assert_type((asked.content_type, asked.body), tuple[str, str])
    hookseal.Webhook("acme", "s", scheme=own, accept_unsigned=True)
    hookseal.Webhook("acme", "s", scheme=own, constants={"url": 1})  # type: ignore[dict-item]  # pyright: ignore
    hookseal.Webhook("kasko", None)  # type: ignore[call-overload]  # pyright: ignore


def bodies_and_headers(webhook: hookseal.Webhook, environ: dict[str, Any], mail: Message) -> None:
    webhook.verify(b"", environ)
    webhook.verify(bytearray(), mail)
    webhook.verify(memoryview(b""), [("a", "b")])
    webhook.verify("", [(b"a", b"b")], now=0)
    webhook.verify("", [[b"a", b"b"]], now=datetime.now())
    webhook.verify("", {"a": ["b", "c"]})
    webhook.verify("", environ.get("HTTP_X_KASKO_SIGNATURE"))
    webhook.verify("", "sha1=…")
    webhook.verify({}, environ)  # type: ignore[arg-type]  # pyright: ignore
    webhook.verify(b"", 1)  # type: ignore[arg-type]  # pyright: ignore
    webhook.verify(b"", environ, method="POST", url="/")
    webhook.verify(b"", environ, method=b"POST")  # type: ignore[arg-type]  # pyright: ignore
    webhook.explain(b"", environ, method="POST", url="/")
    webhook.sign(b"", method="POST", url="/", headers={"a": "b"})
    assert_type(webhook.sign(b"", type="policy.created"), dict[str, str])


def fields(event: hookseal.Event) -> None:
    assert_type(event.type, str)
    assert_type(event.id, str | None)
    assert_type(event.created_at, datetime | None)
    assert_type(event.unsigned, tuple[str, ...])
    event.type = "other"  # type: ignore[misc]  # pyright: ignore


def an_if_narrows(event: kasko.Event) -> None:
    if event.type == "policy.created":
        assert_type(event.data, kasko.Policy)
        assert_type(event.data.get("policy_id"), str | None)
        event.data["misspelt"]  # type: ignore[typeddict-item]  # pyright: ignore
    elif event.type == "offer.created":
        assert_type(event.data, kasko.Offer)
    elif event.type == "policy.updated" or event.type == "policy.cancelled":
        assert_type(event.data, kasko.Policy)
    else:
        # What is not documented arrives too.
        assert_type(event.data, Any)


def a_match_narrows(event: coverkit.Event) -> None:
    match event.type:
        case "policy.created":
            assert_type(event.data, coverkit.Policy)
        case "claim.paid":
            assert_type(event.data, coverkit.Claim)
        case _:
            pass


def any_provider(webhook: hookseal.Webhook[hookseal.Event]) -> None:
    assert_type(webhook.verify(b"", {}), hookseal.Event)


any_provider(hookseal.Webhook("kasko", "s"))

claim: claimport.Claim
