"""One row of a table. Which rows exist is the worksheet's to know: here the form is checked."""

from __future__ import annotations

import re
from typing import Any

from playbook.model import InputError, Question, Value
from playbook.model.wording import Words
from playbook.worksheet.kinds.base import Names, QuestionKind
from playbook.worksheet.numbers import brief

ROW_ID = re.compile(r"[a-z0-9]{1,40}")


def _parse(_: Question, given: Any, words: Words) -> Value:
    if isinstance(given, str) and ROW_ID.fullmatch(given):
        return given
    raise InputError(words.text("error.row", given=brief(given)))


def _name(_: Question, value: str, __: Words, names: Names) -> str:
    return names.get(value, value)


ROW = QuestionKind(_parse, _name)
