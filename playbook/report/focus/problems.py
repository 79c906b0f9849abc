"""The portfolio of problems in words: what comes first, what is dropped, who found them."""

from __future__ import annotations

from playbook.analysis.problems import ListedProblem, problems_of, ranked
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.worksheet.visibility import visible_answers

TABLE = "problems"
RATED = ("worth", "reach", "known")


def listed(sheet: Sheet, worksheet: Worksheet) -> tuple[ListedProblem, ...]:
    """The problems that have a name, in the person's order."""
    rows = worksheet.rows(TABLE)
    return problems_of((it.id, visible_answers(sheet, worksheet, TABLE, it)) for it in rows)


def in_order(problems: tuple[ListedProblem, ...]) -> list[ListedProblem]:
    """Those that nobody dropped and that are weighed, the most worthwhile first."""
    return [it for it in ranked(problems) if it.state != "dropped"]


def weighed(problem: ListedProblem, sheet: Sheet, framework: Framework) -> str:
    """Worth, reach and evidence in the form's own words."""
    told = []
    for name in RATED:
        labels = {choice.id: choice.label for choice in sheet.question(name, TABLE).choices}
        told.append(labels[getattr(problem, name)])
    worth, reach, known = told
    say = {"worth": worth, "reach": reach, "known": known}
    return framework.words.text("problem_order.weighed", **say)


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """The picture in sentences; none before a problem is weighed."""
    problems, say = listed(sheet, worksheet), framework.words.text
    order = in_order(problems)
    if not order:
        return []
    lines = [
        say(
            f"problem_order.{'working' if it.state == 'working' else 'waiting'}",
            place=place,
            name=it.name.rstrip("."),
            weighed=weighed(it, sheet, framework),
        )
        for place, it in enumerate(order, 1)
    ]
    if dropped := [it for it in problems if it.state == "dropped"]:
        lines.append(say("problem_order.dropped", names="; ".join(it.name for it in dropped)))
    if told := [it for it in problems if it.origin]:
        found = sum(it.origin == "found" for it in told)
        lines.append(say("problem_order.found", found=found, all=len(told)))
    return lines
