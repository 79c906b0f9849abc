"""What several rules look at: the check-ins by week, and the week in which the group is."""

from __future__ import annotations

from functools import partial

from playbook.analysis.practices.weeks import CheckIn, check_ins, week_number
from playbook.rules import Case, rule

sheet_rule = partial(rule, scope="sheet")


def found(case: Case) -> tuple[CheckIn, ...]:
    """The weeks that have a check-in, the earliest first."""
    return case.table("check_ins").once(check_ins)


def last(case: Case) -> CheckIn | None:
    """The last check-in."""
    return found(case)[-1] if found(case) else None


def week(case: Case) -> int:
    """The week of the group, from 1."""
    return week_number(found(case), case.today)


def picked(case: Case, question: str) -> frozenset[str] | None:
    """What was picked, empty for "none of these"; None while nobody knows."""
    given = frozenset(case.many(question))
    return given - {"none", "dont_know"} if given - {"dont_know"} else None
