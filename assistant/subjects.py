"""What a few sentences are about, as a noun phrase that stands in them: 志工排班系統, 污泥再利用.

Chosen by how telling its words are and by how many of them it stands in. Knows no archive.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.frames import Cues
from corpus.names import Names
from index.tokenise import Tokeniser, fold
from index.word_weights import WordWeights

SHORTEST, LONGEST, MOST_WORDS = 2, 9, 4
HEAVIEST = 9.0
# What counts for a phrase: standing in more sentences, above them, being long.
AGAIN, HEADED, LONGER = 0.8, 2.0, 1.3
LONG, LEAST, RARE = 4, 3, 6.5
_NOUNS = ("n", "nz", "j", "nr1")
_NO_PLACE = re.compile(r"了解|說明|作法|業務|當地|現場")
_VISITED = re.compile(
    r"(?:^|[）)日 ]\s?)(?:(?:前往|赴)?(?:拜會|參訪|參觀|訪視|訪談|考察|走訪))了?(?:位於)?「?"
    r"([^，。；：「」（）()、由的]{3,12})(?=[，。；、由的（(」]|$)"
)
_LEAD = re.compile(r"^([^，。：:；「」（）()\d]{2,9})[：:]")
_CHINESE = re.compile(r"^[一-鿿]+$")


class Subjects:
    """Finds topics with the tables that it is given."""

    def __init__(
        self,
        tokeniser: Tokeniser,
        weights: WordWeights,
        names: Names,
        no_topic: frozenset[str],
        cues: Cues,
    ) -> None:
        self._tokeniser = tokeniser
        self._weights = weights
        self._names = names
        self._cues = cues
        self._no_topic = no_topic

    def of(self, texts: Sequence[str], headings: Sequence[str] = (), taken: Sequence[str] = ()) -> str:
        """The topic of the texts that shares nothing with those taken; empty where none is sure.

        It stands above the texts or in two of them.
        """
        above = {self._cues.heading_verb.sub("", heading) for heading in headings}
        above = {heading for heading in above if self._is_heading(heading)}
        above |= {lead[1] for text in texts if (lead := _LEAD.match(text)) and self._is_heading(lead[1])}
        counts = Counter(phrase for text in texts for phrase in set(self._phrases(text)))
        found = above | {phrase for phrase, n in counts.items() if n > 1 and len(phrase) >= LEAST}
        free = sorted(phrase for phrase in found if not _shares(phrase, taken))
        return max(free, key=lambda phrase: self._worth(phrase, texts, phrase in above), default="")

    def _worth(self, phrase: str, texts: Sequence[str], is_above: bool) -> float:
        words = self._tokeniser.segments(fold(phrase))
        worth = sum(min(HEAVIEST, self._weights.of(word)) for word in words) / max(1, len(words)) ** 0.5
        worth *= 1 + AGAIN * (sum(phrase in text for text in texts) - 1)
        worth *= LONGER if len(phrase) >= LONG else 1.0
        return worth * (HEADED if is_above else 1.0)

    def _is_heading(self, phrase: str) -> bool:
        named = self._is_topic(phrase) and not self._cues.no_heading.search(phrase)
        return named and not phrase.startswith("第") and SHORTEST <= len(phrase) <= LONGEST

    def visited(self, texts: Sequence[str]) -> str:
        """What was visited, as the texts call it; empty where they do not say."""
        found = (name for text in texts for name in _VISITED.findall(text))
        return next((name for name in found if not _NO_PLACE.search(name)), "")

    def telling(self, text: str) -> dict[str, float]:
        """The telling words of a text with their weights, folded: nouns, and verbs that are rare."""
        words = (word for word in self._tokeniser.segments(fold(text)) if self._tells(word))
        return {word: min(HEAVIEST, self._weights.of(word)) for word in words}

    def _tells(self, word: str) -> bool:
        known = word in self._no_topic or word in self._tokeniser.stopwords
        if known or len(word) < SHORTEST or word.isdigit() or self._cues.institution.search(word):
            return False
        return self._tokeniser.is_noun(word) or self._weights.of(word) >= RARE

    def _is_topic(self, phrase: str) -> bool:
        known = (
            fold(phrase) in self._no_topic
            or self._cues.person.search(phrase)
            or self._cues.institution.search(phrase)
        )
        return bool(_CHINESE.match(phrase)) and not known

    def _phrases(self, text: str) -> Iterator[str]:
        """Runs of words that end in a noun, as they are written in the text."""
        folded = fold(text)
        if len(folded) != len(text):
            return
        named = [(mention.start, mention.end) for mention in self._names.find(text)]
        words, at = [], 0
        for word, tag in self._tokeniser.tagged(folded):
            start = folded.index(word, at)
            at = start + len(word)
            words.append((start, at, word, tag))
        for first in range(len(words)):
            yield from self._from(words, first, text, named)

    def _from(
        self, words: list[tuple[int, int, str, str]], first: int, text: str, named: list[tuple[int, int]]
    ) -> Iterator[str]:
        """The phrases that begin with word number `first`."""
        begin = words[first][0]
        for start, end, word, tag in words[first : first + MOST_WORDS]:
            named_here = any(a < end and start < b for a, b in named)
            if not self._may_stand(word, tag) or named_here or end - begin > LONGEST:
                return
            if self._is_topic(text[begin:end]) and not self._cues.title.search(text[end:]):
                yield text[begin:end]

    def _may_stand(self, word: str, tag: str) -> bool:
        known = word in self._no_topic or word in self._tokeniser.stopwords
        return len(word) > 1 and tag in _NOUNS and not known


def _shares(phrase: str, taken: Sequence[str]) -> bool:
    pairs = {phrase[at : at + 2] for at in range(len(phrase) - 1)}
    return any(pairs & {other[at : at + 2] for at in range(len(other) - 1)} for other in taken)
