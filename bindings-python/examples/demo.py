"""For some providers a genuine delivery, and how many forged ones are refused; and the inbox.

`make demo` builds the package and runs this with it.
"""

import json
import platform
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import demo_inbox
import hookseal

PROVIDERS = Path(__file__).parents[2] / "core/providers"
# The insurers, and three whose ways to sign are common.
SHOWN = ("claimport", "coverkit", "github", "kasko", "mycover", "standard-webhooks", "stripe")

Delivery = dict[str, Any]


def verify(provider: str, delivery: Delivery) -> hookseal.Event:
    webhook = hookseal.Webhook(provider, delivery["secrets"])
    return webhook.verify(delivery["body"], delivery["headers"], now=delivery.get("now"))


def forgeries(sample: Delivery) -> Iterator[Delivery]:
    """The sample, spoiled in each way in turn."""
    body: str = sample["body"]
    headers: list[tuple[str, str]] = sample["headers"]
    signature = {name for name, _ in headers if "signature" in name.lower()}

    yield {**sample, "body": body.replace("a", "b", 1)}
    # Base64 behind its prefix, so that it can be a secret of every scheme.
    yield {**sample, "secrets": "whsec_" + "QUJD" * 8}
    yield {**sample, "headers": [(name, value) for name, value in headers if name not in signature]}
    yield {
        **sample,
        "headers": [
            (name, value[: len(value) // 2] if name in signature else value)
            for name, value in headers
        ],
    }
    yield {**sample, "body": json.dumps(json.loads(body), indent=2, sort_keys=True)}
    if "now" in sample:
        yield {**sample, "now": sample["now"] + 3600}


def refused(provider: str, forgery: Delivery) -> bool:
    try:
        verify(provider, forgery)
    except hookseal.VerificationError:
        return True
    return False


def main() -> None:
    print(f"Python {platform.python_version()}, hookseal {hookseal.__version__}")
    genuine = total = 0
    for provider in SHOWN:
        samples = (PROVIDERS / provider / "samples").glob("*.json")
        sample: Delivery = json.loads(min(samples).read_bytes())
        event = verify(provider, sample)
        count = sum(refused(provider, forgery) for forgery in forgeries(sample))
        unsigned = f"; not signed: {', '.join(event.unsigned)}" if event.unsigned else ""
        print(f"  ✓ {provider:<18} {event.type}, {event.id}; ✗ {count} forgeries{unsigned}")
        genuine += 1
        total += count
    print(f"{genuine} genuine deliveries verified, {total} forgeries refused")
    demo_inbox.demonstrate()


if __name__ == "__main__":
    main()
