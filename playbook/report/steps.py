"""The one thing to do next on a sheet, and the actions that somebody promised there."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from playbook.framework import Framework
from playbook.model import Action, Assessment, Finding, Level, Sheet, Value, Worksheet

_FIRST_TO_SETTLE = (Level.FAIL, Level.UNKNOWN, Level.WARN)
"""What stops comes first; then what is missing, for it may change all that is said."""

DECISION = "go_on"
"""What every gate calls the question for its decision."""

GOES_ON = ("go", "continue", "scale")
"""The decisions with which something goes on; with others it waits, or ends."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do next, a whole sentence.

    `field` is the field of this sheet where it is done, `sheet` another sheet, `href` its page.
    """

    text: str
    href: str | None = None
    field: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """An action that somebody promised on a sheet; `who` and `day` may be left open.

    `tick` is the field that says that it is `done`, empty where the sheet asks no such thing.
    """

    field: str
    what: str
    who: str
    day: date | None
    tick: str = ""
    done: bool = False


def next_step(
    sheet: Sheet, assessment: Assessment, framework: Framework, worksheet: Worksheet | None = None
) -> NextStep | None:
    """What the finding to settle first advises; when nothing is left the next sheet, but at a gate
    the decision first, while `worksheet` has none, and nothing where it says to stop."""
    if finding := first_to_settle(assessment, framework):
        return _step(finding, sheet, framework)
    if worksheet and is_gate(sheet.id, framework) and not worksheet.answers.get(DECISION):
        return NextStep(framework.words.text("home.undecided"), field=DECISION)
    if not sheet.next_sheet or (worksheet and stops_here(worksheet)):
        return None
    return _to_sheet(sheet.next_sheet, framework)


def first_to_settle(assessment: Assessment, framework: Framework) -> Finding | None:
    """The finding that the next step settles, so that a card can tell it as the first reason.

    Of what is missing it is the first in the form's order, so that no step skips a gap.
    """
    sheet = framework.sheets[assessment.sheet]
    advised = [one for one in assessment.findings if one.advice]
    for level in _FIRST_TO_SETTLE:
        if level == Level.UNKNOWN and (open_ones := [it for it in advised if _is_open(it, sheet)]):
            return min(open_ones, key=_as_asked(sheet))
        if found := [one for one in advised if one.level == level]:
            return found[0]
    return next(iter(decision_points(assessment, framework)), None)


def _is_open(finding: Finding, sheet: Sheet) -> bool:
    """Whether answers are missing, also where that is itself a warning."""
    message = sheet.messages.get(finding.key)
    return finding.level == Level.UNKNOWN or (message is not None and message.gaps)


def _as_asked(sheet: Sheet) -> Callable[[Finding], float]:
    """The place of a finding's first question in the form; what has none comes last."""
    asked = [question.id for section in sheet.sections for question in section.questions]
    return lambda it: asked.index(it.questions[0]) if it.questions else math.inf


def decision_points(assessment: Assessment, framework: Framework) -> list[Finding]:
    """What a decision at a gate still lacks: a name, a reason, a day. It is asked for and not
    weighed, for a decision that is written down is never worse than none."""
    if not is_gate(assessment.sheet, framework):
        return []
    own = (it for it in assessment.findings if not it.sheet and it.level == Level.INFO)
    return [finding for finding in own if finding.advice]


def is_gate(sheet: str, framework: Framework) -> bool:
    """Whether the sheet of that id is the gate of a stage."""
    return sheet in {stage.gate for stage in framework.stages}


def stops_here(worksheet: Worksheet) -> bool:
    """Whether it was decided, at a gate, not to go on to what follows."""
    return worksheet.answers.get(DECISION) == "stop"


def field_of(sheet: Sheet, finding: Finding) -> str:
    """The field that a finding is about: that of its first question; empty where it has none.

    Of a question that is asked of rows which the finding does not name, it is "table//question".
    """
    asked = sheet.asked_of(finding.questions[0]) if finding.questions else None
    if asked is None:
        return ""
    question, table = asked
    if table is None:
        return question.id
    row = finding.row if finding.row and sheet.table(table).candidates else ""
    return f"{table}/{row}/{question.id}"


def promises(sheet: Sheet, worksheet: Worksheet) -> Iterator[Promise]:
    """The actions promised on a worksheet, in the sheet's order."""
    for action in sheet.actions:
        if action.table is None:
            yield from _promise(action, worksheet.answers, "")
        else:
            for row in worksheet.rows(action.table):
                yield from _promise(action, row.answers, f"{action.table}/{row.id}/")


def _promise(action: Action, answers: Mapping[str, Value], place: str) -> Iterator[Promise]:
    what, who, day = (
        str(answers.get(question or "", "")) for question in (action.what, action.who, action.day)
    )
    named = action.what
    if not what and action.instead:
        named, what = action.instead, str(answers.get(action.instead, ""))
    over = action.over_if
    ended = over is not None and answers.get(over.question) in over.any_of
    if what and not (action.instead and not who):  # what nobody took is promised by nobody
        yield Promise(
            place + named,
            what,
            who,
            date.fromisoformat(day) if day else None,
            place + action.done if action.done else "",
            ended or bool(action.done and answers.get(action.done)),
        )


def _step(finding: Finding, sheet: Sheet, framework: Framework) -> NextStep:
    other = framework.sheets.get(finding.sheet)
    href = other.notebook if other else None
    return NextStep(finding.advice, href, field_of(sheet, finding), finding.sheet)


def _to_sheet(sheet: str, framework: Framework) -> NextStep:
    built, title = framework.sheets.get(sheet), framework.titles[sheet]
    gates = {stage.gate for stage in framework.stages}
    key = "home.then_later" if built is None else f"home.then{'_gate' if sheet in gates else ''}"
    href = built.notebook if built else None
    return NextStep(framework.words.text(key, title=title), href, sheet=sheet)
