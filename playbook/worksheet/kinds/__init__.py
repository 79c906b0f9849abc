"""The kinds of questions, a module each: how an answer is read, told, reckoned with and counted."""

from collections.abc import Mapping

from playbook.model import Kind, Question
from playbook.worksheet.kinds.base import Disagreement, Names, QuestionKind, VoteCounting
from playbook.worksheet.kinds.choice import ANSWER, ONE, SCALE, choice_ids, choice_labels, listed
from playbook.worksheet.kinds.date import DATE, written_date
from playbook.worksheet.kinds.many import MANY
from playbook.worksheet.kinds.number import NUMBER
from playbook.worksheet.kinds.rank import RANK
from playbook.worksheet.kinds.row import ROW, ROW_ID
from playbook.worksheet.kinds.series import SERIES
from playbook.worksheet.kinds.text import TEXT, clean_text, max_length

KINDS: Mapping[Kind, QuestionKind] = {
    "answer": ANSWER,
    "one": ONE,
    "many": MANY,
    "rank": RANK,
    "scale": SCALE,
    "row": ROW,
    "date": DATE,
    "number": NUMBER,
    "series": SERIES,
    "text": TEXT,
    "long_text": TEXT,
}
"""Every kind that a sheet may name. Add one here, in `Kind` (playbook/model/content.py) and on the
page (widgets/form/kinds/index.js)."""


def kind_of(question: Question) -> QuestionKind:
    """The kind of a question."""
    return KINDS[question.kind]


__all__ = [
    "KINDS",
    "ROW_ID",
    "Disagreement",
    "Names",
    "QuestionKind",
    "VoteCounting",
    "choice_ids",
    "choice_labels",
    "clean_text",
    "kind_of",
    "listed",
    "max_length",
    "written_date",
]
