"""A sheet, and the pathway, as static HTML without a style or a script, the same every day.

It is what a saved notebook shows where no widget can be: on a code host, in a diff, in an editor.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape
from itertools import groupby

from playbook.assessing.workbook import Entry, Workbook
from playbook.framework import Framework
from playbook.model import Question, Section, Sheet
from playbook.model.wording import Words
from playbook.report.answers import AnswerGroup, groups
from playbook.report.summary import Summary, summarise
from playbook.worksheet.kinds import choice_labels


def sheet_outline(sheet: Sheet, framework: Framework) -> str:
    """Every question of the sheet with its choices, then the filled example and its verdict."""
    entry = Workbook(framework, date.min).examples.current(sheet)
    return "\n".join(
        [*_form(sheet, framework.words), *(_example(entry, framework) if entry else ())]
    )


def pathway_outline(framework: Framework) -> str:
    """The stages with their questions, and each one's sheets with theirs."""
    lines = []
    for stage in framework.stages:
        lines += [_tag("h3", stage.title), _tag("p", stage.question), "<ul>"]
        for tile in stage.tiles:
            sheet = framework.sheets.get(tile.id)
            title = _link(sheet.notebook, tile.title) if sheet else escape(tile.title)
            lines.append(f"<li>{title}: {escape(tile.about)}</li>")
        lines.append("</ul>")
    return "\n".join(lines)


def _form(sheet: Sheet, words: Words) -> Iterator[str]:
    yield _tag("p", sheet.intro)
    for section in sheet.sections:
        if not section.deeper:
            yield from _section(section, words)
    if deeper := [section for section in sheet.sections if section.deeper]:
        yield f"<details><summary>{escape(words.text('form.deeper'))}</summary>"
        for section in deeper:
            yield from _section(section, words)
        yield "</details>"


def _section(section: Section, words: Words) -> Iterator[str]:
    yield _tag("h3", section.title)
    if section.intro:
        yield _tag("p", section.intro)
    lines: list[str] = []
    for is_follow_up, run in groupby(section.questions, lambda it: bool(it.ask_if)):
        asked = [f"<li>{_question(question, words)}</li>" for question in run]
        if is_follow_up and lines:  # below the question that they follow
            lines[-1] = "\n".join([lines[-1].removesuffix("</li>"), "<ul>", *asked, "</ul></li>"])
        else:
            lines += asked
    yield from ("<ul>", *lines, "</ul>")


def _question(question: Question, words: Words) -> str:
    choices = " · ".join(choice_labels(question, words).values())
    return escape(question.text) + (f"<br><em>{escape(choices)}</em>" if choices else "")


def _example(entry: Entry, framework: Framework) -> Iterator[str]:
    told = summarise(entry.sheet, entry.worksheet, entry.assessment, framework)
    yield _tag("h3", entry.info.name)
    yield _tag("p", framework.examples[entry.sheet.id].note)
    yield _tag("p", told.head, strong=True)
    yield from _reasons(told, framework.words)
    yield f"<details><summary>{escape(framework.words.text('report.example_answers'))}</summary>"
    for group in groups(entry.sheet, entry.worksheet, framework):
        yield from _answers(group)
    yield "</details>"


def _reasons(told: Summary, words: Words) -> Iterator[str]:
    yield _tag("h4", words.text("report.reasons"))
    yield "<ul>"
    for finding in told.findings:
        said = f"<strong>{escape(finding.heading)}</strong> ({escape(finding.word)})"
        yield f"<li>{said}: {escape(finding.text)}</li>"
    yield "</ul>"


def _answers(group: AnswerGroup) -> Iterator[str]:
    if group.title:
        yield _tag("h4", group.title)
    for part in group.parts:
        if answered := [answer for answer in part.answers if answer.text]:
            yield _tag("h5", part.title)
            yield "<ul>"
            for answer in answered:
                yield f"<li>{escape(answer.question)} <em>{escape(answer.text)}</em></li>"
            yield "</ul>"


def _tag(name: str, text: str, strong: bool = False) -> str:
    inner = f"<strong>{escape(text)}</strong>" if strong else escape(text)
    return f"<{name}>{inner}</{name}>"


def _link(href: str, text: str) -> str:
    return f'<a href="{escape(href)}">{escape(text)}</a>'
