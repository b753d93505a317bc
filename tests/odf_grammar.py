"""What of an OpenDocument file the grammar of ODF 1.2 does not allow, by the tables of odfpy.

Looks at elements, what they hold and their attributes, in every XML part. Knows none of our documents.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.dom import minidom

from odf import grammar

PARTS = ("content.xml", "styles.xml", "meta.xml", "settings.xml")
ELEMENT, TEXT = minidom.Node.ELEMENT_NODE, minidom.Node.TEXT_NODE
# What declares namespaces is no attribute of the grammar.
DECLARING = (None, "http://www.w3.org/2000/xmlns/")


def faults(data: bytes, parts: tuple[str, ...] = PARTS) -> list[str]:
    """One line for every fault; none for a valid file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        first = package.infolist()[0]
        found = (
            [] if first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED else ["mimetype"]
        )
        for part in parts:
            if part in package.namelist():
                root = minidom.parseString(package.read(part)).documentElement
                found += [f"{part}: {fault}" for fault in _of(root)]
    return found


def _of(node: Any) -> Iterator[str]:
    own = (node.namespaceURI, node.localName)
    if own not in grammar.allowed_children:
        yield f"<{node.tagName}> is unknown"
        return
    yield from _of_attributes(node, own)
    children = grammar.allowed_children[own]
    for child in node.childNodes:
        if child.nodeType == TEXT and child.data.strip() and own not in grammar.allows_text:
            yield f"text in <{node.tagName}>"
        if child.nodeType != ELEMENT:
            continue
        if children is not None and (child.namespaceURI, child.localName) not in children:
            yield f"<{child.tagName}> in <{node.tagName}>"
        yield from _of(child)


def _of_attributes(node: Any, own: tuple[str, str]) -> Iterator[str]:
    allowed = grammar.allowed_attributes.get(own)
    given = [node.attributes.item(place) for place in range(node.attributes.length)]
    names = {(one.namespaceURI, one.localName) for one in given if one.namespaceURI not in DECLARING}
    for name in sorted(names - set(allowed or names)):
        yield f"{name[1]} on <{node.tagName}>"
    for name in grammar.required_attributes.get(own, ()):
        if name not in names:
            yield f"no {name[1]} on <{node.tagName}>"
