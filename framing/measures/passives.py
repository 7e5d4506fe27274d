"""Agentless passives: an act without the one who acted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from framing.measures import _grammar as g
from framing.measures._base import Marks, Measure, Reading
from framing.text import Batch
from framing.text._letters import letters_of

# past participles that no ending shows
_IRREGULAR = frozenset(
    "made taken given seen shot hit held found brought bought sold told sent set put cut kept left lost paid "
    "built rebuilt driven broken chosen forced thrown hurt beaten struck torn stolen forgotten forgiven hidden frozen "
    "shown blown bombed burnt caught dealt drawn fed fought grown hung hidden laid led meant met ridden rung "
    "said shaken shut sung sunk spent spilt split spoken spread stuck stung sworn swept taught thought "
    "understood undone withdrawn won worn woken written overthrown overrun overturned undertaken withheld "
    "slain".split()
)
# states and feelings: adjectives in all but form
_STATES = frozenset(
    "armed dressed stunned shocked amazed astonished outnumbered "
    "interested concerned worried pleased tired excited surprised disappointed scared frightened embarrassed "
    "ashamed determined prepared supposed expected born located situated based married divorced retired "
    "related opposed committed dedicated devoted engaged involved used accustomed limited mixed complicated "
    "united divided crowded advanced aged detailed experienced educated convinced satisfied thrilled delighted "
    "relieved confused amused bored annoyed aligned finished qualified entitled inclined scheduled set left "
    "shut done gone lost stuck hurt said need indeed exceed proceed succeed feed speed bleed breed seed deed "
    "weed creed hundred red bed fed naked wicked sacred".split()
)
# un- makes an adjective of a participle, but for these verbs
_UNDONE = frozenset("unveiled unleashed undermined understood undone undertaken uncovered unloaded unified".split())
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december night day noon midnight midday dawn dusk morning evening then now tomorrow "
    "today next last spring summer autumn fall winter mistake accident default hand force law mail post phone".split()
)
_BEHIND = 6
_GAP = 3


def _participles(folded: Sequence[str]) -> NDArray[np.bool_]:
    letters = letters_of(folded)
    found = np.fromiter(map(_IRREGULAR.__contains__, folded), dtype=np.bool_, count=len(folded))
    found |= letters.ends_in("ed") & (letters.length > 3) | ~letters.plain
    for place in np.flatnonzero(found).tolist():
        found[place] = _is_participle(folded[place])
    return found


def _is_participle(word: str) -> bool:
    ends = word[-2:] == "ed" and len(word) > 3
    return (ends or word in _IRREGULAR) and word not in _STATES and (word[:2] != "un" or word in _UNDONE)


class Passives(Measure):
    """Marks ``was shelled``, ``have been killed`` where no ``by`` names who did it."""

    name = "passives"
    layers = ("passive",)

    def mark(self, reading: Reading) -> Sequence[Marks]:
        """Return the agentless passives of a batch, from the auxiliary to the participle."""
        batch = reading.batch
        rows = _passives(batch)
        n = len(rows)
        return (Marks("passive", rows[:, 0], rows[:, 1], ["rule"] * n, ["agentless-passive"] * n, ["agentless"] * n),)


def _passives(batch: Batch) -> NDArray[np.int64]:
    flags = batch.vocabulary.column("grammar", g.grammar, of_folded=False)[batch.type]
    participle = batch.vocabulary.column("participle", _participles)[batch.type]
    auxiliary = np.flatnonzero(flags & g.BE > 0)
    n = len(batch)
    verb = np.full(len(auxiliary), -1, dtype=np.int64)
    open_ = np.ones(len(auxiliary), dtype=np.bool_)
    for step in range(1, _GAP + 1):  # adverbs may stand between: was reportedly shelled
        place = np.minimum(auxiliary + step, n - 1)
        open_ &= batch.sentence[place] == batch.sentence[auxiliary]
        here = open_ & participle[place] & (place > auxiliary)
        verb[here] = place[here]
        open_ &= ~here & (flags[place] & (g.ADVERB | g.BE) > 0)
    found = verb >= 0
    auxiliary, verb = auxiliary[found], verb[found]
    verb, leftmost = np.unique(verb, return_index=True)  # was being shelled is one passive
    first = _whole_group(batch, flags, auxiliary[leftmost])
    keep = [not _has_agent(batch, place) for place in verb.tolist()]
    return np.stack([first, verb + 1], axis=1)[np.array(keep, dtype=np.bool_)]


def _whole_group(batch: Batch, flags: NDArray[np.int32], auxiliary: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where the verb group of each auxiliary begins: have been, will have been."""
    first = auxiliary.copy()
    for _ in range(_GAP):
        before = np.maximum(first - 1, 0)
        same = (before < first) & (batch.sentence[before] == batch.sentence[auxiliary])
        first = np.where(same & (flags[before] & g.AUXILIARY > 0), before, first)
    return first


def _has_agent(batch: Batch, verb: int) -> bool:
    end = min(verb + 1 + _BEHIND, int(batch.last[batch.sentence[verb]]))
    words = batch.words(verb + 1, end)
    for place, word in enumerate(words):
        if word == "by":
            # by Friday, by 2020 and by closing a road say when and how, not who
            following = words[place + 1] if place + 1 < len(words) else ""
            return not (following in _TIMES or following[:1].isdigit() or following.endswith("ing"))
        if word in {",", ";", ":", ".", "and", "but"}:
            return False
    return False
