"""Against the senders' own packages and the snippets that providers document."""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import importlib
import json
import subprocess
import sys
import time
from typing import Any

import pytest
from cases import ROOT
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

import hookseal

SECRET = "whsec_" + base64.b64encode(b"a secret of thirty-two bytes, ok").decode()
BODIES = st.dictionaries(st.text(max_size=8), st.integers() | st.text(max_size=20), max_size=5).map(
    lambda data: json.dumps({"type": "a.b", "data": data}, ensure_ascii=False)
)


def spoiled(signature: str) -> str:
    return signature[:-6] + ("A" if signature[-6] != "A" else "B") + signature[-5:]


@settings(max_examples=examples(200), deadline=None)
@given(BODIES, st.text("abc123-_", min_size=1, max_size=20))
@pytest.mark.parametrize(
    ("package", "prefix"), [("standardwebhooks", "webhook-"), ("svix", "svix-")]
)
def test_standard_webhooks(package: str, prefix: str, body: str, id_: str) -> None:
    module: Any = importlib.import_module(package + ".webhooks")
    # Theirs asks the clock each time.
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    theirs = module.Webhook(SECRET)
    ours = hookseal.Webhook("standard-webhooks", SECRET)
    headers = {
        prefix + "id": id_,
        prefix + "timestamp": str(int(now.timestamp())),
        prefix + "signature": theirs.sign(id_, now, body),
    }
    event = ours.verify(body, headers, now=now)
    assert event.id == id_
    # Says nothing if it believes it.
    theirs.verify(body, headers)
    made = ours.sign(body, id=id_, timestamp=now)
    assert made["webhook-signature"] == headers[prefix + "signature"]
    bad = {**headers, prefix + "signature": spoiled(headers[prefix + "signature"])}
    with pytest.raises(hookseal.SignatureMismatchError):
        ours.verify(body, bad, now=now)
    with pytest.raises(module.WebhookVerificationError):
        theirs.verify(body, bad)


@settings(max_examples=examples(200), deadline=None)
@given(BODIES)
def test_stripe(body: str) -> None:
    import stripe

    ours = hookseal.Webhook("stripe", SECRET)
    headers = ours.sign(body, timestamp=time.time())
    signature = headers["Stripe-Signature"]
    verify: Any = stripe.WebhookSignature.verify_header
    assert verify(body, signature, SECRET, 300)
    assert ours.verify(body, signature).type == "a.b"
    bad = signature[:-1] + ("0" if signature[-1] != "0" else "1")
    with pytest.raises(stripe.SignatureVerificationError):
        verify(body, bad, SECRET, 300)
    with pytest.raises(hookseal.SignatureMismatchError):
        ours.verify(body, bad)


@settings(max_examples=examples(300), deadline=None)
@given(BODIES, st.text(min_size=1, max_size=30).filter(lambda text: text.strip() == text))
def test_hmac_of_the_standard_library(body: str, secret: str) -> None:
    try:
        webhooks = [hookseal.Webhook(name, secret) for name in ("kasko", "claimport", "github")]
    except hookseal.ConfigurationError:
        return
    raw = body.encode()
    key = secret.encode()
    signatures = [
        "sha1=" + hmac.new(key, raw, hashlib.sha1).hexdigest(),
        "sha256=" + hmac.new(key, raw, hashlib.sha256).hexdigest(),
        "sha256=" + hmac.new(key, raw, hashlib.sha256).hexdigest(),
    ]
    for webhook, signature in zip(webhooks, signatures, strict=True):
        assert signature in webhook.sign(body, type="a.b").values()


def test_mycovers_documented_snippet() -> None:
    """The documented Python signs what json.dumps writes: the same as what MyCover.ai's servers
    sign where both write a document alike, which ASCII text, integers and words as keys ensure."""
    secret = "MCASECK|49939d32-f649-4de4-ab35-51060ca292f9"
    webhook = hookseal.Webhook("mycover", secret)
    bodies = [
        json.dumps({"event": "policy.updated", "data": {"n": n, "k": ["a" * n, None, True]}}).encode()
        for n in range(100)
    ]
    frames = b"".join(len(body).to_bytes(4, "big") + body for body in bodies)
    snippet = ROOT / "tests/snippets/mycover.py"
    ran = subprocess.run([sys.executable, snippet], input=frames, capture_output=True, check=True)
    answers = ran.stdout
    for body in bodies:
        length = int.from_bytes(answers[:4], "big")
        signature, answers = answers[4 : 4 + length].decode(), answers[4 + length :]
        assert webhook.verify(body, signature).type == "policy.updated"
        assert webhook.sign(body)["x-mycoverai-signature"] == signature
        with pytest.raises(hookseal.SignatureMismatchError):
            webhook.verify(body + b"1", signature)
    assert answers == b""
