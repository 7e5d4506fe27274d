"""Documents: tokens, sentences and quotation marks of many articles at once, as NumPy columns."""

from framing.text._batch import Batch, read
from framing.text._quotations import Quotations
from framing.text._vocabulary import Vocabulary, base, fold

__all__ = ["Batch", "Quotations", "Vocabulary", "base", "fold", "read"]
