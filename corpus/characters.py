"""Stored text is normalised character by character, and never more than that.

Look-alike code points (Kangxi radicals, compatibility ideographs, vertical and small forms) become
the ordinary character; invisible ones are dropped. Case, width and 臺/台 stay as written: folding
them is the business of search.
"""

from __future__ import annotations

import unicodedata

COMPATIBILITY = (
    range(0x2E80, 0x2FE0),
    range(0xF900, 0xFB07),
    range(0xFE30, 0xFE50),
    range(0x2F800, 0x2FA20),
)
# Radicals that Unicode does not decompose, but that PDF writers put in place of the character.
RADICALS = str.maketrans(
    "⺁⺋⺎⺒⺝⺠⻁⻃⻄⻅⻆⻉⻋⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂卩兀巳月民虎覀西见角贝车長镸长门雨青韦页风飞食马骨鬼鱼鸟麦黄斉齐歯齿竜龙龜亀龟",
)
# Vertical and small forms of punctuation, and the bullets of the Wingdings and Symbol fonts.
FORMS = str.maketrans(
    "︰﹐﹑﹒﹔﹕﹖﹗﹙﹚︵︶﹁﹂﹃﹄︽︾︿﹀\uf06c\uf06e\uf075\uf0b7\uf0a7\uf0d8\uf0fc",
    "：，、．；：？！（）（）「」『』《》〈〉●■◆•▪➢✓",
)
SPACES = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
INVISIBLE = (
    0xAD,
    0x61C,
    0x180E,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    0xFEFF,
    *range(0xFFF9, 0xFFFE),
    0xFFFE,
    0xFFFF,
    *range(0xE0000, 0xE0200),
    *range(0xD800, 0xE000),
    *(code for code in range(0x20) if code not in (0x09, 0x0A)),
    *range(0x7F, 0xA0),
)
LINE_ENDS = (0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)


def _table() -> dict[int, str]:
    table = {code: unicodedata.normalize("NFKC", chr(code)) for block in COMPATIBILITY for code in block}
    table |= dict.fromkeys(INVISIBLE, "") | dict.fromkeys(SPACES, " ") | dict.fromkeys(LINE_ENDS, "\n")
    return table | {code: chr(plain) for code, plain in (RADICALS | FORMS).items()}


TABLE = _table()


def normalise(text: str) -> str:
    """`text` with every character in its ordinary form; may be shorter or longer."""
    return text if text.isascii() and text.isprintable() else text.translate(TABLE)
