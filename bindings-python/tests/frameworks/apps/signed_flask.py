"""An endpoint for each of the webhooks whose senders sign the request, or nothing."""

from __future__ import annotations

from flask import Flask
from flask.typing import ResponseReturnValue

import hookseal
from hookseal.flask import webhook_view
from signed import WEBHOOKS
from webhooks import echo

app = Flask(__name__)


def view(event: hookseal.Event, name: str) -> ResponseReturnValue:
    return echo(event, name)


for kind, webhook in WEBHOOKS.items():
    app.add_url_rule(f"/{kind}/<name>", kind, webhook_view(webhook)(view), methods=["POST", "PUT"])
