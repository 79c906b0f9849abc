"""What other sheets decided, as a person reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from playbook.assessing.workbook import CarriedValue, CaseNote, Workbook
from playbook.framework import Framework
from playbook.model.wording import Words
from playbook.report.answers import shown
from playbook.report.governance.carried import data_owners, waves
from playbook.report.scorecard.steering import SteeringFigure, steering
from playbook.worksheet.figures import figure
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


@dataclass(frozen=True, slots=True)
class CarriedTable:
    """More about each name that is carried: headings, and rows that begin with the name."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def carried_table(one: CarriedValue, workbook: Workbook) -> CarriedTable | None:
    """The small table below what is carried; None where there is none."""
    if one.value is None or one.carry.columns is None:
        return None
    name = one.carry.columns
    heads = workbook.framework.words.group(f"beside_{name}")
    return CarriedTable(tuple(heads.values()), tuple(TABLES[name](workbook)))


def _steering(workbook: Workbook) -> Iterable[tuple[str, ...]]:
    return [_steering_row(it, workbook.framework.words) for it in steering(workbook)]


def _steering_row(it: SteeringFigure, words: Words) -> tuple[str, ...]:
    def told(value: float | None) -> str:
        return words.text("beside.none") if value is None else figure(value, it.unit)

    latest = told(it.latest)
    if it.day:
        latest = words.text("beside.dated", latest=latest, day=written_date(it.day, words))
    return it.name, told(it.baseline), told(it.target), latest


TABLES: Mapping[str, Callable[[Workbook], Iterable[tuple[str, ...]]]] = {
    "steering": _steering,
    "waves": waves,
    "data_owners": data_owners,
}
"""The rows of each table by what a carry's `columns` calls it; its headings are wording."""


def note_text(note: CaseNote, framework: Framework) -> str:
    """A sentence of one's own with the case that it comes from."""
    words = framework.words
    day = written_date(note.day, words)
    return words.text("cases.page.on_sheet", text=note.text, title=note.title, day=day)
