"""An endpoint for each of the adapter cases."""

from __future__ import annotations

from flask import Flask
from flask.typing import ResponseReturnValue

import hookseal
from adapter_cases import adapter_cases, tell
from hookseal.flask import webhook_view

app = Flask(__name__)


def view(event: hookseal.Event) -> ResponseReturnValue:
    return tell(event), 202


for case in adapter_cases():
    decorated = webhook_view(case.webhook, **case.options)(view)
    app.add_url_rule(f"/{case.name}", case.name, decorated, methods=["POST"])
