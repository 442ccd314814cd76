"""What every adapter of every language must do with a request: the repository's table of it."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path
from typing import Any

import hookseal

ROOT = Path(os.environ.get("HOOKSEAL_ROOT", Path(__file__).resolve().parents[3]))

# How many there are: a runner that finds fewer has lost some.
COUNT = 81


class AdapterCase:
    """A request and what must become of it."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.name: str = given["name"]
        self.headers: list[tuple[str, str]] = [
            (name, value) for name, value in given["request"]["headers"]
        ]
        self.expect: dict[str, Any] = given["expect"]
        options = dict(given.get("options", {}))
        tolerance = options.pop("tolerance", None)
        self.options: dict[str, Any] = options
        scheme = given.get("scheme")
        provider = hookseal.Scheme(scheme) if scheme else given["provider"]
        self.webhook: hookseal.Webhook = hookseal.Webhook(
            provider, given["secrets"], tolerance=tolerance
        )
        self._request: dict[str, Any] = given["request"]

    @property
    def body(self) -> bytes:
        request = self._request
        if "body" in request:
            return str(request["body"]).encode()
        if "body_base64" in request:
            return base64.b64decode(request["body_base64"])
        repeated = request["body_repeated"]
        text: str = repeated["before"] + repeated["repeat"] * repeated["times"] + repeated["after"]
        return text.encode()

    def check(self, status: int, content: Any) -> None:
        """Compares what was answered, the content as JSON, with what is expected."""
        ((kind, expected),) = self.expect.items()
        if kind == "refused":
            assert (status, content) == (expected["status"], {"error": expected["error"]})
        elif kind == "acknowledged":
            assert (status, content) == (200, {"acknowledged": True})
        else:
            assert status == 202, content
            found = {name: content.get(name) for name in expected}
            assert json.dumps(found, sort_keys=True) == json.dumps(expected, sort_keys=True)


def adapter_cases() -> list[AdapterCase]:
    document = json.loads((ROOT / "tests/adapters/cases.json").read_bytes())
    return [AdapterCase(case) for case in document["cases"]]


def tell(event: hookseal.Event) -> dict[str, Any]:
    """What a case's handler answers, with the status 202: all that the event says."""
    body = event.body.decode("utf-8", "backslashreplace")
    return {**event.to_dict(), "envelope": event.envelope, "body": body}
