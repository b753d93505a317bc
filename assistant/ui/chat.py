"""What happens when the user asks, opens a citation or an earlier conversation.

Values in, values out: a `Session` belongs to one browser tab and is handed back changed. Every
error ends here as a sentence. Knows nothing of Gradio or HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from assistant.answer import Answer, AskFilter, Citation, Turn
from assistant.budget import Budget
from assistant.conversations import Conversations, Exchange, Listed, history
from assistant.logbook import LOG
from assistant.ui.passage import Surroundings, surroundings
from assistant.ui.shelf import Shelf
from assistant.writing import Step, Writer
from corpus.report import Report, XindeError

LONGEST = 2000
CHANGED = "這份報告後來更新過，下面是當時引用的文字，位置可能已經不同。"
GONE = "這份報告已經移出檔案庫，下面是當時引用的文字。"


class Archive(Protocol):
    """What the page needs of the archive."""

    def reports(self) -> Sequence[Any]: ...
    def report(self, id_or_file: str) -> Report: ...


class Assistant(Protocol):
    """What the page needs of the assistant."""

    @property
    def archive(self) -> Archive: ...
    @property
    def writer(self) -> Writer | None: ...
    def ask(self, text: str, history: Sequence[Turn] = (), where: AskFilter | None = None) -> Answer: ...
    def stream(
        self,
        text: str,
        history: Sequence[Turn] = (),
        where: AskFilter | None = None,
        *,
        budget: Budget | None = None,
    ) -> Iterator[Step]: ...


@dataclass(frozen=True)
class Session:
    """One tab's conversation; without an owner nothing is stored."""

    owner: str = ""
    conversation_id: str | None = None
    exchanges: tuple[Exchange, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A moment of asking: a step of the answer, or at the end the session with it and a sentence."""

    session: Session
    notice: str = ""
    step: Step | None = None


@dataclass(frozen=True)
class Shown:
    """A quotation in its surroundings, with a note where the archive has changed since."""

    citation: Citation
    around: Surroundings
    note: str = ""


class Chat:
    """The acts of the chat page over one assistant and the stored conversations."""

    def __init__(self, assistant: Assistant, conversations: Conversations) -> None:
        self.assistant = assistant
        self._conversations = conversations
        self.shelf = Shelf(conversations)
        self._running: dict[str, Budget] = {}

    def ask(self, session: Session, question: str, where: AskFilter) -> tuple[Session, str]:
        """The session with the answer; and a sentence where there is something to say about it."""
        *_, last = self.asking(session, question, where)
        return last.session, last.notice

    def asking(self, session: Session, question: str, where: AskFilter, tab: str = "") -> Iterator[Asked]:
        """The answer while it is written, then the session with it; `tab` is by which it can be stopped."""
        refusal = refuse(question)
        if refusal:
            yield Asked(session, refusal)
            return
        question = question.strip()
        budget = self.assistant.writer.budget() if self.assistant.writer else None
        if budget and tab:
            self._running[tab] = budget
        try:
            for step in self.assistant.stream(question, history(session.exchanges), where, budget=budget):
                answer = step.answer
                yield Asked(session, step=step)
        except XindeError as error:
            yield Asked(session, str(error))
        except Exception as error:
            yield Asked(session, unexpected(error))
        else:
            yield Asked(*self._store(session, Exchange(question, answer)))
        finally:
            self._running.pop(tab, None)

    def stop(self, tab: str) -> None:
        """Stop what a tab is having written; what is written so far stands."""
        if budget := self._running.get(tab):
            budget.stop()

    def _store(self, session: Session, exchange: Exchange) -> tuple[Session, str]:
        longer = replace(session, exchanges=(*session.exchanges, exchange))
        if not session.owner:
            return longer, ""
        try:
            stored, exchange = self._conversations.append(session.owner, session.conversation_id, exchange)
        except XindeError as error:
            return longer, f"這段對話沒有存下來：{error}"
        return replace(session, conversation_id=stored, exchanges=(*session.exchanges, exchange)), ""

    def show(self, session: Session, turn: int, n: int) -> Shown | str:
        """The passage behind the mark [n] of one answer, or a sentence why not."""
        citation = find_citation(session, turn, n)
        if citation is None:
            return "找不到這則出處，請重新整理網頁再試。"
        return open_passage(self.assistant.archive, citation)

    def report(self, report_id: str) -> Report | str:
        """A report for its outline, or a sentence why not."""
        return open_report(self.assistant.archive, report_id)

    def listed(self, owner: str) -> tuple[Listed, ...]:
        """The owner's earlier conversations; none where they cannot be read."""
        try:
            return self._conversations.listed(owner) if owner else ()
        except XindeError as error:
            LOG.warning("conversations: %s", error)
            return ()

    def reopen(self, session: Session, conversation_id: str) -> tuple[Session, str]:
        """An earlier conversation of the same owner."""
        try:
            exchanges = self._conversations.load(session.owner, conversation_id)
        except XindeError as error:
            return session, str(error)
        return Session(session.owner, conversation_id, exchanges), ""


def open_passage(archive: Archive, citation: Citation) -> Shown | str:
    """A citation in its surroundings, or a sentence why not."""
    try:
        around = surroundings(archive.report(citation.report_id), citation)
    except XindeError:
        return Shown(citation, Surroundings("", citation.quote, "", found=False), GONE)
    except Exception as error:
        return unexpected(error)
    return Shown(citation, around, "" if around.found else CHANGED)


def open_report(archive: Archive, report_id: str) -> Report | str:
    """A report for its outline, or a sentence why not."""
    try:
        return archive.report(report_id)
    except XindeError as error:
        return str(error)
    except Exception as error:
        return unexpected(error)


def refuse(question: str) -> str:
    """The sentence for a question that is not asked at all; empty for one that is."""
    if not question.strip():
        return "請先輸入問題。"
    if len(question) > LONGEST:
        return f"問題有 {len(question):,} 個字，太長了。請縮短到 {LONGEST:,} 字以內，或拆成幾個問題。"
    return ""


def find_citation(session: Session, turn: int, n: int) -> Citation | None:
    """The citation [n] of the answer number `turn`."""
    if not 0 <= turn < len(session.exchanges):
        return None
    citations = session.exchanges[turn].answer.citations
    return next((citation for citation in citations if citation.n == n), None)


def unexpected(error: Exception) -> str:
    """The sentence for an error that nobody foresaw; its trace goes to the log."""
    LOG.error("unexpected", exc_info=error)
    return "程式發生沒料到的錯誤，細節已寫入記錄檔（xinde.log）。請再試一次，或告訴維護的人。"
