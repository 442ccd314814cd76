"""How thoroughly to look."""

from __future__ import annotations

import os

QUICK = "HOOKSEAL_QUICK" in os.environ
"""For the second and further Pythons, which the same code meets."""


def examples(usual: int) -> int:
    """How many examples to try where ``usual`` are enough."""
    return max(20, usual // 10) if QUICK else usual
