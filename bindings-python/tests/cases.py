"""The conformance cases, as every language's runner reads them."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path
from typing import Any

ROOT = Path(os.environ.get("HOOKSEAL_ROOT", Path(__file__).parents[2]))

# How many there are: a runner that finds fewer has lost some.
VECTORS = 2457
# The fewest: a provider more has more.
SAMPLES = 41
BROKEN = 381
HANDSHAKES = 79
# Of these, how many have secrets that no webhook can be built with.
UNUSABLE = 32


class Case:
    """A delivery and what must become of it."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = given
        self.name: str = given["name"]
        self.headers: list[tuple[str, str]] = [(name, value) for name, value in given["headers"]]
        self.expect: dict[str, Any] = given["expect"]

    def __repr__(self) -> str:
        return self.name

    @property
    def body(self) -> bytes:
        if "body" in self.given:
            return str(self.given["body"]).encode()
        return base64.b64decode(self.given["body_base64"])

    @property
    def secrets(self) -> list[str] | list[bytes]:
        if "secrets_base64" in self.given:
            return [base64.b64decode(secret) for secret in self.given["secrets_base64"]]
        return list(self.given.get("secrets", []))


def vectors() -> list[Case]:
    files = sorted((ROOT / "tests/vectors").glob("*.json"))
    documents = [json.loads(file.read_bytes()) for file in files if file.name != "schema.json"]
    return [Case(case) for document in documents for case in document["cases"]]


def broken() -> list[Case]:
    document = json.loads((ROOT / "tests/explain/cases.json").read_bytes())
    return [Case(case) for case in document["cases"]]


def samples() -> list[Case]:
    files = sorted((ROOT / "core/providers").glob("*/samples/*.json"))
    return [Case(json.loads(file.read_bytes())) for file in files]
