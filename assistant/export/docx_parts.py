"""The parts of a Word document beside its text: styles, numbering, settings, footnotes, fonts.

Written as XML, since python-docx has no means for footnotes, and since the styles of its own
template carry theme fonts, which would override the fonts of the layout.
"""

from __future__ import annotations

from assistant.export.looks import BODY_SIZE, CHINESE_FONT, HANGING, LATIN_FONT, LOOKS, Look

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = f'xmlns:w="{W}"'
# Kind -> id and name of its style; the names are Word's own where it has one.
STYLES = {
    "body": ("Normal", "Normal"),
    "lead": ("Lead", "Lead"),
    "title": ("Title", "Title"),
    "cover category": ("CoverCategory", "Cover Category"),
    "cover title": ("CoverTitle", "Cover Title"),
    "cover field": ("CoverField", "Cover Field"),
    "heading 1": ("Heading1", "heading 1"),
    "heading 2": ("Heading2", "heading 2"),
    "heading 3": ("Heading3", "heading 3"),
    "item": ("ListParagraph", "List Paragraph"),
    "quote": ("Quote", "Quote"),
    "cell": ("TableText", "Table Text"),
    "note": ("FootnoteText", "footnote text"),
    "footer": ("Footer", "footer"),
}
MARK_STYLE, GRID_STYLE = "FootnoteReference", "TableGrid"
BULLETS, FIRST_NUMBERS = 1, 2
SEPARATORS = (-1, 0)

SETTINGS = f"""<w:settings {HEAD}>
<w:zoom w:percent="100"/><w:defaultTabStop w:val="480"/>
<w:characterSpacingControl w:val="compressPunctuation"/>
<w:footnotePr>{"".join(f'<w:footnote w:id="{n}"/>' for n in SEPARATORS)}</w:footnotePr>
<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"
 w:val="15"/></w:compat>
<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>
</w:settings>"""

FOOTNOTES = f"""<w:footnotes {HEAD}>
<w:footnote w:type="separator" w:id="{SEPARATORS[0]}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>
<w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="{SEPARATORS[1]}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>
<w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
</w:footnotes>"""

FONTS = f"""<w:fonts {HEAD}>
<w:font w:name="{LATIN_FONT}"><w:charset w:val="00"/><w:family w:val="roman"/></w:font>
<w:font w:name="{CHINESE_FONT}"><w:altName w:val="DFKai-SB"/><w:charset w:val="88"/>
<w:family w:val="script"/></w:font>
</w:fonts>"""

PAGE_NUMBER = f'<w:fldSimple {HEAD} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

_FONTS = (
    f'<w:rFonts w:ascii="{LATIN_FONT}" w:hAnsi="{LATIN_FONT}" w:eastAsia="{CHINESE_FONT}"'
    f' w:cs="{LATIN_FONT}"/>'
)

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def styles_xml(language: str) -> str:
    """All styles: the defaults, one per look, the mark of a footnote, the grid of a table."""
    looks = "".join(_paragraph_style(kind, look) for kind, look in LOOKS.items())
    return f"""<w:styles {HEAD}>
<w:docDefaults><w:rPrDefault><w:rPr>{_FONTS}{_size(BODY_SIZE)}
<w:lang w:val="en-US" w:eastAsia="{language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault/></w:docDefaults>
{looks}
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>
<w:style w:type="character" w:styleId="{MARK_STYLE}"><w:name w:val="footnote reference"/>
<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/>
<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
{_edges(("left", "right"), 'w:w="108" w:type="dxa"')}</w:tblCellMar></w:tblPr></w:style>
<w:style w:type="table" w:styleId="{GRID_STYLE}"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>
<w:tblPr><w:tblBorders>{_edges(_SIDES, 'w:val="single" w:sz="4" w:space="0" w:color="auto"')}</w:tblBorders>
</w:tblPr></w:style>
</w:styles>"""


def numbering_xml(lists: int) -> str:
    """Bullets, and decimal numbers that begin anew in each of that many lists."""
    numbers = "".join(
        f'<w:num w:numId="{FIRST_NUMBERS + n}"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for n in range(lists)
    )
    return f"""<w:numbering {HEAD}>
{_abstract(0, "bullet", "•")}{_abstract(1, "decimal", "%1.")}
<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>{numbers}
</w:numbering>"""


def twips(points: float) -> int:
    """Points as twentieths of a point."""
    return round(points * 20)


def _paragraph_style(kind: str, look: Look) -> str:
    key, name = STYLES[kind]
    parents = (
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>' if look.level else '<w:basedOn w:val="Normal"/>'
    )
    outline = f'<w:outlineLvl w:val="{look.level - 1}"/>' if look.level else ""
    return f"""<w:style w:type="paragraph"{' w:default="1"' if kind == "body" else ""} w:styleId="{key}">
<w:name w:val="{name}"/>{"" if kind == "body" else parents}<w:qFormat/>
<w:pPr>{"<w:keepNext/>" if look.keep_with_next else ""}
<w:spacing w:before="{twips(look.before)}" w:after="{twips(look.after)}"
 w:line="{round(look.spacing * 240)}" w:lineRule="auto"/>
<w:ind w:left="{twips(look.indent)}"/><w:jc w:val="{look.align}"/>{outline}</w:pPr>
<w:rPr>{_FONTS}{"<w:b/>" if look.bold else ""}{_size(look.size)}</w:rPr></w:style>"""


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _edges(sides: tuple[str, ...], attributes: str) -> str:
    return "".join(f"<w:{side} {attributes}/>" for side in sides)


def _abstract(key: int, form: str, text: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{twips(HANGING)}" w:hanging="{twips(HANGING)}"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{LATIN_FONT}" w:hAnsi="{LATIN_FONT}" w:hint="default"/></w:rPr></w:lvl>'
        "</w:abstractNum>"
    )
