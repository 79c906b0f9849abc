"""From what somebody typed, sent or wrote in a file to a value that may be stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from playbook.model import InputError, Question, Row, Sheet, Value, Worksheet
from playbook.model.wording import Words
from playbook.worksheet.numbers import FIRST_YEAR, LAST_YEAR, brief, decimal_of, plain_number
from playbook.worksheet.series import read_series, stored_text

ANSWERS = ("yes", "partly", "no", "dont_know")
"""The four answers of a question of kind "answer"."""

LINE_LENGTH = 300
TEXT_LENGTH = 5_000
ROW_ID = re.compile(r"[a-z0-9]{1,40}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_LINE_END = re.compile(r"\r\n|[\r\x85\u2028\u2029]")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_SPACES = re.compile(r"(?<=[\d.,])[\s\u00a0\u2009\u202f](?=[\d.,])|^\s+|\s+$|\s+(?=\D+$)")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+")


def parse(question: Question, given: Any, words: Words) -> Value | None:
    """The value to store for `given`, or None for "not answered".

    `row` answers are only checked for form here: which rows exist is the worksheet's to know.
    Raises InputError with a sentence for the person who answered.
    """
    if given is None or given in ("", []):
        return None
    return _PARSERS[question.kind](question, given, words)


def max_length(question: Question) -> int:
    """The most characters a text answer may have."""
    return question.max_length or (LINE_LENGTH if question.kind == "text" else TEXT_LENGTH)


def choice_ids(question: Question) -> tuple[str, ...]:
    """The ids that may be picked; empty for questions without choices."""
    if question.kind == "answer":
        return ANSWERS
    return tuple(choice.id for choice in question.choices)


def choice_labels(question: Question, words: Words) -> dict[str, str]:
    """What a person reads for each id that may be picked, in order."""
    if question.kind == "answer":
        return {answer: words.text(f"answer.{answer}") for answer in ANSWERS}
    return {choice.id: choice.label for choice in question.choices}


def clean_text(text: str, lines: bool) -> str:
    """`text` without what breaks a page, a file or a terminal: control characters, lone surrogates,
    and the controls that turn the text after them around (each text has its own direction anyway).

    Nothing visible is changed: names keep their own Unicode form.
    """
    text = _LINE_END.sub("\n", text)
    text = _CONTROL.sub("", text).strip()
    return text if lines else " ".join(text.split("\n"))


def _text(question: Question, given: Any, words: Words) -> Value | None:
    if not isinstance(given, str):
        raise InputError(words.text("error.text", given=brief(given)))
    text = clean_text(given, lines=question.kind == "long_text")
    limit = max_length(question)
    if len(text) > limit:
        raise InputError(words.text("error.too_long", length=len(text), limit=limit))
    return text or None


def _one(question: Question, given: Any, words: Words) -> Value:
    allowed = choice_ids(question)
    if isinstance(given, str) and given in allowed:
        return given
    raise InputError(words.text("error.choice", given=brief(given), choices=_listed(allowed)))


def _many(question: Question, given: Any, words: Words) -> Value:
    allowed = choice_ids(question)
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise InputError(words.text("error.choices", given=brief(given), choices=_listed(allowed)))
    for item in given:
        _one(question, item, words)
    return tuple(choice for choice in allowed if choice in given)


def _rank(question: Question, given: Any, words: Words) -> Value:
    """In the order given; what is not named comes after, in no order."""
    allowed = choice_ids(question)
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise InputError(words.text("error.rank", given=brief(given), choices=_listed(allowed)))
    for item in given:
        _one(question, item, words)
    if len(set(given)) < len(given):
        twice = next(item for item in given if list(given).count(item) > 1)
        raise InputError(words.text("error.rank_twice", given=brief(twice)))
    return tuple(given)


def _number(question: Question, given: Any, words: Words) -> Value:
    """As a decimal without exponent; one comma may stand for the point, spaces between digits."""
    text = given if isinstance(given, str) else repr(given)
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise InputError(words.text("error.number", given=brief(given)))
    text = _SPACES.sub("", text).replace("−", "-")
    if question.unit:
        text = text.removesuffix(question.unit.replace(" ", "")).strip()
    if _THOUSANDS.fullmatch(text):
        raise InputError(words.text("error.number_comma", given=brief(given)))
    number = decimal_of(text.replace(",", "."))
    if number is None:
        raise InputError(words.text("error.number", given=brief(given)))
    low, high = question.low, question.high
    if (low is not None and number < Decimal(repr(low))) or (
        high is not None and number > Decimal(repr(high))
    ):
        limits = _limits(question)
        raise InputError(
            words.text(f"error.number_{_range(question)}", given=brief(given), **limits)
        )
    if question.whole and number != number.to_integral_value():
        raise InputError(words.text("error.whole", given=brief(given)))
    return plain_number(number)


def _range(question: Question) -> str:
    if question.low is None:
        return "high"
    return "low" if question.high is None else "range"


def _limits(question: Question) -> dict[str, str]:
    limits = {"low": question.low, "high": question.high}
    unit = f" {question.unit}" if question.unit else ""
    return {name: f"{limit or 0:,g}" for name, limit in limits.items()} | {"unit": unit}


def _series(_: Question, given: Any, words: Words) -> Value | None:
    return stored_text(read_series(given, words)) or None


def _date(_: Question, given: Any, words: Words) -> Value:
    if isinstance(given, date):  # TOML has dates of its own
        given = given.isoformat()[:10]
    if isinstance(given, str) and _ISO_DATE.fullmatch(given.strip()):
        try:
            parsed = date.fromisoformat(given.strip())
        except ValueError:
            pass
        else:
            if FIRST_YEAR <= parsed.year <= LAST_YEAR:
                return parsed.isoformat()
    raise InputError(words.text("error.date", given=brief(given)))


def _row(_: Question, given: Any, words: Words) -> Value:
    if isinstance(given, str) and ROW_ID.fullmatch(given):
        return given
    raise InputError(words.text("error.row", given=brief(given)))


_PARSERS: Mapping[str, Callable[[Question, Any, Words], Value | None]] = {
    "text": _text,
    "long_text": _text,
    "answer": _one,
    "one": _one,
    "many": _many,
    "rank": _rank,
    "scale": _one,
    "number": _number,
    "series": _series,
    "date": _date,
    "row": _row,
}


def _listed(items: Sequence[str]) -> str:
    return f"{', '.join(items[:-1])} or {items[-1]}" if len(items) > 1 else "".join(items)


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
            text = words.text("error.no_such_row", given=given, rows=_listed(known) or "none")
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
    return words.text("error.no_question", sheet=sheet.id, known=_listed([*here, *tables]))


def _at(where: str, text: str) -> str:
    return f"{where}: {text}"
