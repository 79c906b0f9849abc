"""Metric trees from frames, and what is asked of them as frames."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

import pandas as pd

from playbook.analysis.metric_tree import Problem, Tree, tree_of
from playbook.analysis.metric_tree.decompose import Decomposition, decompose
from playbook.analysis.metric_tree.evaluate import values
from playbook.analysis.metric_tree.what_if import MetricChange, what_if
from playbook.framework import load_framework
from playbook.model import InputError
from playbook.report.metric_tree.history import decompose_days
from playbook.report.metric_tree.view import problem_text
from playbook.worksheet.numbers import brief
from playbook.worksheet.parse import read_worksheet
from playbook.worksheet.time_series import Point

SHEET, TABLE = "metric_tree", "nodes"
LEAST_CHANGE, MOST_CHANGE = -1.0, 10.0
"""Nothing falls by more than all of it, and what is meant as 1,500 % is a slip of the pen."""

Figures = Mapping[str, float]
Day = date | datetime | str


class MetricTree:
    """A metric tree that questions can be put to: what if, and why did it change?

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({
    ...     "name": ["Revenue", "Calls", "Revenue per call"],
    ...     "parent": [None, "Revenue", "Revenue"],
    ...     "how": ["product", None, None],
    ...     "now": [None, 200, 5],
    ... })
    >>> tree = MetricTree.from_frame(frame)
    >>> float(tree.values["Revenue"])
    1000.0
    >>> round(float(tree.what_if({"Calls": 0.05}).loc["Revenue", "base"]), 4)
    0.05
    >>> before = {"Calls": 200, "Revenue per call": 5}
    >>> after = {"Calls": 220, "Revenue per call": 5}
    >>> tree.decompose(before, after)["contribution"].round(6).to_dict()
    {'Revenue': 100.0, 'Calls': 100.0, 'Revenue per call': 0.0}
    """

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._rows = {node.name: row for row, node in tree.nodes.items()}

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, history: pd.DataFrame | None = None) -> MetricTree:
        """A tree from a frame with a row for each metric.

        Parameters
        ----------
        frame
            `name` is the metric's name (or the index has them), `parent` that of the metric it
            moves. Every other column is a question of the sheet "metric_tree" (`playbook questions
            metric_tree`), such as `how` ("sum", "product", "ratio", "weighted", "formula",
            "influence"), `unit`, `now` and `target` (in that unit), `elasticity` (per cent above
            for one per cent here), `spread` (per cent), `lag_weeks`. Empty cells are not answered.
        history
            Figures by date: the index has the dates, a column for each metric that has any, named
            like it, in its unit. Gaps are left out.

        Raises
        ------
        InputError
            For a name that is missing or there twice, an unknown parent or column, or a value that
            the sheet would refuse.
        """
        if not isinstance(frame, pd.DataFrame):
            raise InputError(
                f"A metric tree is made from a DataFrame; not a {type(frame).__name__}."
            )
        lines = _lines(frame)
        rows = _row_ids([line.get("name") for line in lines])
        series = {} if history is None else _series(history, rows)
        nodes = [
            {**line, **_parent(line, rows), **series.get(name, {}), "id": row}
            for line, (name, row) in zip(lines, rows.items(), strict=True)
        ]
        framework = load_framework()
        worksheet = read_worksheet(framework.sheets[SHEET], {TABLE: nodes}, framework.words)
        read = worksheet.rows(TABLE)
        return cls(tree_of([row.id for row in read], [row.answers for row in read]))

    @classmethod
    def from_workbook(cls, answers: pd.DataFrame, worksheet: str | None = None) -> MetricTree:
        """The tree of a worksheet, from the answers that `open_workbook` or `open_example` gives.

        `worksheet` is its id in the index; the first metric tree there when left out, which is the
        one last changed. InputError when there is none.
        """
        mine = answers[
            (answers["sheet"] == SHEET) & answers["row"].fillna("").str.match(f"{TABLE}/")
        ]
        if worksheet is not None:
            mine = mine[mine.index == worksheet]
        if mine.empty:
            raise InputError("There is no metric tree with a metric among these answers.")
        rows: dict[str, dict[str, Any]] = {}
        for line in mine.loc[[mine.index[0]]].itertuples():
            name = line.row.partition("/")[2]
            rows.setdefault(name, {"id": name})[line.question] = _given(line.value)
        framework = load_framework()
        data = {TABLE: list(rows.values())}
        read = read_worksheet(framework.sheets[SHEET], data, framework.words).rows(TABLE)
        return cls(tree_of([row.id for row in read], [row.answers for row in read]))

    @property
    def metrics(self) -> pd.DataFrame:
        """The metrics in the tree's order: level, parent, unit, value.

        `level` is the choice's id, `parent` the name of the metric that it moves (missing at the
        top), `value` what it stands at, in its unit; NaN where nothing tells it.
        """
        found = values(self._tree).values
        lines = {
            self._name(row): (
                node.answers.get("level"),
                self._name(node.parent) if node.parent else None,
                node.unit,
                found[row],
            )
            for row, node in self._tree.nodes.items()
        }
        columns = ["level", "parent", "unit", "value"]
        return pd.DataFrame.from_dict(lines, orient="index", columns=columns).rename_axis("metric")

    @property
    def values(self) -> pd.Series:
        """What each metric stands at, in its unit; NaN where nothing tells it."""
        found = values(self._tree).values
        return pd.Series({self._name(row): found[row] for row in self._tree.nodes}, dtype=float)

    @property
    def problems(self) -> list[str]:
        """What is wrong with the tree, a sentence each."""
        words = load_framework().words
        return [problem_text(problem, words) for problem in values(self._tree).problems]

    def what_if(self, changes: Figures) -> pd.DataFrame:
        """What follows when metrics change, as shares of what they are now.

        Parameters
        ----------
        changes
            By name: 0.05 is 5 % more, -0.1 a tenth less.

        Returns
        -------
        DataFrame
            A row for each metric. `base` is its change as a share; `low` and `high` are what comes
            out when every link is at its least or its most favourable. NaN where a change can't be
            followed; `attrs["problems"]` says why. `attrs["lag_weeks"]` is how many weeks the
            slowest of the changes takes to reach the top.

        Raises
        ------
        InputError
            For a metric that is not in the tree, or a change that is no share.
        """
        if not isinstance(changes, Mapping):
            raise InputError('Changes are a dict such as {"Calls": 0.05}, where 0.05 is 5 % more.')
        shares = {self._row(name): _share(name, change) for name, change in changes.items()}
        found, words = what_if(self._tree, shares), load_framework().words
        lines = {self._name(row): _moved(moved) for row, moved in found.moved.items()}
        frame = pd.DataFrame.from_dict(
            lines, orient="index", columns=["low", "base", "high"], dtype=float
        ).rename_axis("metric")
        frame.attrs["problems"] = [problem_text(problem, words) for problem in found.problems]
        frame.attrs["lag_weeks"] = found.lag_weeks
        return frame

    def decompose(
        self, start: Day | Figures, end: Day | Figures, metric: str | None = None
    ) -> pd.DataFrame:
        """Why a metric changed: how much of it each metric below contributed.

        Parameters
        ----------
        start, end
            Two days ("2027-03-31" or a date), between which the tree's `history` tells the change,
            each series by its last figure until then; or the figures themselves, by name.
        metric
            The metric that changed; the one at the top when left out.

        Returns
        -------
        DataFrame
            A row for each metric that has a part in it, in the tree's order. `contribution` is in
            the unit of the metric that was asked for; `residual` is what links of influence don't
            explain.
            The contributions of the metrics at the bottom and the residual add up to the change.
            `attrs` has `metric`, `unit`, `start`, `end` and `unchanged`: the metrics without a
            series, which count as they stand now.

        Raises
        ------
        InputError
            For an unknown metric, a day that is none, or a change that nothing tells.
        """
        if not self._tree.nodes:
            raise InputError("The tree has no metric yet.")
        root = self._tree.root
        row = self._row(metric) if metric is not None else root.id if root else ""
        found, still = self._taken_apart(row, start, end)
        if isinstance(found, Problem):
            raise InputError(problem_text(found, load_framework().words))
        order = [it for it in self._tree.nodes if it in found.contributions]
        lines = {self._name(it): (found.contributions[it], found.residual.get(it)) for it in order}
        frame = pd.DataFrame.from_dict(
            lines, orient="index", columns=["contribution", "residual"], dtype=float
        ).rename_axis("metric")
        node = self._tree.nodes[row]
        frame.attrs |= {"metric": node.name, "unit": node.unit, "start": found.start}
        frame.attrs |= {"end": found.end, "unchanged": [self._name(it) for it in still]}
        return frame

    def _taken_apart(
        self, row: str, start: Day | Figures, end: Day | Figures
    ) -> tuple[Decomposition | Problem, Figures]:
        if isinstance(start, Mapping) and isinstance(end, Mapping):
            first, last = (
                {self._row(name): _figure(name, it) for name, it in given.items()}
                for given in (start, end)
            )
            return decompose(self._tree, row, first, last), {}
        if isinstance(start, Mapping) or isinstance(end, Mapping):
            raise InputError("Start and end are two days, or two dicts of figures by name.")
        days = _day(start), _day(end)
        if days[0] >= days[1]:
            raise InputError(f"The start, {days[0]}, is not before the end, {days[1]}.")
        return decompose_days(self._tree, row, *days)

    def _row(self, name: Hashable) -> str:
        if not isinstance(name, str) or name not in self._rows:
            raise InputError(_unknown(name, self._rows))
        return self._rows[name]

    def _name(self, row: str) -> str:
        return self._tree.nodes[row].name

    def __repr__(self) -> str:
        root = self._tree.root
        return f"<MetricTree of {len(self._rows)} metrics, {root.name if root else 'none'} on top>"


# --------------------------------------------------------------------------- from frames


def _lines(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Each row as {question: value}, without the empty cells."""
    if "name" not in frame:
        frame = frame.rename_axis("name").reset_index()
    return [
        {str(key): _plain(value) for key, value in line.items() if not _is_empty(value)}
        for line in frame.to_dict("records")
    ]


