"""Secrets that stand inside something else: lists, lines of environment files, values of secret managers."""

import base64
import json

from breaks.secrets_other import OTHER

CAUSE = "secret_wrapped"


def add(book, sent, programs):
    lists(book, sent, programs)
    environments(book, sent, programs)
    managers(book, sent, programs)


def environment(programs, line):
    """What a program has that was started with a line of an environment file."""
    return programs.shell("env $(cat vars.env) sh -c 'printf %s \"$SECRET\"'", vars_env=f"SECRET={line}\n".encode())


def lists(book, sent, programs):
    kasko, contact, stripe, claimport, mycover = (
        sent[name] for name in ("kasko", "standard-webhooks", "stripe", "claimport", "mycover")
    )

    def listed(name, how, delivery, secret):
        book.broken(f"secret/list-{name}", how, delivery, CAUSE, secrets=[secret])

    listed(
        "commas",
        "the old secret and the new one in one variable, joined by a comma",
        kasko,
        environment(programs, f"{OTHER},{kasko.secret}"),
    )
    first = "v1,whsec_" + base64.b64encode(bytes(range(24))).decode()
    listed(
        "versions",
        "two secrets as a hook of Supabase's is given them: v1,whsec_…|v1,whsec_…",
        contact,
        f"{first}|v1,{contact.secret}",
    )
    listed("spaces", "two secrets in one variable, joined by a space", stripe, f"{OTHER} {stripe.secret}")
    listed(
        "semicolons",
        "two secrets in one variable, joined by a semicolon",
        claimport,
        environment(programs, f"corpus_claimport_before;{claimport.secret}"),
    )
    listed(
        "json",
        "Node: JSON.stringify([old, current]), as a settings page keeps it",
        kasko,
        programs.javascript(
            f"process.stdout.write(JSON.stringify(['{OTHER}', input.toString()]))", kasko.secret.encode()
        ),
    )
    listed(
        "python",
        "Python: str([old, current])",
        claimport,
        programs.shell(
            "python3 -c \"import sys; print(str(['corpus_claimport_before', sys.stdin.read()]), end='')\"",
            claimport.secret.encode(),
        ),
    )
    listed(
        "lines",
        "a secret's file with a line for each secret; Python: open('secret.txt').read()",
        stripe,
        programs.run(["cat"], f"{OTHER}\n{stripe.secret}\n".encode()),
    )
    listed(
        "keys-with-pipes",
        "two of MyCover.ai's keys in one variable, joined by what is in each of them",
        mycover,
        f"MCASECK|11111111-f649-4de4-ab35-51060ca292f9|{mycover.secret}",
    )


def environments(book, sent, programs):
    kasko, stripe, github = sent["kasko"], sent["stripe"], sent["github"]
    reader = "import sys; print(dict(l.rstrip('\\n').split('=', 1) for l in open('vars.env'))['SECRET'], end='')"

    def read(line):
        """As a line of code reads an environment file that does not know its comments."""
        return programs.shell(f'python3 -c "{reader}"', vars_env=f"SECRET={line}\n".encode())

    def broken(name, how, delivery, secret):
        book.broken(f"secret/{name}", how, delivery, CAUSE, secrets=[secret])

    broken(
        "env-comment",
        "SECRET=… # live, read by a line of Python, which keeps the comment as Docker does",
        kasko,
        read(f"{kasko.secret} # live"),
    )
    broken(
        "env-comment-quoted",
        "SECRET='…' # live, read by a line of Python",
        stripe,
        read(f"'{stripe.secret}' # live"),
    )
    broken(
        "env-semicolon",
        "SECRET=…; in an environment file, as a line of JavaScript ends",
        github,
        environment(programs, f"{github.secret};"),
    )
    broken("env-comma", "a line out of a JSON or YAML file: the comma is still there", kasko, f"{kasko.secret},")
    broken(
        "env-file",
        "the whole environment file in one secret, as a platform mounts it",
        stripe,
        programs.run(["cat"], f"PORT=8080\nSTRIPE_WEBHOOK_SECRET='{stripe.secret}' # live\nDEBUG=0\n".encode()),
    )
    broken("yaml-line", "a line of a YAML file: secret: …", sent["claimport"], f"secret: {sent['claimport'].secret}")


def managers(book, sent, programs):
    kasko, stripe, claimport, contact = (sent[name] for name in ("kasko", "stripe", "claimport", "standard-webhooks"))

    def broken(name, how, delivery, value, also=()):
        secret = programs.javascript(f"process.stdout.write(JSON.stringify({json.dumps(value)}))")
        book.broken(f"secret/manager-{name}", how, delivery, CAUSE, also=also, secrets=[secret])

    def encoded(text):
        return base64.b64encode(text.encode()).decode()

    broken(
        "nested",
        "AWS Secrets Manager's whole answer: JSON in the JSON's SecretString",
        kasko,
        {"ARN": "arn:aws:secretsmanager:eu-1:1:secret:hook", "SecretString": json.dumps({"current": kasko.secret})},
    )
    broken(
        "deep",
        "Vault's whole answer: the value is two objects deep",
        stripe,
        {"request_id": "2f0c", "data": {"data": {"webhook": stripe.secret}, "metadata": {"version": 3}}},
    )
    broken(
        "payload",
        "Google Secret Manager's whole answer: base64 of JSON in payload.data",
        claimport,
        {
            "name": "projects/1/secrets/hook/versions/1",
            "payload": {"data": encoded(json.dumps({"secret": claimport.secret}))},
        },
    )
    broken(
        "kubernetes",
        "kubectl get secret -o json: the value is base64",
        contact,
        {"apiVersion": "v1", "kind": "Secret", "data": {"webhook": encoded(contact.secret)}},
        also=["secret_encoding"],
    )
