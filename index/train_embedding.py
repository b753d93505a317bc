"""Train the embedded model from public development data: `python -m index.train_embedding`.

Learns Unigram pieces, then one vector a piece so that the mean of a sentence lies near the mean of its
surroundings, and writes a sentence-transformers `StaticEmbedding` folder with one byte a number.
Needs torch; nothing else of the project imports this module.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import static_model, training_pairs
from index.charmap import precompiled
from index.tokenise import simplify, taiwanise
from index.training_pairs import Ids

LOG = logging.getLogger("train_embedding")
PROJECT = Path(__file__).parent.parent
HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2A6E0))
FRAMES = (
    "什么 哪些 哪里 谁 多少 为什么 如何 请问 是什么 有哪些 是谁 何时 哪一年 哪个 为何 怎么 是否 我们 "
    "what which how why"
).split()
Batch = list[tuple[Ids, Ids]]


@dataclass(frozen=True)
class Recipe:
    """Everything that decides what comes out."""

    pieces: int = 36_000
    longest: int = 5
    dim: int = 256
    shorter: int = 96
    sample: int = 5_000
    epochs: int = 14
    batch: int = 1_024
    rate: float = 0.02
    temperature: float = 0.05
    term_repeats: int = 2
    question_repeats: int = 2
    news: int | None = 40_000
    seed: int = 7


def character_map() -> bytes:
    """Every Traditional character that has one Simplified form, for the tokenizer file."""
    characters = (chr(code) for first, last in HAN for code in range(first, last))
    return precompiled({c: simple for c in characters if (simple := simplify(c)) != c})


def make_pieces(data: Path, terms: list[tuple[str, str]], recipe: Recipe) -> Any:
    """Chinese pieces by Unigram, and whole English words by frequency and from the lexicon."""
    rng = random.Random(recipe.seed)
    texts = list(training_pairs.news_texts(data, recipe.news))
    sample = rng.sample(texts, min(len(texts), recipe.sample))
    sample = [taiwanise(text) if number % 2 else text for number, text in enumerate(sample)]
    sample += [chinese for _, chinese in terms] * 3
    words = Counter(word.lower() for text in texts for word in _english(text))
    for english, _ in terms:
        words.update({word.lower(): 40 for word in _english(english)})
    frequent = {word: count for word, count in words.most_common(6_000) if count >= 20 and len(word) > 1}
    chinese_size = recipe.pieces - len(frequent)
    pieces = static_model.learn_pieces(sample, chinese_size, recipe.longest, character_map())
    total = sum(words.values()) * 40
    return static_model.add_words(pieces, {w: math.log(count / total) for w, count in frequent.items()})


def _english(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]{2,}", text)


def batches(news: Iterator[tuple[Ids, Ids]], others: Batch, recipe: Recipe) -> Iterator[Batch]:
    """News pairs in their order, with the other pairs strewn evenly among them."""
    rng = random.Random(recipe.seed)
    rng.shuffle(others)
    pairs = list(news)
    count = max(1, (len(pairs) + len(others)) // recipe.batch)
    cuts = [len(pairs) * n // count for n in range(count + 1)]
    order = list(range(count))
    rng.shuffle(order)
    for number in order:
        yield pairs[cuts[number] : cuts[number + 1]] + others[number::count]


def other_pairs(pieces: Any, questions: list[tuple[str, str]], terms: list[tuple[str, str]]) -> list[Batch]:
    """Question pairs and term pairs as piece numbers."""
    both = []
    for pairs in (questions, terms):
        left = training_pairs.encode(pieces, [a for a, _ in pairs])
        right = training_pairs.encode(pieces, [b for _, b in pairs])
        rows = [(np.array(a, np.int32), np.array(b, np.int32)) for a, b in zip(left, right, strict=True)]
        both.append([(a, b) for a, b in rows if len(a) and len(b)])
    return both


def _bag(lists: list[Ids]) -> tuple[Any, Any]:
    import torch

    lengths = np.array([len(ids) for ids in lists])
    offsets = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    return torch.from_numpy(np.concatenate(lists).astype(np.int64)), torch.from_numpy(offsets)


class Trainer:
    """The table of vectors and its optimiser."""

    def __init__(self, table: Any, steps: int, recipe: Recipe) -> None:
        import torch

        self.table = table
        self._recipe = recipe
        self._optimiser = torch.optim.Adam([table], lr=recipe.rate)
        warm = max(1, steps // 10)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimiser,
            lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm + 1))),
        )

    def step(self, batch: Batch) -> float:
        """Learn from one batch; gives the loss."""
        from torch.nn import functional

        left = functional.embedding_bag(*self._inputs([a for a, _ in batch]), mode="mean")
        right = functional.embedding_bag(*self._inputs([b for _, b in batch]), mode="mean")
        loss = self._loss(left, right)
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self._optimiser.step()
        self._schedule.step()
        return float(loss.detach())

    def _inputs(self, lists: list[Ids]) -> tuple[Any, Any, Any]:
        ids, offsets = _bag(lists)
        return ids, self.table, offsets

    def _loss(self, left: Any, right: Any) -> Any:
        """In-batch softmax, in both directions and once more with shortened vectors (Matryoshka)."""
        import torch
        from torch.nn import functional

        target = torch.arange(len(left))
        total = torch.zeros(())
        for dim in (self._recipe.dim, self._recipe.shorter):
            a, b = functional.normalize(left[:, :dim]), functional.normalize(right[:, :dim])
            scores = a @ b.T / self._recipe.temperature
            total = total + functional.cross_entropy(scores, target)
            if dim == self._recipe.dim:
                total = total + functional.cross_entropy(scores.T, target)
        return total / 3


def _framed(
    pairs: Iterator[tuple[Ids, Ids]], frames: list[Ids], rng: np.random.Generator
) -> Iterator[tuple[Ids, Ids]]:
    """A part of the sentences with question words, which thereby learn to say nothing."""
    for left, right in pairs:
        if rng.random() < 0.3:
            left = np.concatenate((left, frames[int(rng.integers(len(frames)))]))
        if len(left) and len(right):
            yield left, right


def train(
    data: Path, terms: list[tuple[str, str]], recipe: Recipe
) -> Iterator[tuple[Any, NDArray[np.float32]]]:
    """The tokenizer and one vector a piece, after every epoch."""
    import torch

    torch.manual_seed(recipe.seed)
    rng = np.random.default_rng(recipe.seed)
    pieces = make_pieces(data, terms, recipe)
    LOG.info("%d pieces, %d terms", pieces.get_vocab_size(), len(terms))
    news = training_pairs.read_news(data, pieces, terms, recipe.news)
    questions, words = other_pairs(pieces, training_pairs.read_questions(data), terms)
    others = questions * recipe.question_repeats + words * recipe.term_repeats
    frames = [np.array(ids, np.int32) for ids in training_pairs.encode(pieces, FRAMES)]
    per_epoch = (len(news.sentences) // training_pairs.GAP + len(others)) // recipe.batch
    LOG.info(
        "%d sentences, %d other pairs, about %d batches an epoch",
        len(news.sentences),
        len(others),
        per_epoch,
    )
    table = torch.nn.Parameter(torch.randn(pieces.get_vocab_size(), recipe.dim) * 0.1)
    trainer = Trainer(table, per_epoch * recipe.epochs, recipe)
    for epoch in range(recipe.epochs):
        pairs = _framed(training_pairs.news_epoch(news, rng), frames, rng)
        losses = [trainer.step(batch) for batch in batches(pairs, list(others), recipe)]
        LOG.info("epoch %d: loss %.4f over %d batches", epoch + 1, sum(losses) / len(losses), len(losses))
        yield pieces, table.detach().numpy()


def save(folder: Path, pieces: Any, rows: NDArray[np.float32]) -> None:
    """Write the folder, one byte a number with one scale a row."""
    folder.mkdir(parents=True, exist_ok=True)
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-9) / 127
    tensors = {
        "embeddings": np.round(rows / scales[:, None]).astype(np.int8),
        "weights": scales.astype(np.float32),
    }
    static_model.write_tensors(folder / static_model.WEIGHTS, tensors)
    (folder / static_model.PIECES).write_text(pieces.to_str(), encoding="utf-8")
    kind = "sentence_transformers.sentence_transformer.modules"
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": f"{kind}.StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": f"{kind}.Normalize"},
    ]
    (folder / "1_Normalize").mkdir(exist_ok=True)
    (folder / "1_Normalize" / "config.json").write_text("{}\n", encoding="utf-8")
    (folder / "modules.json").write_text(json.dumps(modules, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Read the arguments, train, save."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    defaults = Recipe()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=PROJECT.parent / "shared" / "data")
    parser.add_argument("--lexicon", type=Path, default=PROJECT / "assistant" / "data" / "lexicon.csv")
    parser.add_argument("--glossary", type=Path, default=PROJECT / "corpus" / "data" / "glossary.csv")
    parser.add_argument("--out", type=Path, default=static_model.BUILT_IN)
    for name in ("pieces", "dim", "epochs", "batch", "rate", "longest", "sample", "seed", "news"):
        value = getattr(defaults, name)
        parser.add_argument(f"--{name}", type=type(value) if value is not None else int, default=value)
    arguments = vars(parser.parse_args())
    data, lexicon, glossary, out = (arguments.pop(name) for name in ("data", "lexicon", "glossary", "out"))
    terms = training_pairs.read_terms(lexicon) + training_pairs.read_names(glossary)
    # Saved after every epoch, so that a run that is stopped leaves something.
    for pieces, rows in train(data, terms, Recipe(**arguments)):
        save(out, pieces, rows)


if __name__ == "__main__":
    main()
