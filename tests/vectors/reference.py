"""A second reading of the documented schemes, on Python's own hmac and json.

It shares no code and no data with the library or with the generator: a wrong vector has to be wrong in the same way
in all of them to pass. It is written to be read, not to be fast.
"""

import base64
import binascii
import hashlib
import hmac
import re
import urllib.parse
from datetime import datetime, timezone

import reference_borders as borders
import reference_envelopes as envelopes
import reference_json as reader
import reference_keys as public
import reference_requests as requests

# As the providers document them.
BODY = "{body}"
STAMPED = "{timestamp}.{body}"


def single(header, algorithm, prefix=""):
    return {"header": header, "algorithm": algorithm, "encoding": "hex", "prefix": prefix, "content": BODY}


def stripe_like(header):
    return {"header": header, "algorithm": "hmac-sha256", "encoding": "hex", "layout": "pairs", "separator": ",",
            "signature_key": "v1", "timestamp_key": "t", "content": STAMPED}


def at(pointer):
    return {"pointer": pointer}


PROVIDERS = {
    "coverkit": {
        "signature": [single("coverkit-signature", "hmac-sha256"), single("coverkit-signature", "hmac-sha256", "sha256="),
                      stripe_like("coverkit-signature")],
        "event": {"type": at("/type"), "id": at("/id"), "created_at": at("/createdAt"), "data": at("/data")},
    },
    "kasko": {
        "signature": [single("X-KASKO-Signature", "hmac-sha1", "sha1=")],
        "event": {"type": {"header": "X-KASKO-Event"}, "id": {"header": "X-KASKO-Delivery"}, "data": at(""),
                  "test": {"pointer": "/livemode", "equals": False}},
    },
    "mycover": {
        "signature": [single("x-mycoverai-signature", "hmac-sha512")],
        "payload": {"signed_as": "ecmascript"},
        "event": {"type": at("/event"), "id": at("/event_id"), "created_at": at("/data/created_at"), "data": at("/data")},
    },
    "claimport": {
        "signature": [single("X-ClaimPort-Signature", "hmac-sha256", "sha256=")],
        "event": {"type": at("/type"), "id": at("/id"), "created_at": at("/timestamp"), "data": at("/data"),
                  "data_default": {}, "test": {"type": "webhook.test"}},
    },
    "standard-webhooks": {
        "signature": [{"header": ["webhook-signature", "svix-signature"], "algorithm": "hmac-sha256", "encoding": "base64",
                       "layout": "list", "separator": " ", "prefix": "v1,", "content": "{id}.{timestamp}.{body}"},
                      {"header": ["webhook-signature", "svix-signature"], "algorithm": "ed25519", "encoding": "base64",
                       "layout": "list", "separator": " ", "prefix": "v1a,", "content": "{id}.{timestamp}.{body}"}],
        "key": {"encoding": "base64", "prefix": ["whsec_", "v1,whsec_"]},
        "payload": {"accepts": ["object", "array", "empty"]},
        "id": {"header": ["webhook-id", "svix-id"]},
        "timestamp": {"header": ["webhook-timestamp", "svix-timestamp"]},
        "event": {"type": at("/type"), "type_required": False, "id": {"header": ["webhook-id", "svix-id"]},
                  "created_at": at("/timestamp"), "data": at("/data")},
    },
    "stripe": {
        "signature": [stripe_like("Stripe-Signature")],
        "event": {"type": at("/type"), "type_required": False, "id": at("/id"), "data": at("/data"),
                  "created_at": {"pointer": "/created", "unit": "seconds"}, "test": {"pointer": "/livemode", "equals": False}},
    },
    "github": {
        "signature": [single("X-Hub-Signature-256", "hmac-sha256", "sha256=")],
        "payload": {"form_field": "payload"},
        "event": {"type": {"header": "X-GitHub-Event"}, "type_required": False, "id": {"header": "X-GitHub-Delivery"},
                  "data": at("")},
    },
    "twilio": {
        "signature": [{"header": "X-Twilio-Signature", "algorithm": "hmac-sha1", "encoding": "base64", "content": "{url}",
                       "body_hash": {"query": "bodySHA256", "algorithm": "sha256:hex"}},
                      {"header": "X-Twilio-Signature", "algorithm": "hmac-sha1", "encoding": "base64",
                       "content": "{url}{form:sorted}", "weakness": "borders"}],
        "payload": {"format": "bytes"},
        "event": {"type_required": False},
    },
    "square": {
        "signature": [{"header": "x-square-hmacsha256-signature", "algorithm": "hmac-sha256", "encoding": "base64",
                       "content": "{constant:notification_url}{body}"}],
        "event": {"type": at("/type"), "type_required": False, "id": at("/event_id"), "created_at": at("/created_at"),
                  "data": at("/data")},
    },
    "hubspot": {
        "signature": [{"header": "X-HubSpot-Signature-v3", "algorithm": "hmac-sha256", "encoding": "base64",
                       "content": "POST{constant:target_url}{body}{timestamp}"}],
        "payload": {"accepts": ["object", "array"]},
        "timestamp": {"header": ["X-HubSpot-Request-Timestamp"], "unit": "milliseconds"},
        "event": {"type_required": False, "data": at("")},
    },
    "sendgrid": {
        "signature": [{"header": "X-Twilio-Email-Event-Webhook-Signature", "algorithm": "ecdsa-p256-sha256-der",
                       "encoding": "base64", "content": "{timestamp}{body}"}],
        "payload": {"accepts": ["object", "array"]},
        "timestamp": {"header": ["X-Twilio-Email-Event-Webhook-Timestamp"]},
        "event": {"type_required": False, "data": at("")},
    },
    "discord": {
        "signature": [{"header": "X-Signature-Ed25519", "algorithm": "ed25519", "encoding": "hex", "content": "{timestamp}{body}"}],
        "timestamp": {"header": ["X-Signature-Timestamp"]},
        "event": {"type": at("/event/type"), "type_required": False, "id": at("/id"), "data": [at("/event/data"), at("")]},
    },
    "slack": {
        "signature": [{"header": "X-Slack-Signature", "algorithm": "hmac-sha256", "encoding": "hex", "prefix": "v0=",
                       "content": "v0:{timestamp}:{body}"}],
        "payload": {"form_field": "payload"},
        "timestamp": {"header": ["X-Slack-Request-Timestamp"]},
        "event": {"type": [at("/event/type"), at("/type")], "id": at("/event_id"),
                  "created_at": {"pointer": "/event_time", "unit": "seconds"}, "data": [at("/event"), at("")]},
    },
    "shopify": {
        "signature": [{"header": "X-Shopify-Hmac-Sha256", "algorithm": "hmac-sha256", "encoding": "base64", "content": BODY}],
        "event": {"type": {"header": "X-Shopify-Topic"}, "id": {"header": "X-Shopify-Webhook-Id"}, "data": at("")},
    },
}
DIGEST_LENGTH = {"hmac-sha1": 20, "hmac-sha256": 32, "sha256": 32, "hmac-sha384": 48, "hmac-sha512": 64, "sha512": 64}


