"""What `help()` shows: every public item has its documentation, which is the stub's, and its examples run."""

from __future__ import annotations

import ast
import doctest
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hookseal
import hookseal.inbox

STUB = Path(hookseal.__file__).with_name("_hookseal.pyi").read_text(encoding="utf-8")
FLAGS = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL


def documented() -> Iterator[tuple[str, Any, str]]:
    """Each item that the stub documents: its name, what it is at runtime, and the stub's text."""
    for node in ast.parse(STUB).body:
        if not isinstance(node, ast.ClassDef) or node.name.startswith("_"):
            continue
        found = vars(hookseal.inbox if node.name == "Claimed" else hookseal)[node.name]
        yield node.name, found, ast.get_docstring(node) or ""
        for child in node.body:
            if isinstance(child, ast.FunctionDef) and not child.name.startswith("_"):
                name = f"{node.name}.{child.name}"
                yield name, getattr(found, child.name), ast.get_docstring(child) or ""


def test_the_stub_and_the_runtime_say_the_same() -> None:
    items = list(documented())
    assert len(items) == 54
    for name, found, text in items:
        assert text, name
        assert inspect.cleandoc(found.__doc__ or "") == text, name


def test_everything_that_is_exported_is_documented() -> None:
    for module in (hookseal, hookseal.inbox):
        for name in module.__all__:
            item = getattr(module, name)
            if not (inspect.isclass(item) or inspect.isfunction(item)):
                continue
            assert item.__doc__, name
            for member, found in vars(item).items() if inspect.isclass(item) else ():
                if not member.startswith("_") and (callable(found) or isinstance(found, property)):
                    assert found.__doc__, f"{name}.{member}"


def test_the_examples_run() -> None:
    finder, runner = doctest.DocTestParser(), doctest.DocTestRunner(optionflags=FLAGS)
    ran = 0
    for name, found, _ in documented():
        text = inspect.cleandoc(found.__doc__ or "")
        test = finder.get_doctest(text, {"hookseal": hookseal}, name, None, None)
        ran += len(test.examples)
        said: list[str] = []
        failed, _ = runner.run(test, out=said.append)
        assert not failed, "".join(said)
    assert ran == 16
