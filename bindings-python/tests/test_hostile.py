"""Nothing but the documented exceptions, whatever the input."""

from __future__ import annotations

from typing import Any

from deliveries import BODY, KASKO
from examples import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st

import hookseal

WEBHOOKS = [
    hookseal.Webhook(name, "c2VjcmV0LXNlY3JldC1zZWNyZXQ=")
    for name in (
        "coverkit", "kasko", "mycover", "claimport", "standard-webhooks", "stripe", "github"
    )
]
NAMES = [
    name
    for webhook in WEBHOOKS
    for name in webhook.sign(b'{"type":"a"}', type="a", id="1")
]

SURROGATES = st.text(st.characters(exclude_categories=()), max_size=40)
ANY_TEXT = st.one_of(SURROGATES, st.binary(max_size=40), st.none(), st.binary().map(bytearray))
SIGNATURES = st.sampled_from(["sha1=", "sha256=", "t=1,v1=", "v1,", "v1=", "", "\ud800"])
VALUES = st.one_of(
    ANY_TEXT,
    st.tuples(SIGNATURES, SURROGATES).map("".join),
    st.lists(ANY_TEXT, max_size=3),
    st.tuples(ANY_TEXT),
)
HEADER_NAMES = st.one_of(
    st.sampled_from(NAMES),
    st.sampled_from(NAMES).map(str.encode),
    st.sampled_from(NAMES).map(lambda name: "HTTP_" + name.upper().replace("-", "_")),
    SURROGATES,
)
HEADERS = st.one_of(
    st.dictionaries(HEADER_NAMES, VALUES, max_size=6),
    st.lists(st.tuples(HEADER_NAMES, VALUES), max_size=6),
    SURROGATES,
    st.binary(max_size=60),
    st.none(),
)
BODIES = st.one_of(
    st.binary(max_size=200),
    st.binary(max_size=200).map(bytearray),
    st.binary(max_size=200).map(lambda body: memoryview(body)),
    SURROGATES,
    st.just(BODY),
)

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), SURROGATES, st.binary(max_size=20)
)
ANYTHING = st.recursive(
    SCALARS | st.complex_numbers() | st.decimals() | st.datetimes() | st.timedeltas(),
    lambda inner: st.lists(inner, max_size=4)
    | st.tuples(inner, inner)
    | st.dictionaries(SCALARS, inner, max_size=4)
    | st.frozensets(SCALARS, max_size=3)
    | st.iterables(inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=examples(500), deadline=None)
@given(st.sampled_from(WEBHOOKS), BODIES, HEADERS)
def test_forgeries_are_refused(webhook: hookseal.Webhook, body: Any, headers: Any) -> None:
    try:
        webhook.verify(body, headers)
    except hookseal.VerificationError as error:
        assert error.http_status == 401
    else:
        raise AssertionError("a forgery was believed")


@settings(max_examples=examples(375), deadline=None)
@given(st.sampled_from(WEBHOOKS), BODIES)
def test_whatever_is_signed_is_an_event_or_no_payload(webhook: hookseal.Webhook, body: Any) -> None:
    headers = webhook.sign(body, type="a")
    try:
        event = webhook.verify(body, headers)
    except hookseal.PayloadError as error:
        assert error.http_status == 400
        return
    assert event.data is not NotImplemented
    repr(event)


@settings(max_examples=examples(375), deadline=None)
@given(ANYTHING, ANYTHING, ANYTHING)
@example(BODY, {"X-KASKO-Signature": {}}, None)
def test_verify_of_anything(body: Any, headers: Any, now: Any) -> None:
    for webhook in WEBHOOKS[:2]:
        try:
            webhook.verify(body, headers, now=now)
        except (hookseal.VerificationError, TypeError, ValueError) as error:
            assert_documented(error)


@settings(max_examples=examples(375), deadline=None)
@given(ANYTHING, ANYTHING, ANYTHING, ANYTHING)
@example("kasko", KASKO, None, {})
def test_building_from_anything(provider: Any, secret: Any, tolerance: Any, scheme: Any) -> None:
    for name in (provider, "kasko"):
        try:
            hookseal.Webhook(name, secret, tolerance=tolerance, scheme=scheme)
        except (hookseal.ConfigurationError, TypeError, ValueError) as error:
            assert_documented(error)


@settings(max_examples=examples(250), deadline=None)
@given(ANYTHING, ANYTHING, ANYTHING, ANYTHING)
def test_sign_of_anything(body: Any, type_: Any, id_: Any, timestamp: Any) -> None:
    try:
        WEBHOOKS[1].sign(body, type=type_, id=id_, timestamp=timestamp)
    except (hookseal.VerificationError, TypeError, ValueError) as error:
        assert_documented(error)


def assert_documented(error: Exception) -> None:
    """A ValueError of a class of its own is one that got through from inside."""
    assert isinstance(error, (hookseal.HooksealError, TypeError)) or type(error) is ValueError, error
