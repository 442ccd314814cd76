"""The deliveries that are sent by Python."""

import base64
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from kit.delivery import NOW, SIGNATURES, Delivery, key_of, signature_of  # noqa: E402


def go(payload):
    """As Go's json.Encoder writes it: what HTML could take for its own escaped, a line break at the end."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":")) + "\n"
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


STYLES = {
    "default": json.dumps,
    "compact": lambda payload: json.dumps(payload, ensure_ascii=False, separators=(",", ":")),
    "sorted": lambda payload: json.dumps(payload, sort_keys=True, separators=(",", ":")),
    "line": lambda payload: json.dumps(payload, ensure_ascii=False, separators=(",", ":")) + "\n",
    "windows": lambda payload: json.dumps(payload, ensure_ascii=False, indent=2).replace("\n", "\r\n"),
    # A template of text that is filled in: its white space is its own.
    "template": lambda payload: json.dumps(payload, ensure_ascii=False, separators=(" , ", " : ")),
    "go": go,
}


def read(path):
    return json.loads((HERE / path).read_text(encoding="utf-8"))


def send(name, delivery, secrets):
    provider = next(provider for provider in SIGNATURES if name.startswith(provider))
    body = STYLES[delivery["style"]](read(f"payloads/{delivery['payload']}.json")).encode()
    headers = [("User-Agent", "Webhooks/1.0"), ("Content-Type", "application/json")]
    if provider == "standard-webhooks":
        headers += [("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"), ("webhook-timestamp", str(NOW))]
    unsigned = Delivery(provider, secrets[provider], (*headers, (SIGNATURES[provider], "-")), body)
    value = signature_of(unsigned, body, key_of(provider, secrets[provider]))
    return {
        "headers": [*headers, (SIGNATURES[provider], value)],
        "body": base64.b64encode(body).decode(),
        "now": NOW if provider == "standard-webhooks" else None,
    }


def main():
    secrets = read("secrets.json")
    deliveries = read("deliveries.json").items()
    print(
        json.dumps({name: send(name, delivery, secrets) for name, delivery in deliveries if delivery["by"] == "python"})
    )


main()
