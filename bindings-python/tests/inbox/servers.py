"""A PostgreSQL and a MariaDB of the tests' own, which end with this process."""

from __future__ import annotations

import os
import subprocess
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from cases import ROOT


class Servers(NamedTuple):
    postgresql: str
    mysql: str


# What keeps them running: its standard input ends with this process, and it with that.
_running: list[subprocess.Popen[str]] = []


@lru_cache(maxsize=1)
def servers() -> Servers:
    if "HOOKSEAL_TEST_POSTGRESQL" not in os.environ:
        script = "echo $HOOKSEAL_TEST_POSTGRESQL; echo $HOOKSEAL_TEST_MYSQL; exec cat"
        started = subprocess.Popen(
            [ROOT / "tests/inbox/with-servers", "sh", "-c", script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        _running.append(started)
        assert started.stdout
        os.environ["HOOKSEAL_TEST_POSTGRESQL"] = started.stdout.readline().strip()
        os.environ["HOOKSEAL_TEST_MYSQL"] = started.stdout.readline().strip()
    return Servers(os.environ["HOOKSEAL_TEST_POSTGRESQL"], os.environ["HOOKSEAL_TEST_MYSQL"])


def mysql() -> dict[str, Any]:
    """The MariaDB's address as PyMySQL takes it."""
    url = urlsplit(servers().mysql)
    return {
        "host": url.hostname,
        "port": url.port,
        "user": url.username,
        "password": url.password,
        "database": url.path.strip("/"),
    }
