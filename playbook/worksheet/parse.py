"""From what somebody typed, sent or wrote in a file to a value that may be stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from playbook.model import InputError, Question, Row, Sheet, Value, Worksheet
from playbook.model.wording import Words
from playbook.worksheet.kinds import ROW_ID, kind_of, listed
from playbook.worksheet.numbers import brief


def parse(question: Question, given: Any, words: Words, today: date | None = None) -> Value | None:
    """The value to store for `given`, or None for "not answered".

    `today` is given where somebody answers now, and may say a day from there; a file has none, so
    that it says the same whenever it is read.
    `row` answers are only checked for form here: which rows exist is the worksheet's to know.
    Raises InputError with a sentence for the person who answered.
    """
    if given is None or given in ("", []):
        return None
    kind = kind_of(question)
    if today and kind.settled:
        given = kind.settled(given, today, words)
    return kind.parse(question, given, words)


# --------------------------------------------------------------------------- files


def read_worksheet(sheet: Sheet, data: Any, words: Words) -> Worksheet:
    """A worksheet from a file's content: {question id: value, table id: [rows]}.

    A row is {question id: value}, with an optional "id"; without one it gets "row1", "row2" ...
    Raises InputError that names the question and the value.
    """
    if not isinstance(data, Mapping):
        raise InputError(words.text("error.file_shape", given=brief(data)))
    table_ids = {table.id for table in sheet.tables}
    tables = {
        table: _read_rows(sheet, table, data[table], words)
        for table in (item.id for item in sheet.tables)
        if table in data
    }
    plain = {key: given for key, given in data.items() if key not in table_ids}
    worksheet = Worksheet(sheet.id, _read_answers(sheet, None, plain, "", words), tables)
    check_rows_exist(sheet, worksheet, words)
    return worksheet


def check_rows_exist(sheet: Sheet, worksheet: Worksheet, words: Words) -> None:
    """Raise InputError when a `row` answer names a row that its table does not have."""
    for question in sheet.questions():
        given = worksheet.answers.get(question.id)
        if question.kind != "row" or given is None or question.table is None:
            continue
        known = [row.id for row in worksheet.rows(question.table)]
        if given not in known:
            text = words.text("error.no_such_row", given=given, rows=listed(known) or "none")
            raise InputError(_at(question.id, text), question.id)


def _read_rows(sheet: Sheet, table: str, given: Any, words: Words) -> tuple[Row, ...]:
    limit = sheet.table(table).max_rows
    if not isinstance(given, list):
        raise InputError(_at(table, words.text("error.rows", given=brief(given))), table)
    if len(given) > limit:
        text = words.text("error.too_many_rows", count=len(given), limit=limit)
        raise InputError(_at(table, text), table)
    rows = tuple(
        _read_row(sheet, table, number, item, words) for number, item in enumerate(given, 1)
    )
    ids = [row.id for row in rows]
    twice = next((row for row in ids if ids.count(row) > 1), None)
    if twice:
        raise InputError(_at(table, words.text("error.row_twice", given=twice)), table)
    return rows


def _read_row(sheet: Sheet, table: str, number: int, given: Any, words: Words) -> Row:
    where = f"{table} row {number}"
    if not isinstance(given, Mapping):
        raise InputError(_at(where, words.text("error.row_shape", given=brief(given))), table)
    row_id = given.get("id", f"row{number}")
    if not isinstance(row_id, str) or not ROW_ID.fullmatch(row_id):
        raise InputError(_at(where, words.text("error.row_id", given=brief(row_id))), table)
    plain = {key: value for key, value in given.items() if key != "id"}
    return Row(row_id, _read_answers(sheet, table, plain, f"{where}, ", words))


def _read_answers(
    sheet: Sheet, table: str | None, given: Mapping[str, Any], where: str, words: Words
) -> dict[str, Value]:
    questions = {question.id: question for question in sheet.questions(table)}
    answers: dict[str, Value] = {}
    for key, value in given.items():
        if key not in questions:
            text = _not_asked(sheet, table, brief(key), words)
            raise InputError(_at(f"{where}{brief(key)}", text))
        try:
            parsed = parse(questions[key], value, words)
        except InputError as error:
            raise InputError(_at(f"{where}{key}", str(error)), key) from None
        if parsed is not None:
            answers[key] = parsed
    return answers


def _not_asked(sheet: Sheet, table: str | None, key: str, words: Words) -> str:
    """What to do about a key that is no question here: it has a place, is misspelt, or unknown."""
    here = [question.id for question in sheet.questions(table)]
    tables = [] if table else [item.id for item in sheet.tables]
    owner = next((item for item in tables if key in {q.id for q in sheet.questions(item)}), None)
    if owner:
        return words.text("error.question_of_rows", table=owner)
    if near := get_close_matches(key.lower(), [*here, *tables], 1):
        return words.text("error.question_near", sheet=sheet.id, near=near[0])
    return words.text("error.no_question", sheet=sheet.id, known=listed([*here, *tables]))


def _at(where: str, text: str) -> str:
    return f"{where}: {text}"
