"""The weights of signs are found from labelled sentences, and none of them is negative."""

from __future__ import annotations

import numpy as np

from assistant.suspicion import SIGNS
from evals.fit_suspicion import Case, across, fit, limit


def _case(number: int) -> Case:
    """False ones have much of the first sign, true ones much of the second, the others say nothing."""
    is_false = number % 2 == 0
    row = (0.9 if is_false else 0.1, 0.1 if is_false else 0.9, *(0.0 for _ in SIGNS[2:]))
    return Case(f"{number % 8}.txt", is_false, "supported", row)


CASES = [_case(number) for number in range(80)]


def test_a_sign_of_false_sentences_weighs_and_others_do_not() -> None:
    base, weights = fit(CASES)
    assert weights[0] > 1 and weights[1] == 0 and (weights >= 0).all()
    assert base < 0


def test_the_limit_lets_few_false_ones_pass() -> None:
    values = across(CASES)
    marked = limit(CASES, values)
    is_false = np.array([case.is_false for case in CASES])
    assert (values[is_false] < marked).mean() < 0.05 and (values[~is_false] < marked).all()
