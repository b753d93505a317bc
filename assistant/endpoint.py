"""Where a language model is served: its address, checked, and whether that is this very machine.

The address comes from the settings only. Knows nothing of how a model is asked.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from corpus.report import XindeError

# What stands before the last @ of an address may be a password.
_ACCOUNT = re.compile(r"^([a-z]+://)?.*@", re.IGNORECASE)


class BadEndpoint(XindeError):
    """The address in the settings cannot be used; the sentence says why."""


@dataclass(frozen=True)
class Endpoint:
    """An OpenAI-compatible address such as http://127.0.0.1:8080/v1 and the model asked for there.

    `allowed` are hosts that are trusted like this machine.
    """

    base_url: str
    model: str
    api_key: str = ""
    allowed: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Endpoint({self.base_url!r}, {self.model!r})"

    @classmethod
    def parse(cls, base_url: str, model: str, api_key: str = "", allowed: tuple[str, ...] = ()) -> Endpoint:
        """An endpoint from the words of the settings; raises `BadEndpoint`."""
        address = base_url.strip().rstrip("/")
        try:
            parts = urlsplit(address)
            host, port = parts.hostname, parts.port
        except ValueError as exc:
            raise _bad(base_url, str(exc)) from exc
        if parts.scheme not in ("http", "https") or not host:
            raise _bad(base_url, "應以 http:// 或 https:// 開頭")
        if parts.username or parts.password or parts.query or parts.fragment or port == 0:
            raise _bad(base_url, "不應含有帳號、密碼、問號或井號；金鑰請放在 XINDE_LLM_API_KEY")
        if not model.strip():
            raise BadEndpoint(
                "設定了 XINDE_LLM_BASE_URL，卻沒有 XINDE_LLM_MODEL。請填上模型的名稱，例如 gemma-3-12b-it。"
            )
        key = api_key.strip()
        if not (key.isascii() and key.isprintable()) or " " in key:
            raise BadEndpoint(
                "XINDE_LLM_API_KEY 裡有空白、換行或英數符號以外的字，不能當作金鑰。請重新貼上金鑰。"
            )
        return cls(address, model.strip(), key, tuple(name.lower() for name in allowed))

    @property
    def host(self) -> str:
        """The host's name, in lower case."""
        return (urlsplit(self.base_url).hostname or "").lower()

    @property
    def is_local(self) -> bool:
        """Whether the address is a loopback one: this very machine."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def is_trusted(self) -> bool:
        """Whether restricted reports may be sent there: this machine, or a host that the settings allow."""
        return self.is_local or self.host in self.allowed


def _bad(base_url: str, why: str) -> BadEndpoint:
    shown = _ACCOUNT.sub(r"\1（不顯示）@", base_url)
    return BadEndpoint(
        f"語言模型的位址「{shown}」不能用：{why}。"
        "請把 XINDE_LLM_BASE_URL 改成像 http://127.0.0.1:8080/v1 的位址。"
    )
