"""Exported OpenDocument files against the grammar of ODF 1.2, and that the check sees what is wrong."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import export_samples as samples
import pytest
from odf_grammar import faults

from assistant.assistant import Assistant
from assistant.export.document import Document
from assistant.export.ledger import ledger_document
from assistant.export.odt_writer import to_odt
from assistant.export.sheet_writer import to_ods
from assistant.export.tracking import tracking_sheet


@pytest.mark.parametrize("document", [samples.REPORT, samples.PLAIN], ids=["with a cover", "plain"])
def test_a_report_is_valid(document: Document) -> None:
    assert faults(to_odt(document)) == []


@pytest.mark.parametrize("text", ["抽水站每日供水 38 萬噸。", "=1+1", "<b>&", "一\n二\t三  四"])
def test_a_document_of_every_kind_of_block_is_valid(text: str) -> None:
    assert faults(to_odt(samples.awkward(text))) == []


def test_the_ledger_is_valid_as_document_and_as_table(six: Assistant) -> None:
    records = six.ledger.records()
    assert faults(to_odt(ledger_document(records, "經承辦人審閱。"))) == []
    # The styles of a new table are those that odfdo ships, in ODF 1.3 with extensions of LibreOffice.
    assert faults(to_ods(tracking_sheet(records, date(2026, 1, 1))), ("content.xml", "meta.xml")) == []


def test_what_is_not_allowed_is_named() -> None:
    data = to_odt(samples.awkward("句"))
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(changed, "w") as other:
        for one in package.infolist():
            content = package.read(one)
            if one.filename == "content.xml":
                content = content.replace(b"<text:p ", b"<text:p text:nonsense='1' ", 1)
                content = content.replace(b"</office:text>", b"<text:span/></office:text>", 1)
            other.writestr(one, content)
    found = faults(changed.getvalue())
    assert "content.xml: nonsense on <text:p>" in found
    assert "content.xml: <text:span> in <office:text>" in found
