"""Headers that came under other names, joined, or not at all."""

from dataclasses import replace


def add(book, sent, programs):
    underscores(book, sent, programs)
    joined(book, sent, programs)
    stripped(book, sent, programs)


def doubled(delivery, *names):
    """As a client sends it that sets a header twice."""
    lower = {name.lower() for name in names}
    headers = []
    for pair in delivery.headers:
        headers += [pair, pair] if pair[0].lower() in lower else [pair]
    return replace(delivery, headers=tuple(headers))


def underscores(book, sent, programs):
    def broken(name, how, delivery, arrival):
        book.broken(f"headers/{name}", how, sent[delivery], "header_underscores", arrival=arrival(sent[delivery]))

    def gateway(delivery):
        return programs.gateway("/raw", delivery)

    broken(
        "underscores-gateway",
        "a gateway on WSGI passes the environment's names on: X_KASKO_SIGNATURE",
        "kasko",
        gateway,
    )
    broken(
        "underscores-gateway-standard",
        "a gateway on WSGI passes the environment's names on: WEBHOOK_ID",
        "standard-webhooks",
        gateway,
    )
    broken(
        "underscores-nginx",
        "nginx with underscores_in_headers on, behind a client that names headers so",
        "claimport",
        lambda it: programs.nginx_with_underscores(it.renamed("X-ClaimPort-Signature", "X_ClaimPort_Signature")),
    )


def joined(book, sent, programs):
    def broken(name, how, delivery, arrival):
        book.broken(f"headers/{name}", how, sent[delivery], "header_joined", arrival=arrival)

    broken(
        "joined-node",
        "a client sets the header twice; Node's req.headers joins: a, a",
        "kasko",
        programs.node("/headers", doubled(sent["kasko"], "X-KASKO-Signature")),
    )
    broken(
        "joined-express",
        "a client sets the header twice; Express: req.headers, joined",
        "github",
        programs.express("/raw", doubled(sent["github"], "X-Hub-Signature-256")),
    )
    broken(
        "joined-flask",
        "a client sets the header twice; WSGI joins without a space: a,a",
        "mycover",
        programs.flask("/raw", doubled(sent["mycover"], "x-mycoverai-signature")),
    )
    broken(
        "joined-id",
        "a gateway adds its own id, and the sender's is there too; Node's req.headers joins them",
        "standard-webhooks",
        programs.node("/headers", sent["standard-webhooks"].adding("webhook-id", "gw_5501")),
    )
    broken(
        "joined-fetch",
        "a client sets the header twice; the web's Headers joins them",
        "claimport",
        programs.hono("/text", doubled(sent["claimport"], "X-ClaimPort-Signature")),
    )
    broken(
        "joined-lambda",
        "a gateway adds its own id, and the sender's is there too; the Lambda event joins them",
        "svix",
        programs.aws_lambda("/decoded", sent["svix"].adding("svix-id", "gw_5501"), binary=True),
    )


def stripped(book, sent, programs):
    def broken(name, how, delivery, arrival, proven=False):
        book.broken(
            f"headers/{name}", how, sent[delivery], "headers_stripped", proven=proven, arrival=arrival(sent[delivery])
        )

    def nginx(path):
        return lambda delivery: programs.nginx(path, delivery)

    broken("none-passed-on", "nginx: proxy_pass_request_headers off", "github", nginx("/no-headers"))
    broken("none-passed-on-standard", "nginx: proxy_pass_request_headers off", "svix", nginx("/no-headers"))
    broken("signature-emptied", 'nginx: proxy_set_header Stripe-Signature ""', "stripe", nginx("/no-signature"))
    broken(
        "timestamp-emptied", 'nginx: proxy_set_header webhook-timestamp ""', "standard-webhooks", nginx("/no-timestamp")
    )
    broken("event-emptied", 'nginx: proxy_set_header X-KASKO-Event ""', "kasko", nginx("/no-event"), proven=True)
    broken(
        "undefined",
        "a handler in JavaScript passes `${headers['x-kasko-sig']}` on, of a name that is not there",
        "kasko",
        lambda it: it.with_signature(programs.javascript("process.stdout.write(`${{}['x-kasko-sig']}`)").decode()),
    )
    broken(
        "none",
        "a handler in Python passes str(headers.get('webhook-id')) on, of headers in another case",
        "standard-webhooks",
        lambda it: it.with_header(
            "webhook-id", programs.shell("python3 -c \"print(str({}.get('webhook-id')), end='')\"").decode()
        ),
    )
    broken(
        "object-object",
        "a handler in JavaScript makes a text of the value's object",
        "mycover",
        lambda it: it.with_signature(programs.javascript("process.stdout.write(String({ value: 1 }))").decode()),
    )
    broken(
        "underscores-dropped",
        "a client names it X_ClaimPort_Signature, and nginx drops headers with underscores",
        "claimport",
        lambda it: programs.nginx("/through", it.renamed("X-ClaimPort-Signature", "X_ClaimPort_Signature")),
    )
    broken(
        "gateway-dropped",
        "a gateway on WSGI passes on X_MYCOVERAI_SIGNATURE, and nginx drops headers with underscores",
        "mycover",
        lambda it: programs.nginx("/through", it.renamed("x-mycoverai-signature", "X_MYCOVERAI_SIGNATURE")),
    )
