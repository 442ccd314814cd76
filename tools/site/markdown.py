"""Markdown as the site and the checks of it read it: headings with their anchors, and links, outside of code."""

import re

HEADING = re.compile(r"^(#{1,6}) +(.*?)(?: +#+)? *$")
FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
# The target of a link or an image.
TARGET = re.compile(r"\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)?)\)")


def is_code(lines):
    """For each line whether it is of a fenced block, its fences included."""
    fence = None
    for line in lines:
        found = FENCE.match(line)
        if fence is None:
            yield found is not None
            fence = found[1] if found else None
        else:
            yield True
            if found and found[1].startswith(fence):
                fence = None


def masked(text):
    """The text with what is code made blank, as long as it was."""
    lines = text.split("\n")
    shown = "\n".join(" " * len(line) if code else line for line, code in zip(lines, is_code(lines), strict=True))
    return re.sub(r"(?<!`)(`+)(?!`)((?:(?!\n\n).)+?)(?<!`)\1(?!`)", lambda code: " " * len(code[0]), shown, flags=re.DOTALL)


def slug(title):
    """The anchor that GitHub and mdBook give a heading."""
    shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title)
    return re.sub(r"[^\w\- ]", "", shown.strip().lower()).replace(" ", "-")


def headings(text):
    """The headings in order: (number of the line, level, anchor)."""
    lines = text.split("\n")
    seen = {}
    for number, (line, code) in enumerate(zip(lines, is_code(lines), strict=True)):
        found = None if code else HEADING.match(line)
        if found:
            anchor = slug(found[2])
            count = seen[anchor] = seen.get(anchor, -1) + 1
            yield number, len(found[1]), f"{anchor}-{count}" if count else anchor


def targets(text):
    """Where links and images lead to: (start, end, target)."""
    for found in TARGET.finditer(masked(text)):
        yield found.start(1), found.end(1), text[found.start(1) : found.end(1)]


def with_targets(text, changed):
    """The text with each target as `changed` makes it."""
    out, at = [], 0
    for start, end, target in targets(text):
        out += [text[at:start], changed(target)]
        at = end
    return "".join([*out, text[at:]])
