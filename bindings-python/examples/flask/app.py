"""A Flask app with a view for KASKO's webhooks."""

import logging
import os

from flask import Flask
from flask.typing import ResponseReturnValue

import hookseal
from hookseal.flask import webhook_view
from hookseal.payloads import kasko

logging.basicConfig(level=logging.INFO)

app = Flask(__name__)
webhook = hookseal.Webhook("kasko", os.environ["KASKO_SECRET"])


@app.post("/webhooks/kasko")
@webhook_view(webhook)
def policies(event: kasko.Event) -> ResponseReturnValue:
    if event.type == "policy.created":
        logging.info("policy %s, test: %s", event.data.get("policy_id"), event.test)
    return "", 204
