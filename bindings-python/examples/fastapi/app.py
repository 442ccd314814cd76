"""A FastAPI app with an endpoint for KASKO's webhooks."""

import logging
import os
from typing import Annotated

from fastapi import Depends, FastAPI

import hookseal
from hookseal.fastapi import WebhookEvent, install
from hookseal.payloads import kasko

logging.basicConfig(level=logging.INFO)

app = FastAPI()
install(app)

webhook = hookseal.Webhook("kasko", os.environ["KASKO_SECRET"])
KaskoEvent = Annotated[kasko.Event, Depends(WebhookEvent(webhook))]


@app.post("/webhooks/kasko", status_code=204)
async def policies(event: KaskoEvent) -> None:
    if event.type == "policy.created":
        logging.info("policy %s, test: %s", event.data.get("policy_id"), event.test)
