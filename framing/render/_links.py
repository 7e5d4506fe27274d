"""Where a number's evidence stands: anchors, and links that lead to one that is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

SEE: Mapping[str, tuple[str, ...]] = {
    "rates": ("table-layers", "evidence-loaded"),
    "dumbbell": ("table-layers", "evidence-loaded"),
    "profile": ("table-single_rates", "evidence"),
    "fingerprint": ("table-contrasts", "evidence"),
    "terms": ("table-terms", "table-outlet_terms", "evidence-loaded"),
    "word_shift": ("table-outlet_terms", "evidence-loaded"),
    "naming": ("table-outlet_naming", "evidence-naming"),
    "balance": ("table-balance",),
    "sentences": ("table-sentences", "evidence-bias"),
    "hedging": ("evidence-hedge", "evidence-booster"),
    "headlines": ("evidence-loaded",),
    "matched": ("table-matched", "evidence-loaded"),
    "events": ("table-events", "evidence-loaded"),
    "copies": ("table-copies",),
    "shrinkage": ("table-layers", "evidence-loaded"),
    "trend": ("evidence-loaded",),
    "readability": ("table-readability",),
    "frames": ("table-frames_climate", "table-frames_guns"),
    "keyness": ("lines",),
    "keyness_scatter": ("lines",),
}
"""Where the numbers of a figure stand: its table, and the findings that it counts."""


def anchors(content: object) -> set[str]:
    """Return the ids of all sections and blocks."""
    return {str(node["id"]) for node in _nodes(content) if node.get("id")}


def keep_what_leads_somewhere(content: Mapping[str, Any]) -> None:
    """Empty, in place, each link whose anchor the content does not have."""
    known = anchors(content)
    for node in _nodes(content):
        links = node.get("links")
        if isinstance(links, list):
            rows = [[to if to in known else "" for to in row] if isinstance(row, list) else row for row in links]
            node["links"] = [row for row in rows if isinstance(row, list) or row in known]
            if not any(to for row in node["links"] for to in row):
                node["links"] = []
        if "link" in node and node["link"] not in known:
            node["link"] = ""


def _nodes(content: object) -> Iterator[dict[str, Any]]:
    """Yield every mapping within, the outer before the inner."""
    waiting: list[object] = [content]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
