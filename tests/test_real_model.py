"""The whole path with real weights, a tokenizer and its chat template, behind a server that is not ours.

The model is made by `tiny_model`: its weights are random, so its words are noise and none may be shown as
fact. `transformers serve` speaks the OpenAI protocol for it. Nothing is downloaded.
"""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import trips

from assistant.assistant import Assistant
from assistant.budget import Budget
from assistant.endpoint import Endpoint
from assistant.llm import Message, ServedModel, load_libraries
from assistant.settings import Settings
from assistant.wire import answers
from corpus.report import XindeError

NEEDED = ("torch", "transformers", "tokenizers", "accelerate", "fastapi", "uvicorn", "openai")
MISSING = [name for name in NEEDED if importlib.util.find_spec(name) is None]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"沒有安裝 {'、'.join(MISSING)}")

PROGRAM = Path(__file__).with_name("tiny_model.py")
TEXT = "達卡有三十二處水井，即時公開水位。幾處？"
QUESTION = "第十屆世界水論壇有哪些建議？"
TOKENS = 40
SURROUNDINGS = {"HF_HUB_OFFLINE": "1", "CUDA_VISIBLE_DEVICES": "", "OMP_NUM_THREADS": "1"}
STARTS_WITHIN = 60.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the model lies, and the archive that is asked."""
    return tmp_path_factory.mktemp("real")


@pytest.fixture(scope="module")
def endpoint(folder: Path) -> Iterator[Endpoint]:
    with serving(folder / "model") as (url, child):
        # Both processes import for seconds: side by side.
        load_libraries()
        (folder / "papers").mkdir()
        trips.fill(folder / "home", folder / "papers")
        wait_for(url, child, folder / "model" / "log")
        yield Endpoint.parse(url, str(folder / "model"))


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A child process that makes the model in `folder` and serves it, and the address where it will."""
    folder.mkdir()
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    (folder / "text").write_text(TEXT, encoding="utf-8")
    with (folder / "text").open("rb") as text, (folder / "log").open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, str(PROGRAM), str(folder), str(port)],
            env=os.environ | SURROUNDINGS | {"HF_HOME": str(folder / "cache"), "PYTHONUTF8": "1"},
            stdin=text, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        yield f"http://127.0.0.1:{port}/v1", child
    finally:
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait(10)


def wait_for(url: str, child: subprocess.Popen[bytes], log: Path) -> None:
    """Until somebody listens at the address; what the child said where nobody will."""
    began = time.monotonic()
    while not answers(url, Budget(1, 1)):
        in_time = time.monotonic() - began < STARTS_WITHIN
        assert in_time and is_alive(child), log.read_text("utf-8", "replace")[-2_000:]


def is_alive(child: subprocess.Popen[bytes]) -> bool:
    """Whether the child is still there a moment later."""
    try:
        child.wait(0.1)
    except subprocess.TimeoutExpired:
        return True
    return False


def test_what_arrives_is_what_the_weights_say_to_the_templated_turn(endpoint: Endpoint, folder: Path) -> None:
    said = json.loads((folder / "model" / "said.json").read_text(encoding="utf-8"))
    model = ServedModel(endpoint, max_tokens=TOKENS)
    pieces = list(model.stream([Message("user", TEXT)], Budget(20, 4_000)))
    assert "".join(pieces) == said["turn"] != said["bare"]
    assert len(pieces) > 5


def test_noise_is_never_shown_as_an_answer(endpoint: Endpoint, folder: Path) -> None:
    settings = Settings(
        home=folder / "home", llm_base_url=endpoint.base_url, llm_model=endpoint.model, llm_max_tokens=TOKENS
    )
    with closing(Assistant.open(settings)) as assistant:
        extracted = assistant.ask(QUESTION, use_model=False)
        steps = list(assistant.stream(QUESTION))
    answer = steps[-1].answer
    assert "（本機）正在寫" in steps[0].progress
    assert len({step.tail for step in steps if step.answer.mode == "llm"}) > 5
    assert (answer.mode, answer.text, answer.citations) == ("extractive", extracted.text, extracted.citations)
    assert answer.statements and "沒有依據" in answer.notes[-1]


def test_a_model_that_the_server_does_not_have_is_named(endpoint: Endpoint) -> None:
    model = ServedModel(Endpoint.parse(endpoint.base_url, "another"))
    with pytest.raises(XindeError, match="HTTP 4.*XINDE_LLM_MODEL"):
        list(model.stream([Message("user", TEXT)], Budget(20, 4_000)))
