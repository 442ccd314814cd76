"""Makes cases.json: usage: corpus.py BUILD [--check]. `make` calls it, with what it needs installed."""

import collections
import difflib
import json
import sys
from pathlib import Path

import jsonschema

from breaks import (
    arrays,
    body_bytes,
    body_fields,
    body_json,
    body_lost,
    body_wrapped,
    clocks,
    forgeries,
    genuine,
    headers,
    pairs,
    public_keys,
    secrets,
    secrets_other,
    secrets_wrapped,
    signatures,
    signing,
    urls,
)
from kit.book import Book
from kit.programs import Programs
from kit.sent import send_all
from kit.write import case_text, document

HERE = Path(__file__).resolve().parent
GROUPS = [
    body_json,
    body_bytes,
    body_wrapped,
    body_lost,
    body_fields,
    arrays,
    secrets,
    secrets_other,
    secrets_wrapped,
    public_keys,
    signatures,
    signing,
    headers,
    urls,
    clocks,
    pairs,
    forgeries,
    genuine,
]
DESCRIPTION = "Deliveries that were really broken, each with its cause; forgeries, which have none; some that verify."


def main():
    build, checking = sys.argv[1], "--check" in sys.argv
    book = Book()
    with Programs(build) as programs:
        sent = send_all(programs)
        for group in GROUPS:
            group.add(book, sent, programs)
    text = document(DESCRIPTION, book.cases)
    schema = json.loads((HERE / "schema" / "cases.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(json.loads(text))
    print(summary(book.cases))
    if checking:
        return check(text)
    (HERE / "cases.json").write_text(text, encoding="utf-8")
    return 0


def summary(cases):
    findings = collections.Counter(case["expect"]["finding"] for case in cases)
    verifying = sum(case["expect"].get("verifies", False) for case in cases)
    forged = findings.pop(None) - verifying
    broken = f"{findings.total()} broken by {len(findings)} causes"
    return f"{len(cases)} cases: {broken}, {forged} forged, {verifying} that verify"


def comparable(text):
    """Without what depends on the version of a compressing library."""
    cases = {case["name"]: case for case in json.loads(text)["cases"]}
    for case in cases.values():
        if "body_compressed" in (case["expect"]["finding"], *case["expect"].get("also", [])):
            del case["body_base64" if "body_base64" in case else "body"]
            case["headers"] = [pair for pair in case["headers"] if "length" not in pair[0].lower()]
    return cases


def check(text):
    """Says what is not current."""
    kept, made = comparable((HERE / "cases.json").read_text(encoding="utf-8")), comparable(text)
    problems = [name for name in {**kept, **made} if kept.get(name) != made.get(name)]
    for name in problems:
        rows = [case_text(cases[name]).splitlines(True) if name in cases else [] for cases in (kept, made)]
        sys.stderr.writelines(difflib.unified_diff(*rows, f"{name}, as it is kept\n", f"{name}, made anew\n", n=0))
    told = summary(list(made.values()))
    if told not in (HERE / "README.md").read_text(encoding="utf-8"):
        problems.append("README.md")
        print(f"README.md does not say: {told}", file=sys.stderr)
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
