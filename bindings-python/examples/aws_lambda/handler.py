"""A Lambda function for KASKO's webhooks, behind API Gateway, a load balancer or its own URL."""

import logging
import os

import hookseal
from hookseal.aws_lambda import webhook_handler
from hookseal.payloads import kasko

logging.getLogger().setLevel(logging.INFO)

webhook = hookseal.Webhook("kasko", os.environ["KASKO_SECRET"])


@webhook_handler(webhook)
def handler(event: kasko.Event, context: object) -> None:
    if event.type == "policy.created":
        logging.info("policy %s, test: %s", event.data.get("policy_id"), event.test)
