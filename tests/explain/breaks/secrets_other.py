"""Secrets in another encoding, and ones that are not the webhook's at all."""

import base64
import hashlib
import urllib.parse
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

OTHER = "whsec_corpus_other_webhook_91c3"


def add(book, sent, programs):
    encodings(book, sent, programs)
    charsets(book, sent, programs)
    others(book, sent, programs)
    cut(book, sent, programs)


def encodings(book, sent, programs):
    kasko, contact, stripe, github = (
        sent["kasko"],
        sent["standard-webhooks"],
        sent["stripe"],
        sent["github"].without("X-Hub-Signature"),
    )
    mycover = sent["mycover"]

    def ours(name, how, delivery, secret):
        book.broken(f"secret/{name}", how, delivery, "secret_encoding", secrets=[secret])

    def theirs(name, how, delivery, key):
        book.broken(
            f"secret/{name}", how, delivery, "secret_encoding", genuine=False, arrival=delivery.resigned(key=key)
        )

    def base64_of(secret, echo="printf %s"):
        return programs.shell(f'{echo} "$(cat secret.txt)" | base64 -w0', secret_txt=secret.encode())

    ours("base64", "the value out of a Kubernetes manifest's data, which is base64", kasko, base64_of(kasko.secret))
    ours(
        "base64-stripe",
        "the value out of a Kubernetes manifest's data, which is base64",
        stripe,
        base64_of(stripe.secret),
    )
    book.broken(
        "secret/base64-newline",
        "`echo $SECRET | base64` in a manifest's data, used as it stands there",
        kasko,
        "secret_whitespace",
        also=["secret_encoding"],
        secrets=[base64_of(kasko.secret, "echo")],
    )
    ours(
        "hex",
        "the secret's hex, where it is used as it stands (Python: secret.encode().hex())",
        sent["claimport"],
        sent["claimport"].secret.encode().hex(),
    )
    ours("percent-encoded", "out of a URL, in which | is %7C", mycover, urllib.parse.quote(mycover.secret))
    ours(
        "unpadded",
        "base64 without its padding, and with another alphabet, as tokens have it",
        padded(contact),
        base64.urlsafe_b64encode(PADDED).decode().rstrip("="),
    )
    theirs(
        "verbatim-sender",
        "a hand-written sender uses the secret as text, whsec_ and all",
        contact,
        contact.secret.encode(),
    )
    theirs(
        "verbatim-sender-bare",
        "a hand-written sender takes whsec_ off and uses the rest as text",
        sent["svix"],
        sent["svix"].secret.removeprefix("whsec_").encode(),
    )
    theirs(
        "decoding-sender",
        "a sender that signs Stripe's scheme with a Standard Webhooks key: base64 decoded",
        stripe,
        base64.b64decode(stripe.secret.removeprefix("whsec_")),
    )
    theirs(
        "hex-decoding-sender",
        "a sender that reads its hex secret with bytes.fromhex",
        github,
        bytes.fromhex(github.secret),
    )


def charsets(book, sent, programs):
    def utf16(text):
        return programs.shell("printf '\\377\\376'; iconv -f UTF-8 -t UTF-16LE", text.encode())

    kasko, contact = sent["kasko"], sent["standard-webhooks"]
    book.broken(
        "secret/utf-16",
        "a file that Windows PowerShell wrote without a line break: UTF-16 with a mark",
        kasko,
        "secret_charset",
        secrets=[utf16(kasko.secret)],
    )
    book.broken(
        "secret/utf-16-line",
        "Windows PowerShell: echo … > secret.txt, which is UTF-16 with a mark, and a line",
        contact,
        "secret_whitespace",
        also=["secret_charset"],
        secrets=[utf16(contact.secret + "\r\n")],
    )
    book.broken(
        "secret/utf-16-unmarked",
        "a file in UTF-16 without a mark (iconv -t UTF-16BE)",
        sent["claimport"],
        "secret_charset",
        secrets=[programs.run(["iconv", "-f", "UTF-8", "-t", "UTF-16BE"], sent["claimport"].secret.encode())],
    )


