"""What verifying in Python costs, against the standard library and the senders' own packages.

`python rows.py [seconds for each row]`. Both sides of a row take turns; a row's number is how many
times as fast hookseal is, by medians.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import json
import sys
import time
from pathlib import Path
from typing import Any

import orjson
import standardwebhooks
import stripe
import svix.webhooks
from timing import Work, medians

import hookseal
from hookseal import _hookseal

PAYLOADS = Path(__file__).parents[2] / "tests/bench/payloads"
SECRET = "whsec_" + base64.b64encode(b"a secret of thirty-two bytes, ok").decode()
# What a server and a proxy add.
USUAL = {
    "Host": "example.com",
    "User-Agent": "Sender/1.0",
    "Accept": "*/*",
    "Content-Type": "application/json",
    "Content-Length": "881",
    "X-Forwarded-For": "203.0.113.7",
}


class Sides:
    """The functions that are compared, for one body."""

    def __init__(self, body: bytes) -> None:
        webhook = hookseal.Webhook("claimport", SECRET)
        key = SECRET.encode()
        headers = {**USUAL, **webhook.sign(body)}

        def check() -> None:
            signature = headers["X-ClaimPort-Signature"]
            expected = "sha256=" + hmac.new(key, body, hashlib.sha256).hexdigest()
            if not hmac.compare_digest(expected, signature):
                raise ValueError

        def check_fast() -> None:
            signature = headers["X-ClaimPort-Signature"]
            expected = "sha256=" + hmac.digest(key, body, "sha256").hex()
            if not hmac.compare_digest(expected, signature):
                raise ValueError

        def stdlib() -> Any:
            check()
            return json.loads(body)

        def with_orjson() -> Any:
            check_fast()
            return orjson.loads(body)

        self.check: Work = check
        self.stdlib: Work = stdlib
        self.orjson: Work = with_orjson
        self.data: Work = lambda: webhook.verify(body, headers).data
        # A webhook adapts to whether its events are asked for their data.
        types = hookseal.Webhook("claimport", SECRET)
        self.type: Work = lambda: types.verify(body, headers).type

        standard = hookseal.Webhook("standard-webhooks", SECRET)
        signed = {**USUAL, **standard.sign(body, timestamp=time.time())}
        self.standard: Work = lambda: standard.verify(body, signed).data
        theirs: Any = standardwebhooks.Webhook(SECRET)
        # It wants text, and lower-case names.
        text = body.decode()
        lower = {name.lower(): value for name, value in signed.items()}
        self.standardwebhooks: Work = lambda: theirs.verify(text, lower)
        svixs: Any = svix.webhooks.Webhook(SECRET)

        def with_svix() -> Any:
            svixs.verify(body, lower)
            return json.loads(body)

        self.svix: Work = with_svix

        stripes = hookseal.Webhook("stripe", SECRET)
        line = stripes.sign(body, timestamp=time.time())["Stripe-Signature"]
        stripe_headers = {**USUAL, "Stripe-Signature": line}
        package: Any = stripe
        verify = package.WebhookSignature.verify_header

        def with_stripe() -> Any:
            verify(text, stripe_headers["Stripe-Signature"], SECRET, 300)
            return json.loads(text)

        self.ours_stripe: Work = lambda: stripes.verify(body, stripe_headers).data
        self.stripe: Work = with_stripe


ROWS = [
    ("verify, data", "data", "hmac.new + compare_digest + json.loads", "stdlib"),
    ("verify, data", "data", "hmac.digest + orjson.loads", "orjson"),
    ("verify, type", "type", "hmac.new + compare_digest", "check"),
    ("verify, data", "standard", "standardwebhooks", "standardwebhooks"),
    ("verify, data", "standard", "svix + json.loads", "svix"),
    ("verify, data", "ours_stripe", "stripe + json.loads", "stripe"),
]


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    moment = datetime.date.today().isoformat()
    version = sys.version.split()[0]
    packages = f"orjson {orjson.__version__}"
    stable = ".abi3." in str(_hookseal.__file__)
    build = "the wheel for all Pythons (abi3)" if stable else "the wheel for this Python"
    print(f"hookseal {hookseal.__version__}, {build}, Python {version}, {packages}, {moment}\n")
    print(f"{'payload':8} {'does':13} {'against':40} {'µs':>8} {'µs':>8}  times as fast")
    for name in ("s350", "p1k", "b16k"):
        sides = Sides((PAYLOADS / f"{name}.json").read_bytes())
        for does, ours, against, theirs in ROWS:
            mine, other = medians([getattr(sides, ours), getattr(sides, theirs)], seconds)
            print(f"{name:8} {does:13} {against:40} {mine:8.2f} {other:8.2f}  {other / mine:.2f}")
    print()


if __name__ == "__main__":
    main()
