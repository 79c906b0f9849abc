"""Tools by steps: what each tool gets or shows at which step, and what is typed again."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.analysis.work_system.alignment import Use, typed_again
from playbook.analysis.work_system.alignment_answers import uses_of
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet


@dataclass(frozen=True, slots=True)
class ToolUse:
    """A use, and whether some other tool had its data already when they are typed."""

    use: Use
    again: bool


def tool_uses(worksheet: Worksheet) -> list[ToolUse]:
    """The uses by step."""
    uses = uses_of(row.answers for row in worksheet.rows("uses") if row.answers)
    again = {(it.step, it.tool, it.data) for it in typed_again(uses)}
    return [
        ToolUse(use, use.how == "typed" and (use.step, use.tool, use.data) in again) for use in uses
    ]


def in_words(_: Sheet, worksheet: Worksheet, __: Assessment, framework: Framework) -> list[str]:
    """What is typed again first, then each use."""
    say = framework.words.text
    uses = [it.use for it in tool_uses(worksheet)]
    retyped = [
        say(
            "tool_steps.again",
            step=it.step,
            tool=it.tool,
            data=it.data,
            known=it.known,
            since=it.since,
        )
        for it in typed_again(uses)
    ]
    return retyped + [
        say(
            "tool_steps.line",
            tool=use.tool,
            step=use.step,
            data=use.data,
            how=say(f"tool_steps.how_{use.how}"),
        )
        for use in uses
    ]
