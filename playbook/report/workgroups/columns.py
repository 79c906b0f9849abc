"""The columns of the board: what rules speak of, and what people are compared by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from playbook.analysis.workgroups import Attribute, Roster, banded
from playbook.model import InputError, Row
from playbook.model.wording import Words
from playbook.worksheet.roster import Known
from playbook.worksheet.roster_file import column_of

DIFFERENCES = ("area", "site", "way", "tenure", "skill", "view")
"""What people are compared by."""
RULED = (*DIFFERENCES, "team", "role")
"""What rules may pick people by."""


def columns_of(
    people: Sequence[Row], titles: Mapping[str, str], roles: Mapping[str, str], words: Words
) -> tuple[list[Attribute], list[Attribute], list[str]]:
    """What rules speak of, what people are compared by, and what is left out of that."""
    ruled_by: list[Attribute] = []
    compared_by: list[Attribute] = []
    left_out = []
    for one in RULED:
        said = Attribute(titles[one], "category", _values(people, one, roles))
        made = _as_read(said, words) if one in DIFFERENCES else []
        ruled_by += [it for it in made if it.of] or [said]
        if any(len(set(it.values)) > 1 for it in made):
            compared_by += made
        elif any(said.values) and one in DIFFERENCES:
            left_out.append(said.name)
    return ruled_by, compared_by, left_out


def _as_read(said: Attribute, words: Words) -> list[Attribute]:
    """A column as a list of people from a file is read: numbers in bands, lists thing by thing; a
    column that lists too many things stays as it was said."""
    try:
        made = column_of(said.name, [str(it or "") for it in said.values], words)
    except InputError:
        return [said]
    if not made or made[0].of:
        return made
    if made[0].kind != "number":
        return [said]
    bands = banded(Roster(tuple(map(str, range(len(said.values)))), tuple(made))).attributes[0]
    named = (it and f"{said.name} {it}" for it in bands.values)
    return [Attribute(said.name, "category", tuple(named))]


def view_of(one: Attribute, value: Known) -> str:
    """An answer as a view that somebody brings: the thing that they list, or what they say."""
    return (one.thing if value else "") if one.of else str(value or "")


def _values(people: Sequence[Row], one: str, roles: Mapping[str, str]) -> tuple[str | None, ...]:
    """One spelling for each value, the first that somebody used."""
    spelling: dict[str, str] = {}
    found: list[str | None] = []
    for row in people:
        said = str(row.answers.get(one, "")).strip()
        said = roles.get(said, said) if one == "role" else said
        found.append(spelling.setdefault(said.casefold(), said) or None)
    return tuple(found)
