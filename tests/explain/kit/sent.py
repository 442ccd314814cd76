"""The genuine deliveries, made by the senders."""

import base64
import json
import sys
from pathlib import Path

from kit.delivery import SIGNATURES, Delivery

SENDERS = Path(__file__).resolve().parent.parent / "senders"
COMMANDS = {"node": ["node", "node.mjs"], "php": ["php", "-n", "php.php"], "python": [sys.executable, "python.py"]}


def send_all(programs):
    """All of them, by name."""
    secrets = json.loads((SENDERS / "secrets.json").read_text())
    sent = {}
    for command in COMMANDS.values():
        for name, made in json.loads(programs.run(command, folder=SENDERS)).items():
            provider = next((provider for provider in SIGNATURES if name.startswith(provider)), "standard-webhooks")
            headers = tuple((header, value) for header, value in made["headers"])
            sent[name] = Delivery(provider, secrets[provider], headers, base64.b64decode(made["body"]), made["now"],
                                  made.get("request"), made.get("options"))
    expected = json.loads((SENDERS / "deliveries.json").read_text()).keys()
    assert sent.keys() == expected, sent.keys() ^ expected
    return sent
