"""Where the rows of a table stand: each has a number, and a row between two gets one between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playbook.model import Table
from playbook.model.storage import FieldState, Set
from playbook.worksheet.fields import row_places

_NEAREST = 1e-6  # rows closer than this are numbered anew: halving a float has an end


def last_place(fields: Mapping[str, FieldState], table: Table) -> float:
    """The place of the last row."""
    return max(row_places(fields, table.id).values(), default=0.0)


def put_between(table: Table, field: str, others: Mapping[str, float], index: int) -> Iterator[Set]:
    """The row `field` before the `index`th of `others`; all are numbered anew when it is tight."""
    places = list(others.values())
    before = places[index - 1] if index > 0 else places[0] - 2
    after = places[index] if index < len(places) else places[-1] + 2
    if after - before > _NEAREST:
        yield Set(field, (before + after) / 2, None)
        return
    fields = [f"{table.id}/{row}" for row in others]
    for place, name in enumerate([*fields[:index], field, *fields[index:]], 1):
        yield Set(name, float(place), None)
