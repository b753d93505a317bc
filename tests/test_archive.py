"""The archive through its own door: adding, replacing, moving, removing, searching, repairing, refusing."""

from __future__ import annotations

import multiprocessing
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa
from tiny import HashEmbedder, TinyReader, tiny_text

from corpus.migrations import STATE
from index.archive import Archive, ArchiveBusy, Filter, NewerHome, OtherModel, UnknownReport
from index.lock import writer_lock
from index.ports import EVERYWHERE, Where
from index.retrieval import Retrieval
from index.sources import PathMissing
from index.table import STORED

TITLES = ("東京", "大阪", "首爾", "巴黎")


@pytest.fixture
def folder(tmp_path):
    """Four documents in a folder."""
    root = tmp_path / "文件"
    (root / "下層").mkdir(parents=True)
    for title in TITLES[:3]:
        (root / f"{title}.txt").write_text(tiny_text(title))
    (root / "下層" / "巴黎.txt").write_text(tiny_text("巴黎"))
    return root


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def archive(home):
    with opened(home) as one:
        yield one


def opened(home, embedder=None):
    return Archive.open(home, embedder or HashEmbedder(), reader=TinyReader())


def files(added):
    return [one.file for one in added]


def tree(home):
    """Every file of the home folder with its content."""
    return {str(p.relative_to(home)): p.read_bytes() for p in home.rglob("*") if p.is_file()}


def test_a_folder_is_taken_in_with_relative_names(archive, folder):
    seen = []
    outcome = archive.add([folder], lambda *step: seen.append(step))
    assert files(outcome.added) == ["大阪.txt", "東京.txt", "首爾.txt", "下層/巴黎.txt"]
    assert seen[-1] == (4, 4, "下層/巴黎.txt")
    assert [row.title for row in archive.reports()] == ["大阪", "東京", "首爾", "巴黎"]
    assert archive.check() == ()


def test_hidden_files_and_office_locks_are_passed_over(archive, folder):
    for name in (".hidden.txt", "~$東京.docx", "Thumbs.db"):
        (folder / name).write_text("x")
    (folder / ".git").mkdir()
    (folder / ".git" / "a.txt").write_text("x")
    assert len(archive.add([folder]).added) == 4


def test_adding_again_changes_nothing(archive, folder, home):
    archive.add([folder])
    before = tree(home)
    outcome = archive.add([folder, folder / "東京.txt"])
    assert (len(outcome.unchanged), outcome.added, outcome.replaced) == (4, (), ())
    assert tree(home) == before


def test_the_same_content_under_another_name_is_one_report(archive, folder):
    shutil.copy(folder / "東京.txt", folder / "副本.txt")
    outcome = archive.add([folder])
    assert (len(outcome.added), len(outcome.unchanged)) == (4, 1)


def test_a_changed_file_replaces_its_report(archive, folder, home):
    archive.add([folder])
    (folder / "東京.txt").write_text(tiny_text("東京", about="獨一無二的議題"))
    outcome = archive.add([folder])
    assert (files(outcome.replaced), len(outcome.unchanged)) == (["東京.txt"], 3)
    assert len(archive.reports()) == 4
    assert "獨一無二的議題" in archive.report("東京.txt").text
    assert archive.check() == ()
    assert len(list((home / "files").iterdir())) == 4


def test_a_moved_file_keeps_its_report_and_can_be_replaced_afterwards(archive, folder):
    archive.add([folder])
    before = archive.report("東京.txt").id
    (folder / "東京.txt").rename(folder / "日本東京.txt")
    assert len(archive.add([folder]).unchanged) == 4
    assert archive.report("日本東京.txt").id == before
    (folder / "日本東京.txt").write_text(tiny_text("東京第二版"))
    assert files(archive.add([folder]).replaced) == ["日本東京.txt"]
    assert len(archive.reports()) == 4


def test_two_files_that_changed_places_are_both_there(archive, folder):
    archive.add([folder])
    tokyo, osaka = folder / "東京.txt", folder / "大阪.txt"
    one, two = tokyo.read_text(), osaka.read_text()
    tokyo.write_text(two)
    osaka.write_text(one)
    archive.add([folder])
    assert archive.report("東京.txt").title == "大阪"
    assert archive.report("大阪.txt").title == "東京"
    assert archive.check() == ()


