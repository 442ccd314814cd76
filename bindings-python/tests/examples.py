"""How thoroughly to look."""

from __future__ import annotations

import os

_SHARE = float(os.environ.get("HOOKSEAL_EXAMPLES", "1"))


def examples(usual: int) -> int:
    """How many examples to try where ``usual`` are enough; HOOKSEAL_EXAMPLES is the share of it."""
    return max(20, int(usual * _SHARE))
