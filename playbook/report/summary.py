"""What a worksheet comes to, as one content tree that screens, pages and plain text draw from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from textwrap import shorten

from playbook.framework import Framework
from playbook.model import Assessment, Completeness, Finding, Sheet, Verdict, Worksheet
from playbook.report.answers import capital
from playbook.report.steps import NextStep, next_steps

ABOUT_LENGTH = 100
"""Characters of a candidate's name in a line about it: enough to know which one is meant."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who says something: a source by its name, the place in it, our reading of it.

    When the judgement is ours, `basis` is what the document says that it starts from.
    """

    source: str
    place: str
    reading: str
    row: str
    basis: Who | None = None


@dataclass(frozen=True, slots=True)
class FindingText:
    """A finding in words. `level` picks shape and colour, `word` is what the level is called."""

    key: str
    level: str
    word: str
    heading: str
    text: str
    advice: str
    ours: bool
    scope: str
    priority: bool
    who: Who


@dataclass(frozen=True, slots=True)
class Summary:
    """The answer to a worksheet.

    `head` is the verdict in a sentence, its word included; `about` names the candidate it is about,
    if there is one; `numbers` are (name, figure) pairs; `changed` says what is new in the sheet
    since the answers were given.
    """

    level: Verdict
    word: str
    head: str
    about: str
    about_text: str
    findings: tuple[FindingText, ...]
    next: tuple[NextStep, ...]
    numbers: tuple[tuple[str, str], ...]
    completeness: Completeness
    changed: str


def summarise(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> Summary:
    """Put an assessment into words. Pure; the order of the findings is the assessment's."""
    about = next((r.label for r in assessment.rows if r.row == assessment.decisive), "")
    return Summary(
        level=assessment.verdict,
        word=framework.words.text(f"level.{assessment.verdict}"),
        head=headline(sheet, assessment.verdict, framework),
        about=about,
        about_text=_about_text(about, assessment, framework) if about else "",
        findings=tuple(_told(finding, framework) for finding in assessment.findings),
        next=next_steps(sheet, worksheet, assessment, framework),
        numbers=_numbers(assessment.numbers, framework),
        completeness=assessment.completeness,
        changed=_changed(sheet, worksheet, framework),
    )


def headline(sheet: Sheet, verdict: Verdict, framework: Framework) -> str:
    """The sheet's sentence for a verdict, which always names it."""
    word, says = framework.words.text(f"level.{verdict}"), sheet.verdict_texts.get(verdict, "")
    if says.startswith(word):
        return says
    return framework.words.text("cards.head", word=word, says=says) if says else word


def sentence(sheet: Sheet, verdict: Verdict, framework: Framework) -> str:
    """The same without the word, for beside a mark that has it."""
    word = framework.words.text(f"level.{verdict}")
    return capital(headline(sheet, verdict, framework).removeprefix(word).lstrip(" :"))


def _about_text(about: str, assessment: Assessment, framework: Framework) -> str:
    written = sum(not row.blank for row in assessment.rows)
    if written == 1:
        kind = "only"
    elif assessment.chosen == assessment.decisive:
        kind = "chosen"
    else:
        kind = "best"
    return framework.words.text(
        f"cards.about.{kind}", name=shorten(about, ABOUT_LENGTH, placeholder=" …"), count=written
    )


def _told(finding: Finding, framework: Framework) -> FindingText:
    return FindingText(
        key=finding.key,
        level=finding.level.value,
        word=framework.words.text(f"level.{finding.level}"),
        heading=finding.heading,
        text=finding.text,
        advice=finding.advice,
        ours=finding.ours,
        scope=finding.scope,
        priority=finding.priority,
        who=_who(finding, framework),
    )


def _who(finding: Finding, framework: Framework) -> Who:
    said = framework.citation(finding.rule)
    row = Who(said["source"], said["place"], said["reading"], finding.rule)
    if finding.ours:
        own = framework.sources[finding.source].title
        return Who(own, "", finding.reading, finding.rule, basis=row)
    return replace(row, reading=finding.reading)


def _numbers(numbers: Mapping[str, float], framework: Framework) -> tuple[tuple[str, str], ...]:
    names = framework.words.group("cards.number")
    return tuple(
        (names.get(name, name.replace("_", " ")), f"{value:,g}") for name, value in numbers.items()
    )


def _changed(sheet: Sheet, worksheet: Worksheet, framework: Framework) -> str:
    """What changed in the sheet since its oldest answer; empty when nothing did."""
    if worksheet.version is None or worksheet.version >= sheet.version:
        return ""
    news = [change.text for change in sheet.changes if change.version > worksheet.version]
    return framework.words.text("cards.changed", changes=" ".join(news)).strip()
