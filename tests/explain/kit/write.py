"""Writes the cases: readable, and the same bytes every time."""

import base64
import json
import re

# Characters that a reader of the file could not see, or would take for another.
UNSEEN = re.compile("[\u007f-\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff0-\uffff]")


def as_text(name, value):
    """`{name: text}`, or `{name_base64: …}` where it is not UTF-8."""
    many = value if isinstance(value, list) else [value]
    try:
        texts = [item.decode() for item in many]
    except UnicodeDecodeError:
        name, texts = f"{name}_base64", [base64.b64encode(item).decode() for item in many]
    return {name: texts if isinstance(value, list) else texts[0]}


def quoted(value):
    text = json.dumps(value, ensure_ascii=False)
    return UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def case_text(case):
    """One line a field, one line a header."""
    lines = []
    for name, value in case.items():
        if name == "headers" and value:
            rows = ",\n".join(f"        {quoted(pair)}" for pair in value)
            lines.append(f'      "headers": [\n{rows}\n      ]')
        else:
            lines.append(f"      {quoted(name)}: {quoted(value)}")
    return "    {\n" + ",\n".join(lines) + "\n    }"


def document(description, cases):
    body = ",\n".join(map(case_text, cases))
    return f'{{\n  "description": {quoted(description)},\n  "cases": [\n{body}\n  ]\n}}\n'
