"""Settings: one frozen value; argument > environment > xinde.toml > default.

`FIELDS` is the table of what can be set and how each word is read. Nothing below
`assistant/` knows of settings: they get paths, names and numbers as arguments.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.report import XindeError

FILE = "xinde.toml"
PREFIX = "XINDE_"


class SettingsError(XindeError):
    """A setting that cannot be understood; the sentence names it and where it was found."""


@dataclass(frozen=True)
class Settings:
    """How this Xinde runs. `embedder` None is the built-in model; `names` is a folder of CSV files.

    Without `llm_base_url` there is no language model. `llm_allow` are hosts that restricted reports may be
    sent to; `answer_samples` drafts are written and the best is shown. What starts with `review` is what a
    report is held to; `draft_disclosure` closes every exported draft.
    """

    home: Path = Path("var")
    embedder: str | None = None
    names: Path | None = None
    host: str = "127.0.0.1"
    port: int = 7860
    max_file_mb: int = 100
    llm_base_url: str = ""
    llm_model: str = ""
    llm_api_key: str = field(default="", repr=False)
    llm_allow: tuple[str, ...] = ()
    llm_seconds: int = 60
    llm_max_tokens: int = 1024
    answer_samples: int = 1
    answer_unsupported: str = "strike"
    answer_judge: str = "no"
    review_recommendations: int = 3
    review_summary: str = "optional"
    review_overlap: int = 30
    draft_disclosure: str = "本文部分內容以程式輔助草擬，並經承辦人審閱。"

    @property
    def log(self) -> Path:
        """Where unexpected errors are written."""
        return self.home / "xinde.log"

    @property
    def names_folder(self) -> Path | None:
        """The folder of the user's own names and tables, where there is one."""
        folder = self.names or self.home / "names"
        return folder if folder.is_dir() else None

    def own_table(self, name: str) -> Path | None:
        """The user's own table of this file name, where there is one."""
        path = self.names_folder / name if self.names_folder else None
        return path if path and path.is_file() else None

    @classmethod
    def load(
        cls,
        arguments: Mapping[str, Any] | None = None,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> Settings:
        """Settings from the four places; `folder` is where the program was started."""
        given = _read_values(_present(arguments or {}), "命令列")
        env = _from_environment(os.environ if environment is None else environment)
        start = folder or Path()
        file = _from_file(start / FILE)
        home = {**file, **env, **given}.get("home", cls.home)
        if not file:
            file = _from_file(home / FILE)
            file.pop("home", None)
        return cls(**{**file, **env, **given})


def _read_path(value: Any) -> Path:
    if not isinstance(value, (str, Path)) or not str(value).strip():
        raise ValueError("應是資料夾的路徑")
    return Path(value).expanduser()


def _read_word(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("應是一段文字")
    return value.strip()


def _read_number(low: int, high: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        text = str(value).strip()
        if isinstance(value, bool) or not text.isdecimal() or not low <= int(text) <= high:
            raise ValueError(f"應是 {low} 到 {high} 的整數")
        return int(text)

    return read


def _read_one_of(*words: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in words:
            raise ValueError(f"應是 {'、'.join(words)} 其中之一")
        return str(value)

    return read


def _read_names(value: Any) -> tuple[str, ...]:
    names = value.split(",") if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError("應是主機名稱，以逗號分隔")
    return tuple(name.strip() for name in names if name.strip())


FIELDS: dict[str, Callable[[Any], Any]] = {
    "home": _read_path,
    "embedder": _read_word,
    "names": _read_path,
    "host": _read_word,
    "port": _read_number(1, 65535),
    "max_file_mb": _read_number(1, 2048),
    "llm_base_url": _read_word,
    "llm_model": _read_word,
    "llm_api_key": _read_word,
    "llm_allow": _read_names,
    "llm_seconds": _read_number(1, 600),
    "llm_max_tokens": _read_number(16, 32_768),
    "answer_samples": _read_number(1, 8),
    "answer_unsupported": _read_one_of("strike", "drop"),
    "answer_judge": _read_one_of("yes", "no"),
    "review_recommendations": _read_number(0, 50),
    "review_summary": _read_one_of("optional", "required"),
    "review_overlap": _read_number(1, 100),
    "draft_disclosure": _read_word,
}
SECRET = "llm_api_key"


def _present(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _read_values(values: Mapping[str, Any], source: str) -> dict[str, Any]:
    unknown = sorted(set(values) - set(FIELDS))
    if unknown:
        names = "、".join(unknown)
        raise SettingsError(f"{source}裡有不認得的設定：{names}。可以設定的是：{'、'.join(FIELDS)}。")
    read = {}
    for name, value in values.items():
        try:
            read[name] = FIELDS[name](value)
        except ValueError as exc:
            shown = "（不顯示）" if name == SECRET else repr(value)
            raise SettingsError(f"{source}裡的設定 {name} = {shown} 不對：{exc}。請改正後再試。") from exc
    return read


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """Set variables only; an empty one counts as not set. Other XINDE_ names are left to others."""
    values = {name: environment.get(PREFIX + name.upper(), "") for name in FIELDS}
    return _read_values({n: v for n, v in values.items() if v.strip()}, "環境變數")


def _from_file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise SettingsError(
            f"設定檔 {path} 讀不進來（{exc}）。它應是 UTF-8 的 TOML 檔，"
            "例如一行 port = 7860；請改正或刪除它。"
        ) from exc
    return _read_values(_flat(values), f"設定檔 {path} ")


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    """A table [llm] with base_url as llm_base_url."""
    flat: dict[str, Any] = {}
    for name, value in values.items():
        inside = value.items() if isinstance(value, dict) else ()
        flat |= {f"{name}_{key}": one for key, one in inside} if inside else {name: value}
    return flat
