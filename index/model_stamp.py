"""Which embedding model made the vectors of an archive: vectors of two models are never compared."""

from __future__ import annotations

from corpus.changes import Change
from corpus.report import XindeError
from corpus.store import Store
from index.passages import indexed_text
from index.ports import Embedder
from index.table import STORED

MODEL = "model"
CHUNK = 500


class OtherModel(XindeError):
    """The vectors were made by another embedding model than the one in use."""


def model_of(embedder: Embedder) -> str:
    """What is written down of a model."""
    return f"{embedder.name}/{embedder.dim}"


def check_model(store: Store, embedder: Embedder) -> None:
    """Raise OtherModel unless the archive's vectors are this model's, or there are none."""
    stamped = store.state(MODEL)
    if stamped is not None and stamped != model_of(embedder):
        raise OtherModel(
            f"資料夾的向量由模型「{stamped}」產生，目前設定的是「{model_of(embedder)}」，兩者不能混用。"
            "請改回原來的模型，或執行 xinde rebuild 以目前的模型重新產生。"
        )


def reembed(store: Store, embedder: Embedder) -> None:
    """Replace all vectors by this model's, in one transaction."""
    vectors: list[tuple[int, bytes]] = []
    for number, head in store.heads().items():
        passages = store.passages([number])
        for start in range(0, len(passages), CHUNK):
            part = passages[start : start + CHUNK]
            rows = embedder.encode([indexed_text(passage, head) for passage in part]).astype(STORED)
            vectors += [(p.key, row.tobytes()) for p, row in zip(part, rows, strict=True)]
    store.apply(Change(vectors=tuple(vectors), state=((MODEL, model_of(embedder)),)))
