from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from .serving import Server, gunicorn, serving, uvicorn

COMMANDS = {
    "django-wsgi": gunicorn("django_app:wsgi"),
    "django-asgi": uvicorn("django_app:asgi"),
    "django-classes-wsgi": gunicorn("django_classes:wsgi"),
    "django-classes-asgi": uvicorn("django_classes:asgi"),
    "flask": gunicorn("flask_app:app"),
    "fastapi": uvicorn("fastapi_app:app"),
    "cases-django-wsgi": gunicorn("cases_django:wsgi"),
    "cases-django-asgi": uvicorn("cases_django:asgi"),
    "cases-flask": gunicorn("cases_flask:app"),
    "cases-fastapi": uvicorn("cases_fastapi:app"),
    "signed-django-wsgi": gunicorn("signed_django:wsgi"),
    "signed-django-asgi": uvicorn("signed_django:asgi"),
    "signed-flask": gunicorn("signed_flask:app"),
    "signed-fastapi": uvicorn("signed_fastapi:app"),
    "asked-django-wsgi": gunicorn("asked_django:wsgi"),
    "asked-django-asgi": uvicorn("asked_django:asgi"),
    "asked-flask": gunicorn("asked_flask:app"),
    "asked-fastapi": uvicorn("asked_fastapi:app"),
}


class Servers:
    """The servers, each started when it is first asked for."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._running: dict[str, Server] = {}

    def __getitem__(self, name: str) -> Server:
        if name not in self._running:
            command = COMMANDS[name]
            server = serving(command, self._folder / f"{name}.log")
            self._running[name] = self._stack.enter_context(server)
        return self._running[name]


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    with ExitStack() as stack:
        yield Servers(tmp_path_factory.mktemp("servers"), stack)
