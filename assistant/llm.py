"""A language model behind one method: messages in, pieces of text out, within a budget.

Any OpenAI-compatible endpoint through llama-index, or any `llama_index.llms` object handed in. Every way
in which that can fail becomes a `ModelUnavailable` with its reason. Knows no prompt and no passage.
Importing llama-index takes seconds, so it happens where a model is really used.
"""

from __future__ import annotations

import importlib
import json
import queue
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from assistant.budget import Budget
from assistant.endpoint import Endpoint
from assistant.wire import BudgetSpent, PageInstead, answers, open_client
from corpus.report import XindeError

Reason = Literal["refused", "denied", "busy", "failed", "timeout", "stopped", "garbled", "empty"]
CONTEXT = 32_768
WAIT = 0.2
LIBRARIES = ("llama_index.llms.openai_like", "openai.resources.chat")
# What a server that is no OpenAI-compatible one makes the libraries raise.
GARBLED = (json.JSONDecodeError, UnicodeError, TypeError, ValueError, AttributeError, LookupError)
SPOILT = ((BudgetSpent, "太長"), (PageInstead, "網頁，不是語言模型；請檢查位址 {where}"))
LOST = ("APIConnectionError", "APITimeoutError")

SENTENCES: dict[Reason, str] = {
    "refused": "連不上語言模型（{detail}）。請確認它已經啟動，位址是 {where}。",
    "denied": "語言模型拒絕了金鑰（{detail}）。請檢查 XINDE_LLM_API_KEY。",
    "busy": "語言模型太忙（{detail}）。請稍後再問。",
    "failed": "語言模型出錯（{detail}）。",
    "timeout": "語言模型在 {seconds:.0f} 秒內沒有答完。",
    "stopped": "已經停止。",
    "garbled": "語言模型傳回看不懂的內容（{detail}）。",
    "empty": "語言模型沒有回答。",
}


class ModelUnavailable(XindeError):
    """No (more) text is to be had; `reason` says why."""

    def __init__(self, reason: Reason, detail: str = "", where: str = "", seconds: float = 0.0) -> None:
        super().__init__(SENTENCES[reason].format(detail=detail, where=where, seconds=seconds))
        self.reason = reason


@dataclass(frozen=True)
class Message:
    """One turn of what a model is given."""

    role: Literal["system", "user", "assistant"]
    content: str


class Model(Protocol):
    """What answering needs of a language model."""

    @property
    def name(self) -> str:
        """What users are told wrote the answer."""
        ...

    @property
    def is_local(self) -> bool:
        """Whether it runs on this machine."""
        ...

    @property
    def is_trusted(self) -> bool:
        """Whether restricted reports may be sent to it."""
        ...

    def stream(self, messages: Sequence[Message], budget: Budget) -> Iterator[str]:
        """Pieces of text as they come; raises `ModelUnavailable`."""
        ...


