"""What an inbox reports. The native module has the values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from hookseal import Event

__all__ = ["Entry", "Kept", "Received", "SourceStats", "State", "Stats"]

E = TypeVar("E", bound="Event[str, Any]")

State: TypeAlias = Literal["waiting", "leased", "blocked", "done", "dead"]
"""Where a delivery stands.

- ``"waiting"``: a worker may take it when it is due.
- ``"leased"``: a worker has it.
- ``"blocked"``: an earlier one of the same aggregate is not done.
- ``"done"``: it was handled.
- ``"dead"``: it failed for good, and a person must look at it.
"""


@dataclass(frozen=True, slots=True)
class Received(Generic[E]):
    """What became of a delivery that was received. It is durable: respond with success."""

    outcome: Literal["stored", "duplicate", "check"]
    """``"stored"``: a worker will get it. ``"duplicate"``: it was stored before. ``"check"``: it
    only asks whether the endpoint works, and is not stored."""
    is_conflict: bool
    """True for a duplicate whose body is another than the one that is stored."""
    event: E
    """The verified event."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A delivery in a list."""

    seq: int
    """Its number in the inbox."""
    source: str
    """The source that sent it."""
    state: State
    """Where it stands."""
    due: datetime | None
    """When a worker may take it."""
    attempts: int
    """How often it was tried."""
    error: str | None
    """Why the last attempt failed."""
    finished_at: datetime | None
    """When it was done or died."""
    is_late: bool
    """True if it came after a later one of its aggregate was done."""
    dedupe_key: str
    """The key that it is recognised by."""
    received_at: datetime
    """When it was stored, by the database's clock."""
    event_type: str
    """The event's type, as it was when it was stored."""
    duplicates: int
    """How often it came again."""
    conflicts: int
    """How often it came again with another body."""
    body_length: int | None
    """How long its body is, in bytes; None where only the key was kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a delivery."""

    headers: tuple[tuple[str, str], ...] = field(repr=False)
    """The headers that its scheme reads."""
    body: bytes = field(repr=False)
    """The bytes that were authenticated."""


@dataclass(frozen=True, slots=True)
class SourceStats:
    """A source's counts of deliveries that are not done."""

    source: str
    """The source's name."""
    is_known: bool
    """True if this inbox has its webhook; without, none of its deliveries is claimed here."""
    waiting: int
    """How many a worker may take now or later."""
    leased: int
    """How many workers have."""
    blocked: int
    """How many wait for an earlier one."""
    dead: int
    """How many failed for good."""
    oldest_due: float
    """How many seconds the one that has been due for longest waits; 0 if none is due."""
    has_late: bool
    """True if one that is not done came after a later one of its aggregate was."""


@dataclass(frozen=True, slots=True)
class Stats:
    """What an inbox holds that is not done."""

    sources: tuple[SourceStats, ...]
    """Each source's counts, sorted by name."""
    conflicts: int
    """How many deliveries came again with another body."""


def entries(written: list[Mapping[str, Any]]) -> list[Entry]:
    """Makes entries of what the native module gives."""
    return [Entry(**entry) for entry in written]


def stats(written: tuple[list[Mapping[str, Any]], int]) -> Stats:
    """Makes counts of what the native module gives."""
    sources, conflicts = written
    return Stats(tuple(SourceStats(**source) for source in sources), conflicts)
