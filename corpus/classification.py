"""How secret a document says it is: its stamp or label, never a word of its prose.

Reads the raw lines, since running headers are left out of the text. 「密等：密」 and a line that
is 「機密」 alone are marks; 保密, 機密性 and 緊密 in a sentence are not.
"""

from __future__ import annotations

import re

from corpus.report import RawDocument

LEVELS = ("公開", "限閱", "密", "機密", "極機密", "絕對機密")
OPEN_LEVELS = frozenset(("公開", "限閱"))
_WORDS = {
    "絕對機密": "絕對機密",
    "極機密": "極機密",
    "機密": "機密",
    "密": "密",
    "密件": "密",
    "限閱": "限閱",
    "內部限閱": "限閱",
    "公開": "公開",
    "普通": "公開",
    "普通件": "公開",
    "一般": "公開",
    "topsecret": "絕對機密",
    "secret": "極機密",
    "confidential": "機密",
    "restricted": "限閱",
}
_LEVEL = r"(?:絕對機密|極機密|機密|限閱|密件|密|普通件|普通|公開|一般)"
_LABEL = re.compile(
    r"(?:文件|公文|資料|資訊|報告|保密|安全)?(?:機密等級|密等級?|保密等級|保密區分|機密區分|密級|安全等級|資料等級|公開等級)"
    rf"(?:及解密條件)?(?:或保密期限)?[：:]\s*(?P<marks>[□■☑☐☒✓✔▓Vv]?\s*{_LEVEL}(?:\s*[□■☑☐☒✓✔▓Vv、/／]\s*{_LEVEL}){{0,6}})(?![性等級條\w])"
)
_TICKED = re.compile(rf"[■☑☒✓✔▓Vv]\s*(?P<level>{_LEVEL})")
_STAMP = re.compile(
    r"[（(【\[「《*※★◎]*(?P<level>絕對機密|極機密|機密|限閱|密)(?:文件|件|資料|等級)?[】）)\]」》*※★◎]*"
)
_SELF = re.compile(
    r"本(?:報告|文件|資料|簡報|案|件)(?:內容)?(?:列為|屬於?|為|係|經核定為|核列為)[「『]?(?P<level>絕對機密|極機密|機密|密|限閱)"
    r"(?:文件|資料|件|等級|級)[」』]?(?=$|[，。；、（(]|，)"
)
_TITLE_STAMP = re.compile(
    r"(?:報告書?|簡報|計畫|資料)\s?[（(【](?P<level>絕對機密|極機密|機密|密|限閱)[）)】]$"
)
_LONGEST_LINE = 60


def read_classification(raw: RawDocument) -> str:
    """The highest level that a mark of the document states; unmarked documents are 公開."""
    found = {level for page in raw.pages for line in page.lines for level in _marks(line.text)}
    return max(found, key=LEVELS.index, default="公開")


def _marks(line: str) -> list[str]:
    """The levels that one line states by a mark."""
    if len(line) > 4 * _LONGEST_LINE or not any(char in line for char in "密閱開普般CSRcsr"):
        return []
    text = line.strip()
    plain = "".join(text.split())
    if len(plain) > _LONGEST_LINE:
        return []
    label = _LABEL.search(text)
    if label:
        ticked = _TICKED.search(label["marks"])
        level = ticked["level"] if ticked else re.split(r"[□☐]", label["marks"])[0].strip()
        return [_WORDS[level]] if level in _WORDS else []
    stamp = _STAMP.fullmatch(plain) or _SELF.search(plain) or _TITLE_STAMP.search(plain)
    if stamp:
        return [_WORDS[stamp["level"]]]
    return [_WORDS[plain.lower()]] if plain.isascii() and plain.lower() in _WORDS else []
