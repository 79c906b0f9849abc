"""The flow and the alignment sheet's answers as frames: steps, pairs, blocks, tools, data."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from playbook.analysis.work_system.alignment import DIMENSIONS, PAIRS, fit, typed_again
from playbook.analysis.work_system.alignment_answers import data_sets_of, skills_of, uses_of
from playbook.analysis.work_system.answers import said
from playbook.analysis.work_system.flow_answers import ListedFlow, flow_of
from playbook.frames.focus import given_answers
from playbook.framework import load_framework
from playbook.model import InputError, Sheet, Value, Worksheet
from playbook.worksheet.parse import read_worksheet
from playbook.worksheet.visibility import visible_answers, visible_rows

Answers = Mapping[str, Value]


def first_worksheet(answers: pd.DataFrame, name: str) -> tuple[Sheet, Worksheet]:
    """The first worksheet of a sheet among `answers`; InputError when there is none."""
    framework = load_framework()
    sheet = framework.sheets[name]
    mine = answers[answers["sheet"] == name]
    if mine.empty:
        raise InputError(f"There is no sheet “{sheet.title}” among these answers.")
    given = given_answers(mine.loc[[mine.index[0]]])
    return sheet, read_worksheet(sheet, given, framework.words)


class WorkFlow:
    """The work as the flow sheet tells it: its steps, and what follows from their times.

    Examples
    --------
    >>> from playbook.frames import WorkFlow, open_example
    >>> flow = WorkFlow.from_workbook(open_example())
    >>> flow.steps.shape, int(flow.steps["handoff"].sum())
    ((7, 8), 5)
    >>> flow.figures["efficiency"].round(3)
    np.float64(0.11)
    """

    def __init__(self, listed: ListedFlow) -> None:
        """Use `from_workbook`."""
        self._listed = listed

    @classmethod
    def from_workbook(cls, answers: pd.DataFrame) -> WorkFlow:
        """The flow of the first flow sheet in the answers that `open_workbook` or `open_example`
        gives. InputError when there is none."""
        sheet, worksheet = first_worksheet(answers, "flow")
        table = zip(
            (row.id for row in worksheet.rows("steps")),
            visible_rows(sheet, worksheet, "steps"),
            strict=True,
        )
        return cls(flow_of(table, visible_answers(sheet, worksheet)))

    @property
    def steps(self) -> pd.DataFrame:
        """A line for each step up to the delivery: `step`, `lane`, hours of `touch` and `wait`,
        shares of `errors` and `exceptions`, `people`, and whether it gets its case by a `handoff`
        from another lane. What nobody said is NaN."""
        flow = self._listed.flow
        names = ("lane", "touch", "wait", "errors", "exceptions", "people")
        lines = [
            {"step": it.name, **{name: getattr(it, name) for name in names}} for it in flow.steps
        ]
        frame = pd.DataFrame(lines, columns=["step", *names])
        frame["handoff"] = frame.index.isin(flow.handoffs)
        return frame.astype(dict.fromkeys(names[1:], float))

    @property
    def figures(self) -> pd.Series:
        """Hours of `lead_time`, `touch` and `wait`; shares: `efficiency`, `first_time_right` and
        `unusual`; cases: `in_progress` and `most_a_week`. NaN where something nobody said is
        needed, never a guess."""
        flow, week = self._listed.flow, self._listed.week
        names = ("lead_time", "touch", "wait", "efficiency", "first_time_right", "unusual")
        narrow = flow.bottleneck
        most = narrow.most * week if narrow and week else None
        told = {name: getattr(flow, name) for name in names}
        told |= {"in_progress": flow.in_progress, "most_a_week": most}
        return pd.Series(told, dtype=float)


class Alignment:
    """How people, processes and technology fit, as the alignment sheet tells it.

    Examples
    --------
    >>> from playbook.frames import Alignment, open_example
    >>> found = Alignment.from_workbook(open_example())
    >>> found.pairs["level"].tolist(), found.pairs["weakest"].sum()
    ([3.0, 4.0, 3.0], np.int64(2))
    >>> found.blocks["gap"].max(), found.uses["typed_again"].any()
    (np.float64(2.0), np.False_)
    >>> found.data["accuracy"].min()
    np.float64(0.88)
    """

    def __init__(self, sheet: Sheet, worksheet: Worksheet) -> None:
        """Use `from_workbook`."""
        self._sheet, self._worksheet = sheet, worksheet

    @classmethod
    def from_workbook(cls, answers: pd.DataFrame) -> Alignment:
        """The first alignment sheet in the answers that `open_workbook` or `open_example` gives.
        InputError when there is none."""
        return cls(*first_worksheet(answers, "alignment"))

    @property
    def pairs(self) -> pd.DataFrame:
        """A line for each two of the three: its `level` from 0 to 4 (NaN where open), and whether
        it is the `weakest`, which counts for the whole."""
        levels = {pair: self._point("_".join(pair)) for pair in PAIRS}
        weakest = fit(levels).weakest
        lines = [("–".join(pair), level, pair in weakest) for pair, level in levels.items()]
        frame = pd.DataFrame(lines, columns=["pair", "level", "weakest"])
        return frame.astype({"level": float}).set_index("pair")

    @property
    def blocks(self) -> pd.DataFrame:
        """A line for each of six blocks: where it is `now` and `wanted`, from 0 to 4, and the `gap`
        between them."""
        ends = "_now"
        names = [it.removesuffix(ends) for it in self._sheet.scales if it.endswith(ends)]
        lines = [(it, self._point(f"{it}_now"), self._point(f"{it}_wanted")) for it in names]
        frame = pd.DataFrame(lines, columns=["block", "now", "wanted"])
        frame = frame.astype({"now": float, "wanted": float}).set_index("block")
        return frame.assign(gap=frame["wanted"] - frame["now"])

    @property
    def uses(self) -> pd.DataFrame:
        """A line for each time that a tool gets or shows data: `step`, `tool`, `data`, `how`, and
        whether they are `typed_again` though another tool has them."""
        uses = uses_of(self._rows("uses"))
        again = {(it.step, it.tool, it.data) for it in typed_again(uses)}
        lines = [
            (it.step, it.tool, it.data, it.how, (it.step, it.tool, it.data) in again) for it in uses
        ]
        return pd.DataFrame(lines, columns=["step", "tool", "data", "how", "typed_again"])

    @property
    def skills(self) -> pd.DataFrame:
        """A line for each skill: how many people `need` and `have` it, and how many are `short`."""
        lines = [(it.name, it.need, it.have) for it in skills_of(self._rows("skills"))]
        frame = pd.DataFrame(lines, columns=["skill", "need", "have"])
        frame = frame.astype({"need": float, "have": float}).set_index("skill")
        return frame.assign(short=(frame["need"] - frame["have"]).clip(lower=0))

    @property
    def data(self) -> pd.DataFrame:
        """A line for each data set: its `owner`, and the shares that are right (`accuracy`), there
        (`completeness`) and in time (`timeliness`), NaN where nobody measured."""
        sets = data_sets_of(self._rows("data_sets"))
        lines = [(it.name, it.owner, *(getattr(it, one) for one in DIMENSIONS)) for it in sets]
        frame = pd.DataFrame(lines, columns=["data", "owner", *DIMENSIONS])
        return frame.astype(dict.fromkeys(DIMENSIONS, float)).set_index("data")

    def _rows(self, table: str) -> list[Answers]:
        return [it for it in visible_rows(self._sheet, self._worksheet, table) if it]

    def _point(self, question: str) -> int | None:
        value = said(self._worksheet.answers, question)
        return self._sheet.scales[question].index(value) if value else None