class Refused(Exception):
    """With the error's code."""


def many(value):
    return value if isinstance(value, list) else [] if value is None else [value]


# Secrets.
def keys_of(secret, scheme):
    """The keys in a text, by algorithm."""
    text = secret.decode("utf-8", "surrogateescape")
    if not is_utf8(secret) and is_utf8(secret, "surrogatepass"):
        raise Refused("invalid_secret")
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    may_have_lines = text.lstrip()[:1] == "{" or "-----BEGIN " in text
    if not text.strip() or (text.strip() != text and not may_have_lines) or quoted:
        raise Refused("invalid_secret")
    algorithms = [form["algorithm"] for form in scheme["signature"]]
    publics = [algorithm for algorithm in algorithms if algorithm in public.LENGTHS]
    if len(publics) < len(algorithms) and not public.is_of_pair(text):
        key = key_of(secret, text, scheme.get("key", {}))
        return {algorithm: key for algorithm in algorithms if algorithm not in publics}
    found = {}
    for algorithm in publics:
        try:
            found[algorithm] = public.read(algorithm, text, "id" in scheme.get("key", {}))
        except (ValueError, KeyError):
            pass
    if not found:
        raise Refused("invalid_secret")
    return found


def key_of(secret, text, form):
    encoding = form.get("encoding", "utf8")
    if encoding == "utf8":
        return secret
    prefix = next((prefix for prefix in many(form.get("prefix")) if text.startswith(prefix)), "")
    bare = text.removeprefix(prefix)
    if encoding == "base64" and not bare.endswith("="):
        bare += "=" * (-len(bare) % 4)
    key = read_digits(bare, encoding)
    if not key:
        raise Refused("invalid_secret")
    return key


