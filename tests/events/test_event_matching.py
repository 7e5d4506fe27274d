from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from framing.errors import OptionError
from framing.events import _cluster as cluster_module
from framing.events import _neighbours as neighbours_module
from framing.events import match_events
from framing.events._dates import NO_DATE
from framing.events._similarity import Window

Make = Callable[..., Any]
STORIES = {
    "dam": "dam burst valley flood evacuation reservoir engineers spillway".split(),
    "bank": "bank merger shareholders regulator takeover bid antitrust chairman".split(),
    "vote": "election recount ballots precinct candidate turnout margin concession".split(),
}


def story(written: Make, name: str, outlet: str, date: str, seed: int) -> dict[str, str]:
    about = STORIES[name]
    return {
        "outlet": outlet,
        "date": date,
        "title": " ".join(about[:4]),
        "text": written(seed, about=about),
        "id": f"{name}-{outlet}-{seed}",
    }


def three_stories(written: Make, dates: tuple[str, str, str] = ("2020-01-03",) * 3) -> list[dict[str, str]]:
    return [
        story(written, name, outlet, date, 10 * one + other)
        for one, (name, date) in enumerate(zip(STORIES, dates, strict=True))
        for other, outlet in enumerate(("Herald", "Post", "Times"))
    ]


def events_of(found: Any) -> dict[str, str]:
    return dict(zip(found.articles["article_id"], found.articles["event"], strict=True))


def test_articles_of_one_story_are_one_event(analysed: Make, written: Make) -> None:
    found = events_of(match_events(analysed(three_stories(written))))
    by_story = {name: {event for one, event in found.items() if one.startswith(name)} for name in STORIES}
    assert all(len(events) == 1 for events in by_story.values())
    assert set.union(*by_story.values()) == {"e0001", "e0002", "e0003"}


def test_rows_stand_in_the_order_of_the_articles(analysed: Make, written: Make) -> None:
    analysis = analysed(three_stories(written)[::-1])
    found = match_events(analysis)
    assert found.articles["article_id"].tolist() == analysis.articles["id"].tolist()
    assert list(found.articles.columns) == ["article_id", "event", "similarity", "copy_of", "copied", "agency"]
    assert found.words_copied.dtype == np.int64
    assert len(found.words_copied) == len(analysis.articles)


def test_events_are_numbered_by_their_first_date(analysed: Make, written: Make) -> None:
    rows = three_stories(written, ("2020-03-01", "2020-01-01", "2020-02-01"))
    found = events_of(match_events(analysed(rows)))
    assert [found[f"{name}-Herald-{10 * one}"] for one, name in enumerate(STORIES)] == ["e0003", "e0001", "e0002"]


@pytest.mark.parametrize(("apart", "same"), [(3, True), (4, False)])
def test_two_articles_further_apart_than_the_window_are_no_event(
    analysed: Make, written: Make, apart: int, same: bool
) -> None:
    rows = [story(written, "dam", "Herald", "2020-01-01", 1), story(written, "dam", "Post", f"2020-01-0{1 + apart}", 2)]
    assert (set(events_of(match_events(analysed(rows))).values()) == {"e0001"}) is same


def test_a_wider_window_is_an_option(analysed: Make, written: Make) -> None:
    rows = [story(written, "dam", "Herald", "2020-01-01", 1), story(written, "dam", "Post", "2020-01-05", 2)]
    assert set(events_of(match_events(analysed(rows), days=4)).values()) == {"e0001"}


def test_an_event_whose_days_are_covered_goes_on(analysed: Make, written: Make) -> None:
    days = (("Herald", 1), ("Post", 3), ("Times", 5))
    rows = [story(written, "dam", outlet, f"2020-01-0{day}", day) for outlet, day in days]
    assert set(events_of(match_events(analysed(rows), min_similarity=0.1)).values()) == {"e0001"}


def test_articles_without_a_date_must_be_more_alike(analysed: Make, written: Make) -> None:
    rows = [story(written, "dam", "Herald", "2020-01-01", 1), story(written, "dam", "Post", "", 2)]
    similarity = float(match_events(analysed(rows)).articles["similarity"].iloc[0])
    assert similarity > 0.37
    between = similarity - 0.05
    assert set(events_of(match_events(analysed(rows), min_similarity=between)).values()) == {""}
    rows[1]["date"] = "2020-01-01"
    assert set(events_of(match_events(analysed(rows), min_similarity=between)).values()) == {"e0001"}


def test_an_event_needs_two_outlets(analysed: Make, written: Make) -> None:
    rows = [story(written, "dam", "Herald", "2020-01-01", seed) for seed in (1, 2)]
    assert set(events_of(match_events(analysed(rows))).values()) == {""}


