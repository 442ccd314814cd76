"""Deliveries as the providers make them."""

from __future__ import annotations

import json

import hookseal

from .serving import SECRET

KASKO = hookseal.Webhook("kasko", SECRET)
CLAIMPORT = hookseal.Webhook("claimport", SECRET)
GITHUB = hookseal.Webhook("github", SECRET)

# KASKO's documented policy, cut short, with a name that is not ASCII.
POLICY = '{"livemode":true,"policy_id":"TEST-POLICY-12345","first_name":"Jürgen"}'.encode()
TEST_POLICY = POLICY.replace(b"true", b"false")

CHECK = b'{"type":"webhook.test","timestamp":"2024-01-15T10:00:00Z"}'
CLAIM = b'{"type":"claim.created","id":"evt_1","data":{"claimId":"c_1"}}'


def kasko(body: bytes = POLICY, event_type: str = "policy.created") -> dict[str, str]:
    """The headers that KASKO sends with this body."""
    return dict(KASKO.sign(body, type=event_type))


def claimport(body: bytes) -> dict[str, str]:
    """The headers that ClaimPort sends with this body."""
    return dict(CLAIMPORT.sign(body))


def github(body: bytes) -> dict[str, str]:
    """The headers that GitHub sends with this body."""
    return dict(GITHUB.sign(body, type="push"))


def sized(size: int) -> bytes:
    """A body of KASKO's with exactly this many bytes."""
    frame = len(json.dumps({"pad": ""}))
    return json.dumps({"pad": "x" * (size - frame)}).encode()
