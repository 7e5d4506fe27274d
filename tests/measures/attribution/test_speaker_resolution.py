"""Who is meant: attributions are built by hand, so that the resolver is tested and not the finder."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from framing import lexicon
from framing.corpus import Article
from framing.measures.attribution import Attribution
from framing.measures.attribution._clauses import Clauses
from framing.measures.attribution._speakers import SpeakerRules, places_of_sources
from framing.text import read

_MARK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
RU, US = "actors-russia-ukraine", "actors-us-politics"


def resolved(text: str, *people: str, content: tuple[int, str] | None = None) -> list[Attribution]:
    """Resolve a text in which each source stands in [[ ]]; `content` is what one of them says."""
    plain = _MARK.sub(r"\1", text)
    marks = enumerate(_MARK.finditer(text))
    spans = [(mark.start(1) - 4 * number - 2, mark.end(1) - 4 * number - 2) for number, mark in marks]
    found = [Attribution(0, [span], [], []) for span in spans]
    if content:
        number, said = content
        found[number].content = [(plain.index(said), plain.index(said) + len(said))]
    batch = read([Article("a", plain)])
    clauses = Clauses(batch)
    matcher = lexicon.Matcher([lexicon.load(name) for name in ("titles", *people)])
    named = matcher.find(batch, where=places_of_sources(clauses, found))
    SpeakerRules(clauses, named.of("actor"), named.of("title")).resolve(found)
    return found


def names(text: str, *people: str) -> list[str]:
    return [one.speaker for one in resolved(text, *people)]


def test_one_person_in_four_disguises() -> None:
    """Name with title, surname, pronoun and title are one; the capital is a government apart, on the same side."""
    text = (
        "[[Ukrainian President Volodymyr Zelensky]] said no. [[Zelensky]] said it twice. [[He]] was firm. "
        "[[The president]] said no more. [[Kyiv]] agreed."
    )
    found = resolved(text, RU)
    assert [one.speaker for one in found] == ["Volodymyr Zelensky"] * 4 + ["Kyiv"]
    assert {one.side for one in found} == {"ukraine"}


CASES = {
    "a named person who was not quoted": ("Mary Smith opened the bridge. [[She]] said it was safe.", "Mary Smith"),
    "he passes over a woman": ("John Brown met Mary Smith. [[He]] said it went well.", "John Brown"),
    "she passes over a man": ("Mary Smith met John Brown. [[She]] said it went well.", "Mary Smith"),
    "who": ("The crowd cheered John Brown, [[who]] promised a bridge.", "John Brown"),
    "who behind an apposition": ("They met John Brown, a builder, [[who]] promised a bridge.", "John Brown"),
    "names inside a quotation": (
        "Mary Smith spoke first. “Ann Brown is wrong about the bridge.” [[She]] said it was safe.", "Mary Smith",
    ),
    "the campaign of a man is not the man": (
        "Mary Smith spoke of the John Brown campaign. [[She]] said it was lost.", "Mary Smith",
    ),
    "the senator": ("Sen. Mary Smith came late. The hall was full. [[The senator]] said no.", "Mary Smith"),
    "the governor by an apposition": ("John Brown, the governor, came. [[The governor]] said no.", "John Brown"),
    "the committee": ("The Ethics Committee met. [[The committee]] said no.", "Ethics Committee"),
    "the city": ("The city of Springfield sued. [[The city]] said it was owed.", "city of Springfield"),
    "particle": ("Bill de Blasio came. [[De Blasio]] said no.", "Bill de Blasio"),
    "initial": ("John F. Brown came. [[Mr. Brown]] said no.", "John F. Brown"),
    "hyphen": ("Jean-Claude Juncker came. [[Juncker]] said no.", "Jean-Claude Juncker"),
    "letters that are not ASCII": ("José Muñoz came. [[Muñoz]] said no.", "José Muñoz"),
    "two spellings of an apostrophe": ("James O’Neill came. [[O'Neill]] said no.", "James O’Neill"),
    "possessive": ("John Brown's plan failed. [[Brown]] said so.", "John Brown"),
    "a headline's verb is no given name": ("Governor Rips Brown Over Bridge Plan.\n\n[[Brown]] said no.", "Brown"),
    "an office in front of a name": ("[[Secretary of State John Kerry]] said no.", "John Kerry"),
    "a party in front of a name": ("[[Democrat Mary Smith]] said no.", "Mary Smith"),
    "an organisation": ("[[The Foreign Ministry]] said no.", "Foreign Ministry"),
    "somebody's campaign": ("[[Brown's campaign]] said no.", "Brown's campaign"),
    "a part of many": ("[[One of the doctors]] said no.", "doctors"),
    "an article": ("[[A campaign official]] said no.", "campaign official"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "name"), CASES.values(), ids=CASES)
def test_a_source_leads_to_its_speaker(text: str, name: str) -> None:
    """Each as a careful reader would say."""
    assert names(text)[-1] == name


def test_a_vice_president_is_not_the_president() -> None:
    """A title counts with its vice."""
    text = "The hall was full as Vice President Joe Biden met President Donald Trump. [[The vice president]] left."
    assert names(text) == ["Joe Biden"]


def test_relatives_are_not_taken_for_each_other() -> None:
    """A surname alone is the relative who is named most; each given name is a person."""
    text = (
        "[[Donald Trump]] said yes. Donald Trump left. Donald Trump came back. Ivanka Trump waved. "
        "[[Ivanka Trump]] said no. [[She]] left. [[Trump]] stayed."
    )
    assert names(text, US) == ["Donald Trump", "Ivanka Trump", "Ivanka Trump", "Donald Trump"]


def test_they_who_speak_together_are_nobody_alone() -> None:
    """Two names make one plural speaker, and they goes back to it."""
    assert names("John Brown met Mary Smith. [[Brown and Smith]] said no. [[They]] left.") == ["Brown and Smith"] * 2


def test_it_and_they_are_no_persons() -> None:
    """A body is taken up by it, a group by they."""
    text = "Mary Smith came. [[The Ethics Committee]] said no. [[It]] met. [[Voters]] said yes. [[They]] left."
    assert names(text) == ["Ethics Committee", "Ethics Committee", "Voters", "Voters"]


def test_i_inside_a_quotation_is_who_is_quoted() -> None:
    """The source of the quotation around it says I, even where it stands behind."""
    text = "“[[I]] think it will fall,” [[Mary Smith]] said."
    quoted = "“I think it will fall,”"
    assert [one.speaker for one in resolved(text, content=(1, quoted))] == ["Mary Smith"] * 2


def test_i_in_a_letter_is_who_signs_it() -> None:
    """Letters end in their writer's name; without one it is the author."""
    assert names("[[I]] like the bridge.\n\nMary Smith.\n\nSpringfield.") == ["Mary Smith"]
    assert names("[[I]] like the bridge.") == ["author"]


