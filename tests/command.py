"""Runs the command in this process, as a user would from a terminal."""

from __future__ import annotations

import pytest

from assistant import cli


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Exit code, what was printed and what was said on stderr; never a trace."""
    capsys.readouterr()
    code = cli.main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return code, out, err
