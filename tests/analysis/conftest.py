"""A small corpus with everything in it, and its analysis."""

from __future__ import annotations

import pytest

import framing as fr

SOURCES = ("The mayor", "A senior official", "President Volodymyr Zelensky", "Moscow", "Mary Smith, a nurse,")
FIRST = "The regime may close the harbour, {source} said on Monday."
SECOND = "“The ‘peaceful’ march was a disgrace,” {source} said. “It was clearly\ta  crime.”"
THIRD = "The village was shelled\r\nin the night; the “peaceful” guards declined to comment."


def _article(number: int) -> fr.Article:
    source = SOURCES[number % len(SOURCES)]
    paragraphs = [FIRST.format(source=source), SECOND.format(source=source), THIRD]
    text = "\n\n".join(paragraphs[: 1 + number % 3]) + f"\n\nThe ferry number {number} left Åland’s harbour 🙂."
    return fr.Article(
        id=f"a{number}",
        text=text,
        outlet=("Gazette", "Courier", "")[number % 3],
        title="Regime “may” fall" if number % 2 else "",
        date=f"2025-01-{number + 1:02d}" if number % 4 else "",
        extra={"section": ("world", "a\rb", "007")[number % 3], "words": number, "year": 2025 if number else None},
    )


@pytest.fixture(scope="session")
def articles() -> list[fr.Article]:
    """Return eleven articles; the last repeats the first."""
    made = [_article(number) for number in range(10)]
    return [*made, fr.Article("again", made[0].text, outlet="Courier", extra={"section": "1"})]


@pytest.fixture(scope="session")
def analysis(articles: list[fr.Article]) -> fr.Analysis:
    """Return their analysis."""
    return fr.analyze(articles, sides="russia-ukraine")
