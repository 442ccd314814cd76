"""An endpoint for each of the webhooks whose senders first ask."""

from typing import Annotated, Any

from askers import WEBHOOKS
from fastapi import Depends, FastAPI

import hookseal
from hookseal.fastapi import WebhookEvent, install
from webhooks import echo

app = FastAPI()
install(app)
# Here `install` was forgotten.
forgotten = FastAPI()

for kind, webhook in WEBHOOKS.items():
    dependency = WebhookEvent(webhook)

    @app.api_route(f"/{kind}", methods=["GET", "POST"])
    @forgotten.api_route(f"/{kind}", methods=["GET", "POST"])
    async def endpoint(event: Annotated[hookseal.Event, Depends(dependency)]) -> dict[str, Any]:
        return echo(event)


app.mount("/forgotten", forgotten)
