"""What a report is made of: blocks that any layout can set, with figures and tables counted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from framing.comparison._groups import NO_GROUP
from framing.comparison._model import Comparison
from framing.figures import FIGURES, Wording, to_svg
from framing.figures._select import lone, main_voice, noun, pick, spread
from framing.figures._style import elide, printable
from framing.render._links import SEE

Block = dict[str, Any]

NO_NAMES = (NO_GROUP, "unknown")
"""What a group is called whose articles name none."""

_LONG = re.compile(r"(?<!\S)\S{20,}")
_HASH = re.compile("[0-9a-f]{16,64}")


def clean(text: object, width: int = 400) -> str:
    """Return text that can be set anywhere: printable, no longer than that, and breakable where a word is very long."""
    # of a text that was made ready before: the marks would be shown as boxes
    plain = str(text).removeprefix("\u2068").removesuffix("\u2069").replace("\u200b", "")
    shown = _LONG.sub(_breakable, elide(printable(plain), width))
    # isolated, so that a right-to-left name does not turn round the numbers after it
    return f"\u2068{shown}\u2069" if any(unicodedata.bidirectional(c) in ("R", "AL") for c in shown) else shown


def unbroken(text: object) -> str:
    """Return all of a text as it can be set, with the spaces at its ends: a piece of a longer one."""
    return _LONG.sub(_breakable, printable(text))


def _breakable(found: re.Match[str]) -> str:
    """Let a very long word break after every tenth letter; hashes and hyphened names stay whole, to be copied."""
    word = found[0]
    # hyphens are breaks already
    whole = _HASH.fullmatch(word) or max(len(part) for part in word.split("-")) < 20
    return word if whole else "\u200b".join(word[i : i + 10] for i in range(0, len(word), 10))


def digits_of(value: float, digits: int = 1) -> int:
    """Return how many digits a number is shown with, so that what is there is not shown as 0.0."""
    return digits + 1 if value and round(abs(value), digits) == 0 else digits


@dataclass(slots=True)
class Story:
    """A comparison on its way into a report.

    Attributes
    ----------
    comparison : Comparison
        What is reported.
    wording : Wording
        Its sentences.
    language : str
        The name or path the wording was loaded from.
    figures : dict of str to str
        File name -> SVG, filled as blocks are made.
    prefix : str
        What the names of its figure files begin with, where several stories share a report.
    """

    comparison: Comparison
    wording: Wording
    language: str
    figures: dict[str, str] = field(default_factory=dict)
    prefix: str = ""

    @property
    def lone(self) -> bool:
        """Whether there is one group only."""
        return lone(self.comparison)

    @property
    def one_article(self) -> bool:
        """Whether there is one article only."""
        return int(self.comparison.groups["n_articles"].sum()) == 1 if len(self.comparison.groups) else False

    @property
    def findings(self) -> int:
        """How many findings there are: all layers and voices, without the furniture of the page."""
        whole = pick(self.comparison.rates, category="", voice="all")
        return int(whole[whole["layer"] != "furniture"]["count"].sum())

    @property
    def tested(self) -> bool:
        """Whether any rate was tested against the others."""
        return bool(self.comparison.rates["q"].notna().any())

    @property
    def spread(self) -> str:
        """`, with 95 % intervals`, or nothing where there are none."""
        return spread(self.comparison, self.wording)

    @property
    def case(self) -> str:
        """`article`, `single` or `several`: which wording a sentence takes."""
        return "article" if self.one_article else "single" if self.lone else "several"

    @property
    def voices(self) -> list[str]:
        """Voices in the order of a report."""
        return ["own", "quoted", "reported"]

    @property
    def voice(self) -> str:
        """The voice that the comparison was made for."""
        return main_voice(self.comparison)

    @property
    def spoken(self) -> str:
        """That voice in a sentence: `in own voice`."""
        return self.wording(f"voice_of.{self.voice}")

    def noun(self, n: float = 2) -> str:
        """Return what the groups are called."""
        return clean(noun(self.comparison, self.wording, n), 60)

    def text(self, key: str, *, n: float | None = None, **values: object) -> Block:
        """Return a paragraph."""
        return {"kind": "text", "runs": self.wording.runs(key, n=n, spoken=self.spoken, **values)}

    def bullets(self, items: Sequence[list[dict[str, Any]]]) -> Block:
        """Return a list of sentences."""
        return {"kind": "list", "items": list(items)}

    def heading(self, key: str, *, anchor: str = "") -> Block:
        """Return a heading of the second level; `anchor` is the id that links go to."""
        block: Block = {"kind": "heading", "text": self.wording(key)}
        return block | ({"id": anchor} if anchor else {})

    def figure(
        self, name: str, *, caption: str, key: str = "", values: Mapping[str, object] | None = None, **options: object
    ) -> Block:
        """Draw a figure; where it has nothing to show, return the sentence that says so instead.

        Parameters
        ----------
        name : str
            Which of `FIGURES`.
        caption : str
            Key of its caption in the wording.
        key : str
            What to add to the file name where a figure appears more than once.
        """
        ax = FIGURES[name].draw(self.comparison, language=self.language, **options)
        alt = clean(FIGURES[name].alt_text(self.comparison, language=self.language, **options), 2000)
        if not ax.axison:
            return {"kind": "text", "runs": [{"text": alt, "strong": False}]}
        file = f"{self.prefix}{name}{'-' + key if key else ''}.svg"
        self.figures[file] = to_svg(ax)
        return {
            "kind": "figure",
            "file": file,
            "id": f"figure-{file.removesuffix('.svg')}",
            "alt": alt,
            "caption": self.wording.phrase(caption, {"spoken": self.spoken, **(values or {})}),
            "links": list(SEE.get(name, ())),
        }

    def table(
        self,
        name: str,
        columns: Sequence[tuple[str, str]],
        rows: Sequence[Sequence[str]],
        *,
        note: str = "",
        caption: str = "",
        links: Sequence[Sequence[str]] = (),
        **values: object,
    ) -> Block:
        """Return a table.

        Parameters
        ----------
        name : str
            Its id is `table-NAME`, its caption the wording's `table.NAME`.
        columns : sequence of (str, str)
            Heading, and `left`, `right` or `text`, the last for one that may be wide.
        rows : sequence of sequence of str
            Cells.
        links : sequence of sequence of str
            For each cell the anchor where its evidence stands, or "": `evidence-LAYER`, `table-NAME`, `figure-NAME` or
            the id of a section. Anchors that a report does not have are left out of it.
        """
        return {
            "kind": "table",
            "id": f"table-{name}",
            "caption": caption or self.wording.phrase(f"table.{name}", {"spoken": self.spoken, **values}),
            "columns": [{"label": clean(label, 60), "align": align} for label, align in columns],
            "rows": [[clean(cell, 300) for cell in row] for row in rows],
            "note": note,
            "links": [list(row) for row in links],
        }

    def estimate(self, row: Mapping[str, Any], digits: int = 1) -> str:
        """Return `value [low, high]`."""
        digits = digits_of(row["value"], digits)
        interval = self.wording.interval(row["low"], row["high"], digits)
        return f"{self.wording.number(row['value'], digits)} {interval}".strip()

    def rate(self, value: float) -> str:
        """Return a rate, with one digit more where it would look like none at all."""
        return self.wording.number(value, digits_of(value))

    def share(self, row: Mapping[str, Any]) -> str:
        """Return `62 % [58, 66]`."""
        interval = self.wording.interval(100 * row["low"], 100 * row["high"], 0)
        return f"{self.wording.percent(row['value'])} {interval}".strip()

    def layer(self, layer: str, category: str = "") -> str:
        """Return what is counted, in the plural."""
        name = clean(self.wording.name_of("layer", layer), 60)
        if not category:
            return name
        return self.wording("first.what", layer=name, category=clean(self.wording.name_of("category", category), 60))

    def layer_one(self, layer: str, n: int) -> str:
        """Return what is counted, singular for one."""
        singular = self.wording.get(f"layer_one.{layer}")
        return str(singular) if n == 1 and isinstance(singular, str) else self.layer(layer)
