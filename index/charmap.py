"""A character map in the binary form that the `tokenizers` library calls `Precompiled`.

With it the tokenizer file of the embedded model itself folds Traditional to Simplified characters,
so any program that opens the file gets the same pieces. Knows nothing of models or training.
"""

from __future__ import annotations

import struct

_LEAF = 1 << 8
_VALUE = 1 << 31
_SPARE = 4_096

Trie = dict[int, "Trie | int"]


def _trie(keys: dict[bytes, int]) -> Trie:
    root: Trie = {}
    for key, value in keys.items():
        node = root
        for byte in key:
            child = node.setdefault(byte, {})
            assert isinstance(child, dict)
            node = child
        node[0] = value
    return root


class _DoubleArray:
    """Units of a darts-clone double array: a child stands at `parent ^ offset ^ label`."""

    def __init__(self) -> None:
        self.units: list[int] = [0]
        self._used = {0}
        self._bases: set[int] = set()
        self._free = 1

    def _grow(self, size: int) -> None:
        self.units += [0] * (size - len(self.units))

    def _base(self, labels: list[int]) -> int:
        base = self._free
        while base in self._bases or any((base ^ label) in self._used for label in labels):
            base += 1
        self._bases.add(base)
        # Gaps far behind are given up, or the search would grow with the square of the keys.
        self._free = max(self._free, base - 256)
        return base

    def place(self, position: int, node: Trie) -> None:
        """Write `node`, whose own unit stands at `position`, and everything below it."""
        labels = sorted(node)
        base = self._base(labels)
        self._used.update(base ^ label for label in labels)
        self._grow((base | 255) + 1)
        self.units[position] |= ((position ^ base) << 10) | (_LEAF if 0 in node else 0)
        for label in labels:
            child = node[label]
            if isinstance(child, int):
                self.units[base] = _VALUE | child
            else:
                self.units[base ^ label] |= label
                self.place(base ^ label, child)


def precompiled(mapping: dict[str, str]) -> bytes:
    """The map from one character to a text, as bytes for `tokenizers.normalizers.Precompiled`."""
    strings = bytearray()
    keys: dict[bytes, int] = {}
    for source, target in sorted(mapping.items()):
        keys[source.encode()] = len(strings)
        strings += target.encode() + b"\0"
    array = _DoubleArray()
    array.place(0, _trie(keys))
    # The reader follows offsets without a bounds check: spare units keep a stray step inside.
    units = array.units + [0] * _SPARE
    return struct.pack("<I", 4 * len(units)) + struct.pack(f"<{len(units)}I", *units) + bytes(strings)
