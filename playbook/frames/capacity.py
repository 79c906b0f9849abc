"""Who can be freed, from frames of people and tasks, and as frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from typing import Any

import pandas as pd

from playbook.analysis.capacity import Workload, allocate, why_not, workload_of
from playbook.framework import load_framework
from playbook.model import InputError, Worksheet
from playbook.worksheet.numbers import brief
from playbook.worksheet.parse import read_worksheet
from playbook.worksheet.visibility import visible_answers

SHEET, PEOPLE, TASKS = "capacity", "people", "tasks"
LABELS = {PEOPLE: "who", TASKS: "task"}
NEEDED = {PEOPLE: ("contract", "takes_part"), TASKS: ("doer", "hours", "triage")}
FLOOR = "capacity_floor_share"


class CapacityPlan:
    """The plan that frees the most volunteers, and what keeps the others from being freed.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({
    ...     "who": ["Volunteers", "Newcomer"],
    ...     "contract": [40, 40],
    ...     "takes_part": ["yes", "temp"],
    ...     "count": [2, 1],
    ... })
    >>> tasks = pd.DataFrame({
    ...     "task": ["Calls", "Meeting"],
    ...     "doer": ["Volunteers", "Volunteers"],
    ...     "hours": [36, 2],
    ...     "triage": ["consolidate", "keep"],
    ... })
    >>> plan = CapacityPlan.from_frames(people, tasks)
    >>> plan.freed, plan.volunteers
    (1, 2)
    >>> plan.people[["people", "freed", "after"]].values.tolist()
    [[1, True, 2.0], [1, False, 38.0], [1, False, 36.0]]
    >>> plan.why_not["hours"]
    16.0
    """

    def __init__(self, worksheet: Worksheet) -> None:
        framework = load_framework()
        sheet = framework.sheets[SHEET]
        self._names = {
            table: {row.id: str(row.answers[label]) for row in worksheet.rows(table)}
            for table, label in LABELS.items()
        }
        told = {
            table: [
                (row.id, visible_answers(sheet, worksheet, table, row))
                for row in worksheet.rows(table)
            ]
            for table in LABELS
        }
        self._floor = framework.threshold_values[FLOOR]
        self._team: Workload = workload_of(told[PEOPLE], told[TASKS])
        self._plan = allocate(self._team, self._floor)

    @classmethod
    def from_frames(cls, people: pd.DataFrame, tasks: pd.DataFrame) -> CapacityPlan:
        """A plan from a frame of people and one of tasks, a row each.

        Parameters
        ----------
        people
            `who` is a role or code, `contract` the hours a week, `takes_part` "yes" (volunteers),
            "no" (stays) or "temp" (comes in); `count` and `skills` may be left out.
        tasks
            `task` is its name, `doer` who does it (as in `who`), `hours` those of one person a
            week, `triage` "stop", "simplify", "consolidate", "automate", "relax" or "keep". Other
            columns are questions of the sheet (`playbook questions capacity`), such as `left`.

        Raises
        ------
        InputError
            For a name that is missing or there twice, an unknown person or column, something
            needed that is empty, or a value that the sheet would refuse.
        """
        persons, ids = _lines(people, PEOPLE)
        lines, _ = _lines(tasks, TASKS)
        for line in lines:
            if line["doer"] not in ids:
                raise InputError(f"{brief(line['task'])}: {_unknown(line['doer'], ids)}")
            line["doer"] = ids[line["doer"]]
        framework = load_framework()
        given = {PEOPLE: persons, TASKS: lines}
        return cls(read_worksheet(framework.sheets[SHEET], given, framework.words))

    @classmethod
    def from_workbook(cls, answers: pd.DataFrame, worksheet: str | None = None) -> CapacityPlan:
        """The plan of a worksheet, from the answers that `open_workbook` or `open_example` gives.

        `worksheet` is its id in the index; the first capacity sheet there when left out, which is
        the one last changed. InputError when there is none, or something needed is not answered.
        """
        mine = answers[(answers["sheet"] == SHEET) & answers["row"].notna()]
        if worksheet is not None:
            mine = mine[mine.index == worksheet]
        if mine.empty:
            raise InputError("There is no capacity sheet with people among these answers.")
        rows: dict[str, dict[str, dict[str, Any]]] = {PEOPLE: {}, TASKS: {}}
        for line in mine.loc[[mine.index[0]]].itertuples():
            table, _, name = line.row.partition("/")
            rows[table].setdefault(name, {"id": name})[line.question] = line.value
        for table, told in rows.items():
            _check_needed(list(told.values()), table)
        framework = load_framework()
        given = {table: list(told.values()) for table, told in rows.items()}
        return cls(read_worksheet(framework.sheets[SHEET], given, framework.words))

    @property
    def volunteers(self) -> int:
        """How many people volunteer."""
        return self._plan.volunteers

    @property
    def freed(self) -> int:
        """How many of them are freed for at least 75 % of their own hours; no plan frees more."""
        return self._plan.freed

    @property
    def people(self) -> pd.DataFrame:
        """A row for each row of people, or two where only some of it are freed.

        `people`, `volunteer`, `freed`; `contract`, `today` and `after` in hours a week of one
        person; `free` is the share of the contract that is free after.
        """
        columns = ["people", "volunteer", "freed", "contract", "today", "after", "free"]
        shares = self._plan.shares
        frame = pd.DataFrame([{c: getattr(s, c) for c in columns} for s in shares], columns=columns)
        frame.index = pd.Index([self._names[PEOPLE][s.person] for s in shares], name="who")
        return frame

    @property
    def tasks(self) -> pd.DataFrame:
        """Who does what after: `task`, `who`, `hours` a week of all its people, `taken_over`."""
        lines = [
            (
                self._names[TASKS][task],
                self._names[PEOPLE][share.person],
                round(hours * share.people, 2),
                taken,
            )
            for share in self._plan.shares
            for parts, taken in ((share.keeps, False), (share.takes, True))
            for task, hours in parts
        ]
        return pd.DataFrame(lines, columns=["task", "who", "hours", "taken_over"])

    @property
    def why_not(self) -> dict[str, Any]:
        """What keeps the others from being freed, empty where all are.

        `stuck` people keep too much because of `kept`, `fixed` or `unskilled` tasks; to free the
        rest, those who stay lack `hours` a week, and too few have the `skills`.
        """
        short = why_not(self._team, self._floor)
        named = {
            "stuck": [self._names[PEOPLE][row] for row in short.stuck],
            **{
                kind: [self._names[TASKS][row] for row in getattr(short, kind)]
                for kind in ("kept", "fixed", "unskilled")
            },
            "hours": short.hours,
            "skills": list(short.skills),
        }
        return {kind: value for kind, value in named.items() if value}

    def __repr__(self) -> str:
        return f"<CapacityPlan: {self.freed} of {self.volunteers} volunteers freed>"


def _lines(frame: pd.DataFrame, table: str) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Each row as {question: value} with an id, and the ids by name; InputError as promised."""
    if not isinstance(frame, pd.DataFrame):
        raise InputError(f"People and tasks are DataFrames; not a {type(frame).__name__}.")
    label = LABELS[table]
    ids: dict[str, str] = {}
    lines = []
    for place, record in enumerate(frame.to_dict("records"), 1):
        line = {str(key): _plain(value) for key, value in record.items() if not _is_empty(value)}
        name = line.get(label)
        if not isinstance(name, str) or not name.strip():
            raise InputError(f"Row {place} of {table} has no name; the column `{label}` takes one.")
        if name in ids and table == PEOPLE:
            raise InputError(
                f"Two rows of people are called {brief(name)}; give each its own name."
            )
        ids[name] = f"{table[0]}{place}"
        lines.append({**line, "id": ids[name]})
    _check_needed(lines, table)
    return lines, ids


def _check_needed(lines: Sequence[Mapping[str, Any]], table: str) -> None:
    for line in lines:
        for question in (LABELS[table], *NEEDED[table]):
            if question not in line:
                name = brief(line.get(LABELS[table], line["id"]))
                raise InputError(f"{name}: `{question}` is empty, and the plan needs it.")


def _is_empty(value: Any) -> bool:
    return pd.api.types.is_scalar(value) and (bool(pd.isna(value)) or value == "")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    return value.item() if hasattr(value, "item") else value


def _unknown(name: object, rows: Mapping[str, str]) -> str:
    near = get_close_matches(str(name), rows, 1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(rows)}."
    return f"There is no person {brief(name)}; {hint}"