def is_utf8(given, errors="strict"):
    try:
        given.decode("utf-8", errors)
    except UnicodeDecodeError:
        return False
    return True


def read_digits(text, encoding):
    """The bytes that hex or base64 stands for, None if it is not strictly that."""
    if encoding == "hex":
        return bytes.fromhex(text) if re.fullmatch(r"([0-9a-fA-F]{2})*", text) else None
    padded = text + "=" * (-len(text) % 4) if encoding == "base64url-nopad" and "=" not in text else text
    if encoding == "base64url-nopad" and padded == text and "=" in text:
        return None
    alphabet = "+/" if encoding == "base64" else "-_"
    if not re.fullmatch(f"[0-9A-Za-z{re.escape(alphabet)}]*={{0,2}}", padded) or len(padded) % 4:
        return None
    try:
        value = base64.b64decode(padded, altchars=alphabet.encode(), validate=True)
    except binascii.Error:
        return None
    return value if base64.b64encode(value, altchars=alphabet.encode()).decode() == padded else None


# Headers.
ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def values_of(headers, names):
    """What stands in the first of the headers that is there, None if none is."""
    for name in many(names):
        spellings = {name.translate(ASCII_LOWER), "HTTP_" + name.upper().replace("-", "_")}
        found = {value for given, value in headers if given.translate(ASCII_LOWER) in spellings or given in spellings}
        if found:
            return found
    return None


def header(headers, names):
    found = values_of(headers, names)
    if found is None:
        return None
    value = next(iter(found))
    if len(found) > 1 or not re.fullmatch(r"[\t -~]*", value):
        raise Refused("malformed_header")
    return value


def single(headers, names, of_type=False):
    """A value that cannot be a list: what was joined out of equal ones is one of them."""
    value = header(headers, names)
    if value is None or "," not in value:
        return value
    parts = {part.strip(" \t") for part in value.split(",")}
    if len(parts) == 1 and "" not in parts:
        return parts.pop()
    if ", " in value or of_type:
        raise Refused("malformed_header")
    return value


def digests(form, value):
    """The digests and the timestamp in a header, None if it is not of this form."""
    def digest(text):
        if form["algorithm"] == "token":
            return text.encode() or None
        if form["algorithm"] == "basic":
            return read_digits(text, "base64") or None
        if form.get("quoted"):
            text = urllib.parse.unquote(text[1:-1], errors="strict") if re.fullmatch('".*"', text) else ""
        decoded = read_digits(text, form["encoding"])
        length = DIGEST_LENGTH.get(form["algorithm"])
        shortest, longest = public.LENGTHS.get(form["algorithm"], (length, length))
        return decoded if decoded is not None and shortest <= len(decoded) <= longest else None

    layout, prefix = form.get("layout", "single"), form.get("prefix", "")
    if form["algorithm"] == "basic":
        word, _, value = value.partition(" ")
        prefix = "" if word.lower() == "basic" else "?"
    if layout == "pairs":
        if not value.startswith(prefix):
            return None
        value = value.removeprefix(prefix)
    stamps = set()
    if layout == "single":
        texts = [value.removeprefix(prefix)] if value.startswith(prefix) else []
    else:
        entries = value.split(form["separator"])
        if form["separator"] != " ":
            entries = [entry.strip(" ") for entry in entries]
        if layout == "list":
            texts = [entry.removeprefix(prefix) for entry in entries if entry.startswith(prefix)]
        else:
            pairs = [entry.partition("=")[::2] for entry in entries if "=" in entry]
            texts = [text for key, text in pairs if key == form["signature_key"]]
            stamps = {text for key, text in pairs if key == form.get("timestamp_key")}
    good = [found for found in map(digest, texts) if found is not None]
    too_many = form["algorithm"] in public.LENGTHS and len(good) > 8
    if not good or too_many or len(stamps) > 1 or ("timestamp_key" in form and not stamps):
        return None
    return good, next(iter(stamps), None)


