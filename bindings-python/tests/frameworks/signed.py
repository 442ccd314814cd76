"""Webhooks of senders that sign the request, or nothing."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import hookseal

SECRET = "secret of these tests"
ORIGIN = "https://hooks.example.com"


def _webhook(signature: dict[str, str], **options: Any) -> hookseal.Webhook:
    scheme = {"name": "sender", "signature": signature, "event": {"type": {"pointer": "/type"}}}
    return hookseal.Webhook(hookseal.Scheme(scheme), SECRET, **options)


_SIGNED = {
    "header": "X-Signature",
    "algorithm": "hmac-sha256",
    "encoding": "hex",
    "content": "{method} {url}\n{body}",
}

WEBHOOKS = {
    "whole": _webhook(_SIGNED),
    "behind": _webhook(_SIGNED, origin=ORIGIN),
    "token": _webhook(
        {"header": "X-Token", "algorithm": "token", "weakness": "token"}, accept_unsigned=True
    ),
}


def signature(method: str, url: str, body: bytes) -> str:
    """What the sender computes, without hookseal."""
    return hmac.new(SECRET.encode(), f"{method} {url}\n".encode() + body, hashlib.sha256).hexdigest()
