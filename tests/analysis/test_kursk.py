"""One paragraph about a border war, invented: every thing the analysis is for, in one place."""

from __future__ import annotations

import pytest

import framing as fr

TEXT = (
    "Moscow said on Friday that its troops had stopped what they described as yet another Ukrainian counter-offensive, "
    "which "
    "reportedly began near the village of Berezova. According to Russian officials, two columns of armoured vehicles "
    "were sent over the river. Ukrainian officials have yet to comment on the fighting.\n"
    "President Volodymyr Zelensky praised his soldiers. In a video address he declared, “The occupier must be driven "
    "from this land,” and thanked the crews for their work.\n"
    "The Ukrainian incursion began in August, and thousands of people have left their homes."
)


@pytest.fixture(scope="module")
def found() -> fr.Analysis:
    """Return the analysis of the paragraph, with sides."""
    return fr.analyze([fr.Article("kursk", TEXT)], sides="russia-ukraine")


@pytest.mark.parametrize(
    ("layer", "text", "voice", "side"),
    [
        ("loaded", "occupier", "quoted", "ukraine"),
        ("loaded", "incursion", "own", ""),
        ("loaded", "counter-offensive", "reported", "russia"),
        ("hedge", "reportedly", "reported", "russia"),
        ("declined", "have yet to comment", "own", "ukraine"),
    ],
)
def test_each_word_stands_in_its_voice_and_side(
    found: fr.Analysis, layer: str, text: str, voice: str, side: str
) -> None:
    """The occupier is what Ukraine's president says; the incursion is what the outlet says."""
    rows = found.findings[found.findings["layer"] == layer]
    rows = rows[rows["text"].str.lower().str.removeprefix("the ") == text]
    assert list(zip(rows["voice"], rows["side"], strict=True)) == [(voice, side)]


def test_both_sides_are_heard(found: fr.Analysis) -> None:
    """There are attributions of either side, each with the cue that introduces it."""
    assert {"russia", "ukraine"} <= set(found.attributions["side"])
    by_cue = found.attributions.set_index("cue_text")
    assert by_cue.loc["According to", "side"] == "russia"
    assert by_cue.loc["According to", "speaker"] == "Russian officials"
    assert by_cue.loc["declared", "speaker"] == "Volodymyr Zelensky"
    assert by_cue.loc["declared", "kind"] == "direct"


def test_what_they_described_as_is_a_cue_or_a_distance(found: fr.Analysis) -> None:
    """The outlet keeps away from the name that one side gives."""
    cues = " | ".join(found.attributions["cue_text"])
    hedges = " | ".join(found.findings.loc[found.findings["layer"] == "hedge", "text"])
    assert "described as" in cues or "described as" in hedges
