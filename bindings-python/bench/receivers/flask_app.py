from __future__ import annotations

from flask import Flask, request

import hookseal
from hookseal.flask import webhook_view
from webhooks import NAME, WEBHOOK, handle, verify

app = Flask(__name__)


@app.post("/hookseal")
@webhook_view(WEBHOOK)
def with_hookseal(event: hookseal.Event) -> tuple[str, int]:
    handle(event.data)
    return "", 204


@app.post("/snippet")
def with_snippet() -> tuple[str, int]:
    data = verify(request.get_data(), request.headers.get(NAME))
    if data is None:
        return "", 401
    handle(data)
    return "", 204
