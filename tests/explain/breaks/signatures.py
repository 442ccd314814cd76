"""Signatures that were written or passed on in another way than the scheme's."""

import base64
import urllib.parse

from kit.delivery import NOW, body_digest


def add(book, sent, programs):
    names(book, sent, programs)
    written(book, sent, programs)


def names(book, sent, programs):
    def broken(name, how, delivery, path):
        book.broken(
            f"signature/{name}", how, sent[delivery], "signature_header", arrival=programs.nginx(path, sent[delivery])
        )

    broken(
        "renamed",
        "nginx: proxy_set_header X-Signature $http_x_kasko_signature, and the signature's own header emptied",
        "kasko",
        "/renamed-kasko",
    )
    broken(
        "renamed-standard",
        "nginx: proxy_set_header X-Webhook-Signature $http_webhook_signature",
        "standard-webhooks",
        "/renamed-standard",
    )
    broken(
        "authorization", "nginx: proxy_set_header Authorization $http_coverkit_signature", "coverkit", "/authorization"
    )
    svix = sent["svix"].renamed("svix-signature", "x-amzn-remapped-svix-signature")
    book.broken(
        "signature/remapped",
        "a gateway that remaps headers: x-amzn-remapped-svix-signature",
        sent["svix"],
        "signature_header",
        arrival=programs.aws_lambda("/decoded", svix, binary=True),
    )
    hub = sent["github"].without("X-Hub-Signature").renamed("X-Hub-Signature-256", "X-Forge-Signature-256")
    book.broken(
        "signature/sender-names-it-otherwise",
        "a server like GitHub's that signs as it does, under its own header's name",
        sent["github"],
        "signature_header",
        genuine=False,
        arrival=programs.express("/raw", hub),
    )


