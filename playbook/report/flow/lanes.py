"""The steps in their lanes, a sentence or two a step: what the picture on the page shows."""

from __future__ import annotations

from playbook.analysis.work_system.answers import said
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet

STEPS = "steps"
LAYERS = ("tool", "data", "decision", "check")


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """A line a step; none while there is none."""
    say = framework.words.text
    rows = [row for row in worksheet.rows(STEPS) if row.answers]
    moments = {choice.id: choice.label for choice in sheet.question("moment", STEPS).choices}
    names = {
        row.id: said(row.answers, "step") or say("swim_lanes.unnamed", place=place)
        for place, row in enumerate(rows, 1)
    }
    none = say("swim_lanes.none")

    def line(place: int, row_id: str) -> str:
        answers = rows[place - 1].answers

        def told(question: str) -> str:
            return said(answers, question) or none

        def hours(question: str) -> str:
            value = said(answers, question)
            return say("swim_lanes.hours", hours=value) if value else none

        who = said(answers, "lane") or say("swim_lanes.nobody")
        parts = [say("swim_lanes.line", place=place, step=names[row_id], who=who)]
        if moment := moments.get(said(answers, "moment")):
            parts.append(say("swim_lanes.line_moment", moment=moment))
        if said(answers, "touch") or said(answers, "wait"):
            times = {"wait": hours("wait"), "work": hours("touch")}
            parts.append(say("swim_lanes.line_times", **times))
        if any(said(answers, layer) for layer in LAYERS):
            layers = {layer: told(layer) for layer in LAYERS}
            parts.append(say("swim_lanes.line_layers", **layers))
        if back := names.get(said(answers, "back")):
            parts.append(say("swim_lanes.line_back", back=back))
        return " ".join(parts)

    return [line(place, row.id) for place, row in enumerate(rows, 1)]
