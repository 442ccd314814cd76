"""Bodies of which nothing is left, or another thing, or a part."""

from kit.delivery import Delivery


def add(book, sent, programs):
    empty(book, sent, programs)
    placeholders(book, sent, programs)
    parts(book, sent, programs)
    other_payloads(book, sent)


def empty(book, sent, programs):
    def broken(name, how, delivery, arrival, genuine=True):
        book.broken(f"body/{name}", how, delivery, "body_empty", proven=False, genuine=genuine, arrival=arrival)

    broken(
        "empty-middleware",
        "Django: a WSGI middleware logs the body, and request.body finds none",
        sent["kasko"],
        programs.django("/logged", sent["kasko"], half_close=True),
    )
    broken(
        "empty-form-read",
        "Flask: request.form was read before request.get_data()",
        sent["github-form"],
        programs.flask("/form-then-data", sent["github-form"]),
        genuine=False,
    )
    broken(
        "empty-read-twice",
        "Django: request.read() a second time",
        sent["coverkit"],
        programs.django("/read-twice", sent["coverkit"]),
    )
    typed = sent["stripe"].with_header("Content-Type", "application/vnd.events+json")
    broken(
        "empty-other-type",
        "Express: express.raw({ type: 'application/json' }) passes over another content type",
        typed,
        programs.express("/json-only", typed),
    )
    broken(
        "empty-no-parser",
        "Express: no parser at all, and JSON.stringify(req.body ?? {})",
        sent["claimport"],
        programs.express("/no-parser", sent["claimport"]),
    )
    broken(
        "empty-stdin",
        "PHP: php://stdin in place of php://input",
        sent["mycover"],
        programs.php("/stdin", sent["mycover"]),
    )
    broken(
        "empty-nginx",
        "nginx: proxy_set_body $request_body, of a body that was written to a file",
        sent["standard-webhooks"],
        programs.nginx("/set-body", sent["standard-webhooks"]),
    )


def placeholders(book, sent, programs):
    def broken(name, how, delivery, arrival, proven):
        book.broken(
            f"body/{name}", how, sent[delivery], "body_placeholder", proven=proven, arrival=arrival(sent[delivery])
        )

    broken(
        "object-object",
        "Express: express.json(), then `${req.body}`",
        "github",
        lambda it: programs.express("/template", it),
        proven=False,
    )
    broken(
        "php-array",
        "PHP: (string) json_decode($raw, true)",
        "kasko",
        lambda it: programs.php("/string", it),
        proven=False,
    )
    broken(
        "stringified-buffer",
        "Express: express.raw(), then JSON.stringify(req.body) of a Buffer",
        "stripe",
        lambda it: programs.express("/stringify-buffer", it),
        proven=True,
    )
    broken(
        "python-bytes",
        "Flask: str(request.get_data()), which is b'…'",
        "svix",
        lambda it: programs.flask("/str-bytes", it),
        proven=True,
    )
    broken(
        "python-dict",
        "Flask: str(request.json), which is {'id': …}",
        "coverkit",
        lambda it: programs.flask("/str", it),
        proven=True,
    )


def parts(book, sent, programs):
    push, template = sent["github-push"], sent["claimport-template"]
    book.broken(
        "body/truncated-read",
        "Flask: request.stream.read(512)",
        push,
        "body_truncated",
        proven=False,
        arrival=programs.flask("/read-512", push),
    )
    text = sent["coverkit"].body.decode()
    book.broken(
        "body/truncated-content-length",
        "the sender's Content-Length counts characters where it should count bytes; Flask",
        sent["coverkit"],
        "body_truncated",
        proven=False,
        arrival=programs.flask("/raw", sent["coverkit"], length=len(text)),
    )
    book.broken(
        "body/strip-tags",
        "a body made with a template; PHP: strip_tags($raw), by an input filter for every request",
        template,
        "body_length",
        proven=False,
        arrival=programs.php("/strip-tags", template),
    )
    book.broken(
        "body/stripslashes",
        "PHP: stripslashes($raw), as if there still were magic quotes",
        sent["kasko"],
        "body_length",
        proven=False,
        arrival=programs.php("/stripslashes", sent["kasko"]),
    )


def other_payloads(book, sent):
    """Authentic, and still not what the scheme says."""

    def broken(name, how, delivery, body):
        book.broken(f"payload/{name}", how, delivery, "payload_invalid", genuine=False, arrival=delivery.resigned(body))

    broken(
        "list",
        "a sender that batches: the signed body is a list of events",
        sent["claimport"],
        b"[" + sent["claimport"].body + b"]",
    )
    broken(
        "trailing-comma",
        "a hand-written sender signs and sends JSON with a trailing comma",
        sent["coverkit-plain"],
        sent["coverkit-plain"].body[:-1] + b",}",
    )
    broken(
        "no-type",
        "a hand-written sender forgets the event's type",
        sent["coverkit-plain"],
        sent["coverkit-plain"].body.replace(b'"type"', b'"kind"'),
    )
    # The example of GitHub's documentation.
    hello = Delivery(
        "github",
        "It's a Secret to Everybody",
        (
            ("Content-Type", "text/plain"),
            ("X-GitHub-Event", "ping"),
            ("X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"),
        ),
        b"Hello, World!",
    )
    book.broken(
        "payload/text", "GitHub's documented example, whose body is no JSON", hello, "payload_invalid", genuine=False
    )
