"""Signatures of another algorithm, over something else, or by another provider."""

import base64

from kit.delivery import body_digest, digest, key_of


def add(book, sent, programs):
    algorithms(book, sent, programs)
    contents(book, sent)
    providers(book, sent, programs)


def algorithms(book, sent, programs):
    kasko, mycover, github, claimport = (sent[name] for name in ("kasko", "mycover", "github", "claimport"))
    contact, stripe = sent["standard-webhooks"], sent["stripe"]

    def broken(name, how, delivery, value):
        book.broken(
            f"signature/{name}",
            how,
            delivery,
            "signature_algorithm",
            genuine=False,
            arrival=delivery.with_signature(value),
        )

    broken(
        "sha256-for-sha1",
        "a sender in PHP: 'sha256=' . hash_hmac('sha256', …)",
        kasko,
        programs.php_code(f"echo 'sha256=', hash_hmac('sha256', $input, '{kasko.secret}');", kasko.body).decode(),
    )
    code = f"require('node:crypto').createHmac('sha256', '{mycover.secret}').update(input).digest('hex')"
    broken(
        "sha256-for-sha512",
        "a sender in Node: createHmac('sha256', …)",
        mycover,
        programs.javascript(f"process.stdout.write({code})", mycover.body).decode(),
    )
    broken(
        "sha1-for-sha256",
        "a server like GitHub's of old (here Python): sha1= in the new header",
        github.without("X-Hub-Signature"),
        "sha1=" + body_digest(github, "sha1").hex(),
    )
    broken(
        "sha512-for-sha256",
        "a sender in Python: hmac.new(key, body, 'sha512')",
        claimport,
        "sha512=" + body_digest(claimport, "sha512").hex(),
    )
    content = f"{contact.header('webhook-id')}.{contact.now}.".encode() + contact.body
    broken(
        "sha512-for-sha256-base64",
        "a sender in Python: hmac.new(key, content, 'sha512')",
        contact,
        "v1," + base64.b64encode(digest("sha512", key_of(contact.provider, contact.secret), content)).decode(),
    )
    broken(
        "sha1-for-sha256-stamped",
        "a sender in Python: hmac.new(key, content, 'sha1')",
        stripe,
        f"t={stripe.now},v1=" + digest("sha1", stripe.secret.encode(), f"{stripe.now}.".encode() + stripe.body).hex(),
    )


def contents(book, sent):
    contact, stripe, svix = sent["standard-webhooks"], sent["stripe"], sent["svix"]
    ident, now = contact.header("webhook-id"), str(contact.now)

    def broken(name, how, delivery, content):
        book.broken(
            f"signature/{name}",
            how,
            delivery,
            "signed_content",
            genuine=False,
            arrival=delivery.resigned(content=content),
        )

    broken("body-alone", "a hand-written sender signs the body, without id and timestamp", contact, contact.body)
    broken("no-id", "a hand-written sender signs {timestamp}.{body}", svix, f"{svix.now}.".encode() + svix.body)
    broken(
        "order",
        "a hand-written sender signs {timestamp}.{id}.{body}",
        contact,
        f"{now}.{ident}.".encode() + contact.body,
    )
    broken("body-alone-stripe", "a hand-written sender signs the body, without the timestamp", stripe, stripe.body)
    broken(
        "no-dot",
        "a hand-written sender signs {timestamp}{body}, without the dot",
        stripe,
        str(stripe.now).encode() + stripe.body,
    )
    claimport = sent["claimport"]
    stamped = claimport.adding("X-ClaimPort-Timestamp", now)
    broken(
        "stamped",
        "a newer sender also signs the timestamp that it sends: {timestamp}.{body}",
        stamped,
        f"{now}.".encode() + stamped.body,
    )


def providers(book, sent, programs):
    def broken(name, how, delivery, endpoint, secret, proven=True, **more):
        book.broken(
            f"other-provider/{name}",
            how,
            sent[delivery],
            "other_provider",
            proven=proven,
            provider=endpoint,
            secrets=[secret],
            **more,
            arrival=programs.express("/raw", sent[delivery]),
        )

    secret = {name: it.secret for name, it in sent.items()}
    broken(
        "stripe-at-kasko",
        "Stripe's delivery at the endpoint for KASKO, which has Stripe's secret",
        "stripe",
        "kasko",
        secret["stripe"],
    )
    broken(
        "claimport-at-github",
        "ClaimPort's delivery at the endpoint for GitHub, which has ClaimPort's secret",
        "claimport",
        "github",
        secret["claimport"],
    )
    broken(
        "svix-at-stripe",
        "Standard Webhooks at the endpoint for Stripe, which has the sender's secret",
        "svix",
        "stripe",
        secret["svix"],
    )
    broken(
        "mycover-at-coverkit",
        "MyCover.ai's delivery at the endpoint for CoverKit; MyCover.ai's key is at hand",
        "mycover",
        "coverkit",
        secret["coverkit"],
        hints=[secret["mycover"]],
    )
    broken(
        "github-at-claimport-unproven",
        "GitHub's delivery at the endpoint for ClaimPort, each with its own secret",
        "github",
        "claimport",
        secret["claimport"],
        proven=False,
    )
    broken(
        "stripe-at-mycover-unproven",
        "Stripe's delivery at the endpoint for MyCover.ai, each with its own secret",
        "stripe",
        "mycover",
        secret["mycover"],
        proven=False,
    )
    broken(
        "slack-at-stripe",
        "Slack's delivery at the endpoint for Stripe, which has Slack's secret",
        "slack",
        "stripe",
        secret["slack"],
    )
    broken(
        "discord-at-github",
        "Discord's delivery at the endpoint for GitHub; Discord's public key is at hand",
        "discord",
        "github",
        secret["github"],
        hints=[secret["discord"]],
    )
    broken(
        "sendgrid-at-discord",
        "SendGrid's delivery at the endpoint for Discord, which has SendGrid's key",
        "sendgrid",
        "discord",
        secret["sendgrid"],
    )
    broken(
        "shopify-at-claimport-unproven",
        "Shopify's delivery at the endpoint for ClaimPort, each with its own secret",
        "shopify",
        "claimport",
        secret["claimport"],
        proven=False,
    )
