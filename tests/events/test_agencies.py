from __future__ import annotations

import pytest

from framing.events._agencies import agency_called, agency_of

BODY = "Something happened on Monday.\n\nMore of it is expected on Tuesday."


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"BERLIN (Reuters) – {BODY}", "Reuters"),
        (f"ALEXANDRIA, Va. (AP) — {BODY}", "AP"),
        (f"(AFP) — {BODY}", "AFP"),
        (f"CLOSE\n\nA picture. (Photo: AP)\n\nBEIRUT (AP) — {BODY}", "AP"),
        (f"By Jane Doe, Associated Press\n\n{BODY}", "AP"),
        (f"Jane Doe and John Roe, Associated Press\n\nKABUL — {BODY}", "AP"),
        (f"By The Associated Press\n\n{BODY}", "AP"),
        (f"{BODY}\n\n(Reuters)", "Reuters"),
        (f"{BODY}\n\n— AFP", "AFP"),
        (f"{BODY}\n\nCopyright 2019 The Associated Press. All rights reserved.", "AP"),
        (f"{BODY}\n\n(Reporting by Jane Doe; Editing by John Roe)", "Reuters"),
        (f"{BODY}\n\n___\n\nAP National Writer Jane Doe contributed to this report.", "AP"),
    ],
)
def test_a_signature_names_the_agency(text: str, agency: str) -> None:
    assert agency_of(text, outlet="Herald") == agency


@pytest.mark.parametrize(
    "text",
    [
        f"The mayor told Reuters that nothing had happened. {BODY}",
        f"{BODY} It may resign, the Associated Press reported.",
        f"{BODY}\n\nThe Associated Press contributed to this report.",
        f"Herald's Jane Doe and The Associated Press contributed to this report.\n\n{BODY}",
        f"Image copyright Reuters Image caption A street.\n\n{BODY}",
        f"A street on Monday. (Photo: Jane Doe, AP)\n\n{BODY}",
        f"A street on Monday. | AP Photo\n\n{BODY}",
        f"(Jane Doe/Reuters)\n\n{BODY}",
        f"Jane Doe/Associated Press\n\n{BODY}",
        f"{BODY}\n\nContributing: Jane Doe; Associated Press",
        f"He passed the exam (AP) on Monday. {BODY}",
        BODY,
        "",
    ],
)
def test_an_agency_that_is_only_named_signs_nothing(text: str) -> None:
    assert agency_of(text, outlet="Herald") == ""


@pytest.mark.parametrize(
    ("authors", "agency"),
    [("Associated Press", "AP"), ("Jane Doe, Reuters", "Reuters"), ("By Reuters Staff", "Reuters"), ("Jane Doe", ""),
     ("Jane Doe, John Roe", ""), ("Pa", "")],
)  # fmt: skip
def test_the_column_of_authors_is_a_byline(authors: str, agency: str) -> None:
    assert agency_of(BODY, authors=authors) == agency


def test_an_outlet_that_is_the_agency_copies_nobody() -> None:
    assert agency_called("Reuters") == "Reuters"
    assert agency_called("Associated Press") == "AP"
    assert agency_called("Herald") == ""
    assert agency_of(f"BERLIN (Reuters) – {BODY}", outlet="Reuters") == ""
    assert agency_of(f"BERLIN (AFP) – {BODY}", outlet="Reuters") == "AFP"
