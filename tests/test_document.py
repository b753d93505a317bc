"""The values that writers write, and what of a text they can write."""

from __future__ import annotations

import re

import export_samples as samples
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.export.document import Document, ListItem, Paragraph, Span, gather_lists, printable


def test_a_mark_needs_its_source() -> None:
    with pytest.raises(ValueError, match="none has the number 4"):
        Document("題", (Paragraph((Span("甲", note=1), Span("乙", note=4))),), samples.SOURCES)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("一\n", "一\n"),
        ("a\r\nb\rc\x0cd\u2028e", "a\nb\nc\nd\ne"),
        ("\x07\x1b[2J\x7f\x9f\ud800\ufffe\uffff", "[2J"),
        ("👨‍👩‍👧𠮷\t臺", "👨‍👩‍👧𠮷\t臺"),
        (samples.AWKWARD, samples.PRINTABLE),
    ],
)
def test_only_characters_that_every_format_holds_are_kept(text: str, kept: str) -> None:
    assert printable(text) == kept


@given(st.text())
def test_what_is_printable_stays_so(text: str) -> None:
    kept = printable(text)
    assert printable(kept) == kept
    assert not re.search(r"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", kept)


def test_neighbouring_items_of_one_kind_make_a_list() -> None:
    lengths = [len(part) if isinstance(part, tuple) else 0 for part in gather_lists(samples.BLOCKS)]
    assert lengths == [0, 0, 2, 0, 2, 0, 1, 0, 0, 0]
    mixed = (ListItem(()), ListItem((), numbered=True), ListItem((), numbered=True))
    assert [len(part) for part in gather_lists(mixed) if isinstance(part, tuple)] == [1, 2]
