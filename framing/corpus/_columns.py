"""Which column holds what: by option, or by the names that news collections use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from framing.errors import InputError

# Each group is tried in turn; names of one group are equally good.
HABITS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "text": (
        ("text",),
        ("article_text", "full_text", "fulltext", "maintext", "main_text", "body_text", "article_body", "articlebody"),
        ("content_original", "article_content", "text_content", "plain_text", "plaintext", "news_text", "raw_text"),
        ("body", "content", "article", "story"),
        ("sentence", "paragraph"),
    ),
    "outlet": (
        ("outlet", "outlet_name", "news_outlet", "media_outlet"),
        ("publication", "publisher", "newspaper", "publication_name", "source_name", "sitename", "site_name"),
        ("source", "news_source", "media", "medium", "channel"),
        ("site", "website", "domain", "source_domain", "hostname"),
    ),
    "id": (
        ("id", "article_id", "articleid"),
        ("doc_id", "docid", "document_id", "text_id", "uid", "uuid", "_id", "guid"),
    ),
    "title": (("title", "headline"), ("article_title", "article_headline", "heading", "title_original")),
    "date": (
        ("date", "published", "publish_date", "date_published", "published_at", "publishedat", "publication_date"),
        ("date_publish", "pub_date", "pubdate", "published_date", "datetime", "timestamp"),
    ),
    "url": (("url",), ("link", "article_url", "source_url", "permalink")),
}


@dataclass(frozen=True, slots=True)
class Fields:
    """The column that holds each field of an article; None where there is none."""

    text: str
    id: str | None = None
    outlet: str | None = None
    title: str | None = None
    date: str | None = None
    url: str | None = None

    @classmethod
    def plain(cls) -> Fields:
        """Return the fields under their own names."""
        return cls("text", "id", "outlet", "title", "date", "url")

    @property
    def used(self) -> frozenset[str]:
        """The columns that are fields and therefore not carried along."""
        found = (self.text, self.id, self.outlet, self.title, self.date, self.url)
        return frozenset(name for name in found if name is not None)


def listed(names: Collection[str], most: int = 20) -> str:
    """Return column names for a message of one line."""
    shown = ", ".join(repr(name) if len(name) <= 40 else repr(name[:37] + "...") for name in list(names)[:most])
    return shown + (f" and {len(names) - most:,} more" if len(names) > most else "") if names else "none"


def _key(name: str) -> str:
    return "_".join(name.casefold().replace("-", " ").replace("_", " ").split()) if name != "_id" else name


def _by_option(field: str, wanted: str, names: Collection[str], where: str) -> str:
    if wanted in names:
        return wanted
    alike = [name for name in names if name.casefold() == wanted.casefold()]
    if len(alike) == 1:
        return alike[0]
    msg = f"{where}: no column {wanted!r} for {field}; columns found: {listed(names)}"
    raise InputError(msg)


def _by_habit(field: str, names: Iterable[str]) -> list[str]:
    keyed = [(name, _key(name)) for name in names]
    for group in HABITS[field]:
        found = [name for habit in group for name, key in keyed if key == habit]
        if found:
            return found
    return []


def resolve(
    names: Collection[str], options: Mapping[str, str | None], where: str, notes: list[str] | None = None
) -> Fields:
    """Find the column of each field.

    Parameters
    ----------
    names : collection of str
        The columns of the input, in order.
    options : mapping of str to str or None
        For each field the column that the user named.
    where : str
        The input, for messages.
    notes : list of str, optional
        Receives a sentence where several columns could have been meant and the first was taken.

    Raises
    ------
    InputError
        If a named column is not there, or the text column cannot be told.
    """
    chosen: dict[str, str] = {
        field: _by_option(field, wanted, names, where) for field, wanted in options.items() if wanted is not None
    }
    for field in HABITS:
        if field in chosen:
            continue
        found = _by_habit(field, [name for name in names if name not in chosen.values()])
        if field == "text" and len(found) != 1:
            why = f"{listed(found)} are equally likely" if found else "none has a usual name"
            msg = f"{where}: which column holds the text? {why}; say --text COLUMN; columns found: {listed(names)}"
            raise InputError(msg)
        if found:
            chosen[field] = found[0]
        if len(found) > 1 and notes is not None:
            notes.append(f"{field} was read from column {found[0]!r}, though {listed(found[1:])} could be meant too")
    return Fields(**chosen)


def extra_columns(columns: Iterable[str], reserved: Collection[str]) -> dict[str, str]:
    """Give each further column of the input the name under which it is carried into the articles table.

    Parameters
    ----------
    columns : iterable of str
        Names of further columns, as in `Corpus.columns`.
    reserved : collection of str
        Names that the table uses itself.

    Returns
    -------
    dict of str to str
        From the input's name to the table's: the same, or `input_NAME` where the name is taken, and
        `input_NAME_2` where that is taken too.
    """
    names = list(columns)
    taken = set(reserved) | {name for name in names if name not in reserved}
    out: dict[str, str] = {}
    for name in names:
        if name not in reserved:
            out[name] = name
            continue
        new, n = f"input_{name}", 2
        while new in taken:
            new, n = f"input_{name}_{n}", n + 1
        taken.add(new)
        out[name] = new
    return out
