"""The time and length of an answer by a language model, by a clock that the test turns."""

from __future__ import annotations

import threading

import pytest

from assistant.budget import Budget


class Clock:
    """Shows the time that it is set to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.mark.parametrize(
    ("passed", "left", "is_over"),
    [(0, 5.0, False), (4.5, 0.5, False), (5, 0.0, True), (50, 0.0, True)],
)
def test_seconds_run_out_and_never_below_nothing(
    clock: Clock, passed: float, left: float, is_over: bool
) -> None:
    budget = Budget(5, 10, clock)
    clock.now += passed
    assert (budget.left, budget.is_over, budget.stopped) == (left, is_over, False)


def test_the_seconds_count_from_where_the_model_begins(clock: Clock) -> None:
    budget = Budget(5, 10, clock)
    clock.now += 4
    budget.begin()
    assert budget.left == 5


def test_what_begins_again_has_no_more_time(clock: Clock) -> None:
    budget = Budget(5, 10, clock)
    budget.begin()
    clock.now += 4
    budget.begin()
    assert budget.left == 1


def test_who_stops_ends_it_at_once_and_for_good(clock: Clock) -> None:
    budget = Budget(5, 10, clock)
    budget.stop()
    budget.begin()
    assert (budget.stopped, budget.is_over, budget.left) == (True, True, 5)


def test_a_stop_is_seen_by_another_thread() -> None:
    budget, seen = Budget(60, 10), threading.Event()

    def read() -> None:
        while not budget.is_over:
            pass
        seen.set()

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    budget.stop()
    assert seen.wait(5)
    thread.join()


def test_a_real_clock_runs() -> None:
    budget = Budget(0.02, 10)
    while budget.left:
        pass
    assert budget.is_over