def cut(book, sent, programs):
    mycover = sent["mycover"]
    script = "keep() { printf %s \"${1#KEY=}\" > secret.txt; }; keep KEY=MCASECK|true; cat secret.txt"
    book.broken(
        "secret/cut-at-pipe",
        "a deploy script: keep KEY=MCASECK|…, not quoted, and the shell takes the | for a pipe",
        mycover,
        "secret_truncated",
        proven=False,
        secrets=[programs.shell(script)],
    )
    book.broken(
        "secret/cut-at-dollar",
        "a deploy script: SECRET=\"whsec_$…\", and the shell takes the rest for a variable",
        sent["standard-webhooks"],
        "secret_truncated",
        proven=False,
        secrets=[programs.shell('SECRET="whsec_$NO_SUCH_SECRET"; printf %s "$SECRET"')],
    )
    for name, provider, wrong, right in [
        ("zero", "claimport", "corpus_claimport_8d2O", "corpus_claimport_8d20"),
        ("one", "kasko", "whsec_corpus_kasko_4blf", "whsec_corpus_kasko_4b1f"),
        ("capital-i", "stripe", "whsec_RYNXthno4WBnQpIbiu44Y1DlBc5Xu2SY", "whsec_RYNXthno4WBnQpIbiu44Y1DIBc5Xu2SY"),
    ]:
        delivery = sent[provider]
        assert delivery.secret == right
        book.broken(
            f"secret/mistyped-{name}",
            "typed from a screenshot: one character is another that looks like it",
            delivery,
            "secret_mistyped",
            secrets=[wrong],
        )
    book.broken(
        "secret/dashes",
        "out of a document: the word processor made long dashes of the hyphens",
        mycover,
        "secret_mistyped",
        secrets=[mycover.secret.replace("-", "\u2013")],
    )


# A key whose base64 needs padding and has `+` and `/` in it.
PADDED = b"\xfb\xef\xbe" + hashlib.sha256(b"corpus padded").digest()[:22] + b"\xff\xff\xff"


def padded(delivery):
    secret = "whsec_" + base64.b64encode(PADDED).decode()
    return replace(delivery, secret=secret).resigned()


