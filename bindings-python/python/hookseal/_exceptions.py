"""The exceptions. The native module decides which error raises which, and writes the messages."""


class HooksealError(Exception):
    """The base class of the errors of a delivery or of a webhook's configuration.

    The message says what to do, and contains no secret, no signature and no part of the payload.
    """

    __module__ = "hookseal"

    code: str
    """The stable code, the same in every language."""
    http_status: int
    """The HTTP status to respond to the delivery with."""


class VerificationError(HooksealError):
    """The delivery cannot be trusted."""

    __module__ = "hookseal"


class MissingHeaderError(VerificationError):
    """A header that the scheme needs is absent."""

    __module__ = "hookseal"


class MalformedHeaderError(VerificationError):
    """A header is present, but not of the scheme's form."""

    __module__ = "hookseal"


class SignatureMismatchError(VerificationError):
    """The signature is well formed, and wrong for every secret."""

    __module__ = "hookseal"


class TimestampError(VerificationError):
    """The signed timestamp is too old or too far ahead."""

    __module__ = "hookseal"


class PayloadError(HooksealError):
    """The delivery is authentic, but its body is not what the scheme says it is."""

    __module__ = "hookseal"


class ConfigurationError(HooksealError, ValueError):
    """The webhook cannot be built: its provider, a secret or the scheme is wrong.

    Or ``missing_request``: its scheme signs the request's method or address, and neither was passed.
    """

    __module__ = "hookseal"


class InboxError(HooksealError):
    """The inbox did not do what it was asked for: respond with ``http_status``, never with a success.

    ``code`` says what happened: ``in_progress``, ``unavailable``, ``body_too_large``,
    ``no_transaction``, ``open_transaction``, ``lease_lost``, ``unknown_source``,
    ``schema_missing``, ``schema_version`` or ``invalid_inbox``. Where no connection could be had,
    the driver's own exception is the ``__cause__``; where a statement failed it is not, for its
    message may hold a part of the delivery.
    """

    __module__ = "hookseal"

    retry_after: int | None = None
    """The seconds to respond in ``Retry-After``, where the same may succeed later."""
