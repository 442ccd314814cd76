#!/usr/bin/env python3
"""Checks the vectors themselves: their format, that they are what the generator writes, and that they are true.

Needs Node and the Python package jsonschema: pip install -r requirements.txt
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonschema

sys.dont_write_bytecode = True
import reference  # noqa: E402
import reference_handshakes as handshakes  # noqa: E402

HERE = Path(__file__).resolve().parent
ADAPTERS = HERE.parent / "adapters"
HANDSHAKES = HERE.parent / "handshakes"
GIVEN = {"accepted", "rejected", "canonical"}


def unique(pairs):
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError(f"a key is there twice: {[key for key, _ in pairs]}")
    return result


def load(path):
    return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=unique)


def same(found, expected):
    """Equal in value and in kind: 1 is not 1.0, nor true."""
    if type(found) is not type(expected):
        return False
    if isinstance(found, dict):
        return found.keys() == expected.keys() and all(same(found[key], expected[key]) for key in found)
    if isinstance(found, list):
        return len(found) == len(expected) and all(map(same, found, expected))
    return found == expected


def judge(case):
    """What is wrong with a case, by the reference's own reading."""
    expect = case["expect"]
    try:
        event, body = reference.verify(case)
    except reference.Refused as refused:
        code = str(refused)
        return None if expect.get("error") == code else f"{code}, expected {expect}"
    if "error" in expect:
        return f"accepted, expected {expect['error']}"
    for field, value in expect["event"].items():
        if field == "created_at" and value is not None:
            value = reference.moment(value)
        if not same(event[field], value):
            return f"{field} is {event[field]!r}, expected {value!r}"
    if "canonical" in expect:
        original = case["body"].encode()
        if reference.reader.ecmascript(original) != expect["canonical"].encode():
            return f"its ECMAScript form is {reference.reader.ecmascript(original)!r}"
        if body not in (original, expect["canonical"].encode()):
            return "neither form was authenticated"
    return None


def regenerated():
    """The files that the generator would write differently."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["node", str(HERE / "generate.mjs"), folder], check=True, stdout=subprocess.DEVNULL)
        fresh = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
    kept = {path.name: path.read_bytes() for path in vector_files() if path.stem not in GIVEN}
    return sorted(name for name in fresh.keys() | kept.keys() if fresh.get(name) != kept.get(name))


def miscounted(counts):
    """The files whose count the README has wrong, or not at all."""
    text = (HERE / "README.md").read_text(encoding="utf-8")
    told = {name: int(count) for name, count in re.findall(r"^\| `([\w-]+\.json)` \| (\d+) \|", text, re.MULTILINE)}
    told["all files"] = int(re.search(r" (\d+) cases\.$", text, re.MULTILINE)[1])
    counts = {**counts, "all files": sum(counts.values())}
    return sorted(name for name in counts.keys() | told.keys() if counts.get(name) != told.get(name))


def adapter_cases():
    """What is wrong with the table of adapter cases: its format, or a count in its README."""
    table = load(ADAPTERS / "cases.json")
    validator = jsonschema.Draft202012Validator(load(ADAPTERS / "cases.schema.json"))
    problems = [f"adapters: {error.json_path}: {error.message[:200]}" for error in validator.iter_errors(table)]
    needs = [case.get("needs") for case in table["cases"]]
    told = (f"There are {len(needs)} cases, of which {needs.count('headers_twice')} needs `headers_twice`, "
            f"{needs.count('adapter_reads')} `adapter_reads` and {needs.count('adapter_decodes')} `adapter_decodes`.")
    if told not in (ADAPTERS / "README.md").read_text(encoding="utf-8"):
        problems.append(f"adapters: README.md does not say: {told}")
    return problems


def handshake_cases():
    """What is wrong with the handshakes: their format, their count, or what is to be answered."""
    table = load(HANDSHAKES / "cases.json")
    validator = jsonschema.Draft202012Validator(load(HANDSHAKES / "cases.schema.json"))
    problems = [f"handshakes: {error.json_path}: {error.message[:200]}" for error in validator.iter_errors(table)]
    names = [case["name"] for case in table["cases"]]
    problems += [f"handshakes: two cases are named {name}" for name in set(names) if names.count(name) > 1]
    for case in table["cases"]:
        try:
            answer = handshakes.answer(case)
            found = {"answer": answer and dict(zip(("content_type", "body"), answer))}
        except handshakes.Refused as refused:
            found = {"error": str(refused)}
        if found != case["expect"]:
            problems.append(f"handshakes: {case['name']}: {found}, expected {case['expect']}")
    if f"There are {len(names)} cases" not in (HANDSHAKES / "README.md").read_text(encoding="utf-8").replace("\n", " "):
        problems.append(f"handshakes: README.md does not say that there are {len(names)} cases")
    return problems


def vector_files():
    return sorted(path for path in HERE.glob("*.json") if path.name != "schema.json")


def main():
    schema = load(HERE / "schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    problems, names, counts = [], set(), {}
    accepted = refused = schemes = 0
    for path in vector_files():
        document = load(path)
        problems += [f"{path.name}: {error.json_path}: {error.message[:200]}" for error in validator.iter_errors(document)]
        counts[path.name] = len(document["cases"])
        for case in document["cases"]:
            if case["name"] in names:
                problems.append(f"{path.name}: two cases are named {case['name']}")
            names.add(case["name"])
            if case["expect"].get("error") == "invalid_scheme":
                schemes += 1
                continue
            problem = judge(case)
            if problem:
                problems.append(f"{path.name}: {case['name']}: {problem}")
            elif "event" in case["expect"]:
                accepted += 1
            else:
                refused += 1
    problems += [f"{name} is not what generate.mjs writes" for name in regenerated()]
    problems += [f"README.md does not have the number of cases in {name}" for name in miscounted(counts)]
    problems += adapter_cases()
    problems += handshake_cases()
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(names)} cases: {accepted} accepted and {refused} refused, each recomputed by a second implementation;")
    print(f"{schemes} of schemes that cannot be built, by format alone. {len(problems)} problems.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
