"""What only Django has: views that are classes, CSRF protection, and its own limit on bodies."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from .conftest import Servers
from .deliveries import POLICY, github, kasko, sized
from .serving import APPS, PROVIDERS, SECONDS, SECRET, Server

pytest.importorskip("django")

FORGED = {"error": "signature_mismatch"}


@pytest.fixture(params=["django-classes-wsgi", "django-classes-asgi"])
def server(request: pytest.FixtureRequest, servers: Servers) -> Server:
    return servers[request.param]


@pytest.mark.parametrize("path", ["/kasko", "/async/kasko"])
def test_a_class_whose_dispatch_is_decorated(server: Server, path: str) -> None:
    assert server.send(path, POLICY, kasko()).json()["handled"] == "policy.created"
    reply = server.send(path, POLICY + b" ", kasko())
    assert (reply.status, reply.json()) == (401, FORGED)
    assert server.send(path, method="GET").status == 405


@pytest.mark.parametrize("path", ["/wrong/post", "/wrong/async-post"])
def test_a_class_whose_post_is_decorated_is_refused_by_django(server: Server, path: str) -> None:
    assert server.send(path, POLICY, kasko()).status == 403


@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunked"])
def test_the_providers_cap_is_above_djangos_own(server: Server, chunked: bool) -> None:
    body = sized(3 << 20)
    reply = server.send("/github", [body] if chunked else body, github(body))
    assert reply.status == 200, reply
    assert reply.json()["size"] == len(body)


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"import django_classes\n{code}"],
        env={**os.environ, **{f"{name}_SECRET": SECRET for name in PROVIDERS}, "PYTHONPATH": str(APPS)},
        capture_output=True,
        text=True,
        timeout=SECONDS * 3,
    )


def test_the_checks_of_the_set_up_name_the_views_that_are_not_exempt() -> None:
    ran = run("from django.core.management import call_command; call_command('check')")
    assert ran.returncode != 0
    assert ran.stderr.count("(hookseal.E001)") == 3
    for view in ("DecoratedPost", "DecoratedAsyncPost", "WithoutMethodDecorator"):
        assert f"deliveries to {view}" in ran.stderr.replace("django_classes.", "")
    assert 'name="dispatch"' in ran.stderr
    assert "Kasko.as_view" not in ran.stderr


@pytest.mark.parametrize(
    ("path", "error", "advice"),
    [
        ("/wrong/post", "ImproperlyConfigured", 'name="dispatch"'),
        ("/wrong/async-post", "ImproperlyConfigured", 'name="dispatch"'),
        ("/wrong/without", "TypeError", "method_decorator"),
    ],
)
def test_djangos_test_client_meets_an_error(path: str, error: str, advice: str) -> None:
    ran = run(
        "from django.test import Client\n"
        f"Client().post({path!r}, b'', content_type='application/json')"
    )
    last = ran.stderr.strip().splitlines()[-1]
    assert error in last, ran.stderr
    assert advice in last


GONE = """
class Gone:
    def __init__(self, error):
        self.error = error
    def read(self, size=-1):
        if self.error:
            raise self.error
        return b""
    readline = read

def answer(error, **environ):
    answered = []
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/kasko", "SERVER_NAME": "testserver",
        "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": Gone(error), **environ,
    }
    body = b"".join(django_classes.wsgi(environ, lambda status, headers: answered.append(status)))
    print(*answered, body.decode())

import django.core.mail, logging
"""


def test_a_body_that_cannot_be_read() -> None:
    ran = run(
        GONE
        + "answer(OSError('gone'), CONTENT_LENGTH='7')\n"
        + "answer(ConnectionResetError('gone'), HTTP_TRANSFER_ENCODING='chunked')\n"
        + "answer(None, CONTENT_LENGTH='7')\n"
        + "answer(None, HTTP_TRANSFER_ENCODING='chunked')\n"
        + "answer(None, **{'HTTP_TRANSFER_ENCODING': 'chunked', 'wsgi.input_terminated': True})\n"
    )
    assert ran.stdout.splitlines() == [
        '400 Bad Request {"error": "incomplete_body"}',
        '500 Internal Server Error {"error": "body_already_read"}',
        '500 Internal Server Error {"error": "body_already_read"}',
        '500 Internal Server Error {"error": "body_already_read"}',
        '401 Unauthorized {"error": "missing_header"}',
    ], ran.stderr
    assert "Traceback" not in ran.stderr
