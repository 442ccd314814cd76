"""A program that works on an inbox, to be killed: `python -m inbox.working KIND FOLDER PREFIX before|after|on`.

It waits for a line, or to be killed, before or after what its handler does, or goes on.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hookseal.inbox import Worker

from .kinds import KINDS
from .program import Program


def main(name: str, folder: str, prefix: str, mode: str) -> None:
    kind = next(kind for kind in KINDS if kind.name == name)
    program = Program(kind, Path(folder), prefix)

    def handle(claimed: Any, connection: Any) -> None:
        print("handling", claimed.event.id, flush=True) if mode != "after" else None
        if mode == "before":
            sys.stdin.readline()
        kind.run(connection, f"INSERT INTO {prefix}effect VALUES ('{claimed.event.id}')")
        if mode == "after":
            print("handling", claimed.event.id, flush=True)
            sys.stdin.readline()
        print("handled", claimed.event.id, flush=True)

    class Told(Worker[Any]):
        def stop(self) -> None:
            super().stop()
            print("stopping", flush=True)

    Told(program.inbox, handle, idle=0.05).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
