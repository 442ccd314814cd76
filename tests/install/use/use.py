"""Verifies the sample delivery that the argument names, and prints its event's type."""

import json
import sys
from pathlib import Path

import hookseal

sample = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
webhook = hookseal.Webhook(sample["provider"], sample["secrets"])
print(webhook.verify(sample["body"].encode(), sample["headers"]).type)
