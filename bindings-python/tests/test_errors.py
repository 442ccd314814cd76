"""The exceptions."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from deliveries import Delivery

import hookseal

HIERARCHY: list[tuple[type[BaseException], tuple[type[BaseException], ...]]] = [
    (hookseal.HooksealError, (Exception,)),
    (hookseal.VerificationError, (hookseal.HooksealError,)),
    (hookseal.MissingHeaderError, (hookseal.VerificationError,)),
    (hookseal.MalformedHeaderError, (hookseal.VerificationError,)),
    (hookseal.SignatureMismatchError, (hookseal.VerificationError,)),
    (hookseal.TimestampError, (hookseal.VerificationError,)),
    (hookseal.PayloadError, (hookseal.HooksealError,)),
    (hookseal.ConfigurationError, (hookseal.HooksealError, ValueError)),
]


@pytest.mark.parametrize(("error", "bases"), HIERARCHY)
def test_hierarchy(error: type[BaseException], bases: tuple[type[BaseException], ...]) -> None:
    assert error.__bases__ == bases
    assert error.__module__ == "hookseal"
    assert error.__doc__


def test_code_status_and_message(kasko: hookseal.Webhook, delivery: Delivery) -> None:
    with pytest.raises(hookseal.SignatureMismatchError) as raised:
        kasko.verify(b"{}", delivery.headers)
    error = raised.value
    assert (error.code, error.http_status) == ("signature_mismatch", 401)
    assert error.args == (str(error),)
    assert "raw bytes" in str(error)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert (again.code, again.http_status, str(again)) == (error.code, 401, str(error))


@pytest.mark.parametrize(
    ("error", "code", "status"),
    [
        (hookseal.MissingHeaderError, "missing_header", 401),
        (hookseal.MalformedHeaderError, "malformed_header", 401),
        (hookseal.SignatureMismatchError, "signature_mismatch", 401),
        (hookseal.TimestampError, "timestamp_out_of_tolerance", 401),
        (hookseal.PayloadError, "invalid_payload", 400),
    ],
)
def test_one_that_a_test_raises_has_its_code_too(error: Any, code: str, status: int) -> None:
    assert (error("made up").code, error("made up").http_status) == (code, status)


def test_one_for_the_set_up_has_no_code_of_its_own() -> None:
    assert hookseal.ConfigurationError("made up").http_status == 500
