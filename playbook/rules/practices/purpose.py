"""Outcome and question as the group marks them itself: no program can tell a good one."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.rules import Case, Hit
from playbook.rules.practices.shared import picked, sheet_rule

ESSENTIAL = frozenset({"meaningful", "significant"})
STRONGER = frozenset({"ours", "endless", "together"})
SIX = frozenset({"open", "no_solution", "others", "beyond", "lean_in", "learnable"})


@sheet_rule("PRA-08", raises=("checked", "weak", "could_be_stronger"))
def the_outcome_as_marked(case: Case) -> Iterator[Hit]:
    marks = picked(case, "outcome_checks")
    if marks is None:
        return
    yield Hit("checked" if marks >= ESSENTIAL else "weak", ("outcome_checks",))
    if lacking := STRONGER - marks:
        yield Hit("could_be_stronger", ("outcome_checks",), {"count": len(lacking)})


@sheet_rule("PRA-11", raises=("powerful", "closed", "few_parts", "no_larger_view"))
def the_question_as_marked(case: Case) -> Iterator[Hit]:
    """Six parts and the larger view. One that yes or no answers is not powerful, whatever else."""
    marks = picked(case, "question_checks")
    if marks is None:
        return
    asked, parts = ("question_checks",), len(marks & SIX)
    good = True
    if "open" not in marks:
        good = False
        yield Hit("closed", asked)
    if parts < case.thresholds["question_parts_least"]:
        good = False
        yield Hit("few_parts", asked, {"count": parts})
    if "larger" not in marks:
        good = False
        yield Hit("no_larger_view", asked)
    if good:
        yield Hit("powerful", asked, {"count": parts})
