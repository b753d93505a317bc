"""An argument parser that speaks Traditional Chinese: its help, and its errors as sentences.

It knows argparse's English messages and nothing of the commands.
"""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

from corpus.report import XindeError

# What argparse says (a regular expression) and how we say it.
SENTENCES: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.+)", r"還缺少：\1。"),
    (r"unrecognized arguments: (.+)", r"不認得的參數：\1。"),
    (
        r"argument (?:\S+: )?invalid choice: '(.*)' \(choose from (.+)\)",
        r"沒有「\1」這個指令；可用的是：\2。",
    ),
    (r"argument (.+): expected one argument", r"\1 後面要接一個值。"),
    (r"argument (.+): expected at least one argument", r"\1 後面至少要接一個值。"),
    (r"argument (.+): ignored explicit argument '(.*)'", r"\1 後面不接值，卻給了「\2」。"),
)


class UsageError(XindeError):
    """The command line was not understood; the sentence says how to write it."""


class ChineseFormatter(argparse.HelpFormatter):
    """Help with Chinese headings and room for the option names."""

    def __init__(self, prog: str, **kwargs: Any) -> None:
        super().__init__(prog, max_help_position=28, **kwargs)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """The usage line, introduced in Chinese."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def format_help(self) -> str:
        """The help text with full-width colons after its headings."""
        return re.sub(r"^(參數|選項|指令):$", r"\1：", super().format_help(), flags=re.MULTILINE)

    def _format_action(self, action: argparse.Action) -> str:
        if isinstance(action, argparse._SubParsersAction):
            return "".join(self._format_action(one) for one in self._iter_indented_subactions(action))
        return super()._format_action(action)


class ChineseParser(argparse.ArgumentParser):
    """argparse without abbreviations whose errors are raised, not printed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"add_help": False, "allow_abbrev": False, "formatter_class": ChineseFormatter, **kwargs}
        super().__init__(**kwargs)
        self._positionals.title = "參數"
        self._optionals.title = "選項"

    def error(self, message: str) -> NoReturn:
        """Raise what argparse found wrong as a sentence with the way out."""
        raise UsageError(f"{_translate(message)}用法請看：{self.prog} --help")


def _translate(message: str) -> str:
    for pattern, sentence in SENTENCES:
        match = re.fullmatch(pattern, message)
        if match:
            return match.expand(sentence).replace(", ", "、").replace("'", "")
    return f"指令寫法不對（{message}）。"
