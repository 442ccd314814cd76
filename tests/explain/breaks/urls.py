"""URLs that a proxy or a framework changed, or that are registered otherwise."""

from dataclasses import replace

CAUSE = "url_rewritten"


def add(book, sent, programs):
    proxies(book, sent["twilio"], programs)
    frameworks(book, sent["twilio"], programs)
    registered(book, sent, programs)
    bodies(book, sent, programs)


def called(twilio, target, origin="https://hooks.example.com"):
    """As it is sent to another URL."""
    return replace(twilio, request={"method": "POST", "url": origin + target}).resigned()


def proxies(book, twilio, programs):
    def broken(name, how, target, delivery=None, **more):
        delivery = delivery or called(twilio, target)
        book.broken(f"url/{name}", how, delivery, CAUSE, arrival=programs.nginx(target, delivery), **more)

    snippet = "Express: `${req.protocol}://${req.get('host')}${req.originalUrl}`"
    broken("scheme", f"nginx ends TLS and calls with http; {snippet}", "/hooks/twilio")
    broken("host", f"nginx passes the host on as X-Forwarded-Host alone; {snippet}", "/hooks/inside?tenant=7")
    broken("port", f"nginx: proxy_set_header Host $host:8080; {snippet}", "/hooks/port")
    broken("prefix-forwarded", f"nginx takes /edge off and says so in X-Forwarded-Prefix; {snippet}", "/edge/hooks/a?b=1")
    broken("original-uri", f"nginx calls another path, and passes the first on as X-Original-URI; {snippet}", "/moved?a=1")
    broken("prefix-added", f"nginx: proxy_pass http://express/app/in/; {snippet}", "/in/twilio")
    broken("slash-added", f"nginx: rewrite ^(.*)$ $1/; {snippet}", "/hooks/slash?a=1")
    broken(
        "escapes-in-capitals",
        f"nginx decodes and encodes the path where proxy_pass has one; {snippet}",
        "/hooks/rewritten/caf%c3%a9",
    )
    broken("query-sorted", "the parameters are sorted, as for the key of a cache; Node: url.searchParams.sort()", "/sorted/?tenant=7&channel=sms&a=1")
    broken(
        "origin",
        "the URL by nginx and Express; `origin` is the URL of the application itself",
        "/hooks/twilio",
        options={"accept_unsigned": True, "origin": "https://app.internal"},
    )


def frameworks(book, twilio, programs):
    def broken(name, how, target, arrive):
        delivery = called(twilio, target)
        book.broken(f"url/{name}", how, delivery, CAUSE, arrival=arrive(target, delivery))

    broken("flask-decoded", "Flask: request.url, which is decoded for people to read", "/url/caf%C3%A9?to=a%20b", programs.flask)
    broken(
        "plus-for-space",
        "Express: `?${new URLSearchParams(req.query)}`, which writes a space as `+`",
        "/again/x?to=a%20b",
        programs.express,
    )
    broken(
        "stage",
        "a Lambda handler: requestContext.http.path, which begins with the API's stage",
        "/hooks/twilio?tenant=7",
        lambda target, delivery: programs.aws_lambda("/url", delivery, binary=False, target=target, stage="/prod"),
    )


def registered(book, sent, programs):
    def broken(name, how, delivery, constant, url):
        options = {"constants": {constant: url}}
        book.broken(f"url/registered-{name}", how, sent[delivery], CAUSE, options=options)

    href = programs.javascript("process.stdout.write(new URL(String(input)).href)", b"https://hooks.example.com").decode()
    broken("slash", "Node: new URL('https://hooks.example.com').href has a slash that is not registered", "square", "notification_url", href)
    broken(
        "scheme",
        "http:// is configured, and https:// registered",
        "hubspot",
        "target_url",
        programs.shell("sed s/^https:/http:/", b"https://hooks.example.com/hubspot").decode(),
    )


def bodies(book, sent, programs):
    """What else may happen where a URL is signed."""
    text = sent["twilio-json"]
    book.broken(
        "body/twilio-stringify",
        "the URL has the hash of the body; Express: express.json(), then JSON.stringify(req.body)",
        text,
        "body_reserialised",
        arrival=programs.express("/stringify", text),
    )

    def form(name, how, arrival, finding, also=(), delivery=sent["twilio"]):
        book.broken(f"body/{name}", how, delivery, finding, also=also, arrival=arrival)

    twilio = sent["twilio"]
    form("form-fields-express", "Express: express.urlencoded(), then JSON.stringify(req.body)", programs.express("/form-fields", twilio), "body_form_encoded")
    form("form-fields-php", "PHP: json_encode($_POST)", programs.php("/form-json", twilio), "body_form_encoded")
    form("form-fields-django", "Django: json.dumps(dict(request.POST.lists()))", programs.django("/form-lists", twilio), "body_form_encoded")
    form("form-fields-flask", "Flask: str(request.form.to_dict())", programs.flask("/form-dict", twilio), "body_form_encoded", ["body_placeholder"])
    plain = twilio.with_body(b"From=%2B15550100&Body=half+of+it%3A+Zo%C3%AB").resigned()
    form("form-decoded", "PHP: urldecode(file_get_contents('php://input'))", programs.php("/urldecode", plain), "body_url_encoded", delivery=plain)
