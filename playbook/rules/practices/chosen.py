"""Which practices the group works on: the three to start with, few at once, in its own words."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.analysis.practices.levels import (
    STARTERS,
    how_many,
    in_use,
    most_practices,
    names_in_use,
)
from playbook.rules import Case, Hit, Number
from playbook.rules.practices.shared import sheet_rule, week

ASKED = ("version",)


@sheet_rule("PRA-06", raises=("all_nine", "too_many"))
def few_at_once(case: Case) -> Iterator[Hit]:
    """Up to a number that grows with the weeks; all nine in the first weeks stop."""
    rows, now = case.rows.get("practices", ()), week(case)
    count, most = how_many(rows), most_practices(now, case.thresholds)
    all_nine = len(names_in_use(rows)) >= case.thresholds["practices_all"]
    if all_nine and now <= case.thresholds["practices_first_weeks"]:
        yield Hit("all_nine", ASKED)
    if count > most:
        yield Hit("too_many", ASKED, {"count": count, "most": most, "week": now})


@sheet_rule("PRA-07", raises=("none", "three", "lacking"))
def the_three_to_start_with(case: Case) -> Iterator[Hit]:
    rows = case.rows.get("practices", ())
    lacking = set(STARTERS) - names_in_use(rows)
    if not in_use(rows):
        yield Hit("none", ASKED)
    elif lacking:
        yield Hit("lacking", ASKED, {"count": len(lacking)})
    else:
        yield Hit("three", ASKED)


@sheet_rule("PRA-16", raises=("own_words", "no_words"))
def in_own_words(case: Case) -> Iterator[Hit]:
    rows = in_use(case.rows.get("practices", ()))
    lacking = sum("version" not in row for row in rows)
    if lacking:
        yield Hit("no_words", ASKED, {"count": lacking})
    elif rows:
        yield Hit("own_words", ASKED)


@sheet_rule("PRA-14", numbers=("active_practices",))
def how_many_are_in_use(case: Case) -> Iterator[Number]:
    if count := how_many(case.rows.get("practices", ())):
        yield Number("active_practices", count)
