"""An endpoint for each of the webhooks whose senders sign the request, or nothing."""

from typing import Annotated, Any

from fastapi import Depends, FastAPI

import hookseal
from hookseal.fastapi import WebhookEvent, install
from signed import WEBHOOKS
from webhooks import echo

# Starlette changes the path of what is mounted.
mounted = FastAPI()
install(mounted)

for kind, webhook in WEBHOOKS.items():
    dependency = WebhookEvent(webhook)

    @mounted.api_route(f"/{kind}/{{name}}", methods=["POST", "PUT"])
    async def endpoint(
        name: str, event: Annotated[hookseal.Event, Depends(dependency)]
    ) -> dict[str, Any]:
        return echo(event, name)


app = FastAPI()
app.mount("/mounted", mounted)
app.mount("/", mounted)
