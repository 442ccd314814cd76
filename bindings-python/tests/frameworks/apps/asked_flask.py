"""An endpoint for each of the webhooks whose senders first ask."""

from __future__ import annotations

from askers import WEBHOOKS
from flask import Flask
from flask.typing import ResponseReturnValue

import hookseal
from hookseal.flask import webhook_view
from webhooks import echo

app = Flask(__name__)


def view(event: hookseal.Event) -> ResponseReturnValue:
    return echo(event)


for kind, webhook in WEBHOOKS.items():
    app.add_url_rule(f"/{kind}", kind, webhook_view(webhook)(view), methods=["GET", "POST"])
