"""No test reaches a network, so all that framing needs is proven to be there; figures are drawn without a screen."""

from __future__ import annotations

import importlib.util
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

os.environ["MPLBACKEND"] = "Agg"

_ANNOTATED = Path(__file__).parent / "classify" / "annotated.py"
_CONNECTING = ("connect", "connect_ex", "sendto")
_RESOLVING = ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "create_connection")


class NetworkBlockedError(RuntimeError):
    """A test tried to reach a network."""


def _refuse(*arguments: Any, **_: Any) -> Any:
    msg = f"tests run without a network: {arguments!r}"
    raise NetworkBlockedError(msg)


def _guarded(name: str) -> Any:
    original = getattr(socket.socket, name)

    def guarded(self: socket.socket, *arguments: Any) -> Any:
        # processes of one machine talk through these
        if self.family == getattr(socket, "AF_UNIX", None):
            return original(self, *arguments)
        return _refuse(name, *arguments)

    return guarded


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in _CONNECTING:
            patch.setattr(socket.socket, name, _guarded(name))
        for name in _RESOLVING:
            patch.setattr(socket, name, _refuse)
        yield


@pytest.fixture(scope="session")
def annotated() -> ModuleType:
    """Return the helper that writes articles; test folders are not importable by name."""
    spec = importlib.util.spec_from_file_location("framing_tests_annotated", _ANNOTATED)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