NOBODY = ["[[There]] is a bridge.", "[[half the annual rate]] fell.", "[[,]] he", "[[“]]no”", "[[who]]"]


@pytest.mark.parametrize("text", NOBODY)
def test_what_is_nobody_raises_nothing(text: str) -> None:
    """A finder may hand over anything."""
    (found,) = resolved(text, US)
    assert found.side == ""


def test_a_side_tells_what_decided_it() -> None:
    """The actor's entry, and in front of it whether a pronoun or an earlier name led there."""
    text = "[[Vladimir Putin]] said no. [[He]] left. [[The president]] said more. [[A fisherman]] said yes."
    text = text.replace("[[Vladimir", "[[Russian President Vladimir")
    rules = [one.side_rule for one in resolved(text, RU)]
    assert rules[0] == f"{RU}/vladimir-putin"
    assert rules[1] == f"pronoun:{RU}/vladimir-putin"
    assert rules[2] == f"name:{RU}/vladimir-putin"
    assert rules[3] == ""


@pytest.mark.parametrize(
    "text",
    [
        "[[Pat Washington, a spokeswoman for the mayor,]] said no.",
        "[[A new book on President Obama]] said no.",
        "[[The judge, who was chosen by Republicans,]] said no.",
        "[[Tom Brown, who leads Disabled American Veterans,]] said no.",
    ],
)
def test_an_actor_who_is_only_named_gives_no_side(text: str) -> None:
    """Neither a surname like a city's nor whoever is spoken of."""
    (found,) = resolved(text, US)
    assert found.side == ""


ROLES = {
    "a spokesman for the police": "police-justice",
    "a spokesman for the company": "business",
    "a veteran diplomat": "government",
    "Jane Doe, a professor of law": "expert",
    "Mr. Doe": "",
    "the chief medical officer": "expert",
    "residents": "citizen",
    "a senior official": "official-unnamed",
    "Jane Doe, a former official": "government",
    "the poll": "document",
}


@pytest.mark.parametrize(("source", "role"), ROLES.items())
def test_a_role_comes_from_the_title_that_says_most(source: str, role: str) -> None:
    """The head of the description, or the body that a spokesman speaks for."""
    (found,) = resolved(f"At noon [[{source}]] said no.")
    assert found.role == role


def test_the_gold_file_is_whole() -> None:
    """Offsets are in order, kinds are known, nobody is left out, and no place comes twice."""
    with (Path(__file__).parent / "speakers.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    assert len(rows) >= 150
    assert {row["kind"] for row in rows} == {"pronoun", "surname", "description", "name", "organisation"}
    assert all(int(row["start"]) < int(row["end"]) and row["speaker"] for row in rows)
    assert len({(row["article_id"], row["start"], row["end"]) for row in rows}) == len(rows)
