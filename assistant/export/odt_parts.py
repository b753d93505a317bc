"""The parts of an OpenDocument text beside its body: styles, page, footer, the empty content.

Written as XML, in place of those of odfdo's template, which carry another language and other fonts.
"""

from __future__ import annotations

from assistant.export.looks import (
    BODY_SIZE,
    CHINESE_FONT,
    HANGING,
    LATIN_FONT,
    LOOKS,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    Look,
)

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{_OASIS}:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)
_ROOT = f'{_NAMESPACES} office:version="1.4"'
# Kind -> name of its style; the names are LibreOffice's own where it has one.
STYLES = {
    "body": "Standard",
    "lead": "Lead",
    "title": "Title",
    "cover category": "Cover_20_Category",
    "cover title": "Cover_20_Title",
    "cover field": "Cover_20_Field",
    "heading 1": "Heading_20_1",
    "heading 2": "Heading_20_2",
    "heading 3": "Heading_20_3",
    "item": "List_20_Contents",
    "quote": "Quotations",
    "cell": "Table_20_Contents",
    "note": "Footnote",
    "footer": "Footer",
}
COVER_START, COVER_END = "Cover_20_Start", "Cover_20_End"
BOLD, STRUCK, BOLD_STRUCK, RAISED = "Bold", "Struck", "Bold_20_Struck", "Footnote_20_anchor"
NOTE_NUMBER = "Footnote_20_Symbol"
BULLETS, NUMBERS = "Bullets", "Numbers"
GRID, CELL = "Grid", "Cell"
_FACES = "".join(
    f'<style:font-face style:name="{font}" svg:font-family="&apos;{font}&apos;"'
    f' style:font-family-generic="{family}" style:font-pitch="variable"/>'
    for font, family in ((LATIN_FONT, "roman"), (CHINESE_FONT, "script"))
)
_DECLARED = f"<office:font-face-decls>{_FACES}</office:font-face-decls>"
_FONTS = (
    f'style:font-name="{LATIN_FONT}" style:font-name-asian="{CHINESE_FONT}" '
    f'style:font-name-complex="{LATIN_FONT}"'
)
_BOLD = 'fo:font-weight="bold" style:font-weight-asian="bold" style:font-weight-complex="bold"'
_STRUCK = 'style:text-line-through-style="solid" style:text-line-through-type="single"'
_ALIGN = {"left": "start", "center": "center"}

CONTENT = f"""<office:document-content {_ROOT}>{_DECLARED}
<office:automatic-styles>
<style:style style:name="{GRID}" style:family="table"><style:table-properties
 table:border-model="collapsing"/></style:style>
<style:style style:name="{CELL}" style:family="table-cell"><style:table-cell-properties
 fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>
</office:automatic-styles>
<office:body><office:text/></office:body></office:document-content>"""

SETTINGS = f"<office:document-settings {_ROOT}/>"

_TEXT_STYLES = (
    (BOLD, _BOLD),
    (STRUCK, _STRUCK),
    (BOLD_STRUCK, f"{_BOLD} {_STRUCK}"),
    (RAISED, 'style:text-position="super 58%"'),
    (NOTE_NUMBER, 'style:text-position="super 58%"'),
)
_COVER_STYLES = f"""
<style:style style:name="{COVER_START}" style:family="paragraph" style:master-page-name="Cover"
 style:parent-style-name="{STYLES["cover category"]}"/>
<style:style style:name="{COVER_END}" style:family="paragraph" style:parent-style-name="Standard">
<style:paragraph-properties fo:break-after="page"/></style:style>"""
_NOTES = f"""<text:notes-configuration text:note-class="footnote" style:num-format="1" text:start-value="0"
 text:citation-style-name="{NOTE_NUMBER}" text:citation-body-style-name="{RAISED}"
 text:default-style-name="{STYLES["note"]}" text:footnotes-position="page"
 text:start-numbering-at="document"/>"""
