"""Synthetic comparisons for the tests of figures."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from framing.comparison._model import Comparison

_FILE = Path(__file__).with_name("synthetic.py")


def _load() -> Callable[..., Comparison]:
    """Load the factory by path: with import-mode importlib, test folders are not importable by name."""
    spec = importlib.util.spec_from_file_location("framing_tests_synthetic", _FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    make: Callable[..., Comparison] = module.make
    return make


@pytest.fixture(scope="session")
def make() -> Callable[..., Comparison]:
    """Return the factory of synthetic comparisons; the same arguments give the very same comparison."""
    factory, made = _load(), {}

    def cached(*args: Any, **options: Any) -> Comparison:
        key = repr((args, sorted(options.items())))
        if key not in made:
            made[key] = factory(*args, **options)
        return made[key]

    return cached
