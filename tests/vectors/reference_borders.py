"""What signed values must be so that their borders are certain, by peeling a content from its ends."""

import re

ANY = frozenset(map(chr, range(256)))
DIGITS = frozenset("0123456789")
SPACE = frozenset(" \t\r\n")
VISIBLE = frozenset(map(chr, range(33, 127)))
LENGTH = {"seconds": 10, "milliseconds": 13}


class Part:
    """`first` and `last` bytes of its words, and `more`: what may continue or precede one to make another."""

    def __init__(self, name, first, last, more, fixed=False):
        self.name, self.first, self.last, self.more, self.fixed = name, set(first), set(last), set(more), fixed


URLS = DIGITS | frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~:/?#@!$&'()*+,;=%")


def part(text, unit, body, identity):
    if text == "{id}" and identity == "uuid" or text == "{timestamp}" and unit == "http-date":
        return Part(text, VISIBLE, VISIBLE, (), fixed=True)
    if text == "{id}" or text.startswith("{header:"):
        return Part(text, VISIBLE, VISIBLE, VISIBLE | {" ", "\t"})
    if text == "{timestamp}":
        end = DIGITS | {"Z", "z"} if unit == "rfc3339" else DIGITS
        return Part(text, DIGITS, end, () if unit == "rfc3339" else DIGITS)
    if text == "{body}":
        if "any" in body:
            return Part(text, ANY, ANY, ANY)
        arrays = "array" in body
        first, last = SPACE | set("{[" if arrays else "{"), SPACE | set("}]" if arrays else "}")
        return Part(text, first, last, first | last if "empty" in body else SPACE)
    if text == "{method}":
        return Part(text, *[frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")] * 3)
    if text in ("{url}", "{path}", "{query}"):
        return Part(text, URLS, URLS, URLS)
    if text.startswith(("{body:sha", "{constant:")) or text == "{secret}":
        return Part(text, ANY, ANY, (), fixed=True)
    if text.startswith("{pointer:"):
        return Part(text, ANY, ANY, ANY)
    return Part(text, text[0], text[-1], (), fixed=True)


def is_text(part):
    return part.name == "{id}" or part.name.startswith("{header:")


def demands(content, unit, body, identity=None):
    """`body` is the kinds that it may be of, "any" for bytes too. The characters that no id may hold, and how many digits a timestamp has, None for any number."""
    parts = [part(text, unit, body, identity) for text in re.split(r"(\{[^{}]+\})", content) if text]
    without, digits = set(), None
    while len(parts) > 1:
        left, right = parts[0], parts[-1]
        after, before = parts[1].first, parts[-2].last
        if left.fixed or not left.more & after:
            parts.pop(0)
        elif right.fixed or not right.more & before:
            parts.pop()
        elif left.name == "{timestamp}":
            digits, left.more = LENGTH[unit], set()
        elif is_text(left) and len(after) == 1:
            without |= after
            left.more -= after
        elif right.name == "{timestamp}":
            digits, right.more = LENGTH[unit], set()
        elif is_text(right) and len(before) == 1:
            without |= before
            right.more -= before
        else:
            raise ValueError(f"{content} has no certain end")
    return without, digits
