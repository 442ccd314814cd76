"""Every conformance case, through the Python API."""

from __future__ import annotations

import datetime
import json
import pickle
import re
from collections.abc import Callable
from typing import Any

import pytest
from cases import SAMPLES, VECTORS, Case, samples, vectors

import hookseal

ALL = vectors() + samples()


def test_no_case_is_lost() -> None:
    assert len(vectors()) == VECTORS
    assert len(samples()) >= SAMPLES


def webhook(case: Case) -> hookseal.Webhook:
    scheme: Any = case.given.get("scheme")
    provider = case.given.get("provider")
    if provider is None:
        # Some cases have a scheme that is nothing like one, with no name or another kind of value.
        provider = str(scheme.get("name"))
    tolerance = case.given.get("tolerance")
    options: dict[str, Any] = case.given.get("options", {})
    return hookseal.Webhook(provider, case.secrets, tolerance=tolerance, scheme=scheme, **options)


def as_given(body: bytes) -> object:
    return body


def as_bytearray(body: bytes) -> object:
    return bytearray(body)


def as_view(body: bytes) -> object:
    # Every second byte of another buffer: nothing that a pointer and a length can describe.
    spread = bytearray(2 * len(body))
    spread[::2] = body
    return memoryview(spread)[::2]


def as_text(body: bytes) -> object:
    # Bytes that are no UTF-8 become lone surrogates, as os.environ and others make them.
    return body.decode("utf-8", "surrogatepass") if decodable(body) else body


def decodable(body: bytes) -> bool:
    try:
        body.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize("given", [as_given, as_bytearray, as_view, as_text])
def test_vectors_and_samples_give_what_they_expect(given: Callable[[bytes], object]) -> None:
    ran = 0
    failures = []
    for case in ALL:
        ran += 1
        try:
            check(case, given(case.body))
        except AssertionError as failure:
            failures.append(f"{case.name}: {failure}")
    assert not failures, f"{len(failures)} of {ran}:\n" + "\n".join(failures)
    assert ran == VECTORS + len(samples())


def check(case: Case, body: Any) -> None:
    expected = case.expect
    try:
        request: dict[str, Any] = case.given.get("request", {})
        event = webhook(case).verify(body, case.headers, now=case.given.get("now"), **request)
    except hookseal.HooksealError as error:
        assert error.code == expected.get("error"), f"{error.code}: {error}"
        discloses_nothing(case, error)
        return
    assert "error" not in expected, f"{event!r}, expected {expected['error']}"
    compare(event, expected["event"])
    if "canonical" in expected:
        assert event.body == expected["canonical"].encode() or event.body == case.body
    restored = pickle.loads(pickle.dumps(event))
    assert restored == event
    assert hash(restored) == hash(event)
    compare(restored, expected["event"])


def compare(event: hookseal.Event, expected: dict[str, Any]) -> None:
    fields = dict(expected)
    fields.pop("has_data", None)
    for name, value in fields.items():
        found = getattr(event, name)
        if name == "created_at":
            assert found == (None if value is None else instant(value)), name
        elif name == "unsigned":
            assert list(found) == value, name
        elif name in ("data", "envelope"):
            # Not ==, to which 1, 1.0 and True are the same. The cases' own order is Node's.
            assert json.dumps(found, sort_keys=True) == json.dumps(value, sort_keys=True), name
        else:
            assert (type(found), found) == (type(value), value), name


def instant(text: str) -> datetime.datetime:
    """The moment of an RFC 3339 text; what is finer than microseconds is cut off."""
    match = re.fullmatch(r"(.{19})(?:\.(\d+))?(.*)", text)
    assert match
    seconds, fraction, zone = match.groups()
    zone = "+00:00" if zone in ("Z", "z") else zone
    micros = ((fraction or "") + "000000")[:6]
    return datetime.datetime.fromisoformat(f"{seconds}.{micros}{zone}".upper())


def discloses_nothing(case: Case, error: Exception) -> None:
    text = f"{error} {error!r}"
    hidden = [*case.given.get("secrets", []), *(value for _, value in case.headers)]
    assert not [value for value in hidden if len(value) > 12 and value in text], text
