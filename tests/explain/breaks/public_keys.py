"""Public keys in other forms than they are read in, and keys of the other kind."""

import base64
import json

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from kit.delivery import DISCORD, SENDGRID


def add(book, sent, programs):
    forms(book, sent, programs)
    kinds(book, sent)


def pem(key):
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def forms(book, sent, programs):
    def broken(name, how, delivery, key):
        book.broken(f"secret/key-{name}", how, sent[delivery], "secret_key_form", secrets=[key])

    awk = """awk 'NF { sub(/\\r/, ""); printf "%s\\\\n", $0 }'"""
    broken("escaped-lines", f"PEM in one line of a .env file, by {awk}", "sendgrid", programs.shell(awk, pem(SENDGRID)))
    escaped = programs.javascript("process.stdout.write(JSON.stringify(String(input)).slice(1, -1))", pem(DISCORD))
    broken("escaped-lines-json", "PEM out of a JSON file without being decoded", "discord", escaped)
    der = SENDGRID.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    broken("hexadecimal-der", "od -An -v -tx1 of the key's DER", "sendgrid", programs.shell("od -An -v -tx1 | tr -d ' \\n'", der))
    broken("colons", "with the colons of `openssl pkey -text`", "discord", sent["discord"].secret.upper()[:2] + "".join(":" + sent["discord"].secret[at : at + 2] for at in range(2, 64, 2)))
    x = base64.urlsafe_b64encode(DISCORD.public_key().public_bytes_raw()).decode().rstrip("=")
    keys = {"keys": [{"kty": "OKP", "crv": "Ed25519", "x": x}]}
    broken("set", "a whole JSON Web Key Set for a sender that names no key by an id", "discord", json.dumps(keys))
    numbers = SENDGRID.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)[1:]
    broken("coordinates", "the two coordinates alone, in base64url, as signatures' libraries for the web have them", "sendgrid", base64.urlsafe_b64encode(numbers).decode().rstrip("="))
    openssh = DISCORD.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    broken("openssh", "ssh-keygen -i -m PKCS8 of the key", "discord", f"{openssh} hooks@example.com")


def kinds(book, sent):
    def broken(name, how, delivery, secret):
        book.broken(f"secret/{name}", how, sent[delivery], "secret_key_kind", proven=False, secrets=[secret])

    broken("client-secret-for-key", "the application's client secret where Discord's public key belongs", "discord", "qJf5-corpus_client_secret-91")
    broken("token-for-key", "the secret of Slack's application where SendGrid's public key belongs", "sendgrid", sent["slack"].secret)
    private = DISCORD.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    broken("private-key", "a private key where the public one belongs", "discord", private)
    broken("key-of-another-algorithm", "a key of ECDSA where Ed25519's belongs", "discord", pem(SENDGRID).decode())
    jwk = json.dumps({"kty": "OKP", "crv": "Ed25519", "x": base64.urlsafe_b64encode(DISCORD.public_key().public_bytes_raw()).decode().rstrip("=")})
    broken("jwk-for-secret", "a JSON Web Key where the shared secret belongs", "shopify", jwk)
