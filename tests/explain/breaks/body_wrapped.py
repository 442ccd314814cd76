"""Bodies that are wrapped in something: encoded, compressed, a form, a message, escapes."""

import base64
import gzip
import urllib.parse
import zlib

import requests
import urllib3

from kit.http import request_bytes


def add(book, sent, programs):
    encodings(book, sent, programs)
    compressed(book, sent, programs)
    messages(book, sent, programs)
    forms(book, sent, programs)
    escapes(book, sent, programs)


def encodings(book, sent, programs):
    kasko, contact, claimport = (sent[name] for name in ("kasko", "standard-webhooks", "claimport"))

    def broken(name, how, delivery, arrival):
        book.broken(f"body/{name}", how, delivery, "body_base64", arrival=arrival)

    broken(
        "lambda-base64",
        "a Lambda handler that forgets event.isBase64Encoded",
        kasko,
        programs.aws_lambda("/body", kasko, binary=True),
    )
    broken(
        "lambda-base64-unicode",
        "a Lambda handler that forgets event.isBase64Encoded",
        sent["coverkit-stamped"],
        programs.aws_lambda("/body", sent["coverkit-stamped"], binary=True),
    )
    broken(
        "base64-program",
        "a queue's message made with `base64`, which breaks its lines",
        claimport,
        claimport.with_body(programs.run(["base64"], claimport.body)),
    )
    broken(
        "base64url",
        "a queue's message made with Python's urlsafe_b64encode",
        contact,
        contact.with_body(base64.urlsafe_b64encode(contact.body)),
    )


def compressed(book, sent, programs):
    kasko, contact, github = (sent[name] for name in ("kasko", "standard-webhooks", "github"))

    def broken(name, how, delivery, arrival, proven=True):
        book.broken(f"body/{name}", how, delivery, "body_compressed", proven=proven, arrival=arrival)

    encoded = with_encoding(github, "gzip", programs.run(["gzip", "--no-name", "--best"], github.body))
    broken(
        "gzip-flask",
        "a gateway compresses with gzip; Flask's get_data() does not inflate",
        github,
        programs.flask("/raw", encoded),
    )
    bare = contact.with_body(gzip.compress(contact.body, mtime=0))
    broken(
        "gzip-unsaid",
        "compressed by Python's gzip, and no Content-Encoding says so",
        contact,
        programs.node("/raw", bare),
    )
    deflated = with_encoding(kasko, "deflate", zlib.compress(kasko.body))
    broken(
        "deflate-django",
        "a gateway compresses with zlib; Django's request.body does not inflate",
        kasko,
        programs.django("/raw", deflated),
    )
    brotli = with_encoding(
        kasko,
        "br",
        programs.javascript("process.stdout.write(require('node:zlib').brotliCompressSync(input))", kasko.body),
    )
    broken(
        "gzip-as-text",
        "a gateway compresses with gzip; Node: body += chunk, which decodes what is no text",
        github,
        programs.node("/concat", encoded, split_at=100),
        proven=False,
    )
    broken(
        "brotli-flask",
        "a gateway compresses with brotli; Flask's get_data() does not inflate",
        kasko,
        programs.flask("/raw", brotli),
        proven=False,
    )


def with_encoding(delivery, encoding, body):
    """As a gateway passes it on that compresses what it was sent."""
    return delivery.adding("Content-Encoding", encoding).with_body(body)


def messages(book, sent, programs):
    kasko, contact, claimport = (sent[name] for name in ("kasko", "standard-webhooks", "claimport"))

    def broken(name, how, delivery, finding, arrival):
        book.broken(f"body/{name}", how, delivery, finding, arrival=arrival)

    stringified = programs.express("/stringify-text", contact)
    broken(
        "stringified-text",
        "Express: express.text(), then JSON.stringify(req.body) of what is a string already",
        contact,
        "body_json_string",
        stringified,
    )
    broken(
        "dumped-text",
        "Python: json.dumps(body.decode()), as a task's argument",
        sent["kasko-plain"],
        "body_json_string",
        sent["kasko-plain"].with_body(
            programs.shell(
                "python3 -c \"import json, sys; print(json.dumps(sys.stdin.buffer.read().decode()), end='')\"",
                sent["kasko-plain"].body,
            )
        ),
    )
    queued = programs.javascript(
        "process.stdout.write(JSON.stringify({ MessageId: '5fea7756', Body: input.toString() }))", claimport.body
    )
    broken(
        "queue-message",
        "the queue's message as it is, instead of its Body",
        claimport,
        "body_wrapped",
        claimport.with_body(queued),
    )
    event = programs.javascript(
        "process.stdout.write(JSON.stringify({ version: '2.0', rawPath: '/webhooks', "
        "body: input.toString('base64'), isBase64Encoded: true }))",
        kasko.body,
    )
    broken(
        "lambda-event",
        "the whole Lambda event, JSON.stringify(event), instead of its body",
        kasko,
        "body_wrapped",
        kasko.with_body(event),
    )


    items = programs.javascript(
        "process.stdout.write(JSON.stringify([{ headers: {}, params: {}, body: JSON.parse(input) }]))", contact.body
    )
    broken(
        "items",
        "n8n's items as they are: [{ headers, params, body }]",
        contact,
        "body_wrapped",
        contact.with_body(items),
    )
    items = programs.javascript(
        "process.stdout.write(JSON.stringify([{ json: { headers: {}, body: JSON.parse(input) } }], null, 2))", kasko.body
    )
    book.broken(
        "body/items-php",
        "n8n's items, exported and pretty, of a sender that escapes as PHP does",
        kasko,
        "body_reserialised",
        also=["body_wrapped"],
        arrival=kasko.with_body(items),
    )
    broken(
        "whole-request",
        "the request as netcat keeps it, its line and headers before the body",
        claimport,
        "body_wrapped",
        claimport.with_body(request_bytes("/hook", claimport.headers, claimport.body)),
    )
    chunks = [kasko.body[:100], kasko.body[100:]]
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in [*chunks, b""])
    broken(
        "chunks",
        "a server of one's own on a bare socket, which does not put chunks together",
        kasko,
        "body_wrapped",
        kasko.with_body(chunked),
    )
    parts, _ = urllib3.encode_multipart_formdata({"payload": ("body.json", contact.body)}, boundary="corpus")
    broken(
        "multipart",
        "sent again as a file: requests.post(files={'payload': body})",
        contact,
        "body_wrapped",
        programs.node("/raw", contact.with_header("Content-Type", "multipart/form-data; boundary=corpus").with_body(parts)),
    )


