"""Every format read from small real files, and every way in which a file may be refused."""

from __future__ import annotations

import shutil
import zipfile

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import (
    changed_zip,
    made_docx,
    made_odt,
    made_pdf,
    made_zip,
    simple_docx,
    simple_odt,
    simple_pptx,
    with_entity,
)
from odfdo import Paragraph

from corpus.readers import SUFFIXES, read_document, zip_members
from corpus.readers.word_numbering import numeral_text
from corpus.report import RawDocument, Refusal

TEXT = "本市與友好城市簽署合作備忘錄，推動永續發展與防災經驗交流，並將成果提供市民參考。"
SIMPLIFIED = "本市与友好城市签署合作备忘录，推动可持续发展与防灾经验交流，并将成果提供市民参考。"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def pages(document: RawDocument) -> list[list[str]]:
    return [[line.text for line in page.lines] for page in document.pages]


def headings(document: RawDocument) -> dict[str, int]:
    return {line.text: line.level for page in document.pages for line in page.lines if line.level}


def refusal(data: bytes, file: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_document(data, file)
    return caught.value


# Word


def test_docx_keeps_order_levels_and_pages():
    document = read_document(made_docx(simple_docx), "考察.docx")
    assert pages(document) == [
        ["第一章 目的", "本次考察主題為水岸更新。", "日期\t地點", "5/1\t馬爾摩", "考察結束"],
        ["次頁內容。"],
    ]
    assert headings(document) == {"第一章 目的": 1}


def test_docx_page_break_as_laid_out_by_word_cuts_the_paragraph_and_counts_once():
    def build(document):
        run = document.add_paragraph("前半句，").add_run()
        run._r.append(parse_xml(f"<w:lastRenderedPageBreak {nsdecls('w')}/>"))
        run.add_text("後半句。")
        document.add_page_break()
        document.add_paragraph().add_run()._r.append(parse_xml(f"<w:lastRenderedPageBreak {nsdecls('w')}/>"))
        document.add_paragraph("第三頁。")

    assert pages(read_document(made_docx(build), "a.docx")) == [["前半句，"], ["後半句。"], ["第三頁。"]]


NUMBERING = f"""<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="9">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="taiwaneseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="taiwaneseCounting"/><w:lvlText w:val="(%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum><w:num w:numId="9"><w:abstractNumId w:val="9"/></w:num></w:numbering>"""


def test_docx_automatic_numbers_are_written_out():
    def build(document):
        numbering = document.part.numbering_part.element
        for node in parse_xml(NUMBERING):
            numbering.append(node)
        for depth, text in ((0, "甲"), (1, "子"), (1, "丑"), (2, "細項"), (0, "乙"), (1, "寅")):
            properties = document.add_paragraph(text)._p.get_or_add_pPr()
            num = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="9"/></w:numPr>'
            properties.append(parse_xml(num))

    assert pages(read_document(made_docx(build), "a.docx")) == [
        ["一、甲", "(一)子", "(二)丑", "1. 細項", "二、乙", "(一)寅"]
    ]


NUMERALS = {
    (12, "taiwaneseCountingThousand"): "十二",
    (20, "ideographLegalTraditional"): "貳拾",
    (3, "ideographTraditional"): "丙",
    (105, "chineseCounting"): "一百零五",
    (4, "lowerRoman"): "iv",
    (27, "upperLetter"): "A",
    (7, "decimalZero"): "07",
    (3, "decimalEnclosedCircle"): "③",
}


@pytest.mark.parametrize("case", NUMERALS)
def test_numeral_text(case):
    assert numeral_text(*case) == NUMERALS[case]


def test_docx_deleted_text_stays_out_and_content_controls_and_text_boxes_come_in():
    body = (
        f"<w:p {nsdecls('w')}><w:r><w:t>保留</w:t></w:r><w:del><w:r><w:delText>刪除</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>新增</w:t></w:r></w:ins></w:p>",
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>控制項</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        f"<w:p {nsdecls('w')}><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>文字方塊</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r></w:p>",
    )

    def build(document):
        for xml in body:
            document.element.body.insert(-1, parse_xml(xml))

    assert pages(read_document(made_docx(build), "a.docx")) == [["保留新增", "控制項", "文字方塊"]]


# OpenDocument, slides, PDF


def test_odt_keeps_order_levels_and_pages():
    document = read_document(simple_odt(), "考察.odt")
    assert pages(document) == [
        ["第一章 目的", "本次考察主題為水岸更新。", "甲", "乙", "日期\t地點", "5/1\t馬爾摩"],
        ["次頁內容。"],
    ]
    assert headings(document) == {"第一章 目的": 1}


def test_odt_blanks_and_tabs_inside_a_paragraph():
    assert pages(read_document(made_odt([Paragraph("圖 1\t港區  全景")]), "a.odt")) == [["圖 1\t港區  全景"]]


def test_pptx_is_a_page_per_slide_without_notes():
    document = read_document(simple_pptx(), "簡報.pptx")
    assert pages(document) == [["城市外交 年度成果", "接待外賓", "簽署協議"], ["團數\t61", "群組文字"]]
    assert headings(document) == {"城市外交 年度成果": 1}


def test_pdf_pages_and_lines():
    document = read_document(made_pdf([["第一章 目的", "本次考察"], [], ["結束"]]), "考察.pdf")
    assert [[line for line in page if line] for page in pages(document)] == [
        ["第一章 目的", "本次考察"],
        [],
        ["結束"],
    ]


# HTML

HTML = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>頁籤</title>
<script>alert(1)</script></head><body><nav>首頁 最新消息</nav><h1>第一章 目的</h1><p>本次考察
主題為水岸更新。<br>第二行</p><p hidden>看不見</p><div style="display:none">也看不見</div>
<ol start="3"><li>甲</li><li><p>乙</p></li></ol><ul><li>丙</li></ul>
<table><tr><th>日期</th><th>地點</th></tr><tr><td>5/1</td><td>馬爾摩<br>西港</td></tr></table>
<table><tr><td><h2>版面</h2><p>內文</p></td><td><table><tr><td>內</td><td>表</td></tr></table></td></tr></table>
</body></html>"""
HTML_LINES = [
    "第一章 目的",
    "本次考察主題為水岸更新。",
    "第二行",
    "3. 甲",
    "4. 乙",
    "丙",
    "日期\t地點",
    "5/1\t馬爾摩 西港",
    "版面",
    "內文",
    "內\t表",
]


@pytest.mark.parametrize("charset", ["utf-8", "big5", "utf-16"])
def test_html_text_without_scripts_and_hidden_parts(charset):
    document = read_document(HTML.format(charset=charset).encode(charset), "考察.html")
    assert pages(document) == [HTML_LINES]
    assert headings(document) == {"第一章 目的": 1, "版面": 2}


def test_html_title_stands_in_for_a_missing_heading():
    data = "<html><head><title>新聞稿</title></head><body><p>內文。</p></body></html>".encode()
    assert pages(read_document(data, "a.html")) == [["新聞稿", "內文。"]]


# Text


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "big5", "cp950", "big5hkscs"],
)
def test_text_in_every_encoding(encoding):
    assert pages(read_document(TEXT.encode(encoding), "a.txt")) == [[TEXT]]


def test_simplified_text_in_gb18030():
    assert pages(read_document(SIMPLIFIED.encode("gb18030"), "a.txt")) == [[SIMPLIFIED]]


def test_text_cut_inside_its_last_character():
    assert pages(read_document(TEXT.encode()[:-1], "a.txt")) == [[TEXT[:-1]]]


@pytest.mark.parametrize(
    "data",
    [bytes(range(128, 256)) * 4, b"\xff\xfe\x00\xd8\x00\x00", b"ab\x00\xff\x81cd", b"caf\xe9 \x81\x8d"],
)
def test_undecidable_encoding_is_refused_rather_than_guessed(data):
    found = refusal(data, "亂碼.txt")
    assert (found.reason, "編碼" in found.message) == ("damaged", True)


def test_form_feeds_are_pages():
    assert pages(read_document("甲\f乙\n丙\f".encode(), "a.txt")) == [["甲"], ["乙", "丙"]]


def test_markdown_headings_emphasis_and_tables():
    data = (
        "# 標題\n\n## **心得** ##\n\n內文 **重點**。\n\n| 日期 | 地點 |\n|---|:-:|\n| 5/1 | 東京 |\n".encode()
    )
    document = read_document(data, "a.md")
    assert [line for line in pages(document)[0] if line] == [
        "標題",
        "心得",
        "內文 重點。",
        "日期\t地點",
        "5/1\t東京",
    ]
    assert headings(document) == {"標題": 1, "心得": 2}


# Suffixes that lie

WHOLE = {
    "docx": made_docx(simple_docx),
    "odt": simple_odt(),
    "pptx": simple_pptx(),
    "pdf": made_pdf([["本次考察"]]),
    "html": HTML.format(charset="utf-8").encode(),
}


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("suffix", ["txt", "docx", "pdf", "doc", "xyz"])
def test_content_goes_before_the_suffix(kind, suffix):
    assert read_document(WHOLE[kind], f"a.{suffix}") == read_document(WHOLE[kind], f"a.{kind}")


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".pptx", ".pdf"])
def test_text_under_an_office_suffix_is_damaged(suffix):
    assert refusal(TEXT.encode(), f"a{suffix}").reason == "damaged"


def test_every_suffix_has_a_reader():
    assert {".pdf", ".docx", ".odt", ".pptx", ".html", ".htm", ".txt", ".md", ".doc"} <= set(SUFFIXES)


# Refusals

SHEET = made_zip({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})
LOCKED_PDF = made_pdf([["本次考察"]], password="secret")
BOMB = changed_zip(WHOLE["docx"], "word/document.xml", lambda xml: xml + b" " * 9_000_000)
MANY = made_zip(
    {f"{n}.xml": b"" for n in range(5_100)} | {"mimetype": b"application/vnd.oasis.opendocument.text"}
)
REFUSED = {
    ("空.txt", b""): "empty",
    ("空白.txt", b" \r\n\t\n"): "empty",
    ("空.docx", made_docx(lambda document: None)): "empty",
    ("空.pptx", b""): "empty",
    ("鎖.pdf", LOCKED_PDF): "encrypted",
    ("鎖.docx", OLE + "EncryptedPackage".encode("utf-16-le")): "encrypted",
    ("掃描.pdf", made_pdf([[], []])): "no_text",
    ("斷.pdf", WHOLE["pdf"][:300]): "damaged",
    ("斷.docx", WHOLE["docx"][:-800]): "damaged",
    ("斷.odt", WHOLE["odt"][: len(WHOLE["odt"]) // 2]): "damaged",
    ("斷.pptx", WHOLE["pptx"][:500]): "damaged",
    ("壞.docx", changed_zip(WHOLE["docx"], "word/document.xml", lambda xml: xml[:-40])): "damaged",
    ("壞.odt", changed_zip(WHOLE["odt"], "content.xml", lambda xml: b"<not-odf")): "damaged",
    ("壞.pptx", changed_zip(WHOLE["pptx"], "ppt/presentation.xml", lambda xml: b"")): "damaged",
    ("壞.html", b"<html>\x81\xff\xfe\x00"): "damaged",
    ("炸彈.docx", BOMB): "too_large",
    ("炸彈.odt", MANY): "too_large",
    ("表.xlsx", SHEET): "unknown_type",
    ("表.csv", TEXT.encode()): "unknown_type",
    ("圖.png", b"\x89PNG\r\n\x1a\n123"): "unknown_type",
    ("圖.pdf", b"\xff\xd8\xff\xe0123"): "unknown_type",
    ("文.rtf", b"{\\rtf1 abc}"): "unknown_type",
    ("舊.xls", OLE): "unknown_type",
    ("內.zip", made_zip({"a.txt": TEXT.encode()})): "unknown_type",
    ("包.7z", b"7z\xbc\xaf\x27\x1c"): "unknown_type",
}


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[0])
def test_refusals_name_the_file_and_say_what_to_do(case):
    file, data = case
    found = refusal(data, file)
    assert found.reason == REFUSED[case]
    assert f"「{file}」" in found.message
    assert "請" in found.message and found.message.endswith("。") and found.message.count("。") == 1


@pytest.mark.skipif(
    any(shutil.which(name) for name in ("soffice", "antiword", "catdoc")), reason="這台電腦有 .doc 轉檔程式"
)
def test_doc_without_a_converter_says_how_to_save_it():
    found = refusal(OLE + "WordDocument".encode("utf-16-le"), "舊.doc")
    assert (found.reason, "docx 或 odt" in found.message) == ("unknown_type", True)


PARTS = {"docx": "word/document.xml", "odt": "content.xml", "pptx": "ppt/slides/slide1.xml"}


@pytest.mark.parametrize("kind", PARTS)
def test_external_entities_are_refused_and_leak_nothing(kind, tmp_path):
    canary = tmp_path / "canary"
    canary.write_text("CANARY")
    found = refusal(
        changed_zip(WHOLE[kind], PARTS[kind], lambda xml: with_entity(xml, str(canary))), f"a.{kind}"
    )
    assert (found.reason, "CANARY" in found.message) == ("damaged", False)


def test_doctype_in_another_encoding_is_refused():
    def wide(xml: bytes) -> bytes:
        text = with_entity(xml, "/etc/hostname").decode().replace("UTF-8", "UTF-16")
        return text.encode("utf-16")

    assert refusal(changed_zip(WHOLE["docx"], PARTS["docx"], wide), "a.docx").reason == "damaged"


def test_html_entities_read_no_file(tmp_path):
    canary = tmp_path / "canary"
    canary.write_text("CANARY")
    data = (
        f'<!DOCTYPE html [<!ENTITY leak SYSTEM "file://{canary}">]><html><p>內文 &leak;</p></html>'.encode()
    )
    assert "CANARY" not in str(pages(read_document(data, "a.html")))


# Zip archives


def test_zip_members_one_by_one():
    inner = made_zip({"x.txt": b"x"})
    data = made_zip(
        {"a.txt": b"a", "夾/b.md": b"b", "c.zip": inner, ".DS_Store": b"x", "__MACOSX/._a.txt": b"x"}
    )
    members = dict(zip_members(data, "批次.zip"))
    assert members == {"a.txt": b"a", "夾/b.md": b"b", "c.zip": inner}
    assert refusal(members["c.zip"], "c.zip").reason == "unknown_type"


TRAVERSAL = {
    "../../etc/passwd.txt": "etc/passwd.txt",
    "/abs/a.txt": "abs/a.txt",
    "..\\..\\win.txt": "win.txt",
    "C:\\tmp\\a.txt": "tmp/a.txt",
    "a\u202egnp.txt": "agnp.txt",
    "a\nb.txt": "ab.txt",
    "../..": "未命名",
}


@pytest.mark.parametrize("name", TRAVERSAL)
def test_zip_names_are_cleaned(name):
    assert [found for found, _ in zip_members(made_zip({name: b"x"}), "a.zip")] == [TRAVERSAL[name]]


def test_zip_names_in_big5():
    data = made_zip({"AAAAAAAA.txt": b"x"}).replace(b"AAAAAAAA", "出國報告".encode("cp950"))
    assert [name for name, _ in zip_members(data, "a.zip")] == ["出國報告.txt"]


def test_zip_links_are_passed_over():
    link = zipfile.ZipInfo("link.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    assert list(zip_members(made_zip({link: b"/etc/passwd"}), "a.zip")) == []


def test_zip_with_a_damaged_member_yields_the_whole_ones_first():
    data = made_zip({"a.txt": b"a" * 50, "b.txt": bytes(range(200)), "c.txt": b"c"})
    broken = bytearray(data)
    broken[data.index(bytes(range(60, 90)))] ^= 0xFF
    seen = []

    def take_all():
        for name, _ in zip_members(bytes(broken), "批次.zip"):
            seen.append(name)

    with pytest.raises(Refusal) as caught:
        take_all()
    assert ("b.txt" in caught.value.message, caught.value.reason) == (True, "damaged")
    assert seen == ["a.txt", "c.txt"]


def test_zip_bombs_are_refused_before_unpacking():
    with pytest.raises(Refusal) as caught:
        list(zip_members(made_zip({"a.txt": b"\0" * 8_000_000}), "炸彈.zip"))
    assert caught.value.reason == "too_large"


# Anything at all


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(WHOLE)),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=12),
)
def test_mutated_files_are_read_or_refused(kind, changes):
    data = bytearray(WHOLE[kind])
    for place, value in changes:
        data[int(place * (len(data) - 1))] = value
    try:
        assert read_document(bytes(data), f"a.{kind}").pages
    except Refusal as found:
        assert found.message.count("。") == 1
