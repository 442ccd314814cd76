"""event.data against json.loads."""

from __future__ import annotations

import json
import math
import sys
from typing import Any

import pytest
from examples import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st

import hookseal

SCHEME = {
    "name": "whole",
    "signature": {
        "header": "X-S",
        "algorithm": "hmac-sha256",
        "encoding": "hex",
        "content": "{body}",
    },
    "event": {"type_required": False, "data": {"pointer": "/v"}},
}
WEBHOOK = hookseal.Webhook("whole", "s", scheme=SCHEME)


def data(value: str) -> Any:
    """What was built while the body was validated, if it is what is built from it afterwards."""
    body = f'{{"v":{value}}}'.encode()
    headers = WEBHOOK.sign(body)
    found, *later = readings(body, headers)
    assert all(same(other, found) for other in later)
    return found


def readings(body: bytes, headers: dict[str, str]) -> tuple[Any, Any]:
    """The data of an event that follows one which was asked for it, and of one that does not."""
    following = WEBHOOK.verify(body, headers).data
    _, unasked = WEBHOOK.verify(body, headers), WEBHOOK.verify(body, headers)
    return following, unasked.data


def same(found: Any, expected: Any) -> bool:
    """Equal in type, order and sign too."""
    if type(found) is not type(expected):
        return False
    if isinstance(expected, dict):
        pairs = zip(found.items(), expected.items(), strict=True)
        return len(found) == len(expected) and all(
            k == key and same(v, value) for (k, v), (key, value) in pairs
        )
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(same, found, expected))
    if isinstance(expected, float):
        return math.copysign(1, found) == math.copysign(1, expected) and found == expected
    return bool(found == expected)


# Characters of each width that Python stores, around their limits, and JSON's own.
CHARACTERS = st.sampled_from('aZ09 _"\\/\b\f\n\r\t\x00\x1f\x7f\x80éÿĀ߿ࠀ\ud7ff\ue000�￿𐀀\U0010ffff')
TEXT = st.one_of(st.text(CHARACTERS, max_size=80), st.text(st.characters(codec="utf-8")))
NUMBERS = st.one_of(
    st.integers(),
    st.integers(min_value=-(2**70), max_value=2**70),
    st.sampled_from([2**k + d for k in (31, 32, 53, 62, 63, 64, 65) for d in (-1, 0, 1)]),
    st.floats(allow_nan=False, allow_infinity=False),
)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=8) | st.dictionaries(TEXT, inner, max_size=30),
    max_leaves=60,
)


