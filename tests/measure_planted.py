"""Plant a hundred false sentences in a model's answers over the samples: how many are marked or dropped?

    python tests/measure_planted.py [--each 12] [--show]

A scripted server says one honest sentence and one that is false in a known way, to questions of
`evals/cases/samples.jsonl`. Let through is one that is shown as if its passages bore it out.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

# Run as a program: only then the project is not where Python looks.
sys.path.insert(0, str(Path(__file__).parents[1]))

from model_behaviours import BEHAVIOURS, saying
from model_sayings import MISSING, Prompt, Shown, cited, first
from model_server import ModelServer
from model_slips import SLIPS, WHOLE, sentences

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.citations import is_sound
from assistant.llm import load_libraries
from assistant.settings import Settings
from corpus.names import Mention, Names
from evals.cases import load
from index.archive import Archive

ROOT = Path(__file__).parents[1]
SAMPLES, CASES = ROOT / "corpus" / "samples", ROOT / "evals" / "cases" / "samples.jsonl"
PLANTED = "planted"
LEAST_CLAUSE = 6
SWAPPED = ("city", "country", "forum")
# What stands between two names that are more than neighbours in a list.
VERB = re.compile(r"[\u4e00-\u9fff]{2}")
ADVICE = (
    "建議本市於三年內成立專責基金並開放民間認養。",
    "本府應比照該市訂定自治條例，對違規業者按次處罰。",
    "報告建議每年編列固定預算，選送十名同仁赴該市實習。",
    "建議教育局將相關內容納入國中課程並製作教材。",
    "本市未來應與鄰近縣市共同成立營運公司。",
    "建議於捷運各站設置諮詢窗口，由志工輪值服務。",
    "代表團認為本府宜先修正採購規定，再行公開招標。",
    "建議研考會建置線上平臺，每季公布辦理成果。",
    "本市可考慮向使用者收費，以支應維護所需。",
    "建議由副市長召集跨局處會報，每月檢討一次。",
)

Plant = Callable[[Sequence[Shown]], Iterator[str]]


def slipped(name: str) -> Plant:
    """Sentences of the passages with a slip that they have room for."""
    change = SLIPS[name].change

    def plant(passages: Sequence[Shown]) -> Iterator[str]:
        wrong = ((change(sentence), p.n) for p in passages for sentence in whole(p))
        return (cited(text, n) for text, n in wrong if text)

    return plant


def swapped(passages: Sequence[Shown]) -> Iterator[str]:
    """Sentences in which two places, or two events, have changed places."""
    for passage in passages:
        for sentence in whole(passage):
            spots = list(Names.load().find(sentence))
            for one, other in zip(spots, spots[1:], strict=False):
                between, rest = sentence[one.end : other.start], sentence[other.end :]
                if is_exchangeable(one, other) and VERB.search(between):
                    told = f"{sentence[: one.start]}{other.surface}{between}{one.surface}{rest}"
                    yield cited(told, passage.n)


def is_exchangeable(one: Mention, other: Mention) -> bool:
    """Whether both are of a kind and not the same, so that one can stand for the other."""
    return one.entity != other.entity and one.entity.type == other.entity.type in SWAPPED


def merged(passages: Sequence[Shown]) -> Iterator[str]:
    """The beginning of a sentence of one report and the end of one of another, both cited."""
    told = [(p, sentence.split("，")) for p in passages for sentence in whole(p)]
    for one, parts in told:
        for other, others in told:
            head, tail = parts[0], others[-1]
            is_cut = len(parts) > 1 and len(others) > 1 and min(len(head), len(tail)) >= LEAST_CLAUSE
            if one.report != other.report and is_cut:
                yield f"{head}，{tail}[{one.n}][{other.n}]"


def advised(passages: Sequence[Shown]) -> Iterator[str]:
    """Recommendations that nobody made."""
    return (cited(advice, passages[0].n) for advice in ADVICE)


def cites_nothing(passages: Sequence[Shown]) -> Iterator[str]:
    """True sentences cited from a passage that was not shown."""
    return (cited(text, MISSING) for p in passages[1:] for text in whole(p))


def cites_another(passages: Sequence[Shown]) -> Iterator[str]:
    """True sentences cited from a passage of another report."""
    pairs = ((p, other) for p in passages[1:] for other in passages if p.report != other.report)
    return (cited(text, other.n) for p, other in pairs for text in whole(p))


def whole(passage: Shown) -> list[str]:
    """The sentences of a passage that end as sentences do; not its headings and rows."""
    return [text for text in sentences(passage.text) if WHOLE.search(text)]


PLANTS: dict[str, Plant] = {
    **{name: slipped(name) for name in SLIPS},
    "swapped": swapped,
    "merged": merged,
    "recommendation": advised,
    "citation_to_nothing": cites_nothing,
    "citation_of_another_report": cites_another,
}


@dataclass
class Planting:
    """What is said to one prompt after another; `said` is the last false sentence, "" where none fitted."""

    plant: Plant
    said: str = ""
    known: set[str] = field(default_factory=set)

    def answer(self, prompt: Prompt) -> str:
        """One honest sentence and, where the passages have room for it, one false one not said before."""
        self.said = ""
        if not prompt.passages:
            return ""
        honest = first(prompt.passages[0])
        wrong = (text for text in self.plant(prompt.passages) if honest not in text)
        self.said = next((text for text in wrong if words_of(text) not in self.known), "")
        self.known.add(words_of(self.said))
        parts = (cited(honest, prompt.passages[0].n), self.said)
        return "\n".join(part for part in parts if part)


def words_of(text: str) -> str:
    """A sentence without its marks."""
    return text.partition("[")[0].strip()


@dataclass(frozen=True)
class Outcome:
    """One planted sentence and how it was shown."""

    kind: str
    sentence: str
    shown: str
    invented: int


def outcome(kind: str, sentence: str, answer: Answer, archive: Archive) -> Outcome:
    """How the answer shows the planted sentence; `invented` citations are counted over the whole answer."""
    words = words_of(sentence)
    statements = answer.statements if answer.mode == "llm" else ()
    shown = next((s.support for s in statements if words in s.text or s.text in words), "dropped")
    sound = {c.n for c in answer.citations if is_sound(c, archive.report(c.report_id))}
    invented = sum(n not in sound for s in answer.statements for n in s.citations)
    return Outcome(kind, sentence, shown, invented)


def measure(home: Path, kind: str, each: int, questions: Sequence[str]) -> Iterator[Outcome]:
    """So many planted sentences of a kind."""
    planting = Planting(PLANTS[kind])
    planted = 0
    BEHAVIOURS[PLANTED] = saying(planting.answer)
    with ModelServer(PLANTED) as server:
        settings = Settings(home=home, llm_base_url=server.base_url, llm_model="scripted")
        with closing(Assistant.open(settings)) as assistant:
            for question in questions:
                planting.said = ""
                answer = assistant.ask(question)
                if planting.said and planted < each:
                    planted += 1
                    yield outcome(kind, planting.said, answer, assistant.archive)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--each", type=int, default=12, help="planted sentences of a kind")
    parser.add_argument("--show", action="store_true", help="print those that are let through")
    options = parser.parse_args()
    load_libraries()
    questions = [case.question for case in load(CASES) if case.answerable and not case.history]
    found: list[Outcome] = []
    with tempfile.TemporaryDirectory() as folder:
        with closing(Archive.open(Path(folder))) as archive:
            archive.add([SAMPLES])
        for kind in PLANTS:
            found += measure(Path(folder), kind, options.each, questions)
    for kind in PLANTS:
        own = Counter(one.shown for one in found if one.kind == kind)
        sys.stdout.write(f"{kind:28} {sum(own.values()):3}  {dict(own)}\n")
    through = [one for one in found if one.shown == "supported"]
    invented = sum(one.invented for one in found)
    sys.stdout.write(f"marked or dropped {len(found) - len(through)} of {len(found)}; ")
    sys.stdout.write(f"invented citations {invented}\n")
    if options.show:
        sys.stdout.writelines(f"  {one.kind}: {one.sentence}\n" for one in through)


if __name__ == "__main__":
    main()
