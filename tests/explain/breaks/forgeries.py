"""Deliveries that somebody forged: of the right form, with nothing broken. No cause may be named."""

import base64
import hashlib
import json
from dataclasses import replace

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kit.delivery import NOW, digest

ATTACKER = b"corpus_of_an_attacker"


def add(book, sent, programs):
    def forged(name, how, arrival, *, like, **more):
        book.forged(f"forged/{name}", how, like, arrival=programs.express("/raw", arrival), **more)

    kasko, bare, claimport, coverkit = (sent[name] for name in ("kasko", "kasko-bare", "claimport", "coverkit"))
    contact, stripe, mycover = sent["standard-webhooks"], sent["stripe"], sent["mycover"]
    github, push = (sent[name].without("X-Hub-Signature") for name in ("github", "github-push"))

    # Signed with what the attacker has.
    forged(
        "own-secret-kasko",
        "a right body, signed with the attacker's own secret",
        kasko.resigned(key=ATTACKER),
        like=kasko,
    )
    forged(
        "own-secret-mycover",
        "a right body, signed with the attacker's own key",
        mycover.resigned(key=ATTACKER),
        like=mycover,
    )
    forged(
        "own-secret-standard",
        "a right body, signed with the attacker's own key",
        contact.resigned(key=ATTACKER),
        like=contact,
    )
    forged(
        "own-secret-stripe",
        "a right body, signed with the attacker's own secret",
        stripe.resigned(key=ATTACKER),
        like=stripe,
    )
    forged(
        "guessed-secret",
        "signed with a secret from a list of common ones",
        github.resigned(key=b"password1"),
        like=github,
    )
    forged(
        "own-secret-both-hub-headers",
        "both of GitHub's headers, signed with the attacker's own secret",
        own_hub(sent["github"]),
        like=sent["github"],
    )

    # Altered.
    amount = claimport.body.replace(b'"amount": 1250,', b'"amount": 9250,')
    forged("amount-claimport", "recorded, and the amount changed in place", claimport.with_body(amount), like=claimport)
    forged(
        "amount-stripe",
        "recorded, and the amount changed to a longer one",
        stripe.with_body(stripe.body.replace(b'"amount": 2000,', b'"amount": 200000,')),
        like=stripe,
    )
    forged(
        "amount-mycover",
        "recorded, and the amount changed in place",
        mycover.with_body(mycover.body.replace(b"25000.0000", b"95000.0000")),
        like=mycover,
    )
    forged(
        "premium-removed",
        "recorded, and a field taken out",
        coverkit.with_body(coverkit.body.replace(b'"premium":299.99,', b"")),
        like=coverkit,
    )
    forged(
        "escaped-name",
        "recorded, and a name changed, with PHP's escapes as the sender has them",
        kasko.with_body(kasko.body.replace(b"Zo\\u00eb", b"Zo\\u00e9")),
        like=kasko,
    )
    forged(
        "type-changed",
        "recorded, and the event's type changed in the body",
        coverkit.with_body(coverkit.body.replace(b"policy.created", b"policy.renewed")),
        like=coverkit,
    )

    # Another delivery's signature.
    forged(
        "swapped-kasko",
        "one delivery's body with another one's signature",
        kasko.with_signature(bare.signature),
        like=kasko,
    )
    forged(
        "swapped-github",
        "one delivery's body with another one's signature",
        github.with_signature(push.signature),
        like=github,
    )
    other = contact.with_header("webhook-id", "msg_2b3c4d5e6f")
    forged("other-id", "recorded, and sent again under another id", other, like=contact)
    forged(
        "fresh-timestamp",
        "recorded, and sent again the next day under that day's timestamp",
        contact.with_header("webhook-timestamp", str(NOW + 86_400)),
        like=contact,
        now=NOW + 86_400,
    )
    forged(
        "fresh-timestamp-stripe",
        "recorded, and sent again the next day under that day's timestamp",
        stripe.with_signature(stripe.signature.replace(str(NOW), str(NOW + 86_400))),
        like=stripe,
        now=NOW + 86_400,
    )
    forged(
        "old-other-body",
        "recorded, and sent again a year later with another body",
        stripe.with_body(stripe.body.replace(b"succeeded", b"cancelled")),
        like=stripe,
        now=NOW + 31_557_600,
    )

    # Made up.
    forged(
        "random-digest",
        "a random digest of the right form",
        github.with_signature("sha256=" + hashlib.sha256(b"corpus random").hexdigest()),
        like=github,
    )
    forged("zero-digest", "a digest of zeros", claimport.with_signature("sha256=" + "0" * 64), like=claimport)
    forged(
        "plain-hash",
        "the body's SHA-256, without any key",
        coverkit.with_signature("sha256=" + hashlib.sha256(coverkit.body).hexdigest()),
        like=coverkit,
    )
    forged("empty-key", "signed with an empty key, in case the secret is not set", kasko.resigned(key=b""), like=kasko)
    forged(
        "two-random-entries",
        "two made-up entries, in case any is enough",
        contact.with_signature(
            " ".join("v1," + base64.b64encode(hashlib.sha256(word).digest()).decode() for word in (b"one", b"two"))
        ),
        like=contact,
    )

    forged(
        "bare-hex",
        "a made-up digest, without the prefix that the attacker does not know of",
        claimport.with_signature(hashlib.sha256(b"corpus bare").hexdigest()),
        like=claimport,
    )
    forged(
        "short-digest",
        "a probe: a digest that is too short",
        github.with_signature("sha256=deadbeef"),
        like=github,
    )
    forged(
        "own-secret-several",
        "signed with the attacker's own secret; the receiver has several, and hints",
        kasko.resigned(key=ATTACKER),
        like=kasko,
        secrets=["whsec_corpus_before", kasko.secret],
        hints=["whsec_corpus_third_webhook_5501", stripe.secret, contact.secret],
    )
    forged(
        "own-secret-milliseconds",
        "signed with the attacker's own secret, under a timestamp in milliseconds",
        stripe.resigned(key=ATTACKER, now=NOW * 1000),
        like=stripe,
    )

    # Sent to another URL, or with other fields.
    twilio, text, hubspot = sent["twilio"], sent["twilio-json"], sent["hubspot"]
    other = {"method": "POST", "url": "https://hooks.example.com/hooks/other"}
    book.forged("forged/other-url", "recorded, and sent to another endpoint", twilio, arrival=replace(twilio, request=other))
    book.forged(
        "forged/other-field",
        "recorded, and a field changed",
        twilio,
        arrival=twilio.with_body(twilio.body.replace(b"half", b"all")),
    )
    book.forged(
        "forged/other-json",
        "recorded, and sent with another body to the same URL, which has the hash of the first",
        text,
        arrival=text.with_body(text.body.replace(b"7.5", b"9.5")),
    )
    book.forged(
        "forged/form-for-json",
        "recorded, and sent with a form to the same URL",
        text,
        arrival=text.with_body(b"score=9").with_header("Content-Type", "application/x-www-form-urlencoded"),
    )
    book.forged("forged/own-secret-url", "signed with the attacker's own secret", twilio, arrival=twilio.resigned(key=ATTACKER))
    book.forged("forged/own-secret-array", "signed with the attacker's own secret", hubspot, arrival=hubspot.resigned(key=ATTACKER))
    discord = sent["discord"]
    book.forged(
        "forged/own-key",
        "signed with the attacker's own private key",
        discord,
        arrival=discord.with_signature(Ed25519PrivateKey.from_private_bytes(hashlib.sha256(ATTACKER).digest()).sign(discord.body).hex()),
    )

    # Made with a tool of the attacker's own, in another style than the sender's.
    event = json.loads(coverkit.body) | {"id": "evt_0badf00d"}
    posted = coverkit.with_body(requests.Request("POST", "http://hooks.example.com/", json=event).prepare().body)
    forged(
        "requests-json",
        "requests.post(json=…), with Python's separators: nobody changed it on its way",
        posted.with_signature("sha256=" + digest("sha256", ATTACKER, posted.body).hex()),
        like=coverkit,
    )
    pretty = github.with_body(json.dumps(json.loads(github.body) | {"action": "deleted"}, indent=2).encode())
    forged(
        "pretty-json",
        "written by hand and pretty, sent by curl: nobody changed it on its way",
        pretty.with_signature("sha256=" + digest("sha256", ATTACKER, pretty.body).hex()),
        like=github,
    )
    forged(
        "empty-object",
        "a probe: an empty object, and a made-up digest",
        github.with_body(b"{}").with_signature("sha256=" + hashlib.sha256(b"probe").hexdigest()),
        like=github,
    )


def own_hub(github):
    forged = github.resigned(key=ATTACKER)
    return forged.with_header("X-Hub-Signature", "sha1=" + digest("sha1", ATTACKER, forged.body).hex())
