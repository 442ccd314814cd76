"""Every broken delivery, through the Python API."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from cases import BROKEN, UNUSABLE, Case, broken

import hookseal

ALL = broken()
SECRET = "whsec_1b6f2ae8d0444a349cc1f4c8"
BODY = b'{"type":"claim.created","data":{"n":1.0}}'
WEBHOOK = hookseal.Webhook("claimport", SECRET)
SIGNED = WEBHOOK.sign(BODY)
SIGNATURE = SIGNED["X-ClaimPort-Signature"]


def test_each_broken_delivery_names_its_cause() -> None:
    unusable = 0
    failures = []
    for case in ALL:
        if case.expect.get("error") == "invalid_secret":
            unusable += 1
            with pytest.raises(hookseal.ConfigurationError):
                hookseal.Webhook(case.given["provider"], case.secrets)
            continue
        try:
            check(case)
        except AssertionError as failure:
            failures.append(f"{case}: {failure}")
    assert not failures, "\n".join(failures)
    assert (len(ALL), unusable) == (BROKEN, UNUSABLE)


def check(case: Case) -> None:
    hints = case.given.get("hints", [])
    webhook = hookseal.Webhook(
        case.given["provider"], case.secrets, **case.given.get("options", {})
    )
    report = webhook.explain(
        case.body,
        case.headers,
        secrets=hints or None,
        now=case.given.get("now"),
        **case.given.get("request", {}),
    )
    assert report.verifies == case.expect.get("verifies", False)
    assert report.error == case.expect.get("error")
    codes = [code for code in [case.expect["finding"]] if code] + case.expect.get("also", [])
    found = [(finding.code, finding.proven) for finding in report.findings]
    assert found == [(code, case.expect["proven"]) for code in codes]
    for secret in [*case.secrets, *hints]:
        text = secret if isinstance(secret, str) else secret.decode("latin-1")
        assert len(text) < 12 or text not in f"{report} {report.to_json()} {report!r}"


def test_a_report_reads_as_text_and_as_json() -> None:
    report = WEBHOOK.explain(BODY + b"\n", SIGNED)
    (finding,) = report.findings
    assert (finding.code, finding.proven, finding.secret) == ("body_final_newline", True, 0)
    assert finding.what in str(report)
    assert finding.fix in str(report)
    assert finding.evidence in str(report)
    assert report.ruled_out == ()
    document = json.loads(report.to_json())
    assert document["findings"][0]["code"] == finding.code
    assert repr(report) == "<hookseal.Report signature_mismatch: body_final_newline>"
    assert repr(finding) == "<hookseal.Finding body_final_newline, proven>"
    assert repr(WEBHOOK.explain(BODY, SIGNED)) == "<hookseal.Report: verifies>"
    with pytest.raises(AttributeError):
        setattr(report, "verifies", True)  # noqa: B010


@pytest.mark.parametrize(
    "headers",
    [
        SIGNED,
        list(SIGNED.items()),
        [(name.encode(), value.encode()) for name, value in SIGNED.items()],
        {name: [value] for name, value in SIGNED.items()},
        {"HTTP_X_CLAIMPORT_SIGNATURE": SIGNATURE, "wsgi.input": object(), "wsgi.version": (1, 0)},
        {**SIGNED, "X-Other": None},
        SIGNATURE,
    ],
)
def test_headers_are_taken_in_every_form(headers: hookseal.Headers) -> None:
    assert WEBHOOK.explain(BODY, headers).verifies
    assert WEBHOOK.explain(BODY + b" ", headers).findings[0].code == "body_final_newline"


def test_headers_that_the_scheme_does_not_read_are_evidence() -> None:
    assert WEBHOOK.explain(BODY, {"X-Signature": SIGNATURE}).findings[0].code == "signature_header"


def test_other_secrets_and_another_time_are_hints() -> None:
    other = hookseal.Webhook("claimport", "another secret")
    finding = other.explain(BODY, SIGNED, secrets=SECRET).findings[0]
    assert (finding.code, finding.secret) == ("secret_other_webhook", 1)
    stripe = hookseal.Webhook("stripe", SECRET)
    headers = stripe.sign(b'{"id":"evt_1","type":"x","data":{}}', timestamp=1_000_000_000)
    body = b'{"id":"evt_1","type":"x","data":{}}'
    assert stripe.explain(body, headers).findings[0].code == "delivery_old"
    assert stripe.explain(body, headers, now=1_000_000_000).verifies


def test_what_is_misused_says_so_as_in_verify() -> None:
    with pytest.raises(TypeError, match="request.get_data"):
        WEBHOOK.explain({}, SIGNED)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        WEBHOOK.explain(BODY, 1)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        WEBHOOK.explain(BODY, {"X-ClaimPort-Signature": 1})
    with pytest.raises(TypeError):
        WEBHOOK.explain(BODY, SIGNED, secrets=1)  # type: ignore[arg-type]


ONCE: list[Callable[[dict[str, str]], Any]] = [
    lambda headers: (pair for pair in headers.items()),
    lambda headers: iter(headers.items()),
    lambda headers: map(tuple, headers.items()),
    lambda headers: zip(headers.keys(), headers.values()),
    lambda headers: filter(None, headers.items()),
    lambda headers: reversed(headers.items()),
]


@pytest.mark.parametrize("make", ONCE)
def test_headers_that_can_be_read_once(make: Callable[[dict[str, str]], Any]) -> None:
    assert WEBHOOK.verify(BODY, make(SIGNED)).type == "claim.created"
    report = WEBHOOK.explain(BODY + b"\n", make(SIGNED))
    assert report.error == "signature_mismatch"
    assert [finding.code for finding in report.findings] == ["body_final_newline"]


def test_secrets_that_can_be_read_once() -> None:
    other = hookseal.Webhook("claimport", (secret for secret in ["another secret"]))
    report = other.explain(BODY, SIGNED, secrets=(secret for secret in ["x", SECRET]))
    (finding,) = report.findings
    assert (finding.code, finding.secret) == ("secret_other_webhook", 2)
