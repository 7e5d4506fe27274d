"""Stub."""

from __future__ import annotations

from typing import Any

from framing.render._request import Request
from framing.render._story import Story


def article_content(story: Story, request: Request) -> dict[str, Any]:
    """Return nothing yet."""
    return {"title": "x", "first": None, "sections": [], "appendix": []}
