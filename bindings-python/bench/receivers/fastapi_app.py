from typing import Annotated

from fastapi import Depends, FastAPI, Request, Response

import hookseal
from hookseal.fastapi import WebhookEvent, install
from webhooks import NAME, WEBHOOK, handle, verify

app = FastAPI()
install(app)
event_of = WebhookEvent(WEBHOOK)


@app.post("/hookseal", status_code=204)
async def with_hookseal(
    event: Annotated[hookseal.Event, Depends(event_of)],
) -> None:
    handle(event.data)


@app.post("/snippet", status_code=204)
async def with_snippet(request: Request, response: Response) -> None:
    data = verify(await request.body(), request.headers.get(NAME))
    if data is None:
        response.status_code = 401
        return
    handle(data)


@app.post("/awaited", status_code=204)
async def with_hookseal_awaited(request: Request) -> None:
    handle((await event_of(request)).data)
