"""Two faults at once: each is named."""

import base64

from kit.delivery import NOW


def add(book, sent, programs):
    def broken(name, how, delivery, finding, also, arrival, *, genuine=True, **more):
        book.broken(f"two/{name}", how, delivery, finding, also=[also], genuine=genuine, arrival=arrival, **more)

    kasko, github, contact, stripe = (sent[name] for name in ("kasko", "github", "standard-webhooks", "stripe"))
    claimport, coverkit, mycover = sent["claimport"], sent["coverkit"], sent["mycover"]

    zipped = github.with_body(programs.run(["gzip", "--no-name"], github.body))
    broken(
        "base64-gzip",
        "a gateway compresses, and a Lambda handler forgets event.isBase64Encoded",
        github,
        "body_base64",
        "body_compressed",
        programs.aws_lambda("/body", zipped, binary=True),
    )
    broken(
        "bom-crlf",
        "saved as Notepad once did, UTF-8 with BOM, and CRLF (Python's utf-8-sig)",
        stripe,
        "body_bom",
        "body_line_endings",
        stripe.with_body(stripe.body.decode().replace("\n", "\r\n").encode("utf-8-sig")),
    )
    mangled = programs.flask("/latin1", contact)
    broken(
        "mojibake-newline",
        "decoded as latin-1 by Flask, saved, and ended with a line break",
        contact,
        "body_final_newline",
        "body_charset",
        contact.with_body(mangled.body + b"\n"),
    )
    broken(
        "renamed-prefix",
        "nginx: a map takes sha256= off, and passes it on as X-Github-Digest",
        bare(github),
        "signature_header",
        "signature_prefix",
        programs.nginx("/renamed-bare-github", bare(github)),
    )
    broken(
        "reserialised-newline",
        "Express: JSON.stringify(req.body), and the secret with its file's final line break",
        kasko,
        "secret_whitespace",
        "body_reserialised",
        programs.express("/stringify", kasko),
        secrets=[kasko.secret + "\n"],
    )
    broken(
        "reserialised-other-webhook",
        "Flask: json.dumps(request.json), and another webhook's secret",
        coverkit,
        "secret_other_webhook",
        "body_reserialised",
        programs.flask("/dumps", coverkit),
        secrets=["whsec_corpus_other_webhook_91c3"],
        hints=[coverkit.secret],
    )
    broken(
        "base64-prefix",
        "a Lambda handler that forgets event.isBase64Encoded, and whsec_ taken off the secret",
        stripe,
        "secret_prefix",
        "body_base64",
        programs.aws_lambda("/body", stripe, binary=True),
        secrets=[stripe.secret.removeprefix("whsec_")],
    )
    raw = bytes.fromhex(claimport.signature.removeprefix("sha256="))
    encoded = claimport.with_signature(base64.b64encode(raw).decode())
    broken(
        "encoding-prefix",
        "a hand-written sender: base64, and no sha256= before it",
        encoded,
        "signature_prefix",
        "signature_encoding",
        encoded,
        genuine=False,
    )
    broken(
        "joined-charset",
        "a client sets the header twice, and Flask decodes the body as latin-1",
        mycover,
        "header_joined",
        "body_charset",
        programs.flask("/latin1", mycover.adding("x-mycoverai-signature", mycover.signature)),
    )
    late = stripe.resigned(now=NOW * 1000)
    broken(
        "milliseconds-reserialised",
        "a sender's Date.now(), and Express: JSON.stringify(req.body)",
        late,
        "body_reserialised",
        "timestamp_unit",
        programs.express("/stringify", late),
        genuine=False,
        now=NOW + 1,
    )
    broken(
        "old-newline",
        "a saved delivery with an editor's final line break, sent again the next day",
        contact,
        "body_final_newline",
        "delivery_old",
        contact.with_body(contact.body + b"\n"),
        now=NOW + 86_400,
    )
    broken(
        "underscores-reserialised",
        "a gateway on WSGI passes the environment's names on, then Express: JSON.stringify(req.body)",
        kasko,
        "header_underscores",
        "body_reserialised",
        programs.gateway("/stringify", kasko),
    )


def bare(github):
    return github.without("X-Hub-Signature")
