"""Addresses of language models: what is understood, what is refused, and which are of this machine."""

from __future__ import annotations

import pytest

from assistant.endpoint import BadEndpoint, Endpoint


@pytest.mark.parametrize(
    ("url", "local", "trusted"),
    [
        ("http://127.0.0.1:8080/v1", True, True),
        ("http://localhost:11434/v1/", True, True),
        ("http://[::1]:8000/v1", True, True),
        ("http://127.8.9.10/v1", True, True),
        ("https://llm.city.example/v1", False, True),
        ("https://LLM.City.Example/v1", False, True),
        ("https://api.example.com/v1", False, False),
        ("http://10.0.0.5:8000/v1", False, False),
        ("http://127.0.0.1.example.com/v1", False, False),
        ("http://localhost.example.com/v1", False, False),
        ("http://0x7f.1/v1", False, False),
    ],
)
def test_only_loopback_is_local_and_only_the_allowed_trusted(url: str, local: bool, trusted: bool) -> None:
    endpoint = Endpoint.parse(url, "m", allowed=("llm.city.example",))
    assert (endpoint.is_local, endpoint.is_trusted) == (local, trusted)


@pytest.mark.parametrize(
    "url",
    ["ftp://127.0.0.1/v1", "127.0.0.1:8080", "http://", "http://127.0.0.1/v1?key=1",
     "http://127.0.0.1:99999/v1", "file:///etc/passwd", "http://[::1/v1"],
)  # fmt: skip
def test_an_address_that_cannot_be_used_is_named(url: str) -> None:
    with pytest.raises(BadEndpoint) as refused:
        Endpoint.parse(url, "m")
    assert url in str(refused.value) and "XINDE_LLM_BASE_URL" in str(refused.value)


@pytest.mark.parametrize(
    "url", ["http://amy:secret@127.0.0.1/v1", "amy:s@cret@127.0.0.1", "HTTP://secret@b/v1"]
)
def test_an_account_in_an_address_is_refused_and_not_shown(url: str) -> None:
    with pytest.raises(BadEndpoint) as refused:
        Endpoint.parse(url, "m")
    said = str(refused.value)
    assert url.rpartition("@")[2] in said and "XINDE_LLM_BASE_URL" in said
    assert not any(word in said for word in ("secret", "cret", "amy"))


def test_a_model_must_be_named() -> None:
    with pytest.raises(BadEndpoint, match="XINDE_LLM_MODEL"):
        Endpoint.parse("http://127.0.0.1/v1", " ")


def test_the_key_is_never_shown() -> None:
    assert "secret" not in repr(Endpoint.parse("http://127.0.0.1/v1", "m", "secret"))


@pytest.mark.parametrize("key", ["sk-一二三", "sk-1\nX-Other: 1", "sk 1", "sk-\x7f"])
def test_a_key_that_no_header_can_hold_is_refused(key: str) -> None:
    with pytest.raises(BadEndpoint, match="XINDE_LLM_API_KEY") as refused:
        Endpoint.parse("http://127.0.0.1/v1", "m", key)
    assert key not in str(refused.value)
