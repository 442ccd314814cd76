"""The questions of senders whether an endpoint is the receiver's, and their answers, read a second time.

Each is written by its sender's own documentation, on Python's hmac and json.
"""

import base64
import hashlib
import hmac
import json
import re
import time
import urllib.parse
from datetime import datetime


class Refused(Exception):
    """With the error's code."""


PLAIN = r"[ -~]{1,256}"
SIGNED = r"[A-Za-z0-9_-]{1,256}"


def answer(case):
    """The answer's content type and body, None if there is no question."""
    asked = Asked(case)
    return globals()[case["provider"].replace("-", "_")](asked)


class Asked:
    """A request."""

    def __init__(self, case):
        self.case = case
        self.method = case["request"]["method"].upper()
        self.body = case["body"]

    def header(self, name):
        found = {value for given, value in self.case["headers"] if given.lower() == name.lower()}
        return found.pop() if len(found) == 1 else None

    def parameter(self, name):
        """A parameter that is there once, and well written."""
        pairs = [pair.partition("=") for pair in urllib.parse.urlsplit(self.case["request"].get("url", "")).query.split("&")]
        own = [value for given, _, value in pairs if urllib.parse.unquote_plus(given) == name]
        if len(own) != 1 or re.search(r"%(?![0-9a-fA-F]{2})", own[0]):
            return None
        return urllib.parse.unquote_plus(own[0], errors="strict")

    def at(self, *keys):
        try:
            value = json.loads(self.body)
            for key in keys:
                value = value[key]
        except (ValueError, KeyError, TypeError):
            return None
        return value if isinstance(value, str) else None

    def macs(self, content):
        return [hmac.new(secret.encode(), content.encode(), hashlib.sha256).digest() for secret in self.case["secrets"]]

    def check(self, signature, stamp, content, moment=int, tolerance=300):
        """Refuses what is not signed, or was long ago."""
        given, at = self.header(signature[0]), self.header(stamp)
        if given is None or at is None:
            raise Refused("missing_header")
        if not any(hmac.compare_digest(given, signature[1] + mac.hex()) for mac in self.macs(content(at))):
            raise Refused("signature_mismatch")
        if abs(time.time() - moment(at)) > self.case.get("tolerance", tolerance):
            raise Refused("timestamp_out_of_tolerance")

    def challenge(self, text, pattern=PLAIN):
        if text is None or not re.fullmatch(pattern, text) or (pattern is PLAIN and re.search("[<>&\"'`]", text)):
            raise Refused("invalid_payload")
        return text


def in_text(text):
    return "text/plain", text


def in_json(**members):
    return "application/json", json.dumps(members, separators=(",", ":"), sort_keys=True)


def slack(asked):
    if asked.method != "POST" or asked.at("type") != "url_verification":
        return None
    asked.check(("X-Slack-Signature", "v0="), "X-Slack-Request-Timestamp", lambda at: f"v0:{at}:{asked.body}")
    return in_text(asked.challenge(asked.at("challenge")))


def zoom(asked):
    if asked.method != "POST" or asked.at("event") != "endpoint.url_validation":
        return None
    asked.check(("x-zm-signature", "v0="), "x-zm-request-timestamp", lambda at: f"v0:{at}:{asked.body}")
    token = asked.challenge(asked.at("payload", "plainToken"), SIGNED)
    return in_json(plainToken=token, encryptedToken=asked.macs(token)[0].hex())


def twitch(asked):
    kind = asked.header("Twitch-Eventsub-Message-Type")
    if asked.method != "POST" or kind != "webhook_callback_verification":
        return None
    own = asked.header("Twitch-Eventsub-Message-Id")
    asked.check(("Twitch-Eventsub-Message-Signature", "sha256="), "Twitch-Eventsub-Message-Timestamp",
                lambda at: own + at + asked.body, lambda at: datetime.fromisoformat(at[:19] + "+00:00").timestamp(), 600)
    return in_text(asked.challenge(asked.at("challenge")))


def meta(asked):
    if asked.method != "GET" or asked.parameter("hub.mode") != "subscribe":
        return None
    own = asked.case.get("options", {}).get("constants", {}).get("verify_token")
    if own is None:
        raise Refused("invalid_scheme")
    if asked.parameter("hub.verify_token") != own:
        raise Refused("signature_mismatch")
    return in_text(asked.challenge(asked.parameter("hub.challenge")))


def twitter(asked):
    token = asked.parameter("crc_token") if asked.method == "GET" else None
    if token is None:
        return None
    token = asked.challenge(token, SIGNED)
    return in_json(response_token="sha256=" + base64.b64encode(asked.macs(token)[0]).decode())


def dropbox(asked):
    text = asked.parameter("challenge") if asked.method == "GET" else None
    return None if text is None else in_text(asked.challenge(text))


nylas = dropbox


def okta(asked):
    text = asked.header("X-Okta-Verification-Challenge") if asked.method == "GET" else None
    if text is None:
        return None
    if asked.header("Authorization") is None:
        raise Refused("missing_header")
    if asked.header("Authorization") not in asked.case["secrets"]:
        raise Refused("signature_mismatch")
    return in_json(verification=asked.challenge(text))


def kasko(asked):
    return None
