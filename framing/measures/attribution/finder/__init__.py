"""Find sources, cues and contents with a linear model over columns."""

from framing.measures.attribution.finder._classes import WordClasses
from framing.measures.attribution.finder._columns import Columns, Kinds
from framing.measures.attribution.finder._decode import FORBIDDEN, Transitions, decode, forbidden
from framing.measures.attribution.finder._finder import Finder, Labelled
from framing.measures.attribution.finder._labels import label_columns
from framing.measures.attribution.finder._orphans import reconsider
from framing.measures.attribution.finder._runs import Runs
from framing.measures.attribution.finder._spans import Spans, nearest, spans
from framing.measures.attribution.finder._store import open_classes, open_weights, save, save_classes
from framing.measures.attribution.finder._templates import (
    CONTENT,
    CUE,
    FIRST_PASS,
    LABELS,
    OF_TYPE,
    OUTSIDE,
    SECOND_PASS,
    SOURCE,
    Template,
    project,
)
from framing.measures.attribution.finder._weights import WIDTH, Rows, Weights

__all__ = [
    "CONTENT", "CUE", "FIRST_PASS", "FORBIDDEN", "LABELS", "OF_TYPE", "OUTSIDE", "SECOND_PASS", "SOURCE", "WIDTH",
    "Columns", "Finder", "Kinds", "Labelled", "Rows", "Runs", "Spans", "Template", "Transitions", "Weights",
    "WordClasses", "decode", "forbidden", "label_columns", "nearest", "open_classes", "open_weights", "project",
    "reconsider", "save", "save_classes", "spans",
]  # fmt: skip