def others(book, sent, programs):
    kasko, mycover, stripe, contact = (sent[name] for name in ("kasko", "mycover", "stripe", "standard-webhooks"))

    def broken(name, how, delivery, finding, secret, hints=(), proven=True, **more):
        book.broken(f"secret/{name}", how, delivery, finding, proven=proven, secrets=[secret], hints=hints, **more)

    broken(
        "other-webhook",
        "two webhooks of one account, each with its secret: the first one's is configured",
        kasko,
        "secret_other_webhook",
        OTHER,
        [kasko.secret, "whsec_corpus_third_webhook_5501"],
    )
    broken(
        "other-webhook-standard",
        "two endpoints of one account, each with its secret",
        contact,
        "secret_other_webhook",
        "whsec_" + base64.b64encode(bytes(range(24))).decode(),
        [stripe.secret, contact.secret],
    )
    broken(
        "rotated",
        "the secret was rolled at the sender; ours is the old one, and the new one lies ready",
        sent["claimport"],
        "secret_other_webhook",
        "corpus_claimport_before",
        [sent["claimport"].secret],
    )

    test_key = mycover.secret.replace("MCASECK|", "MCASECK_TEST|")
    tested = replace(mycover, secret=test_key).resigned()
    broken(
        "test-mode",
        "an event of the test mode; ours is the live key",
        tested,
        "secret_test_mode",
        mycover.secret,
        [test_key],
    )
    live = replace(stripe, secret="whsec_live_corpus_b00c").resigned()
    broken(
        "test-mode-stripe",
        "a live event; the test mode's secret is configured, the live one is at hand",
        live,
        "secret_test_mode",
        "whsec_test_corpus_a11d",
        [live.secret],
    )
    broken(
        "test-mode-unproven",
        "a live event; the test mode's secret is configured",
        stripe,
        "secret_test_mode",
        "whsec_test_corpus_a11d",
        proven=False,
    )

    broken(
        "api-key",
        "Stripe's API key where the endpoint's signing secret belongs",
        stripe,
        "secret_is_api_key",
        "sk_test_corpus0not0a0key",
        proven=False,
    )
    broken(
        "api-key-github",
        "a personal access token of GitHub's where the webhook's secret belongs",
        sent["github"],
        "secret_is_api_key",
        "ghp_corpus0not0a0token",
        proven=False,
    )
    broken(
        "public-key",
        "MyCover.ai's public key where the secret one belongs",
        mycover,
        "secret_is_api_key",
        "MCAPUBK|77aa0500-f649-4de4-ab35-51060ca292f9",
        proven=False,
    )
    broken(
        "public-key-test",
        "MyCover.ai's public key of the test mode where the secret one belongs",
        tested,
        "secret_is_api_key",
        "MCAPUBK_TEST|77aa0500-f649-4de4-ab35-51060ca292f9",
        proven=False,
    )
    pair = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"corpus").digest())
    whpk = "whpk_" + base64.b64encode(pair.public_key().public_bytes_raw()).decode()
    broken(
        "public-key-standard",
        "the public key of Standard Webhooks' version v1a where the secret of v1 belongs",
        contact,
        "secret_key_kind",
        whpk,
        proven=False,
    )
    broken(
        "public-key-pem",
        "another sender's public key, as PEM, where the shared secret belongs",
        kasko,
        "secret_key_kind",
        pair.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
        proven=False,
    )
    signed = f"{contact.header('webhook-id')}.{contact.header('webhook-timestamp')}.".encode() + contact.body
    book.broken(
        "secret/for-public-key",
        "the secret of Standard Webhooks' version v1 where the public key of v1a belongs",
        contact,
        "secret_key_kind",
        proven=False,
        arrival=contact.with_signature(f"v1a,{base64.b64encode(pair.sign(signed)).decode()}"),
    )
    broken(
        "test-prefix-lost",
        "only the UUID of a test key was copied, without MCASECK_TEST|",
        tested,
        "secret_prefix",
        test_key.removeprefix("MCASECK_TEST|"),
    )
    broken(
        "test-prefix-for-live",
        "a test key's UUID after the live keys' MCASECK|",
        tested,
        "secret_prefix",
        mycover.secret,
    )
    broken(
        "version-kept",
        "a template writes v1, before a secret whose scheme has no versions",
        kasko,
        "secret_prefix",
        f"v1,{kasko.secret}",
    )

    broken(
        "undefined",
        "Node: `${process.env.NO_SUCH_SECRET}`",
        kasko,
        "secret_placeholder",
        programs.javascript("process.stdout.write(`${process.env.NO_SUCH_SECRET}`)"),
        proven=False,
    )
    broken(
        "none",
        "Python: str(os.environ.get('NO_SUCH_SECRET'))",
        stripe,
        "secret_placeholder",
        programs.shell("python3 -c \"import os; print(str(os.environ.get('NO_SUCH_SECRET')), end='')\""),
        proven=False,
    )
    broken(
        "unexpanded",
        "a shell's single quotes: '${COVERKIT_SECRET}' is not expanded",
        sent["coverkit"],
        "secret_placeholder",
        programs.shell("SECRET='${COVERKIT_SECRET}'; printf %s \"$SECRET\""),
        proven=False,
    )
    broken(
        "empty",
        "an environment variable that is not set",
        sent["github"],
        "secret_unusable",
        programs.shell('printf %s "$NO_SUCH_SECRET"'),
        proven=False,
    )
    broken(
        "not-base64",
        "a password of one's own where the scheme wants base64",
        contact,
        "secret_unusable",
        "correct horse battery staple!",
        proven=False,
    )
