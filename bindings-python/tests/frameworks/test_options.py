"""The options that every adapter has, and what they refuse."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from .deliveries import KASKO

ADAPTERS = {
    "django": "webhook_view",
    "flask": "webhook_view",
    "fastapi": "WebhookEvent",
    "aws_lambda": "webhook_handler",
}
# The package whose absence each adapter meets first.
NEEDS = {"django": "asgiref", "flask": "flask", "fastapi": "starlette"}


@pytest.fixture(params=ADAPTERS)
def adapter(request: pytest.FixtureRequest) -> Callable[..., Any]:
    if request.param in NEEDS:
        pytest.importorskip(request.param)
    module = importlib.import_module(f"hookseal.{request.param}")
    made: Callable[..., Any] = getattr(module, ADAPTERS[request.param])
    return made


def test_a_forgotten_webhook(adapter: Callable[..., Any]) -> None:
    def view() -> None:
        pass

    with pytest.raises(TypeError, match=r"expected a hookseal\.Webhook, got function"):
        adapter(view)


@pytest.mark.parametrize("max_body", [0, -1])
def test_a_cap_that_lets_nothing_pass(adapter: Callable[..., Any], max_body: int) -> None:
    with pytest.raises(ValueError, match="max_body"):
        adapter(KASKO, max_body=max_body)


def test_an_unknown_choice(adapter: Callable[..., Any]) -> None:
    with pytest.raises(ValueError, match="acknowledge must be one of checks, tests, none"):
        adapter(KASKO, acknowledge="all")


def python(code: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300
    )
    return run.stdout.strip()


@pytest.mark.parametrize("name", NEEDS)
def test_a_framework_that_is_not_installed(name: str) -> None:
    code = f"""
import sys
sys.modules[{NEEDS[name]!r}] = None
import hookseal
try:
    import hookseal.{name}
except ImportError as error:
    print(error)
"""
    assert f'pip install "hookseal[{name}]"' in python(code)


def test_the_package_imports_no_framework() -> None:
    code = """
import sys, hookseal, hookseal.aws_lambda
print([name for name in ("django", "flask", "werkzeug", "starlette") if name in sys.modules])
"""
    assert python(code) == "[]"
