"""HTML pages by lxml: headings, paragraphs, lists and tables; scripts and navigation dropped.

The encoding comes from the mark at the start, the page's own declaration, or the text itself.
Fetches nothing.
"""

from __future__ import annotations

import re
from typing import Any

from corpus.readers.plain import BOMS, decode
from corpus.report import RawDocument, RawLine, RawPage, Refusal

DECLARED = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)|<\?xml[^>]{0,200}?encoding=[\"']([\w-]+)",
    re.I,
)
XML_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml[^>]*\?>")
BIG5 = {
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
DROPPED = set(
    "head script style noscript template nav svg math iframe object select button textarea form-data".split()
)
BLOCKS = set(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary table tbody td"
    " tfoot th thead tr ul".split()
)
HEADINGS = {f"h{n}": n for n in range(1, 7)}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
LAYOUT = set("table h1 h2 h3 h4 h5 h6 article section".split())
MAX_DEPTH = 200


def read_html(data: bytes, file: str) -> RawDocument:
    """An HTML document as a single page of lines."""
    from lxml import etree, html

    text = XML_DECLARATION.sub("", _text(data, file), count=1)
    try:
        parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
        root = html.document_fromstring(text.replace("\0", ""), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as exc:
        raise Refusal(
            "damaged", f"「{file}」不是完整的 html，無法讀取；請用瀏覽器打開後另存網頁再加入。"
        ) from exc
    lines = _Lines()
    title = root.findtext(".//title")
    if title and root.find(".//h1") is None:
        lines.add(title, 1)
    lines.walk(root, 0)
    lines.flush()
    return RawDocument((RawPage(1, tuple(lines.done)),))


def _text(data: bytes, file: str) -> str:
    if data.startswith(tuple(mark for mark, _ in BOMS)):
        return decode(data, file)
    declared = DECLARED.search(data[:4096])
    if declared:
        name = (declared.group(1) or declared.group(2)).decode("ascii").lower()
        try:
            return data.decode(BIG5.get(name, name))
        except (LookupError, UnicodeDecodeError):
            return decode(data, file)
    return decode(data, file)


class _Lines:
    """Lines under construction while the tree is walked."""

    def __init__(self) -> None:
        self.done: list[RawLine] = []
        self._open: list[str] = []
        self._level = 0
        self._label = ""

    def add(self, text: str, level: int = 0) -> None:
        flat = " ".join(text.split())
        if flat:
            self.done.append(RawLine(self._label + flat, level))
            self._label = ""

    def flush(self) -> None:
        for part in "".join(self._open).split("\v"):
            self.add(part, self._level)
        self._open = []

    def walk(self, node: Any, depth: int) -> None:
        """Depth-first over one element and the text after its children."""
        tag = node.tag if isinstance(node.tag, str) else ""
        if not tag or tag in DROPPED or depth > MAX_DEPTH or _hidden(node):
            return
        if tag == "br":
            self._open.append("\v")
        elif tag == "tr" and not _is_layout(node):
            self.flush()
            self._row(node)
        elif tag in BLOCKS:
            self._block(node, tag, depth)
        else:
            self._inside(node, depth)

    def _block(self, node: Any, tag: str, depth: int) -> None:
        self.flush()
        outer, self._level = self._level, HEADINGS.get(tag, self._level)
        if tag == "li":
            self._label = _number(node)
        self._inside(node, depth, keep=tag == "pre")
        self.flush()
        self._level = outer

    def _inside(self, node: Any, depth: int, *, keep: bool = False) -> None:
        self._open.append(_spaced(node.text, keep))
        for child in node:
            self.walk(child, depth + 1)
            self._open.append(_spaced(child.tail, keep))

    def _row(self, node: Any) -> None:
        cells = [" ".join(_visible(cell).split()) for cell in node if cell.tag in ("td", "th")]
        if any(cells):
            self.done.append(RawLine("\t".join(cells) if len(cells) > 1 else cells[0]))


def _spaced(text: str | None, keep: bool) -> str:
    """Line ends of the source are blanks between Latin words and nothing between Chinese ones."""
    if not text:
        return ""
    if keep:
        return text.replace("\n", "\v")
    return re.sub(
        r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\u9fff\uff00-\uffef])", "", text
    )


def _visible(node: Any) -> str:
    if not isinstance(node.tag, str) or node.tag in DROPPED or _hidden(node):
        return ""
    gap = " " if node.tag in BLOCKS or node.tag == "br" else ""
    inner = (node.text or "") + "".join(_visible(child) + (child.tail or "") for child in node)
    return gap + inner + gap


def _is_layout(row: Any) -> bool:
    """A row that only arranges the page: one cell, or cells that hold tables or headings."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) < 2:
        return True
    return any(inner.tag in LAYOUT for cell in cells for inner in cell.iterdescendants())


def _number(item: Any) -> str:
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    start = parent.get("start") or "1"
    before = sum(1 for sibling in item.itersiblings("li", preceding=True))
    return f"{(int(start) if start.lstrip('-').isdigit() else 1) + before}. "


def _hidden(node: Any) -> bool:
    return node.get("hidden") is not None or bool(HIDDEN.search(node.get("style") or ""))
