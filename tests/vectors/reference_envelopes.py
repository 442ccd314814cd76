"""A second reading of signatures that say themselves what they sign: RFC 9421 with RFC 9530, and RFC 7515."""

import base64
import hashlib
import hmac
import json
import re
import urllib.parse

import reference_keys as public
import reference_requests as requests

LAYOUTS = {"rfc9421", "jws"}
NAMES = {
    "rfc9421": {"hmac-sha256": ["hmac-sha256"], "ed25519": ["ed25519"], "ecdsa-p256-sha256": ["ecdsa-p256-sha256"],
                "rsa-pss-sha512": ["rsa-pss-sha512"], "rsa-pkcs1-sha256": ["rsa-v1_5-sha256"]},
    "jws": {"hmac-sha256": ["HS256"], "hmac-sha384": ["HS384"], "hmac-sha512": ["HS512"],
            **{name: list(names) for name, names in public.NAMES.items()}},
}
KEY = r"[a-z*][a-z0-9_.*-]*"
TEXT = r'"[ !#-\[\]-~]*"'
PARAMETER = re.compile(rf"; *({KEY})=({TEXT}|0|[1-9][0-9]{{0,14}})")
INPUT = re.compile(rf"({KEY})=\( *((?:{TEXT}(?: +|(?=\))))*)\)((?:{PARAMETER.pattern})*)")
BYTES = re.compile(rf"({KEY})=:([^:, ]*):")


class Refused(Exception):
    """With the error's code."""


def demand(truth, code="malformed_header"):
    if not truth:
        raise Refused(code)


def field(headers, name):
    found = [value.strip(" \t") for given, value in headers if given.lower() == name.lower()]
    demand(all(re.fullmatch(r"[\t -~]*", value) for value in found))
    return ", ".join(found) if found else None


def members(text, pattern):
    """The members of a dictionary, each a match of the pattern, each of another name."""
    found, at = {}, 0
    text = text.strip(" \t")
    while at < len(text):
        if found:
            comma = re.compile(r"[ \t]*,[ \t]*").match(text, at)
            demand(comma and comma.end() < len(text))
            at = comma.end()
        match = pattern.match(text, at)
        demand(match and match[1] not in found)
        found[match[1]], at = match, match.end()
    return found


def normal(url):
    """A whole address, or one that begins with its path, in the one way of writing it."""
    parts = urllib.parse.urlsplit(url)
    scheme = parts.scheme.lower()
    host = parts.netloc.rpartition("@")[2].lower().removesuffix({"https": ":443", "http": ":80"}.get(scheme, "?"))
    upper = [re.sub("%..", lambda triplet: triplet[0].upper(), part) for part in (parts.path or "/", parts.query)]
    return scheme, host, *upper, "?" in url.partition("#")[0]


def derived(name, case):
    request, origin = case.get("request", {}), case.get("options", {}).get("origin")
    if ("method" if name == "@method" else "url") not in request:
        raise Refused("missing_request")
    if name == "@method":
        return request["method"].upper()
    scheme, host, path, query, has_query = normal(request["url"])
    if origin:
        scheme, host = normal(origin)[:2]
    if name in ("@target-uri", "@authority", "@scheme"):
        demand(host, "missing_request")
    target = path + ("?" + query if has_query else "")
    return {"@target-uri": f"{scheme}://{host}{target}", "@authority": host, "@scheme": scheme, "@path": path,
            "@request-target": target, "@query": "?" + query}[name]


def base(input_, written, form, case):
    known = {name.lower() for name in [*form["components"], *form.get("may_cover", []), "content-digest"]}
    lines = []
    for name in input_:
        if name.startswith("@"):
            demand(name in ("@method", "@target-uri", "@authority", "@scheme", "@path", "@request-target", "@query"))
            value = derived(name, case)
        else:
            demand(name in known)
            value = field(case["headers"], name)
            demand(value is not None, "missing_header")
        lines.append(f'"{name}": {value}\n')
    return "".join(lines) + f'"@signature-params": {written}'


