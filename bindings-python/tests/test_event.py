"""What an event is in Python."""

from __future__ import annotations

import copy
import datetime
import gc
import json
import pickle
import weakref
from typing import Any

import pytest
from deliveries import BODY, KASKO, Delivery

import hookseal

CLAIMPORT = hookseal.Webhook("claimport", "s")


def claim(body: bytes) -> hookseal.Event:
    return CLAIMPORT.verify(body, CLAIMPORT.sign(body))


@pytest.fixture
def event(kasko: hookseal.Webhook, delivery: Delivery) -> hookseal.Event:
    return kasko.verify(delivery.body, delivery.headers)


def test_fields(event: hookseal.Event) -> None:
    assert event.provider == "kasko"
    assert event.type == "policy.created"
    assert event.id == "d-1"
    assert event.created_at is None
    assert event.test is True
    assert event.unsigned == ("type", "id")
    assert event.key_index == 0
    assert event.dedupe_key.startswith("kasko:policy.created:")
    assert event.body is BODY


def test_an_event_is_made_by_verifying_alone() -> None:
    with pytest.raises(TypeError):
        hookseal.Event()
    with pytest.raises(TypeError):
        type("Mine", (hookseal.Event,), {})


@pytest.mark.parametrize("name", ["type", "data", "id", "other"])
def test_an_event_is_frozen(event: Any, name: str) -> None:
    with pytest.raises(AttributeError):
        setattr(event, name, "x")
    with pytest.raises(AttributeError):
        delattr(event, name)


def test_the_repr_holds_no_personal_data(event: hookseal.Event) -> None:
    assert repr(event) == "Event(provider='kasko', type='policy.created', id='d-1')"
    assert str(event) == repr(event)
    assert repr(claim(b'{"type":"it\'s\\n"}')) == (
        "Event(provider='claimport', type=\"it's\\n\", id=None)"
    )


def test_equality_and_hash(kasko: hookseal.Webhook, delivery: Delivery) -> None:
    verify = kasko.verify
    event = verify(delivery.body, delivery.headers)
    same = verify(bytearray(delivery.body), list(delivery.headers.items()))
    assert event == same
    assert hash(event) == hash(same)
    assert len({event, same}) == 1
    others = [
        verify(BODY, kasko.sign(BODY, type="policy.updated", id="d-1")),
        verify(BODY, kasko.sign(BODY, type="policy.created", id="d-2")),
        verify(b"{}", kasko.sign(b"{}", type="policy.created", id="d-1")),
        hookseal.Webhook("kasko", ["other", KASKO]).verify(BODY, delivery.headers),
    ]
    for other in others:
        assert event != other
    assert event != "event"
    assert event.__eq__("event") is NotImplemented


def test_data_is_built_once(event: hookseal.Event) -> None:
    assert event.data is event.data
    assert event.data == {
        "policy_id": "P-1",
        "livemode": False,
        "first_name": "Adébáyọ̀",
        "n": [1, 2.5, None],
    }


def test_no_data_and_data_that_is_null() -> None:
    coverkit = hookseal.Webhook("coverkit", "s")
    for body in (b'{"type":"a"}', b'{"type":"a","data":null}'):
        assert coverkit.verify(body, coverkit.sign(body)).data is None
    assert claim(b'{"type":"webhook.test"}').data == {}


STRIPE = b' {"id":"evt_1","type":"a.b","account":"acct_1","data":{"object":{"n":1}}}\n'


def signed(provider: str, body: bytes, type: str | None = None) -> hookseal.Event:
    webhook = hookseal.Webhook(provider, "whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ=")
    return webhook.verify(body, webhook.sign(body, type=type))


def test_the_envelope_is_all_that_was_signed() -> None:
    event = signed("stripe", STRIPE)
    assert event.envelope == json.loads(STRIPE)
    assert event.envelope is event.envelope
    assert event.data == event.envelope["data"]
    assert list(event.envelope) == ["id", "type", "account", "data"]
    form = b"payload=%7B%22zen%22%3A%22x%22%7D"
    assert signed("github", form, type="ping").envelope == {"zen": "x"}
    assert signed("standard-webhooks", b"").envelope is None
    assert signed("standard-webhooks", b'[{"user":1}]').envelope == [{"user": 1}]


