"""What `import hookseal` adds to starting Python: whole processes, which take turns.

`python start.py [how many of each]`.
"""

from __future__ import annotations

import os
import statistics
import sys
import time

STARTS = {"the interpreter alone": "pass", "with import hookseal": "import hookseal"}


def start(code: str) -> tuple[float, float]:
    """How long a process takes, and how much processor time, in milliseconds."""
    # Without `site`, as what other packages install for it is imported too.
    command = [sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path}; {code}"]
    began = time.perf_counter()
    child = os.posix_spawn(sys.executable, command, os.environ)
    _, status, usage = os.wait4(child, 0)
    took = time.perf_counter() - began
    if status != 0:
        raise RuntimeError
    return took * 1000, (usage.ru_utime + usage.ru_stime) * 1000


def main() -> None:
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in STARTS}
    for _ in range(turns):
        for name, code in STARTS.items():
            found[name].append(start(code))
    alone = found["the interpreter alone"]
    print(f"starting Python, medians of {turns} processes: time, processor time, what is added to each")
    for name, times in found.items():
        took, used = (statistics.median(column) for column in zip(*times, strict=True))
        both = [(one[0] - other[0], one[1] - other[1]) for one, other in zip(times, alone, strict=True)]
        more, used_more = (statistics.median(column) for column in zip(*both, strict=True))
        print(f"{name:24} {took:8.2f} ms {used:8.2f} ms {more:+8.2f} ms {used_more:+8.2f} ms")
    print()


if __name__ == "__main__":
    main()