FORM = ("Content-Type", "application/x-www-form-urlencoded")


def forms(book, sent, programs):
    form, contact, plain = sent["github-form"], sent["standard-webhooks"], sent["coverkit-plain"]

    def broken(name, how, delivery, finding, arrival):
        book.broken(f"body/{name}", how, delivery, finding, genuine=delivery is not form, arrival=arrival)

    broken(
        "form-flask",
        "GitHub's content type is a form, which is what is signed; Flask: request.form['payload']",
        form,
        "body_form_encoded",
        programs.flask("/form-payload", form),
    )
    broken(
        "form-express",
        "GitHub's content type is a form, which is what is signed; Express: req.body.payload",
        form,
        "body_form_encoded",
        programs.express("/form-payload", form),
    )
    php = form.without("X-Hub-Signature")
    php = php.resigned(programs.php_code("echo http_build_query(['payload' => $input]);", sent["github"].body))
    book.broken(
        "body/form-django",
        "a form by PHP's http_build_query is what is signed; Django: request.POST['payload']",
        php,
        "body_form_encoded",
        genuine=False,
        arrival=programs.django("/form-payload", php),
    )
    posted = (
        requests.Request("POST", "http://hooks.example.com/", data={"payload": contact.body}).prepare().body.encode()
    )
    broken(
        "form-requests",
        "the JSON is signed, and sent as requests.post(data={'payload': text})",
        contact,
        "body_form_encoded",
        programs.node("/raw", contact.with_header(*FORM).with_body(posted)),
    )
    keyed = programs.curl("/form", plain, "--data", "@body.json", form=True)
    broken(
        "form-key-express",
        "sent again with `curl --data @body.json`, a form by default; Express: JSON.stringify(req.body)",
        plain,
        "body_form_encoded",
        keyed,
    )
    quoted = programs.javascript("process.stdout.write(encodeURIComponent(input.toString()))", contact.body)
    broken(
        "encode-uri-component",
        "a client script sends encodeURIComponent(body)",
        contact,
        "body_url_encoded",
        programs.node("/raw", contact.with_body(quoted)),
    )
    phoned = contact.resigned(contact.body.replace(b'"score":7', b'"phone":"+45 12 34","score":7'))
    broken(
        "plus-begins",
        "PHP: urldecode($raw), where the one `+` begins a telephone number",
        phoned,
        "body_url_encoded",
        programs.php("/urldecode", phoned),
    )
    plain = sent["coverkit-plain"]
    tagged = plain.resigned(plain.body.replace(b'"expired"', b'"a+b+c"'))
    broken(
        "plus-inside",
        "PHP: urldecode($raw), of a body that has no space",
        tagged,
        "body_url_encoded",
        programs.php("/urldecode", tagged),
    )
    plus = urllib.parse.quote_plus(sent["mycover"].body).encode()
    broken(
        "quote-plus",
        "a relay in Python sends quote_plus(body)",
        sent["mycover"],
        "body_url_encoded",
        programs.node("/raw", sent["mycover"].with_body(plus)),
    )


def escapes(book, sent, programs):
    for name, how, delivery, path in [
        ("html-php", "PHP: htmlspecialchars($raw), by an input filter for every request", "claimport", "/html"),
        ("html-filter-php", "PHP: filter_var($raw, FILTER_SANITIZE_SPECIAL_CHARS)", "coverkit", "/filtered"),
        ("slashes-php", "PHP: addslashes($raw), as WordPress does to every input", "standard-webhooks", "/slashes"),
    ]:
        book.broken(f"body/{name}", how, sent[delivery], "body_escaped", arrival=programs.php(path, sent[delivery]))
