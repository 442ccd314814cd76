"""Schemes that sign the request, a constant, or less than the body."""

from __future__ import annotations

import hashlib
import hmac
import pickle
from collections import UserDict
from typing import Any

import pytest

import hookseal

SECRET = "secret of these tests"
BODY = b'{"type":"a","id":7}'
URL = "https://hooks.example.com/in?tenant=1"


def scheme(content: str, **other: Any) -> dict[str, Any]:
    signature = {"header": "X-Signature", "algorithm": "hmac-sha256", "encoding": "hex"}
    return {
        "name": "sender",
        "signature": {**signature, "content": content},
        "event": {"type": {"pointer": "/type"}},
        **other,
    }


REQUEST = scheme("{method} {url}\n{header:X-Tenant}\n{body}")
CONSTANT = scheme("{constant:registered}{body}", constants={"registered": "the registered URL"})
TOKEN = {
    "name": "sender",
    "signature": {"header": "X-Token", "algorithm": "token", "weakness": "token"},
    "event": {"type": {"pointer": "/type"}},
}


def digest(content: bytes) -> str:
    return hmac.new(SECRET.encode(), content, hashlib.sha256).hexdigest()


def signed(method: str = "POST", url: str = URL, tenant: str = "acme") -> dict[str, str]:
    content = f"{method} {url}\n{tenant}\n".encode() + BODY
    return {"X-Signature": digest(content), "X-Tenant": tenant}


def test_the_method_the_address_and_a_header_are_verified() -> None:
    webhook = hookseal.Webhook(hookseal.Scheme(REQUEST), SECRET)
    event = webhook.verify(BODY, signed(), method="post", url=URL)
    assert (event.type, event.unsigned) == ("a", ())
    assert event.data is None
    pairs = [(name.lower().encode(), value.encode()) for name, value in signed().items()]
    assert webhook.verify(BODY, pairs, method="POST", url=URL).data is None
    for method, url, tenant in [
        ("PUT", URL, "acme"),
        ("POST", URL + "2", "acme"),
        ("POST", "https://other.example/in?tenant=1", "acme"),
        ("POST", URL + "\ud800", "acme"),
        ("POST", URL, "other"),
    ]:
        headers = {**signed(), "X-Tenant": tenant}
        with pytest.raises(hookseal.SignatureMismatchError):
            webhook.verify(BODY, headers, method=method, url=url)


def test_what_is_not_passed_is_named() -> None:
    webhook = hookseal.Webhook(hookseal.Scheme(REQUEST), SECRET)
    cases: list[tuple[dict[str, Any], str]] = [
        ({"method": "POST"}, "`url`"),
        ({"url": URL}, "`method`"),
        ({"method": "POST", "url": "/in?tenant=1"}, "`origin`"),
    ]
    for given, missing in cases:
        with pytest.raises(hookseal.ConfigurationError, match=missing) as raised:
            webhook.verify(BODY, signed(), **given)
        assert (raised.value.code, raised.value.http_status) == ("missing_request", 500)
        assert webhook.explain(BODY, signed(), **given).error == "missing_request"


def test_an_origin_stands_for_what_a_proxy_has_changed() -> None:
    webhook = hookseal.Webhook(
        hookseal.Scheme(REQUEST), SECRET, origin="https://hooks.example.com/"
    )
    for url in ("/in?tenant=1", "http://10.0.0.7:8000/in?tenant=1", URL):
        assert webhook.verify(BODY, signed(), method="POST", url=url).type == "a"


def test_a_request_is_signed_and_explained() -> None:
    webhook = hookseal.Webhook(hookseal.Scheme(REQUEST), SECRET)
    headers = webhook.sign(BODY, method="post", url=URL, headers=[("X-Tenant", b"acme")])
    assert headers == {"X-Signature": signed()["X-Signature"]}
    report = webhook.explain(BODY, signed(), method="POST", url=URL)
    assert report.verifies
    other = hookseal.Webhook(hookseal.Scheme(REQUEST), "another secret")
    report = other.explain(BODY, signed(), secrets=[SECRET], method="POST", url=URL)
    assert report.findings[0].proven
    with pytest.raises(hookseal.ConfigurationError, match="`method`"):
        webhook.sign(BODY, url=URL, headers={"X-Tenant": "acme"})
    with pytest.raises(hookseal.MissingHeaderError, match="X-Tenant"):
        webhook.sign(BODY, method="POST", url=URL)


