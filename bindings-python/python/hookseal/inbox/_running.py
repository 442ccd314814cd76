"""Runs an operation's statements on a connection, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias, Union

from hookseal._exceptions import HooksealError
from hookseal._hookseal import _Inbox, _Operation
from hookseal.inbox._errors import describe, is_database_error

if TYPE_CHECKING:
    from hookseal.inbox._connections import Connection
    from hookseal.inbox._options import Settings

__all__ = ["Make", "alone", "run", "within"]

Make: TypeAlias = Callable[[_Inbox, Union[bool, None]], _Operation]
"""Makes an operation for an inbox, and whether a transaction is open."""


def alone(conn: Connection, settings: Settings[Any], make: Make) -> Any:
    """Runs an operation in transactions of its own."""
    with conn.alone() as state:
        native = settings.native(conn.dialect, conn.placeholder)
        try:
            return run(make(native, state), conn)
        except HooksealError:
            raise
        except BaseException:
            # It was interrupted within a transaction.
            conn.abandon(native)
            raise


def within(conn: Connection, settings: Settings[Any], make: Make, *, begun: bool = False) -> Any:
    """Runs an operation in the transaction that is open on a connection of the user's."""
    native = settings.native(conn.dialect, conn.placeholder)
    return run(make(native, conn.begun() if begun else conn.join(native)), conn)


def run(operation: _Operation, conn: Connection) -> Any:
    """Runs an operation's statements, and returns its result."""
    asked = operation.start()
    while asked is not None:
        try:
            reply = conn.run(*asked)
        except Exception as error:
            if not is_database_error(error):
                raise
            asked = operation.fail(*describe(error))
        else:
            asked = operation.resume(reply)
    # Its error is not raised from the driver's, whose message may hold parameters: a delivery's body.
    return operation.result()
