"""The weekly page in words, for files without a screen: the finished example, the same each day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape

from playbook.assessing.workbook import Workbook
from playbook.framework import Framework
from playbook.report.weekly.moves import move_lines
from playbook.report.weekly.page import weekly_page
from playbook.report.weekly.parts import WeeklyPage

GATE = "act_gate"


def example_page(framework: Framework) -> WeeklyPage:
    """The weekly page of the finished example, on the day of its decision."""
    told = framework.examples.get(GATE)
    day = told.today if told else date.min
    return weekly_page(Workbook(framework, day).examples, today=day)


def weekly_lines(page: WeeklyPage, framework: Framework) -> Iterator[tuple[str, list[str]]]:
    """Each part with its sentences; parts that say nothing are left out."""
    say = framework.words.text
    yield say("weekly.outcome"), [page.outcome.text]
    yield say("weekly.question"), [page.question.text]
    yield say("weekly.sheets"), [f"{one.title}: {one.mark.word}." for one in page.sheets]
    charts = [one.alt for one in page.charts]
    yield say("weekly.part.measures"), [*charts, page.luck]
    used = [
        f"{one.name}: {one.own} ({one.state})"
        for column in page.columns
        for one in column.practices
        if one.own
    ]
    yield say("weekly.part.practices"), used
    counts = [f"{name}: {count}" for name, count in page.connections]
    yield say("weekly.part.connections"), [*counts, page.customers]
    yield say("weekly.part.problems"), [f"{name}: {state}" for name, state in page.problems]
    waiting = [f"{one.what}: {one.owner}, {one.age}" for one in page.obstacles]
    yield say("weekly.part.obstacles"), waiting
    yield say("weekly.part.action"), [page.action.text if page.action else ""]
    yield say("four_moves.title"), list(move_lines(page.moves, framework.words))


def weekly_text(framework: Framework) -> str:
    """A line a sentence; hours of people stay out."""
    page = example_page(framework)
    lines = [page.title]
    for name, said in weekly_lines(page, framework):
        lines += [f"  {name}: {one}" for one in said if one]
    return "\n".join(lines)


def weekly_outline(framework: Framework) -> str:
    """The same as static HTML."""
    page = example_page(framework)
    lines = [f"<h3>{escape(page.title)}</h3>", f"<p>{escape(page.note)}</p>"]
    for name, said in weekly_lines(page, framework):
        if any(said):
            told = "".join(f"<li>{escape(one)}</li>" for one in said if one)
            lines.append(f"<h4>{escape(name)}</h4><ul>{told}</ul>")
    return "\n".join(lines)