class ServedModel:
    """A model behind an OpenAI-compatible endpoint."""

    def __init__(self, endpoint: Endpoint, *, max_tokens: int = 1024) -> None:
        self._endpoint = endpoint
        self._max_tokens = max_tokens

    @property
    def name(self) -> str:
        return self._endpoint.model

    @property
    def is_local(self) -> bool:
        return self._endpoint.is_local

    @property
    def is_trusted(self) -> bool:
        return self._endpoint.is_trusted

    def stream(self, messages: Sequence[Message], budget: Budget) -> Iterator[str]:
        """Pieces of text as they come; the connection is closed when the caller goes."""
        # Before the libraries are loaded, which takes seconds the first time.
        if not answers(self._endpoint.base_url, budget):
            raise ModelUnavailable("refused", self._endpoint.host, self._endpoint.base_url)
        load_libraries()
        import httpx
        import openai
        from llama_index.llms.openai_like import OpenAILike

        budget.begin()
        with open_client(budget) as client:
            llm = OpenAILike(
                model=self._endpoint.model, api_base=self._endpoint.base_url,
                api_key=self._endpoint.api_key or "none",
                is_chat_model=True, is_function_calling_model=False, context_window=CONTEXT,
                max_tokens=self._max_tokens, temperature=0.0, max_retries=0, http_client=client,
                additional_kwargs={"extra_headers": {"Accept-Encoding": "identity"}},
            )  # fmt: skip
            try:
                yield from _pieces(llm.stream_chat(_chat(messages)), budget)
            except (openai.OpenAIError, httpx.HTTPError, *GARBLED) as exc:
                raise self._unavailable(exc, budget) from exc

    def _unavailable(self, error: Exception, budget: Budget) -> ModelUnavailable:
        """The reason behind an error of the libraries."""
        if budget.stopped:
            return ModelUnavailable("stopped")
        if budget.left <= 0:
            return ModelUnavailable("timeout", seconds=budget.seconds)
        if spoilt := next((words for kind, words in SPOILT if isinstance(error, kind)), ""):
            return ModelUnavailable("garbled", spoilt.format(where=self._endpoint.base_url))
        status = getattr(error, "status_code", 0) or getattr(
            getattr(error, "response", None), "status_code", 0
        )
        if status == 429:
            wait = getattr(error, "response").headers.get("retry-after", "")  # noqa: B009
            return ModelUnavailable("busy", f"HTTP 429{f'，{wait} 秒後再試' if wait.isdecimal() else ''}")
        if status:
            asked = "，請檢查 XINDE_LLM_MODEL 和位址" if status in (400, 404) else ""
            return ModelUnavailable("denied" if status in (401, 403) else "failed", f"HTTP {status}{asked}")
        name, library = type(error).__name__, type(error).__module__.partition(".")[0]
        reason: Reason = "garbled"
        if library == "httpx" or name in LOST:
            reason = "refused"
        elif library == "openai":
            reason = "failed"
        return ModelUnavailable(reason, name, self._endpoint.base_url)


class HandedModel:
    """Any llama-index LLM object, handed in from Python.

    Its own time-outs hold within it; here it is read by a thread of its own, so that the budget holds for
    whoever waits, even where the object does not come back.
    """

    def __init__(self, llm: Any, *, is_local: bool, is_trusted: bool | None = None) -> None:
        self._llm = llm
        self.is_local = is_local
        self.is_trusted = is_local if is_trusted is None else is_trusted

    @property
    def name(self) -> str:
        return str(self._llm.metadata.model_name)

    def stream(self, messages: Sequence[Message], budget: Budget) -> Iterator[str]:
        """Pieces of text as they come."""
        pieces: queue.Queue[str | Exception | None] = queue.Queue()
        threading.Thread(target=self._read, args=(messages, budget, pieces), daemon=True).start()
        while True:
            try:
                piece = pieces.get(timeout=min(WAIT, budget.left) or WAIT)
            except queue.Empty:
                piece = ""
            if piece is None:
                return
            if isinstance(piece, Exception):
                raise ModelUnavailable("failed", type(piece).__name__) from piece
            if budget.is_over:
                raise ModelUnavailable("stopped" if budget.stopped else "timeout", seconds=budget.seconds)
            if piece:
                yield piece

    def _read(self, messages: Sequence[Message], budget: Budget, pieces: queue.Queue[Any]) -> None:
        try:
            for piece in _pieces(self._llm.stream_chat(_chat(messages)), budget):
                pieces.put(piece)
            pieces.put(None)
        except Exception as error:  # whatever it is belongs to the reader, who waits in another thread
            pieces.put(error)


def load_libraries() -> None:
    """Import what talks to endpoints, so that the first question need not wait for it."""
    for name in LIBRARIES:
        importlib.import_module(name)


def _chat(messages: Sequence[Message]) -> list[Any]:
    from llama_index.core.llms import ChatMessage

    return [ChatMessage(role=message.role, content=message.content) for message in messages]


def _pieces(responses: Any, budget: Budget) -> Iterator[str]:
    """The text of streamed responses, up to the budget's characters."""
    said = 0
    for response in responses:
        piece = response.delta or ""
        if not piece:
            continue
        said += len(piece)
        yield piece
        if said >= budget.characters or budget.stopped:
            return


def read_all(model: Model, messages: Sequence[Message], budget: Budget) -> str:
    """All that the model says, without its thoughts."""
    return "".join(model.stream(messages, budget))