def written(book, sent, programs):
    kasko, mycover, contact, stripe, coverkit, claimport = (
        sent[name] for name in ("kasko", "mycover", "standard-webhooks", "stripe", "coverkit", "claimport")
    )
    github = sent["github"].without("X-Hub-Signature")

    def broken(name, how, delivery, finding, value, proven=True):
        book.broken(
            f"signature/{name}",
            how,
            delivery,
            finding,
            proven=proven,
            genuine=False,
            arrival=delivery.with_signature(value),
        )

    # Prefixes.
    book.broken(
        "signature/prefix-lost-nginx",
        "nginx: a map takes sha256= off before it passes the header on",
        claimport,
        "signature_prefix",
        arrival=programs.nginx("/bare-claimport", claimport),
    )
    broken(
        "prefix-lost-kasko",
        "the documentation's code without its prefix: hash_hmac('sha1', …) alone",
        kasko,
        "signature_prefix",
        programs.php_code(f"echo hash_hmac('sha1', $input, '{kasko.secret}');", kasko.body).decode(),
    )
    broken(
        "prefix-doubled",
        "a sender writes sha1= before a helper's result that has it: 'sha1=' . sign($body)",
        kasko,
        "signature_prefix",
        programs.php_code(
            f"function sign($b) {{ return 'sha1=' . hash_hmac('sha1', $b, '{kasko.secret}'); }} echo 'sha1=' . sign($input);",
            kasko.body,
        ).decode(),
    )
    broken(
        "prefix-added",
        "a hand-written sender writes sha512= before the digest",
        mycover,
        "signature_prefix",
        f"sha512={mycover.signature}",
    )
    broken(
        "prefix-of-another-form",
        "a hand-written sender writes v1= where the scheme has v1,",
        contact,
        "signature_prefix",
        contact.signature.replace("v1,", "v1="),
    )
    broken(
        "prefix-upper-case",
        "a hand-written sender writes SHA256=",
        github,
        "signature_prefix",
        github.signature.replace("sha256=", "SHA256="),
    )

    # Encodings.
    node = "require('node:crypto').createHmac('%s', '%s').update(input).digest('%s')"
    # One with `+` in its base64.
    plus = next(it for it in (contact.resigned(now=NOW + second) for second in range(200)) if "+" in it.signature)
    decoded = programs.javascript(
        "process.stdout.write(new URLSearchParams('signature=' + input).get('signature'))", plus.signature.encode()
    )
    book.broken(
        "signature/plus-decoded",
        "passed on in a URL, not encoded; Node: new URLSearchParams(query).get('signature')",
        plus,
        "signature_decorated",
        arrival=plus.with_signature(decoded.decode()),
        now=NOW,
    )
    broken(
        "base64-for-hex",
        "a sender in Node: .digest('base64')",
        kasko,
        "signature_encoding",
        "sha1="
        + programs.javascript(f"process.stdout.write({node % ('sha1', kasko.secret, 'base64')})", kasko.body).decode(),
    )
    broken(
        "base64-for-hex-mycover",
        "a sender in Node: .digest('base64')",
        mycover,
        "signature_encoding",
        programs.javascript(
            f"process.stdout.write({node % ('sha512', mycover.secret, 'base64')})", mycover.body
        ).decode(),
    )
    raw = base64.b64decode(contact.signature.removeprefix("v1,"))
    broken("hex-for-base64", "a sender in Python: hmac.hexdigest()", contact, "signature_encoding", f"v1,{raw.hex()}")
    broken(
        "base64-of-hex",
        "a sender in Python: b64encode(hmac.hexdigest().encode())",
        claimport,
        "signature_encoding",
        "sha256=" + base64.b64encode(body_digest(claimport, "sha256").hex().encode()).decode(),
    )
    urlsafe, unpadded = with_symbols(contact)
    broken("base64url", "a sender in Python: urlsafe_b64encode(hmac.digest())", urlsafe, "signature_encoding", unpadded)

    # What stands round it.
    book.broken(
        "signature/quotes",
        "nginx: proxy_set_header Stripe-Signature '\"$http_stripe_signature\"'",
        stripe,
        "signature_decorated",
        arrival=programs.nginx("/quoted", stripe),
    )
    book.broken(
        "signature/bearer",
        'nginx: proxy_set_header … "Bearer $http_x_mycoverai_signature"',
        mycover,
        "signature_decorated",
        arrival=programs.nginx("/bearer", mycover),
    )
    broken(
        "percent-encoded",
        "a relay kept the header in a URL's query: v1%2C…",
        contact,
        "signature_decorated",
        urllib.parse.quote(contact.signature, safe=""),
    )
    broken(
        "python-bytes",
        "a sender in Python: f'v1,{b64encode(digest)}', which writes b'…'",
        sent["svix"],
        "signature_decorated",
        "v1," + str(sent["svix"].signature.removeprefix("v1,").encode()),
    )
    broken(
        "json-string",
        "a relay writes json.dumps(signature)",
        coverkit,
        "signature_decorated",
        f'"{coverkit.signature}"',
    )

    # Cut.
    broken(
        "cut-at-64",
        "kept in a column of 64 characters, which has no room for sha256=",
        claimport,
        "signature_truncated",
        programs.shell(f"printf %.64s {claimport.signature}").decode(),
    )
    broken(
        "cut-at-32",
        "a sender that sends the first 32 characters of its hex",
        github,
        "signature_truncated",
        github.signature[: 7 + 32],
    )


def with_symbols(delivery):
    """One whose signature differs in base64's two alphabets, and that signature in the other one, without padding."""
    for number in range(1000):
        changed = delivery.resigned(delivery.body.replace(b'"score":7', f'"score":{number}'.encode()))
        raw = base64.b64decode(changed.signature.removeprefix("v1,"))
        if base64.urlsafe_b64encode(raw) != base64.b64encode(raw):
            return changed, "v1," + base64.urlsafe_b64encode(raw).decode().rstrip("=")
    raise AssertionError
