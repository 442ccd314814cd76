"""Every form that frameworks have headers in."""

from __future__ import annotations

import email.message
import http.client
import inspect
import io
from collections import OrderedDict, UserDict
from collections.abc import AsyncIterator, Callable, Iterator
from types import MappingProxyType
from typing import Any

import pytest
from deliveries import Delivery

import hookseal

Pairs = list[tuple[str, str]]


def environ(pairs: Pairs) -> dict[str, Any]:
    """What a WSGI server makes of a request: repeated headers are joined with a comma."""
    found: dict[str, Any] = {
        "wsgi.version": (1, 0),
        "wsgi.input": io.BytesIO(),
        "wsgi.multithread": True,
        "SERVER_PORT": 80,
        "REQUEST_METHOD": "POST",
    }
    for name, value in pairs:
        key = "HTTP_" + name.upper().replace("-", "_")
        found[key] = f"{found[key]},{value}" if key in found else value
    return found


def message(pairs: Pairs) -> email.message.Message:
    made = email.message.Message()
    for name, value in pairs:
        made[name] = value
    return made


def client_message(pairs: Pairs) -> http.client.HTTPMessage:
    lines = "".join(f"{name}: {value}\r\n" for name, value in pairs)
    return http.client.parse_headers(io.BytesIO((lines + "\r\n").encode("latin-1")))


def django(pairs: Pairs) -> Any:
    from django.http.request import HttpHeaders

    return HttpHeaders(environ(pairs))


def werkzeug(pairs: Pairs) -> Any:
    from werkzeug.datastructures import Headers

    return Headers(pairs)


def werkzeug_environ(pairs: Pairs) -> Any:
    from werkzeug.datastructures import EnvironHeaders

    return EnvironHeaders(environ(pairs))


def starlette(pairs: Pairs) -> Any:
    from starlette.datastructures import Headers

    return Headers(raw=asgi(pairs))


def starlette_mutable(pairs: Pairs) -> Any:
    from starlette.datastructures import MutableHeaders

    return MutableHeaders(raw=asgi(pairs))


def litestar(pairs: Pairs) -> Any:
    from litestar.datastructures import Headers

    return Headers(asgi(pairs))


def multidict_own(pairs: Pairs) -> Any:
    from multidict import CIMultiDict

    return CIMultiDict(pairs)


def multidict(pairs: Pairs) -> Any:
    from multidict import CIMultiDict, CIMultiDictProxy

    return CIMultiDictProxy(CIMultiDict(pairs))


def httpx(pairs: Pairs) -> Any:
    from httpx import Headers

    return Headers(asgi(pairs))


def asgi(pairs: Pairs) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode("latin-1")) for name, value in pairs]


def generator(pairs: Pairs) -> Iterator[tuple[str, str]]:
    yield from pairs


def lists(pairs: Pairs) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


# Those that keep a repeated header's values apart.
KEEPING: list[Callable[[Pairs], Any]] = [
    list,
    tuple,
    generator,
    asgi,
    message,
    client_message,
    werkzeug,
    starlette,
    starlette_mutable,
    litestar,
    multidict,
    multidict_own,
    lists,
    lambda pairs: [list(pair) for pair in pairs],
    lambda pairs: {name.upper(): tuple(values) for name, values in lists(pairs).items()},
    lambda pairs: [(name.encode(), bytearray(value.encode())) for name, value in pairs],
]
# Those that keep one, or all in one.
JOINING: list[Callable[[Pairs], Any]] = [
    environ,
    dict,
    OrderedDict,
    UserDict,
    lambda pairs: MappingProxyType(dict(pairs)),
    lambda pairs: dict(pairs).items(),
    lambda pairs: {name.swapcase(): value for name, value in pairs},
    lambda pairs: {name.encode(): value.encode() for name, value in pairs},
    django,
    werkzeug_environ,
    httpx,
]

OTHERS = [("Host", "example.com"), ("Content-Type", "application/json"), ("Cookie", "ä")]


@pytest.mark.parametrize("form", KEEPING + JOINING)
def test_forms(
    kasko: hookseal.Webhook, delivery: Delivery, form: Callable[[Pairs], Any]
) -> None:
    event = kasko.verify(delivery.body, form(OTHERS + list(delivery.headers.items())))
    assert (event.type, event.id) == ("policy.created", "d-1")
    with pytest.raises(hookseal.MissingHeaderError):
        kasko.verify(delivery.body, form(OTHERS))


@pytest.mark.parametrize("form", KEEPING)
def test_two_different_signatures_are_refused(
    kasko: hookseal.Webhook, delivery: Delivery, form: Callable[[Pairs], Any]
) -> None:
    pairs = list(delivery.headers.items())
    same = next(pair for pair in pairs if pair[0] == "X-KASKO-Signature")
    other = (same[0], "sha1=" + "0" * 40)
    assert kasko.verify(delivery.body, form([*pairs, same])).id == "d-1"
    for given in ([*pairs, other], [other, *pairs]):
        with pytest.raises(hookseal.MalformedHeaderError):
            kasko.verify(delivery.body, form(given))


