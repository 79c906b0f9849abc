"""The hours that people really had: a week below what is promised, and two in a row.

People's rows are private, so a reason counts them and names nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from playbook.analysis.pull_back import FreedWeeks, freed_weeks
from playbook.rules import Case, Hit, Number
from playbook.rules.focus.shared import sheet_rule
from playbook.worksheet.figures import whole_percent

FLOOR = "capacity_floor_share"


def _people(case: Case) -> tuple[FreedWeeks, ...]:
    return case.table("hours").once(freed_weeks)


@sheet_rule(
    "CAP-15", raises=("had_it", "one_week", "pulled_back", "escalate"), numbers=("pulled_back",)
)
def people_had_their_hours(case: Case) -> Iterator[Hit | Number]:
    people, floor = _people(case), case.thresholds[FLOOR]
    if not people:
        return
    weeks = [it.below(floor) for it in people]
    long = round(case.thresholds["pulled_back_weeks"])
    told = {"floor": whole_percent(floor), "weeks": long}
    alarmed, once = sum(it >= long for it in weeks), sum(0 < it < long for it in weeks)
    yield Number("pulled_back", alarmed)
    sponsor = case.carried.get("sponsor")
    if alarmed and sponsor:
        yield Hit("escalate", ("free",), told | {"count": alarmed, "sponsor": sponsor})
    elif alarmed:
        yield Hit("pulled_back", ("free",), told | {"count": alarmed})
    if once:
        yield Hit("one_week", ("free",), told | {"count": once})
    if not alarmed and not once:
        yield Hit("had_it", ("free",), told | {"count": len(people)})
