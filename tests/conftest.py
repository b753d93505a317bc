"""Shared fixtures. Tests that need the development documents skip with a reason where they are absent."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the development documents and data sets, outside the project."""
    if not SHARED.is_dir():
        pytest.skip("需要 ../shared（開發用文件），此處沒有")
    return SHARED
