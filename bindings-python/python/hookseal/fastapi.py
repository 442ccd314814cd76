"""Webhooks in FastAPI and Starlette: ``pip install "hookseal[fastapi]"``.

An endpoint is called with the verified event, or not at all::

    app = FastAPI()
    install(app)
    KaskoEvent = Annotated[hookseal.Event, Depends(WebhookEvent(hookseal.Webhook("kasko", secret)))]

    @app.post("/webhooks/kasko", status_code=204)
    async def kasko(event: KaskoEvent) -> None:
        ...
"""

# Without postponed annotations: FastAPI cannot resolve those of a callable object.

from typing import Generic

try:
    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.requests import ClientDisconnect, Request
    from starlette.responses import Response
except ModuleNotFoundError as error:
    raise ImportError('hookseal.fastapi needs FastAPI: pip install "hookseal[fastapi]"') from error

from hookseal import Webhook
from hookseal._http import (
    Acknowledge,
    Answer,
    E,
    Receiver,
    already_read,
    incomplete,
    read_length,
)

__all__ = ["Answered", "WebhookEvent", "install"]

_FIX = (
    "read it with await request.body(), which keeps it, and not from request.stream() or request.form()"
)


class Answered(HTTPException):
    """Raised in place of giving an event: the delivery is answered and the endpoint not called."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status, str(answer.content.get("error", "acknowledged")))
        self.answer = answer


class WebhookEvent(Generic[E]):
    """A dependency that gives the verified event of a request.

    For a delivery that does not verify it raises :class:`Answered`, with the error's HTTP status;
    bodies of more than ``max_body`` bytes (by default the webhook's own ``max_body``) are answered
    with 413, and the rest of them not read.
    ``acknowledge`` says which test events are answered with 200 without calling the endpoint: by
    default those that only check that it works.

    An endpoint finds the body in ``event.body``, and should not ask for a body parameter of its
    own: FastAPI would read and parse that first, however long it is. In Starlette, ``await`` the
    instance with the request.
    """

    def __init__(
        self,
        webhook: Webhook[E],
        *,
        max_body: int | None = None,
        acknowledge: Acknowledge = "checks",
    ) -> None:
        self._receiver = Receiver(webhook, max_body, acknowledge)

    async def __call__(self, request: Request) -> E:
        """The verified event of this request."""
        event = await self._receive(request)
        if isinstance(event, Answer):
            raise Answered(event)
        return event

    async def _receive(self, request: Request) -> E | Answer:
        receiver = self._receiver
        # Each of request.headers' own look-ups goes through all of them.
        headers = list(request.scope["headers"])
        named = dict(headers)
        length = read_length(named.get(b"content-length"))
        if length is not None and length > receiver.max_body:
            return receiver.too_large()
        try:
            # Servers read no more than was declared, and Starlette keeps it for whoever asks later.
            body = await (request.body() if length is not None else _read(request, receiver))
        except ClientDisconnect:
            return incomplete("the sender closed the connection within the body")
        except RuntimeError:
            # As Starlette says that the stream was consumed.
            return already_read(_FIX)
        encoding = named.get(b"content-encoding")
        return receiver.receive(
            body,
            headers,
            encoding=encoding.decode("latin-1") if encoding else None,
            length=length,
            fix=_FIX,
        )


def install(app: Starlette) -> None:
    """Lets the app answer as the other adapters do, with ``{"error": code}``.

    Without it the status is the same, and FastAPI answers with ``{"detail": code}``.
    """
    app.add_exception_handler(Answered, _respond)


async def _respond(_: Request, answered: Exception) -> Response:
    assert isinstance(answered, Answered)
    answer = answered.answer
    return Response(answer.body, answer.status, media_type="application/json")


async def _read(request: Request, receiver: Receiver[E]) -> bytes:
    """The body, or if it is longer than the limit a part that is too."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > receiver.max_body:
            break
    return bytes(body)