def test_two_different_signatures_in_two_cases_are_refused(
    kasko: hookseal.Webhook, delivery: Delivery
) -> None:
    headers = {**delivery.headers, "x-kasko-signature": "sha1=" + "0" * 40}
    with pytest.raises(hookseal.MalformedHeaderError):
        kasko.verify(delivery.body, headers)


@pytest.mark.parametrize("form", [environ, werkzeug_environ, django, httpx])
def test_two_signatures_that_are_joined_are_refused(
    kasko: hookseal.Webhook, delivery: Delivery, form: Callable[[Pairs], Any]
) -> None:
    pairs = list(delivery.headers.items())
    other = ("X-KASKO-Signature", "sha1=" + "0" * 40)
    for given in ([*pairs, other], [other, *pairs]):
        with pytest.raises(hookseal.MalformedHeaderError):
            kasko.verify(delivery.body, form(given))


SCHEME = """
name = "acme"
signature = { header = "X-Acme", algorithm = "hmac-sha256", encoding = "hex", content = "{body}" }
event = { type = { header = "Content-Type" }, id = { header = "X-Request-Id" } }
"""


@pytest.mark.parametrize("form", [environ, django, werkzeug, werkzeug_environ, starlette, litestar])
def test_headers_that_cgi_names_in_its_own_way(form: Callable[[Pairs], Any]) -> None:
    webhook = hookseal.Webhook("acme", "s", scheme=SCHEME)
    signed = webhook.sign(b"{}", type="application/json", id="r-1")
    found = form([])
    if form in (environ, django, werkzeug_environ):
        server: dict[str, Any] = environ([*signed.items()])
        server["CONTENT_TYPE"] = server.pop("HTTP_CONTENT_TYPE")
        wrap: dict[Any, Callable[[dict[str, Any]], Any]] = {
            environ: lambda environ: environ,
            django: type(found),
            werkzeug_environ: type(found),
        }
        headers = wrap[form](server)
    else:
        headers = form([*signed.items()])
    event = webhook.verify(b"{}", headers)
    assert (event.type, event.id) == ("application/json", "r-1")


def test_a_containers_own_error_comes_through(
    kasko: hookseal.Webhook, delivery: Delivery
) -> None:
    class Environ(dict[str, Any]):
        def get(self, key: str, default: Any = None) -> Any:
            raise LookupError("the environ's own")

    headers = werkzeug_environ([*delivery.headers.items()])
    headers.environ = Environ(headers.environ)
    with pytest.raises(LookupError, match="the environ's own"):
        kasko.verify(delivery.body, headers)
    del headers.environ
    with pytest.raises(AttributeError):
        kasko.verify(delivery.body, headers)


@pytest.mark.parametrize("form", [django, starlette, litestar, multidict, werkzeug_environ])
def test_a_subclass_answers_for_itself(
    kasko: hookseal.Webhook, delivery: Delivery, form: Callable[[Pairs], Any]
) -> None:
    given = form([])
    pairs = list(delivery.headers.items())
    own = type("Own", (type(given),), {"items": lambda self: pairs})
    if form is starlette:
        headers = own(raw=[])
    else:
        headers = own(environ([]) if form in (django, werkzeug_environ) else given)
    assert kasko.verify(delivery.body, headers).id == "d-1"


@pytest.mark.parametrize("headers", [None, {}, [], (), iter([]), {"X-KASKO-Signature": None}])
def test_what_is_not_there_is_missing(
    kasko: hookseal.Webhook, delivery: Delivery, headers: Any
) -> None:
    with pytest.raises(hookseal.MissingHeaderError):
        kasko.verify(delivery.body, headers)


@pytest.mark.parametrize("kind", [str, str.encode, lambda text: bytearray(text.encode())])
def test_a_text_is_the_signature(kind: Callable[[str], Any]) -> None:
    webhook = hookseal.Webhook("claimport", "s")
    body = b'{"id":"1","type":"claim.created","data":{}}'
    signature = webhook.sign(body)["X-ClaimPort-Signature"]
    assert webhook.verify(body, kind(signature)).type == "claim.created"
    with pytest.raises(hookseal.MalformedHeaderError):
        webhook.verify(body, kind("nonsense"))


