"""The options of an inbox, and the native inboxes that are made by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, Literal, TypeAlias, TypeVar, Union

from hookseal import Event, Webhook
from hookseal._hookseal import _Inbox

__all__ = ["Backoff", "Dialect", "Order", "Placeholder", "Settings", "Sources"]

E_co = TypeVar("E_co", bound="Event[str, Any]", covariant=True)

Dialect: TypeAlias = Literal["sqlite", "postgresql", "mysql"]
"""A database engine's way of writing SQL; MariaDB's is ``"mysql"``."""

Placeholder: TypeAlias = Literal["question", "percent", "dollar"]
"""How a driver marks a statement's parameters: ``?``, ``%s`` or ``$1``."""


@dataclass(frozen=True)
class Order:
    """That a source's events are handled in order.

    An event is not claimed while an earlier one of the same aggregate is not done.
    """

    aggregate: str
    """A JSON Pointer into the signed JSON to what names the thing that an event is about, such as
    ``/data/policy_id``. An event without it is in no order."""
    order_by: Literal["arrival", "created_at"] | Mapping[Literal["sequence"], str] = "arrival"
    """What events of the same aggregate are ordered by: when they were stored, ``created_at``, or
    ``{"sequence": pointer}``, an integer that the sender counts up, at this JSON Pointer."""
    dead_blocks: bool = True
    """Whether an event that is dead holds up those after it, until it is retried or discarded."""


@dataclass(frozen=True)
class Backoff:
    """How often a delivery is tried, and how long it waits in between."""

    attempts: int = 10
    """After so many attempts that failed, a delivery is dead."""
    first: float | timedelta = 10
    """The seconds to wait after the first attempt; each further wait is twice as long."""
    longest: float | timedelta = 3600
    """The longest wait, in seconds."""


Sources: TypeAlias = Union[
    Webhook[E_co], Mapping[str, Union[Webhook[E_co], tuple[Webhook[E_co], Order]]]
]
"""The webhooks whose deliveries are kept: one, under its provider's name, or several by name."""


class Settings(Generic[E_co]):
    """The options of an inbox, of which each kind of connection makes a native one."""

    def __init__(
        self,
        sources: Sources[E_co],
        prefix: str | None,
        backoff: Backoff | None,
        lease: float | timedelta | None,
        dialect: Dialect | None,
        placeholder: Placeholder | None,
    ) -> None:
        if isinstance(sources, Webhook):
            sources = {sources.provider: sources}
        self.webhooks: dict[str, Webhook[E_co]] = {}
        self._sources: list[tuple[str, Webhook[E_co], _Order | None]] = []
        for name, given in sources.items():
            webhook, order = given if isinstance(given, tuple) else (given, None)
            self.webhooks[name] = webhook
            self._sources.append((name, webhook, None if order is None else _written(order)))
        waits = None if backoff is None else (backoff.attempts, backoff.first, backoff.longest)
        self._options = (prefix, waits, lease)
        self._natives: dict[tuple[str, str], _Inbox] = {}
        self.dialect: Dialect | None = dialect
        self.placeholder: Placeholder | None = placeholder
        # An option that cannot be used is told at once, and not with the first delivery.
        self.any = self.native(dialect or "sqlite", placeholder or "question")

    def native(self, dialect: str, placeholder: str) -> _Inbox:
        """Returns the native inbox for a kind of connection."""
        key = (dialect, placeholder)
        native = self._natives.get(key)
        if native is None:
            native = _Inbox(dialect, placeholder, self._sources, *self._options)
            self._natives[key] = native
        return native

    def webhook(self, source: str | None) -> Webhook[E_co]:
        """Returns the webhook of a source, the only one's if it is not named."""
        return self.webhooks[self.any.source(source)]


_Order: TypeAlias = tuple[str, str, Union[str, None], bool]


def _written(order: Order) -> _Order:
    by = order.order_by
    if isinstance(by, str):
        return order.aggregate, by, None, order.dead_blocks
    return order.aggregate, "sequence", by["sequence"], order.dead_blocks
