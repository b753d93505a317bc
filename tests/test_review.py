"""The table of rules as a whole: what passes, what a review says, what is no report."""

from __future__ import annotations

import pytest
from drafts import subject_of, text_of
from shapes import report_of

from assistant.flaws import Flaw
from assistant.manuscript import Manuscript, NotAReport
from assistant.review import RULES, review, review_json


def test_a_good_report_passes_every_rule() -> None:
    done = review(subject_of())
    assert [(finding.rule, finding.message) for finding in done.findings if finding.level != "ok"] == []
    assert [finding.rule for finding in done.findings] == [rule.name for rule in RULES]
    assert not done.failed


def test_a_finding_has_its_place_and_its_mending() -> None:
    done = review(subject_of(process=""))
    (missing,) = [finding for finding in done.findings if finding.level == "fail"]
    assert (missing.rule, missing.where) == ("chapters", "")
    assert missing.message == "缺少「過程」這一章。" and missing.mend == "請加上「過程」的章節標題與內文。"
    assert done.failed and done.count("fail") == 1


def test_the_document_for_scripts_has_the_four_fields_of_the_contract() -> None:
    document = review_json(review(subject_of()))
    assert all(set(one) == {"rule", "level", "message", "where"} for one in document["findings"])
    assert {one["level"] for one in document["findings"]} == {"ok"}
    assert document["overlaps"] == []


def test_names_of_rules_are_different() -> None:
    assert len({rule.name for rule in RULES}) == len({rule.title for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("本次會議紀錄如下。\n一、下週再議。", "其他文件"),
        (
            "城市外交成果簡報\n報告人：程雅筑處長\n113年12月10日\n數字\n外賓 87 團\n重點\n青年\n簡報結束",
            "簡報",
        ),
    ],
)
def test_what_is_no_report_is_refused_with_a_sentence(text: str, kind: str) -> None:
    with pytest.raises(NotAReport, match=f"「報告.txt」讀起來是{kind}，不是出國報告"):
        Manuscript.of(report_of(text))


def test_one_chapter_is_enough_to_be_a_draft() -> None:
    text = "心得\n" + "馬爾摩市的水岸由居民組成監督小組，每季查看水質與座椅並公布結果。" * 3
    assert Manuscript.of(report_of(text)).report.doc_type == "other"


def test_places_name_chapter_paragraph_and_page() -> None:
    manuscript = Manuscript.of(
        report_of(text_of(process="\f第二章 過程\n第一段文字在此。\n第二段文字在此。\n"))
    )
    text = manuscript.report.text
    assert manuscript.where(text.index("第二段文字")) == "第二章 過程，第 2 段（第 2 頁）"
    assert manuscript.where(text.index("服務機關")) == "封面，第 3 段（第 1 頁）"
    assert manuscript.where_item(manuscript.items("recommendations")[1]) == "第四章 建議 二（第 2 頁）"


def test_a_flaw_needs_no_place() -> None:
    assert Flaw("ok", "好").where == ""
