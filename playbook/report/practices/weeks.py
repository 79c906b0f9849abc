"""Week by week: whether the words of the outcome are the same, the practice, the group's words."""

from __future__ import annotations

from playbook.analysis.practices.weeks import CheckIn, check_ins, every_week
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.worksheet.kinds.date import written_date

TABLE = "check_ins"


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """A sentence a week, gaps too; none before the first check-in."""
    found = check_ins(row.answers for row in worksheet.rows(TABLE))
    return [_line(number, one, sheet, framework) for number, one in every_week(found)]


def _line(number: int, one: CheckIn | None, sheet: Sheet, framework: Framework) -> str:
    say = framework.words.text
    if one is None:
        return say("weeks.gap_line", number=number)
    labels = {choice.id: choice.label for choice in sheet.question("practice", TABLE).choices}
    told = {
        "number": number,
        "day": written_date(one.day, framework.words),
        "words": say(f"weeks.matched.{one.matched or 'none'}"),
        "practice": " · ".join(labels[it] for it in one.said.get("practice", ())),
    }
    line = say("weeks.line" if one.has("practice") else "weeks.line_open", **told)
    said = " · ".join(one.said.get("example") or one.said.get("decided") or ())
    return f"{line} {say('weeks.said', text=said)}" if said else line
