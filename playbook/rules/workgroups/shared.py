"""What the rules of workgroups share: the people on the list, and the groups they are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial
from itertools import pairwise

from playbook.model import Value
from playbook.rules import Case, rule

DIFFERENCES = ("area", "site", "way", "tenure", "skill", "view")
PERCENT = 100

sheet_rule = partial(rule, scope="sheet")

Row = Mapping[str, Value]
Group = tuple[Row, ...]


def people(case: Case) -> Group:
    """Everybody on the list of whom anything is said."""
    return tuple(row for row in case.rows.get("people", ()) if row)


def in_order(case: Case, question: str) -> dict[int, Group]:
    """The people by the number of their group or cell, whoever has none left out."""
    told = [(int(str(row[question])), row) for row in people(case) if question in row]
    numbers = sorted({number for number, _ in told})
    return {number: tuple(row for at, row in told if at == number) for number in numbers}


def everybody_placed(case: Case) -> bool:
    """Whether there are people on the list, and each is in a group."""
    return bool(people(case)) and all("group" in row for row in people(case))


def count_of_people(case: Case) -> int | None:
    """How many take part: by the list where it has everybody's group, else as it was said."""
    said = case.number("people_count")
    if everybody_placed(case):
        return len(people(case))
    return None if said is None else int(said)


def count_of_groups(case: Case) -> int | None:
    """How many groups there are, likewise."""
    said = case.number("group_count")
    if everybody_placed(case):
        return len(in_order(case, "group"))
    return None if said is None else int(said)


def limit(case: Case, threshold: str) -> int:
    return round(case.thresholds[threshold])


def variety(group: Group, everybody: Group) -> float | None:
    """How much the people of a group differ, of the most that its size and what there is allow.

    Blau's index by attribute: the share of pairs that differ, averaged over the attributes on which
    people differ at all; a blank is an answer of its own. None where nobody differs, or of one
    person.
    """
    found = []
    for name in DIFFERENCES:
        kinds = len({row.get(name) for row in everybody})
        most = _pairs(_even(len(group), kinds), len(group))
        if kinds > 1 and most:
            own = Counter(row.get(name) for row in group).values()
            found.append(_pairs(list(own), len(group)) / most)
    return sum(found) / len(found) if found else None


def _even(people_there: int, kinds: int) -> list[int]:
    """So many people spread over kinds as evenly as it goes."""
    edges = [people_there * at // kinds for at in range(kinds + 1)]
    return [high - low for low, high in pairwise(edges)]


def _pairs(counts: list[int], size: int) -> int:
    """How many pairs differ among `size` people who are so many of each kind."""
    return (size * (size - 1) - sum(many * (many - 1) for many in counts)) // 2
