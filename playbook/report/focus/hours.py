"""The hours that people really had, last week, in words and as a table. Their rows are private."""

from __future__ import annotations

from playbook.analysis.pull_back import FreedWeeks, freed_weeks
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.worksheet.figures import whole_percent
from playbook.worksheet.kinds.date import written_date
from playbook.worksheet.visibility import visible_answers

TABLE, FLOOR = "hours", "capacity_floor_share"


def people(sheet: Sheet, worksheet: Worksheet) -> tuple[FreedWeeks, ...]:
    """Everybody with a week that is known."""
    return freed_weeks(
        visible_answers(sheet, worksheet, TABLE, row) for row in worksheet.rows(TABLE)
    )


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """A sentence for each person, those with the fewest hours first."""
    floor, words = framework.threshold_values[FLOOR], framework.words
    lines = []
    for it in sorted(people(sheet, worksheet), key=lambda it: (it.last[1], it.person)):
        week, share = it.last
        told = {"person": it.person, "share": whole_percent(share)}
        told["week"] = written_date(week, words)
        below = it.below(floor)
        key = "fine" if not below else "once" if below == 1 else "long"
        lines.append(words.text(f"freed_hours.{key}", **told, weeks=below))
    return lines
