"""What people say became of a recommendation: status, unit, timetable, budget, reason, note.

Kept by hand and never inferred: the reports do not say it. Pure values; the table is in `ledger`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from corpus.report import XindeError

UNFILLED = "未填"
LONGEST = 500


@dataclass(frozen=True)
class Status:
    """`needs_reason`: not without saying why; `is_settled`: there is nothing left to look after."""

    needs_reason: bool = False
    is_settled: bool = False


STATUSES: dict[str, Status] = {
    UNFILLED: Status(),
    "採行": Status(),
    "部分採行": Status(),
    "研議中": Status(),
    "不採行": Status(needs_reason=True, is_settled=True),
    "辦理中": Status(),
    "已辦理": Status(is_settled=True),
}
# Half-yearly, as the cities do it: month and day.
CHECKS = ((6, 30), (12, 31))


class BadStatus(XindeError):
    """What was said of a recommendation cannot be kept; the sentence says why."""


@dataclass(frozen=True)
class FollowUp:
    """What is known of one recommendation; `updated_at` is UTC, ISO, empty where nobody said anything."""

    status: str = UNFILLED
    unit: str = ""
    timetable: str = ""
    budget: str = ""
    reason: str = ""
    note: str = ""
    updated_at: str = ""

    def next_check(self, today: date) -> date | None:
        """The half-yearly day on which to look again; one before `today` is overdue, None: never again."""
        if STATUSES[self.status].is_settled:
            return None
        since = datetime.fromisoformat(self.updated_at).astimezone().date() if self.updated_at else today
        return next_half_year(since)

    def changed(self, values: dict[str, str]) -> FollowUp:
        """With what is in `values` instead; raises BadStatus where that cannot be."""
        told = {name: " ".join(value.split()) for name, value in values.items()}
        if not told:
            raise BadStatus(f"沒有要改的內容。請至少給一項：{'、'.join(LABELS.values())}。")
        for name, value in told.items():
            if len(value) > LONGEST:
                raise BadStatus(f"{LABELS[name]}有 {len(value):,} 個字，最多 {LONGEST} 個字。請縮短後再存。")
        changed = replace(self, **told)
        find_status(changed.status)
        if STATUSES[changed.status].needs_reason and not changed.reason:
            raise BadStatus(f"採行情形是「{changed.status}」時要說明理由。請一併填寫「{LABELS['reason']}」。")
        return changed


LABELS = {
    "status": "採行情形",
    "unit": "權責機關",
    "timetable": "執行期程",
    "budget": "經費",
    "reason": "不採行理由",
    "note": "辦理情形",
}
assert set(LABELS) | {"updated_at"} == {field.name for field in fields(FollowUp)}


def find_status(name: str) -> str:
    """The status of this name; raises BadStatus that says which there are."""
    if name not in STATUSES:
        raise BadStatus(f"沒有「{name}」這種採行情形；可用的是：{'、'.join(STATUSES)}。")
    return name


def next_half_year(day: date) -> date:
    """The first half-yearly day after `day`: what is noted on one is looked at again on the next."""
    days = [date(year, month, number) for year in (day.year, day.year + 1) for month, number in CHECKS]
    return next(check for check in days if check > day)
