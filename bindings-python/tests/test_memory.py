"""That verifying leaves nothing behind."""

from __future__ import annotations

import gc
import json
import resource
import sys
from pathlib import Path

import pytest
from cases import ROOT
from deliveries import BODY, KASKO
from examples import QUICK

import hookseal

VERIFICATIONS = 200_000 if QUICK else 2_000_000
GROWTH = 4 * 1024 * 1024
"""About two bytes for each of two million."""


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="there is no /proc")
def test_verifications_without_growth() -> None:
    webhook = hookseal.Webhook("kasko", KASKO)
    headers = webhook.sign(BODY, type="policy.created")
    forged = {**headers, "X-KASKO-Signature": "sha1=" + "0" * 40}
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]

    def verify(times: int) -> None:
        for number in range(times // 10):
            for _ in range(6):
                event = webhook.verify(BODY, headers)
                _ = event.data, event.type, event.id, event.dedupe_key
            _ = webhook.verify(BODY.decode(), pairs).created_at
            _ = webhook.verify(bytearray(BODY), list(headers.items())).body
            # Keys that never come again pass through the cache of keys.
            body = json.dumps({f"key-{number}": {"ä" + str(number): [number, None]}}).encode()
            _ = webhook.verify(body, webhook.sign(body, type="a")).data
            try:
                webhook.verify(BODY, forged)
            except hookseal.SignatureMismatchError:
                pass

    verify(VERIFICATIONS // 10)
    gc.collect()
    before = resident()
    verify(VERIFICATIONS)
    gc.collect()
    grown = resident() - before
    assert grown < GROWTH, f"{grown} bytes more after {VERIFICATIONS} verifications"


@pytest.mark.parametrize("name", ["p1k", "b16k"])
def test_nothing_keeps_a_reference(name: str) -> None:
    body = Path(ROOT, f"tests/bench/payloads/{name}.json").read_bytes()
    webhook = hookseal.Webhook("claimport", "s")
    headers = webhook.sign(body)
    webhook.verify(body, headers)
    before = sys.getrefcount(body), sys.getrefcount(headers), sys.getrefcount(webhook)
    values = [sys.getrefcount(value) for value in headers.values()]
    for _ in range(1000):
        event = webhook.verify(body, headers)
        _ = event.data, event.body
    del event, _
    assert before == (sys.getrefcount(body), sys.getrefcount(headers), sys.getrefcount(webhook))
    assert values == [sys.getrefcount(value) for value in headers.values()]