def test_another_column_can_be_what_an_event_needs_two_of(analysed: Make, written: Make) -> None:
    rows = [{**story(written, "dam", "Herald", "2020-01-01", seed), "author": f"author {seed}"} for seed in (1, 2)]
    assert set(events_of(match_events(analysed(rows), column="author")).values()) == {"e0001"}


def test_furniture_makes_nobody_alike(analysed: Make, written: Make) -> None:
    block = written(99, 200)
    rows = [
        {"id": "one", "outlet": "Herald", "date": "2020-01-01", "title": "x", "text": f"{written(1, 60)}\n{block}"},
        {"id": "two", "outlet": "Post", "date": "2020-01-01", "title": "y", "text": f"{written(2, 60)}\n{block}"},
    ]
    assert set(events_of(match_events(analysed(rows))).values()) == {"e0001"}
    spans = [(row["id"], len(row["text"]) - len(block), len(row["text"])) for row in rows]
    found = match_events(analysed(rows, spans))
    assert set(events_of(found).values()) == {""}
    assert found.words_copied.tolist() == [0, 0]


def test_the_most_central_title_names_the_event(analysed: Make, written: Make) -> None:
    rows = [
        story(written, "dam", outlet, "2020-01-01", seed) for seed, outlet in enumerate(("Herald", "Post", "Times"))
    ]
    rows[0]["title"] = "something else altogether"
    rows[1]["title"] = "dam burst floods valley"
    rows[2]["title"] = "dam burst floods valley below"
    assert match_events(analysed(rows)).titles["e0001"] in {rows[1]["title"], rows[2]["title"]}


def test_the_same_input_gives_the_same_events(analysed: Make, written: Make) -> None:
    first, second = (match_events(analysed(three_stories(written))) for _ in range(2))
    assert first.articles.equals(second.articles)
    assert first.titles == second.titles
    assert first.settings == second.settings


def test_an_article_without_a_text_is_known_by_its_title(analysed: Make, written: Make) -> None:
    title = "dam burst floods valley"
    rows = [{"id": one, "outlet": one, "date": "2020-01-01", "title": title} for one in ("Herald", "Post")]
    assert set(events_of(match_events(analysed(rows))).values()) == {"e0001"}


def test_articles_with_neither_title_nor_text_are_of_no_event(analysed: Make) -> None:
    rows = [{"outlet": outlet, "date": "2020-01-01", "text": ""} for outlet in ("Herald", "Post", "Times")]
    found = match_events(analysed(rows))
    assert set(found.articles["event"]) == {""}
    assert set(found.articles["copy_of"]) == {""}


@pytest.mark.parametrize("number", [0, 1])
def test_hardly_any_article_has_no_event(analysed: Make, written: Make, number: int) -> None:
    found = match_events(analysed([{"text": written(1), "title": "one"}][:number]))
    assert found.articles["event"].tolist() == [""] * number
    assert found.titles == {}
    assert found.settings["events"] == 0


@pytest.mark.parametrize("day", ["", "2020-01-01"])
def test_texts_that_are_all_equal_are_one_event(analysed: Make, written: Make, day: str) -> None:
    text = written(5)
    rows = [{"outlet": ("Herald", "Post")[number % 2], "date": day, "text": text} for number in range(300)]
    found = match_events(analysed(rows))
    assert set(found.articles["event"]) == {"e0001"}
    assert found.articles["similarity"].min() > 0.8


def test_a_large_clump_is_cut_and_not_refused(analysed: Make, written: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "LARGEST", 10)
    text = written(5)
    rows = [
        {"outlet": ("Herald", "Post")[number % 2], "date": f"2020-01-0{1 + number // 20}", "text": f"{text} {number}"}
        for number in range(60)
    ]
    found = match_events(analysed(rows)).articles["event"].value_counts()
    assert found.max() <= 10
    assert found.sum() == 60


def test_two_thousand_articles_that_are_all_alike_are_events_of_bounded_size() -> None:
    n_alike, n_terms = 2000, 40
    weights = np.zeros((n_alike + 4, n_terms), dtype=np.float32)
    weights[:n_alike, :20] = np.random.default_rng(3).uniform(0.8, 1, (n_alike, 20))
    weights[n_alike : n_alike + 2, 20:30] = weights[n_alike + 2 :, 30:] = 1
    rows = sparse.csr_matrix(weights / np.linalg.norm(weights, axis=1, keepdims=True))
    day, window = np.full(n_alike + 4, NO_DATE), Window(days=3, similarity=0.24, undated=0.13)
    event = cluster_module.clusters(rows, day, neighbours_module.neighbours(rows, day, window), window)
    assert event.min() >= 0
    assert np.bincount(event[:n_alike]).max() <= cluster_module.LARGEST
    assert set(event[n_alike:].tolist()).isdisjoint(event[:n_alike].tolist())
    assert event[-4] == event[-3] != event[-2] == event[-1]


