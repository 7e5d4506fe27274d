"""What tells that words are somebody's name: given names, what stands in front of names, what ends no name."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from framing import _data
from framing.errors import InternalError
from framing.text import base, fold
from framing.text._letters import UPPER, letters_of

# what a closed-class spelling may be in a name: a particle between two of its words, or itself a name
BETWEEN, A_NAME = 1, 2
# what a capitalised spelling says of the word behind it
MALE, FEMALE, EITHER, HONORIFIC, PARTICLE = 1, 2, 3, 4, 5
GENDER = {MALE: "m", FEMALE: "f"}

PARTICLES = frozenset("al ap ben bin da dal de del della den der des di dos du el ibn la le st ter van von zu".split())
_PARTS = {**dict.fromkeys(PARTICLES, BETWEEN), "will": A_NAME, "may": A_NAME}
SUFFIXES = frozenset("jr sr ii iii iv".split())
MALE_TITLES = frozenset("mr lord sir king prince father pope imam rabbi".split())
FEMALE_TITLES = frozenset("mrs ms miss madam lady dame queen princess sister".split())
_HONORIFICS = frozenset(
    "dr sen rep gov gen president senator governor secretary mayor judge justice chancellor minister congressman "
    "congresswoman prof professor col capt lt maj sgt cmdr captain colonel general sheriff ambassador rev reverend "
    "attorney commissioner detective officer representative councilman councilwoman".split()
)
# words of offices and parties that belong to no name
TITLES = MALE_TITLES | FEMALE_TITLES | _HONORIFICS | frozenset(
    "prime former republican democratic democrat libertarian vice deputy chief secretary chairman chairwoman speaker "
    "major sergeant lieutenant admiral candidate nominee spokesman spokeswoman director leader majority minority "
    "whip ranking acting interim late retired then-president ex-president assistant executive senior first state "
    "general foreign defense defence finance interior economy homeland security national press army navy marine air "
    "force police house senate gop rival vice-president co-founder host editor reporter author presidential analyst "
    "counsel treasurer lawyer pollster strategist economist pastor bishop archbishop cardinal comptroller "
    "superintendent officer agent dean coach deputy".split()
)  # fmt: skip
# what a title is also called
SAME_TITLE = {
    "sen": "senator", "gov": "governor", "rep": "congressman", "representative": "congressman", "gen": "general",
    "prof": "professor", "dr": "doctor", "lawmaker": "congressman", "congresswoman": "congressman", "lt": "lieutenant",
    "col": "colonel", "capt": "captain", "sgt": "sergeant", "rev": "reverend", "attorney": "lawyer",
    "spokeswoman": "spokesman", "spokesperson": "spokesman", "chairwoman": "chairman", "businessman": "businesswoman",
    "chair": "chairman", "policewoman": "officer", "policeman": "officer", "mogul": "businessman",
    "physician": "doctor", "leader": "leader", "gop": "republican", "democrat": "democratic",
}  # fmt: skip
# the last word of an organisation's name, or one in front of it
ORGANISATIONS = frozenset(
    "academy administration agency alliance army assembly associates association authority bank board brigade bureau "
    "cabinet campaign center centre church clinic club co coalition college commission committee commons company "
    "conference congress consulting corp corporation council court daily defence defense department dept district "
    "duma enterprises federation force forces foundation front fund gazette government group hall herald hospital "
    "house inc industries initiative institute institution international journal kremlin laboratory league lords ltd "
    "magazine media medicine ministry mission monitor movement museum network networks news observatory office "
    "organisation organization pac pact panel parliament partnership party patrol pentagon police post press project "
    "radio registry republic review rights roundtable school senate service services society solutions street studios "
    "summit survey system systems television times tower tribune tribunal trust tv union university watch".split()
)
# roles that a word in a body's name tells
_BODIES = {
    "government": "administration agency authority board bureau cabinet commission congress council country "
    "department dept district embassy government house kremlin ministry mission office parliament senate state city "
    "county town legislature treasury assembly chamber panel committee subcommittee",
    "police-justice": "court tribunal police patrol prosecutors prosecution jury sheriff's",
    "military": "army navy forces force brigade battalion militia military pentagon guard marines command",
    "politician": "campaign party pac republicans democrats caucus gop rnc dnc camp",
    "media": "times post news journal magazine tribune herald gazette network television tv radio press newspaper "
    "paper outlet broadcaster review chronicle guardian telegraph editorial website site blog podcast",
    "business": "company firm bank inc corp corporation co ltd group's industries enterprises holdings airline lender "
    "carmaker manufacturer retailer maker",
    "expert": "university institute college school laboratory researchers",
    "civil-society": "association alliance coalition union league foundation federation church organisation "
    "organization charity nonprofit society movement group network's trust club fund",
    "document": "report poll survey study letter memo statement document documents data filing filings lawsuit bill "
    "law order email emails article story book ad advertisement speech transcript records figures statistics "
    "analysis poll's polls surveys studies reports complaint indictment affidavit review's resolution paper's "
    "rules regulations statements letters memos articles stories ads tweet tweets",
}
BODY_ROLES = {word: role for role, words in _BODIES.items() for word in words.split()}
# capitalised words that begin no person's name
NOT_NAMES = frozenset(
    "the a an mr mrs ms miss dr in on at when while after before as but and if according one some many most no "
    "this that where what how why who then there his her their its our my these those for from with by of to is "
    "are was were it he she they we you i so yet also still meanwhile however monday tuesday wednesday thursday "
    "friday saturday sunday both not since because although though until unless during under over about against "
    "between january february march april june july august september october november december independent "
    "says said say rip calls call asks tells told slams blasts meet watch read see new old poll video exclusive "
    "breaking even only now here yes let like did does do has have had can could will would should may might must "
    "american british russian ukrainian chinese german french israeli palestinian european african asian muslim "
    "christian jewish catholic white black latino hispanic arab islamic iranian iraqi syrian turkish indian pakistani "
    "japanese korean mexican canadian australian northern southern eastern western north south east west".split()
)
# what follows a surname that is not the person: the Trump campaign
OF_A_PERSON = frozenset(
    "campaign campaigns administration aide aides adviser advisers advisor advisors ally allies ad ads backer backers "
    "camp doctrine era family foundation government organization presidency rally rallies supporter supporters "
    "surrogate surrogates spokesman spokeswoman team tower university voter voters years opponents critics fans plan "
    "voters staffer staffers official officials email emails cabinet loyalists people".split()
)


@cache
def given_names() -> Mapping[str, int]:
    """Return the frequent given names in lower case, each as `MALE`, `FEMALE` or `EITHER`.

    Raises
    ------
    InternalError
        If the file holds another gender than m, f or none.
    """
    codes = {"m": MALE, "f": FEMALE, "": EITHER}
    found = {}
    path = _data.lexicons() / "en" / "people" / "given-names.tsv"
    with path.open(encoding="utf-8") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t"), start=2):
            if row["gender"] not in codes:
                msg = f"given-names.tsv:{number}: gender {row['gender']!r}; allowed are m, f and nothing"
                raise InternalError(msg)
            found[row["name"]] = codes[row["gender"]]
    return found


def name_codes(spellings: Sequence[str]) -> NDArray[np.int8]:
    """Say of each spelling whether it is a given name, an honorific or a particle; shape (len(spellings),)."""
    capital, small = _codes().get, dict.fromkeys(PARTICLES, PARTICLE).get
    codes = np.fromiter(map(small, spellings, repeat(0)), dtype=np.int8, count=len(spellings))
    letters = letters_of(spellings)
    for place in letters.others(letters.first != UPPER):
        if spellings[place][0].isupper():
            codes[place] = capital(fold(spellings[place]), 0)
    return codes


@cache
def _codes() -> Mapping[str, int]:
    """Return the code of each given name and honorific in lower case."""
    honorifics = MALE_TITLES | FEMALE_TITLES | _HONORIFICS
    return {**given_names(), **dict.fromkeys(honorifics, HONORIFIC)}


def name_parts(folded: Sequence[str]) -> NDArray[np.int8]:
    """Say of each folded spelling what it may be in a name, as flags; shape (len(folded),)."""
    return np.fromiter(map(_PARTS.get, folded, repeat(0)), dtype=np.int8, count=len(folded))


def given_gender(word: str) -> str:
    """Return the gender of a given name, empty where it tells none."""
    return GENDER.get(given_names().get(word.lower(), 0), "")


def title_gender(word: str) -> str:
    """Return the gender that a title in front of a name tells."""
    return "m" if word in MALE_TITLES else "f" if word in FEMALE_TITLES else ""


def same_title(word: str) -> str:
    """Return the one word for a title: senator for Sen."""
    return SAME_TITLE.get(word, word)


@lru_cache(maxsize=1 << 14)
def is_title(word: str) -> bool:
    """Tell whether a capitalised word belongs to an office or a nation rather than to a name."""
    plain = word.rstrip(".").lower()
    return plain in TITLES or (plain.endswith(("ian", "ish", "ese")) and len(plain) > 5 and plain not in given_names())


@lru_cache(maxsize=1 << 14)
def is_no_person(word: str) -> bool:
    """Tell whether a word belongs to an office or an organisation rather than to a person's name."""
    return word in ORGANISATIONS or is_title(word)


@lru_cache(maxsize=1 << 14)
def surname_of(name: str) -> str:
    """Return the last word of a name in folded spelling, in front of a suffix such as Jr."""
    words = fold(name).replace(",", "").split()
    while len(words) > 1 and words[-1].rstrip(".") in SUFFIXES:
        words.pop()
    return base(words[-1]) if words else ""


@lru_cache(maxsize=1 << 14)
def given_of(name: str) -> str:
    """Return the first word of a name of several, in folded spelling."""
    words = fold(name).split()
    if len(words) < 2 or words[0] in PARTICLES - {"al", "ben"} or words[1].rstrip(".") in SUFFIXES:
        return ""
    return words[0].rstrip(".")


@lru_cache(maxsize=1 << 14)
def read_name(name: str) -> tuple[str, str, str]:
    """Return a name's surname and given name, both folded, and the gender that the given name tells."""
    given = given_of(name)
    return surname_of(name), given, given_gender(given)


def may_be_one(one: str, other: str) -> bool:
    """Tell whether two given names (folded; empty where there is none) may be the same person's."""
    if not one or not other or one == other:
        return True
    return one[0] == other[0] and min(len(one), len(other)) == 1
