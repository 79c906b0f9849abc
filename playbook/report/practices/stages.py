"""Problems in the four stages: seeing, finding a way, trying out, learning."""

from __future__ import annotations

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet

TABLE = "board"


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """A sentence a stage; none while no problem has a name."""
    say = framework.words.text
    named = [row.answers for row in worksheet.rows(TABLE) if "problem" in row.answers]
    if not named:
        return []
    lines = []
    stages = [(one.id, one.label) for one in sheet.question("stage", TABLE).choices]
    for stage, label in stages:
        there = [str(row["problem"]) for row in named if row.get("stage") == stage]
        told = {"stage": label, "count": len(there), "problems": " · ".join(there)}
        lines.append(say("stages.line" if there else "stages.line_none", **told))
    loose = [str(row["problem"]) for row in named if "stage" not in row]
    if loose:
        told = {"stage": say("stages.unplaced"), "count": len(loose), "problems": " · ".join(loose)}
        lines.append(say("stages.line", **told))
    return lines
