"""Who can be freed, beside a slice of everybody's time, and what keeps the others."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.analysis.capacity import why_not
from playbook.rules import Case, Hit, Number
from playbook.rules.capacity.shared import (
    PEOPLE,
    PERCENT,
    at_best,
    filled,
    floor,
    is_complete,
    is_told,
    named,
    plan,
    sheet_rule,
    team,
    volunteers,
)
from playbook.worksheet.figures import figure, whole_percent


@sheet_rule(
    "CAP-02",
    raises=("nobody", "none", "some", "all"),
    numbers=("volunteers", "volunteers_freed", "hours_freed"),
)
def each_of_them_is_freed(case: Case) -> Iterator[Hit | Number]:
    """For each person and not on average: whoever is not freed can't take part."""
    if filled(case, PEOPLE):
        yield Number("volunteers", volunteers(case))
    if is_told(case) and not team(case).volunteers:
        yield Hit("nobody", ("takes_part",))
    if not (found := at_best(case)):
        return
    freed = [one for one in found.shares if one.freed]
    if is_complete(case):
        yield Number("volunteers_freed", found.freed)
        yield Number("hours_freed", round(sum(o.people * (o.contract - o.after) for o in freed), 1))
    values = {
        "freed": found.freed,
        "all": found.volunteers,
        "left": found.volunteers - found.freed,
        "floor": whole_percent(floor(case)),
        "least": whole_percent(min((one.free for one in freed), default=0)),
    }
    if found.freed < found.volunteers:
        yield Hit("some" if found.freed else "none", ("takes_part",), values)
    elif is_complete(case):
        yield Hit("all", ("takes_part",), values)


@sheet_rule("CAP-05", raises=("slice",), numbers=("sliced_percent",))
def beside_a_slice_of_everybody(case: Case) -> Iterator[Hit | Number]:
    found = plan(case)
    if found and found.freed:
        yield Number("sliced_percent", round(PERCENT * found.sliced, 1))
        if found.sliced < floor(case):
            values = {
                "sliced": whole_percent(found.sliced),
                "floor": whole_percent(floor(case)),
                "freed": found.freed,
            }
            yield Hit("slice", ("triage",), values)


@sheet_rule(
    "CAP-10", raises=("kept", "fixed", "unskilled", "skills", "hours"), numbers=("hours_short",)
)
def why_not_more(case: Case) -> Iterator[Hit | Number]:
    found = at_best(case)
    if not found or found.freed == found.volunteers:
        return
    short = why_not(team(case), floor(case))
    alone = " to ".join(f"{percent}%" for percent in dict.fromkeys(short.alone))
    for name in ("kept", "fixed", "unskilled"):
        if tasks := getattr(short, name):
            yield Hit(name, ("triage",), {"tasks": named(case, tasks), "most": alone})
    if short.hours:
        told = {"hours": figure(short.hours), "most": f"{short.together}%"}
        yield Number("hours_short", short.hours)
        if short.skills:
            yield Hit("skills", ("triage",), {"skills": ", ".join(short.skills), **told})
        else:
            yield Hit("hours", ("triage",), told)


@sheet_rule("CAP-10", raises=("within", "too_much"))
def those_who_stay_get_no_more_than_their_hours(case: Case) -> Iterator[Hit]:
    """The plan never gives them more; they may have had too much before."""
    if found := at_best(case):
        over = [one for one in found.shares if not one.volunteer and one.after > one.contract]
        if over:
            yield Hit("too_much", ("hours",))
        elif found.freed and is_complete(case):
            yield Hit("within", ("hours",))


@sheet_rule("CAP-04", raises=("overload",))
def what_is_promised_fits_beside_what_they_keep(case: Case) -> Iterator[Hit]:
    """Old and new work together, for a promise beyond the floor; the floor itself is CAP-02's."""
    found, share = at_best(case), case.number("share")
    if found and share is not None and share / PERCENT > floor(case):
        over = [one for one in found.shares if one.volunteer and one.free < share / PERCENT]
        if over:
            most = max(PERCENT - PERCENT * one.free + share for one in over)
            yield Hit("overload", ("share",), {"most": f"{most:.0f}%", "share": f"{share:g}%"})
