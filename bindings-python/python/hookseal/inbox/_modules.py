"""Types of modules that the user has imported, and this package does not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

__all__ = ["attribute", "classes", "leave_thread"]


def classes(value: object) -> Iterator[str]:
    """Returns the full names of the classes that a value is an instance of."""
    for kind in type(value).__mro__:
        yield f"{kind.__module__}.{kind.__qualname__}"


def attribute(module: str, name: str) -> Any:
    """Returns an attribute of a module that is loaded."""
    return getattr(sys.modules[module], name)


def leave_thread() -> None:
    """Closes what Django keeps open for the thread that ends."""
    if "django.db" in sys.modules:
        attribute("django.db", "connections").close_all()
