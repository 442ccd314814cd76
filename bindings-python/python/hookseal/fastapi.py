"""Webhooks in FastAPI and Starlette: ``pip install "hookseal[fastapi]"``.

Your endpoint is called only with a verified event::

    app = FastAPI()
    install(app)
    KaskoEvent = Annotated[hookseal.Event, Depends(WebhookEvent(hookseal.Webhook("kasko", secret)))]

    @app.post("/webhooks/kasko", status_code=204)
    async def kasko(event: KaskoEvent) -> None:
        ...
"""

# Without postponed annotations: FastAPI cannot resolve those of a callable object.

from typing import TYPE_CHECKING, Generic, overload

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
    make_receiver,
    read_length,
)
from hookseal._request_line import of_asgi

if TYPE_CHECKING:
    from hookseal.inbox import AsyncInbox, Inbox

__all__ = ["Answered", "WebhookEvent", "install"]

_FIX = (
    "read it with await request.body(), which keeps it, and not from request.stream() or request.form()"
)


class Answered(HTTPException):
    """The exception that responds to a delivery without the endpoint being called."""

    def __init__(self, answer: Answer) -> None:
        content = answer.content or {}
        detail = str(content.get("error", "acknowledged"))
        super().__init__(answer.status, detail, dict(answer.headers) or None)
        self.answer = answer


class WebhookEvent(Generic[E]):
    """A dependency that provides the verified event of a request.

    For a delivery that does not verify it raises :class:`Answered`, with the error's HTTP status.
    Bodies of more than ``max_body`` bytes (by default the webhook's own ``max_body``) get 413, and
    the rest of them is not read. ``acknowledge`` names the test events that get 200 without the
    endpoint being called: by default those that only check that it works. A sender that first asks
    whether the endpoint is yours is answered, if :func:`install` was called: for one that asks by
    GET, use ``app.api_route`` with ``methods=["GET", "POST"]``.

    The endpoint has the body in ``event.body``. It should have no body parameter of its own, which
    FastAPI would read and parse first, however long it is. In Starlette, ``await`` the instance
    with the request.

    With an ``inbox`` in place of the webhook it stores the delivery, of ``source`` if the inbox has
    several. The endpoint is called once that is durable, and need do no more than respond with
    success::

        @app.post("/webhooks/kasko", status_code=204, dependencies=[Depends(WebhookEvent(inbox=inbox))])
        async def kasko() -> None:
            pass
    """

    @overload
    def __init__(
        self,
        webhook: Webhook[E],
        *,
        max_body: int | None = None,
        acknowledge: Acknowledge | None = None,
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        inbox: "Inbox[E] | AsyncInbox[E]",
        source: str | None = None,
        max_body: int | None = None,
    ) -> None: ...
    def __init__(
        self,
        webhook: Webhook[E] | None = None,
        *,
        max_body: int | None = None,
        acknowledge: Acknowledge | None = None,
        inbox: "Inbox[E] | AsyncInbox[E] | None" = None,
        source: str | None = None,
    ) -> None:
        self._receiver: Receiver[E] = make_receiver(webhook, max_body, acknowledge, inbox, source)

    async def __call__(self, request: Request) -> E:
        """Returns the verified event of this request, or raises :class:`Answered`."""
        event = await self._receive(request)
        if isinstance(event, Answer):
            if event.handshake is not None:
                _require_installed(request)
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
        return await receiver.receive_async(
            body,
            headers,
            line=of_asgi(request.scope) if receiver.needs_line else None,
            encoding=encoding.decode("latin-1") if encoding else None,
            length=length,
            fix=_FIX,
        )


def install(app: Starlette) -> None:
    """Makes the app respond as the other adapters do, with ``{"error": code}``.

    Without it the status is the same, FastAPI responds with ``{"detail": code}``, and a sender that
    first asks whether the endpoint is yours cannot be answered.
    """
    app.add_exception_handler(Answered, _respond)


def _require_installed(request: Request) -> None:
    """Refuses to answer a handshake as an error of FastAPI's, which no sender would take."""
    app = request.scope.get("app")
    if Answered not in getattr(app, "exception_handlers", {}):
        raise RuntimeError(
            "the sender asks whether the endpoint is yours, which only an app can answer on which "
            "hookseal.fastapi.install(app) was called"
        )


async def _respond(_: Request, answered: Exception) -> Response:
    assert isinstance(answered, Answered)
    answer = answered.answer
    return Response(
        answer.body, answer.status, dict(answer.headers), media_type=answer.content_type
    )


async def _read(request: Request, receiver: Receiver[E]) -> bytes:
    """Returns the body, or a part of it that is longer than the limit."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > receiver.max_body:
            break
    return bytes(body)
