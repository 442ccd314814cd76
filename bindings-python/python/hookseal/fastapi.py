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
from hookseal._http import MAX_BODY, Acknowledge, Answer, E, Receiver, is_longer, refuse

__all__ = ["Answered", "WebhookEvent", "install"]


class Answered(HTTPException):
    """Raised in place of giving an event: the delivery is answered and the endpoint not called."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status, str(answer.content.get("error", "acknowledged")))
        self.answer = answer


class WebhookEvent(Generic[E]):
    """A dependency that gives the verified event of a request.

    For a delivery that does not verify it raises :class:`Answered`, with the error's HTTP status;
    bodies of more than ``max_body`` bytes are answered with 413, and the rest of them not read.
    ``acknowledge`` says which test events are answered with 200 without calling the endpoint: by
    default those that only check that it works.

    An endpoint finds the body in ``event.body``, and should not ask for a body parameter of its
    own: FastAPI would read and parse that first, however long it is. In Starlette, ``await`` the
    instance with the request.
    """

    def __init__(
        self, webhook: Webhook[E], *, max_body: int = MAX_BODY, acknowledge: Acknowledge = "checks"
    ) -> None:
        self._receiver = Receiver(webhook, max_body, acknowledge)

    async def __call__(self, request: Request) -> E:
        """The verified event of this request."""
        try:
            body = await _read(request, self._receiver.max_body)
        except ClientDisconnect:
            message = "the sender closed the connection within the body"
            raise Answered(refuse(400, "incomplete_body", message)) from None
        if body is None:
            raise Answered(self._receiver.too_large())
        event = self._receiver.receive(body, request.headers.raw)
        if isinstance(event, Answer):
            raise Answered(event)
        return event


def install(app: Starlette) -> None:
    """Lets the app answer as the other adapters do, with ``{"error": code}``.

    Without it the status is the same, and FastAPI answers with ``{"detail": code}``.
    """
    app.add_exception_handler(Answered, _respond)


async def _respond(_: Request, answered: Exception) -> Response:
    assert isinstance(answered, Answered)
    answer = answered.answer
    return Response(answer.body, answer.status, media_type="application/json")


async def _read(request: Request, limit: int) -> bytes | None:
    """The body, or none if it is longer than the limit."""
    if is_longer(request.headers.get("content-length"), limit):
        return None
    body = bytearray()
    async for chunk in request.stream():
        if len(body) + len(chunk) > limit:
            return None
        body += chunk
    return bytes(body)