def test_to_dict_is_everything_in_the_shape_of_every_language() -> None:
    event = claim(
        b'{"type":"claim.created","id":"1","timestamp":"2026-03-01T13:30:45+01:00",'
        b'"data":{"n":12345678901234567890,"name":"\xc3\xa9"}}'
    )
    assert list(event.to_dict().items()) == [
        ("provider", "claimport"),
        ("type", "claim.created"),
        ("id", "1"),
        ("created_at", "2026-03-01T12:30:45Z"),
        ("test", False),
        ("check", False),
        ("data", {"n": 12345678901234567890, "name": "é"}),
        ("unsigned", []),
        ("key_index", 0),
        ("dedupe_key", "claimport:1"),
    ]
    event.to_dict()["data"].clear()
    assert event.data["name"] == event.to_dict()["data"]["name"]
    bare = signed("kasko", b"{}", type="a").to_dict()
    assert (bare["created_at"], bare["unsigned"]) == (None, ["type", "id"])
    assert "data" not in signed("coverkit", b'{"type":"a"}').to_dict()


def test_json_refuses_an_event_and_takes_its_dict(event: hookseal.Event) -> None:
    with pytest.raises(TypeError, match="Event"):
        json.dumps(event)
    assert json.loads(json.dumps(event.to_dict())) == event.to_dict()


def test_checks_of_the_endpoint_are_told_from_events_about_test_data() -> None:
    kasko = hookseal.Webhook("kasko", "s")
    body = b'{"livemode":false}'
    about_test_data = kasko.verify(body, kasko.sign(body, type="policy.created"))
    assert (about_test_data.test, about_test_data.check) == (True, False)
    check = claim(b'{"type":"webhook.test"}')
    assert (check.test, check.check) == (True, True)


@pytest.mark.parametrize(
    "make", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy]
)
@pytest.mark.parametrize(
    "body",
    [
        b'{"type":"claim.created","id":"1","timestamp":"2026-03-01T12:30:45.123456Z","data":{"a":[1]}}',
        b'{"type":"webhook.test"}',
        b'{"type":"\\ud800","data":null,"timestamp":"1969-12-31T23:59:59.5+01:00"}',
    ],
)
def test_pickles_and_copies(make: Any, body: bytes) -> None:
    event = claim(body)
    made = make(event)
    assert made == event
    assert hash(made) == hash(event)
    assert repr(made) == repr(event)
    for name in (
        "provider type id created_at test check data envelope unsigned body key_index dedupe_key"
    ).split():
        assert getattr(made, name) == getattr(event, name)
    assert list(made.to_dict().items()) == list(event.to_dict().items())
    assert make(made) == event


def test_a_pickle_with_nonsense_raises_an_exception(event: hookseal.Event) -> None:
    restore, (fields,) = event.__reduce__()
    with pytest.raises(hookseal.PayloadError):
        _ = restore({**fields, "data": "{"}).data
    with pytest.raises(KeyError):
        restore({})


def test_match(event: hookseal.Event) -> None:
    match event:
        case hookseal.Event("policy.updated"):
            pytest.fail("another type")
        case hookseal.Event("policy.created", {"policy_id": number}):
            assert number == "P-1"
        case _:
            pytest.fail("no case")
    match event:
        case hookseal.Event(type="policy.created", test=True, data=data):
            assert data is event.data
        case _:
            pytest.fail("no case")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01T12:30:45.123456789Z", (2026, 3, 1, 12, 30, 45, 123456)),
        ("2026-03-01T12:30:45+05:30", (2026, 3, 1, 7, 0, 45, 0)),
        ("1969-12-31T23:59:59.9999999Z", (1969, 12, 31, 23, 59, 59, 999999)),
        ("0001-01-01T00:00:00Z", (1, 1, 1, 0, 0, 0, 0)),
        ("9999-12-31T23:59:59.999999Z", (9999, 12, 31, 23, 59, 59, 999999)),
        ("0000-12-31T23:59:59Z", None),
        ("0001-01-01T00:00:00+01:00", None),
        ("9999-12-31T23:59:59-01:00", None),
        ("yesterday", None),
    ],
)
def test_created_at(text: str, expected: tuple[int, ...] | None) -> None:
    found = claim(f'{{"type":"a","timestamp":"{text}"}}'.encode()).created_at
    if expected is None:
        assert found is None
    else:
        year, month, day, hour, minute, second, micro = expected
        utc = datetime.timezone.utc
        assert found == datetime.datetime(year, month, day, hour, minute, second, micro, utc)
        assert found.utcoffset() == datetime.timedelta(0)


def test_a_cycle_through_the_data_is_collected() -> None:
    class Marker:
        pass

    event = claim(b'{"type":"a","data":{}}')
    marker = Marker()
    gone = weakref.ref(marker)
    event.data["event"] = event
    event.envelope["event"] = event
    event.data["marker"] = marker
    del event, marker
    gc.collect()
    assert gone() is None


def test_a_type_parameter_is_for_type_checkers() -> None:
    assert hookseal.Event[str, Any].__origin__ is hookseal.Event  # type: ignore[attr-defined]
    assert hookseal.Webhook[hookseal.Event].__origin__ is hookseal.Webhook  # type: ignore[attr-defined]
