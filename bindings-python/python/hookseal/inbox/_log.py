"""What workers log: one line for each outcome, without anything of a payload."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hookseal._hookseal import Claimed

__all__ = ["done", "failed", "kind", "no_claim", "not_extended", "not_released", "released"]

_logger = logging.getLogger("hookseal.inbox")


def kind(error: BaseException) -> str:
    """Returns an error's class, which says nothing of a payload."""
    found = type(error)
    return found.__name__ if found.__module__ == "builtins" else f"{found.__module__}.{found.__name__}"


def _name(claimed: Claimed[Any]) -> str:
    return f"delivery {claimed.seq} of {claimed.source} ({claimed.event.type!r}, attempt {claimed.attempt})"


def done(claimed: Claimed[Any]) -> None:
    """Logs that a delivery is done."""
    _logger.info("%s is done", _name(claimed))


def failed(claimed: Claimed[Any], error: BaseException) -> None:
    """Logs why a delivery was not done; at the level debug with the traceback."""
    _logger.warning("%s failed: %s", _name(claimed), kind(error))
    _logger.debug("%s failed", _name(claimed), exc_info=error)


def released(claimed: Claimed[Any], wait: float | None) -> None:
    """Logs when a delivery that failed is tried again."""
    if wait is None:
        _logger.error("%s is dead: it was its last attempt", _name(claimed))
    else:
        _logger.info("%s is tried again in %.0f s", _name(claimed), wait)


def not_released(claimed: Claimed[Any], error: BaseException) -> None:
    """Logs that a delivery waits until its lease ends."""
    _logger.warning("%s could not be given back: %s", _name(claimed), error)


def not_extended(claimed: Claimed[Any], error: BaseException) -> None:
    """Logs that a delivery's lease was not extended."""
    _logger.warning("the lease of %s was not extended: %s", _name(claimed), error)


def no_claim(error: BaseException) -> None:
    """Logs that the database gives no deliveries."""
    _logger.warning("no deliveries could be claimed: %s", error)
