"""What a model says, cut into sentences with their numbers, however the pieces come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.marks import Said, Sentences, numbers_in


def read(text: str, size: int = 3) -> list[Said]:
    sentences = Sentences()
    found = [said for at in range(0, len(text), size) for said in sentences.feed(text[at : at + size])]
    return found + sentences.finish()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲事。[1]\n乙事。[2][3] 丙事[4]。", [("甲事。", (1,)), ("乙事。", (2, 3)), ("丙事。", (4,))]),
        ("- 甲 [1]\n- 乙。[2]\n", [("甲", (1,)), ("乙。", (2,))]),
        ("1. 甲。[1]\n2. 乙[2]", [("甲。", (1,)), ("乙", (2,))]),
        ("甲[1, 3]。乙【2】。", [("甲。", (1, 3)), ("乙。", (2,))]),
        ("<think>也許。[9]</think>真的。[2]", [("真的。", (2,))]),
        ("<think>一直在想", []),
        ("It grew by 3.5 [2]. Dr. Lim said so.[3]", [("It grew by 3.5.", (2,)), ("Dr. Lim said so.", (3,))]),
        ("他說「好。」[1]走了。[2]", [("他說「好。」", (1,)), ("走了。", (2,))]),
        ("看![圖](http://127.0.0.1/leak?q=1)。[1]", [("看圖。", (1,))]),
        ("見 https://a.example/b 說明。[2]", [("見  說明。", (2,))]),
        ("**重點**。[1]", [("重點。", (1,))]),
        ("沒有句號", [("沒有句號", ())]),
        ("。。。", []),
        ("", []),
    ],
)  # fmt: skip
@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_sentences_and_their_numbers(
    text: str, expected: list[tuple[str, tuple[int, ...]]], size: int
) -> None:
    assert [(said.text, said.numbers) for said in read(text, size)] == expected


def test_items_and_lines_are_told() -> None:
    first, second, third = read("- 甲。[1] 乙。[2]\n丙。[3]")
    assert (first.bullet, first.opens_line) == (True, True)
    assert (second.bullet, second.opens_line) == (False, False)
    assert (third.bullet, third.opens_line) == (False, True)


def test_the_unfinished_end_can_be_seen() -> None:
    sentences = Sentences()
    sentences.feed("甲事。[1]乙事還在")
    assert sentences.tail == "乙事還在"


def test_a_mark_is_waited_for() -> None:
    sentences = Sentences()
    assert sentences.feed("甲事。") == sentences.feed("[") == sentences.feed("1") == sentences.feed("]") == []
    (said,) = sentences.feed("乙")
    assert said.numbers == (1,)


@pytest.mark.parametrize(
    ("marks", "numbers"),
    [
        ("[1][3]", [1, 3]),
        ("[1, 3]", [1, 3]),
        ("[2-4]", [2, 3, 4]),
        ("【5】", [5]),
        ("[1-999]", list(range(1, 22))),
    ],
)
def test_numbers_of_marks(marks: str, numbers: list[int]) -> None:
    assert numbers_in(marks) == numbers


@given(st.text(alphabet="甲乙。[]12 \n<think/>![](-", max_size=60), st.integers(1, 7))
def test_the_size_of_the_pieces_changes_nothing_that_is_said(text: str, size: int) -> None:
    def letters(found: list[Said]) -> str:
        return "".join("".join(said.text.split()) for said in found)

    assert letters(read(text, size)) == letters(read(text, 1_000))


@pytest.mark.parametrize(
    ("said", "numbers", "notes"),
    [
        ("水位每小時公開。[N1]", (), (1,)),
        ("水位每小時公開[N1][N3]。", (), (1, 3)),
        ("水位每小時公開。[N1, 3]", (), (1, 3)),
        ("水位每小時公開。[N2-N4][1]", (1,), (2, 3, 4)),
        ("水位每小時公開。【1】［N2］", (1,), (2,)),
    ],
)
def test_marks_of_notes_are_told_from_those_of_passages(
    said: str, numbers: tuple[int, ...], notes: tuple[int, ...]
) -> None:
    sentences = Sentences()
    found = [one for letter in said for one in sentences.feed(letter)] + sentences.finish()
    assert [(one.text, one.numbers, one.notes) for one in found] == [("水位每小時公開。", numbers, notes)]
