"""The list of people as data about people: whether it is agreed, and whether its time is over."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.rules import Case, Hit
from playbook.rules.workgroups.shared import people, sheet_rule

AGREED = ("yes", "not_needed")


@sheet_rule("GAP-18", raises=("not_asked", "agreed", "past"))
def the_list_is_agreed_and_ends(case: Case) -> Iterator[Hit]:
    if not people(case):
        return
    if case.answered("consulted", "not_yet"):
        yield Hit("not_asked", ("consulted",))
    if until := case.day("keep_until"):
        if until < case.today:
            yield Hit("past", ("keep_until",))
        elif case.answered("consulted", *AGREED):
            yield Hit("agreed", ("consulted", "keep_until"))
