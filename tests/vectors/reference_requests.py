"""What senders sign besides a body, an id and a time, read a second time: headers, the address, forms, tokens."""

import binascii
import hashlib
import re
import urllib.parse
from datetime import datetime, timezone

import reference_json as reader

VARIABLE = re.compile(r"(\{[^{}]+\})")
PLAIN = {"sha256", "sha512"}
TOKENS = {"token", "basic"}


class Absent(Exception):
    """With the code of the error for a value that is not there."""


def weaknesses(form):
    """What a form leaves open, as far as what it states must be true."""
    stated = form.get("weakness", [])
    return {stated} if isinstance(stated, str) else set(stated)


def leaves_body_open(scheme):
    return any(weaknesses(form) - {"plain-digest"} for form in scheme["signature"])


def named_headers(content):
    return [variable[8:-1] for variable in VARIABLE.findall(content or "") if variable.startswith("{header:")]


def http_date(text):
    """Nanoseconds since 1970 of a date as HTTP writes it, None if it is none."""
    try:
        moment = datetime.strptime(text, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=timezone.utc)
    except ValueError:
        return None
    return int(moment.timestamp()) * 10**9 if moment.strftime("%a, %d %b %Y %H:%M:%S GMT") == text else None


def string_at(body, pointer):
    """The string or the digits at a place of a body that may be no JSON, None if there is none."""
    document = reader.strict(body, parse_int=reader.Integer)
    value = None if document is reader.ABSENT else reader.find(document, pointer)
    if isinstance(value, reader.Integer) and value.startswith("-"):
        return None
    return str(value) if isinstance(value, str) else None


def split(url):
    """The path and the query of an address."""
    parts = urllib.parse.urlsplit(url)
    return parts.path or "/", parts.query


def is_covered(form, request, body):
    """Whether the address has the hash that a form demands: None if it has no such parameter."""
    demanded = form.get("body_hash")
    if demanded is None:
        return True
    if "url" not in request:
        raise Absent("missing_request")
    given = urllib.parse.parse_qs(split(request["url"])[1]).get(demanded["query"])
    return None if given is None else given == [body_hash(demanded["algorithm"], body)]


def body_hash(how, body):
    if how == "crc32":
        return str(binascii.crc32(body))
    algorithm, encoding = how.split(":")
    digest = hashlib.new(algorithm, body).digest()
    return digest.hex() if encoding == "hex" else binascii.b2a_base64(digest, newline=False).decode()


def sorted_form(body):
    """A form's names and values, sorted, each pair once."""
    text = body.decode()
    if re.search(r"%(?![0-9a-fA-F]{2})", text):
        raise Absent("invalid_payload")
    pairs = {tuple(map(urllib.parse.unquote_plus, (pair + "=").split("=")[:2])) for pair in text.split("&") if pair}
    return "".join(name + value for name, value in sorted(pairs, key=lambda pair: [part.encode() for part in pair]))


def value(variable, case, body, header):
    """The bytes of a variable; `header` looks one up."""
    kind, _, argument = variable.strip("{}").partition(":")
    request, options = case.get("request", {}), case.get("options", {})
    if kind == "header":
        return header(argument).encode()
    if kind == "pointer":
        text = string_at(body, argument)
        if text is None:
            raise Absent("invalid_payload")
        return text.encode()
    if kind == "body":
        return body_hash(argument, body).encode()
    if kind == "form":
        return sorted_form(body).encode()
    if kind == "constant":
        return options["constants"][argument].encode()
    if ("method" if kind == "method" else "url") not in request:
        raise Absent("missing_request")
    if kind == "method":
        return request["method"].upper().encode()
    path, query = split(request["url"])
    if kind in ("path", "query"):
        return {"path": path, "query": query}[kind].encode()
    if "origin" in options:
        return (options["origin"].rstrip("/") + path + ("?" + query if query else "")).encode()
    if "://" not in request["url"]:
        raise Absent("missing_request")
    return request["url"].encode()
