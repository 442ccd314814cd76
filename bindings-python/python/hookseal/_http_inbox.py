"""The adapters' code for an inbox in place of a handler."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from hookseal import Headers, HooksealError
from hookseal._http import Answer, Receiver, refused
from hookseal.inbox import AsyncInbox, Inbox
from hookseal.inbox._async_inbox import settings_of as async_settings_of
from hookseal.inbox._inbox import settings_of

if TYPE_CHECKING:
    from hookseal import Event
    from hookseal._request_line import RequestLine
    from hookseal.inbox._options import Settings

__all__ = ["InboxReceiver"]


class InboxReceiver(Receiver[Any]):
    """Stores a request's delivery in an inbox: the response is a success only if it is durable."""

    __slots__ = ("_inbox", "_source", "source")

    def __init__(
        self, inbox: Inbox[Any] | AsyncInbox[Any], source: str | None, max_body: int | None
    ) -> None:
        # Without type checks, one that was not made would fail at the first delivery.
        if not isinstance(inbox, (Inbox, AsyncInbox)):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"expected a hookseal.inbox.Inbox, got {type(inbox).__name__}")
        settings: Settings[Any] = (
            async_settings_of(inbox) if isinstance(inbox, AsyncInbox) else settings_of(inbox)
        )
        super().__init__(settings.webhook(source), max_body, "none")
        self._inbox = inbox
        self._source = source
        self.source = settings.any.source(source)

    @property
    def is_async(self) -> bool:
        """True if the inbox's connections are asynchronous."""
        return isinstance(self._inbox, AsyncInbox)

    def require_sync(self, adapter: str) -> InboxReceiver:
        """Refuses an inbox whose connections are asynchronous."""
        if self.is_async:
            raise TypeError(f"hookseal.{adapter} needs a hookseal.inbox.Inbox, not an AsyncInbox")
        return self

    def receive(
        self,
        body: bytes,
        headers: Headers,
        *,
        line: RequestLine | None = None,
        encoding: str | None = None,
        length: int | None = None,
        fix: str = "",
    ) -> Event[str, Any] | Answer:
        """Stores the delivery; returns its event once that is durable, else the response."""
        assert isinstance(self._inbox, Inbox)
        try:
            raw = self.raw(body, headers, line, encoding=encoding, length=length, fix=fix)
            if isinstance(raw, Answer):
                return raw
            method, url = line or (None, None)
            event: Event[str, Any] = self._inbox.receive(
                raw, headers, source=self._source, method=method, url=url
            ).event
        except HooksealError as error:
            return refused(error)
        return event

    async def receive_async(
        self,
        body: bytes,
        headers: Headers,
        *,
        line: RequestLine | None = None,
        encoding: str | None = None,
        length: int | None = None,
        fix: str = "",
    ) -> Event[str, Any] | Answer:
        """Does the same without blocking the event loop."""
        inbox = self._inbox
        try:
            raw = self.raw(body, headers, line, encoding=encoding, length=length, fix=fix)
            if isinstance(raw, Answer):
                return raw
            method, url = line or (None, None)
            if isinstance(inbox, AsyncInbox):
                received = await inbox.receive(
                    raw, headers, source=self._source, method=method, url=url
                )
            else:
                received = await asyncio.to_thread(
                    inbox.receive, raw, headers, source=self._source, method=method, url=url
                )
        except HooksealError as error:
            return refused(error)
        event: Event[str, Any] = received.event
        return event
