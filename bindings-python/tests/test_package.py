"""What is installed."""

from __future__ import annotations

import importlib.metadata
import sys
from pathlib import Path

import pytest
from cases import ROOT

import hookseal
import hookseal._types


def test_it_is_the_installed_package_that_is_tested() -> None:
    assert Path(hookseal.__file__).is_relative_to(sys.prefix)


def test_the_version_is_the_metadatas() -> None:
    assert hookseal.__version__ == importlib.metadata.version("hookseal")


def test_it_needs_nothing_else() -> None:
    needed = importlib.metadata.requires("hookseal") or []
    assert all("extra ==" in requirement for requirement in needed)


def test_it_is_typed_and_complete() -> None:
    folder = Path(hookseal.__file__).parent
    source = ROOT / "bindings-python/python/hookseal"
    for file in (*source.rglob("*.py"), *source.rglob("*.pyi"), source / "py.typed"):
        assert (folder / file.relative_to(source)).read_bytes() == file.read_bytes()


def test_importing_costs_no_payload_and_no_framework() -> None:
    import subprocess

    code = "import sys, hookseal; print(*(m for m in sys.modules if m.startswith('hookseal')))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(ran.stdout.split()) == {"hookseal", "hookseal._hookseal", "hookseal._exceptions"}


def test_importing_loads_nothing_of_the_standard_library() -> None:
    import subprocess

    code = "import sys; before = set(sys.modules); import hookseal; print(*set(sys.modules) - before)"
    command = [sys.executable, "-I", "-c", code]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert all(name.startswith("hookseal") for name in ran.stdout.split()), ran.stdout


def test_the_types_of_arguments_are_loaded_when_they_are_asked_for() -> None:
    for name in ("Body", "Headers", "ProviderName", "Secret"):
        assert getattr(hookseal, name) is getattr(hookseal._types, name)
        assert name in dir(hookseal)
    assert set(hookseal.__all__) <= set(dir(hookseal))
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = hookseal.Nothing  # type: ignore[attr-defined]
