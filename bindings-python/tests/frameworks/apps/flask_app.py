"""The same views sync, and async under /async."""

from __future__ import annotations

from flask import Flask, request
from flask.typing import ResponseReturnValue

import hookseal
from hookseal.flask import webhook_view
from webhooks import CLAIMPORT, FRAMEWORK_LIMIT, GITHUB, KASKO, SMALL, echo, fail

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = FRAMEWORK_LIMIT


@app.before_request
def read_early() -> None:
    """Parses the body before the view does anything."""
    if request.path.endswith("/parsed"):
        request.get_json()
        len(request.form)
    elif request.path.endswith("/consumed"):
        request.stream.read()
    elif request.path.endswith("/as-form"):
        len(request.form)


def sync_view(event: hookseal.Event, name: str | None = None) -> ResponseReturnValue:
    return echo(event, name)


async def async_view(event: hookseal.Event, name: str | None = None) -> ResponseReturnValue:
    return echo(event, name)


VIEWS = {
    "/kasko": webhook_view(KASKO),
    "/parsed": webhook_view(KASKO),
    "/consumed": webhook_view(KASKO),
    "/as-form": webhook_view(GITHUB),
    "/github": webhook_view(GITHUB),
    "/named/<name>": webhook_view(KASKO),
    "/small": webhook_view(KASKO, max_body=SMALL),
    "/large": webhook_view(KASKO, max_body=2 * FRAMEWORK_LIMIT),
    "/live": webhook_view(KASKO, acknowledge="tests"),
    "/claimport": webhook_view(CLAIMPORT),
    "/every": webhook_view(CLAIMPORT, acknowledge="none"),
}
for route, decorate in VIEWS.items():
    app.add_url_rule(route, route, decorate(sync_view), methods=["POST"])
    app.add_url_rule(f"/async{route}", f"async{route}", decorate(async_view), methods=["POST"])


@app.post("/failing")
@webhook_view(KASKO)
def sync_failing(event: hookseal.Event) -> ResponseReturnValue:
    return fail(event)


@app.post("/async/failing")
@webhook_view(KASKO)
async def async_failing(event: hookseal.Event) -> ResponseReturnValue:
    return fail(event)