def message(form, case):
    """The signature, what it signs, its parameters, and whether the body is what it covers."""
    field_ = field(case["headers"], "Signature-Input")
    demand(field_ is not None, "missing_header")
    inputs = []
    for label, match in members(field_, INPUT).items():
        components = re.findall(r'"([^"]*)"', match[2])
        demand(len(set(components)) == len(components) and components == [name.lower() for name in components])
        pairs = [(name, value) for name, value in PARAMETER.findall(match[3])]
        parameters = dict(pairs)
        demand(len(parameters) == len(pairs))
        for name in ("created", "expires"):
            demand(not parameters.get(name, "0").startswith('"'))
        for name in ("nonce", "keyid", "alg", "tag"):
            demand(parameters.get(name, '"').startswith('"'))
        written = "(" + " ".join(f'"{name}"' for name in components) + ")" + "".join(f";{name}={value}" for name, value in pairs)
        inputs.append((label, components, {name: value.strip('"') for name, value in pairs}, written))
    if "label" in form:
        inputs = [one for one in inputs if one[0] == form["label"]]
    elif "tag" in form:
        inputs = [one for one in inputs if one[2].get("tag") == form["tag"]]
    demand(len(inputs) == 1)
    label, components, parameters, written = inputs[0]
    demand(set(form["components"]) <= set(components) and set(form["parameters"]) <= set(parameters))
    demand("tag" not in form or parameters.get("tag") == form["tag"])
    if "created" in parameters and "expires" in parameters:
        lasts = int(parameters["expires"]) - int(parameters["created"])
        demand(0 < lasts <= form.get("lifetime", lasts))
    if parameters.get("alg", NAMES["rfc9421"][form["algorithm"]][0]) not in NAMES["rfc9421"][form["algorithm"]]:
        return None
    signatures = members(field(case["headers"], "Signature"), BYTES)
    demand(label in signatures)

    def covers(body):
        if "content-digest" not in components:
            return True
        digests = {name: match[2] for name, match in members(field(case["headers"], "Content-Digest"), BYTES).items()}
        known = [(name, digests[name]) for name in ("sha-256", "sha-512") if name in digests]
        demand(known)
        return all(value == base64.b64encode(hashlib.new(name.replace("-", ""), body).digest()).decode() for name, value in known)

    time, until = parameters.get("created"), parameters.get("expires")
    return signatures[label][2], lambda _: base(components, written, form, case), (time, until, parameters.get("keyid")), covers


def members_of(text):
    """The members of an object in base64url."""
    demand(re.fullmatch("[A-Za-z0-9_-]+", text))
    try:
        value = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), object_pairs_hook=public.unique)
    except ValueError as error:
        raise Refused("malformed_header") from error
    demand(isinstance(value, dict))
    return value


def token(form, case, stamp):
    parts = field(case["headers"], form["header"]).split(".")
    demand(len(parts) == 3 and parts[0].startswith("e"))
    header = members_of(parts[0])
    demand(not {"jwk", "jku", "x5c", "x5u", "crit", "b64", "enc", "zip"} & set(header) and isinstance(header.get("alg"), str))
    hashed, claims = form.get("body_hash"), {}
    if hashed is None:
        demand(parts[1] == "")
    else:
        claims = members_of(parts[1])
    if header["alg"] not in NAMES["jws"][form["algorithm"]]:
        return None

    def number(name):
        value = claims.get(name)
        return str(value) if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None

    def covers(body):
        return hashed is None or claims.get(hashed["claim"]) == requests.body_hash(hashed["algorithm"], body)

    def signed(body):
        return f"{parts[0]}.{parts[1] or base64.urlsafe_b64encode(body).decode().rstrip('=')}"

    return parts[2], signed, (number(stamp.get("parameter")), number("exp"), header.get("kid")), covers


def authenticate(scheme, case, body, keys, digits):
    """The index of the key. `digits` reads what is written in an encoding."""
    stamp = scheme.get("timestamp", {})
    is_message = scheme["signature"][0]["layout"] == "rfc9421"
    for name in ["Signature-Input", "Signature"] if is_message else [scheme["signature"][0]["header"]]:
        demand(field(case["headers"], name) is not None, "missing_header")
    for form in scheme["signature"]:
        if not any(form["algorithm"] in of for of in keys):
            continue
        read = message(form, case) if is_message else token(form, case, stamp)
        if read is None:
            continue
        text, signed, (time, until, key_id), covers = read
        signature = digits(text, form.get("encoding", "base64") if is_message else "base64url-nopad")
        shortest, longest = public.LENGTHS.get(form["algorithm"], (int(form["algorithm"][-3:]) // 8,) * 2)
        if signature is None or not shortest <= len(signature) <= longest:
            continue
        demand(time is not None or "parameter" not in stamp)
        index = matching(form["algorithm"], keys, signed(body).encode(), signature, key_id if "id" in scheme.get("key", {}) else None)
        demand(index is not None and covers(body), "signature_mismatch")
        tolerance = case.get("tolerance", stamp.get("tolerance", 300))
        demand("parameter" not in stamp or abs(case["now"] - int(time)) <= tolerance, "timestamp_out_of_tolerance")
        demand(until is None or case["now"] <= int(until), "timestamp_out_of_tolerance")
        return index
    raise Refused("malformed_header")


def matching(algorithm, keys, signed, signature, key_id):
    for index, of in enumerate(keys):
        key = of.get(algorithm)
        if key is None:
            continue
        if isinstance(key, bytes):
            if hmac.compare_digest(hmac.new(key, signed, algorithm.removeprefix("hmac-")).digest(), signature):
                return index
            continue
        one = key.get(None) or key.get(key_id)
        if one and public.verifies(algorithm, one, signed, signature):
            return index
    return None
