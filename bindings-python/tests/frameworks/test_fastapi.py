"""What only FastAPI has."""

from __future__ import annotations

import pytest

from .conftest import Servers
from .deliveries import POLICY, kasko
from .serving import Server


@pytest.fixture
def server(servers: Servers) -> Server:
    return servers["fastapi"]


def test_an_app_without_the_exception_handler(server: Server) -> None:
    reply = server.send("/not-installed/kasko", POLICY, kasko())
    assert reply.json()["handled"] == "policy.created"
    reply = server.send("/not-installed/kasko", POLICY + b" ", kasko())
    assert (reply.status, reply.json()) == (401, {"detail": "signature_mismatch"})


def test_an_endpoint_with_a_body_of_its_own(server: Server) -> None:
    reply = server.send("/body", POLICY, kasko())
    assert reply.json()["policy"] == "TEST-POLICY-12345"
    assert server.send("/body", POLICY + b" ", kasko()).status == 401


def test_the_dependency_asks_for_nothing_in_the_documentation(server: Server) -> None:
    documented = server.send("/openapi.json", method="GET").json()
    operation = documented["paths"]["/kasko"]["post"]
    assert "requestBody" not in operation
    assert "parameters" not in operation
