"""What the rules say as frames: the findings of an assessment, a verdict per answer tried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from playbook.assessing.analyst import Answers, assess, find_sheet, given_worksheet
from playbook.assessing.assess import NOTHING
from playbook.framework import load_framework
from playbook.model import (
    VERDICTS,
    Assessment,
    InputError,
    Level,
    Question,
    Sheet,
    Value,
    Worksheet,
)
from playbook.model.wording import Words
from playbook.report.answers import shown
from playbook.worksheet.fields import address, question_of
from playbook.worksheet.kinds import choice_ids
from playbook.worksheet.numbers import brief
from playbook.worksheet.parse import parse


def findings(assessment: Assessment) -> pd.DataFrame:
    """The findings of an assessment, the gravest first: level, heading, text, row, ours.

    The index is the catalogue's rule. `level` is an ordered category of the words that the screen
    shows, `row` the id of the row that the finding is about, missing for the whole sheet; `ours`
    says that the judgement is the playbook's own. `attrs["verdict"]` is the verdict's word.

    Examples
    --------
    >>> from playbook import assess, example, frames
    >>> frames.findings(assess("catalyst", **example("catalyst"))).attrs["verdict"]
    'Ready'
    """
    words = load_framework().words
    lines = [
        (it.rule, words.text(f"level.{it.level}"), it.heading, it.text, it.row, it.ours)
        for it in assessment.findings
    ]
    columns = ["rule", "level", "heading", "text", "row", "ours"]
    frame = pd.DataFrame(lines, columns=columns).set_index("rule")
    frame["level"] = _category(frame["level"], [*VERDICTS, Level.INFO], words)
    frame.attrs["verdict"] = words.text(f"level.{assessment.verdict}")
    return frame


def try_answers(
    sheet: str,
    field: str,
    values: Iterable[Any] | None = None,
    *,
    worksheet: Answers,
    today: date | None = None,
    carried: Mapping[str, Value] = NOTHING,
) -> pd.DataFrame:
    """What the verdict becomes when one answer is another and all others stay.

    Parameters
    ----------
    sheet
        The sheet's id.
    field
        The answer to change: "question", or "table/row id/question" for one about a row. The id of
        one of the sheet's `carries` is what another sheet decided.
    values
        What to try, None for no answer. When left out: each choice of the question, then no answer;
        of a carried verdict, each verdict.
    worksheet, today, carried
        As in `assess`; `**example(sheet)` gives those of the filled example.

    Returns
    -------
    DataFrame
        A row for each answer tried, in words and in that order; `attrs["question"]` has the
        question's words. `verdict` is an ordered category of the words that the screen shows, the
        gravest first; `reason` is the heading of the gravest finding, `findings` how many there
        are.

    Raises
    ------
    InputError
        For an unknown sheet, field or row, a value that can't be, or a question without choices
        when `values` is left out.

    Examples
    --------
    >>> from playbook import example, frames
    >>> tried = frames.try_answers("catalyst", "candidates/claims/breaks", **example("catalyst"))
    >>> tried["verdict"].astype(str).to_dict()["No"]
    'Stop'
    """
    framework = load_framework()
    words, found = framework.words, find_sheet(framework, sheet)
    given = given_worksheet(found, worksheet, framework)
    told: dict[str, Assessment] = {}
    carries = {carry.id: carry for carry in found.carries}
    if field in carries:
        question = (carries[field].must or carries[field].text).removesuffix(": {value}")
        for value in VERDICTS if values is None else values:
            name = words.text(f"level.{value}") if value in VERDICTS else str(value)
            changed = {**carried, field: value}
            told[name] = assess(found, given, framework, today, changed)
    else:
        asked = question_of(found, field)
        question = asked.text
        for value in _choices(asked) if values is None else values:
            answer = parse(asked, value, words)
            name = shown(asked, answer, words) or words.text("report.unanswered")
            changed_sheet = _with_answer(found, given, field, answer)
            told[name] = assess(found, changed_sheet, framework, today, carried)
    lines = [
        (name, words.text(f"level.{it.verdict}"), _reason(it), len(it.findings))
        for name, it in told.items()
    ]
    columns = ["answer", "verdict", "reason", "findings"]
    frame = pd.DataFrame(lines, columns=columns)
    frame["answer"] = frame["answer"].astype(pd.CategoricalDtype(list(told), ordered=True))
    frame = frame.set_index("answer")
    frame["verdict"] = _category(frame["verdict"], VERDICTS, words)
    frame.attrs["question"] = question
    return frame


def _category(column: pd.Series, levels: Iterable[Level], words: Words) -> pd.Series:
    """The words of levels, which sort as the levels do."""
    order = [words.text(f"level.{level}") for level in levels]
    return column.astype(pd.CategoricalDtype(order, ordered=True))


def _choices(question: Question) -> list[str | None]:
    choices = choice_ids(question)
    if not choices:
        raise InputError(f"{question.id} has no choices; say in `values` what to try.")
    return [*choices, None]


def _reason(told: Assessment) -> str:
    return next((it.heading for it in told.findings if it.level == told.verdict), "")


def _with_answer(sheet: Sheet, given: Worksheet, field: str, answer: Value | None) -> Worksheet:
    """The worksheet with another answer in one field; None takes the answer away."""
    table, row, question = address(field)
    assert question is not None  # question_of would have refused it

    def changed(answers: Mapping[str, Value]) -> dict[str, Value]:
        rest = {name: value for name, value in answers.items() if name != question}
        return rest if answer is None else {**rest, question: answer}

    if table is None:
        return replace(given, answers=changed(given.answers))
    rows = given.rows(table)
    if row not in {it.id for it in rows}:
        known = ", ".join(it.id for it in rows) or "none"
        raise InputError(f"{table} of {sheet.id} has no row {brief(row)}; there are: {known}.")
    new = tuple(replace(it, answers=changed(it.answers)) if it.id == row else it for it in rows)
    return replace(given, tables={**given.tables, table: new})
