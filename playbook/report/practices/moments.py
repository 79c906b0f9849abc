"""How often the group paused in the last four weeks: before, during, after, away from the work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from playbook.analysis.practices.weeks import lately
from playbook.framework import Framework
from playbook.model import Assessment, Choice, Sheet, Worksheet

TABLE = "reflections"


def moments(sheet: Sheet) -> tuple[Choice, ...]:
    """The four moments, in their order."""
    return sheet.question("moment", TABLE).choices


def pauses(sheet: Sheet, worksheet: Worksheet, today: date) -> Mapping[str, int]:
    """Pauses of the last four weeks by moment; empty while none was noted."""
    seen = [
        row.answers["moment"]
        for row in worksheet.rows(TABLE)
        if "moment" in row.answers and lately(row.answers.get("reflected_on"), today)
    ]
    return {one.id: seen.count(one.id) for one in moments(sheet)} if seen else {}


def in_words(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> list[str]:
    """A sentence a moment; none while no pause was noted in the last four weeks."""
    found = pauses(sheet, worksheet, assessment.today) if assessment.today else {}
    if not found:
        return []
    say = framework.words.text
    return [
        say(
            f"moments_chart.line{'' if found[one.id] else '_none'}",
            moment=one.label,
            count=found[one.id],
        )
        for one in moments(sheet)
    ]
