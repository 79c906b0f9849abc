"""How groups are put together, how many there are, and what their members share."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.analysis.workgroups import group_numbers
from playbook.rules import Case, Hit, Number
from playbook.rules.workgroups.shared import (
    count_of_groups,
    count_of_people,
    everybody_placed,
    in_order,
    limit,
    sheet_rule,
)

NEW = ("different", "joined", "fit")


@sheet_rule("WG-08", raises=("one", "two", "good", "more", "ten"))
def a_good_number_of_groups(case: Case) -> Iterator[Hit]:
    count = count_of_groups(case)
    if not count:  # none at all is what WG-01 speaks of
        return
    if count == 1:
        name = "one"
    elif count < limit(case, "workgroups_good_least"):
        name = "two"
    elif count <= limit(case, "workgroups_good_most"):
        name = "good"
    else:
        name = "ten" if count >= limit(case, "workgroups_too_many") else "more"
    yield Hit(name, ("group_count",), {"groups": count})


@sheet_rule("N-04", raises=("small", "large", "small_listed", "large_listed"))
def groups_of_a_good_size(case: Case) -> Iterator[Hit]:
    """By the list once everybody is in a group; before that, people and groups as they were said
    have to fit each other. The list is optional, so what it shows stops nothing by itself."""
    least, most = limit(case, "workgroup_least_people"), limit(case, "workgroup_most_people")
    sizes = _sizes(case)
    small, large = (sum(it < least for it in sizes), sum(it > most for it in sizes))
    listed = everybody_placed(case)
    questions = ("group",) if listed else ("people_count", "group_count")
    if small:
        key = "small_listed" if listed else "small"
        yield Hit(key, questions, {"groups": _groups(small), "least": least})
    if large:
        key = "large_listed" if listed else "large"
        yield Hit(key, questions, {"groups": _groups(large), "most": most})


@sheet_rule("X-21", raises=("fits",))
def how_many_groups_fit(case: Case) -> Iterator[Hit]:
    """Where people and groups don't go together, which numbers do; the good ones first."""
    people, groups = count_of_people(case), count_of_groups(case)
    low, high = limit(case, "workgroup_least_people"), limit(case, "workgroup_most_people")
    if people is None or not groups or everybody_placed(case):
        return
    numbers = group_numbers(people, low, high)
    good = limit(case, "workgroups_good_least"), limit(case, "workgroups_good_most")
    best = range(max(numbers.start, good[0]), min(numbers.stop, good[1] + 1)) or numbers
    if groups not in numbers and best:
        told = _groups(best[0]) if len(best) == 1 else f"{best[0]} to {best[-1]} groups"
        said = {"people": people, "groups": told, "low": low, "high": high}
        yield Hit("fits", ("group_count",), said)


@sheet_rule("WG-03", raises=("sizes",))
def sizes_are_told(case: Case) -> Iterator[Hit]:
    least, most = limit(case, "workgroup_least_people"), limit(case, "workgroup_most_people")
    sizes = _sizes(case)
    if everybody_placed(case) and all(least <= size <= most for size in sizes):
        low, high = min(sizes), max(sizes)
        told = f"{low}" if low == high else f"{low} to {high}"
        yield Hit("sizes", ("group",), {"sizes": told})


def _sizes(case: Case) -> list[int]:
    """The people in each group: by the list, else spread evenly."""
    if everybody_placed(case):
        return [len(group) for group in in_order(case, "group").values()]
    people, groups = count_of_people(case), count_of_groups(case)
    if people is None or not groups:
        return []
    return [people // groups + (at < people % groups) for at in range(groups)]


def _groups(count: int) -> str:
    return "1 group" if count == 1 else f"{count} groups"


@sheet_rule("WG-27", raises=("fit",))
def not_for_fit(case: Case) -> Iterator[Hit]:
    if case.answered("formed", "fit"):
        yield Hit("fit", ("formed",))


@sheet_rule("WG-28", raises=("joined",))
def teams_with_newcomers(case: Case) -> Iterator[Hit]:
    if case.answered("formed", "joined"):
        yield Hit("joined", ("formed",))


@sheet_rule("WG-29", raises=("clean",))
def a_clean_slate(case: Case) -> Iterator[Hit]:
    if case.answered("formed", "different"):
        yield Hit("clean", ("formed",))


@sheet_rule("WG-30", raises=("time", "no_time"))
def time_to_build_trust(case: Case) -> Iterator[Hit]:
    if case.answered("formed", *NEW):
        if case.answered("trust", "yes"):
            yield Hit("time", ("trust",))
        elif case.answered("trust", "no", "partly"):
            yield Hit("no_time", ("trust",))


@sheet_rule("WG-31", raises=("keep", "mix", "anew"))
def keep_only_teams_that_work_and_differ(case: Case) -> Iterator[Hit]:
    if not case.answered("formed", "existing"):
        return
    if case.answered("works_well", "no", "partly"):
        yield Hit("anew", ("works_well",))
    elif case.answered("diverse", "no", "partly"):
        yield Hit("mix", ("diverse",))
    elif case.answered("works_well", "yes") and case.answered("diverse", "yes"):
        yield Hit("keep", ("works_well", "diverse"))


@sheet_rule("WG-32", raises=("usual",))
def a_team_goes_on_as_before(case: Case) -> Iterator[Hit]:
    if case.answered("formed", "existing"):
        yield Hit("usual", ("formed",))


@sheet_rule("WG-10", raises=("outcome", "outputs"))
def one_outcome(case: Case) -> Iterator[Hit]:
    if case.answered("shared", "outcome", "outputs"):
        yield Hit(str(case.get("shared")), ("shared",))


@sheet_rule("WG-11", raises=("not_yet",))
def more_than_a_team(case: Case) -> Iterator[Hit]:
    if case.answered("shared", "parallel", "sequential"):
        yield Hit("not_yet", ("shared",))


@sheet_rule("WG-05", raises=("uncovered", "covered"), numbers=("needs_uncovered",))
def needs_are_covered(case: Case) -> Iterator[Hit | Number]:
    told = [row for row in case.rows.get("needs", ()) if "covered" in row and "need" in row]
    if told:
        lacking = sum(row["covered"] in ("no", "partly") for row in told)
        yield Number("needs_uncovered", lacking)
        if lacking:
            yield Hit("uncovered", ("covered",), {"count": lacking})
        elif all(row["covered"] == "yes" for row in told):
            yield Hit("covered", ("covered",))
