from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from types import GenericAlias
from typing import Any, ClassVar, Generic, Literal, final, overload

from typing_extensions import Self, TypeVar

from hookseal._types import Body, Headers, Secret
from hookseal.payloads import claimport, coverkit, kasko, mycover

_Type_co = TypeVar("_Type_co", bound=str, default=str, covariant=True)
_Data_co = TypeVar("_Data_co", default=Any, covariant=True)
_Event_co = TypeVar("_Event_co", bound=Event[str, Any], default=Event[str, Any], covariant=True)

__all__ = ["Event", "Finding", "Report", "Scheme", "Webhook", "__version__", "_restore"]

__version__: str

@final
class Event(Generic[_Type_co, _Data_co]):
    """What a verified delivery says. Only ``Webhook.verify`` makes one."""

    __match_args__: ClassVar[tuple[Literal["type"], Literal["data"]]]

    @property
    def provider(self) -> str:
        """The provider that sent it, as the scheme names it."""
    @property
    def type(self) -> _Type_co:
        """What happened, such as ``policy.created``; empty if the provider does not say."""
    @property
    def id(self) -> str | None:
        """The delivery's or event's own id; a provider's retries of it carry the same."""
    @property
    def created_at(self) -> datetime | None:
        """When the event happened, in UTC; None if the provider does not say or not as RFC 3339."""
    @property
    def test(self) -> bool:
        """Whether the provider marks it as a test."""
    @property
    def check(self) -> bool:
        """Whether it only asks whether the endpoint works, so that there is nothing to handle."""
    @property
    def data(self) -> _Data_co:
        """The event's data as ``json.loads`` would give it, built once."""
    @property
    def unsigned(self) -> tuple[str, ...]:
        """The fields that the signature does not cover: a replay could have changed them."""
    @property
    def body(self) -> bytes:
        """The bytes that were authenticated."""
    @property
    def key_index(self) -> int:
        """Which of the webhook's secrets matched, counted from 0."""
    @property
    def dedupe_key(self) -> str:
        """A key to recognise a delivery that was already handled."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...
    @classmethod
    def __class_getitem__(cls, key: Any) -> GenericAlias: ...

@final
class Report:
    """What ``Webhook.explain`` found out. It holds no secret, no signature and no part of the body.

    ``str`` gives it for a terminal or a log.
    """

    @property
    def verifies(self) -> bool:
        """Whether the delivery verifies as it is, so that there is nothing to explain."""
    @property
    def error(self) -> str | None:
        """The code of the error that ``verify`` raises, None if the delivery verifies."""
    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found.

        Where several are proven, the signature matched once all of them were undone; the others are
        in order of likelihood.
        """
    @property
    def ruled_out(self) -> tuple[str, ...]:
        """What was tried in vain, as sentences."""
    def to_json(self) -> str:
        """The report as a JSON object."""

@final
class Finding:
    """Something that is wrong with a delivery or with the receiver's set-up."""

    @property
    def code(self) -> str:
        """Stable, such as ``body_reserialised``."""
    @property
    def what(self) -> str:
        """What happened."""
    @property
    def mend(self) -> str:
        """How to mend it."""
    @property
    def evidence(self) -> str:
        """What speaks for it in this delivery."""
    @property
    def proven(self) -> bool:
        """Whether the signature matched once this was undone.

        What is not proven was only seen: a forged delivery can show it too.
        """
    @property
    def secret(self) -> int | None:
        """Which secret it is about: the webhook's come first, those given to ``explain`` after."""

@final
class Scheme:
    """How a provider signs and where an event's fields stand."""

    def __new__(cls, definition: str | Mapping[str, Any], /) -> Self:
        """Reads a scheme from TOML, JSON or a mapping."""
    @staticmethod
    def provider(name: str, /) -> Scheme:
        """The scheme of a known provider."""
    @property
    def name(self) -> str:
        """The provider's name, which its events carry."""
    @property
    def title(self) -> str:
        """The provider's name for people."""
    @property
    def unsigned(self) -> tuple[str, ...]:
        """The fields of an event that the signature does not cover."""

@final
class Webhook(Generic[_Event_co]):
    """The receiver's handle for one webhook: a provider and its secrets.

    Immutable, safe to share between threads and meant to be kept: building one prepares the keys.

    ``secret`` is one secret or, while they are rotated, several. ``tolerance`` is how far a signed
    timestamp may lie from now, in seconds; the scheme's own if not given. ``scheme`` is a scheme of
    your own, which must be called ``provider``.
    """

    @overload
    def __new__(
        cls,
        provider: Literal["claimport"],
        secret: Secret | Iterable[Secret],
        *,
        tolerance: float | timedelta | None = None,
        scheme: Scheme | str | Mapping[str, Any] | None = None,
    ) -> Webhook[claimport.Event]: ...
    @overload
    def __new__(
        cls,
        provider: Literal["coverkit"],
        secret: Secret | Iterable[Secret],
        *,
        tolerance: float | timedelta | None = None,
        scheme: Scheme | str | Mapping[str, Any] | None = None,
    ) -> Webhook[coverkit.Event]: ...
    @overload
    def __new__(
        cls,
        provider: Literal["kasko"],
        secret: Secret | Iterable[Secret],
        *,
        tolerance: float | timedelta | None = None,
        scheme: Scheme | str | Mapping[str, Any] | None = None,
    ) -> Webhook[kasko.Event]: ...
    @overload
    def __new__(
        cls,
        provider: Literal["mycover"],
        secret: Secret | Iterable[Secret],
        *,
        tolerance: float | timedelta | None = None,
        scheme: Scheme | str | Mapping[str, Any] | None = None,
    ) -> Webhook[mycover.Event]: ...
    @overload
    def __new__(
        cls,
        provider: str,
        secret: Secret | Iterable[Secret],
        *,
        tolerance: float | timedelta | None = None,
        scheme: Scheme | str | Mapping[str, Any] | None = None,
    ) -> Webhook[Event[str, Any]]: ...
    @property
    def provider(self) -> str:
        """The provider's name, which its events carry."""
    @property
    def scheme(self) -> Scheme:
        """The scheme that deliveries are verified by."""
    def verify(
        self, body: Body, headers: Headers, *, now: float | datetime | None = None
    ) -> _Event_co:
        """Verifies a delivery and says what it holds.

        ``body`` is the raw bytes of the request, as they came. ``headers`` are the request's
        headers, or the signature header's value alone. ``now`` is the time to verify at, for
        tests.
        """
    def explain(
        self,
        body: Body,
        headers: Headers,
        *,
        secrets: Secret | Iterable[Secret] | None = None,
        now: float | datetime | None = None,
    ) -> Report:
        """Finds out why a delivery does not verify: a development tool.

        It undoes what goes wrong in practice until the signature matches, which costs some hundred
        times what verifying does. Never answer a request with the report, or act on it: it tells a
        sender what is wrong, and proves nothing of who sent the delivery.

        ``secrets`` are others that you have, ``now`` is when the delivery came in.
        """
    def sign(
        self,
        body: Body,
        *,
        type: str | None = None,
        id: str | None = None,
        timestamp: float | datetime | None = None,
    ) -> dict[str, str]:
        """The headers that the provider would send with this body, signed with the first secret.

        For tests of a handler. ``type`` and ``id`` are for providers that send these in a header,
        ``timestamp`` for those that sign one.
        """
    @classmethod
    def __class_getitem__(cls, key: Any) -> GenericAlias: ...

def _restore(fields: dict[str, Any], /) -> Event[str, Any]: ...
