"""What other sheets decided, as a person reads it."""

from __future__ import annotations

from playbook.assessing.workbook import CarriedValue, CaseNote
from playbook.framework import Framework
from playbook.report.answers import shown
from playbook.worksheet.kinds.date import written_date


def carried_text(one: CarriedValue, framework: Framework) -> str:
    """What is carried in words, or that it is missing; empty when nothing is to be said."""
    carry, words = one.carry, framework.words
    if one.value is None:
        return carry.missing
    if carry.table is not None:
        names = (words.text("list.name", name=name) for name in one.value)
        return carry.text.format(value=words.text("list.between").join(names))
    if carry.number is not None:
        return carry.text.format(value=one.value)
    if carry.question is None:
        return carry.text.format(value=words.text(f"level.{one.value}"))
    question = framework.sheets[carry.sheet].carried_question(carry.question)
    return carry.text.format(value=shown(question, one.value, words))


def note_text(note: CaseNote, framework: Framework) -> str:
    """A sentence of one's own with the case that it comes from."""
    words = framework.words
    day = written_date(note.day, words)
    return words.text("cases.page.on_sheet", text=note.text, title=note.title, day=day)
