"""What a browser does with its stored conversations and thinks of their answers.

Every error ends here as a sentence; an empty one means that it is done. Knows nothing of Gradio.
"""

from __future__ import annotations

from assistant.conversations import Conversations
from assistant.feedback import Feedback, Verdict
from assistant.logbook import LOG
from corpus.report import XindeError

Verdicts = dict[int, tuple[Verdict, str]]


class Shelf:
    """The acts on the conversations of any owner."""

    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations
        self._feedback = Feedback(conversations.store)

    def rename(self, owner: str, conversation_id: str, title: str) -> str:
        """Give a conversation another title."""
        try:
            self._conversations.rename(owner, conversation_id, title)
        except XindeError as error:
            return f"沒有改名：{error}"
        return ""

    def delete(self, owner: str, conversation_id: str) -> str:
        """Delete a conversation for good."""
        try:
            self._conversations.delete(owner, conversation_id)
        except XindeError as error:
            return f"沒有刪除：{error}"
        return ""

    def judge(self, owner: str, conversation_id: str | None, number: int, verdict: str, word: str) -> str:
        """Keep a verdict on an answer."""
        try:
            self._feedback.add(owner, conversation_id or "", number, verdict, word)
        except XindeError as error:
            return f"評價沒有存下來：{error}"
        return ""

    def verdicts(self, owner: str, conversation_id: str | None) -> Verdicts:
        """The verdicts on one conversation by the number of the answer; none where they cannot be read."""
        if not conversation_id:
            return {}
        try:
            return self._feedback.of(owner, conversation_id)
        except XindeError as error:
            LOG.warning("feedback: %s", error)
            return {}
