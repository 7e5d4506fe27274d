"""Attribution: who says what, introduced how, on whose side."""

from framing.measures.attribution._model import Attribution

__all__ = ["Attribution"]
