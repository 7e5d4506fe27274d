"""What is known of published training data: where it comes from, its licence, what a model of it is for and not for."""

from __future__ import annotations

from dataclasses import dataclass

_US = "It learnt from US news of one period; models trained on US politics do not carry over to other countries' news."
_WIKI = "Encyclopedia, not news: the typical cue is a vague source (“some critics say”); modal hedging is rare there."


@dataclass(frozen=True, slots=True)
class Provenance:
    """Published data.

    Attributes
    ----------
    data : str
        What it is and where it comes from.
    licence : str
    intended : str
        What a model of it is for.
    limits : tuple of str
        What it must not be used for, and what is not known of it.
    """

    data: str
    licence: str
    intended: str
    limits: tuple[str, ...]


UNKNOWN = Provenance(
    "Annotated texts that whoever trained the model had.",
    "nothing is known here of their licence",
    "Counting over many texts of the kind that it was trained on.",
    ("Nothing is known of texts of another kind.", "Not for judging a single text, person or outlet."),
)

_BABE = Provenance(
    "BABE, subgroup SG2, the part for training: sentences of eleven US outlets on 23 contested topics, labelled "
    "by five "
    "trained annotators each, majority label (Spinde and others 2021; "
    "github.com/Media-Bias-Group/Neural-Media-Bias-Detection-Using-Distant-Supervision-With-BABE).",
    "GNU AGPL v3, as the LICENSE file of the repository states. The sentences belong to their publishers; the model "
    "holds weights of words, n-grams of characters and their surroundings, and no text",
    "Rates of sentences, and of words, that annotators of US news would call biased, over many articles; each score "
    "with the words that made it.",
    (
        _US,
        "Trained annotators agree on sentence bias with Krippendorff's alpha of about .4: rates, not verdicts. "
        "No score "
        "says that a sentence is false, unfair or propaganda, or that an outlet is biased.",
        "In these data the outlet predicts the label: look at the figures with outlets held out first.",
        "Half of the annotated sentences are biased; in whole articles far fewer are, and precision falls with them.",
        "The lexicons whose marks are features were bettered on the same sentences, so cross-validated figures "
        "flatter; "
        "those on a file that was not trained on do not.",
    ),
)
_CONLL = Provenance(
    "Wikipedia sentences of task 1 of the CoNLL-2010 shared task, uncertain if they hold a marked weasel or hedge cue "
    "(Farkas and others 2010), as far as two public copies have them "
    "(github.com/ChristopherLiew/Crypto-Uncertainty-Index, "
    "github.com/clips/pattern).",
    "none stated with the first copy; the second is BSD 3-clause (its code)",
    "Rates of sentences with hedges or vague sources.",
    (_WIKI, "It does not say that a writer is unsure, nor that a statement is false."),
)
_CLIMATE = Provenance(
    "Narrative frames of 298 articles on climate change, 2017 to 2019, 33 outlets (Frermann and others 2023; "
    "github.com/phenixace/narrative-framing).",
    "MIT, as the repository states; the texts belong to their publishers and none is in the model",
    "Shares of articles on climate change with each of five narrative frames.",
    ("Climate news only; elsewhere the columns are empty.", "Human interest and moral rest on some 30 examples each."),
)
_GUNS = Provenance(
    "Headlines of the Gun Violence Frame Corpus with their first frame (Liu and others 2019; file of "
    "github.com/arajshah/NLP_headline_body_sentiment).",
    "none stated",
    "Shares of headlines on gun violence with each of nine frames.",
    ("Headlines on US gun violence only; elsewhere the columns are empty.", "Rare frames rest on some 30 examples."),
)

# by the SHA-256 of the file
KNOWN = {
    "cda9d2653db7fadf37c6eca6a2dd48c5594b252fe1fa17c5e099da6c7a43cc1a": _BABE,
    "329368d3a32d8a639da8d08ce43d1ea59326f9e0be15082920c4cc1e566a3fac": _CONLL,
    "4dae60bfc1e2237773a311dbdca73562bd6cd569af2e77f99ff10949d0b8627a": _CLIMATE,
    "5a392dcebab8e1e7c3db04f1f850ef6a8f2b63ee532052af6e48bddcc2553b65": _GUNS,
}


def provenance(sha256: str) -> Provenance:
    """Return what is known of a file by its hash."""
    return KNOWN.get(sha256, UNKNOWN)