_PAGE = f"""<style:page-layout style:name="A4">
<style:page-layout-properties fo:page-width="{PAGE_WIDTH}cm" fo:page-height="{PAGE_HEIGHT}cm"
 style:print-orientation="portrait" style:writing-mode="lr-tb" fo:margin-top="{MARGIN}cm"
 fo:margin-bottom="{MARGIN / 2}cm" fo:margin-left="{MARGIN}cm" fo:margin-right="{MARGIN}cm">
<style:footnote-sep style:width="0.02cm" style:distance-before-sep="0.4cm" style:distance-after-sep="0.1cm"
 style:adjustment="left" style:rel-width="25%" style:color="#000000"/></style:page-layout-properties>
<style:footer-style><style:header-footer-properties fo:min-height="{MARGIN / 2}cm" fo:margin-top="0.5cm"/>
</style:footer-style></style:page-layout>
<style:page-layout style:name="A4_20_Cover">
<style:page-layout-properties fo:page-width="{PAGE_WIDTH}cm" fo:page-height="{PAGE_HEIGHT}cm"
 style:print-orientation="portrait" style:writing-mode="lr-tb" fo:margin="{MARGIN}cm"/>
</style:page-layout>"""
_MASTERS = f"""<style:master-page style:name="Standard" style:page-layout-name="A4"><style:footer>
<text:p text:style-name="{STYLES["footer"]}"><text:page-number text:select-page="current">1</text:page-number>
</text:p></style:footer></style:master-page>
<style:master-page style:name="Cover" style:page-layout-name="A4_20_Cover"
 style:next-style-name="Standard"/>"""


def styles_xml(language: str) -> str:
    """Styles of paragraphs, text, lists and notes, the page with its number, and the page of the cover."""
    return f"""<office:document-styles {_ROOT}>{_DECLARED}
<office:styles>{_default_style(language)}{"".join(map(_paragraph_style, LOOKS))}{_COVER_STYLES}
{"".join(_text_style(name, properties) for name, properties in _TEXT_STYLES)}
{_list_style(BULLETS, 'bullet text:bullet-char="•"')}
{_list_style(NUMBERS, 'number style:num-format="1" style:num-suffix="."')}{_NOTES}</office:styles>
<office:automatic-styles>{_PAGE}</office:automatic-styles>
<office:master-styles>{_MASTERS}</office:master-styles>
</office:document-styles>"""


def _default_style(language: str) -> str:
    code, _, country = language.partition("-")
    return f"""<style:default-style style:family="paragraph">
<style:paragraph-properties style:text-autospace="ideograph-alpha" style:punctuation-wrap="hanging"
 style:line-break="strict" style:tab-stop-distance="0.85cm"/>
<style:text-properties {_FONTS} {_sizes(BODY_SIZE)} fo:language="en" fo:country="US"
 style:language-asian="{code}" style:country-asian="{country}"/></style:default-style>"""


def _paragraph_style(kind: str) -> str:
    look, name = LOOKS[kind], STYLES[kind]
    parent = "" if kind == "body" else f' style:parent-style-name="{STYLES["body"]}"'
    level = (
        f' style:next-style-name="Standard" style:default-outline-level="{look.level}"' if look.level else ""
    )
    return f"""<style:style {_named(name)} style:family="paragraph"{parent}{level}>
<style:paragraph-properties {_distances(look)}/>
<style:text-properties {_FONTS} {_sizes(look.size)}{" " + _BOLD if look.bold else ""}/></style:style>"""


def _distances(look: Look) -> str:
    margins = (("top", look.before), ("bottom", look.after), ("left", look.indent))
    keep = ' fo:keep-with-next="always"' if look.keep_with_next else ""
    return (
        " ".join(f'fo:margin-{side}="{points:g}pt"' for side, points in margins)
        + f' fo:line-height="{look.spacing:.0%}" fo:text-align="{_ALIGN[look.align]}"{keep}'
    )


def _sizes(points: float) -> str:
    names = ("fo:font-size", "style:font-size-asian", "style:font-size-complex")
    return " ".join(f'{name}="{points:g}pt"' for name in names)


def _text_style(name: str, properties: str) -> str:
    return (
        f'<style:style {_named(name)} style:family="text"><style:text-properties {properties}/></style:style>'
    )


def _named(name: str) -> str:
    return f'style:name="{name}" style:display-name="{name.replace("_20_", " ")}"'


def _list_style(name: str, form: str) -> str:
    tag = f"text:list-level-style-{form.split()[0]}"
    return f"""<text:list-style style:name="{name}">
<text:list-level-style-{form} text:level="1">
<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">
<style:list-level-label-alignment text:label-followed-by="listtab" text:list-tab-stop-position="{HANGING:g}pt"
 fo:text-indent="-{HANGING:g}pt" fo:margin-left="{HANGING:g}pt"/></style:list-level-properties>
</{tag}></text:list-style>"""
