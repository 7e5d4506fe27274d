from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Reader = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("The village was shelled on Monday.", "was shelled"),
        ("The bridge was reportedly destroyed.", "was reportedly destroyed"),
        ("Ten men have been killed.", "have been killed"),
        ("The bridge will be rebuilt in spring.", "will be rebuilt"),
        ("Two men were being held there.", "were being held"),
        ("Nobody was hit or seen.", "was hit"),
        ("Two sailors got killed.", "got killed"),
    ],
)
def test_a_passive_without_its_agent_is_marked_from_auxiliary_to_participle(
    read: Reader, text: str, marked: str
) -> None:
    """The act is there, who acted is not; each verb group is marked once."""
    assert read(text).of("passive") == [(marked, "own")]


@pytest.mark.parametrize(
    "text",
    [
        "The village was shelled by the army.",
        "The bridge was destroyed on Monday by two divers.",
        "The town was being shelled by the army.",
        "The army shelled the village.",
        "She was concerned and he was tired.",  # states
        "The red boats are in the harbour.",
        "He was a retired captain.",
        "They were there. Killed in May, he left two sons.",  # not across a full stop
    ],
)
def test_an_agent_an_active_verb_or_a_state_is_no_agentless_passive(read: Reader, text: str) -> None:
    """`by` names who did it; feelings and states are adjectives."""
    assert read(text).of("passive") == []


@pytest.mark.parametrize("text", ["The road will be closed by Friday.", "The goods were moved by night."])
def test_by_and_a_time_is_no_agent(read: Reader, text: str) -> None:
    """`by Friday` says when, not who."""
    assert len(read(text).of("passive")) == 1


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("“The village was shelled,” Smith said.", "quoted"),
        ("Smith said that the village was shelled.", "reported"),
    ],
)
def test_a_passive_stands_in_the_voice_of_its_speaker(read: Reader, text: str, voice: str) -> None:
    """A speaker's passive is not the outlet's."""
    assert read(text).of("passive") == [("was shelled", voice)]
