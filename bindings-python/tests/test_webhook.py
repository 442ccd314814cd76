"""Setting a webhook up, and the options."""

from __future__ import annotations

import datetime
import decimal
import json
import pickle
import sys
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

import pytest
from cases import ROOT
from deliveries import BODY, KASKO, Delivery

import hookseal

ACME = {
    "name": "acme",
    "signature": {
        "header": "X-Acme",
        "algorithm": "hmac-sha256",
        "encoding": "hex",
        "content": "{timestamp}.{body}",
    },
    "timestamp": {"header": "X-Acme-Time", "unit": "seconds"},
    "event": {"type": {"pointer": "/type"}},
}
TOML = """
name = "acme"
signature = { header = "X-Acme", algorithm = "hmac-sha256", encoding = "hex", content = "{timestamp}.{body}" }
timestamp = { header = "X-Acme-Time", unit = "seconds" }
event = { type = { pointer = "/type" } }
"""
EVENT = b'{"type":"a"}'
NOW = 1_700_000_000


@pytest.mark.parametrize(
    "secret",
    [KASKO, KASKO.encode(), bytearray(KASKO.encode()), [KASKO], (b"old", KASKO), iter([KASKO])],
)
def test_secrets(delivery: Delivery, secret: Any) -> None:
    event = hookseal.Webhook("kasko", secret).verify(delivery.body, delivery.headers)
    assert event.key_index == (1 if isinstance(secret, tuple) else 0)


@pytest.mark.parametrize(
    "secret", ["", b"", " ", " s", "s\n", '"s"', "'s'", [], ["s", ""], "\ud800", ["\udcff"]]
)
def test_secrets_that_copying_spoiled(secret: Any) -> None:
    with pytest.raises(hookseal.ConfigurationError) as raised:
        hookseal.Webhook("kasko", secret)
    assert raised.value.code == "invalid_secret"
    assert raised.value.http_status == 500


@pytest.mark.parametrize("secret", [1, 1.5, {"a": "b"}, [1], [["s"]], [None], object()])
def test_secrets_of_no_such_type(secret: Any) -> None:
    with pytest.raises(TypeError, match="secret must be"):
        hookseal.Webhook("kasko", secret)


def test_no_secret_names_the_environment() -> None:
    with pytest.raises(TypeError, match="environment variable"):
        hookseal.Webhook("kasko", None)  # type: ignore[call-overload]


@pytest.mark.parametrize("name", ["nobody", "", "KASKO", "\ud800", "a\x00b"])
def test_unknown_providers(name: str) -> None:
    with pytest.raises(hookseal.ConfigurationError, match="no provider has the name") as raised:
        hookseal.Webhook(name, "s")
    assert raised.value.code == "unknown_provider"
    with pytest.raises(ValueError, match="no provider has the name"):
        hookseal.Scheme.provider(name)


@pytest.mark.parametrize(
    "scheme",
    [ACME, TOML, json.dumps(ACME), MappingProxyType(ACME), hookseal.Scheme(ACME)],
    ids=["dict", "toml", "json", "mapping", "scheme"],
)
def test_schemes_of_ones_own(scheme: Any) -> None:
    webhook = hookseal.Webhook("acme", "s", scheme=scheme)
    assert (webhook.provider, webhook.scheme.name) == ("acme", "acme")
    headers = webhook.sign(EVENT, timestamp=NOW)
    assert headers["X-Acme-Time"] == str(NOW)
    assert webhook.verify(EVENT, headers, now=NOW).provider == "acme"


def test_a_scheme_in_place_of_a_name() -> None:
    webhook = hookseal.Webhook(hookseal.Scheme(ACME), "s")
    assert webhook.provider == "acme"
    assert hookseal.Webhook(hookseal.Scheme.provider("kasko"), KASKO).provider == "kasko"
    with pytest.raises(TypeError, match="given twice"):
        hookseal.Webhook(hookseal.Scheme(ACME), "s", scheme=ACME)  # type: ignore[call-overload]
    for wrong in (ACME, b"kasko", None, 1):
        with pytest.raises(TypeError, match=r"provider's name or a hookseal\.Scheme"):
            hookseal.Webhook(wrong, "s")  # type: ignore[call-overload]


