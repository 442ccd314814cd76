"""What drivers say of an error, in the terms of the native module."""

from __future__ import annotations

from typing import Any

__all__ = ["describe", "is_database_error"]


def is_database_error(error: BaseException) -> bool:
    """Returns True if a driver raised it, and not a mistake in a program."""
    if isinstance(error, OSError):
        return True
    # PEP 249 gives the errors of every driver a base class of this name.
    names = {kind.__name__ for kind in type(error).__mro__}
    return isinstance(error, Exception) and not names.isdisjoint(("Error", "SQLAlchemyError"))


def describe(error: BaseException) -> tuple[str | None, int | None, str]:
    """Returns the SQLSTATE, the engine's number and the message, as far as the driver has them."""
    # SQLAlchemy and Django wrap the driver's error in their own.
    raised: Any = getattr(error, "orig", None) or error
    if type(raised).__module__ == "django.db.utils" and raised.__cause__ is not None:
        raised = raised.__cause__
    return _sqlstate(raised), _number(raised), str(raised)


def _sqlstate(error: Any) -> str | None:
    for name in ("sqlstate", "pgcode"):
        state = getattr(error, name, None)
        if isinstance(state, str):
            return state
    return None


def _number(error: Any) -> int | None:
    for name in ("sqlite_errorcode", "errno"):
        number = getattr(error, name, None)
        if isinstance(number, int):
            return number
    first = error.args[0] if error.args else None
    return first if isinstance(first, int) else None
