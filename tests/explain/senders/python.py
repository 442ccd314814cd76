"""The deliveries that are sent by Python."""

import base64
import hashlib
import json
import sys
import urllib.parse
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
    "form": urllib.parse.urlencode,
}


def read(path):
    return json.loads((HERE / path).read_text(encoding="utf-8"))


# What senders send besides the signature.
HEADERS = {
    "standard-webhooks": [("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"), ("webhook-timestamp", str(NOW))],
    "hubspot": [("X-HubSpot-Request-Timestamp", f"{NOW}000")],
    "sendgrid": [("X-Twilio-Email-Event-Webhook-Timestamp", str(NOW))],
    "discord": [("X-Signature-Timestamp", str(NOW))],
    "slack": [("X-Slack-Request-Timestamp", str(NOW))],
    "shopify": [("X-Shopify-Topic", "orders/create"), ("X-Shopify-Webhook-Id", "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043")],
}
# The constants that the URL is, of senders that sign the one which is registered.
REGISTERED = {"square": "notification_url", "hubspot": "target_url"}


def send(name, delivery, secrets):
    provider = next(provider for provider in SIGNATURES if name.startswith(provider))
    body = STYLES[delivery["style"]](read(f"payloads/{delivery['payload']}.json")).encode()
    kind = "application/x-www-form-urlencoded" if delivery["style"] == "form" else "application/json"
    headers = [("User-Agent", "Webhooks/1.0"), ("Content-Type", kind), *HEADERS.get(provider, [])]
    url, request, options = delivery.get("called"), None, None
    if provider in REGISTERED:
        options = {"constants": {REGISTERED[provider]: url}}
    elif provider == "twilio":
        if kind == "application/json":
            url += "?bodySHA256=" + hashlib.sha256(body).hexdigest()
        request, options = {"method": "POST", "url": url}, {"accept_unsigned": True}
    unsigned = Delivery(
        provider, secrets[provider], (*headers, (SIGNATURES[provider], "-")), body, None, request, options
    )
    value = signature_of(unsigned, body, key_of(provider, secrets[provider]))
    return {
        "headers": [*headers, (SIGNATURES[provider], value)],
        "body": base64.b64encode(body).decode(),
        "now": NOW if any(str(NOW) in value for _, value in headers) else None,
        "request": request,
        "options": options,
    }


def main():
    secrets = read("secrets.json")
    deliveries = read("deliveries.json").items()
    print(
        json.dumps({name: send(name, delivery, secrets) for name, delivery in deliveries if delivery["by"] == "python"})
    )


main()