def test_the_known_providers() -> None:
    assert len(hookseal.providers) >= 7
    for name in hookseal.providers:
        assert hookseal.Scheme.provider(name).name == name
    assert get_args(hookseal.ProviderName) == hookseal.providers


def test_a_known_providers_scheme_may_be_changed() -> None:
    toml = Path(ROOT, "core/providers/coverkit/scheme.toml").read_text()
    changed = toml.replace('"coverkit-signature"', '"x-own"')
    webhook = hookseal.Webhook("coverkit", "s", scheme=changed)
    assert "x-own" in webhook.sign(EVENT)


@pytest.mark.parametrize(
    "scheme",
    [
        "",
        "{",
        "name = ",
        "\ud800",
        {},
        {"name": object()},
        {"name": "\ud800"},
        {"name": float("nan")},
        {**ACME, "typo": 1},
        dict([*ACME.items(), (1, 2)]),
        {"name": decimal.Decimal(1)},
        {"name": b"acme"},
        dict([((1, 2), 3)]),
    ],
)
def test_schemes_that_are_none(scheme: Any) -> None:
    with pytest.raises(hookseal.ConfigurationError) as raised:
        hookseal.Webhook("acme", "s", scheme=scheme)
    assert raised.value.code == "invalid_scheme"


def test_schemes_without_an_end() -> None:
    endless: dict[str, Any] = {}
    endless["name"] = endless
    deep: Any = {}
    for _ in range(sys.getrecursionlimit() * 20):
        deep = {"name": deep}
    for scheme in (endless, deep):
        with pytest.raises(hookseal.ConfigurationError) as raised:
            hookseal.Scheme(scheme)
        assert raised.value.code == "invalid_scheme"
    while deep:
        deep = deep.pop("name")


@pytest.mark.parametrize("scheme", [1, b"name", [], object(), hookseal.Scheme])
def test_schemes_of_no_such_type(scheme: Any) -> None:
    with pytest.raises(TypeError, match="scheme must be"):
        hookseal.Webhook("acme", "s", scheme=scheme)


@pytest.mark.parametrize("name", ["kasko", "ACME", "", "\ud800", KASKO])
def test_the_scheme_and_the_webhook_have_one_name(name: str) -> None:
    with pytest.raises(hookseal.ConfigurationError, match="`acme`") as raised:
        hookseal.Webhook(name, "s", scheme=ACME)
    assert raised.value.code == "invalid_scheme"
    # It may be a secret, if the arguments are the wrong way round.
    assert not name or name not in str(raised.value)


def test_a_scheme_says_what_it_leaves_unsigned() -> None:
    scheme = hookseal.Scheme.provider("kasko")
    assert (scheme.name, scheme.title, scheme.unsigned) == ("kasko", "KASKO", ("type", "id"))


AWARE = datetime.datetime.fromtimestamp(NOW, datetime.timezone.utc)


@pytest.mark.parametrize(
    "now", [NOW, float(NOW), AWARE, AWARE.astimezone().replace(tzinfo=None), True * NOW]
)
def test_now(now: Any) -> None:
    webhook = hookseal.Webhook("acme", "s", scheme=ACME, tolerance=0)
    headers = webhook.sign(EVENT, timestamp=now)
    assert headers["X-Acme-Time"] == str(NOW)
    assert webhook.verify(EVENT, headers, now=now).type == "a"
    for late in (NOW + 1, NOW - 1, NOW + 0.001):
        with pytest.raises(hookseal.TimestampError) as raised:
            webhook.verify(EVENT, headers, now=late)
        assert raised.value.code == "timestamp_out_of_tolerance"


