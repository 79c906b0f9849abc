"""Today's work items by need and activity: known or not, defined or open."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.wording import Words

TABLE, ITEM, NEED, ACTIVITY = "items", "item", "item_need", "item_activity"
FIELDS = tuple(
    f"{need}_{activity}" for need, activity in product(("known", "unknown"), ("defined", "open"))
)
UNPLACED = ""

Items = Mapping[str, tuple[str, ...]]
"""The items by field, in the person's order; under "" those that are not placed yet."""


def placed(worksheet: Worksheet) -> Items:
    """The items that have a name; none while nobody has entered one."""
    found: dict[str, tuple[str, ...]] = {}
    for row in worksheet.rows(TABLE):
        name, need, activity = (row.answers.get(one) for one in (ITEM, NEED, ACTIVITY))
        if name:
            field = f"{need}_{activity}" if need and activity else UNPLACED
            found[field] = (*found.get(field, ()), str(name))
    return found


def in_words(_: Sheet, worksheet: Worksheet, __: Assessment, framework: Framework) -> list[str]:
    """The picture in sentences."""
    return quadrants_summary(placed(worksheet), framework.words)


def quadrants_summary(items: Items, words: Words) -> list[str]:
    """The picture in sentences, one a field; none while there is no item."""
    if not items:
        return []
    lines = [_line(field, items.get(field, ()), words) for field in FIELDS]
    if rest := items.get(UNPLACED):
        lines.append(words.text("quadrants.unplaced", items=", ".join(rest)))
    return lines


def _line(field: str, names: tuple[str, ...], words: Words) -> str:
    return words.text(
        f"quadrants.{'line' if names else 'line_none'}",
        name=words.text(f"quadrants.name.{field}"),
        count=len(names),
        items=", ".join(names),
    )
