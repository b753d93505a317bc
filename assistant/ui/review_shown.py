"""What the tab of the review shows, as HTML made from values: findings by level, copies beside their twins.

All text passes through templates that escape it. Looks nothing up.
"""

from __future__ import annotations

from itertools import count

from assistant.render import heading
from assistant.review import LEVELS, Review
from assistant.review_render import COPIED, LEVEL_WORDS, tally
from assistant.ui.outbox import TAKE
from assistant.ui.view import render


def show_review(done: Review, token: str) -> str:
    """The review with its downloads."""
    numbers = count(1)
    overlaps = [(overlap, [(next(numbers), twin) for twin in overlap.twins]) for overlap in done.overlaps]
    return render(
        "review.html",
        done=done,
        tally=tally(done),
        levels=[(level, LEVEL_WORDS[level], _of(done, level)) for level in LEVELS],
        overlaps=overlaps,
        copied=COPIED,
        heading=heading,
        token=token,
        disclosure="",
        **TAKE,
    )


def _of(done: Review, level: str) -> list[object]:
    return [finding for finding in done.findings if finding.level == level]
