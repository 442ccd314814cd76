"""Verify webhook signatures and read what they carry.

    webhook = hookseal.Webhook("kasko", secret)
    event = webhook.verify(body, request.headers)
"""

from hookseal._exceptions import (
    ConfigurationError,
    HooksealError,
    MalformedHeaderError,
    MissingHeaderError,
    PayloadError,
    SignatureMismatchError,
    TimestampError,
    VerificationError,
)
from hookseal._hookseal import Event, Finding, Report, Scheme, Webhook, __version__
from hookseal._types import Body, Headers, Secret

__all__ = [
    "Body",
    "ConfigurationError",
    "Event",
    "Finding",
    "Headers",
    "HooksealError",
    "MalformedHeaderError",
    "MissingHeaderError",
    "PayloadError",
    "Report",
    "Scheme",
    "Secret",
    "SignatureMismatchError",
    "TimestampError",
    "VerificationError",
    "Webhook",
    "__version__",
]