def test_a_file_that_became_a_copy_of_another_is_that_one(archive, folder):
    archive.add([folder])
    (folder / "東京.txt").write_text((folder / "大阪.txt").read_text())
    archive.add([folder])
    assert [row.title for row in archive.reports()].count("大阪") == 1
    assert "東京" not in [row.title for row in archive.reports()]
    assert archive.check() == ()


def test_members_of_a_zip_are_documents_of_their_own(archive, tmp_path):
    with zipfile.ZipFile(tmp_path / "包.zip", "w") as package:
        for title in TITLES[:2]:
            package.writestr(f"資料/{title}.txt", tiny_text(title))
        package.writestr("資料/壞.txt", "拒收")
    outcome = archive.add([tmp_path / "包.zip"])
    assert files(outcome.added) == ["包.zip!資料/東京.txt", "包.zip!資料/大阪.txt"]
    assert [(one.file, one.reason) for one in outcome.refused] == [("包.zip!資料/壞.txt", "damaged")]
    assert len(archive.add([tmp_path / "包.zip"]).unchanged) == 2


def test_a_refused_document_leaves_nothing_and_stops_nobody(archive, folder, home):
    (folder / "壞.txt").write_text("拒收")
    (folder / "壞副本.txt").write_text("拒收")
    (folder / "壓縮.zip").write_bytes(b"PK not a zip")
    outcome = archive.add([folder])
    assert len(outcome.added) == 4
    assert sorted(one.reason for one in outcome.refused) == ["damaged"] * 3
    assert len(list((home / "files").iterdir())) == 4
    assert len(archive.store.refusals()) == 3
    generation = archive.generation
    archive.add([folder])
    assert archive.generation == generation


def test_a_refused_new_version_leaves_the_old_one(archive, folder):
    archive.add([folder])
    (folder / "東京.txt").write_text("拒收")
    archive.add([folder])
    assert archive.report("東京.txt").title == "東京"


def test_a_missing_path_is_named_before_anything_is_done(archive, folder):
    with pytest.raises(PathMissing, match="找不到.*沒有這個"):
        archive.add([folder, folder / "沒有這個"])
    assert archive.reports() == ()


def test_search_finds_and_filters(archive, folder):
    archive.add([folder])
    hits = archive.search("首爾的心得", 5)
    assert hits[0].passage.report_id == archive.report("首爾.txt").id
    assert hits[0].score >= hits[1].score
    assert hits[0].lexical > 0 and hits[0].dense > 0
    tokyo = archive.report("東京.txt").id
    only = archive.search("河川整治", 20, Filter(report_ids=frozenset({tokyo})))
    assert {hit.passage.report_id for hit in only} == {tokyo}
    chapters = archive.search("河川整治", 20, Filter(chapters=frozenset({"recommendations"})))
    assert {hit.passage.chapter for hit in chapters} == {"recommendations"}
    assert all(
        archive.report(h.passage.report_id).text[h.passage.start : h.passage.end] == h.passage.text
        for h in only
    )


@pytest.mark.parametrize(
    "where",
    [Filter(report_ids=frozenset()), Filter(report_ids=frozenset({"r000"})), Filter(chapters=frozenset())],
)
def test_a_filter_that_lets_nothing_through_finds_nothing(archive, folder, where):
    archive.add([folder])
    assert archive.search("河川", 5, where) == ()


@pytest.mark.parametrize(
    "query", ["", "  ", "AND", '"', "*", "C++", "a:b^2~", "(", "\0", "？！", "的" * 10_000]
)
def test_any_query_is_taken(archive, folder, query):
    assert archive.search(query) == ()
    archive.add([folder])
    assert len(archive.search(query)) <= 20


def test_reports_are_found_by_id_and_by_file(archive, folder):
    archive.add([folder])
    one = archive.report("下層/巴黎.txt")
    assert archive.report(one.id) == one
    assert archive.report("巴黎.txt") == one
    assert [p.text for p in archive.passages(one.id)] == [p.text for p in archive.passages("巴黎.txt")]
    with pytest.raises(UnknownReport, match="沒有「柏林」.*xinde list"):
        archive.report("柏林")


def test_two_reports_with_the_same_file_name_must_be_told_apart(archive, tmp_path):
    for name in ("甲", "乙"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "報告.txt").write_text(tiny_text(name))
        archive.add([tmp_path / name])
    with pytest.raises(UnknownReport, match="有 2 份"):
        archive.report("報告.txt")


