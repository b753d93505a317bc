"""The documents tell the truth: commands, settings, version, files and imports that they name exist."""

from __future__ import annotations

import importlib
import re
import tomllib
from pathlib import Path

import pytest

from assistant.cli import COMMANDS
from assistant.settings import FIELDS, PREFIX, Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"`xinde {name}" in README


def test_the_readme_names_no_command_that_does_not_exist() -> None:
    named = set(re.findall(r"xinde ([a-z]+)", README))
    assert named <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_function(name: str) -> None:
    module, _, function = COMMANDS[name].run.partition(":")
    assert callable(getattr(importlib.import_module(module), function))


@pytest.mark.parametrize("name", FIELDS)
def test_every_setting_is_in_the_readme_with_its_default(name: str) -> None:
    row = re.search(rf"^\| `{name}` \| `{PREFIX}{name.upper()}` \| (.+?) \|", README, re.MULTILINE)
    assert row
    default = getattr(Settings(), name)
    if default not in (None, "", ()):
        assert row.group(1) == f"`{default}`"


def test_the_first_screen_says_how_to_run_and_test() -> None:
    first = "\n".join(README.split("\n")[:32])
    assert "make run" in first and "make test" in first and "Windows" in first and "macOS" in first


def test_linked_files_exist() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if not link.startswith("http")]
    assert links and not [link for link in links if not (ROOT / link).exists()]


@pytest.mark.parametrize("picture", ["passage.png", "draft.png"])
def test_pictures_are_small(picture: str) -> None:
    assert (ROOT / "docs" / picture).stat().st_size < 300_000


def test_the_changelog_is_about_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)", changelog, re.MULTILINE)[0] == PROJECT["project"]["version"]


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "TERMS AND CONDITIONS" in text and "The Xinde authors" in text


def test_every_requirement_is_pinned_without_a_local_build() -> None:
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", pin) for pin in pins)
    names = {re.split("==", pin)[0].lower().replace("_", "-") for pin in pins}
    project = PROJECT["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert {re.split("[<>=]", one)[0].lower().replace("_", "-") for one in wanted} <= names
    assert "torch==2.13.0" in pins
