import subprocess
import sys

import pytest

from evals import processes, speed, texts
from evals.speed import Figure


@pytest.mark.parametrize(
    ("figure", "line"),
    [
        (Figure("ask, p95", 41.257, "ms", most=60), "| ask, p95 | 41.26 ms | ≤ 60 | meets |"),
        (Figure("ask, p95", 61, "ms", most=60), "| ask, p95 | 61.00 ms | ≤ 60 | misses |"),
        (Figure("tokens", 12345.6, "p/s", least=8000), "| tokens | 12,346 p/s | ≥ 8,000 | meets |"),
        (Figure("tokens", 10, "p/s", least=8000), "| tokens | 10.00 p/s | ≥ 8,000 | misses |"),
        (Figure("disk", 3.14159, "MB"), "| disk | 3.14 MB |  |  |"),
    ],
)
def test_table_row(figure, line):
    assert speed.table([figure]).splitlines()[-1] == line


def test_percentiles_carry_their_targets():
    middle, high = speed.percentiles("search", list(range(1, 101)), middle=12, high=30)
    assert (middle.value, middle.verdict, high.value, high.verdict) == (50, "misses", 95, "misses")


def test_unknown_part_is_named(capsys):
    with pytest.raises(SystemExit):
        speed.main(["warp"])
    assert "no part warp" in capsys.readouterr().err


def test_missing_data_is_a_sentence(tmp_path, capsys):
    assert speed.main(["tokens", "--data", str(tmp_path / "none")]) == 1
    assert "找不到資料集" in capsys.readouterr().err


def test_a_call_is_made_and_timed():
    called = []
    assert speed.timed(lambda: called.append(1)) >= 0
    assert called == [1]


def test_a_process_is_run_to_its_end():
    done = processes.run([sys.executable, "-c", "print('好')"], watch=True)
    assert (done.code, done.stdout) == (0, "好\n")


def test_a_failed_process_shows_its_words():
    with pytest.raises(processes.ProcessFailed, match="(?s)exit 3.*oh no"):
        processes.run([sys.executable, "-c", "import sys; sys.stderr.write('oh no'); sys.exit(3)"])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
def test_memory_of_the_tree_counts_children():
    holder = "b = bytearray(60_000_000); print('ready', flush=True); input()"
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {holder!r}])"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", program], **pipes) as process:
        assert process.stdout.readline() == "ready\n"
        held = processes.tree_memory(process.pid)
        process.communicate("\n")
    assert held > 60_000_000
    assert processes.tree_memory(process.pid) is None


def test_kill_tells_whether_it_came_in_time():
    assert processes.run_and_kill([sys.executable, "-c", "pass"], 30.0) is False
    assert processes.run_and_kill([sys.executable, "-c", "import signal; signal.pause()"], 0.3) is True


def test_files_are_written_once_per_text(tmp_path):
    names = texts.write_files(["甲", "乙", "甲"], tmp_path / "files")
    assert names == {"甲": "000000.txt", "乙": "000001.txt"}
    assert (tmp_path / "files" / "000001.txt").read_text(encoding="utf-8") == "乙"


def test_data_sets_have_the_form_we_read(shared):
    data = shared / "data"
    assert len(texts.drcd(data)) == 3524
    assert len(texts.rgb(data)) == 150
    assert texts.rgb(data)[5].answers == ("1313851|131万",)
    assert len(list(texts.news(data, 10, 13))) == 3
