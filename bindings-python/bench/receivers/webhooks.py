"""What the receivers share: the webhook, and what is usually written in its place."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from typing import Any

import hookseal

SECRET = os.environ["CLAIMPORT_SECRET"]
KEY = SECRET.encode()
NAME = "X-ClaimPort-Signature"
WEBHOOK = hookseal.Webhook("claimport", SECRET)


def verify(body: bytes, signature: str | None) -> Any:
    """The data of an event, or None if it is forged."""
    expected = "sha256=" + hmac.new(KEY, body, hashlib.sha256).hexdigest()
    if signature is None or not hmac.compare_digest(expected, signature):
        return None
    return json.loads(body)["data"]


def handle(data: Any) -> None:
    """Takes the data, as a queue would."""
    if not isinstance(data, dict):
        raise TypeError
