"""Keep deliveries in your own database, so that each is handled once and none is lost.

    inbox = Inbox(lambda: sqlite3.connect("app.db"), webhook)
    inbox.receive(body, request.headers)  # verified and stored: respond with success
    Worker(inbox, handle).run()  # handle(claimed, connection), in a transaction
"""

from hookseal._exceptions import InboxError
from hookseal._hookseal import Claimed
from hookseal.inbox._async_inbox import AsyncInbox
from hookseal.inbox._async_worker import AsyncWorker
from hookseal.inbox._deliveries import Entry, Kept, Received, SourceStats, Stats
from hookseal.inbox._inbox import Inbox
from hookseal.inbox._options import Backoff, Order
from hookseal.inbox._worker import Worker

__all__ = [
    "AsyncInbox",
    "AsyncWorker",
    "Backoff",
    "Claimed",
    "Entry",
    "Inbox",
    "InboxError",
    "Kept",
    "Order",
    "Received",
    "SourceStats",
    "Stats",
    "Worker",
]
