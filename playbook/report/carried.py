"""What other sheets decided, as a person reads it."""

from __future__ import annotations

from playbook.assessing.workbook import CarriedValue
from playbook.framework import Framework
from playbook.report.answers import shown


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
