"""Senders that sign the request or nothing, under real servers, also behind a proxy."""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from hookseal.aws_lambda import webhook_handler

from .conftest import Servers
from .serving import SECONDS, Server
from .signed import ORIGIN, SECRET, WEBHOOKS, signature
from .test_aws_lambda import FRONT_ENDS, FrontEnd

BODY = b'{"type":"a"}'
# The last is where Starlette has changed the path.
ENDPOINTS = {
    "django-wsgi": ("signed-django-wsgi", ""),
    "django-asgi": ("signed-django-asgi", ""),
    "flask": ("signed-flask", ""),
    "fastapi": ("signed-fastapi", ""),
    "mounted": ("signed-fastapi", "/mounted"),
}
# As a sender may write an address: frameworks decode it, and would write it in another way.
TARGETS = ["n", "n?a=1", "%7En?q=a+b&r=%2f&s=", "caf%C3%A9%20x?%E2%82%AC", "a:b@c;d=e,f!$&'()*"]


@pytest.fixture(params=ENDPOINTS)
def endpoint(request: pytest.FixtureRequest, servers: Servers) -> tuple[Server, str]:
    name, prefix = ENDPOINTS[request.param]
    return servers[name], prefix


@pytest.mark.parametrize("target", TARGETS)
def test_the_address_is_the_one_that_was_called(endpoint: tuple[Server, str], target: str) -> None:
    server, prefix = endpoint
    path = f"{prefix}/whole/{target}"
    signed = signature("POST", f"http://127.0.0.1:{server.port}{path}", BODY)
    reply = server.send(path, BODY, {"X-Signature": signed})
    assert (reply.status, reply.json()["handled"]) == (200, "a")
    for other in (f"{path}&x=1", f"{path}?x=1", f"{prefix}/whole/other"):
        refused = server.send(other, BODY, {"X-Signature": signed})
        assert (refused.status, refused.json()) == (401, {"error": "signature_mismatch"})


def test_the_method_is_the_one_that_was_called(servers: Servers) -> None:
    for name in ("signed-flask", "signed-fastapi"):
        server = servers[name]
        signed = signature("PUT", f"http://127.0.0.1:{server.port}/whole/n", BODY)
        for method, status in (("PUT", 200), ("POST", 401)):
            reply = server.send("/whole/n", BODY, {"X-Signature": signed}, method=method)
            assert reply.status == status


def test_what_anybody_can_send_is_not_believed(endpoint: tuple[Server, str]) -> None:
    server, prefix = endpoint
    path = f"{prefix}/whole/n"
    forwarded = {"X-Forwarded-Host": "other.example", "X-Forwarded-Port": "80"}
    headers = {**forwarded, "Forwarded": "host=other.example", "X-Original-URL": "/other"}
    own = signature("POST", f"http://127.0.0.1:{server.port}{path}", BODY)
    assert server.send(path, BODY, {**headers, "X-Signature": own}).status == 200
    for url in (f"http://other.example{path}", f"http://127.0.0.1:{server.port}/other"):
        signed = {**headers, "X-Signature": signature("POST", url, BODY)}
        assert server.send(path, BODY, signed).status == 401


class Proxy(ThreadingHTTPServer):
    """A proxy that passes requests on, as such proxies do: to another host, and over HTTP."""

    daemon_threads = True

    def __init__(self, to: int) -> None:
        self.to = to
        super().__init__(("127.0.0.1", 0), Forward)


class Forward(BaseHTTPRequestHandler):
    server: Proxy

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name: value for name, value in self.headers.items() if name != "Host"}
        headers |= {"X-Forwarded-Proto": "https", "X-Forwarded-Host": self.headers["Host"]}
        connection = HTTPConnection("127.0.0.1", self.server.to, timeout=SECONDS)
        connection.request("POST", self.path, body, headers)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        self.send_response(response.status)
        self.send_header("Content-Type", response.headers["Content-Type"])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def proxied(endpoint: tuple[Server, str]) -> Iterator[tuple[Server, str]]:
    server, prefix = endpoint
    with Proxy(server.port) as proxy:
        thread = Thread(target=proxy.serve_forever)
        thread.start()
        try:
            yield Server(proxy.server_port, server.log), prefix
        finally:
            proxy.shutdown()
            thread.join()


@pytest.mark.parametrize("target", TARGETS)
def test_behind_a_proxy_the_origin_is_the_webhooks(
    proxied: tuple[Server, str], target: str
) -> None:
    server, prefix = proxied
    path = f"{prefix}/behind/{target}"
    signed = signature("POST", ORIGIN + path, BODY)
    headers = [("X-Signature", signed)]
    reply = server.send(path, BODY, headers)
    assert (reply.status, reply.json()["handled"]) == (200, "a")
    other = signature("POST", f"http://127.0.0.1:{server.port}{path}", BODY)
    assert server.send(path, BODY, {"X-Signature": other}).status == 401


def test_a_token_is_enough_where_that_was_accepted(endpoint: tuple[Server, str]) -> None:
    server, prefix = endpoint
    reply = server.send(f"{prefix}/token/n", BODY, {"X-Token": SECRET})
    assert (reply.status, reply.json()["handled"]) == (200, "a")
    refused = server.send(f"{prefix}/token/n", BODY, {"X-Token": "another"})
    assert (refused.status, refused.json()) == (401, {"error": "signature_mismatch"})


# What was called, and what each front end makes of it.
CALLED = {
    "http_api": (
        "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/webhooks/insurer?q=a+b&r=%2f",
        {"rawQueryString": "q=a+b&r=%2f"},
    ),
    "function_url": (
        "https://a1b2c3xmpl.lambda-url.eu-central-1.on.aws/?q=a+b&r=%2f",
        {"rawQueryString": "q=a+b&r=%2f"},
    ),
    "rest_api": (
        "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/prod/webhooks/insurer"
        "?q=a%20b&q=2&r=%2F",
        {"multiValueQueryStringParameters": {"q": ["a b", "2"], "r": ["/"]}},
    ),
    "load_balancer": (
        f"{ORIGIN}/webhooks/insurer?q=a+b&r=%2f",
        {"queryStringParameters": {"q": "a+b", "r": "%2f"}},
    ),
    "load_balancer_multi": (
        f"{ORIGIN}/webhooks/insurer?q=a+b&q=2&r=%2f",
        {"multiValueQueryStringParameters": {"q": ["a+b", "2"], "r": ["%2f"]}},
    ),
}


@pytest.mark.parametrize("name", FRONT_ENDS)
def test_lambda(name: str) -> None:
    url, parts = CALLED[name]
    # A load balancer does not tell the address that was called.
    whole = not name.startswith("load_balancer")
    webhook = WEBHOOKS["whole" if whole else "behind"]

    @webhook_handler(webhook)
    def handler(event: Any, context: None) -> dict[str, Any]:
        return {"statusCode": 202, "body": event.type}

    def answer(signed: str, **changed: Any) -> Any:
        invocation = FrontEnd(name).invocation(BODY, {"X-Signature": signed})
        return handler({**invocation, **parts, **changed}, None)["statusCode"]

    assert answer(signature("POST", url, BODY)) == 202
    assert answer(signature("PUT", url, BODY)) == 401
    assert answer(signature("POST", f"{url}&x=1", BODY)) == 401
    # Not an HTTP front end's invocation, but one that somebody made up.
    assert answer(signature("POST", url, BODY), requestContext={}, path="", rawPath="") == 500
