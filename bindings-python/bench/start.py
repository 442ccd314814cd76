"""What `import hookseal` adds to starting Python: whole processes, which take turns.

`python start.py [how many of each]`.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

STARTS = {"the interpreter alone": "pass", "with import hookseal": "import hookseal"}


def start(code: str) -> float:
    began = time.perf_counter()
    # Without `site`, as what other packages install for it is imported too.
    command = f"import sys; sys.path[:] = {sys.path}; {code}"
    subprocess.run([sys.executable, "-S", "-c", command], check=True)
    return (time.perf_counter() - began) * 1000


def main() -> None:
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    times: dict[str, list[float]] = {name: [] for name in STARTS}
    for _ in range(turns):
        for name, code in STARTS.items():
            times[name].append(start(code))
    alone = times["the interpreter alone"]
    print(f"starting Python, the median of {turns} processes each")
    for name, found in times.items():
        added = statistics.median(one - other for one, other in zip(found, alone, strict=True))
        print(f"{name:24} {statistics.median(found):8.2f} ms {added:+8.2f}")
    print()


if __name__ == "__main__":
    main()
