"""What verifying in Python costs, against the standard library and the senders' own packages.

`python rows.py [seconds for each row]`. Both sides of a row take turns; a ratio is how many times as
fast hookseal is, by medians. The headers are what the frameworks hand over, and the other side asks
them for the signature as a program does that knows the framework.
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
from containers import USUAL, Container, containers
from timing import Work, medians

import hookseal
from hookseal import _hookseal

PAYLOADS = Path(__file__).parents[2] / "tests/bench/payloads"
SECRET = "whsec_" + base64.b64encode(b"a secret of thirty-two bytes, ok").decode()


class Sides:
    """The functions that are compared, for one body and one container of headers."""

    def __init__(self, body: bytes, container: Container | None = None) -> None:
        webhook = hookseal.Webhook("claimport", SECRET)
        key = SECRET.encode()
        headers, get, name = container or containers([*webhook.sign(body).items()])["dict"]

        def check() -> None:
            signature = get(name)
            expected = "sha256=" + hmac.new(key, body, hashlib.sha256).hexdigest()
            if not hmac.compare_digest(expected, signature):
                raise ValueError

        def check_fast() -> None:
            signature = get(name)
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


class Packages:
    """The senders' own packages, which take a dict."""

    def __init__(self, body: bytes) -> None:
        # They want text, and lower-case names.
        text = body.decode()

        standard = hookseal.Webhook("standard-webhooks", SECRET)
        signed = {**dict(USUAL), **standard.sign(body, timestamp=time.time())}
        lower = {name.lower(): value for name, value in signed.items()}
        self.standard: Work = lambda: standard.verify(body, signed).data
        theirs: Any = standardwebhooks.Webhook(SECRET)
        self.standardwebhooks: Work = lambda: theirs.verify(text, lower)
        svixs: Any = svix.webhooks.Webhook(SECRET)

        def with_svix() -> Any:
            svixs.verify(body, lower)
            return json.loads(body)

        self.svix: Work = with_svix

        stripes = hookseal.Webhook("stripe", SECRET)
        line = stripes.sign(body, timestamp=time.time())["Stripe-Signature"]
        headers = {**dict(USUAL), "Stripe-Signature": line}
        package: Any = stripe
        verify = package.WebhookSignature.verify_header

        def with_stripe() -> Any:
            verify(text, headers["Stripe-Signature"], SECRET, 300)
            return json.loads(text)

        self.stripes: Work = lambda: stripes.verify(body, headers).data
        self.stripe: Work = with_stripe


# What is done, with what it is compared, and both as they are called above.
ROWS = [
    ("data", "hmac.new, compare_digest, json.loads", "data", "stdlib"),
    ("data", "hmac.digest, compare_digest, orjson.loads", "data", "orjson"),
    ("type", "hmac.new, compare_digest", "type", "check"),
]
PACKAGES = [
    ("data", "standardwebhooks", "standard", "standardwebhooks"),
    ("data", "svix, json.loads", "standard", "svix"),
    ("data", "stripe, json.loads", "stripes", "stripe"),
]


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    moment = datetime.date.today().isoformat()
    version = sys.version.split()[0]
    stable = ".abi3." in str(_hookseal.__file__)
    build = "the wheel for all Pythons (abi3)" if stable else "the wheel for this Python"
    print(f"hookseal {hookseal.__version__}, {build}, Python {version}, {moment}")
    for name in ("s350", "p1k", "b16k"):
        body = (PAYLOADS / f"{name}.json").read_bytes()
        signed = [*hookseal.Webhook("claimport", SECRET).sign(body).items()]
        made = containers(signed)
        print(f"\n{name}, {len(body)} B{'':34}", *(f"{container:>12}" for container in made))
        for does, against, ours, theirs in ROWS:
            cells: list[tuple[str, str, str]] = []
            for container in made.values():
                sides = Sides(body, container)
                mine, other = medians([getattr(sides, ours), getattr(sides, theirs)], seconds)
                cells.append((f"{mine:.2f}", f"{other:.2f}", f"{other / mine:.2f}"))
            labels = (f"{does}, µs", f"  {against}, µs", "  times as fast")
            for label, line in zip(labels, zip(*cells, strict=True), strict=True):
                print(f"{label:47}", *(f"{cell:>12}" for cell in line), flush=True)
        packages = Packages(body)
        for does, against, ours, theirs in PACKAGES:
            mine, other = medians([getattr(packages, ours), getattr(packages, theirs)], seconds)
            found = f"{mine:.2f} µs, {other:.2f} µs, {other / mine:.2f} times as fast"
            print(f"{does}, against {against:33} {found}", flush=True)
    print()


if __name__ == "__main__":
    main()
