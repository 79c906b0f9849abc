"""What is under way, by what it does to the work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from playbook.framework import Framework
from playbook.model import Assessment, Choice, Sheet, Worksheet
from playbook.worksheet.visibility import visible_answers

TABLE, LABEL, SORT, TOLD = "initiatives", "initiative", "sort", "monday"
"""The table, and its questions that the picture reads."""


@dataclass(frozen=True, slots=True)
class Initiative:
    """A named row: `sort` is "" until it is chosen, `told` says whether Monday is."""

    name: str
    sort: str
    told: bool


def initiatives(sheet: Sheet, worksheet: Worksheet) -> list[Initiative]:
    """The rows that have a name, in the person's order."""
    rows = (visible_answers(sheet, worksheet, TABLE, row) for row in worksheet.rows(TABLE))
    return [
        Initiative(str(row[LABEL]), str(row.get(SORT, "")), TOLD in row)
        for row in rows
        if LABEL in row
    ]


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """The picture in sentences."""
    sorts = sheet.question(SORT, TABLE).choices
    return portfolio_summary(sorts, initiatives(sheet, worksheet), framework)


def portfolio_summary(
    sorts: Sequence[Choice], named: Sequence[Initiative], framework: Framework
) -> list[str]:
    """The picture in sentences: each sort, then what isn't sorted, then the bare labels.

    None before one is sorted.
    """
    if not any(one.sort for one in named):
        return []
    say, count = framework.words.text, len(named)
    lines = []
    for sort in sorts:
        names = _names(one for one in named if one.sort == sort.id)
        key = "line" if names else "line_none"
        found = sum(one.sort == sort.id for one in named)
        told = {"sort": sort.label, "count": found, "all": count, "names": names}
        lines.append(say(f"portfolio_chart.{key}", **told))
    for key, names in (
        ("unsorted_line", _names(one for one in named if not one.sort)),
        ("untold_line", _names(one for one in named if one.sort and not one.told)),
    ):
        if names:
            lines.append(say(f"portfolio_chart.{key}", names=names))
    return lines


def _names(some: Iterable[Initiative]) -> str:
    return "; ".join(one.name.rstrip(".") for one in some)
