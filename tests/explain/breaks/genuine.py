"""Deliveries that verify: nothing may be found."""


from breaks.headers import doubled


def add(book, sent, programs):
    def verifies(name, how, delivery, arrival=None, **more):
        book.verifies(
            f"genuine/{name}", how, sent[delivery], arrival=arrival(sent[delivery]) if arrival else None, **more
        )

    verifies("express-raw", "Express: express.raw()", "kasko", lambda it: programs.express("/raw", it))
    verifies("flask-data", "Flask: request.get_data()", "claimport-go", lambda it: programs.flask("/raw", it))
    verifies(
        "django-meta",
        "Django: request.body and request.META, with its HTTP_ names",
        "standard-webhooks",
        lambda it: programs.django("/meta", it),
    )
    verifies("php-server", "PHP: php://input and $_SERVER", "coverkit", lambda it: programs.php("/raw", it))
    verifies(
        "php-getallheaders",
        "PHP: php://input and getallheaders()",
        "kasko-pretty",
        lambda it: programs.php("/headers", it),
    )
    verifies(
        "joined-id",
        "a client sets id and timestamp twice, and they are equal; Node's req.headers joins them",
        "standard-webhooks",
        lambda it: programs.node("/headers", doubled(it, "webhook-id", "webhook-timestamp")),
    )
    verifies(
        "form-raw",
        "GitHub's content type is application/x-www-form-urlencoded, which is what is signed",
        "github-form",
        lambda it: programs.express("/raw", it),
    )
    verifies("nginx", "nginx passes it on", "stripe", lambda it: programs.nginx("/through", it))
    verifies(
        "origin",
        "nginx ends TLS and calls with http; `origin` is what the sender calls",
        "twilio",
        lambda it: programs.nginx("/hooks/twilio", it),
        options={"accept_unsigned": True, "origin": "https://hooks.example.com"},
    )
    verifies("array", "Express: express.raw()", "sendgrid", lambda it: programs.express("/raw", it))
    verifies(
        "lambda-decoded",
        "a Lambda handler that decodes the body's base64",
        "svix",
        lambda it: programs.aws_lambda("/decoded", it, binary=True),
    )
    verifies(
        "github-both-headers", "GitHub sends its old header too", "github-push", lambda it: programs.express("/raw", it)
    )
    verifies(
        "stringify-is-the-same",
        "Express: JSON.stringify(req.body), of a body that Node had written",
        "github",
        lambda it: programs.express("/stringify", it),
    )
    verifies(
        "mycover-stringify",
        "the sender signs JSON.stringify's form, so Python's separators do not matter",
        "mycover",
        lambda it: programs.flask("/dumps", it),
    )
    verifies(
        "secret-substituted",
        "a secret's file with a final line break, read by a shell's $(cat secret.txt), which takes it off",
        "kasko",
        secrets=[programs.shell('printf %s "$(cat secret.txt)"', secret_txt=sent["kasko"].secret.encode() + b"\n")],
    )
    verifies(
        "upper-case-hex",
        "hex in upper case",
        "claimport",
        lambda it: it.with_signature("sha256=" + it.signature.removeprefix("sha256=").upper()),
    )
    verifies(
        "rotation", "two secrets while one is rolled", "kasko", secrets=["whsec_corpus_before", sent["kasko"].secret]
    )
    verifies(
        "standard-without-prefix",
        "a Standard Webhooks secret without whsec_, which may be taken off",
        "svix",
        secrets=[sent["svix"].secret.removeprefix("whsec_")],
    )
    verifies(
        "windows-body",
        "a pretty-printed body with CRLF and the stamp in the header",
        "coverkit-windows",
        lambda it: programs.flask("/raw", it),
    )
    verifies("clock-at-the-edge", "exactly as old as is tolerated", "stripe", now=sent["stripe"].now + 300)
    verifies(
        "joined-the-same",
        "Node joins the header that came twice, and its entries are the same",
        "stripe",
        lambda it: programs.node("/headers", it.adding("Stripe-Signature", it.signature)),
    )
