"""Rules on the form of a report: chapters, 摘要, language, blanks left open, headings and lengths."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.flaws import Flaw, Level, Subject
from assistant.manuscript import MERGED, Manuscript
from corpus.report import Chapter, ChapterKind, Item
from index.tokenise import CJK

# Chapter as it is called, and the kinds that count as it, in the order in which they must stand.
REQUIRED: tuple[tuple[str, tuple[ChapterKind, ...]], ...] = (
    ("目的", ("purpose",)),
    ("過程", ("process",)),
    ("心得", ("reflections", MERGED)),
    ("建議", ("recommendations", MERGED)),
)
THIN = 40
SUMMARY_LEAST, SUMMARY_MOST = 200, 300
FOREIGN_WARN, FOREIGN_FAIL, FOREIGN_ALONE = 0.25, 0.5, 0.7
FOREIGN_PARAGRAPH = 60
# What the reports of the house keep to, in characters without white space.
HEADING_LEAST, HEADING_MOST = 8, 21
LENGTHS = {"reflections": ("心得", 130, 240), "recommendations": ("建議", 100, 220)}

_NONE = re.compile(r"(?:暫|均|皆)?無(?:建議(?:事項)?)?[。．.]?")
_CHARACTER = re.compile(f"[{CJK}]")
_FOREIGN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’-][A-Za-z\u00c0-\u024f]+)*")
_FOREIGN_LETTER = re.compile(r"[\u3041-\u30ff\uac00-\ud7a3\u0400-\u04ff\u0e00-\u0e7f\u0600-\u06ff]")
_KEYWORDS = re.compile(r"^\s*關鍵[詞字].*$", re.M)
_LETTERS_IN_A_CHARACTER = 3
_DIGIT = "一二三四五六七八九0-9"
_PLACEHOLDER = re.compile(
    rf"(?<![{_DIGIT}])[○〇◯]{{2,}}(?![{_DIGIT}])|[□]{{2,}}|【\s?待[^】\n]{{0,80}}】|[(（]\s?待[填補定確][^)）\n]{{0,20}}[)）]"
    r"|待填(?![土海平])寫?|待補充?(?=[。，）)\s]|$)|[＿_]{3,}|(?<![A-Za-z])(?:TODO|TBD|FIXME|X{3,}|x{3,}|O{2,})(?![A-Za-z])"
    r"|[(（]請(?:填寫?|輸入)[^)）\n]{0,30}[)）]|Lorem ipsum",
    re.M,
)


def check_chapters(subject: Subject) -> Iterator[Flaw]:
    """目的, 過程, 心得, 建議: each there, with text, in this order."""
    manuscript = subject.manuscript
    firsts: list[tuple[str, int]] = []
    for name, kinds in REQUIRED:
        found = manuscript.chapters(*kinds)
        if not found:
            yield Flaw("fail", f"缺少「{name}」這一章。", "", f"請加上「{name}」的章節標題與內文。")
            continue
        firsts.append((name, found[0].start))
        yield from _empty(manuscript, name, found)
    for (name, start), (following, after) in zip(firsts, firsts[1:], strict=False):
        if after < start:
            yield Flaw(
                "warn",
                f"「{following}」排在「{name}」之前。",
                manuscript.where(after),
                "請依目的、過程、心得、建議的次序排列。",
            )


def _empty(manuscript: Manuscript, name: str, found: tuple[Chapter, ...]) -> Iterator[Flaw]:
    body = "".join("".join(manuscript.body(chapter) for chapter in found).split())
    where = manuscript.where(found[0].start)
    if not body:
        yield Flaw("fail", f"「{name}」只有標題，沒有內文。", where, "請補上內文；沒有建議時請寫「無」。")
    elif len(body) < THIN and not (name == "建議" and _NONE.fullmatch(body)):
        yield Flaw("warn", f"「{name}」只有 {len(body)} 個字，可能被認為空泛。", where, "請寫出具體的內容。")


def check_summary(subject: Subject) -> Iterator[Flaw]:
    """A 摘要 of 200 to 300 Chinese characters; where the agency does not ask for one, only a reminder."""
    manuscript = subject.manuscript
    level: Level = "fail" if subject.standards.needs_summary else "warn"
    wanted = f"{SUMMARY_LEAST} 到 {SUMMARY_MOST} 個中文字"
    found = manuscript.chapters("summary")
    if not found:
        yield Flaw(level, "沒有「摘要」。", "", f"請在目次之前加上 {wanted}的摘要；機關不要求時可以略過。")
        return
    size = len(_CHARACTER.findall(_KEYWORDS.sub("", manuscript.body(found[0]))))
    if not SUMMARY_LEAST <= size <= SUMMARY_MOST:
        what = "增寫" if size < SUMMARY_LEAST else "精簡"
        yield Flaw(
            level,
            f"「摘要」有 {size} 個中文字，應是 {wanted}。",
            manuscript.where(found[0].start),
            f"請{what}到 {wanted}（標點、英文與數字不計）。",
        )


def check_language(subject: Subject) -> Iterator[Flaw]:
    """Chinese throughout: the share of foreign writing in the whole, and paragraphs of nothing else."""
    manuscript = subject.manuscript
    share = foreign_share(manuscript.report.text)
    if share >= FOREIGN_WARN:
        level: Level = "fail" if share >= FOREIGN_FAIL else "warn"
        yield Flaw(level, f"外文約占全文 {share:.0%}。", "", "報告應以中文撰寫；外文資料請譯成中文再引用。")
    for paragraph in manuscript.paragraphs:
        chapter = manuscript.report.chapter_at(paragraph.start)
        if chapter is None or chapter.kind == "appendix" or len(paragraph.text) < FOREIGN_PARAGRAPH:
            continue
        if foreign_share(paragraph.text) > FOREIGN_ALONE:
            yield Flaw(
                "warn",
                f"這一段大多是外文：「{paragraph.text[:30]}…」。",
                manuscript.where(paragraph.start),
                "請譯成中文，原文可以移到附錄或註腳。",
            )


def foreign_share(text: str) -> float:
    """Which part of the writing is foreign; three Latin letters take the place of a Chinese character."""
    latin = sum(map(len, _FOREIGN_WORD.findall(text))) / _LETTERS_IN_A_CHARACTER
    foreign = latin + len(_FOREIGN_LETTER.findall(text))
    whole = foreign + len(_CHARACTER.findall(text))
    return foreign / whole if whole else 0.0


def check_placeholders(subject: Subject) -> Iterator[Flaw]:
    """Blanks that a form or a draft left to be filled in."""
    manuscript = subject.manuscript
    for paragraph in manuscript.paragraphs:
        found = [match[0] for match in _PLACEHOLDER.finditer(paragraph.text)]
        if found:
            shown = "、".join(f"「{one}」" for one in dict.fromkeys(found))
            yield Flaw(
                "fail", f"還有待填的空位：{shown}。", manuscript.where(paragraph.start), "請填寫或刪除。"
            )


def check_style(subject: Subject) -> Iterator[Flaw]:
    """Headings and lengths of the items as the house writes them."""
    manuscript = subject.manuscript
    for kind, (name, least, most) in LENGTHS.items():
        for item in manuscript.items(kind):
            said = [*_heading_flaws(item), *_length_flaws(item, name, least, most)]
            if said:
                yield Flaw(
                    "warn",
                    "；".join(said) + "。",
                    manuscript.where_item(item),
                    f"慣例是標題 {HEADING_LEAST} 到 {HEADING_MOST} 字、{name}內文 {least} 到 {most} 字。",
                )


def _heading_flaws(item: Item) -> Iterator[str]:
    size = len("".join(item.heading.split()))
    if item.number and item.heading and not HEADING_LEAST <= size <= HEADING_MOST:
        yield f"標題「{item.heading}」有 {size} 字"
    elif item.number and not item.heading:
        yield "這一項沒有標題"


def _length_flaws(item: Item, name: str, least: int, most: int) -> Iterator[str]:
    size = len("".join(item.text.split()))
    if item.number and not least <= size <= most:
        yield f"{name}內文有 {size} 字，偏{'短' if size < least else '長'}"
