"""Figures of what differs and of what a difference is made of: dots and bars at their values, labels where they fit."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox

from framing import figures
from framing.comparison._model import Comparison
from framing.errors import OptionError
from framing.figures import FIGURES
from framing.figures._marks import ANY_EVENT, decode
from framing.figures._select import pick
from framing.figures._style import COLUMN, FULL

Make = Callable[..., Comparison]

NEW = ("dumbbell", "keyness_scatter", "word_shift", "fingerprint", "matched", "shrinkage")
LONG = (
    "An Association of Regional Newspapers of the Northern Provinces, Edition A",
    "العربية الجديدة",
    "🔥 Emoji 中文",
    "Courier",
)


def _marks(ax: Axes) -> list[tuple[dict[str, str], Line2D]]:
    """Return the dots that stand for findings, with what they say."""
    told = [(decode(str(line.get_gid())), line) for line in ax.lines if line.get_gid()]
    return [(dict(said), line) for said, line in told if said is not None]


def _x(line: Line2D) -> float:
    return float(np.asarray(line.get_xdata())[0])


def _y(line: Line2D) -> float:
    return float(np.asarray(line.get_ydata())[0])


def _spans(ax: Axes) -> list[tuple[float, ...]]:
    """Return the horizontal lines from end to end: the intervals, and what joins two dots."""
    return [tuple(float(x) for x in np.asarray(line.get_xdata())) for line in ax.lines]


def _has_span(ax: Axes, low: float, high: float) -> bool:
    left, right = ax.get_xlim()
    wanted = (max(low, left), min(high, right))
    return any(len(span) == 2 and np.allclose(span, wanted) for span in _spans(ax))


def _rows(ax: Axes) -> list[str]:
    return [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]


def _note(ax: Axes) -> str:
    return ax.get_xlabel().replace("\n", " ")


def _boxes(ax: Axes) -> list[tuple[str, Bbox]]:
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    shown = [*ax.texts, *(ax.get_yticklabels() + ax.get_xticklabels() + [ax.xaxis.label] if ax.axison else [])]
    return [(text.get_text(), text.get_window_extent()) for text in shown if text.get_text()]


def _area(one: Bbox, two: Bbox) -> float:
    wide = min(one.x1, two.x1) - max(one.x0, two.x0)
    high = min(one.y1, two.y1) - max(one.y0, two.y0)
    return wide * high if wide > 0 and high > 0 else 0.0


def _own(comparison: Comparison, layer: str, group: str | None = None) -> pd.DataFrame:
    found = pick(comparison.rates, layer=layer, category="", voice="own")
    return found if group is None else pick(found, group=group)


@pytest.fixture(scope="module", name="make")
def _made_once(make: Make) -> Make:
    """Return the factory; nothing here changes what it made."""
    return functools.cache(make)


@pytest.mark.parametrize(("groups", "width"), [(2, COLUMN), (3, FULL), (12, COLUMN), (12, FULL)])
@pytest.mark.parametrize("name", NEW)
def test_no_label_covers_another_and_none_leaves_the_figure(make: Make, name: str, groups: int, width: float) -> None:
    ax = FIGURES[name].draw(make(groups), width=width)
    boxes = _boxes(ax)
    over = [(a, b) for (a, one), (b, two) in itertools.combinations(boxes, 2) if _area(one, two) > 4]
    page = ax.get_figure(root=True).bbox  # type: ignore[union-attr]
    off = [t for t, box in boxes if box.x0 < -1 or box.y0 < -1 or box.x1 > page.x1 + 1 or box.y1 > page.y1 + 1]
    assert not over
    assert not off


@pytest.mark.parametrize("width", [COLUMN, FULL])
@pytest.mark.parametrize("name", NEW)
def test_long_names_and_those_of_other_scripts_stay_in_the_figure(make: Make, name: str, width: float) -> None:
    ax = FIGURES[name].draw(make(LONG), width=width)
    page = ax.get_figure(root=True).bbox  # type: ignore[union-attr]
    assert not [text for text, box in _boxes(ax) if box.x0 < -1 or box.x1 > page.x1 + 1]


@pytest.mark.parametrize("groups", [1, 2, 3, 30])
def test_each_group_has_its_row(make: Make, groups: int) -> None:
    comparison = make(groups)
    for name in ("matched", "shrinkage"):
        ax = FIGURES[name].draw(comparison)
        assert len(_rows(ax)) == groups if groups > 2 or (name == "matched" and groups > 1) else not ax.axison


def test_the_thirty_first_group_is_left_out_and_said(make: Make) -> None:
    comparison = make(31)
    for name in ("matched", "shrinkage"):
        ax = FIGURES[name].draw(comparison)
        assert len(_rows(ax)) == 30
        assert "1 further outlet left out" in _note(ax)
    assert "of all 31 outlets" in _note(figures.fingerprint(comparison))
    assert "Of 31 outlets" in _note(figures.dumbbell(comparison))


@pytest.mark.parametrize("name", NEW)
def test_colours_of_groups_differ_in_shape_or_fill_too(make: Make, name: str) -> None:
    looks: dict[str, set[tuple[object, bool]]] = {}
    for _, line in _marks(FIGURES[name].draw(make(12))):
        look = (line.get_marker(), to_hex(line.get_markerfacecolor()) == "#ffffff")  # type: ignore[arg-type]
        looks.setdefault(to_hex(line.get_color()), set()).add(look)
    assert all(not (one & two) for one, two in itertools.combinations(looks.values(), 2))


def test_a_dumbbell_has_both_rates_of_every_layer(make: Make) -> None:
    comparison = make(2)
    ax = figures.dumbbell(comparison)
    marks = _marks(ax)
    layers = set(comparison.rates["layer"])
    assert len(marks) == 2 * len(layers)
    for said, line in marks:
        row = _own(comparison, said["layer"], said["group"]).iloc[0]
        assert _x(line) == pytest.approx(row["value"])
        assert _has_span(ax, row["low"], row["high"])
    assert ax.get_xlim()[0] <= 0


def test_a_dumbbell_takes_the_highest_and_the_lowest_of_many(make: Make) -> None:
    comparison = make(12)
    table = _own(comparison, "loaded").sort_values("value")
    ends = {str(table["group"].iloc[0]), str(table["group"].iloc[-1])}
    ax = figures.dumbbell(comparison)
    assert {said["group"] for said, _ in _marks(ax)} == ends
    assert ends <= {text.get_text() for text in ax.texts}, "their names stand at the dots"
    assert all(name in figures.FIGURES["dumbbell"].alt_text(comparison) for name in ends)


def test_a_dumbbell_of_the_reference_has_the_group_farthest_from_it(make: Make) -> None:
    comparison = dataclasses.replace(make(5), reference="Free Courier")
    table = _own(comparison, "loaded")
    table = table[table["group"] != "Free Courier"]
    far = str(table["group"].iloc[int(np.argmax(np.abs(np.log(table["ratio"].to_numpy()))))])
    ax = figures.dumbbell(comparison)
    assert {said["group"] for said, _ in _marks(ax)} == {far, "Free Courier"}
    assert "ratio" in {text.get_text() for text in ax.texts}


def test_a_dumbbell_whose_names_have_no_room_says_them_below(make: Make) -> None:
    ax = figures.dumbbell(make(LONG[:2]), width=COLUMN)
    assert "●" in _note(ax)
    assert "◇" in _note(ax)


def test_a_dumbbell_needs_two_groups_of_the_comparison(make: Make) -> None:
    comparison = make(3)
    with pytest.raises(OptionError, match=r"groups 'nobody' .*allowed: Northern Herald"):
        figures.dumbbell(comparison, groups=("nobody", "Free Courier"))
    with pytest.raises(OptionError, match="1 different groups were given; allowed: two"):
        figures.dumbbell(comparison, groups=("Free Courier", "Free Courier"))
    assert not figures.dumbbell(make(1)).axison


def test_a_word_lies_at_its_rate_and_its_odds(make: Make) -> None:
    comparison = make(3)
    table = pick(comparison.keyness, group="The Lowland Post").set_index("word")
    marks = _marks(figures.keyness_scatter(comparison, group="The Lowland Post"))
    assert {said["word"] for said, _ in marks} == set(table.index)
    for said, line in marks:
        assert _x(line) == pytest.approx(table.loc[said["word"], "rate"])
        assert _y(line) == pytest.approx(math.exp(float(table.loc[said["word"], "log_odds"])))


def test_a_larger_dot_is_more_certain(make: Make) -> None:
    comparison = make(3)
    z = pick(comparison.keyness, group="Northern Herald").set_index("word")["z"]
    marks = {said["word"]: line.get_markersize() for said, line in _marks(figures.keyness_scatter(comparison))}
    order = [marks[word] for word in z.sort_values().index]
    assert order == sorted(order)
    assert order[0] < order[-1]


def test_words_of_the_second_of_two_groups_lie_below_the_line(make: Make) -> None:
    marks = _marks(figures.keyness_scatter(make(2)))
    assert {said["group"] for said, line in marks if _y(line) > 1} == {"Northern Herald"}
    assert {said["group"] for said, line in marks if _y(line) < 1} == {"The Lowland Post"}


def test_the_most_telling_word_has_its_name_and_no_name_covers_a_dot(make: Make) -> None:
    comparison = make(2)
    ax = figures.keyness_scatter(comparison, width=COLUMN)
    boxes = dict(_boxes(ax))
    first = comparison.keyness.sort_values("z").iloc[-1]["word"]
    assert first in boxes
    for said, line in _marks(ax):
        x, y = ax.transData.transform((_x(line), _y(line)))
        covering = [t for t in boxes if t != said["word"] and boxes[t].contains(x, y)]
        assert not covering


def test_a_crowd_of_words_keeps_the_names_that_fit(make: Make) -> None:
    comparison = make(3)
    table = pick(comparison.keyness, group="Northern Herald").assign(rate=2.0, log_odds=1.0)
    ax = figures.keyness_scatter(dataclasses.replace(comparison, keyness=table))
    named = [text for text, _ in _boxes(ax) if text in set(table["word"])]
    assert 1 <= len(named) < len(table)
    assert "named where there is room" in _note(ax)


def test_words_against_a_corpus_are_those_of_the_corpus(make: Make) -> None:
    comparison = make(3)
    corpus = comparison.keyness.head(3).assign(against="corpus")
    both = dataclasses.replace(comparison, keyness=pd.concat([comparison.keyness, corpus], ignore_index=True))
    assert len(_marks(figures.keyness_scatter(both, against="corpus"))) == 3
    assert len(_marks(figures.keyness_scatter(both))) == 15
    assert "the reference corpus" in _note(figures.keyness_scatter(both, against="corpus"))
    assert not figures.keyness_scatter(comparison, against="corpus").axison
    with pytest.raises(OptionError, match=r"against 'all' .*others, corpus"):
        figures.keyness_scatter(comparison, against="all")


@pytest.mark.parametrize("groups", [2, 12])
def test_bars_of_terms_add_up_to_the_difference_of_the_rates(make: Make, groups: int) -> None:
    comparison = make(groups)
    group = "The Lowland Post"
    table = _own(comparison, "loaded")
    mine, rest = pick(table, group=group).iloc[0], table[table["group"] != group]
    difference = mine["value"] - 1000 * rest["count"].sum() / rest["n_words"].sum()
    ax = figures.word_shift(comparison, group=group)
    widths = [patch.get_width() for patch in ax.patches]  # type: ignore[attr-defined]
    assert sum(widths) == pytest.approx(difference)
    assert f"difference {difference:+.2f}".replace("-", "−") in _note(ax)
    assert f"{difference:+.2f}".replace("-", "−") in figures.FIGURES["word_shift"].alt_text(comparison, group=group)


def test_bars_of_terms_fall_in_length_and_the_rest_is_last(make: Make) -> None:
    comparison = make(3)
    ax = figures.word_shift(comparison, top=7)
    lengths = [abs(patch.get_width()) for patch in ax.patches]  # type: ignore[attr-defined]
    assert lengths[:7] == sorted(lengths[:7], reverse=True)
    assert len(lengths) == 8
    terms = len({str(form) for form in comparison.shifts["form"]})
    assert _rows(ax)[-1].endswith("other terms")
    assert int(_rows(ax)[-1].split()[0]) <= terms - 7
    assert all(patch.get_x() == 0 or patch.get_x() + patch.get_width() == 0 for patch in ax.patches)  # type: ignore[attr-defined]


def test_terms_that_more_at_either_side_have_a_colour_each(make: Make) -> None:
    ax = figures.word_shift(make(2), group="Northern Herald")
    colours = {(patch.get_width() > 0, to_hex(patch.get_facecolor())) for patch in ax.patches[:20]}  # type: ignore[attr-defined]
    assert len(colours) == 2
    heads = [text.get_text() for text in ax.texts]
    assert [text for text in heads if text.endswith("Northern Herald")]
    assert [text for text in heads if text.endswith("The Lowland Post")]


def test_the_rest_reaches_beyond_the_scale_where_it_would_dwarf_the_terms(make: Make) -> None:
    comparison = make(3)
    shifts = comparison.shifts.copy()
    last = shifts[shifts["group"] == "Free Courier"].index
    shifts.loc[last, ["part", "count"]] = [0.01, 1]
    shifts.loc[last[:20], "part"] = 0.1
    shifts.loc[last[-1], ["part", "form"]] = [9.0, ""]
    ax = figures.word_shift(dataclasses.replace(comparison, shifts=shifts), group="Free Courier")
    assert ax.get_xlim()[1] < 0.3
    assert ax.patches[-1].get_width() == pytest.approx(9.0 + 0.01 * (len(last) - 21))  # type: ignore[attr-defined]
    assert "reaches beyond the scale" in _note(ax)


def test_a_shift_of_a_pair_is_made_of_the_two(make: Make) -> None:
    comparison = make(3)
    pair = {"group": "Free Courier", "other": "Northern Herald"}
    first, second = (_own(comparison, "loaded", name)["value"].iloc[0] for name in pair.values())
    ax = figures.word_shift(comparison, **pair)
    assert sum(p.get_width() for p in ax.patches) == pytest.approx(first - second)  # type: ignore[attr-defined]
    with pytest.raises(OptionError, match=r"other 'nobody'"):
        figures.word_shift(comparison, group="Free Courier", other="nobody")


def test_a_fingerprint_is_in_standard_deviations_from_the_others(make: Make) -> None:
    comparison = make(12)
    ax = figures.fingerprint(comparison, group="Valley Gazette")
    dots = {said["layer"]: line for said, line in _marks(ax) if "voice" in said}
    for layer in ("loaded", "hedge"):
        table = _own(comparison, layer)
        values = table["value"].to_numpy()
        mine = table[table["group"] == "Valley Gazette"].iloc[0]
        others = values[(table["group"] != "Valley Gazette").to_numpy()].mean()
        apart = np.std(values, ddof=1)
        assert _x(dots[layer]) == pytest.approx((mine["value"] - others) / apart)
        assert _has_span(ax, (mine["low"] - others) / apart, (mine["high"] - others) / apart)
        assert f"{mine['value']:.1f}" in {text.get_text() for text in ax.texts}


def test_a_fingerprint_of_two_groups_is_a_ratio(make: Make) -> None:
    comparison = make(2)
    ax = figures.fingerprint(comparison)
    first, second = _own(comparison, "loaded")["value"]
    dots = {said["layer"]: line for said, line in _marks(ax) if "voice" in said}
    assert ax.get_xscale() == "log"
    assert _x(dots["loaded"]) == pytest.approx(first / second)
    assert "as a multiple of" in _note(ax)


def test_a_fingerprint_with_a_reference_is_set_against_it(make: Make) -> None:
    comparison = dataclasses.replace(make(5), reference="Free Courier")
    table = _own(comparison, "loaded").set_index("group")["value"]
    dots = {said["layer"]: line for said, line in _marks(figures.fingerprint(comparison)) if "voice" in said}
    expected = (table["Northern Herald"] - table["Free Courier"]) / table.std(ddof=1)
    assert _x(dots["loaded"]) == pytest.approx(expected)
    assert "lower than Free Courier" in _note(figures.fingerprint(comparison))


def test_fingerprints_have_the_same_rows_in_the_same_order(make: Make) -> None:
    comparison = make(5)
    one, two = (_rows(figures.fingerprint(comparison, group=name)) for name in ("Free Courier", "Harbour Times"))
    assert one == two
    assert len(one) > 10


def test_a_measure_on_which_all_are_equal_is_no_row(make: Make) -> None:
    comparison = make(4)
    rates = comparison.rates.copy()
    rates.loc[rates["layer"] == "booster", "value"] = 3.0
    rows = _rows(figures.fingerprint(dataclasses.replace(comparison, rates=rates)))
    assert "Boosters" not in rows
    assert "Hedges" in rows


def test_matched_ratios_lie_on_a_log_axis_with_their_events(make: Make) -> None:
    comparison = make(6)
    table = pick(comparison.matched, layer="loaded").sort_values("ratio", ascending=False)
    ax = figures.matched(comparison)
    assert ax.get_xscale() == "log"
    assert _rows(ax) == list(table["group"])
    for (said, line), (_, row) in zip(_marks(ax), table.iterrows(), strict=True):
        assert said == {"layer": "loaded", "group": row["group"], "voice": "own", "event": ANY_EVENT}
        assert _x(line) == pytest.approx(row["ratio"])
        assert line.get_marker() == ("o" if not row["q"] < 0.05 else ">" if row["ratio"] > 1 else "<")
        assert _has_span(ax, row["ratio_low"], row["ratio_high"])
    assert "1×" in [label.get_text() for label in ax.get_xticklabels()]
    assert {str(n) for n in table["n_events"]} <= {text.get_text() for text in ax.texts}


def test_a_group_without_a_common_event_is_counted_below(make: Make) -> None:
    comparison = make(4)
    matched = comparison.matched.copy()
    matched.loc[matched["group"] == "Free Courier", ["ratio", "ratio_low", "ratio_high", "value"]] = np.nan
    ax = figures.matched(dataclasses.replace(comparison, matched=matched))
    assert "Free Courier" not in _rows(ax)
    assert "One more has no event in common with the others." in _note(ax)


def test_a_ratio_of_zero_is_an_arrow_at_the_edge(make: Make) -> None:
    comparison = make(4)
    matched = comparison.matched.copy()
    matched.loc[matched["group"] == "Free Courier", ["ratio", "ratio_low"]] = 0.0
    ax = figures.matched(dataclasses.replace(comparison, matched=matched))
    left = ax.get_xlim()[0]
    arrows = [line for line in ax.lines if line.get_marker() == "<" and _x(line) == left]
    assert [_y(line) for line in arrows] == [_rows(ax).index("Free Courier")]
    assert "reaches beyond the scale" in _note(ax)


def test_a_layer_that_was_not_compared_is_refused_or_empty(make: Make) -> None:
    with pytest.raises(OptionError, match="layer 'nope'"):
        figures.matched(make(3), layer="nope")
    assert not figures.matched(make(3), layer="declined").axison


def test_raw_and_shrunken_rates_stand_in_one_row(make: Make) -> None:
    comparison = make(5)
    table = _own(comparison, "loaded").sort_values("value", ascending=False)
    ax = figures.shrinkage(comparison)
    assert _rows(ax) == list(table["group"])
    marks = _marks(ax)
    for number, (_, row) in enumerate(table.iterrows()):
        (_, raw), (_, shrunk) = marks[2 * number : 2 * number + 2]
        assert (_x(raw), _x(shrunk)) == (pytest.approx(row["value"]), pytest.approx(row["shrunk"]))
        assert round(_y(raw)) == round(_y(shrunk)) == number
        assert raw.get_marker() != shrunk.get_marker()
        assert _has_span(ax, row["low"], row["high"])
        assert _has_span(ax, row["shrunk_low"], row["shrunk_high"])
    assert ax.get_xlim()[0] <= 0


@pytest.mark.parametrize("groups", [1, 2])
def test_rates_of_fewer_than_three_groups_are_not_shrunken(make: Make, groups: int) -> None:
    assert not figures.shrinkage(make(groups)).axison


def test_words_for_each_figure_name_its_numbers(make: Make) -> None:
    comparison = make(3)
    loaded = _own(comparison, "loaded")
    ratios = pick(comparison.matched, layer="loaded")["ratio"]
    shrunk = FIGURES["shrinkage"].alt_text(comparison)
    assert all(f"{value:.1f}" in shrunk for value in (*loaded["value"], *loaded["shrunk"]))
    assert all(f"{ratio:.2f}" in FIGURES["matched"].alt_text(comparison) for ratio in ratios)
    assert f"{loaded['value'].max():.1f}" in FIGURES["dumbbell"].alt_text(comparison)
    word = comparison.keyness.iloc[0]
    assert f"{word['word']} ({word['rate']:.2f} per 1,000 words" in FIGURES["keyness_scatter"].alt_text(comparison)
    text = FIGURES["fingerprint"].alt_text(comparison)
    assert "Northern Herald" in text
    assert "others" in text


def test_a_note_that_begins_with_a_name_of_another_script_reads_from_the_left(make: Make) -> None:
    """A line takes its direction from its first letter; so that no sentence of ours may begin with a name."""
    comparison = make(LONG[1:3])
    for name in NEW[:4]:
        for line in FIGURES[name].draw(comparison).get_xlabel().split("\n")[:1]:
            assert not line.startswith(LONG[1])
