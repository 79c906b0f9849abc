"""Whatever may be answered: strategies for any question, row and sheet, also for those to come."""

from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import strategies as st

from playbook.framework import load_framework
from playbook.model import VERDICTS, Carry, Question, Row, Sheet, Value, Worksheet
from playbook.worksheet.kinds import choice_ids

FRAMEWORK = load_framework()
TODAY = date(2026, 3, 2)
ODD = "{0} {names} %s <b>"
"""A text that bends a sentence which does not take it as it is."""

ROWS = ("row0", "row1", "row2")
SERIES = "2025-12-01 4\n2025-12-08 5.5\n2025-12-15 -3"


def values(question: Question) -> st.SearchStrategy[Value]:
    """Anything that may be stored for a question."""
    ids = choice_ids(question)
    low, high = (question.low or 0, question.high or 100) if question.kind == "number" else (0, 0)
    return {
        "answer": lambda: st.sampled_from(ids),
        "one": lambda: st.sampled_from(ids),
        "scale": lambda: st.sampled_from(ids),
        "many": lambda: st.sets(st.sampled_from(ids), min_size=1).map(
            lambda picked: tuple(choice for choice in ids if choice in picked)
        ),
        "rank": lambda: st.permutations(ids).map(tuple),
        "row": lambda: st.sampled_from(ROWS),
        "date": lambda: st.integers(-900, 900).map(
            lambda days: (TODAY + timedelta(days)).isoformat()
        ),
        "number": lambda: st.integers(int(low), int(high)).map(str),
        "series": lambda: st.just(SERIES),
        "text": lambda: st.sampled_from(
            ["P1", "P2, P3"] if question.codes else ["Farms stay", ODD]
        ),
        "long_text": lambda: st.sampled_from(["Farms stay", ODD]),
    }[question.kind]()


def some(sheet: Sheet, table: str | None = None) -> st.SearchStrategy[dict[str, Value]]:
    """Some of the questions asked once, or of one row of `table`, answered in any way."""
    return st.fixed_dictionaries({}, optional={q.id: values(q) for q in sheet.questions(table)})


def tables(sheet: Sheet) -> st.SearchStrategy[dict[str, list[dict[str, Value]]]]:
    """Some rows of every table."""
    return st.fixed_dictionaries(
        {table.id: st.lists(some(sheet, table.id), max_size=len(ROWS)) for table in sheet.tables}
    )


def carried(sheet: Sheet) -> st.SearchStrategy[dict[str, Value]]:
    """What other sheets may have decided: a verdict, or an answer."""
    verdicts = st.sampled_from([verdict.value for verdict in VERDICTS])

    def told(carry: Carry) -> st.SearchStrategy[Value]:
        source = FRAMEWORK.sheets.get(carry.sheet)
        if carry.table:
            return st.lists(st.sampled_from(["Farms stay", ODD]), min_size=1).map(tuple)
        if carry.number:
            return st.integers(0, 80).map(str)
        if carry.question is None:
            return verdicts
        return values(source.carried_question(carry.question)) if source else st.just(ODD)

    return st.fixed_dictionaries({}, optional={carry.id: told(carry) for carry in sheet.carries})


def worksheet(
    sheet: Sheet,
    answers: Mapping[str, Value],
    given: Mapping[str, list[dict[str, Value]]] | None = None,
) -> Worksheet:
    """A worksheet with these answers, and these rows by table."""
    rows = {
        table: tuple(Row(row, one) for row, one in zip(ROWS, many, strict=False))
        for table, many in (given or {}).items()
    }
    return Worksheet(sheet.id, answers, rows)
