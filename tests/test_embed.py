"""Which model is opened for which name."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

from index.embed import ModelMissing, SentenceModel, open_embedder
from index.static_model import BUILT_IN, StaticModel


def test_without_a_name_it_is_the_built_in_model():
    model = open_embedder(None)
    assert isinstance(model, StaticModel)
    assert model.encode(["城市交流"]).shape == (1, model.dim)


def test_a_static_folder_needs_no_torch(tmp_path):
    folder = tmp_path / "mine"
    shutil.copytree(BUILT_IN, folder)
    assert isinstance(open_embedder(str(folder)), StaticModel)
    assert open_embedder(str(folder)).name == open_embedder(None).name


def test_any_sentence_transformers_folder_can_take_its_place():
    pytest.importorskip("sentence_transformers", reason="沒有安裝 sentence-transformers")
    other = SentenceModel.open(str(BUILT_IN))
    texts = ["世界城市論壇", "防災"]
    assert other.dim == open_embedder(None).dim
    assert np.abs(other.encode(texts) - open_embedder(None).encode(texts)).max() < 1e-5
    assert other.encode([]).shape == (0, other.dim)


def test_a_model_that_is_not_here_is_named_in_a_sentence(tmp_path):
    pytest.importorskip("sentence_transformers", reason="沒有安裝 sentence-transformers")
    with pytest.raises(ModelMissing, match="沒有向量模型「.*nowhere」"):
        open_embedder(str(tmp_path / "nowhere"))
