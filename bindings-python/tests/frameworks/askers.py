"""Senders that first ask whether the endpoint is the receiver's, as their documentation has it."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any

import hookseal

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
CHALLENGE = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"
_KEYED = {"algorithm": "hmac-sha256", "encoding": "hex"}

# Slack's question is a POST, signed as its deliveries are. It has no type.
SLACK: dict[str, Any] = {
    "name": "slack-like",
    "event": {"type": {"pointer": "/event/type"}, "type_required": False},
    "timestamp": {"header": "X-Slack-Request-Timestamp", "unit": "seconds"},
    "signature": {
        **_KEYED,
        "header": "X-Slack-Signature",
        "prefix": "v0=",
        "content": "v0:{timestamp}:{body}",
    },
    "handshake": [
        {
            "when": {"pointer": "/type", "equals": "url_verification"},
            "challenge": {"pointer": "/challenge"},
            "text": "{challenge}",
        }
    ],
}
QUESTION = json.dumps({"token": "Jhj5", "challenge": CHALLENGE, "type": "url_verification"}).encode()
MESSAGE = b'{"type":"event_callback","event":{"type":"message"}}'

# Meta's is a GET with a token that the receiver has chosen.
META: dict[str, Any] = {
    "name": "meta-like",
    "event": {"type": {"pointer": "/object"}},
    "constants": {"verify_token": "the token that you chose for the endpoint"},
    "signature": {
        **_KEYED,
        "header": "X-Hub-Signature-256",
        "prefix": "sha256=",
        "content": "{body}",
    },
    "handshake": [
        {
            "method": "GET",
            "signed": False,
            "when": {"query": "hub.mode", "equals": "subscribe"},
            "token": {"query": "hub.verify_token", "constant": "verify_token"},
            "challenge": {"query": "hub.challenge"},
            "text": "{challenge}",
        }
    ],
}
TOKEN = "meatyhamhock"
NUMBER = "1158201444"
PAGE = b'{"object":"page","entry":[]}'

WEBHOOKS = {
    "slack": hookseal.Webhook(hookseal.Scheme(SLACK), SECRET),
    "meta": hookseal.Webhook(hookseal.Scheme(META), SECRET, constants={"verify_token": TOKEN}),
}


def digest(content: bytes) -> str:
    """What the sender computes, without hookseal."""
    return hmac.new(SECRET.encode(), content, hashlib.sha256).hexdigest()


def slack_headers(body: bytes, at: int | None = None) -> dict[str, str]:
    timestamp = str(int(time.time()) if at is None else at)
    signature = digest(b"v0:" + timestamp.encode() + b":" + body)
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={signature}"}


def meta_headers(body: bytes) -> dict[str, str]:
    return {"X-Hub-Signature-256": f"sha256={digest(body)}"}


def meta_query(token: str = TOKEN, challenge: str = NUMBER) -> str:
    return f"hub.mode=subscribe&hub.challenge={challenge}&hub.verify_token={token}"