def test_frequencies_and_counts(archive, folder):
    archive.add([folder])
    assert archive.passage_count == sum(len(archive.passages(row.id)) for row in archive.reports())
    assert archive.document_frequency(["东京", "沒有"]) == {
        "东京": archive.document_frequency(["东京"])["东京"],
        "沒有": 0,
    }
    assert archive.document_frequency(["东京"])["东京"] > 0


def test_removed_means_gone_from_every_file(archive, folder, home):
    archive.add([folder])
    gone = archive.report("東京.txt")
    vectors = [np.frombuffer(v, STORED) for *_, v in archive.store.vectors(range(1, 100))]
    keys = [p.key for p in archive.passages(gone.id)]
    mine = [vectors[key - 1] for key in keys]
    assert any(mine[0].tobytes() in data for data in tree(home).values())
    assert archive.remove(gone.id).file == "東京.txt"
    markers = ["東京參觀".encode(), "东京".encode(), gone.sha256.encode()]
    markers += [kind for vector in mine for kind in (vector.tobytes(), vector.astype("<f4").tobytes())]
    left = tree(home)
    assert [(name, i) for name, data in left.items() for i, m in enumerate(markers) if m in data] == []
    assert not [name for name in left if gone.sha256 in name]
    assert archive.check() == ()
    assert gone.id not in {hit.passage.report_id for hit in archive.search("東京", 50)}
    with pytest.raises(UnknownReport):
        archive.remove(gone.id)


def test_vectors_left_for_later_are_gone_found_without_and_made_by_the_next_adding(archive, folder, home):
    archive.add([folder])
    gone = archive.report("東京.txt")
    archive.remove(gone.id, most=0)
    assert not [name for name in tree(home) if name.startswith("vectors")]
    assert not [name for name, data in tree(home).items() if "東京參觀".encode() in data]
    assert archive.check() == ()
    assert {hit.passage.report_id for hit in archive.search("大阪", 50)} >= {archive.report("大阪.txt").id}
    with opened(home) as again:
        again.add([folder])
        assert again.check() == ()
        assert [name for name in tree(home) if name.startswith("vectors")]


def test_replaced_means_gone_from_every_file(archive, folder, home):
    archive.add([folder])
    (folder / "東京.txt").write_text(tiny_text("名古屋"))
    archive.add([folder])
    assert not [name for name, data in tree(home).items() if "東京參觀".encode() in data]


def test_another_process_sees_what_was_added(archive, folder, home):
    archive.add([folder / "東京.txt"])
    with opened(home) as reader:
        assert len(reader.search("河川", 50)) == archive.passage_count
        archive.add([folder])
        assert len(reader.reports()) == 4
        assert len(reader.search("河川", 50)) == archive.passage_count
        archive.remove("巴黎.txt")
        assert len(reader.search("河川", 50)) == archive.passage_count


def test_a_second_writer_is_told_that_one_is_busy(archive, folder, home):
    archive.add([folder / "東京.txt"])
    with writer_lock(home), opened(home) as second:
        with pytest.raises(ArchiveBusy, match="另一個匯入進行中"):
            second.add([folder])
        with pytest.raises(ArchiveBusy):
            second.remove("東京.txt")
        assert len(second.search("河川", 5)) > 0
    assert archive.check() == ()


def _add(home: Path, folder: Path, answers) -> None:
    try:
        with opened(home) as one:
            answers.put(len(one.add([folder], batch=1).added))
    except ArchiveBusy:
        answers.put("busy")


def test_two_processes_that_add_at_once_leave_everything_whole(folder, home):
    opened(home).close()
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    both = [context.Process(target=_add, args=(home, folder, answers)) for _ in range(2)]
    for process in both:
        process.start()
    results = [answers.get(timeout=60) for _ in both]
    for process in both:
        process.join()
    assert sum(one for one in results if one != "busy") == 4
    with opened(home) as one:
        assert len(one.reports()) == 4
        assert one.check() == ()


def test_a_newer_home_is_refused(archive, home):
    with archive.store.write() as connection:
        connection.execute(sa.update(STATE).where(STATE.c.name == "schema").values(value="99"))
    with pytest.raises(NewerHome):
        opened(home)


