"""What the apps of every framework have in common."""

from __future__ import annotations

import os
from typing import Any

import hookseal

KASKO = hookseal.Webhook("kasko", os.environ["KASKO_SECRET"])
CLAIMPORT = hookseal.Webhook("claimport", os.environ["CLAIMPORT_SECRET"])
GITHUB = hookseal.Webhook("github", os.environ["GITHUB_SECRET"])

# A cap for one endpoint, and the framework's own for the whole app.
SMALL = 64
FRAMEWORK_LIMIT = 2 * 1024 * 1024


def echo(event: hookseal.Event, name: str | None = None) -> dict[str, Any]:
    """Tells the test that the handler was called, and what it was given."""
    given: dict[str, Any] = {"handled": event.type, "test": event.test, "size": len(event.body)}
    return given if name is None else {**given, "name": name}


def fail(event: hookseal.Event) -> dict[str, Any]:
    """A handler that verifies something else, and finds it forged."""
    return echo(KASKO.verify(event.body, "sha1=" + "0" * 40))
