"""Draws docs/time-by-size.svg: what verifying and reading a delivery costs, by its size.

`python plot.py [seconds for each size]`.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

from rows import PAYLOADS, Sides
from timing import medians

TARGET = Path(__file__).parents[1] / "docs/time-by-size.svg"
SIZES = [300 * 4**power for power in range(7)] + [4_000_000]
SERIES = [
    ("hmac.new, json.loads", "stdlib", "#b45309"),
    ("hmac.digest, orjson", "orjson", "#6d28d9"),
    ("hookseal", "data", "#047857"),
    ("hookseal, type only", "type", "#0369a1"),
]
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 440, 70, 20, 180, 50


def payload(size: int) -> bytes:
    """A delivery of about this size, made of parts of a usual one."""
    whole: dict[str, Any] = json.loads((PAYLOADS / "p1k.json").read_bytes())
    fields = list(whole["data"].items())
    parts: list[dict[str, Any]] = []
    body = b""
    while len(body) < size:
        many = max(1, (size - len(body)) // 400)
        parts += [dict(fields[:8])] * min(many, 1 + len(parts))
        body = json.dumps({"type": "a.b", "data": {"parts": parts}}, ensure_ascii=False).encode()
    return body


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    lines: list[list[tuple[float, float]]] = [[] for _ in SERIES]
    for size in SIZES:
        body = payload(size)
        sides = Sides(body)
        times = medians([getattr(sides, name) for _, name, _ in SERIES], seconds)
        print(f"{len(body):8} B", *(f"{time:10.1f}" for time in times))
        for line, time in zip(lines, times, strict=True):
            line.append((len(body), time))
    TARGET.write_text(draw(lines))


def draw(lines: list[list[tuple[float, float]]]) -> str:
    """Both axes are logarithmic: what costs the same for each byte is a line at 45 degrees."""
    sizes = [size for line in lines for size, _ in line]
    times = [time for line in lines for _, time in line]
    low_x, high_x = math.log10(min(sizes)), math.log10(max(sizes))
    low_y, high_y = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))

    def x(size: float) -> float:
        share = (math.log10(size) - low_x) / (high_x - low_x)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(time: float) -> float:
        share = (math.log10(time) - low_y) / (high_y - low_y)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        ' font-family="sans-serif" font-size="12">',
        "<title>Time to verify and read a delivery, by its size</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    for power in range(low_y, high_y + 1):
        at = y(10.0**power)
        label = f"{10**power} µs" if power < 3 else f"{10 ** (power - 3)} ms"
        out.append(f'<path d="M{LEFT} {at:.1f}H{right}" stroke="#ddd"/>')
        out.append(f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{label}</text>')
    for size, label in [(1e3, "1 KB"), (1e4, "10 KB"), (1e5, "100 KB"), (1e6, "1 MB")]:
        out.append(f'<path d="M{x(size):.1f} {TOP}V{bottom}" stroke="#ddd"/>')
        out.append(f'<text x="{x(size):.1f}" y="{bottom + 20}" text-anchor="middle">{label}</text>')
    for (_, _, colour), line in zip(SERIES, lines, strict=True):
        points = " ".join(f"{x(size):.1f},{y(time):.1f}" for size, time in line)
        out.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
    # The names stand at the lines' ends, apart from each other.
    taken = -math.inf
    ends = [(y(line[-1][1]), name, colour) for (name, _, colour), line in zip(SERIES, lines, strict=True)]
    for at, name, colour in sorted(ends):
        taken = max(at + 4, taken + 15)
        out.append(f'<text x="{right + 8}" y="{taken:.1f}" fill="{colour}">{name}</text>')
    return "\n".join([*out, "</svg>\n"])


if __name__ == "__main__":
    main()
