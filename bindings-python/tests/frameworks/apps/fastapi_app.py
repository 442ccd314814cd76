"""The same endpoints as a dependency of FastAPI's, and called by hand in Starlette."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from starlette.applications import Starlette
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import hookseal
from hookseal.fastapi import WebhookEvent, install
from webhooks import CLAIMPORT, GITHUB, KASKO, SMALL, echo, fail

EVENTS: dict[str, Callable[[Request], Awaitable[hookseal.Event]]] = {
    "/kasko": WebhookEvent(KASKO),
    "/parsed": WebhookEvent(KASKO),
    "/consumed": WebhookEvent(KASKO),
    "/as-form": WebhookEvent(GITHUB),
    "/github": WebhookEvent(GITHUB),
    "/named/{name}": WebhookEvent(KASKO),
    "/small": WebhookEvent(KASKO, max_body=SMALL),
    "/live": WebhookEvent(KASKO, acknowledge="tests"),
    "/claimport": WebhookEvent(CLAIMPORT),
    "/every": WebhookEvent(CLAIMPORT, acknowledge="none"),
}
KaskoEvent = Annotated[hookseal.Event, Depends(EVENTS["/kasko"])]


async def read_early(request: Request, call_next: RequestResponseEndpoint) -> Response:
    """A middleware that parses the body before the endpoint does anything."""
    if request.url.path.endswith("/parsed"):
        await request.json()
    elif request.url.path.endswith("/consumed"):
        async for _ in request.stream():
            pass
    elif request.url.path.endswith("/as-form"):
        await request.form()
    return await call_next(request)


app = FastAPI()
app.add_middleware(BaseHTTPMiddleware, dispatch=read_early)
install(app)

for path, dependency in EVENTS.items():

    @app.post(path)
    async def endpoint(
        request: Request, event: Annotated[hookseal.Event, Depends(dependency)]
    ) -> dict[str, Any]:
        return echo(event, request.path_params.get("name"))


@app.post("/failing")
def failing(event: KaskoEvent) -> dict[str, Any]:
    return fail(event)


@app.post("/body")
async def body(event: KaskoEvent, policy: dict[str, Any]) -> dict[str, Any]:
    return {**echo(event), "policy": policy["policy_id"]}


def by_hand(
    dependency: Callable[[Request], Awaitable[hookseal.Event]],
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        event = await dependency(request)
        return JSONResponse(echo(event, request.path_params.get("name")))

    return endpoint


async def fail_by_hand(request: Request) -> Response:
    return JSONResponse(fail(await EVENTS["/kasko"](request)))


routes = [Route(path, by_hand(event), methods=["POST"]) for path, event in EVENTS.items()]
routes.append(Route("/failing", fail_by_hand, methods=["POST"]))
starlette = Starlette(routes=routes)
install(starlette)
app.mount("/starlette", starlette)

not_installed = FastAPI()


@not_installed.post("/kasko")
async def kasko(event: KaskoEvent) -> dict[str, Any]:
    return echo(event)


app.mount("/not-installed", not_installed)
