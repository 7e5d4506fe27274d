"""Sentences of two kinds told apart, and the words that make the difference."""

from framing.classify.sentences._explain import Contributions, contributions
from framing.classify.sentences._model import Scored, SentenceModel
from framing.classify.sentences._units import Units

__all__ = ["Contributions", "Scored", "SentenceModel", "Units", "contributions"]
