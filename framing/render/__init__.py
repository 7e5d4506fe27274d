"""Reports: a layout and a Comparison become a PDF or an HTML file."""

from __future__ import annotations

from framing.render._annotated import Annotated, annotate
from framing.render._evaluation import write_evaluation
from framing.render._write import check_report, write_report

__all__ = ["Annotated", "annotate", "check_report", "write_evaluation", "write_report"]
