"""What a spelling can be in a clause: closed classes and a few endings, as flags; no tagger."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from framing.text._letters import UPPER, letters_of

(
    DETERMINER, PRONOUN, AUXILIARY, ADVERB, PREPOSITION, SUBORDINATOR, COORDINATOR, COMMA, STOP, COLON, DASH, CAPITAL,
    POSSESSIVE, PARTICIPLE, RELATIVE, PAST, DAY, THAT, BRACKET, NUMBER, TO, BE, QUOTE, LETTER,
) = (1 << bit for bit in range(24))  # fmt: skip

MARK = COMMA | STOP | COLON | DASH | BRACKET | QUOTE

_WORDS = {
    DETERMINER: "the a an this these those his her its their our my your some any no each every many few several most "
    "both one two three four five six seven eight nine ten dozens hundreds thousands another other all more",
    PRONOUN: "he she they we i you it who one everyone everybody nobody someone somebody anyone others many some",
    AUXILIARY: "has have had is are was were be been being will would can could may might shall should must do does "
    "did hasn't haven't hadn't isn't aren't wasn't weren't won't wouldn't can't cannot couldn't didn't doesn't don't "
    "shouldn't he's she's they've they're they'd he'd she'd i'd i've i'm we've we're it's",
    ADVERB: "neither also later then never ever still again now once often always already even just not recently soon "
    "previously previously further instead long first both alike themselves himself herself itself reportedly",
    PREPOSITION: "of in on at by for with from into against between among during about over under without within "
    "through despite like upon toward towards across outside inside near around amid via per",
    SUBORDINATOR: "what how why because although though while as when after before if since where whether until unless "
    "than so whereas once",
    COORDINATOR: "and but or nor yet",
    RELATIVE: "who which whom whose",
    DAY: "monday tuesday wednesday thursday friday saturday sunday yesterday today tonight tomorrow earlier last",
    BE: "is are was were be been being isn't aren't wasn't weren't gets got",
}
# the words that end like an adverb and are none
_NOT_ADVERBS = frozenset("family only early reply assembly ally supply rally july italy monthly weekly daily".split())
_MARKS = {
    ",": COMMA, ".": STOP, "!": STOP, "?": STOP, ";": STOP, "…": STOP, ":": COLON, "–": DASH, "—": DASH, "―": DASH,
    "(": BRACKET, ")": BRACKET, "[": BRACKET, "]": BRACKET, '"': QUOTE, "“": QUOTE, "”": QUOTE, "«": QUOTE, "»": QUOTE,
    "„": QUOTE, "‘": QUOTE, "’": QUOTE, "'": QUOTE,
}  # fmt: skip
_OWN = frozenset({"'s", "s'"})
_FLAGS: dict[str, int] = {}
for _flag, _words in _WORDS.items():
    for _word in _words.split():
        _FLAGS[_word] = _FLAGS.get(_word, 0) | _flag
for _word in _NOT_ADVERBS:
    _FLAGS[_word] = _FLAGS.get(_word, 0) | LETTER
_FLAGS["that"] = THAT
_FLAGS["to"] = TO


def _flags(spelling: str) -> int:
    first = spelling[0]
    if not first.isalnum():
        found = _MARKS.get(spelling, 0) | _FLAGS.get(spelling, 0)
        return found | (DASH if first == "-" else STOP if first == "." else 0)
    folded = spelling.lower().replace("’", "'")
    found = _FLAGS.get(folded, 0)
    if first.isdigit():
        return found | NUMBER
    end = folded[-2:]
    own = POSSESSIVE if end in _OWN and not found & (PRONOUN | AUXILIARY) else 0
    if first.isupper():
        return found | CAPITAL | LETTER | own
    if found:
        return found | LETTER | own
    if end == "ly":
        return LETTER | ADVERB
    if end == "ed":
        return LETTER | PAST
    return LETTER | PARTICIPLE if folded[-3:] == "ing" else LETTER | own


def grammar(spellings: Sequence[str]) -> NDArray[np.int32]:
    """Return the flags of each spelling, shape (len(spellings),)."""
    letters, folded = letters_of(spellings), map(str.lower, spellings)
    found = np.fromiter(map(_FLAGS.get, folded, repeat(0)), dtype=np.int32, count=len(spellings))
    capital, known = letters.first == UPPER, found > 0
    own = (letters.ends_in("'s") | letters.ends_in("s'")) & (found & (PRONOUN | AUXILIARY) == 0)
    # an ending tells nothing of a word that is known
    flags = np.select(
        [letters.ends_in("ly"), letters.ends_in("ed"), letters.ends_in("ing"), own],
        [ADVERB, PAST, PARTICIPLE, POSSESSIVE],
    )
    flags = np.where(capital, CAPITAL, 0) | np.where(capital | known, np.where(own, POSSESSIVE, 0), flags)
    flags = (found | LETTER | flags).astype(np.int32)
    for place in letters.others(letters.first >= UPPER):
        flags[place] = _flags(spellings[place])
    return flags
