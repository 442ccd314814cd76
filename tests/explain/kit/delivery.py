"""A delivery, and how each provider signs one, after the providers' own documentation."""

import base64
import hashlib
import hmac
import urllib.parse
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

# 2025-10-09T08:53:20Z: when everything here was sent, unless a case says otherwise.
NOW = 1_760_000_000

SIGNATURES = {
    "coverkit": "coverkit-signature",
    "kasko": "X-KASKO-Signature",
    "mycover": "x-mycoverai-signature",
    "claimport": "X-ClaimPort-Signature",
    "standard-webhooks": "webhook-signature",
    "stripe": "Stripe-Signature",
    "github": "X-Hub-Signature-256",
    "twilio": "X-Twilio-Signature",
    "square": "x-square-hmacsha256-signature",
    "hubspot": "X-HubSpot-Signature-v3",
    "sendgrid": "X-Twilio-Email-Event-Webhook-Signature",
    "discord": "X-Signature-Ed25519",
    "slack": "X-Slack-Signature",
    "shopify": "X-Shopify-Hmac-Sha256",
}

# The keys of those that sign with a private one.
DISCORD = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"corpus discord").digest())
SENDGRID = ec.derive_private_key(int.from_bytes(hashlib.sha256(b"corpus sendgrid").digest()), ec.SECP256R1())


@dataclass(frozen=True)
class Delivery:
    """What a sender sent, and the secret that it signed with."""

    provider: str
    secret: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    now: int | None = None
    # What the sender signs besides: the request's method and URL, and what the receiver configures.
    request: dict | None = None
    options: dict | None = None

    @property
    def signature(self):
        return self.header(self.signature_name)

    @property
    def signature_name(self):
        return "svix-signature" if self.header("svix-signature") else SIGNATURES[self.provider]

    def header(self, name):
        return next((value for given, value in self.headers if given.lower() == name.lower()), None)

    def with_header(self, name, value):
        """Another value for a header that is there."""
        assert self.header(name) is not None, name
        pairs = tuple((given, value if given.lower() == name.lower() else old) for given, old in self.headers)
        return replace(self, headers=pairs)

    def adding(self, name, value):
        """One more header, which may be there already."""
        return replace(self, headers=(*self.headers, (name, value)))

    def with_signature(self, value):
        return self.with_header(self.signature_name, value)

    def with_body(self, body):
        return replace(self, body=body)

    def renamed(self, name, other):
        assert self.header(name) is not None, name
        return replace(
            self,
            headers=tuple((other if given.lower() == name.lower() else given, value) for given, value in self.headers),
        )

    def without(self, *names):
        lower = {name.lower() for name in names}
        return replace(self, headers=tuple(pair for pair in self.headers if pair[0].lower() not in lower))

    def resigned(self, body=None, *, key=None, content=None, now=None):
        """As its sender would have signed other bytes, with another key, or at another time."""
        body = self.body if body is None else body
        key = key_of(self.provider, self.secret) if key is None else key
        changed = self
        if now is not None and self.provider == "standard-webhooks":
            changed = self.with_header(self.signature_name.replace("signature", "timestamp"), str(now))
        signed = signature_of(changed, body if content is None else content, key, now, whole=content is not None)
        return replace(changed.with_signature(signed), body=body)


def key_of(provider, secret):
    if provider == "standard-webhooks":
        return base64.b64decode(secret.removeprefix("whsec_"))
    return secret.encode()


def digest(algorithm, key, content):
    return hmac.new(key, content, getattr(hashlib, algorithm)).digest()


def body_digest(delivery, algorithm):
    """The body's HMAC under the sender's key."""
    return digest(algorithm, key_of(delivery.provider, delivery.secret), delivery.body)


def signature_of(delivery, body, key, now=None, *, whole=False):
    """The signature header's value. `whole`: `body` is all that is signed, the time and the id included."""
    match delivery.provider:
        case "kasko":
            return "sha1=" + digest("sha1", key, body).hex()
        case "claimport" | "github":
            return "sha256=" + digest("sha256", key, body).hex()
        case "mycover":
            return digest("sha512", key, body).hex()
        case "coverkit" if not delivery.signature.startswith("t="):
            return "sha256=" + digest("sha256", key, body).hex()
        case "coverkit" | "stripe":
            time = delivery.signature.partition(",")[0].removeprefix("t=") if now is None else str(now)
            content = body if whole else time.encode() + b"." + body
            return f"t={time},v1={digest('sha256', key, content).hex()}"
        case "standard-webhooks":
            family = delivery.signature_name.removesuffix("-signature")
            parts = [delivery.header(f"{family}-id").encode(), delivery.header(f"{family}-timestamp").encode(), body]
            content = body if whole else b".".join(parts)
            return "v1," + base64.b64encode(digest("sha256", key, content)).decode()
        case "twilio":
            url = delivery.request["url"].encode()
            is_form = delivery.header("Content-Type") == "application/x-www-form-urlencoded"
            fields = sorted(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True)) if is_form else []
            return base64.b64encode(digest("sha1", key, url + "".join(map("".join, fields)).encode())).decode()
        case "square":
            url = delivery.options["constants"]["notification_url"].encode()
            return base64.b64encode(digest("sha256", key, url + body)).decode()
        case "hubspot":
            url = delivery.options["constants"]["target_url"].encode()
            content = b"POST" + url + body + delivery.header("X-HubSpot-Request-Timestamp").encode()
            return base64.b64encode(digest("sha256", key, content)).decode()
        case "sendgrid":
            content = delivery.header("X-Twilio-Email-Event-Webhook-Timestamp").encode() + body
            algorithm = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
            return base64.b64encode(SENDGRID.sign(content, algorithm)).decode()
        case "discord":
            return DISCORD.sign(delivery.header("X-Signature-Timestamp").encode() + body).hex()
        case "slack":
            time = delivery.header("X-Slack-Request-Timestamp").encode()
            return "v0=" + digest("sha256", key, b"v0:" + time + b":" + body).hex()
        case "shopify":
            return base64.b64encode(digest("sha256", key, body)).decode()
    raise ValueError(delivery.provider)
