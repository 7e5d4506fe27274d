"""Whatever the text: no exception, spans in it and in order, every word in one voice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Reader = Callable[..., Any]

_PARTS = [
    "“", "”", '"', "‘", "’", "'", "«", "»", "„", ",", ".", ":", ";", "?", "!", "…", "—", "-", "(", ")", "[", "]", "\n",
    "\n\n", "\r\n", "\t", " ", "\u00a0", "\u200b", "\x00", "\u2028", "🙂", "1,000", "U.S.", "Mr.", "’s", "n’t",
    "said", "says", "told", "according to", "According to", "adding that", "claim that", "was accused by", "that", "to",
    "declined to comment", "have yet to comment", "and", "who", "he", "She", "they", "it", "Smith", "Mary Smith",
    "SMITH", "the mayor", "President Zelensky", "Kyiv", "a senior official", "regime", "reportedly", "was shelled",
    "by", "Advertisement", "the ferry sank", "peaceful",
]  # fmt: skip
_TEXTS = st.lists(st.tuples(st.sampled_from(_PARTS), st.sampled_from(["", " ", " ", " "])), max_size=40).map(
    lambda parts: "".join(part + space for part, space in parts)
)


@given(text=_TEXTS, title=st.sampled_from(["", "Regime “falls”", "‘"]))
@settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_read_and_every_word_is_in_one_voice(read: Reader, text: str, title: str) -> None:
    """The counts of the three voices add up to the words, and every mark is a place in the text."""
    found = read(text, title=title, sides=["actors-russia-ukraine"])
    row = found.article
    assert row["words"] == row["words_own"] + row["words_quoted"] + row["words_reported"]
    assert row["attributions"] == len(found.attributions)
    for mark in found.findings:
        assert text[mark["start"] : mark["end"]] == mark["text"] != ""
        assert mark["voice"] in {"own", "quoted", "reported"}
    starts = [mark["start"] for mark in found.findings]
    assert starts == sorted(starts)
    for one in found.attributions:
        _hold(text, one)


def _hold(text: str, one: dict[str, Any]) -> None:
    assert one["cue"] or one["rule"] in {"no-cue", "continued"}
    assert one["content"]
    for part in ("source", "cue", "content"):
        spans = [tuple(map(int, piece.split("-"))) for piece in one[part].split(";") if piece]
        flat = [place for span in spans for place in span]
        assert flat == sorted(flat)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert " … ".join(text[start:end] for start, end in spans) == one[f"{part}_text"]


@given(text=_TEXTS)
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_layers_add_up_to_the_findings(read: Reader, text: str) -> None:
    """The counts of the table of articles are those of the rows in the table of findings."""
    found = read(text, sides=["actors-russia-ukraine"])
    for layer in ("loaded", "hedge", "booster", "scare-quote", "passive", "anonymous", "declined"):
        assert sum(found.counts(layer.replace("-", "_"))) == len(found.of(layer))
