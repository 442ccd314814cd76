"""Bodies that were parsed, and written again in another way."""

import json

import requests

CAUSE = "body_reserialised"


def add(book, sent, programs):
    express, flask, django, php = programs.express, programs.flask, programs.django, programs.php

    def broken(name, how, delivery, arrival, proven=True):
        book.broken(f"body/{name}", how, sent[delivery], CAUSE, proven=proven, arrival=arrival(sent[delivery]))

    # JavaScript.
    broken(
        "express-stringify-php",
        "PHP signed `\\/` and `\\u00eb`; Express: express.json(), then JSON.stringify(req.body)",
        "kasko",
        lambda it: express("/stringify", it),
    )
    broken(
        "express-stringify-pretty",
        "a pretty-printed body; Express: express.json(), then JSON.stringify(req.body)",
        "stripe",
        lambda it: express("/stringify", it),
    )
    broken(
        "express-stringify-python",
        "Python signed its `, ` and `: `; Express: express.json(), then JSON.stringify(req.body)",
        "claimport",
        lambda it: express("/stringify", it),
    )
    broken(
        "express-stringify-php-pretty",
        "PHP signed JSON_PRETTY_PRINT; Express: express.json(), then JSON.stringify(req.body)",
        "kasko-pretty",
        lambda it: express("/stringify", it),
    )
    broken(
        "express-pretty",
        "Express: express.json(), then JSON.stringify(req.body, null, 2)",
        "github",
        lambda it: express("/pretty", it),
    )
    broken(
        "express-pretty-stamped",
        "Express: express.json(), then JSON.stringify(req.body, null, 2)",
        "coverkit-stamped",
        lambda it: express("/pretty", it),
    )
    broken(
        "express-tabs",
        "Express: express.json(), then JSON.stringify(req.body, null, '\\t')",
        "standard-webhooks",
        lambda it: express("/tabs", it),
    )
    broken(
        "express-go-escapes",
        "as Go writes it, `\\u003c` and a final line break; Express: JSON.stringify(req.body)",
        "claimport-go",
        lambda it: express("/stringify", it),
    )
    broken(
        "express-moves-numbered-keys",
        'Python signed sorted keys; Express: JSON.stringify(req.body) puts "2" before "10"',
        "claimport-numbered",
        lambda it: express("/stringify", it),
    )
    broken(
        "express-loses-fraction",
        "Python signed 1250.0; Express: JSON.stringify(req.body) writes 1250",
        "claimport-float",
        lambda it: express("/stringify", it),
    )
    broken(
        "express-rounds-integer",
        "an integer that no double holds; Express: JSON.stringify(req.body) rounds it",
        "claimport-snowflake",
        lambda it: express("/stringify", it),
        proven=False,
    )
    broken(
        "fastify-stringify",
        "PHP signed `\\/`; Fastify's own parser, then JSON.stringify(request.body)",
        "kasko",
        programs_call(programs.fastify, "/stringify"),
    )
    broken(
        "fastify-pretty",
        "Fastify's own parser, then JSON.stringify(request.body, null, 4)",
        "svix",
        programs_call(programs.fastify, "/pretty"),
    )
    broken(
        "fetch-request-json",
        "Python's body; `JSON.stringify(await request.json())` on the web's Request, served by Hono",
        "standard-webhooks-default",
        programs_call(programs.hono, "/stringify"),
    )
    broken(
        "fetch-request-json-pretty",
        "a pretty-printed body; `JSON.stringify(await request.json())` on the web's Request",
        "stripe",
        programs_call(programs.hono, "/stringify"),
    )
    broken(
        "lambda-stringify",
        "PHP's body; a Lambda handler: JSON.stringify(JSON.parse(event.body))",
        "kasko-bare",
        lambda it: programs.aws_lambda("/stringify", it, binary=False),
    )

    # Python.
    broken(
        "flask-dumps",
        "Flask: json.dumps(request.json), with `, `, `: ` and \\u escapes",
        "github",
        lambda it: flask("/dumps", it),
    )
    broken(
        "flask-dumps-number",
        "Flask: json.dumps(request.json); a body in ASCII, so only the separators changed",
        "coverkit-plain",
        lambda it: flask("/dumps", it),
    )
    broken(
        "flask-dumps-unicode",
        "Python's body in ASCII; Flask: json.dumps(request.json, ensure_ascii=False, separators=(',', ':'))",
        "claimport",
        lambda it: flask("/dumps-unicode", it),
    )
    broken(
        "flask-dumps-php", "PHP signed `\\/`; Flask: json.dumps(request.json)", "kasko", lambda it: flask("/dumps", it)
    )
    broken(
        "flask-dumps-indent", "Flask: json.dumps(request.json, indent=4)", "svix", lambda it: flask("/dumps-indent", it)
    )
    broken(
        "flask-dumps-sorted",
        "Flask: json.dumps(request.json, sort_keys=True); the sender's keys are in no such order",
        "coverkit",
        lambda it: flask("/dumps-sorted", it),
        proven=False,
    )
    broken(
        "flask-jsonify",
        "Flask: jsonify(request.json).get_data() sorts the keys, escapes, and ends the line",
        "standard-webhooks",
        lambda it: flask("/jsonify", it),
        proven=False,
    )
    broken(
        "flask-jsonify-ecmascript",
        "Flask: jsonify(request.json).get_data(), of a sender that signs JSON.stringify's form",
        "mycover",
        lambda it: flask("/jsonify", it),
        proven=False,
    )
    broken("django-dumps", "Django: json.dumps(json.loads(request.body))", "coverkit", lambda it: django("/dumps", it))
    broken(
        "django-dumps-indent",
        "PHP's body; Django: json.dumps(json.loads(request.body), indent=2)",
        "kasko",
        lambda it: django("/dumps-indent", it),
    )
    broken(
        "django-json-response",
        "Django: JsonResponse(json.loads(request.body)).content",
        "stripe",
        lambda it: django("/json-response", it),
    )
    book.broken(
        "body/python-json-tool",
        "a saved body through `python3 -m json.tool` to make it readable",
        sent["github"],
        CAUSE,
        arrival=sent["github"].with_body(programs.run(["python3", "-m", "json.tool"], sent["github"].body)),
    )

    # PHP.
    broken(
        "php-encode",
        "PHP: json_encode(json_decode($raw)) escapes `/` and what is not ASCII",
        "github",
        lambda it: php("/encode", it),
    )
    broken(
        "php-encode-pretty-sender",
        "a pretty-printed body; PHP: json_encode(json_decode($raw))",
        "stripe",
        lambda it: php("/encode", it),
    )
    broken(
        "php-encode-python",
        "Python's body; PHP: json_encode(json_decode($raw))",
        "standard-webhooks-default",
        lambda it: php("/encode", it),
    )
    broken(
        "php-encode-plain",
        "PHP signed `\\/`; PHP: json_encode($array, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE)",
        "kasko",
        lambda it: php("/encode-plain", it),
    )
    broken(
        "php-encode-pretty",
        "PHP: json_encode(json_decode($raw), JSON_PRETTY_PRINT)",
        "svix",
        lambda it: php("/encode-pretty", it),
    )
    broken(
        "php-empty-object",
        "PHP: json_encode(json_decode($raw, true)) writes the empty object as []",
        "kasko-bare",
        lambda it: php("/encode-assoc", it),
    )
    book.broken(
        "body/php-17-digits",
        "PHP as it was before 7.1, serialize_precision=17: 299.99 becomes 299.99000000000001",
        sent["coverkit"],
        CAUSE,
        arrival=sent["coverkit"].with_body(
            programs.php_code(
                "echo json_encode(json_decode($input));", sent["coverkit"].body, "-d", "serialize_precision=17"
            )
        ),
    )

    senders(book, sent)


def programs_call(program, path):
    return lambda delivery: program(path, delivery)


def senders(book, sent):
    """Senders that sign one form and send another: each is one line that many wrote."""
    for name, delivery, form, what in [
        ("claimport", "claimport-float", {"separators": (",", ":")}, "json.dumps(data, separators=(',', ':'))"),
        ("kasko", "kasko-plain", {"sort_keys": True}, "json.dumps(data, sort_keys=True)"),
    ]:
        it = sent[delivery]
        data = json.loads(it.body)
        signed = json.dumps(data, **form).encode()
        prepared = requests.Request("POST", "http://hooks.example.com/", json=data).prepare()
        book.broken(
            f"body/requests-json-{name}",
            f"the sender signs {what} and sends requests.post(json=data)",
            it,
            CAUSE,
            arrival=it.resigned(signed).with_body(prepared.body),
        )
    it = sent["mycover"]
    signed = json.dumps(json.loads(it.body), separators=(",", ":")).encode()
    book.broken(
        "body/mycover-signed-in-python",
        "a sender that signs as the documented Python does, which escapes what is not ASCII",
        it,
        CAUSE,
        arrival=it.resigned(signed).with_body(it.body),
    )