def _given(value: Any) -> Any:
    """An answer of the long frame as a file would have it."""
    if isinstance(value, tuple):
        return [[it.date, it.value] if isinstance(it, Point) else it for it in value]
    return value


def _is_empty(value: Any) -> bool:
    return pd.api.types.is_scalar(value) and (bool(pd.isna(value)) or value == "")


def _plain(value: Any) -> Any:
    """A cell as a file would have it: numpy's numbers as Python's, a timestamp as its day."""
    if isinstance(value, datetime):
        return value.date()
    return value.item() if hasattr(value, "item") else value


def _row_ids(names: list[Any]) -> dict[str, str]:
    """A row's id for each name."""
    for place, name in enumerate(names):
        if not isinstance(name, str) or not name.strip():
            raise InputError(f"Metric {place + 1} has no name; the column `name` takes one each.")
        if name in names[:place]:
            raise InputError(f"Two metrics are called {brief(name)}; give each a name of its own.")
    return {name: f"m{place}" for place, name in enumerate(names, 1)}


def _parent(line: Mapping[str, Any], rows: Mapping[str, str]) -> dict[str, str]:
    if "parent" not in line:
        return {}
    if line["parent"] not in rows:
        raise InputError(f"{brief(line['name'])}: {_unknown(line['parent'], rows)}")
    return {"parent": rows[line["parent"]]}


