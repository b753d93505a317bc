"""Quotations in a text: what stands between quotation marks, and whether its source is named.

A few words in quotation marks are a term or a slogan, not somebody's words. Knows nothing of reports.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.sentences import split_sentences

LEAST = 20
_QUOTED = re.compile(r"「(?P<a>[^「」\n]*(?:「[^」\n]*」[^「」\n]*)*)」|“(?P<b>[^”\n]+)”|『(?P<c>[^』\n]+)』")
_CHARACTER = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")
_LATIN = re.compile(r"[A-Za-z]+")
# Who said it, where it is written, or a mark that points to a note.
_SOURCE = re.compile(
    r"表示|指出|提到|說明|說道|說[：:，]|談到|提及|強調|致詞|致辭|演說|演講|回應|答覆|認為|主張|呼籲|宣示|宣布|聲明|分享|稱[：:，]|"
    r"寫道|所言|名言|引述|引用|引自|摘自|節錄|依據|根據|規定|條文|定義|宣言|憲章|決議|報告書|官網|網站|"
    r"資料來源|出處|來源[：:]|參見|詳見|請見|註\s?\d|[\[［〔]\d+[\]］〕]|《[^》]+》|https?://|[¹²³⁴-⁹]|"
    r"\b(?:said|says|stated|according to)\b",
    re.I,
)
# A title or a name in quotation marks was said by nobody.
_NAMED_BEFORE = re.compile(
    r"(?:主題|題目|議題|標題|題為|名為|名稱|稱為|簡稱|訂為|定為|口號|標語|發表|報告|論文|專題|舉辦|辦理|召開|參加|出席|推動|執行|參觀|"
    r"(?:^|[，。；、])以)(?:了|是|為)?[：:]?\s?$"
)
_NAMED_AFTER = re.compile(
    r"\s?(?:為題|為主題|為主軸|為名|一[文書]|專題|主題|論壇|會議|峰會|大會|研討會|工作坊|座談|場次|議程|計畫|方案|專案|活動|展覽?|簡報|手冊|"
    r"指引|網站|平[臺台]|系統|機制|政策|制度|公約|協定|備忘錄)"
)


@dataclass(frozen=True)
class Quotation:
    """`text[start:end]` without its marks; `sourced` where the sentence around it names the source."""

    start: int
    end: int
    sourced: bool


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """The quotations of at least `LEAST` characters, a Latin word counting as two, in order."""
    sentences = split_sentences(text)
    found = []
    for match in _QUOTED.finditer(text):
        start, end = match.span(match.lastgroup or 0)
        if _length(text[start:end]) >= LEAST and not _is_name(text, start - 1, end + 1):
            found.append(Quotation(start, end, _is_sourced(text, start, end, sentences)))
    return tuple(found)


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether what stands from one mark to the other is called so, not said."""
    before = text[max(0, start - 12) : start]
    return bool(_NAMED_BEFORE.search(before) or _NAMED_AFTER.match(text, end))


def _length(quoted: str) -> int:
    words = _LATIN.findall(quoted)
    return len(_CHARACTER.findall(quoted)) - sum(map(len, words)) + 2 * len(words)


def _is_sourced(text: str, start: int, end: int, sentences: tuple[tuple[int, int], ...]) -> bool:
    """Whether a source is named around the quotation, in its own sentences or in brackets after them."""
    around = [(a, b) for a, b in sentences if a < end and start < b]
    first = min((a for a, _ in around), default=start)
    last = max((b for _, b in around), default=end)
    after = re.match(r"\s{0,2}[（(【\[〔][^）)】\]〕\n]{1,80}[）)】\]〕]", text[last:])
    return bool(_SOURCE.search(text[first:start] + "\n" + text[end:last] + (after[0] if after else "")))
