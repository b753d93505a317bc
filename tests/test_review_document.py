"""A review as a document: a table a level, and copied paragraphs with their sources."""

from __future__ import annotations

from drafts import subject_of

from assistant.answer import Citation
from assistant.export.document import Heading, Paragraph, Quote, Table
from assistant.export.review import review_document
from assistant.flaws import Standards, Subject
from assistant.overlap import Overlap, Twin
from assistant.review import review

QUOTE = "馬爾摩市的水岸由居民維護。"
PASSAGE = Citation(1, "r1", "舊.txt", "舊報告", "process", "第二章 過程", 3, 0, 13, QUOTE)


def with_copy(share: float, report_id: str = "r1") -> Subject:
    subject = subject_of(Standards(overlap=30))
    passage = PASSAGE if report_id else Citation(**{**vars(PASSAGE), "report_id": ""})
    overlap = Overlap("該市的水岸由居民維護。", 0, 11, 2, share, ((0, 11),), (Twin(passage, share),))
    return Subject(subject.manuscript, subject.standards, (overlap,))


def test_levels_copies_and_sources_stand_in_order() -> None:
    document = review_document(review(with_copy(0.8)))
    assert document.title == "出國報告自我檢核：赴瑞典馬爾摩考察水岸更新出國報告"
    headings = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert headings == ["須修正", "通過", "雷同的段落"]
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert table.rows[0][0].startswith("抄襲比對：封面") and "80%" in table.rows[0][1]
    lead, quote = document.blocks[-2:]
    assert isinstance(lead, Paragraph) and lead.spans[-1].note == 1
    assert isinstance(quote, Quote) and quote.spans[0].text == "該市的水岸由居民維護。"
    assert [(s.n, s.title, s.page, s.quote) for s in document.sources] == [(1, "舊報告", 3, QUOTE)]


def test_the_share_decides_the_level() -> None:
    levels = {share: review(with_copy(share)).findings[-1].level for share in (0.2, 0.3, 0.59, 0.6, 1.0)}
    assert levels == {0.2: "ok", 0.3: "warn", 0.59: "warn", 0.6: "fail", 1.0: "fail"}


def test_a_copy_says_what_it_is_like_and_where() -> None:
    archive, source = (review(with_copy(0.8, one)).findings[-1] for one in ("r1", ""))
    assert "與《舊報告》第二章 過程（第 3 頁）雷同" in archive.message
    assert "與來源「舊.txt」第二章 過程（第 3 頁）雷同" in source.message
    assert archive.mend and archive.where
