"""Which of millions of strings came before, in 24 bytes a slot instead of a hundred and more."""

from __future__ import annotations

import hashlib
from array import array


class Seen:
    """A set of strings that keeps their 16-byte digests only, and the number each came with."""

    def __init__(self) -> None:
        self._size = 1 << 10
        self._high = array("Q", bytes(8 * self._size))
        self._low = array("Q", bytes(8 * self._size))
        self._number = array("q", bytes(8 * self._size))  # 0: an empty slot
        self._count = 0

    def add(self, value: str) -> int:
        """Return the number under which `value` came before, or 0 and note it under the next number, from 1."""
        digest = hashlib.blake2b(value.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        high, low = int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:], "little")
        slot = self._slot(high, low)
        if self._number[slot]:
            return self._number[slot]
        self._count += 1
        self._put(slot, high, low, self._count)
        if 3 * self._count > 2 * self._size:
            self._grow()
        return 0

    def _slot(self, high: int, low: int) -> int:
        mask = self._size - 1
        slot = low & mask
        while self._number[slot] and (self._low[slot] != low or self._high[slot] != high):
            slot = (slot + 1) & mask
        return slot

    def _put(self, slot: int, high: int, low: int, number: int) -> None:
        self._high[slot], self._low[slot], self._number[slot] = high, low, number

    def _grow(self) -> None:
        old = zip(self._high, self._low, self._number, strict=True)
        self._size *= 2
        self._high = array("Q", bytes(8 * self._size))
        self._low = array("Q", bytes(8 * self._size))
        self._number = array("q", bytes(8 * self._size))
        for high, low, number in old:
            if number:
                self._put(self._slot(high, low), high, low, number)
