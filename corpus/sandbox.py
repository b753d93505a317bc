"""Reading documents in a child process that may die without harm.

`ReadingChild` is the parent's side; `python -m corpus.sandbox` is the child's. Bytes go in, one
line of JSON comes out. A child that runs out of memory or time, or crashes, is replaced at the
next file. Knows nothing of stores and indexes.
"""

from __future__ import annotations

import importlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import IO, Any

from corpus.limits import MEGABYTE, Limits, limit_cpu, limit_memory
from corpus.names import Names
from corpus.readers import read_document
from corpus.report import Refusal, Report
from corpus.report_json import report_from_json, report_to_json

BUILDER = "corpus.build:build_report"
DEATHS = {"SIGXCPU": "timeout", "SIGABRT": "memory", "SIGTRAP": "memory", "SIGKILL": "memory"}
POSIX = os.name == "posix"


class ReadingChild:
    """One child process, reused for file after file; safe to share between threads, one file at a time."""

    def __init__(self, limits: Limits, builder: str, names: Path | None) -> None:
        self._limits = limits
        self._builder = builder
        self._names = names
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._turn = threading.Lock()

    @classmethod
    def start(
        cls, limits: Limits | None = None, *, builder: str = BUILDER, names: Path | None = None
    ) -> ReadingChild:
        """A running child that makes reports with `builder`, given as module:function.

        With the file or folder `names` the builder is given those names beside the built-in ones.
        """
        child = cls(limits or Limits(), builder, names)
        child._launch()
        return child

    def __enter__(self) -> ReadingChild:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, source: bytes | Path, *, file: str, sha256: str) -> Report:
        """The report of one document; raises Refusal, also for whatever the document does to the child."""
        head = {"file": file, "sha256": sha256, "size": self._size(source, file)}
        with self._turn:
            answer = self._ask(source, head)
        if "refusal" in answer:
            raise Refusal(*answer["refusal"])
        return report_from_json(answer["report"])

    def close(self) -> None:
        """End the child; reading again starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin:
            _close_quietly(process.stdin)
        try:
            process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            _kill(process)

    def _size(self, source: bytes | Path, file: str) -> int:
        size = len(source) if isinstance(source, bytes) else _size_of(source, file)
        if size > self._limits.file_mb * MEGABYTE:
            raise Refusal(
                "too_large",
                f"「{file}」有 {size // MEGABYTE} MB，上限是 {self._limits.file_mb} MB；請拆成較小的檔案。",
            )
        return size

    def _launch(self) -> subprocess.Popen[bytes]:
        paths = os.pathsep.join(path or os.getcwd() for path in sys.path)
        names = [str(self._names.absolute())] if self._names else []
        limits = json.dumps(asdict(self._limits))
        process = subprocess.Popen(
            [sys.executable, "-m", "corpus.sandbox", self._builder, limits, *names],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
            start_new_session=POSIX,
        )
        answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=_listen, args=(process.stdout, answers), daemon=True).start()
        self._process, self._answers = process, answers
        return process

    def _ask(self, source: bytes | Path, head: dict[str, Any]) -> dict[str, Any]:
        process = self._process or self._launch()
        body = b""
        if isinstance(source, bytes):
            body = source
        else:
            head["path"] = str(source)
        try:
            assert process.stdin is not None
            process.stdin.write(json.dumps(head).encode() + b"\n" + body)
            process.stdin.flush()
        except OSError:
            return self._died(process, head["file"])
        seconds = self._limits.seconds + self._limits.extra_seconds(head["size"])
        try:
            answer = self._answers.get(timeout=seconds)
        except queue.Empty:
            self._drop(process)
            return _refused(self._limits, head["file"], "timeout")
        return json.loads(answer) if answer else self._died(process, head["file"])

    def _died(self, process: subprocess.Popen[bytes], file: str) -> dict[str, Any]:
        """What the way in which the child ended says about the file."""
        self._drop(process)
        code = process.returncode
        name = signal.Signals(-code).name if POSIX and code < 0 else ""
        return _refused(
            self._limits, file, "memory" if code == OUT_OF_MEMORY else DEATHS.get(name, "damaged")
        )

    def _drop(self, process: subprocess.Popen[bytes]) -> None:
        self._process = None
        try:
            process.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            _kill(process)
        if process.stdin:
            _close_quietly(process.stdin)


OUT_OF_MEMORY = 137


def _size_of(path: Path, file: str) -> int:
    try:
        return path.stat().st_size
    except OSError as exc:
        raise Refusal("damaged", f"「{file}」讀不到；請檢查檔案與權限後再加入。") from exc


def _listen(stream: IO[bytes], answers: queue.SimpleQueue[bytes]) -> None:
    """Hand on every line of the child; an empty one when it has ended."""
    with stream:
        for line in stream:
            answers.put(line)
    answers.put(b"")


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the child and what it started."""
    if POSIX:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    else:
        process.kill()
    process.wait()


def _close_quietly(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except OSError:
        pass


def _refused(limits: Limits, file: str, reason: str) -> dict[str, Any]:
    sentences = {
        "timeout": f"讀取超過時限（{limits.seconds:g} 秒，大檔另加），已中止；請拆成較小的檔案再加入。",
        "memory": f"讀取時用掉超過 {limits.memory_mb} MB 記憶體，已中止；請拆成較小的檔案再加入。",
        "damaged": "讀取時發生錯誤，檔案可能已損壞；請確認能正常打開，重新存檔後再加入。",
    }
    return {"refusal": [reason, f"「{file}」{sentences[reason]}"]}


# The child's side


def _serve(build: Callable[..., Report], limits: Limits, requests: IO[bytes], replies: IO[bytes]) -> None:
    """Answer one request after the other until the parent hangs up."""
    for line in requests:
        head = json.loads(line)
        body = None if "path" in head else requests.read(head["size"])
        limit_cpu(limits, head["size"])
        reply = _answer(build, limits, head, body)
        replies.write(json.dumps(reply).encode() + b"\n")
        replies.flush()


def _answer(
    build: Callable[..., Report], limits: Limits, head: dict[str, Any], body: bytes | None
) -> dict[str, Any]:
    file = head["file"]
    try:
        data = Path(head["path"]).read_bytes() if body is None else body
        report = build(read_document(data, file), file=file, sha256=head["sha256"])
        return {"report": report_to_json(report)}
    except Refusal as refusal:
        return {"refusal": [refusal.reason, refusal.message]}
    except MemoryError:
        # What is left of the heap cannot be trusted with the next file.
        os._exit(OUT_OF_MEMORY)
    except Exception:  # The border of the process: whatever a hostile file provokes is a refusal.
        return _refused(limits, file, "damaged")


def main() -> None:
    """Read requests from standard input; whatever a library prints must not reach the answers."""
    builder, limits, names = sys.argv[1], Limits(**json.loads(sys.argv[2])), sys.argv[3:]
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    module, function = builder.split(":")
    build = getattr(importlib.import_module(module), function)
    if names:
        build = partial(build, names=Names.load(Path(names[0])))
    limit_memory(limits)
    _serve(build, limits, sys.stdin.buffer, replies)


if __name__ == "__main__":
    main()
