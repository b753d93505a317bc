"""Whether what was found answers a question that names no report, where that can be told by its signs.

Texts of known form (trip reports, briefings) are judged by `assistant.answerable`; plain texts, and
archives whose documents retell each other, by the tables of `assistant.confidence`.
"""

from __future__ import annotations

from assistant.confidence import Confidence
from assistant.evidence import Found
from assistant.question import Question
from assistant.retelling import retells
from corpus.report import DocType
from index.archive import Archive
from index.word_weights import WordWeights

ENOUGH = 0.5
PLAIN: frozenset[DocType] = frozenset({"other"})


class Assurance:
    """The tables over one archive; whether it retells things is found out once per generation."""

    def __init__(self, confidence: Confidence, archive: Archive, weights: WordWeights) -> None:
        self._confidence = confidence
        self._archive = archive
        self._weights = weights
        self._retells: tuple[int, bool] | None = None

    @classmethod
    def over(cls, archive: Archive, weights: WordWeights) -> Assurance:
        """The built-in tables over the archive."""
        return cls(Confidence.load(weights, archive.tokeniser), archive, weights)

    def answers(self, question: Question, found: Found, form: DocType) -> bool | None:
        """Whether what was found answers; None where signs do not tell.

        `form` is that of the document in which the best sentence stands.
        """
        if question.language != "zh" or not found.sentences:
            return None
        retold = self.retells
        if not retold and form not in PLAIN:
            return None
        return self._confidence.of(question.text, found.sentences, found.hits, retold=retold) >= ENOUGH

    @property
    def retells(self) -> bool:
        """Whether the documents of the archive mostly retell one another."""
        generation = self._archive.generation
        if self._retells is None or self._retells[0] != generation:
            ids = [row.id for row in self._archive.reports()]
            self._retells = (generation, retells(self._archive, ids, self._weights))
        return self._retells[1]
