"""What every framework must do alike, under a real server."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

import brotli
import pytest

from . import deliveries
from .conftest import Servers
from .deliveries import CHECK, CLAIM, POLICY, TEST_POLICY, claimport, github, kasko, sized
from .serving import SECRET, Headers, Reply, Server

# As apps/webhooks.py has them; the adapters' own default is 1 MiB.
SMALL = 64
FRAMEWORK_LIMIT = 2 * 1024 * 1024
DEFAULT = 1024 * 1024
# Gunicorn reads a kilobyte or nothing.
MORE = SMALL + 1024

ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "gzip, br": lambda body: brotli.compress(gzip.compress(body)),
}
# What the log says of how to read the body without taking it away.
FIXES = {"django": "request.body", "flask": "request.get_data()", "fastapi": "await request.body()"}

FORGED = {"error": "signature_mismatch"}
TOO_LARGE = {"error": "body_too_large"}
ACKNOWLEDGED = {"acknowledged": True}


@dataclass(frozen=True)
class Endpoint:
    server: Server
    prefix: str
    framework: str

    def path(self, name: str) -> str:
        return f"{self.prefix}/{name}"

    def send(self, name: str, body: bytes | list[bytes] | None, headers: Headers) -> Reply:
        return self.server.send(self.path(name), body, headers)


ENDPOINTS = {
    "django-wsgi": ("django-wsgi", ""),
    "django-wsgi-async": ("django-wsgi", "/async"),
    "django-asgi": ("django-asgi", ""),
    "django-asgi-async": ("django-asgi", "/async"),
    "flask": ("flask", ""),
    "flask-async": ("flask", "/async"),
    "fastapi": ("fastapi", ""),
    "starlette": ("fastapi", "/starlette"),
}
# FastAPI has no cap of its own.
CAPPED = [name for name in ENDPOINTS if name.startswith(("django", "flask"))]
# Under ASGI, Django has received the whole body before it calls a view.
EARLY = [name for name in ENDPOINTS if not name.startswith("django-asgi")]


@pytest.fixture(params=ENDPOINTS)
def endpoint(request: pytest.FixtureRequest, servers: Servers) -> Endpoint:
    server, prefix = ENDPOINTS[request.param]
    return Endpoint(servers[server], prefix, server.partition("-")[0])


def test_genuine(endpoint: Endpoint) -> None:
    reply = endpoint.send("kasko", POLICY, kasko())
    assert reply.status == 200
    assert reply.json() == {"handled": "policy.created", "test": False, "size": len(POLICY)}


def test_genuine_chunked(endpoint: Endpoint) -> None:
    parts = [POLICY[:7], POLICY[7:]]
    reply = endpoint.send("kasko", parts, kasko())
    assert reply.status == 200
    assert reply.json()["size"] == len(POLICY)


@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunked"])
def test_forged(endpoint: Endpoint, chunked: bool) -> None:
    forged = POLICY.replace(b"12345", b"54321")
    body = [forged] if chunked else forged
    reply = endpoint.send("kasko", body, kasko())
    assert (reply.status, reply.json()) == (401, FORGED)


@pytest.mark.parametrize("missing", ["X-KASKO-Signature", "X-KASKO-Event"])
def test_missing_header(endpoint: Endpoint, missing: str) -> None:
    headers = {name: value for name, value in kasko().items() if name.lower() != missing.lower()}
    reply = endpoint.send("kasko", POLICY, headers)
    assert (reply.status, reply.json()) == (401, {"error": "missing_header"})


@pytest.mark.parametrize(
    "value", ["", "sha256=00", "sha1=zz", "sha1=\u00e9", "sha1=\u00ff" + "0" * 38]
)
def test_malformed_header(endpoint: Endpoint, value: str) -> None:
    headers = {"X-KASKO-Signature": value, "X-KASKO-Event": "policy.created"}
    reply = endpoint.send("kasko", POLICY, headers)
    assert (reply.status, reply.json()) == (401, {"error": "malformed_header"})


def test_two_signatures(endpoint: Endpoint) -> None:
    headers = [*kasko().items(), ("X-KASKO-Signature", "sha1=" + "0" * 40)]
    reply = endpoint.send("kasko", POLICY, headers)
    assert (reply.status, reply.json()) == (401, {"error": "malformed_header"})


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff"])
def test_authentic_but_no_object(endpoint: Endpoint, body: bytes) -> None:
    reply = endpoint.send("kasko", body, kasko(body))
    assert (reply.status, reply.json()) == (400, {"error": "invalid_payload"})


@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunked"])
@pytest.mark.parametrize(("path", "limit"), [("small", SMALL), ("kasko", DEFAULT)])
def test_at_the_cap(endpoint: Endpoint, path: str, limit: int, chunked: bool) -> None:
    for size, status in [(limit, 200), (limit + 1, 413)]:
        body = sized(size)
        reply = endpoint.send(path, [body] if chunked else body, kasko(body))
        assert reply.status == status
        assert reply.json() == TOO_LARGE if status == 413 else reply.json()["size"] == size


@pytest.mark.parametrize("endpoint", CAPPED, indirect=True)
@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunked"])
def test_at_the_frameworks_own_cap(endpoint: Endpoint, chunked: bool) -> None:
    for size, status in [(FRAMEWORK_LIMIT, 200), (FRAMEWORK_LIMIT + 1, 413)]:
        body = sized(size)
        reply = endpoint.send("large", [body] if chunked else body, kasko(body))
        assert reply.status == status


@pytest.mark.parametrize("endpoint", EARLY, indirect=True)
@pytest.mark.parametrize(
    ("headers", "sent"),
    [
        ({"Content-Length": "1000000"}, b"{"),
        ({"Content-Length": "1000000"}, b"{" + b" " * MORE),
        ({"Content-Length": "9" * 18}, b""),
        ({"Transfer-Encoding": "chunked"}, b"fffff\r\n{" + b" " * MORE),
        ({"Transfer-Encoding": "chunked"}, b"1\r\n{\r\n" + b"1\r\n \r\n" * MORE),
    ],
    ids=["length", "length-more", "length-huge", "one-chunk", "many-chunks"],
)
def test_the_rest_is_not_waited_for(
    endpoint: Endpoint, headers: dict[str, str], sent: bytes
) -> None:
    reply = endpoint.server.begin(endpoint.path("small"), {**kasko(), **headers}, sent)
    assert (reply.status, reply.json()) == (413, TOO_LARGE)


def test_method(endpoint: Endpoint) -> None:
    for method in ["GET", "PUT", "DELETE"]:
        assert endpoint.server.send(endpoint.path("kasko"), method=method).status == 405


def test_endpoint_check(endpoint: Endpoint) -> None:
    reply = endpoint.send("claimport", CHECK, claimport(CHECK))
    assert (reply.status, reply.json()) == (200, ACKNOWLEDGED)


def test_forged_endpoint_check(endpoint: Endpoint) -> None:
    reply = endpoint.send("claimport", CHECK + b" ", claimport(CHECK))
    assert (reply.status, reply.json()) == (401, FORGED)


def test_other_events_than_the_check(endpoint: Endpoint) -> None:
    reply = endpoint.send("claimport", CLAIM, claimport(CLAIM))
    assert reply.json()["handled"] == "claim.created"


def test_endpoint_check_for_the_handler(endpoint: Endpoint) -> None:
    reply = endpoint.send("every", CHECK, claimport(CHECK))
    assert reply.json() == {"handled": "webhook.test", "test": True, "size": len(CHECK)}


def test_test_policy(endpoint: Endpoint) -> None:
    reply = endpoint.send("kasko", TEST_POLICY, kasko(TEST_POLICY))
    assert reply.json() == {"handled": "policy.created", "test": True, "size": len(TEST_POLICY)}


def test_test_policy_kept_from_the_handler(endpoint: Endpoint) -> None:
    reply = endpoint.send("live", TEST_POLICY, kasko(TEST_POLICY))
    assert (reply.status, reply.json()) == (200, ACKNOWLEDGED)
    reply = endpoint.send("live", POLICY, kasko())
    assert reply.json()["handled"] == "policy.created"


@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunked"])
def test_parsed_earlier(endpoint: Endpoint, chunked: bool) -> None:
    for body, status in [(POLICY, 200), (POLICY + b" ", 401)]:
        reply = endpoint.send("parsed", [body] if chunked else body, kasko())
        assert reply.status == status
        assert reply.json() == FORGED if status == 401 else reply.json()["size"] == len(POLICY)


ALREADY_READ = {"error": "body_already_read"}


def test_read_before_by_the_app(endpoint: Endpoint) -> None:
    """The sender is not to blame, and the log says what to do."""
    before = endpoint.server.log.read_text()
    reply = endpoint.send("consumed", POLICY, kasko())
    assert (reply.status, reply.json()) == (500, ALREADY_READ)
    logged = endpoint.server.log.read_text().removeprefix(before)
    assert "the body was read before the webhook could verify it: " in logged
    assert FIXES[endpoint.framework] in logged
    assert "Traceback" not in logged


FORM = b"payload=" + quote(POLICY).encode()
FORM_TYPE = "application/x-www-form-urlencoded"


def test_a_form_that_is_signed_raw(endpoint: Endpoint) -> None:
    reply = endpoint.server.send(endpoint.path("github"), FORM, github(FORM), content_type=FORM_TYPE)
    assert reply.json() == {"handled": "push", "test": False, "size": len(FORM)}
    reply = endpoint.server.send(
        endpoint.path("github"), FORM + b"+", github(FORM), content_type=FORM_TYPE
    )
    assert (reply.status, reply.json()) == (401, FORGED)


def test_a_form_that_is_parsed_before(endpoint: Endpoint) -> None:
    reply = endpoint.server.send(
        endpoint.path("as-form"), FORM, github(FORM), content_type=FORM_TYPE
    )
    if endpoint.framework == "django":
        # It keeps the body.
        assert reply.json()["handled"] == "push"
    else:
        assert (reply.status, reply.json()) == (500, ALREADY_READ)


@pytest.mark.parametrize("endpoint", EARLY, indirect=True)
def test_a_sender_that_goes_away(endpoint: Endpoint) -> None:
    before = endpoint.server.log.read_text()
    headers = {**kasko(), "Content-Length": str(len(POLICY) + 1)}
    endpoint.server.leave(endpoint.path("kasko"), headers, POLICY)
    logged = endpoint.server.wait_for_log("incomplete_body", before)
    assert "delivery refused: incomplete_body: " in logged
    assert "Traceback" not in logged
    assert "signature_mismatch" not in logged


@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunked"])
@pytest.mark.parametrize("name", ENCODINGS)
def test_encoded(endpoint: Endpoint, name: str, chunked: bool) -> None:
    body = ENCODINGS[name](POLICY)
    given = [body] if chunked else body
    reply = endpoint.send("kasko", given, {**kasko(), "Content-Encoding": name})
    assert reply.json() == {"handled": "policy.created", "test": False, "size": len(POLICY)}
    reply = endpoint.send("kasko", given, {**kasko(POLICY + b" "), "Content-Encoding": name})
    assert (reply.status, reply.json()) == (401, FORGED)


def test_encoded_and_cut_off(endpoint: Endpoint) -> None:
    body = gzip.compress(POLICY)[:-9]
    reply = endpoint.send("kasko", body, {**kasko(), "Content-Encoding": "gzip"})
    assert (reply.status, reply.json()) == (400, {"error": "incomplete_body"})


def test_the_cap_counts_what_is_decoded(endpoint: Endpoint) -> None:
    for size, status in [(SMALL, 200), (SMALL + 1, 413), (1 << 20, 413)]:
        body = sized(size)
        for name in ("gzip", "br"):
            headers = {**kasko(body), "Content-Encoding": name}
            encoded = ENCODINGS[name](body)
            if len(encoded) > SMALL:
                continue
            reply = endpoint.send("small", encoded, headers)
            assert reply.status == status
            assert reply.json() == TOO_LARGE if status == 413 else reply.json()["size"] == size


def test_log(endpoint: Endpoint) -> None:
    before = endpoint.server.log.read_text()
    endpoint.send("kasko", POLICY + b" ", kasko())
    logged = endpoint.server.log.read_text().removeprefix(before)
    assert "delivery refused: signature_mismatch: " in logged
    for private in [SECRET, "Jürgen", deliveries.KASKO.sign(POLICY + b" ", type="x")]:
        assert str(private) not in logged


def test_arguments_of_the_route(endpoint: Endpoint) -> None:
    reply = endpoint.send("named/ann", POLICY, kasko())
    assert reply.json()["name"] == "ann"
    assert reply.json()["handled"] == "policy.created"


def test_error_of_the_handler(endpoint: Endpoint) -> None:
    # It is no error of the delivery, even if it is of the same class.
    assert endpoint.send("failing", POLICY, kasko()).status == 500
