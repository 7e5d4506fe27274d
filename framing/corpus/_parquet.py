"""Parquet, a few hundred rows at a time."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from framing.corpus._file import File
from framing.corpus._row import Log, Row
from framing.errors import InputError, MissingExtraError

_BATCH = 256  # rows in memory at once


def _first(error: Exception) -> str:
    """Return the first clause of what pyarrow says, which goes on over several lines."""
    return str(error).partition("\n")[0].partition(". ")[0][:80]


class ParquetReader:
    """A Parquet file; rows count from 1."""

    lazy = False
    notes: tuple[str, ...] = ()

    def __init__(self, file: File) -> None:
        self._file = file
        self.name = file.name
        with self._open() as table:
            self._names = [str(name) for name in table.schema_arrow.names]

    def _open(self) -> Any:
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError as err:
            raise MissingExtraError("reading Parquet files needs pyarrow: pip install framing[parquet]") from err
        try:
            return parquet.ParquetFile(self._file.path)
        except (pyarrow.ArrowException, OSError) as err:
            raise InputError(f"{self.name}: no readable Parquet file ({_first(err)})") from err

    def names(self) -> list[str]:
        """Return the columns of the schema."""
        return list(self._names)

    def rows(self, log: Log) -> Generator[Row, None, None]:
        """Yield the rows."""
        import pyarrow

        number = 0
        with self._open() as table:
            try:
                for batch in table.iter_batches(batch_size=_BATCH):
                    for cells in batch.to_pylist():
                        number += 1
                        yield Row(number, number, cells)
            except (pyarrow.ArrowException, OSError) as err:
                raise InputError(f"{self.name}, row {number + 1:,}: damaged Parquet data ({_first(err)})") from err

    def sha256(self) -> str:
        """Return the hash of the file as it lies on disk."""
        return self._file.sha256
