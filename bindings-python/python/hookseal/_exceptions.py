"""The exceptions; which error raises which, and what they say, the native module knows."""


class HooksealError(Exception):
    """Anything that hookseal raises about a delivery or a webhook's set-up.

    The message says what to do, and never holds a secret, a signature or any part of the payload.
    """

    __module__ = "hookseal"

    code: str
    """The stable code, the same in every language."""
    http_status: int
    """The HTTP status to answer the delivery with."""


class VerificationError(HooksealError):
    """The delivery is not to be trusted."""

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
    """The webhook cannot be built: its provider, a secret or the scheme is wrong."""

    __module__ = "hookseal"
