"""An endpoint for each of the adapter cases."""

from typing import Annotated, Any

from fastapi import Depends, FastAPI

import hookseal
from adapter_cases import adapter_cases, tell
from hookseal.fastapi import WebhookEvent, install

app = FastAPI()
install(app)

for case in adapter_cases():
    dependency = WebhookEvent(case.webhook, **case.options)

    @app.post(f"/{case.name}", status_code=202)
    async def endpoint(event: Annotated[hookseal.Event, Depends(dependency)]) -> dict[str, Any]:
        return tell(event)
