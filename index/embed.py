"""Which model turns text into vectors: the built-in one, or any sentence-transformers name or folder.

Sole importer of sentence-transformers, and only when another model is asked for. Knows nothing of indexes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.report import XindeError
from index.ports import Embedder
from index.static_model import BUILT_IN, ModelUnreadable, StaticModel, is_static_folder

_BATCH = 32


class ModelMissing(XindeError):
    """The model that the settings name is not on this machine."""


class SentenceModel:
    """Any sentence-transformers model, from this machine only."""

    def __init__(self, name: str, model: Any) -> None:
        self.name = name
        self.dim = int(model.get_embedding_dimension())
        self._model = model

    @classmethod
    def open(cls, name: str) -> SentenceModel:
        """Load the model called `name`, a folder or a name in the local cache; nothing is downloaded."""
        from sentence_transformers import SentenceTransformer

        try:
            return cls(name, SentenceTransformer(name, device="cpu", local_files_only=True))
        except (OSError, ValueError, KeyError) as exc:
            raise ModelMissing(
                f"這台電腦上沒有向量模型「{name}」，應為 sentence-transformers 的資料夾或已下載的模型名稱。"
                "請先下載，或取消這項設定而用內建模型。"
            ) from exc

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One vector a text, of length 1."""
        vectors = self._model.encode(
            list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32).reshape(-1, self.dim)


def open_embedder(name: str | None = None) -> Embedder:
    """The built-in model for None, else a folder or sentence-transformers name; torch only where needed."""
    if name is None:
        return StaticModel.open(BUILT_IN)
    folder = Path(name).expanduser()
    if is_static_folder(folder):
        try:
            return StaticModel.open(folder)
        except ModelUnreadable:
            return SentenceModel.open(str(folder))
    return SentenceModel.open(name)


__all__ = ["Embedder", "ModelMissing", "ModelUnreadable", "SentenceModel", "open_embedder"]
