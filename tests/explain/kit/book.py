"""Collects the cases, and checks each with a second implementation before it is kept."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "vectors"))
import reference

from kit.write import as_text


def verdict(case):
    """The code that verifying gives, None if it verifies."""
    try:
        reference.verify({"now": 0, **case})
    except reference.Refused as refused:
        return str(refused)
    return None


@dataclass
class Book:
    """The cases so far."""

    cases: list = field(default_factory=list)
    names: set = field(default_factory=set)

    def broken(self, name, how, delivery, finding, *, proven=True, also=(), genuine=True, **arrived):
        """A delivery that was broken: verifying must fail, and `finding` say why. `genuine`: it was right before."""
        if genuine:
            found = verdict(entry(delivery))
            assert found is None, f"{name}: was not genuine: {found}"
        expect = {"finding": finding, "proven": proven}
        if also:
            expect["also"] = list(also)
        case = self.keep(name, how, delivery, expect, **arrived)
        assert expect["error"] is not None, f"{name}: verifies"
        return case

    def forged(self, name, how, delivery, **arrived):
        """A delivery that nobody broke: there is no cause to name."""
        expect = {"finding": None}
        self.keep(name, how, delivery, expect, **arrived)
        assert expect["error"] in ("signature_mismatch", "malformed_header"), f"{name}: {expect['error']}"

    def verifies(self, name, how, delivery, **arrived):
        """A delivery that verifies."""
        expect = {"finding": None, "verifies": True}
        self.keep(name, how, delivery, expect, **arrived)
        assert expect.pop("error") is None, f"{name}: does not verify"

    def keep(self, name, how, delivery, expect, **arrived):
        assert name not in self.names, name
        self.names.add(name)
        case = {"name": name, "how": how, **entry(delivery, **arrived)}
        expect["error"] = verdict(case)
        case["expect"] = expect
        self.cases.append(case)
        return case


def entry(delivery, *, arrival=None, provider=None, secrets=None, hints=(), now=None, options=None):
    """A case as the vectors write it. `arrival`: what the receiver had in hand, if it is not what was sent."""
    case = {"provider": provider or delivery.provider}
    secrets = [delivery.secret] if secrets is None else secrets
    case |= as_text("secrets", [secret.encode() if isinstance(secret, str) else secret for secret in secrets])
    case["headers"] = [list(pair) for pair in (arrival or delivery).headers]
    case |= as_text("body", (arrival or delivery).body)
    now = delivery.now if now is None else now
    if now is not None:
        case["now"] = now
    request = (arrival or delivery).request or delivery.request
    options = options or (delivery.options if case["provider"] == delivery.provider else None)
    if request:
        case["request"] = request
    if options:
        case["options"] = options
    if hints:
        case["hints"] = list(hints)
    return case