def test_a_constant_is_verified_and_must_be_given() -> None:
    own = hookseal.Scheme(CONSTANT)
    assert own.constants == {"registered": "the registered URL"}
    headers = {"X-Signature": digest(URL.encode() + BODY)}
    for constants in ({"registered": URL}, UserDict({"registered": URL})):
        webhook = hookseal.Webhook(own, SECRET, constants=constants)
        assert webhook.verify(BODY, headers).type == "a"
    wrong: list[Any] = [None, {}, {"other": URL}, {"registered": ""}, {"registered": URL, "b": "c"}]
    for constants in wrong:
        with pytest.raises(hookseal.ConfigurationError) as raised:
            hookseal.Webhook("sender", SECRET, scheme=CONSTANT, constants=constants)
        assert raised.value.code == "invalid_scheme"


def test_an_unsigned_body_takes_an_explicit_word() -> None:
    own = hookseal.Scheme(TOKEN)
    assert own.weaknesses == ("token",)
    assert own.unsigned == ("type", "body")
    with pytest.raises(hookseal.ConfigurationError, match="`accept_unsigned=True`"):
        hookseal.Webhook(own, SECRET)
    webhook = hookseal.Webhook(own, SECRET, accept_unsigned=True)
    event = webhook.verify(BODY, {"X-Token": SECRET})
    assert event.unsigned == ("type", "body")
    again = pickle.loads(pickle.dumps(event))
    assert (again, again.unsigned) == (event, event.unsigned)
    assert event.to_dict()["unsigned"] == ["type", "body"]
    with pytest.raises(hookseal.SignatureMismatchError):
        webhook.verify(BODY, {"X-Token": "another"})


def test_what_would_do_nothing_is_refused() -> None:
    options: list[dict[str, Any]] = [
        {"accept_unsigned": True},
        {"origin": "https://hooks.example.com"},
        {"constants": {"registered": URL}},
    ]
    for option in options:
        with pytest.raises(hookseal.ConfigurationError) as raised:
            hookseal.Webhook("kasko", SECRET, **option)
        assert raised.value.code == "invalid_scheme"
    with pytest.raises(hookseal.ConfigurationError, match="origin must be"):
        hookseal.Webhook("sender", SECRET, scheme=REQUEST, origin="hooks.example.com")


def test_schemes_say_what_they_sign() -> None:
    assert hookseal.Scheme(REQUEST).signs_request
    plain = hookseal.Scheme.provider("kasko")
    assert (plain.signs_request, plain.weaknesses, plain.constants) == (False, (), {})


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("constants", ["registered"], "constants must be a mapping of str to str, not list"),
        ("constants", {"registered": 1}, "constants must be str, not int"),
        ("constants", {b"registered": URL}, "constants must be str, not bytes"),
        ("origin", 1, "origin must be str, not int"),
        ("accept_unsigned", "yes", "accept_unsigned must be bool, not str"),
    ],
)
def test_options_of_another_type(option: str, value: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        hookseal.Webhook("sender", SECRET, scheme=CONSTANT, **{option: value})


def test_requests_of_another_type() -> None:
    webhook = hookseal.Webhook(hookseal.Scheme(REQUEST), SECRET)
    given: Any
    with pytest.raises(TypeError, match="name must be str, not int"):
        hookseal.Scheme.provider(1)  # type: ignore[arg-type]
    others: list[dict[str, Any]] = [{"type": 1}, {"id": b"1"}]
    for given in others:
        (name,) = given
        with pytest.raises(TypeError, match=f"{name} must be str, not "):
            webhook.sign(BODY, **given)
    for given in ({"method": b"POST"}, {"url": 1}):
        (name,) = given
        with pytest.raises(TypeError, match=f"{name} must be str, not "):
            webhook.verify(BODY, signed(), **given)
        with pytest.raises(TypeError, match=f"{name} must be str, not "):
            webhook.explain(BODY, signed(), **given)
        with pytest.raises(TypeError, match=f"{name} must be str, not "):
            webhook.sign(BODY, **given)
    with pytest.raises(TypeError, match="headers must be a mapping or pairs"):
        webhook.sign(BODY, headers="acme")
    with pytest.raises(TypeError, match="await it"):
        webhook.sign(BODY, headers=unfinished())  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="UTF-8"):
        webhook.sign(BODY, headers={"X-Tenant": b"\xff"})


class unfinished:
    def __await__(self) -> Any:
        raise NotImplementedError
