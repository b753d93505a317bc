"""The embedded model: a mean of piece vectors, read with numpy and `tokenizers` alone.

Opens the same folder as sentence-transformers' `StaticEmbedding` and gives the same vectors, so the
default needs no torch. Sole importer of tokenizers. Knows nothing of indexes or of how it was trained.
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.report import XindeError

BUILT_IN = Path(__file__).parent / "data" / "model"
WEIGHTS = "model.safetensors"
PIECES = "tokenizer.json"
_DTYPES = {"F32": np.float32, "F16": np.float16, "I8": np.int8, "I64": np.int64, "I32": np.int32}
_STATIC = (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])
_BATCH = 512
# What `_splitter` cuts at, for `re`: runs of Chinese characters, of figures, and what is neither letter
# nor figure. Figures that are Chinese characters (〇) are cut out of their runs.
_NO_PIECE = re.compile(r"[\W_]+")
_FIGURES = "\\d\u3007\u3021-\u3029\u3038-\u303a"
_HAN = "\u3005\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00016fe2-\U00016ff1\U00020000-\U0003ffff"
_EACH_RUN = re.compile(f"([{_FIGURES}]+|[{_HAN}]+)")


class ModelUnreadable(XindeError):
    """The folder holds no static model that can be read."""


def read_tensors(path: Path) -> dict[str, NDArray[Any]]:
    """The tensors of a safetensors file."""
    data = path.read_bytes()
    (size,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + size])
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        first, last = entry["data_offsets"]
        flat = np.frombuffer(data[8 + size + first : 8 + size + last], dtype=_DTYPES[entry["dtype"]])
        tensors[name] = flat.reshape(entry["shape"])
    return tensors


def write_tensors(path: Path, tensors: dict[str, NDArray[Any]]) -> None:
    """Write a safetensors file."""
    names = {np.dtype(dtype): name for name, dtype in _DTYPES.items()}
    header: dict[str, Any] = {}
    position = 0
    for name, tensor in tensors.items():
        span = [position, position + tensor.nbytes]
        header[name] = {"dtype": names[tensor.dtype], "shape": list(tensor.shape), "data_offsets": span}
        position += tensor.nbytes
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    body = b"".join(np.ascontiguousarray(tensor).tobytes() for tensor in tensors.values())
    path.write_bytes(struct.pack("<Q", len(head)) + head + body)


def _rows(tensors: dict[str, NDArray[Any]]) -> NDArray[np.float32]:
    """One vector a piece: plain weights, or bytes with one scale a row (model2vec's layout)."""
    if "embedding.weight" in tensors:
        return tensors["embedding.weight"].astype(np.float32)
    rows = tensors["embeddings"].astype(np.float32)
    if "mapping" in tensors:
        rows = rows[tensors["mapping"].astype(np.int64)]
    if "weights" in tensors:
        rows = rows * tensors["weights"].astype(np.float32)[:, None]
    return rows


def _unreadable(folder: Path) -> ModelUnreadable:
    return ModelUnreadable(
        f"讀不到向量模型「{folder}」：資料夾內應有 {WEIGHTS} 與 {PIECES}。"
        "請重新安裝，或在設定中改用其他模型。"
    )


class StaticModel:
    """Mean of piece vectors, normalised. `name` tells models apart: it changes with the weights."""

    def __init__(self, name: str, pieces: Any, rows: NDArray[np.float32]) -> None:
        self.name = name
        self.dim = int(rows.shape[1])
        self._normalise, self._pieces = _parted(pieces)
        self._rows = rows

    @classmethod
    def open(cls, folder: Path = BUILT_IN) -> StaticModel:
        """Read the model in `folder`."""
        from tokenizers import Tokenizer

        try:
            rows = _rows(read_tensors(folder / WEIGHTS))
            checksum = zlib.crc32((folder / WEIGHTS).read_bytes())
            text = (folder / PIECES).read_text(encoding="utf-8")
        except (OSError, LookupError, ValueError, struct.error) as exc:
            raise _unreadable(folder) from exc
        try:
            pieces = Tokenizer.from_str(text)
        except Exception as exc:  # tokenizers raises nothing narrower
            raise _unreadable(folder) from exc
        pieces.no_padding()
        return cls(f"static-{checksum:08x}", pieces, rows)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One vector a text, of length 1; a text without any known piece gets zeros."""
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = [self._normalise(text) for text in texts[start : start + _BATCH]]
            for row, encoding in enumerate(self._pieces.encode_batch_fast(batch, add_special_tokens=False)):
                ids = encoding.ids
                if ids:
                    vectors[start + row] = self._rows[ids].mean(axis=0)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors / np.maximum(lengths, 1e-12)


def is_static_folder(folder: Path) -> bool:
    """Whether `folder` holds a static model, possibly normalised, and nothing after it."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        kinds = [module["type"].rsplit(".", 1)[-1] for module in modules]
        return kinds in _STATIC and modules[0]["path"] == ""
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return False


def _normalizer(character_map: bytes) -> Any:
    from tokenizers import normalizers

    steps = [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Precompiled(character_map)]
    return normalizers.Sequence(steps)


def _splitter() -> Any:
    """Cut at every change between Chinese, digits and other letters; drop all else."""
    from tokenizers import Regex, pre_tokenizers

    split = pre_tokenizers.Split
    steps = [
        split(Regex(r"[^\p{L}\p{N}]+"), "removed"),
        split(Regex(r"\p{Han}+"), "isolated"),
        split(Regex(r"\p{N}+"), "isolated"),
    ]
    return pre_tokenizers.Sequence(steps)


def _parted(pieces: Any) -> tuple[Callable[[str], str], Any]:
    """How texts are prepared, and the tokenizer for texts so prepared.

    A tokenizer keeps account of where each character came from, which takes it as long as all the
    rest. Texts cut at blanks beforehand need none of that; other tokenizers than ours stay as they are.
    """
    from tokenizers import pre_tokenizers

    normaliser, splitter = pieces.normalizer, pieces.pre_tokenizer
    if normaliser is None or splitter is None or splitter.__getstate__() != _splitter().__getstate__():
        return str, pieces
    pieces.normalizer = None
    pieces.pre_tokenizer = pre_tokenizers.WhitespaceSplit()

    def prepare(text: str) -> str:
        return _EACH_RUN.sub(r" \1 ", _NO_PIECE.sub(" ", normaliser.normalize_str(text)))

    return prepare, pieces


def learn_pieces(texts: Iterable[str], size: int, longest: int, character_map: bytes) -> Any:
    """A `tokenizers` Unigram model of at most `size` pieces of at most `longest` characters."""
    from tokenizers import Tokenizer, models, trainers

    pieces = Tokenizer(models.Unigram())
    pieces.normalizer = _normalizer(character_map)
    pieces.pre_tokenizer = _splitter()
    trainer = trainers.UnigramTrainer(
        vocab_size=size,
        max_piece_length=longest,
        special_tokens=["[UNK]"],
        unk_token="[UNK]",
        show_progress=False,
        shrinking_factor=0.75,
    )
    pieces.train_from_iterator(texts, trainer)
    return pieces


def add_words(pieces: Any, words: dict[str, float]) -> Any:
    """The same Unigram model with further whole words, each with its logarithmic probability."""
    from tokenizers import Tokenizer

    description = json.loads(pieces.to_str())
    vocabulary = description["model"]["vocab"]
    known = {piece for piece, _ in vocabulary}
    vocabulary += [[word, score] for word, score in words.items() if word not in known]
    return Tokenizer.from_str(json.dumps(description))
