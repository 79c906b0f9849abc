"""A workgroup's check-ins as a frame: a row a calendar week, gaps included."""

from __future__ import annotations

import pandas as pd

from playbook.analysis.practices.weeks import CheckIn, every_week
from playbook.analysis.practices.weeks import check_ins as read
from playbook.assessing.analyst import Answers, find_sheet, given_worksheet
from playbook.framework import Framework, load_framework
from playbook.model import Sheet

SHEET, TABLE = "practices", "check_ins"
TEXTS = ("decided", "changed", "example", "helped", "cost", "action", "who")
BETWEEN = " · "
"""Stands between what several check-ins of one week said."""


def check_ins(worksheet: Answers) -> pd.DataFrame:
    """The weekly check-ins of one workgroup, from the first week to the last.

    Parameters
    ----------
    worksheet
        The answers to the practices sheet, as `playbook.assess` takes them:
        `example("practices")["worksheet"]` for the filled example.

    Returns
    -------
    DataFrame
        A row a calendar week, indexed by its number from 1. `day` is when the group met, NaT in a
        week without a check-in; there everything else is missing too, and nothing is zero.
        `same_words` is an ordered category of the words that the screen shows, the worst first;
        `practice` is the one to work on; the other columns hold the group's own words, of several
        check-ins in a week with “·” between.

    Raises
    ------
    InputError
        For answers that can't be those of the sheet.

    Examples
    --------
    >>> from playbook import example, frames
    >>> weeks = frames.check_ins(example("practices")["worksheet"])
    >>> len(weeks), int(weeks["day"].isna().sum())
    (13, 1)
    >>> weeks.loc[8, ["same_words", "practice"]].tolist()
    ['Partly', 'Reflect more to learn faster']
    """
    framework = load_framework()
    sheet = find_sheet(framework, SHEET)
    given = given_worksheet(sheet, worksheet, framework)
    found = read(row.answers for row in given.rows(TABLE))
    labels = _labels(sheet, framework)
    lines = [_line(one, labels) for _, one in every_week(found)]
    columns = ["day", "same_words", "practice", *TEXTS]
    frame = pd.DataFrame(lines, columns=columns)
    frame.index = pd.RangeIndex(1, len(lines) + 1, name="week")
    frame["day"] = pd.to_datetime(frame["day"])
    words = [labels["matched"][one] for one in ("no", "partly", "yes")]
    frame["same_words"] = pd.Categorical(frame["same_words"], words, ordered=True)
    return frame


def _labels(sheet: Sheet, framework: Framework) -> dict[str, dict[str, str]]:
    practice = sheet.question("practice", TABLE).choices
    answers = framework.words.group("answer")
    return {"practice": {one.id: one.label for one in practice}, "matched": answers}


def _line(one: CheckIn | None, labels: dict[str, dict[str, str]]) -> dict[str, object]:
    if one is None:
        return {}
    said = {name: BETWEEN.join(one.said[name]) for name in TEXTS if one.has(name)}
    practice = BETWEEN.join(labels["practice"][it] for it in one.said.get("practice", ()))
    return {
        "day": one.day,
        "same_words": labels["matched"].get(one.matched or ""),
        "practice": practice or None,
        **said,
    }
