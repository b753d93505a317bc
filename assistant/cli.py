"""The command line: reads the arguments, runs one command, turns every error into a sentence.

    xinde [--home DIR] [--json] COMMAND …

Exit codes: 0 done, 1 refused or nothing found, 2 wrong usage, 130 stopped by Ctrl-C. With
`--json` stdout carries exactly one JSON document; messages go to stderr. It knows the commands
by name only; what they do is in the modules that the table names.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, TextIO

from assistant.arguments import ChineseParser, UsageError
from assistant.by_name import function_named
from assistant.logbook import write_error
from assistant.outcome import DONE, REFUSED, USAGE, Outcome
from assistant.settings import Settings, SettingsError
from corpus.report import XindeError

INTERRUPTED = 130

Option = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Command:
    """One row of the table; `run` is "module:function" taking (options, settings) -> Outcome."""

    help: str
    run: str
    options: tuple[Option, ...] = ()


REPORT_ID: Option = ("id", {"metavar": "ID", "help": "報告的代號，或它的檔名"})
FILTERS: tuple[Option, ...] = (
    ("--year", {"metavar": "YEAR", "default": "", "help": "只問這一年或這段年，西元或民國，例如 2018-2020"}),
    ("--country", {"metavar": "NAME", "action": "append", "default": [], "help": "只問這個國家，可重複"}),
    ("--chapter", {"metavar": "NAME", "action": "append", "default": [], "help": "目的、過程、心得、建議…"}),
    ("--report", {"metavar": "ID", "action": "append", "default": [], "help": "只問這份報告，可重複"}),
)

TRIP: tuple[Option, ...] = (
    ("--event", {"metavar": "NAME", "default": "", "help": "會議或活動的名稱"}),
    ("--place", {"metavar": "NAME", "default": "", "help": "前往的國家、城市"}),
    ("--from", {"metavar": "DATE", "dest": "first", "default": "", "help": "開始日期，例如 115/4/26"}),
    ("--to", {"metavar": "DATE", "dest": "last", "default": "", "help": "結束日期"}),
)

# The implementation is a name and is imported only when its command runs: so `--help` loads no
# search engine (0.3 s instead of seconds), and the command line need not import what stands above
# it (`evals`, `app`), which would turn the direction of imports round.
COMMANDS: dict[str, Command] = {
    "add": Command(
        "把檔案或資料夾加入檔案庫",
        "assistant.commands:add",
        (("paths", {"nargs": "+", "metavar": "PATH", "help": "檔案、資料夾或 zip"}),),
    ),
    "list": Command("列出檔案庫裡的報告", "assistant.commands:list_reports"),
    "show": Command("顯示一份報告的資料、章節與各項心得建議", "assistant.commands:show", (REPORT_ID,)),
    "remove": Command("移除一份報告", "assistant.commands:remove", (REPORT_ID,)),
    "ask": Command(
        "提問，答案逐句附出處",
        "assistant.commands:ask",
        (
            ("question", {"metavar": "QUESTION", "help": "中文或英文的問題"}),
            ("--history", {"metavar": "FILE", "help": "先前對話的 JSON 檔，用來追問"}),
            ("--no-llm", {"action": "store_true", "help": "不使用語言模型，只摘錄原文"}),
            ("--out", {"metavar": "FILE", "default": "", "help": "把答案另存成 .docx、.odt 或 .md"}),
            *FILTERS,
        ),
    ),
    "ledger": Command(
        "列出歷年建議並追蹤採行情形；xinde ledger set 代號 --status … 記下採行情形",
        "assistant.ledger_commands:ledger",
        (
            ("act", {"nargs": "?", "metavar": "set", "help": "記下一項建議的採行情形；不寫就是列出"}),
            ("id", {"nargs": "?", "metavar": "ID", "help": "建議的代號，列出時寫在每一項的最後"}),
            ("--topic", {"metavar": "TOPIC", "default": "", "help": "只列這個主題，例如 國際參與"}),
            ("--year", {"metavar": "YEAR", "default": "", "help": "只列這一年或這段年，西元或民國"}),
            ("--query", {"metavar": "TEXT", "default": "", "help": "只列提到這些詞的建議"}),
            ("--others", {"action": "store_true", "help": "心得裡對主辦單位、中央等他人的建議也列出"}),
            ("--out", {"metavar": "FILE", "help": "寫成追蹤表 .xlsx、.ods，或文件 .docx、.odt、.md"}),
            ("--status", {"metavar": "STATUS", "help": "只列這種採行情形；和 set 一起時是要記下的"}),
            ("--unit", {"metavar": "TEXT", "help": "set：權責機關"}),
            ("--timetable", {"metavar": "TEXT", "help": "set：執行期程"}),
            ("--budget", {"metavar": "TEXT", "help": "set：經費"}),
            ("--reason", {"metavar": "TEXT", "help": "set：不採行的理由"}),
            ("--note", {"metavar": "TEXT", "help": "set：辦理情形"}),
        ),
    ),
    "review": Command(
        "檢核一份出國報告：格式、內容、引文與雷同，逐項說明怎麼改",
        "assistant.review_command:run_review",
        (
            ("file", {"metavar": "FILE", "help": "報告或草稿：docx、odt、pdf、txt、md；不會存進檔案庫"}),
            (
                "--sources",
                {"nargs": "+", "metavar": "FILE", "default": [], "help": "寫作時用的資料，一起比對"},
            ),
            ("--out", {"metavar": "FILE", "help": "把檢核結果另存成 docx、odt 或 md"}),
        ),
    ),
    "precheck": Command(
        "出國前：類似的出國案學到什麼、建議過什麼、哪些仍待確認",
        "assistant.draft_commands:precheck",
        (
            *TRIP[:2],
            ("--topic", {"metavar": "WORDS", "default": "", "help": "主題，例如 雨水調適"}),
            ("--year", {"metavar": "YEAR", "default": "", "help": "只看這一年或這段年，西元或民國"}),
            ("--out", {"metavar": "FILE", "default": "", "help": "另存成 .docx、.odt 或 .md"}),
        ),
    ),
    "draft": Command(
        "由札記草擬心得與建議，每一句標明依據",
        "assistant.draft_commands:draft",
        (
            (
                "--notes",
                {"metavar": "FILE", "required": True, "help": "札記或過程章：txt、md、docx、odt、pdf"},
            ),
            *TRIP,
            ("--agency", {"metavar": "NAME", "default": "", "help": "服務機關"}),
            ("--people", {"metavar": "NAMES", "default": "", "help": "出國人員的姓名職稱"}),
            ("--part", {"metavar": "PART", "default": "both", "help": "心得、建議或 both（預設，兩者都寫）"}),
            ("--items", {"metavar": "N", "default": "3", "help": "各寫幾項，2 到 4，預設 3"}),
            ("--out", {"metavar": "FILE", "default": "", "help": "另存成 .docx、.odt 或 .md"}),
            ("--no-llm", {"action": "store_true", "help": "不使用語言模型，只摘錄札記與前例"}),
        ),
    ),
    "eval": Command(
        "用測試題評量答案，寫出報告；或把網頁上的評價做成測試題草稿",
        "evals.command:run_eval",
        (
            ("--cases", {"metavar": "FILE", "help": "測試題（JSONL）"}),
            ("--from-feedback", {"action": "store_true", "help": "不評量，把 👍 👎 做成測試題草稿"}),
            ("--out", {"metavar": "PATH", "help": "報告的資料夾，預設 <home>/evals；或草稿的檔案"}),
        ),
    ),
    "rebuild": Command("由原始資料重建搜尋索引", "assistant.commands:rebuild"),
    "check": Command("檢查資料與索引是否一致", "assistant.commands:check"),
    "serve": Command(
        "開啟問答網頁",
        "app:serve",
        (
            ("--host", {"metavar": "ADDRESS", "help": "預設 127.0.0.1，只有本機連得到"}),
            ("--port", {"metavar": "PORT", "help": "預設 7860；被占用時改用下一個空的"}),
        ),
    ),
    "mcp": Command("讓支援 MCP 的代理程式搜尋與提問（標準輸入輸出）", "assistant.mcp_server:serve"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code and never lets an exception out."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)
    as_json = "--json" in arguments
    try:
        return _run(arguments)
    except SystemExit:  # how argparse leaves after --help
        return DONE
    except (UsageError, SettingsError) as error:
        return _fail(str(error), as_json, USAGE)
    except XindeError as error:
        return _fail(str(error), as_json, REFUSED)
    except KeyboardInterrupt:
        return _fail("已中斷。做完的都保留，做到一半的沒有留下痕跡。", as_json, INTERRUPTED)
    except BrokenPipeError:
        # The reader (`| head`) has what it wanted; without this Python complains again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _run(arguments: list[str]) -> int:
    parser = build_parser()
    if not arguments:
        parser.print_help(sys.stderr)
        return USAGE
    options = parser.parse_args(arguments)
    if options.command is None:
        raise UsageError(f"還缺一個指令，可用的是：{'、'.join(COMMANDS)}。")
    settings = Settings.load({name: getattr(options, name, None) for name in ("home", "host", "port")})
    try:
        outcome = function_named(COMMANDS[options.command].run)(options, settings)
    except (XindeError, BrokenPipeError):
        raise
    except Exception as error:
        raise XindeError(write_error(error, settings.log)) from error
    return _show(outcome, options.json)


def build_parser() -> ChineseParser:
    """The whole parser; `--home`, `--json` and `--help` are understood before and after the command."""
    parser = ChineseParser(
        prog="xinde",
        description="心得：向公務出國報告的檔案庫提問，每一句答案都附出處。",
        epilog="各指令的用法：xinde ask --help",
    )
    _add_common_options(parser)
    parser.set_defaults(home=None, json=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="指令")
    for name, command in COMMANDS.items():
        sub = commands.add_parser(name, help=command.help, description=command.help)
        for flag, how in command.options:
            sub.add_argument(flag, **how)
        _add_common_options(sub)
    return parser


def _add_common_options(parser: ChineseParser) -> None:
    # SUPPRESS: where the option is absent after the command, what stood before it must stay.
    absent = argparse.SUPPRESS
    parser.add_argument("--home", metavar="DIR", default=absent, help="檔案庫的資料夾，預設 ./var")
    parser.add_argument("--json", action="store_true", default=absent, help="在標準輸出印一份 JSON")
    parser.add_argument("-h", "--help", action="help", help="顯示這段說明")


def _show(outcome: Outcome, as_json: bool) -> int:
    for note in outcome.notes:
        _write(sys.stderr, note)
    if as_json:
        _write(sys.stdout, json.dumps(outcome.document, ensure_ascii=False, indent=2))
    elif outcome.text:
        _write(sys.stdout, outcome.text)
    sys.stdout.flush()
    return outcome.code


def _fail(sentence: str, as_json: bool, code: int) -> int:
    _write(sys.stderr, sentence)
    if as_json:
        _write(sys.stdout, json.dumps({"error": sentence}, ensure_ascii=False))
    return code


def _write(stream: TextIO, text: str) -> None:
    stream.write(text + "\n")


def _speak_utf8(stream: Any) -> None:
    """Pipes on Windows default to the code page, and a name with broken bytes must not stop us."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def run() -> NoReturn:
    """The entry point of the installed `xinde`."""
    sys.exit(main())


if __name__ == "__main__":
    run()
