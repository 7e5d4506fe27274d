"""An analysis on disk, opened when it is asked for."""

from __future__ import annotations

import gzip
import json
import shutil
import weakref
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from framing.analysis._tables import FORMATS, read_table
from framing.analysis._words import WordCounts
from framing.errors import InputError

MANIFEST = "manifest.json"
TEXTS = "texts.jsonl.gz"
TABLES = ("articles", "sentences", "findings", "attributions")


class Analysis:
    """The four tables of a corpus, with the manifest that says how they were made.

    Tables are read when they are first used. Use `analyze` to make one and `Analysis.open` for one on disk.

    Attributes
    ----------
    directory : Path
        Where the tables lie; a temporary folder, gone with the object, if `analyze` was given none.
    """

    def __init__(self, directory: Path, *, temporary: bool = False) -> None:
        self.directory = directory
        if temporary:
            weakref.finalize(self, shutil.rmtree, directory, ignore_errors=True)

    @classmethod
    def open(cls, directory: str | Path) -> Analysis:
        """Open the output folder of an earlier analysis.

        Raises
        ------
        InputError
            If a table or the manifest is missing or cannot be read.
        """
        folder = Path(directory)
        if not (folder / MANIFEST).is_file():
            msg = f"{folder}: no {MANIFEST}; not the output of `framing analyze`"
            raise InputError(msg)
        found = cls(folder)
        found.manifest  # noqa: B018 - what is wrong with it shows here
        for name in TABLES:
            if not any((folder / f"{name}.{form}").is_file() for form in FORMATS):
                msg = f"{folder}: no table {name} (.csv, .jsonl or .parquet)"
                raise InputError(msg)
        return found

    def _table(self, name: str) -> pd.DataFrame:
        try:
            return read_table(self.directory, name, self.manifest.get("options", {}).get("format"))
        except FileNotFoundError as missing:
            msg = f"{self.directory}: no table {name} (.csv, .jsonl or .parquet)"
            raise InputError(msg) from missing
        except (ValueError, KeyError) as fault:  # of pandas, JSON and Arrow; all derive from these
            msg = f"{self.directory}: table {name} cannot be read: {_one_line(fault)}"
            raise InputError(msg) from fault

    @cached_property
    def articles(self) -> pd.DataFrame:
        """One row an article."""
        return self._table("articles")

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """One row a sentence."""
        return self._table("sentences")

    @cached_property
    def findings(self) -> pd.DataFrame:
        """One row a marked place."""
        return self._table("findings")

    @cached_property
    def attributions(self) -> pd.DataFrame:
        """One row an attribution."""
        return self._table("attributions")

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """How the tables were made."""
        path = self.directory / MANIFEST
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as fault:
            msg = f"{path}: not JSON: {_one_line(fault)}"
            raise InputError(msg) from fault
        if not isinstance(found, dict) or not isinstance(found.get("input"), dict):
            msg = f"{path}: not the manifest of `framing analyze`"
            raise InputError(msg)
        return found

    @cached_property
    def words(self) -> WordCounts:
        """How often each word stands in each article and voice."""
        try:
            return WordCounts.open(self.directory)
        except (OSError, ValueError) as fault:
            msg = f"{self.directory}: the counts in words/ cannot be read: {_one_line(fault)}"
            raise InputError(msg) from fault

    @cached_property
    def _texts(self) -> dict[str, str]:
        try:
            with gzip.open(self.directory / TEXTS, "rt", encoding="utf-8") as lines:
                return {record["id"]: record["text"] for record in map(json.loads, lines)}
        except (OSError, EOFError, ValueError) as fault:
            msg = f"{self.directory}: the texts in {TEXTS} cannot be read: {_one_line(fault)}"
            raise InputError(msg) from fault

    def text(self, article_id: str) -> str:
        """Return the text of an article.

        Raises
        ------
        KeyError
            If there is no such article.
        InputError
            If the texts cannot be read.
        """
        return self._texts[article_id]

    def __repr__(self) -> str:
        """Say how much there is, and where."""
        counted = self.manifest["input"]["articles"]
        return f"Analysis({counted:,} articles, {str(self.directory)!r})"


def _one_line(fault: Exception) -> str:
    return " ".join(str(fault).split())
