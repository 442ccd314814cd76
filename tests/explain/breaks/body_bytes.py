"""Bodies whose bytes were changed, without anybody's reading them as JSON."""


def add(book, sent, programs):
    line_endings(book, sent, programs)
    charsets(book, sent, programs)
    normal_forms(book, sent, programs)


def line_endings(book, sent, programs):
    kasko, stripe, windows, line = (sent[name] for name in ("kasko", "stripe", "coverkit-windows", "claimport-line"))

    book.broken(
        "body/bom",
        "saved by an editor as `UTF-8 with BOM` (Python's utf-8-sig) and sent again",
        kasko,
        "body_bom",
        arrival=kasko.with_body(kasko.body.decode().encode("utf-8-sig")),
    )
    marked = sent["coverkit"].resigned(b"\xef\xbb\xbf" + sent["coverkit"].body)
    book.broken(
        "body/bom-lost",
        "the sender signs its BOM; `await request.text()` on the web's Request takes it away",
        marked,
        "body_bom",
        genuine=False,
        arrival=programs.hono("/text", marked),
    )

    checkout = """
        git init -q . && git config core.autocrlf false && git add body.json
        git -c user.name=t -c user.email=t@example.com commit -q -m body
        rm body.json && git -c core.autocrlf=true checkout -q -- body.json && cat body.json
    """
    book.broken(
        "body/crlf-git",
        "a fixture in a Git repository, checked out with core.autocrlf=true",
        stripe,
        "body_line_endings",
        arrival=stripe.with_body(programs.shell(checkout, body_json=stripe.body)),
    )
    book.broken(
        "body/crlf-lost-python",
        "a Windows sender's CRLF; Python: open(path).read() in text mode makes them LF",
        windows,
        "body_line_endings",
        arrival=windows.with_body(
            programs.shell(
                "python3 -c \"import sys; sys.stdout.write(open('body.json', encoding='utf-8').read())\"",
                body_json=windows.body,
            )
        ),
    )
    # What curl sends is what the server has in hand.
    stripped = programs.curl("/raw", stripe, "--data", "@body.json")
    book.broken(
        "body/curl-data",
        "a saved body sent again with `curl --data @body.json`, which takes its line breaks out",
        stripe,
        "body_line_endings",
        arrival=stripped,
    )

    book.broken(
        "body/final-newline-sed",
        "a saved body, ended with a line break as editors do: sed -i -e '$a\\'",
        sent["github"],
        "body_final_newline",
        arrival=sent["github"].with_body(
            programs.shell("sed -i -e '$a\\' body.json && cat body.json", body_json=sent["github"].body)
        ),
    )
    book.broken(
        "body/final-newline-echo",
        'a body in a shell variable: echo "$BODY" adds a line break',
        sent["svix"],
        "body_final_newline",
        arrival=sent["svix"].with_body(
            programs.shell('BODY=$(cat body.json); echo "$BODY"', body_json=sent["svix"].body)
        ),
    )
    book.broken(
        "body/final-newline-lost-shell",
        "the sender signs its final line break; a shell's $(cat body.json) loses it",
        line,
        "body_final_newline",
        arrival=line.with_body(programs.shell('BODY=$(cat body.json); printf %s "$BODY"', body_json=line.body)),
    )
    book.broken(
        "body/final-newline-lost-trim",
        "as Go's json.Encoder sends it, with a final line break; Express: req.body.trim()",
        sent["claimport-go"],
        "body_final_newline",
        arrival=programs.express("/trim", sent["claimport-go"]),
    )


def charsets(book, sent, programs):
    def broken(name, how, delivery, arrival, proven=True):
        book.broken(f"body/{name}", how, delivery, "body_charset", proven=proven, arrival=arrival)

    coverkit, github, contact, stripe = (sent[name] for name in ("coverkit", "github", "standard-webhooks", "stripe"))
    broken(
        "mojibake-express",
        "Express: express.text({ defaultCharset: 'latin1' })",
        contact,
        programs.express("/latin1", contact),
    )
    broken("mojibake-node", "Node: Buffer.concat(chunks).toString('latin1')", github, programs.node("/latin1", github))
    broken(
        "mojibake-flask",
        "Flask: request.get_data().decode('latin-1')",
        sent["mycover"],
        programs.flask("/latin1", sent["mycover"]),
    )
    broken(
        "mojibake-cp1252", "Flask: request.get_data().decode('cp1252')", coverkit, programs.flask("/cp1252", coverkit)
    )
    broken("mojibake-php", "PHP: iconv('ISO-8859-1', 'UTF-8', $raw)", stripe, programs.php("/latin1", stripe))
    broken(
        "mojibake-twice",
        "two hops, each of which decodes as latin-1: Node, then PHP",
        contact,
        programs.php("/latin1", contact.with_body(programs.node("/latin1", contact).body)),
    )
    broken(
        "to-latin1",
        "`iconv -f UTF-8 -t ISO-8859-1` before a receiver of old",
        contact,
        contact.with_body(programs.run(["iconv", "-f", "UTF-8", "-t", "ISO-8859-1"], contact.body)),
    )
    broken(
        "utf-16",
        "saved by PowerShell's `>`, which writes UTF-16 with a BOM (Python's utf-16)",
        contact,
        contact.with_body(b"\xff\xfe" + contact.body.decode().encode("utf-16-le")),
    )
    broken(
        "replaced",
        "Flask: request.get_data().decode('ascii', errors='replace')",
        contact,
        programs.flask("/replace", contact),
        proven=False,
    )
    broken(
        "to-ascii",
        "Flask: request.get_data().decode().encode('ascii', errors='replace'), as .NET's Encoding.ASCII does it",
        coverkit,
        programs.flask("/ascii", coverkit),
        proven=False,
    )
    # Between the two bytes of a character.
    at = github.body.index("ï".encode()) + 1
    broken(
        "split-chunk",
        "Node: `body += chunk`, where two chunks share a character",
        github,
        programs.node("/concat", github, split_at=at),
        proven=False,
    )


def normal_forms(book, sent, programs):
    def broken(name, how, delivery, arrival, genuine=True):
        book.broken(f"body/{name}", how, delivery, "body_normalised", genuine=genuine, arrival=arrival)

    contact = sent["standard-webhooks"]
    broken(
        "taken-apart",
        "Flask: unicodedata.normalize('NFD', text), as macOS's file system does it",
        sent["coverkit"],
        programs.flask("/nfd", sent["coverkit"]),
    )
    apart = contact.resigned(
        programs.javascript("process.stdout.write(input.toString().normalize('NFD'))", contact.body)
    )
    broken(
        "composed",
        "the sender's texts are taken apart; Express: req.body.normalize()",
        apart,
        programs.express("/normalize", apart),
    )
