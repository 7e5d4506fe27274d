"""The only door to the data folders `lexicons/` and `reports/`."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from framing.errors import InternalError


def _folder(package: str) -> Traversable:
    try:
        return files(package)
    except ModuleNotFoundError as missing:
        msg = f"the data of {package} is not installed; run: pip install -e ."
        raise InternalError(msg) from missing


def lexicons() -> Traversable:
    """Return the folder with the lexicons that ship with framing.

    Raises
    ------
    InternalError
        If framing runs from a checkout that was never installed.
    """
    return _folder("framing.lexicons")


def reports() -> Traversable:
    """Return the folder with layouts, styles and wording that ship with framing.

    Raises
    ------
    InternalError
        If framing runs from a checkout that was never installed.
    """
    return _folder("framing.reports")
