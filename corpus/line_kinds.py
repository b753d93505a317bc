"""What a line is by its look: the table of kinds that begin a paragraph of their own.

Decides for one line at a time; which lines belong together is `corpus.text`'s business.
"""

from __future__ import annotations

import re

NUMERAL = "〇零一二三四五六七八九十百廿卅壹貳貮參叁肆伍陸柒捌玖拾"
FORMAL = "壹貳貮參叁肆伍陸柒捌玖拾"
DIGITS = "0-9０-９"
UNIT = "(?:公[里尺頃噸斤升分]|平方|立方|億|萬|兆|倍|度|噸|小時|分|秒|歲|年|月|元|個百分點|km|%)"

# The first kind that matches a stripped line is its kind. "row" and "contents" take no
# continuation; the others may be continued by a wrapped line.
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("row", re.compile(r".*\S\t+\S|.*\S\t+$|\|.*\|\s*$")),
    ("contents", re.compile(r".*(?:[.．·‧∙]\s?){4,}\s*[-–]?\s*(?:\d{1,4}|[ivxlc]{1,6})?\s*[-–]?$", re.I)),
    ("contents", re.compile(r".*…{2,}\s*\d{1,4}$")),
    ("rule", re.compile(r"[-=_*＊─━—~]{3,}$")),
    ("chapter", re.compile(rf"第\s?[{NUMERAL}{DIGITS}]{{1,3}}\s?[章節篇部]|[{FORMAL}]{{1,3}}\s?[、．.]")),
    (
        "chapter",
        re.compile(
            r"(?:附錄|附件|附表|目次|目錄|圖次|表次|圖目錄|表目錄|摘要|提要)\s?"
            r"(?:[一二三四五六七八九十\d]{0,3})\s?(?:[：:、]|$)"
        ),
    ),
    ("item", re.compile(rf"[{NUMERAL}]{{1,4}}\s?[、．]")),
    ("item", re.compile(rf"[(（]\s?[{NUMERAL}]{{1,3}}\s?[)）]")),
    ("point", re.compile(rf"[(（]\s?(?:[{DIGITS}]{{1,2}}|[A-Za-z])\s?[)）]")),
    ("item", re.compile(rf"[{DIGITS}]{{1,2}}(?:[.．][{DIGITS}]{{1,2}}){{0,3}}\s?[、．)）](?![{DIGITS}])")),
    ("item", re.compile(rf"[{DIGITS}]{{1,2}}\.(?![{DIGITS}])")),
    ("point", re.compile(r"[A-Za-z][、．.)]\s?(?=[^\W\d_a-zA-Z]|[A-Z])")),
    ("point", re.compile(rf"[{DIGITS}]{{1,2}}(?:\.[{DIGITS}]{{1,2}}){{1,3}}\s+(?!{UNIT})\S")),
    ("point", re.compile(r"[㈠-㈩㊀-㊉①-⑳⑴-⒇]")),
    ("bullet", re.compile(r"[●○•‧∙▪▫■□◆◇★☆※➢➤►▶▲△✓✔◎⊙\uf000-\uf0ff]")),
    ("bullet", re.compile(r"[-–*+·．]\s+\S|[-–]\s?(?=[\u3400-\u9fff])")),
    (
        "caption",
        re.compile(
            rf"(?:附?圖|照片|相片|附?表|圖片|Figure|Fig\.|Table|Photo)\s?[{DIGITS}一二三四五六七八九十]{{1,3}}"
            rf"(?:\s?[-–~～之、.]\s?[{DIGITS}]{{1,3}})*\s?(?:[：:、．.]|\s+(?=\S)|$|(?=[\u3400-\u9fff]))"
        ),
    ),
    (
        "day",
        re.compile(
            rf"(?:中華)?(?:民國)?\s?[{DIGITS}〇零一二三四五六七八九十百]{{2,5}}\s?年\s?[{DIGITS}一二三四五六七八九十]{{1,3}}\s?月\s?"
            rf"[{DIGITS}一二三四五六七八九十廿卅]{{1,3}}\s?日\s?(?:[(（]\s?(?:星期|週|周|禮拜)?\s?[一二三四五六日天]\s?[)）]|星期[一二三四五六日天])?\s?[：:]?$"
        ),
    ),
    ("day", re.compile(rf"(?:民國\s?)?[{DIGITS}]{{2,4}}(?:\s?[./-]\s?[{DIGITS}]{{1,2}}){{2}}$")),
    (
        "date",
        re.compile(
            rf"(?:[{DIGITS}]{{1,3}}\s?[年/.])?\s?[{DIGITS}]{{1,2}}\s?[月/.]\s?[{DIGITS}]{{1,2}}\s?日?\s?"
            r"[(（]\s?(?:星期|週|周|禮拜)?\s?[一二三四五六日天]\s?[)）]"
        ),
    ),
    ("date", re.compile(rf"第\s?[{NUMERAL}{DIGITS}]{{1,3}}\s?[天日](?:\s|[：:(（]|$)|Day\s?\d{{1,2}}\b")),
    ("field", re.compile(r"[^\s，。；、：:「」]{1,3}\s?[^\s，。；、：:「」]{1,10}\s?[：:]")),
)  # fmt: skip

CAPTION_TEXT = re.compile(r"^.{2,8}(?:所示|可見|可知|中|為|顯示|即|說明)")
SENTENCE_END = "。！？!?；;"
CLOSERS = "」』）)》〉】〕”’\"'"
# No line is ever joined to one of these, nor one of these to a line.
ALONE = frozenset({"row", "contents", "rule"})
# These always begin a paragraph; "point", "date", "field" do so only after the end of a sentence.
STARTS = frozenset({"chapter", "item", "bullet", "caption", "day"})


def kind_of_line(line: str) -> str:
    """The kind of a stripped line, "" for plain text."""
    for kind, pattern in KINDS:
        if pattern.match(line):
            if kind == "caption" and CAPTION_TEXT.match(line):
                continue
            return kind
    return ""


def ends_sentence(line: str) -> bool:
    """Whether a stripped line ends with a full stop, closing quotes and brackets aside."""
    bare = line.rstrip(CLOSERS)
    return bool(bare) and (bare[-1] in SENTENCE_END or (bare[-1] == "." and not bare[-2:-1].isdigit()))