# Time.
def moment(text):
    """Nanoseconds since 1970 of an RFC 3339 date and time, None if it is none."""
    pattern = r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d):(\d\d)(\.\d+)?([Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))"
    match = re.fullmatch(pattern, text, re.ASCII)
    if not match:
        return None
    date, clock, second, fraction, _, sign, hours, minutes = match.groups()
    leap = second == "60"
    try:
        day = datetime.fromisoformat(f"{date}T{clock}:{'59' if leap else second}").replace(tzinfo=timezone.utc)
    except ValueError:
        return None
    offset = (int(hours) * 60 + int(minutes)) * (-60 if sign == "-" else 60) if sign else 0
    seconds = (day - datetime(1970, 1, 1, tzinfo=timezone.utc)).days * 86400 + day.hour * 3600 + day.minute * 60 + day.second
    seconds -= offset
    if leap:
        following = datetime.fromtimestamp(seconds + 1, timezone.utc)
        ends_a_month = following.day == 1 and following.hour == following.minute == following.second == 0
        return seconds * 10**9 + 999_999_999 if ends_a_month else None
    return seconds * 10**9 + int((fraction or ".0")[1:10].ljust(9, "0"))


def creation(text, places):
    """Nanoseconds since 1970, None if it is not written as the scheme says or beyond the years 0 to 9999."""
    unit = places[0].get("unit", "rfc3339") if len(places) == 1 else "rfc3339"
    if unit == "rfc3339":
        value = None if isinstance(text, reader.Integer) else moment(text)
    elif re.fullmatch(r"-?(0|[1-9][0-9]{0,19})", text):
        value = int(text) * {"seconds": 10**9, "milliseconds": 10**6}[unit]
    else:
        value = None
    return value if value is not None and -62167219200 <= value // 10**9 <= 253402300799 else None


def timestamp(text, unit):
    if unit == "rfc3339":
        value = moment(text)
    elif unit == "http-date":
        value = requests.http_date(text)
    else:
        digits = re.fullmatch(r"0|[1-9][0-9]{0,19}", text)
        value = int(text) * {"seconds": 10**9, "milliseconds": 10**6}[unit] if digits else None
    if value is None:
        raise Refused("malformed_header")
    return value


# Verifying.
def verify(case):
    """The event, as the vectors write it, and the bytes that were authenticated."""
    try:
        return verify_request(case)
    except requests.Absent as absent:
        raise Refused(str(absent)) from absent


