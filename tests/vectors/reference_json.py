"""Strict JSON, JSON pointers and the ECMAScript form, on Python's own json."""

import json
import re
from decimal import Decimal

ABSENT = object()
DEPTH = 128


def refuse(*_):
    raise ValueError


def parse(text, hook, **kinds):
    return json.loads(text, object_pairs_hook=hook, parse_constant=refuse, **kinds)


class Integer(str):
    """An integer as it is written."""


def strict(body, **kinds):
    """The value, ABSENT if the bytes are not JSON as RFC 8259 has it. Lone surrogates are U+FFFD."""
    try:
        text = body.decode("utf-8")
        value = parse(text, lambda pairs: {whole(key): value for key, value in pairs}, **kinds)
    except (ValueError, RecursionError):
        return ABSENT
    return whole(value) if depth(text) <= DEPTH else ABSENT


def whole(value):
    if isinstance(value, str) and not isinstance(value, Integer):
        return re.sub("[\ud800-\udfff]", "\ufffd", value)
    if isinstance(value, list):
        return [whole(item) for item in value]
    if isinstance(value, dict):
        return {key: whole(item) for key, item in value.items()}
    return value


def depth(text):
    level = deepest = 0
    for token in re.findall(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', text, re.DOTALL):
        level += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token, 0)
        deepest = max(deepest, level)
    return deepest


def find(document, pointer):
    """RFC 6901."""
    value = document
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and re.fullmatch("0|[1-9][0-9]*", step) and int(step) < len(value):
            value = value[int(step)]
        else:
            return ABSENT
    return value


def ecmascript(body):
    """What JSON.stringify(JSON.parse(body)) gives, None if the body has no such form."""
    try:
        value = parse(body.decode("utf-8"), dict, parse_int=float, parse_float=float)
    except (ValueError, RecursionError):
        return None
    return stringify(value).encode()


def stringify(value):
    if isinstance(value, dict):
        indices = sorted((key for key in value if is_index(key)), key=int)
        keys = indices + [key for key in value if not is_index(key)]
        return "{" + ",".join(f"{quote(key)}:{stringify(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(stringify, value)) + "]"
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, float):
        return number(value)
    return json.dumps(value)


def is_index(key):
    return bool(re.fullmatch("0|[1-9][0-9]*", key)) and int(key) < 2**32 - 1


def quote(text):
    return re.sub("[\ud800-\udfff]", lambda lone: f"\\u{ord(lone[0]):04x}", json.dumps(text, ensure_ascii=False))


def number(value):
    """Number::toString of ECMA-262, from the shortest digits that read back as the same double."""
    if value in (float("inf"), float("-inf")):
        return "null"
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    digits = "".join(map(str, digits))
    count, point = len(digits), len(digits) + exponent
    if count <= point <= 21:
        text = digits + "0" * (point - count)
    elif 0 < point <= 21:
        text = f"{digits[:point]}.{digits[point:]}"
    elif -6 < point <= 0:
        text = "0." + "0" * -point + digits
    else:
        text = digits[0] + ("." + digits[1:] if count > 1 else "") + f"e{point - 1:+d}"
    return "-" * sign + text
