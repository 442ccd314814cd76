"""Verify webhook signatures and parse the payloads.

    webhook = hookseal.Webhook("kasko", secret)
    event = webhook.verify(body, request.headers)
"""

from hookseal._exceptions import (
    ConfigurationError,
    HooksealError,
    InboxError,
    MalformedHeaderError,
    MissingHeaderError,
    PayloadError,
    SignatureMismatchError,
    TimestampError,
    VerificationError,
)
from hookseal._hookseal import (
    Event,
    Finding,
    Handshake,
    Report,
    Scheme,
    Webhook,
    __version__,
    providers,
)

# As typing has it, whose import takes longer than all of this package's.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from hookseal._types import Body, Headers, ProviderName, Secret
else:
    _TYPES = ("Body", "Headers", "ProviderName", "Secret")

    def __getattr__(name: str) -> object:
        """Loads the types of arguments, which annotations alone ask for."""
        if name in _TYPES:
            from hookseal import _types

            return getattr(_types, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return [*globals(), *_TYPES]


__all__ = [
    "Body",
    "ConfigurationError",
    "Event",
    "Finding",
    "Handshake",
    "Headers",
    "HooksealError",
    "InboxError",
    "MalformedHeaderError",
    "MissingHeaderError",
    "PayloadError",
    "ProviderName",
    "Report",
    "Scheme",
    "Secret",
    "SignatureMismatchError",
    "TimestampError",
    "VerificationError",
    "Webhook",
    "__version__",
    "providers",
]
