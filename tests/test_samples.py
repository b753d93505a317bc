"""The sample archive: made from its sources, read as its authors meant it, asked about what it holds."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from pathlib import Path

import make_samples
import pytest

from corpus.build import build_report
from corpus.dates import find_dates
from corpus.readers import read_document, zip_members
from corpus.report import RawDocument, Report
from evals.cases import load
from evals.metrics import holds
from index.sources import MEMBER

CASES = Path(__file__).parents[1] / "evals" / "cases" / "samples.jsonl"
LIMIT = 1_500_000
COPIED = 12
NOTICE = "本文件為範例，非官方文件"
WEEKDAYS = "一二三四五六日"
ACCENTED = ("Núria Casals i Ferrer", "Päivi Järvinen", "Søren Kjærgaard", "Tomáš Dvořáček", "Markéta Šimková")
TRUTH = json.loads((Path(__file__).parent / "sample_truth.json").read_text(encoding="utf-8"))
TRIPS = [file for file, truth in TRUTH.items() if truth["doc_type"] == "trip_report"]
FRONT = ("doc_type", "title", "agency", "category", "start_date", "end_date", "report_date")


def documents(file: str, data: bytes) -> dict[str, bytes]:
    """The documents in a sample file, by the names that the archive gives them."""
    if not file.endswith(".zip"):
        return {file: data}
    return {f"{file}{MEMBER}{name}": content for name, content in zip_members(data, file)}


def read(file: str, data: bytes) -> dict[str, RawDocument]:
    return {name: read_document(content, name) for name, content in documents(file, data).items()}


@cache
def reports() -> dict[str, Report]:
    found = {}
    for sample in make_samples.TABLE:
        for name, raw in read(sample.file, (make_samples.SAMPLES / sample.file).read_bytes()).items():
            found[name] = build_report(raw, file=name, sha256="0" * 64)
    return found


# The files


@pytest.mark.parametrize("sample", make_samples.TABLE, ids=lambda sample: sample.source)
def test_committed_sample_says_what_its_source_says(sample):
    committed = (make_samples.SAMPLES / sample.file).read_bytes()
    assert read(sample.file, make_samples.make(sample)) == read(sample.file, committed)


@pytest.mark.parametrize("sample", make_samples.TABLE, ids=lambda sample: sample.source)
def test_making_a_sample_twice_gives_the_same_bytes(sample):
    assert make_samples.make(sample) == make_samples.make(sample)


def test_folder_holds_exactly_the_samples():
    files = {path.name for path in make_samples.SAMPLES.iterdir()}
    assert files == {sample.file for sample in make_samples.TABLE} | {"README.md"}


def test_folder_is_small():
    assert sum(path.stat().st_size for path in make_samples.SAMPLES.iterdir()) < LIMIT


def test_readme_names_every_sample():
    readme = (make_samples.SAMPLES / "README.md").read_text(encoding="utf-8")
    assert [sample.file for sample in make_samples.TABLE if sample.file not in readme] == []


@pytest.mark.parametrize("file", TRUTH)
def test_every_sample_says_that_it_is_one(file):
    assert NOTICE in reports()[file].text


@pytest.mark.parametrize("file", TRUTH)
def test_weekdays_of_the_samples_are_right(file):
    text = reports()[file].text
    wrong = []
    for span in find_dates(text):
        after = text[span.end : span.end + 6].replace("（", "(").replace(" ", "")
        if after.startswith("(星期") and span.first == span.last:
            wrong += [text[span.start : span.end]] * (after[3] != WEEKDAYS[span.first.weekday()])
    assert wrong == []


def test_no_sentence_of_the_development_documents_is_copied(shared):
    archive = "".join("".join(path.read_text().split()) for path in sorted(shared.glob("archive/*.txt")))
    pieces = [
        piece
        for report in reports().values()
        for piece in re.split(r"[\x00-\x7F，。、；：]+", report.text)
        if len(piece) >= COPIED
    ]
    assert [piece for piece in pieces if piece in archive] == []


# What is read out of them


@pytest.mark.parametrize("file", TRIPS)
def test_front_matter_of_trip_reports(file):
    report = reports()[file]
    found = {field: getattr(report, field) for field in FRONT}
    found = {field: value.isoformat() if isinstance(value, date) else value for field, value in found.items()}
    assert found == {field: TRUTH[file][field] for field in FRONT}


@pytest.mark.parametrize("file", sorted(set(TRUTH) - set(TRIPS)))
def test_other_documents_are_known_as_what_they_are(file):
    report = reports()[file]
    assert (report.doc_type, report.title) == (TRUTH[file]["doc_type"], TRUTH[file]["title"])


@pytest.mark.parametrize("file", TRUTH)
def test_chapters(file):
    chapters = reports()[file].chapters
    assert [[c.kind, c.heading] for c in chapters if c.kind != "other"] == TRUTH[file]["chapters"]


@pytest.mark.parametrize("file", TRUTH)
def test_items(file):
    items = reports()[file].items
    assert [[i.kind, i.number, i.heading, i.term] for i in items] == TRUTH[file]["items"]


@pytest.mark.parametrize("file", TRIPS)
def test_places_and_people(file):
    report, truth = reports()[file], TRUTH[file]
    assert truth["country"] in report.countries
    assert truth["city"] in report.cities
    assert set(truth["people"]) <= set(report.people)


def test_sentence_cut_by_a_page_break_is_whole():
    report = reports()["112巴塞隆納智慧城市博覽會.pdf"]
    sentence = "雙方同意於 113 年 2 月以視訊續談。"
    start = report.text.index(sentence)
    assert report.page_at(start) + 1 == report.page_at(start + len(sentence) - 1)


def test_page_furniture_is_gone():
    text = reports()["113新加坡世界城市高峰會.pdf"].text
    assert text.count("出席 2024 世界城市高峰會出國報告") == 1


def test_accented_names_survive():
    text = "\n".join(report.text for report in reports().values())
    assert [name for name in ACCENTED if name not in text] == []


# The cases over them


@pytest.mark.parametrize("case", load(CASES), ids=lambda case: case.id)
def test_case_can_be_answered_from_its_documents(case):
    texts = [reports()[file].text for file in case.docs]
    assert [fact for fact in case.must_include if not any(holds(fact, text) for text in texts)] == []
    assert case.answerable == bool(case.docs and case.must_include)


def test_enough_cases_of_every_type():
    cases = load(CASES)
    types = {case.type for case in cases}
    wanted = "fact list purpose summary reflection recommendation comparison followup english alias listing"
    assert len(cases) >= 70
    assert set(wanted.split()) <= types
    assert sum(not case.answerable for case in cases) / len(cases) >= 0.25
