"""A second reading of public keys and of the signatures that they check, on OpenSSL by way of `cryptography`."""

import base64
import binascii
import json
import re

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils
from cryptography.hazmat.primitives.serialization import load_der_public_key, load_pem_public_key

LENGTHS = {
    "ed25519": (64, 64),
    "ecdsa-p256-sha256": (64, 64),
    "ecdsa-p256-sha256-der": (8, 72),
    "rsa-pkcs1-sha256": (256, 1024),
    "rsa-pkcs1-sha512": (256, 1024),
    "rsa-pss-sha256": (256, 1024),
    "rsa-pss-sha512": (256, 1024),
}
NAMES = {
    "ed25519": ("EdDSA", "Ed25519"),
    "ecdsa-p256-sha256": ("ES256",),
    "ecdsa-p256-sha256-der": ("ES256",),
    "rsa-pkcs1-sha256": ("RS256",),
    "rsa-pkcs1-sha512": ("RS512",),
    "rsa-pss-sha256": ("PS256",),
    "rsa-pss-sha512": ("PS512",),
}
# The names of the algorithms of keys, as DER has them; and how a bare RSA key begins.
OBJECTS = [bytes.fromhex("06032b6570"), bytes.fromhex("06072a8648ce3d0201"), bytes.fromhex("06092a864886f70d0101")]
BARE_RSA = re.compile(rb"\x30\x82..\x02\x82", re.DOTALL)

PRIME = 2**255 - 19
D = -121665 * pow(121666, -1, PRIME) % PRIME


def is_of_pair(text):
    """Whether a text looks like a public or private key."""
    if text.lstrip().startswith("-----BEGIN ") or re.match(r"(v1a,)?wh[ps]k_", text):
        return True
    if text.lstrip().startswith("{"):
        return '"kty"' in text or '"keys"' in text
    der = base64_bytes(text)
    return der is not None and (BARE_RSA.match(der) is not None or der[:1] == b"0" and any(name in der for name in OBJECTS))


def read(algorithm, text, by_id):
    """The keys in a text by their ids. Raises ValueError for what is no key of the algorithm."""
    text = text.strip()
    if text.startswith("{"):
        document = json.loads(text, object_pairs_hook=unique)
        if "keys" in document:
            if not by_id:
                raise ValueError("nothing names one of them")
            return key_set(algorithm, document["keys"])
        key_id = document.get("kid") if by_id else None
        return {key_id: checked(algorithm, from_jwk(algorithm, document))}
    return {None: checked(algorithm, from_text(algorithm, text))}


def unique(pairs):
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a member is there twice")
    return dict(pairs)


def key_set(algorithm, keys):
    kind = {"ed": "OKP", "ec": "EC", "rs": "RSA"}[algorithm[:2]]
    own = [key for key in keys if key["kty"] == kind and key.get("use", "sig") == "sig"
           and key.get("alg", NAMES[algorithm][0]) in NAMES[algorithm]]
    found = {key["kid"]: checked(algorithm, from_jwk(algorithm, key)) for key in own if "kid" in key}
    if not own or len(found) != len(own):
        raise ValueError("no key, or one without an id of its own")
    return found


def from_jwk(algorithm, key):
    if "d" in key or key.get("use", "sig") != "sig" or "verify" not in key.get("key_ops", ["verify"]):
        raise ValueError("not for verifying")
    if key.get("alg", NAMES[algorithm][0]) not in NAMES[algorithm]:
        raise ValueError("another algorithm")

    def number(name):
        if not re.fullmatch(r"[A-Za-z0-9_-]+", key[name]):
            raise ValueError("not base64url")
        return base64.urlsafe_b64decode(key[name] + "=" * (-len(key[name]) % 4))

    match key["kty"], key.get("crv"):
        case "OKP", "Ed25519":
            return ed25519.Ed25519PublicKey.from_public_bytes(number("x"))
        case "EC", "P-256":
            if len(number("x")) != 32 or len(number("y")) != 32:
                raise ValueError("not of 32 bytes")
            return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b"\x04" + number("x") + number("y"))
        case "RSA", None:
            return rsa.RSAPublicNumbers(int.from_bytes(number("e")), int.from_bytes(number("n"))).public_key()
    raise ValueError("no such key")


def from_text(algorithm, text):
    pem = re.fullmatch(r"-----BEGIN ([A-Z ]+)-----\s[A-Za-z0-9+/=\s]+-----END \1-----", text)
    if pem:
        if pem[1] == "CERTIFICATE":
            return x509.load_pem_x509_certificate(text.encode()).public_key()
        if pem[1] not in ("PUBLIC KEY", "RSA PUBLIC KEY"):
            raise ValueError("something else")
        return load_pem_public_key(text.encode())
    prefixed = re.fullmatch(r"(?:v1a,)?whpk_(.*)", text)
    raw = base64_bytes(prefixed[1] if prefixed else text)
    is_hex = not prefixed and re.fullmatch(r"([0-9a-fA-F]{2})+", text) is not None
    if is_hex:
        raw = bytes.fromhex(text)
    if raw is None:
        raise ValueError("no digits")
    if raw[:1] == b"\x30" and len(raw) > 40 and not is_hex:
        return load_der_public_key(raw)
    if algorithm == "ed25519":
        return ed25519.Ed25519PublicKey.from_public_bytes(raw)
    if prefixed or algorithm.startswith("rsa") or len(raw) not in (33, 65):
        raise ValueError("another kind of key")
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)


def base64_bytes(text):
    padded = text if text.endswith("=") else text + "=" * (-len(text) % 4)
    try:
        raw = base64.b64decode(padded, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if base64.b64encode(raw).decode() == padded else None


def checked(algorithm, key):
    """The key, if it is one of the algorithm and not weak."""
    match algorithm[:2], key:
        case "ed", ed25519.Ed25519PublicKey() if not is_small(key.public_bytes_raw()):
            return key
        case "ec", ec.EllipticCurvePublicKey() if isinstance(key.curve, ec.SECP256R1):
            return key
        case "rs", rsa.RSAPublicKey() if 2048 <= key.key_size <= 8192:
            exponent = key.public_numbers().e
            if exponent >= 65537 and exponent % 2:
                return key
    raise ValueError("another kind of key, or a weak one")


def is_small(raw):
    """Whether a point of Ed25519's curve has an order of at most 8. Raises ValueError for what is no point."""
    y = int.from_bytes(raw, "little") & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if x * x % PRIME != square:
        x = x * pow(2, (PRIME - 1) // 4, PRIME) % PRIME
    if x * x % PRIME != square:
        raise ValueError("no point of the curve")
    for _ in range(3):
        product = D * x * x * y * y
        x, y = 2 * x * y * pow(1 + product, -1, PRIME) % PRIME, (y * y + x * x) * pow(1 - product, -1, PRIME) % PRIME
    return (x, y) == (0, 1)


def verifies(algorithm, key, message, signature):
    sha = hashes.SHA512() if algorithm.endswith("512") else hashes.SHA256()
    try:
        if algorithm == "ed25519":
            key.verify(signature, message)
        elif algorithm.startswith("ecdsa"):
            if not algorithm.endswith("der"):
                halves = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
                signature = utils.encode_dss_signature(*halves)
            key.verify(signature, message, ec.ECDSA(sha))
        elif "pss" in algorithm:
            key.verify(signature, message, padding.PSS(padding.MGF1(sha), sha.digest_size), sha)
        else:
            key.verify(signature, message, padding.PKCS1v15(), sha)
    except InvalidSignature:
        return False
    return True
