"""Secrets with something added or lost on the way."""


def add(book, sent, programs):
    copied(book, sent, programs)
    prefixes(book, sent, programs)


def copied(book, sent, programs):
    """What reading and copying adds."""
    kasko, github, claimport, stripe = (sent[name] for name in ("kasko", "github", "claimport", "stripe"))
    mycover, svix = sent["mycover"], sent["svix"]

    def ours(name, how, delivery, finding, secret):
        book.broken(f"secret/{name}", how, delivery, finding, secrets=[secret])

    def theirs(name, how, delivery, finding, key):
        book.broken(f"secret/{name}", how, delivery, finding, genuine=False, arrival=delivery.resigned(key=key))

    def read(secret):
        """Python's `open('secret.txt').read()`."""
        code = "import sys; sys.stdout.write(open('secret.txt', encoding='utf-8').read())"
        return programs.shell(f'python3 -c "{code}"', secret_txt=secret.encode())

    ours(
        "newline",
        "Python: open('secret.txt').read(), which has the file's final line break",
        kasko,
        "secret_whitespace",
        read(kasko.secret + "\n"),
    )
    ours(
        "newline-base64",
        "a file with a final line break, of a secret that is base64",
        svix,
        "secret_whitespace",
        read(svix.secret + "\n"),
    )
    ours(
        "crlf",
        "a secret's file from Windows: the line break is CRLF",
        claimport,
        "secret_whitespace",
        programs.run(["sed", "s/$/\\r/"], claimport.secret.encode() + b"\n"),
    )
    ours("space", "copied out of a dashboard with the space after it", stripe, "secret_whitespace", stripe.secret + " ")
    ours(
        "bom",
        "a secret's file saved as `UTF-8 with BOM`; Python: open('secret.txt', encoding='utf-8').read()",
        kasko,
        "secret_whitespace",
        read("\ufeff" + kasko.secret),
    )
    ours(
        "zero-width-space",
        "copied out of a chat, which put a zero-width space after it",
        claimport,
        "secret_whitespace",
        claimport.secret + "\u200b",
    )
    ours(
        "no-break-space",
        "copied out of a page, which has a no-break space after it",
        github,
        "secret_whitespace",
        github.secret + "\u00a0",
    )
    theirs(
        "newline-of-sender",
        "GitHub was given the secret with the line break of `echo $SECRET`; ours has none",
        github.without("X-Hub-Signature"),
        "secret_whitespace",
        programs.shell("echo $(cat secret.txt)", secret_txt=github.secret.encode()),
    )
    theirs(
        "newline-of-sender-claimport",
        "a sender reads its secret's file whole, line break and all",
        claimport,
        "secret_whitespace",
        read(claimport.secret + "\n"),
    )

    environment = "env $(cat vars.env) sh -c 'printf %s \"$SECRET\"'"
    ours(
        "quotes",
        'SECRET="…" in a .env file, read by `env $(cat .env)`, which keeps the quotes',
        kasko,
        "secret_quoted",
        programs.shell(environment, vars_env=f'SECRET="{kasko.secret}"\n'.encode()),
    )
    ours(
        "single-quotes",
        "SECRET='…' in a .env file, read by `env $(cat .env)`, which keeps the quotes",
        mycover,
        "secret_quoted",
        programs.shell(environment, vars_env=f"SECRET='{mycover.secret}'\n".encode()),
    )
    theirs(
        "quotes-of-sender",
        "the sender's .env file has quotes, and what reads it keeps them",
        sent["coverkit"],
        "secret_quoted",
        programs.shell(environment, vars_env=f'SECRET="{sent["coverkit"].secret}"\n'.encode()),
    )

    ours(
        "env-line",
        "a secret's file with the whole line: STRIPE_WEBHOOK_SECRET=…",
        stripe,
        "secret_wrapped",
        f"STRIPE_WEBHOOK_SECRET={stripe.secret}",
    )
    ours(
        "secret-manager",
        "the secret manager's JSON as it is",
        claimport,
        "secret_wrapped",
        programs.javascript(
            "process.stdout.write(JSON.stringify({ webhook_secret: input.toString() }))", claimport.secret.encode()
        ),
    )

    upper = github.resigned(key=github.secret.upper().encode()).without("X-Hub-Signature")
    book.broken(
        "secret/lower-cased",
        "GitHub was given the hex in upper case; ours was stored in lower case",
        upper,
        "secret_case",
        genuine=False,
        secrets=[github.secret],
    )
    shouted = sent["coverkit"].secret.upper()
    book.broken(
        "secret/upper-cased",
        "a settings library that upper-cases its values (Python: str.upper)",
        sent["coverkit"],
        "secret_case",
        secrets=[shouted],
    )


def prefixes(book, sent, programs):
    def broken(name, how, delivery, secret):
        book.broken(f"secret/{name}", how, sent[delivery], "secret_prefix", secrets=[secret])

    sed = programs.run(["sed", "s/^whsec_//"], sent["kasko"].secret.encode())
    broken(
        "prefix-lost-stripe",
        "whsec_ taken off, as one may with Svix's; Stripe's is a part of the secret",
        "stripe",
        sent["stripe"].secret.removeprefix("whsec_"),
    )
    broken("prefix-lost-kasko", "whsec_ taken off by sed 's/^whsec_//'", "kasko", sed)
    broken(
        "prefix-lost-mycover",
        "only the UUID was copied, without MCASECK|",
        "mycover",
        sent["mycover"].secret.removeprefix("MCASECK|"),
    )
    broken(
        "prefix-doubled-kasko",
        "a template writes whsec_ before a value that has it",
        "kasko",
        f"whsec_{sent['kasko'].secret}",
    )
    broken(
        "prefix-doubled-stripe",
        "a template writes whsec_ before a value that has it",
        "stripe",
        f"whsec_{sent['stripe'].secret}",
    )
    broken(
        "prefix-doubled-standard",
        "a template writes whsec_ before a value that has it",
        "standard-webhooks",
        f"whsec_{sent['standard-webhooks'].secret}",
    )