def _series(history: pd.DataFrame, rows: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The column of each metric as the pairs that the sheet takes."""
    if not isinstance(history, pd.DataFrame) or not isinstance(history.index, pd.DatetimeIndex):
        raise InputError("A history is a DataFrame with dates as its index (pd.to_datetime).")
    for name in history.columns:
        if name not in rows:
            raise InputError(_unknown(name, rows))
    known = {name: history[name].dropna() for name in history.columns}
    return {
        name: {"data": [[day.date(), float(it)] for day, it in column.items()]}
        for name, column in known.items()
        if len(column)
    }


def _unknown(name: object, rows: Mapping[str, str]) -> str:
    near = get_close_matches(str(name), rows, 1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(rows)}."
    return f"There is no metric {brief(name)}; {hint}"


def _share(name: object, change: object) -> float:
    number = _figure(name, change)
    if not LEAST_CHANGE <= number <= MOST_CHANGE:
        raise InputError(
            f"{brief(name)}: a change is a share from -1 to 10, 0.05 for 5 % more; not {number:g}."
        )
    return number


def _figure(name: object, given: object) -> float:
    try:
        number = float(given)  # type: ignore[arg-type]  # whatever it is, that is the question
    except (TypeError, ValueError):
        number = math.nan
    if isinstance(given, bool | str) or not math.isfinite(number):
        raise InputError(f"{brief(name)}: {brief(given)} is no number.")
    return number


def _day(given: object) -> date:
    try:
        day = pd.Timestamp(given)
    except (TypeError, ValueError):
        day = pd.NaT
    if pd.isna(day):
        raise InputError(f'A day is a date such as "2027-03-31"; not {brief(given)}.')
    return date(day.year, day.month, day.day)


def _moved(moved: MetricChange | None) -> tuple[float, float, float]:
    return (moved.low, moved.base, moved.high) if moved else (math.nan, math.nan, math.nan)
