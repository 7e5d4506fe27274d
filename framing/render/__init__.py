"""Reports: a layout and a Comparison become a PDF or an HTML file."""

from __future__ import annotations

from framing.render._write import write_report

__all__ = ["write_report"]
