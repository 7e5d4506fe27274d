"""A corpus: articles that are read again each time they are asked for."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from framing.corpus._article import Article
from framing.corpus._columns import Fields, resolve
from framing.corpus._memory import ItemsReader
from framing.corpus._row import Log, Reader, Reject, Row, to_article
from framing.corpus._seen import Seen
from framing.errors import InputError


class Corpus:
    """Articles from one source, read lazily and as often as they are iterated.

    Attributes
    ----------
    name : str
        The source in messages: a path, `standard input`, `DataFrame`, `articles`.
    path : Path or None
        Where it lies, if it lies on disk.
    rejects : tuple of Reject
        The rows that could not be read, as the last complete pass found them.
    columns : tuple of str
        Further columns, in first-seen order; complete after a pass.
    notes : tuple of str
        Plain sentences on what was decided or left out; complete after a pass.
    """

    def __init__(
        self,
        reader: Reader,
        *,
        options: Mapping[str, str | None],
        path: Path | None = None,
        strict: bool = False,
    ) -> None:
        self._reader = reader
        self._options = dict(options)
        self._strict = strict
        self._field_notes: list[str] = []
        self._fields: Fields | None = None
        self._log = Log()
        self.name = reader.name
        self.path = path
        self.rejects: tuple[Reject, ...] = ()
        if not reader.lazy:
            self._resolved()

    @property
    def columns(self) -> tuple[str, ...]:
        """Further columns, in first-seen order; complete after a pass."""
        return tuple(self._log.columns)

    @property
    def notes(self) -> tuple[str, ...]:
        """Plain sentences on what was decided or left out; complete after a pass."""
        return (*self._reader.notes, *self._field_notes, *self._log.sentences())

    def sha256(self) -> str:
        """Return the hash of the input: of a file's bytes as they lie on disk, of a folder's sorted names and bytes.

        Returns
        -------
        str
            64 hexadecimal digits.
        """
        return self._reader.sha256()

    def __iter__(self) -> Iterator[Article]:
        with closing(self._pass()) as rows:
            for row in rows:
                if isinstance(row, Article):
                    yield row

    def rows(self) -> Generator[Article | Reject, None, None]:
        """Yield articles and rejects as they come.

        Raises
        ------
        InputError
            If the source cannot be read on, or, in a strict corpus, at the first row that cannot be read.
        """
        return self._pass()

    def _resolved(self) -> Fields:
        if self._fields is None:
            plain = isinstance(self._reader, ItemsReader) and self._reader.only_articles()
            names = [] if plain else self._reader.names()
            if plain or (not names and not any(self._options.values())):
                return Fields.plain()  # nothing that could be read yet: no columns to choose from
            self._fields = resolve(names, self._options, self.name, self._field_notes)
        return self._fields

    def _pass(self) -> Generator[Article | Reject, None, None]:
        fields = self._resolved()
        log, seen, rejects = Log(), Seen(), list[Reject]()
        numbered: dict[str, int] = {}
        with closing(self._reader.rows(log)) as rows:
            for row in rows:
                made = to_article(row, fields, log) if isinstance(row, Row) else row
                if isinstance(made, Reject):
                    if self._strict:
                        raise InputError(f"{self.name}, line {made.line:,}: {made.reason}")
                    rejects.append(made)
                    yield made
                else:
                    yield _unique(made, seen, numbered, log)
        self._log, self.rejects = log, tuple(rejects)


def _unique(article: Article, seen: Seen, numbered: dict[str, int], log: Log) -> Article:
    """Give an id that was used before the first of #2, #3, ... that is free."""
    if not seen.add(article.id):
        return article
    log.repeated += 1
    log.repeated_example = log.repeated_example or article.id
    n = numbered.get(article.id, 1) + 1
    while seen.add(f"{article.id}#{n}"):
        n += 1
    numbered[article.id] = n
    return replace(article, id=f"{article.id}#{n}")