@settings(max_examples=examples(375), deadline=None)
@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
def test_documents(value: Any, ascii_only: bool, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    assert same(data(text), json.loads(text))


@settings(max_examples=examples(125), deadline=None)
@given(st.from_regex(r"-?(0|[1-9][0-9]{0,40})(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,4})?", fullmatch=True))
@example("-0")
@example("-0.0")
@example("1e999")
@example("-1e999")
@example("5e-324")
@example("2.4703282292062327e-324")
@example("9007199254740993.0")
@example("1" + "0" * 400 + ".5")
def test_numbers(text: str) -> None:
    assert same(data(text), json.loads(text))


@settings(max_examples=examples(125), deadline=None)
@given(st.lists(st.tuples(TEXT, st.integers()), max_size=12))
@example([("a", 1), ("b", 2), ("a", 3)])
def test_duplicate_keys(pairs: list[tuple[str, int]]) -> None:
    members = ",".join(f"{json.dumps(key)}:{value}" for key, value in pairs + pairs[:3])
    assert same(data("{" + members + "}"), json.loads("{" + members + "}"))


# Keys that share their first and last bytes meet in the cache of keys.
@pytest.mark.parametrize("length", [0, 1, 3, 4, 7, 8, 9, 15, 16, 17, 40])
def test_keys_that_are_alike(length: int) -> None:
    keys = ["x" * length, "y" * length, "x" * length + "y", "ä" * length]
    keys += [("x" * at + "z" + "x" * length)[:length] for at in range(length)]
    for _ in range(3):
        for key in keys:
            assert data(json.dumps({key: 1}, ensure_ascii=False)) == {key: 1}


@pytest.mark.parametrize("escape", [r"\ud800", r"\udfff", r"\udc00\ud800", r"a\ud800\u0041"])
def test_lone_surrogates_are_replaced(escape: str) -> None:
    expected = json.loads(f'"{escape}"').encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert data(f'"{escape}"') == expected
    assert data(f'{{"{escape}":1}}') == {expected: 1}


def test_depth() -> None:
    assert data("[" * 127 + "]" * 127) == json.loads("[" * 127 + "]" * 127)
    with pytest.raises(hookseal.PayloadError):
        data("[" * 128 + "]" * 128)


def test_integers_are_exact_as_far_as_python_reads_them() -> None:
    limit = sys.get_int_max_str_digits() if hasattr(sys, "get_int_max_str_digits") else 4300
    assert data("9" * limit) == 10**limit - 1
    assert data("-" + "9" * limit) == 1 - 10**limit
    if not hasattr(sys, "get_int_max_str_digits"):
        return
    body = b'{"v":' + b"9" * (limit + 1) + b"}"
    event = WEBHOOK.verify(body, WEBHOOK.sign(body))
    for _ in range(2):
        with pytest.raises(hookseal.PayloadError, match="set_int_max_str_digits") as raised:
            _ = event.data
        assert raised.value.code == "invalid_payload"
        assert isinstance(raised.value.__cause__, ValueError)
    assert event.body == body


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"v":{"a":[1,{"b":"first"}]},"v":{"c":"second"}}', {"c": "second"}),
        (b'{"v":{"a":[1,{"b":"first"}]},"v":[]}', []),
        (b'{"v":[1,2],"v":null}', None),
        (b'{"v":{"v":[1],"v":{"v":2}},"w":{"v":3}}', {"v": {"v": 2}}),
        (b'{"v":[' + b"9" * 5000 + b'],"v":{"c":"second"}}', {"c": "second"}),
    ],
)
def test_data_that_is_there_twice(body: bytes, expected: Any) -> None:
    assert readings(body, WEBHOOK.sign(body)) == (expected, expected)


def test_a_body_that_ends_within_its_data_is_refused() -> None:
    body = b'{"v":{"a":[1,2,{"b":"c"}]}}'
    assert data(body[5:-1].decode()) == {"a": [1, 2, {"b": "c"}]}
    for end in range(1, len(body)):
        # Whether it would be built or not.
        for _ in range(2):
            with pytest.raises(hookseal.PayloadError):
                WEBHOOK.verify(body[:end], WEBHOOK.sign(body[:end]))
        assert readings(body, WEBHOOK.sign(body)) == ({"a": [1, 2, {"b": "c"}]},) * 2


def test_strings_of_every_width_and_length() -> None:
    for character in "aÿĀ\uffff\U0001f512":
        for length in (0, 1, 2, 63, 64, 65, 1000):
            for text in (character * length, "a" * length + character, character + "a" * length):
                assert data(json.dumps(text, ensure_ascii=False)) == text


# Objects with as many keys and the same first and last one meet in the cache of forms.
def test_objects_whose_keys_are_alike_or_in_another_order() -> None:
    inner = [f"k{number}" for number in range(6)]
    orders = [inner, inner[::-1], [*inner[:3], "other", *inner[4:]], [*inner[:2], *inner[1:]]]
    forms = [["first", *keys, "last"] for keys in orders]
    for _ in range(4):
        for form in forms + forms[:2]:
            for repeat in range(3):
                members = ",".join(f'"{key}":[{repeat},{at}]' for at, key in enumerate(form))
                text = "{" + members + "}"
                assert same(data(text), json.loads(text))


def test_objects_of_one_form_share_nothing() -> None:
    text = json.dumps({f"key{number}": {"value": number} for number in range(12)})
    expected = json.loads(text)
    for _ in range(4):
        found = data(text)
        assert same(found, expected)
        for key in list(found):
            found[key]["value"] = None
            found[key] = None
        found["more"] = 1


def test_short_strings_that_come_again_are_themselves() -> None:
    """Those that were met before are kept, and are as long, begin or end alike."""
    texts = ["ab" * 20, "é" * 20, "0" * 40, "abcdefgh" * 5, "\x00" * 40]
    short = [text[:length] for text in texts for length in range(20)]
    short += [text[-length:] for text in texts for length in range(1, 20)]
    for _ in range(4):
        for text in (*short, *reversed(short)):
            assert data(json.dumps([text, text])) == [text, text]
            assert data(json.dumps([text, text], ensure_ascii=False)) == [text, text]
