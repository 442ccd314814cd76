"""What the functions take, as types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeAlias, Union

__all__ = ["Body", "Headers", "Secret", "SupportsItems"]


class SupportsItems(Protocol):
    """A mapping, or anything else that has its headers as ``items()``."""

    def items(self) -> Iterable[tuple[str | bytes, object]]:
        """The headers' names and values."""
        ...


Body: TypeAlias = Union[bytes, bytearray, memoryview, str]
"""The raw body of a request."""

Headers: TypeAlias = Union[
    SupportsItems,
    Iterable[Union[tuple[Union[str, bytes], object], Sequence[Union[str, bytes]]]],
    str,
    bytes,
    None,
]
"""A request's headers, as a mapping or pairs, or the signature header's value alone."""

Secret: TypeAlias = Union[str, bytes, bytearray, memoryview]
"""A secret as the provider gave it out."""