@pytest.mark.parametrize(
    "value",
    ["ſha1=", "sha1=ä", "\x00", "a\x00b", "\ud800", "sha1=\udcff", "\U0001f512", "\r\n"],
)
@pytest.mark.parametrize("name", ["X-KASKO-Signature", "X-KASKO-Event", "X-KASKO-Delivery"])
def test_values_that_no_header_has_are_malformed(
    kasko: hookseal.Webhook, delivery: Delivery, name: str, value: str
) -> None:
    raw = value.encode("utf-8", "surrogatepass")
    for given in (value, raw, [value], [raw, None]):
        with pytest.raises(hookseal.MalformedHeaderError):
            kasko.verify(delivery.body, {**delivery.headers, name: given})
        with pytest.raises(hookseal.MalformedHeaderError):
            hookseal.Webhook("claimport", "s").verify(delivery.body, value)


@pytest.mark.parametrize("name", ["\ud800", "X-KASKO-Signature\x00", "ſ", b"\xff", memoryview(b"x")])
def test_names_that_no_header_has_are_others(
    kasko: hookseal.Webhook, delivery: Delivery, name: Any
) -> None:
    assert kasko.verify(delivery.body, {**delivery.headers, name: "x"}).id == "d-1"


class Name(str):
    """As a framework may have it, to compare without regard to case."""


def test_names_that_are_more_than_text(kasko: hookseal.Webhook, delivery: Delivery) -> None:
    named: dict[str, str] = {Name(name): value for name, value in delivery.headers.items()}
    assert kasko.verify(delivery.body, named).id == "d-1"
    twice = {**named, "x-kasko-signature": "sha1=" + "0" * 40}
    with pytest.raises(hookseal.MalformedHeaderError):
        kasko.verify(delivery.body, twice)


def test_a_name_whose_type_changes_the_headers(
    kasko: hookseal.Webhook, delivery: Delivery
) -> None:
    class Meta(type):
        def __getattribute__(cls, name: str) -> Any:
            headers.clear()
            return super().__getattribute__(name)

    class Odd(metaclass=Meta):
        pass

    headers: dict[Any, str] = {Odd(): "x", **delivery.headers}
    with pytest.raises(TypeError, match="the name of a header"):
        kasko.verify(delivery.body, headers)


def test_a_name_whose_type_changes_the_pairs(
    kasko: hookseal.Webhook, delivery: Delivery
) -> None:
    class Meta(type):
        def __getattribute__(cls, name: str) -> Any:
            headers.clear()
            return super().__getattribute__(name)

    class Odd(metaclass=Meta):
        pass

    headers: list[tuple[Any, str]] = [(Odd(), "x"), *delivery.headers.items()]
    with pytest.raises(TypeError, match="the name of a header"):
        kasko.verify(delivery.body, headers)


async def later() -> dict[str, str]:
    return {}


async def parts() -> AsyncIterator[bytes]:
    yield b""


class Awaitable:
    def __await__(self) -> Iterator[None]:
        return iter(())


@pytest.mark.parametrize(
    ("make", "advice"),
    [(later, "await it"), (Awaitable, "await it"), (parts, "read it"), (io.BytesIO, "read it")],
)
def test_what_is_not_there_yet_says_how_to_get_it(
    kasko: hookseal.Webhook, delivery: Delivery, make: Callable[[], Any], advice: str
) -> None:
    attempts: list[Callable[[Any], Any]] = [
        lambda given: kasko.verify(delivery.body, given),
        lambda given: kasko.explain(delivery.body, given),
        lambda given: kasko.verify(given, delivery.headers),
        lambda given: kasko.explain(given, delivery.headers),
        lambda given: kasko.sign(given, type="policy.created"),
        lambda given: hookseal.Webhook("kasko", given),
    ]
    for attempt in attempts:
        given = make()
        with pytest.raises(TypeError, match=advice):
            attempt(given)
        if inspect.iscoroutine(given):
            given.close()


class Raising:
    def items(self) -> Any:
        raise LookupError("the headers' own")


@pytest.mark.parametrize(
    ("headers", "advice"),
    [
        (1, "request.headers"),
        (object(), "request.headers"),
        ({1: "x"}, "request.headers"),
        ([1], "request.headers"),
        (["X-KASKO-Signature"], "request.headers"),
        ([("a", "b", "c")], "request.headers"),
        ([("a",)], "request.headers"),
        (["ab"], "request.headers"),
        ({"X-KASKO-Signature": 1}, "X-KASKO-Signature"),
        ({"X-KASKO-Signature": [1]}, "X-KASKO-Signature"),
        ({"X-KASKO-Signature": {"a": "b"}}, "X-KASKO-Signature"),
        ({"X-KASKO-Signature": [["a"]]}, "X-KASKO-Signature"),
    ],
)
def test_what_is_no_headers_at_all_is_a_type_error(
    kasko: hookseal.Webhook, delivery: Delivery, headers: Any, advice: str
) -> None:
    with pytest.raises(TypeError, match=advice):
        kasko.verify(delivery.body, headers)


def test_an_exception_of_the_headers_own_comes_through(
    kasko: hookseal.Webhook, delivery: Delivery
) -> None:
    with pytest.raises(LookupError, match="the headers' own"):
        kasko.verify(delivery.body, Raising())