def verify_request(case):
    """The event, as the vectors write it, and the bytes that were authenticated."""
    if "scheme" in case:
        scheme = case["scheme"]
    elif case["provider"] in PROVIDERS:
        scheme = {"name": case["provider"], **PROVIDERS[case["provider"]]}
    else:
        raise Refused("unknown_provider")
    scheme = {**scheme, "signature": many(scheme["signature"])}
    secrets = [secret.encode() for secret in case.get("secrets", [])]
    secrets += [base64.b64decode(secret) for secret in case.get("secrets_base64", [])]
    if not secrets:
        raise Refused("invalid_secret")
    keys = [keys_of(secret, scheme) for secret in secrets]
    if sum(any(algorithm in public.LENGTHS for algorithm in of) for of in keys) > 8:
        raise Refused("invalid_secret")
    body = base64.b64decode(case["body_base64"]) if "body_base64" in case else case["body"].encode()
    headers, event = case["headers"], scheme["event"]

    if any(form.get("layout") in envelopes.LAYOUTS for form in scheme["signature"]):
        try:
            index = envelopes.authenticate(scheme, case, body, keys, read_digits)
        except envelopes.Refused as refused:
            raise Refused(str(refused)) from refused
        return say(scheme, event, scheme.get("payload", {}), body, {}, index), body

    # Is everything there?
    types = many(event.get("type"))
    contents = [form.get("content", "") for form in scheme["signature"]]
    stamp = scheme.get("timestamp", {})
    needed = [[name for form in scheme["signature"] for name in many(form.get("header"))]]
    needed = needed if needed[0] else []
    needed += [[name] for name in requests.named_headers(contents[0]) if all(f"{{header:{name}}}" in content for content in contents)]
    needed += [scheme["id"]["header"]] if all("{id}" in content for content in contents) else []
    needed += [stamp["header"]] if "header" in stamp and all("{timestamp}" in content for content in contents) else []
    if event.get("type_required", True) and all("header" in place for place in types):
        needed += [[name for place in types for name in many(place["header"])]]
    if any(values_of(headers, names) is None for names in needed):
        raise Refused("missing_header")

    # Is it of the form?
    fitting = []
    for form in scheme["signature"]:
        if "pointer" in form:
            value = requests.string_at(body, form["pointer"])
            if value is None:
                raise Refused("missing_header")
        elif form.get("header_match") == "any":
            present = [header(headers, name) for name in form["header"]]
            value = ",".join(value for value in present if value is not None)
        else:
            value = header(headers, form["header"])
        has_key = any(form["algorithm"] in of for of in keys)
        if value is not None and has_key and requests.is_covered(form, case.get("request", {}), body) is not None:
            read = digests(form, value)
            fitting += [(form, read)] if read else []
    if not fitting:
        raise Refused("malformed_header")
    form, (_, stamped) = fitting[0]
    content = form.get("content", "")
    signed_id, time, unit = "", None, stamp.get("unit", "seconds")
    payload = scheme.get("payload", {})
    is_plain = payload.get("format", "json") == "json" and "form_field" not in payload
    kinds = payload.get("accepts", ["object"]) if is_plain else ["any"]
    identities = scheme.get("id", {})
    is_open = "borders" in requests.weaknesses(form)
    without, digits = (set(), None) if is_open else borders.demands(content, unit, kinds, identities.get("form"))
    if "{id}" in content:
        signed_id = single(headers, scheme["id"]["header"])
        if signed_id is None:
            raise Refused("missing_header")
        if not signed_id or signed_id.strip(" \t") != signed_id or without & set(signed_id):
            raise Refused("malformed_header")
        uuid = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
        if identities.get("form") == "uuid" and not re.fullmatch(uuid, signed_id):
            raise Refused("malformed_header")
    if "{timestamp}" in content or ("pointer" in stamp and "{body}" in content):
        if "pointer" in stamp:
            stamped = requests.string_at(body, stamp["pointer"])
            if stamped is None:
                raise Refused("invalid_payload")
        elif stamped is None:
            stamped = (header if unit == "http-date" else single)(headers, stamp["header"])
        time = timestamp(stamped, unit)
        if digits is not None and len(stamped) != digits:
            raise Refused("malformed_header")
    by_header = {}
    for field in ("type", "id", "created_at"):
        for place in many(event.get(field)):
            if "header" in place:
                read = header if field == "created_at" else single
                of_type = {"of_type": True} if field == "type" else {}
                by_header[str(place["header"])] = read(headers, place["header"], **of_type)
    identity = {name.translate(ASCII_LOWER) for name in many(scheme.get("id", {}).get("header"))}
    if identity:
        # The id that is signed, however its header is spelt, and where nothing else is said.
        places = many(event.get("id")) or [{"header": scheme["id"]["header"]}]
        event = {**event, "id": places}
        for place in places:
            if {name.translate(ASCII_LOWER) for name in many(place.get("header"))} & identity:
                by_header[str(place["header"])] = signed_id
    if event.get("type_required", True) and types and all(
            "header" in place and by_header[str(place["header"])] == "" for place in types):
        raise Refused("malformed_header")

    # Is it genuine?
    key_id = single(headers, scheme["key"]["id"]["header"]) if "id" in scheme.get("key", {}) else None

    def signed_header(name):
        value = single(headers, name)
        if value is None:
            raise Refused("missing_header")
        if not value or without & set(value):
            raise Refused("malformed_header")
        return value

    parts = requests.VARIABLE.split(content)
    basics = {"{body}", "{timestamp}", "{id}", "{secret}"}
    others = {part: requests.value(part, case, body, signed_header)
              for part in parts if requests.VARIABLE.fullmatch(part) and part not in basics}

    def key_index(signed):
        # What else stands in the same header for keys of another kind is right too.
        beside = [other for other in fitting if other[0].get("header") == form.get("header")
                  and other[0]["algorithm"] != form["algorithm"] and other[0].get("content") == form.get("content")]
        for other, (given, _) in [fitting[0], *beside]:
            found = signed_by(other["algorithm"], given, signed)
            if found is not None:
                return found
        return None

    def signed_by(algorithm, given, signed):
        known = {"{body}": signed, "{timestamp}": (stamped or "").encode(), "{id}": signed_id.encode(), **others}
        for index, of in enumerate(keys):
            key = of.get(algorithm)
            if key is None:
                continue
            secret = {"{secret}": key} if isinstance(key, bytes) else {}
            message = b"".join({**known, **secret}.get(part, part.encode()) for part in parts)
            if algorithm in public.LENGTHS:
                key = key.get(None) or key.get(key_id)
                if key and any(public.verifies(algorithm, key, message, signature) for signature in given):
                    return index
                if key is None and key_id is None:
                    raise Refused("missing_header")
                continue
            if algorithm in requests.TOKENS:
                expected = key
            elif algorithm in requests.PLAIN:
                expected = hashlib.new(algorithm, message).digest()
            else:
                expected = hmac.new(key, message, algorithm.removeprefix("hmac-")).digest()
            if any(hmac.compare_digest(expected, digest) for digest in given):
                return index
        return None

    index = key_index(body)
    if index is None and payload.get("signed_as") == "ecmascript":
        canonical = reader.ecmascript(body)
        if canonical is not None:
            body = canonical
            index = key_index(body)
    if index is None or not requests.is_covered(form, case.get("request", {}), body):
        raise Refused("signature_mismatch")
    tolerance = case.get("tolerance", stamp.get("tolerance", 300))
    if time is not None and abs(case["now"] * 10**9 - time) > tolerance * 10**9:
        raise Refused("timestamp_out_of_tolerance")
    return say(scheme, event, payload, body, by_header, index), body


