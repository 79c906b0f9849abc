"""A sheet on paper: its first questions with boxes to tick and lines to write on."""

from __future__ import annotations

from typing import Any

from playbook.model import Sheet
from playbook.model.wording import Words
from playbook.worksheet.kinds import choice_labels


def paper_card(sheet: Sheet, words: Words) -> dict[str, Any]:
    """{title, questions}: of each question that everybody is asked its `text` and `choices`."""
    asked = [
        {"text": question.text, "choices": list(choice_labels(question, words).values())}
        for section in sheet.sections
        if not section.deeper
        for question in section.questions
        if not question.optional and not question.ask_if
    ]
    return {"title": sheet.title, "questions": asked}
