"""People from a frame, and groups as one."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
from pandas.api import types

from playbook.analysis.workgroups import Partition
from playbook.model import InputError
from playbook.worksheet.numbers import brief
from playbook.worksheet.roster import Attribute, Known, Roster


def roster(frame: pd.DataFrame, name: Hashable | None = None) -> Roster:
    """The people of a frame, a row each, for `workgroups.gower`.

    `name` is the column of their names, which must differ; without it the index names them. Columns
    of truth values become yes_no attributes, of numbers numbers, all others categories; what is
    missing is a blank. InputError where there is no such column, or two people of one name.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"who": ["Ana", "Ben"], "place": ["Ashby", None], "years": [3, 5]})
    >>> people = roster(frame, "who")
    >>> people.names
    ('Ana', 'Ben')
    >>> people.attribute("place").values
    ('Ashby', None)
    """
    if name is not None and name not in frame.columns:
        known = ", ".join(map(str, frame.columns))
        raise InputError(f"The frame has no column {brief(str(name))}; it has {known}.")
    names = frame.index if name is None else frame[name]
    columns = frame.columns if name is None else frame.columns.drop(name)
    attributes = tuple(_attribute(str(column), frame[column]) for column in columns)
    return Roster(tuple(map(str, names)), attributes)


def groups(partition: Partition, people: Roster) -> pd.DataFrame:
    """Who is in which group, a row a person in the roster's order: person, group (1 is the first).

    Examples
    --------
    >>> from playbook.analysis.workgroups import Attribute, Roster, gower, score
    >>> people = Roster(("Ana", "Ben"), (Attribute("place", "category", ("Ashby", "Remote")),))
    >>> groups(score(gower(people), [0, 0]), people)["group"].tolist()
    [1, 1]
    """
    if len(partition.labels) != len(people.names):
        raise InputError(
            f"The groups are of {len(partition.labels)} people and the roster has "
            f"{len(people.names)}; give those that belong together."
        )
    numbers = [label + 1 for label in partition.labels]
    return pd.DataFrame({"person": people.names, "group": numbers})


def _attribute(name: str, column: pd.Series[Any]) -> Attribute:
    if types.is_bool_dtype(column):
        return Attribute(name, "yes_no", _values(column, bool))
    if types.is_numeric_dtype(column):
        return Attribute(name, "number", _values(column, float))
    return Attribute(name, "category", _values(column, str))


def _values(column: pd.Series[Any], kind: Any) -> tuple[Known, ...]:
    return tuple(None if pd.isna(it) else kind(it) for it in column)
