"""The words sent to a model: filled in whole, and refused where a variable is missing or unknown."""

from __future__ import annotations

import re

import pytest

import prompts

VALUES = {
    "answer": ("language", "passages", "earlier", "question"),
    "condense": ("earlier", "question"),
    "draft_recommendations": ("items", "trip", "notes", "passages"),
    "draft_reflections": ("items", "trip", "notes", "passages"),
    "gloss": ("quotations",),
    "judge": ("passage", "sentence"),
}


def test_every_prompt_is_tried() -> None:
    assert set(VALUES) == set(prompts.names())


@pytest.mark.parametrize("name", VALUES)
def test_a_prompt_holds_what_it_is_given_and_no_variable_is_left(name: str) -> None:
    values = {variable: f"«{variable}»" for variable in VALUES[name]}
    text = prompts.load(name, **values)
    assert all(value in text for value in values.values())
    assert not re.search(r"\{\{|\}\}", text)


def test_a_value_that_looks_like_a_variable_stays() -> None:
    assert "{{ question }}" in prompts.load("condense", earlier="{{ question }}", question="那建議呢？")


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("condense", {"question": "甲"}, "needs earlier"),
        ("condense", {"question": "甲", "earlier": "乙", "mood": "丙"}, "has no mood"),
        ("nonesuch", {}, "no prompt 'nonesuch'"),
        ("../README", {}, "no prompt"),
    ],
)
def test_wrong_use_is_refused(name: str, values: dict[str, str], said: str) -> None:
    with pytest.raises(prompts.PromptError, match=said):
        prompts.load(name, **values)


@pytest.mark.parametrize("name", ["answer", "draft_recommendations", "draft_reflections", "gloss", "judge"])
def test_what_is_shown_is_declared_data(name: str) -> None:
    text = prompts.load(name, **dict.fromkeys(VALUES[name], "x"))
    assert "資料" in text or "data" in text
    assert "指示" in text or "instruction" in text
