"""The command line; one module a group of commands."""

from framing.cli._main import main

__all__ = ["main"]
