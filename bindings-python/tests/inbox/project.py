"""A Django project with a database of each engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pymysql

from .servers import mysql, servers


def databases() -> dict[str, dict[str, Any]]:
    """Django's settings of a database of each engine."""
    url, of_mysql = urlsplit(servers().postgresql), mysql()
    return {
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"},
        "sqlite": {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {"timeout": 60}},
        "postgresql": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": url.path.strip("/"),
            "HOST": url.hostname,
            "PORT": url.port,
            "USER": url.username,
        },
        "mysql": {
            "ENGINE": "django.db.backends.mysql",
            "NAME": of_mysql["database"],
            "HOST": of_mysql["host"],
            "PORT": of_mysql["port"],
            "USER": of_mysql["user"],
            "PASSWORD": of_mysql["password"],
        },
    }


def pretend_to_be_mysqlclient() -> None:
    """Lets Django take PyMySQL for mysqlclient, whose version it asks for."""
    driver: Any = pymysql
    driver.version_info = (2, 2, 1, "final", 0)
    driver.install_as_MySQLdb()


def connection(alias: str, folder: Path) -> Any:
    """Django's connection of this thread; SQLite's file is in the folder."""
    import django
    from django.apps import apps
    from django.conf import settings
    from django.db import connections

    if not settings.configured:
        settings.configure()
    if not apps.ready:
        django.setup()
    if "mysql" not in connections.settings:
        pretend_to_be_mysqlclient()
        handler: Any = connections
        handler._settings = databases()
        del handler.settings
    found = connections[alias]
    name = str(folder / "inbox.sqlite")
    if alias == "sqlite" and found.settings_dict["NAME"] != name:
        found.close()
        found.settings_dict["NAME"] = name
    return found