def signed_json(payload, body):
    """The JSON text that was signed, None if none was."""
    accepts = payload.get("accepts", ["object"])
    if payload.get("format", "json") != "json" or (not body and "empty" in accepts):
        return None
    field = payload.get("form_field")
    if field and body.startswith(field.encode() + b"="):
        value = body.removeprefix(field.encode() + b"=")
        if not is_utf8(body) or not re.fullmatch(rb"([^&%]|%[0-9a-fA-F]{2})*", value, re.DOTALL):
            raise Refused("invalid_payload")
        body = urllib.parse.unquote_to_bytes(value.replace(b"+", b" "))
    value = reader.strict(body)
    kind = {dict: "object", list: "array"}.get(type(value), "any")
    if value is reader.ABSENT or not {kind, "any"} & set(accepts):
        raise Refused("invalid_payload")
    return body


def say(scheme, event, payload, body, by_header, index):
    document = texts = reader.ABSENT
    text = signed_json(payload, body)
    if text is not None:
        document, texts = reader.strict(text), reader.strict(text, parse_int=reader.Integer)

    def first(field, document=document):
        for place in many(event.get(field)):
            value = by_header.get(str(place["header"])) if "header" in place else reader.find(document, place["pointer"])
            if value is not None and value is not reader.ABSENT:
                return value
            if value is None and "pointer" in place:
                return None
        return reader.ABSENT

    kind, required = first("type"), event.get("type_required", True)
    if not isinstance(kind, str) and not required:
        kind = ""
    if not isinstance(kind, str):
        raise Refused("invalid_payload")
    identity, created, data, test = first("id", texts), first("created_at", texts), first("data"), event.get("test", {})
    if data is reader.ABSENT:
        data = event.get("data_default", reader.ABSENT)
    is_negative_zero = isinstance(identity, reader.Integer) and identity == "-0"
    identity = str(identity) if isinstance(identity, str) and identity and not is_negative_zero else None
    signed_names = {name.translate(ASCII_LOWER) for name in many(scheme.get("id", {}).get("header"))}
    is_open = requests.leaves_body_open(scheme)

    def is_signed(field, place):
        contents = [form.get("content", "").translate(ASCII_LOWER) for form in scheme["signature"]]
        if "pointer" in place:
            return not is_open or all("{pointer:%s}" % place["pointer"] in form.get("content", "") for form in scheme["signature"])
        names = {name.translate(ASCII_LOWER) for name in many(place["header"])}
        in_all = all("{header:%s}" % name in content for name in names for content in contents)
        return in_all or (field == "id" and bool(names & signed_names))

    unsigned = [field for field in ("type", "id", "created_at")
                if not all(is_signed(field, place) for place in many(event.get(field)))] + ["body"] * is_open
    name = scheme["name"]
    return {
        "provider": name,
        "type": kind,
        "id": identity,
        "created_at": creation(created, many(event.get("created_at"))) if isinstance(created, str) else None,
        "test": kind == test["type"] if "type" in test
        else "pointer" in test and reader.find(document, test["pointer"]) is test["equals"],
        "data": None if data is reader.ABSENT else data,
        "has_data": data is not reader.ABSENT,
        "envelope": None if document is reader.ABSENT else document,
        "key_index": index,
        "unsigned": unsigned,
        "dedupe_key": f"{name}:{identity}" if identity is not None and "id" not in unsigned
        else f"{name}:{kind}:{hashlib.sha256(body).hexdigest()}",
    }