def test_what_a_cut_leaves_alone_is_put_together_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "LARGEST", 3)
    edges = np.zeros((6, 6))
    for one, other, alike in ((0, 1, 0.9), (1, 2, 0.9), (2, 3, 0.3), (3, 4, 0.3), (4, 5, 0.3)):
        edges[one, other] = edges[other, one] = alike
    parts = cluster_module._components(sparse.csr_matrix(edges), np.arange(6), 0.25)
    assert [part.tolist() for part in parts] == [[0, 1, 2], [3, 4, 5]]


@pytest.mark.parametrize(("largest", "parts"), [(4, [[0, 1, 2, 3], [4, 5]]), (3, [[0, 1, 2], [3, 6], [4, 5]])])
def test_what_is_alone_goes_with_its_nearest_neighbour(
    monkeypatch: pytest.MonkeyPatch, largest: int, parts: list[list[int]]
) -> None:
    monkeypatch.setattr(cluster_module, "LARGEST", largest)
    edges = np.zeros((7, 7))
    links = [(0, 1, 0.9), (1, 2, 0.9), (4, 5, 0.9), (2, 4, 0.3), (2, 3, 0.3), (3, 4, 0.28)]
    for one, other, alike in links if largest == 4 else [*links, (1, 6, 0.3)]:
        edges[one, other] = edges[other, one] = alike
    found = cluster_module._components(sparse.csr_matrix(edges), np.arange(7), 0.25)
    assert [part.tolist() for part in found] == parts


def test_a_neighbour_is_found_by_frequent_words_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the split and the block, the neighbours are those of all pairs."""
    rng = np.random.default_rng(4)
    weights = rng.random((300, 60)) * (rng.random((300, 60)) < 0.9 / np.arange(1, 61) ** 0.5)
    weights[:20, 3:] = 0
    weights[:, 0] += 0.01
    weights /= np.linalg.norm(weights, axis=1, keepdims=True)
    day = np.where(rng.random(300) < 0.4, NO_DATE, rng.integers(0, 9, 300))
    window = Window(days=3, similarity=0.3, undated=0.1)
    monkeypatch.setattr(neighbours_module, "NEAREST", 300)
    monkeypatch.setattr(neighbours_module, "_CROWDED", 0.5)
    found = neighbours_module.neighbours(sparse.csr_matrix(weights.astype(np.float32)), day, window).toarray()
    wanted = window.adjusted(weights @ weights.T, day[:, None], day[None, :])
    np.fill_diagonal(wanted, 0)
    # a pair at the very threshold may fall on either side
    clear = np.abs(wanted - window.similarity) > 1e-5
    assert np.allclose(found[clear], np.where(wanted >= window.similarity, wanted, 0)[clear], atol=1e-5)
    assert (found > 0).sum() > 5000


def test_blocks_change_nothing(analysed: Make, written: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row for number in range(6) for row in three_stories(written, (f"2020-0{number + 1}-01",) * 3)]
    rows = [
        {**row, "id": str(number), "date": "" if number % 7 == 3 else row["date"]} for number, row in enumerate(rows)
    ]
    whole = match_events(analysed(rows)).articles
    monkeypatch.setattr(neighbours_module, "_AT_LEAST", 1)
    monkeypatch.setattr(neighbours_module, "_CELLS", 20)
    assert match_events(analysed(rows)).articles.equals(whole)


def test_two_articles_on_different_things_are_no_event_in_a_corpus_of_two(analysed: Make, written: Make) -> None:
    rows = [story(written, "dam", "Herald", "2020-01-01", 1), story(written, "bank", "Post", "2020-01-01", 2)]
    assert set(events_of(match_events(analysed(rows))).values()) == {""}


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"days": -1}, "days: -1;"),
        ({"days": float("nan")}, "days: nan;"),
        ({"days": "3"}, "days: '3';"),
        ({"days": True}, "days: True;"),
        ({"min_similarity": 0}, "min_similarity: 0;"),
        ({"min_similarity": 1.5}, "min_similarity: 1.5;"),
        ({"column": "publisher"}, "column 'publisher'"),
    ],
)
def test_options_that_are_not_allowed_are_named(
    analysed: Make, written: Make, options: dict[str, Any], found: str
) -> None:
    with pytest.raises(OptionError) as error:
        match_events(analysed([{"text": written(1)}]), **options)
    assert str(error.value).startswith(found)
    assert "allowed: " in str(error.value)
    assert "\n" not in str(error.value)
