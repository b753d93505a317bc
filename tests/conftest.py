"""Shared fixtures. Tests that need the development documents skip with a reason where they are absent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from trips import assistant_of_six

from assistant.assistant import Assistant

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the development documents and data sets, outside the project."""
    if not SHARED.is_dir():
        pytest.skip("需要 ../shared（開發用文件），此處沒有")
    return SHARED


@pytest.fixture(scope="session")
def six(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The assistant over the six documents of `trips`, for tests that leave its reports as they are."""
    with assistant_of_six(tmp_path_factory.mktemp("six")) as assistant:
        yield assistant
