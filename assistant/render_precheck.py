"""What the archive holds for a planned trip, as text for a terminal.

Pure functions; nothing is printed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.precheck import RECENT_YEARS, WHY_NAMES, Lesson, Precheck, SimilarTrip
from assistant.render import WIDTH, cut, place, wrap
from assistant.wording import show_period

FIRST = 150
OPEN = "仍待確認的建議"
ASK = "報告不會記載採行情形；未填的請向主辦機關查證"
NOTHING = "檔案中查無與{plan}相近的出國案。請換個活動名稱、國家或較短的主題再試。"


def render_precheck(found: Precheck, columns: int = WIDTH) -> str:
    """The trips with what they learned and recommended, then what is open, then the sources."""
    if not found.trips:
        return NOTHING.format(plan=found.plan.named)
    parts = [f"與{found.plan.named}相近的出國案：{len(found.trips)} 次"]
    for is_recent, label in ((True, f"近 {RECENT_YEARS} 年"), (False, "更早")):
        trips = [trip for trip in found.trips if trip.is_recent == is_recent]
        parts += [label, *(_trip(trip, columns) for trip in trips)] if trips else []
    still = [line for trip in found.trips for line in _open(trip, columns)]
    head = f"{OPEN}（{ASK}，再用 xinde ledger set 記下）"
    parts += ["\n".join((wrap(head, columns), *still))] if still else []
    sources = [wrap(place(one), columns, "     ", f"[{one.n}] ") for one in found.citations]
    return "\n\n".join([*parts, "\n".join(("出處", *sources))])


def _trip(trip: SimilarTrip, columns: int) -> str:
    why = "、".join(WHY_NAMES[one] for one in trip.why)
    period = show_period(trip.row, "zh")
    head = f"《{trip.row.title or trip.row.file}》{f'（{period}）' if period else ''}〔{why}〕"
    learned = _lessons("學到", trip.learned, columns)
    advised = _lessons("建議", trip.recommended, columns)
    return "\n".join((wrap(head, columns), *learned, *advised))


def _lessons(label: str, lessons: Sequence[Lesson], columns: int) -> Iterator[str]:
    for lesson in lessons:
        said = cut(lesson.text, FIRST)
        text = f"{lesson.heading}：{said}" if lesson.heading else said
        yield wrap(f"{text} [{lesson.citation}]", columns, "        ", f"  {label}  ")


def _open(trip: SimilarTrip, columns: int) -> Iterator[str]:
    when = show_period(trip.row, "zh") or trip.row.file
    for lesson in trip.recommended:
        if lesson.is_open:
            named = lesson.heading or cut(lesson.text, FIRST)
            yield wrap(f"{named}（{when}，{lesson.status}）[{lesson.citation}]", columns, "  ", "- ")
