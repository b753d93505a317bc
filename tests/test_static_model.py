"""The embedded model, read with numpy: the vectors are those of sentence-transformers."""

from __future__ import annotations

import json

import numpy as np
import pytest

from index.charmap import precompiled
from index.static_model import (
    BUILT_IN,
    PIECES,
    WEIGHTS,
    ModelUnreadable,
    StaticModel,
    add_words,
    is_static_folder,
    learn_pieces,
    read_tensors,
    write_tensors,
)

MOST_BYTES = 16_000_000
TEXTS = [
    "第十屆世界城市論壇在阿布達比舉行。",
    "第十届世界城市论坛在阿布扎比举行。",
    "what did we learn at the World Urban Forum?",
    "109 年 2 月 8 日，本府代表團搭乘 BR215 班機。",
    "淨零碳排",
    "",
    "？！，。",
    "𠮷野家 \u200b Ａ１",
    "長" * 3000,
]


@pytest.fixture(scope="module")
def model() -> StaticModel:
    return StaticModel.open()


def test_vectors_are_of_length_one_and_nothing_is_zero(model):
    vectors = model.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), model.dim) and vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    assert lengths[[5, 6]].tolist() == [0.0, 0.0]
    assert np.delete(lengths, [5, 6]) == pytest.approx(1.0, abs=1e-5)
    assert model.encode([]).shape == (0, model.dim)


def test_a_text_has_the_same_vector_in_any_company(model):
    alone = model.encode([TEXTS[3]])[0]
    assert np.abs(model.encode(TEXTS * 100)[3] - alone).max() < 1e-6


def test_both_scripts_have_the_same_vector(model):
    one, other = model.encode(["臺灣的軟體與資訊發展", "台湾的软体与资讯发展"])
    assert np.abs(one - other).max() < 1e-6


@pytest.mark.parametrize(
    ("query", "near", "far"),
    [
        ("net zero emissions", "本市推動淨零碳排", "姊妹市締盟典禮"),
        ("disaster prevention", "防災公園與應變中心", "觀光行銷活動"),
        ("如何減少碳排放", "降低溫室氣體的措施", "棒球比賽結果"),
        ("public housing", "社會住宅興建計畫", "機場貴賓室"),
    ],
)
def test_meaning(model, query, near, far):
    asked, close, distant = model.encode([query, near, far])
    assert asked @ close > asked @ distant + 0.1


def test_sentence_transformers_gives_the_same_vectors(model):
    sentence_transformers = pytest.importorskip(
        "sentence_transformers", reason="沒有安裝 sentence-transformers"
    )
    other = sentence_transformers.SentenceTransformer(str(BUILT_IN), device="cpu", local_files_only=True)
    theirs = other.encode(TEXTS, convert_to_numpy=True, show_progress_bar=False)
    assert np.abs(theirs - model.encode(TEXTS)).max() < 1e-5


def test_the_folder_is_small():
    assert is_static_folder(BUILT_IN)
    assert sum(path.stat().st_size for path in BUILT_IN.rglob("*") if path.is_file()) <= MOST_BYTES


def test_the_name_is_that_of_the_weights(model, tmp_path):
    folder = small_model(tmp_path, np.ones((20, 4), np.float32))
    assert StaticModel.open(folder).name != model.name
    assert StaticModel.open(folder).name == StaticModel.open(folder).name


def small_model(folder, rows):
    pieces = learn_pieces(["城市交流與合作"] * 20, 20, 4, precompiled({"與": "与"}))
    (folder / PIECES).write_text(pieces.to_str(), encoding="utf-8")
    write_tensors(folder / WEIGHTS, {"embedding.weight": rows})
    return folder


@pytest.mark.parametrize("broken", [WEIGHTS, PIECES])
@pytest.mark.parametrize("damage", ["missing", "garbage", "cut"])
def test_a_damaged_folder_is_refused_in_a_sentence(tmp_path, broken, damage):
    path = small_model(tmp_path, np.ones((20, 4), np.float32)) / broken
    data = path.read_bytes()
    path.unlink()
    if damage != "missing":
        path.write_bytes(b"\x00garbage" if damage == "garbage" else data[: len(data) // 2])
    with pytest.raises(ModelUnreadable, match="讀不到向量模型"):
        StaticModel.open(tmp_path)


@pytest.mark.parametrize("dtype", [np.float32, np.float16, np.int8, np.int32, np.int64])
def test_tensors_survive_writing(tmp_path, dtype):
    tensors = {"a": np.arange(6, dtype=dtype).reshape(2, 3), "b": np.zeros(0, dtype)}
    write_tensors(tmp_path / "t", tensors)
    for name, tensor in read_tensors(tmp_path / "t").items():
        assert tensor.dtype == dtype and np.array_equal(tensor, tensors[name])


def test_tensors_are_what_safetensors_reads(tmp_path):
    numpy_io = pytest.importorskip("safetensors.numpy")
    write_tensors(tmp_path / "t", {"a": np.arange(6, dtype=np.float16).reshape(2, 3)})
    assert numpy_io.load_file(tmp_path / "t")["a"].tolist() == [[0, 1, 2], [3, 4, 5]]


@pytest.mark.parametrize(
    ("modules", "expected"),
    [
        (None, False),
        ("{", False),
        ([], False),
        ([{"path": "", "type": "x.StaticEmbedding"}], True),
        ([{"path": "", "type": "x.StaticEmbedding"}, {"path": "1", "type": "x.Normalize"}], True),
        ([{"path": "", "type": "x.Transformer"}, {"path": "1", "type": "x.Pooling"}], False),
        ([{"path": "0", "type": "x.StaticEmbedding"}], False),
    ],
)
def test_which_folders_are_static(tmp_path, modules, expected):
    if modules is not None:
        text = modules if isinstance(modules, str) else json.dumps(modules)
        (tmp_path / "modules.json").write_text(text, encoding="utf-8")
    assert is_static_folder(tmp_path) is expected


def test_the_character_map_folds_every_listed_character():
    mapping = {"臺": "台", "與": "与", "國": "国", "𠀀": "甲", "é": "ee"}
    pieces = learn_pieces(["城市"] * 5, 8, 4, precompiled(mapping))
    assert pieces.normalizer.normalize_str("臺與國𠀀é 中abc") == "台与国甲ee 中abc"


def test_added_words_stay_whole():
    pieces = add_words(learn_pieces(["城市"] * 5, 8, 4, precompiled({"與": "与"})), {"mayor": -5.0})
    assert pieces.encode("城市 Mayor", add_special_tokens=False).tokens[-1] == "mayor"