@pytest.mark.parametrize(
    ("tolerance", "seconds"),
    [(None, 300), (10, 10), (2.5, 2.5), (datetime.timedelta(minutes=1), 60), (True, 1)],
)
def test_tolerance(tolerance: Any, seconds: float) -> None:
    webhook = hookseal.Webhook("acme", "s", scheme=ACME, tolerance=tolerance)
    headers = webhook.sign(EVENT, timestamp=NOW)
    webhook.verify(EVENT, headers, now=NOW + seconds)
    with pytest.raises(hookseal.TimestampError):
        webhook.verify(EVENT, headers, now=NOW + seconds + 0.1)


def test_any_age_may_be_tolerated() -> None:
    webhook = hookseal.Webhook("acme", "s", scheme=ACME, tolerance=float("inf"))
    webhook.verify(EVENT, webhook.sign(EVENT, timestamp=0))


@pytest.mark.parametrize("value", ["1", b"1", [], object(), decimal.Decimal(1), AWARE.date()])
def test_times_of_no_such_type(value: Any) -> None:
    webhook = hookseal.Webhook("acme", "s", scheme=ACME)
    for attempt in (
        lambda: hookseal.Webhook("acme", "s", scheme=ACME, tolerance=value),
        lambda: webhook.verify(EVENT, {}, now=value),
        lambda: webhook.sign(EVENT, timestamp=value),
    ):
        with pytest.raises(TypeError, match="seconds"):
            attempt()


@pytest.mark.parametrize("value", [float("nan"), 1e300, 10**400, -(10**400), -1e300])
def test_times_out_of_range(value: Any) -> None:
    webhook = hookseal.Webhook("acme", "s", scheme=ACME)
    for attempt in (
        lambda: hookseal.Webhook("acme", "s", scheme=ACME, tolerance=value),
        lambda: webhook.verify(EVENT, {}, now=value),
        lambda: webhook.sign(EVENT, timestamp=value),
    ):
        with pytest.raises(ValueError, match="(?:now|timestamp|tolerance) "):
            attempt()


@pytest.mark.parametrize(
    ("provider", "expected"), [("github", 26_214_400), ("kasko", 1 << 20), ("stripe", 1 << 20)]
)
def test_the_largest_body(provider: str, expected: int) -> None:
    webhook = hookseal.Webhook(provider, "whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ=")
    assert webhook.max_body == expected


def test_a_key_of_few_bytes_is_warned_of() -> None:
    webhook = hookseal.Webhook("standard-webhooks", "whsec_MTIz")
    (warning,) = webhook.warnings
    assert "3 bytes" in warning
    assert "MTIz" not in warning
    assert hookseal.Webhook("kasko", "s").warnings == ()


def test_what_cannot_be_signed() -> None:
    webhook = hookseal.Webhook("kasko", "s")
    with pytest.raises(hookseal.MissingHeaderError, match="policy.created"):
        webhook.sign(BODY)
    for text in ("", "ä", "\ud800", "a\nb", "\x00"):
        with pytest.raises(hookseal.MalformedHeaderError):
            webhook.sign(BODY, type=text)
        with pytest.raises(hookseal.MalformedHeaderError):
            webhook.sign(BODY, type="a", id=text)
    with pytest.raises(TypeError):
        webhook.sign(BODY, type=1)  # type: ignore[arg-type]


def test_a_webhook_does_not_show_or_give_away_its_secrets() -> None:
    webhook = hookseal.Webhook("kasko", [KASKO, "another-secret"])
    for text in (repr(webhook), str(webhook), repr(webhook.scheme)):
        assert KASKO not in text
        assert "another" not in text
    with pytest.raises(TypeError):
        pickle.dumps(webhook)


def test_a_webhook_is_frozen() -> None:
    webhook: Any = hookseal.Webhook("kasko", KASKO)
    with pytest.raises(AttributeError):
        webhook.provider = "other"
