"""What a choice answers besides: a measure of a library brings its unit and its direction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from playbook.model import Question, Sheet
from playbook.model.storage import FieldState, Set, Stored
from playbook.worksheet.fields import address


def brought_along(
    sheet: Sheet, fields: Mapping[str, FieldState], question: Question, stored: Stored, field: str
) -> Iterator[Set]:
    """The other answers of the row that the choice fills: those that are blank, and those that an
    earlier choice of the row filled, which go where the new one has none. What somebody wrote
    stays."""
    chosen = next((one for one in question.choices if one.id == stored), None)
    if chosen is None or not chosen.fills:
        return
    start = field.removesuffix(question.id)
    filled = [*_filled(sheet.questions(address(field).table), fields, start)]
    for asked in dict.fromkeys([*chosen.fills, *(asked for asked, _ in filled)]):
        said, value = _said(fields, start + asked), chosen.fills.get(asked)
        if said != value and (said is None or (asked, said) in filled):
            yield Set(start + asked, value, None)


def _filled(
    questions: Iterable[Question], fields: Mapping[str, FieldState], start: str
) -> Iterator[tuple[str, Stored]]:
    """What the choices that stand in the row bring along, by question."""
    for one in questions:
        said = _said(fields, start + one.id)
        for choice in one.choices:
            if choice.id == said:
                yield from choice.fills.items()


def _said(fields: Mapping[str, FieldState], field: str) -> Stored:
    state = fields.get(field)
    return state.value if state else None
