"""What has to change in the long run, by the five areas that full redefinition touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.wording import Words

TABLE = "areas"


@dataclass(frozen=True, slots=True)
class ChangeArea:
    """One of the five by its name: the changes that are open, and those that are done."""

    name: str
    open: tuple[str, ...]
    done: tuple[str, ...]


def change_areas(sheet: Sheet, worksheet: Worksheet) -> tuple[ChangeArea, ...]:
    """All five in their order; none while no change has an area."""
    told = [
        (str(it["area_change"]), str(it["area"]), bool(it.get("area_done")))
        for it in (row.answers for row in worksheet.rows(TABLE))
        if it.get("area_change") and it.get("area")
    ]
    if not told:
        return ()
    return tuple(
        ChangeArea(
            one.label,
            tuple(what for what, area, done in told if area == one.id and not done),
            tuple(what for what, area, done in told if area == one.id and done),
        )
        for one in sheet.question("area", TABLE).choices
    )


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """The picture in sentences."""
    return areas_summary(change_areas(sheet, worksheet), framework.words)


def areas_summary(areas: Sequence[ChangeArea], words: Words) -> list[str]:
    """A sentence an area."""
    return [
        words.text(
            "areas_chart.line" if one.open or one.done else "areas_chart.line_none",
            area=one.name,
            open=len(one.open),
            done=len(one.done),
        )
        for one in areas
    ]
