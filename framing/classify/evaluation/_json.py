"""An evaluation as JSON."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from typing import Any

from framing.classify.evaluation._model import Evaluation


def as_json(evaluation: Evaluation) -> str:
    """Return all figures as JSON: what cannot be told is null, and the texts of records are left out."""
    found = asdict(evaluation)
    for result in found["results"]:
        for error in result["errors"]:
            del error["text"]
    return json.dumps(_plain(found), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