@pytest.mark.parametrize("other", [HashEmbedder("other"), HashEmbedder("hash", dim=16)])
def test_another_model_is_refused_until_rebuilt(archive, folder, home, other):
    archive.add([folder])
    with opened(home, other) as changed:
        with pytest.raises(OtherModel, match="hash/32.*xinde rebuild"):
            changed.search("河川")
        with pytest.raises(OtherModel):
            changed.add([folder])
        assert len(changed.reports()) == 4
        changed.rebuild()
        assert len(changed.search("河川")) > 0
        assert changed.check() == ()


def test_rebuilding_does_not_call_the_embedder(folder, home):
    embedder = HashEmbedder()
    with opened(home, embedder) as one:
        one.add([folder])
        before = embedder.encoded
        one.rebuild()
        assert embedder.encoded == before
        assert one.check() == ()


def spoil_nothing(_cache):
    pass


def delete_all(cache):
    shutil.rmtree(cache)


def delete_stamp(cache):
    (cache / "STAMP").unlink()


def garble_stamp(cache):
    (cache / "STAMP").write_text("{")


def truncate_files(cache):
    for path in cache.rglob("*"):
        if path.is_file() and path.name != "STAMP":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


def garble_files(cache):
    for path in cache.rglob("*"):
        if path.is_file() and path.name != "STAMP":
            path.write_bytes(bytes(byte ^ 0xA5 for byte in path.read_bytes()))


def delete_files(cache):
    for path in cache.rglob("*"):
        if path.is_file() and path.name != "STAMP":
            path.unlink()


SPOILS = (spoil_nothing, delete_all, delete_stamp, garble_stamp, truncate_files, garble_files, delete_files)


@pytest.mark.parametrize("cache", ["lexical", "vectors"])
@pytest.mark.parametrize("spoil", SPOILS)
def test_a_spoiled_cache_is_mended(folder, home, cache, spoil):
    with opened(home) as one:
        one.add([folder])
        expected = one.search("首爾的心得", 10)
    spoil(home / cache)
    with opened(home) as one:
        assert one.search("首爾的心得", 10) == expected
        if one.check():
            one.rebuild()
        assert one.check() == ()
        assert one.search("首爾的心得", 10) == expected


def test_a_cache_behind_the_truth_is_mended_on_opening(folder, home):
    with opened(home) as one:
        one.add([folder / "東京.txt"])
    kept = home.parent / "kept"
    shutil.copytree(home / "lexical", kept)
    with opened(home) as one:
        one.add([folder])
    shutil.rmtree(home / "lexical")
    shutil.copytree(kept, home / "lexical")
    with opened(home) as one:
        assert one.check() == ()
        assert one.search("巴黎", 1)[0].passage.report_id == one.report("巴黎.txt").id


def test_what_belongs_to_nobody_is_reported_and_swept(archive, folder, home):
    archive.add([folder])
    (home / "files" / "orphan.txt").write_text("x")
    assert [problem.name for problem in archive.check()] == ["orphan"]
    archive.rebuild()
    assert archive.check() == ()


def test_check_names_a_missing_original_and_a_false_offset(archive, folder, home):
    archive.add([folder])
    next((home / "files").iterdir()).unlink()
    with archive.store.write() as connection:
        connection.exec_driver_sql("UPDATE passages SET text = text || 'x' WHERE key = 1")
    assert {problem.name for problem in archive.check()} == {"original", "offsets"}


def test_an_empty_archive_answers(archive):
    assert archive.reports() == ()
    assert archive.search("任何問題") == ()
    assert archive.check() == ()
    assert archive.document_frequency(["甲"]) == {"甲": 0}
    assert archive.passage_count == 0


@pytest.mark.parametrize("where", [EVERYWHERE, Where(chapters=frozenset({"process"})), Where(frozenset({2}))])
def test_the_graph_search_finds_what_the_exact_one_finds(archive, folder, home, where):
    archive.add([folder])
    query = {"words": [], "grams": []}
    vector = archive.embedder.encode(["大阪的現場座談"])[0]
    found = []
    for exact in (0, 1_000):
        retrieval = Retrieval(home, archive.store, archive.embedder.dim, exact=exact, exact_filtered=exact)
        found.append(
            [(key, round(dense, 3)) for key, _, _, dense in retrieval.candidates(query, vector, 5, where)]
        )
        retrieval.close()
    assert found[0] == found[1] != []
