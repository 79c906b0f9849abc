"""What a worksheet comes to, as one content tree that screens, pages and plain text draw from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from textwrap import shorten

from playbook.framework import Framework
from playbook.model import (
    Assessment,
    Completeness,
    Finding,
    Level,
    Sheet,
    Verdict,
    Worksheet,
)
from playbook.report.answers import capital, shown
from playbook.report.steps import NextStep, field_of, first_to_settle, next_step

ABOUT_LENGTH = 100
"""Characters of a candidate's name in a line about it: enough to know which one is meant."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Who says something: a source by its name, the place in it, our reading of it.

    When the judgement is ours, `basis` is what the document says that it starts from.
    """

    source: str
    place: str
    reading: str
    row: str
    basis: Citation | None = None


@dataclass(frozen=True, slots=True)
class FindingText:
    """A finding in words. `level` picks shape and colour, `word` is what the level is called.

    `question` is what it is about in the form's own words, `field` where that is answered;
    `answer` says what was answered, where that is one of a few choices. `sheet` and `href` are the
    other sheet that it is about, if it is about one, and its page.
    """

    key: str
    level: str
    word: str
    question: str
    field: str
    answer: str
    heading: str
    text: str
    advice: str
    ours: bool
    scope: str
    priority: bool
    sheet: str
    href: str | None
    who: Citation


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
    next: NextStep | None
    numbers: tuple[tuple[str, str], ...]
    completeness: Completeness
    changed: str


def summarise(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> Summary:
    """Put an assessment into words. Pure; what the next step settles comes first, then the
    gravest, equals as the form asks."""
    about = next((r.label for r in assessment.rows if r.row == assessment.decisive), "")
    return Summary(
        level=assessment.verdict,
        word=framework.words.text(f"level.{assessment.verdict}"),
        head=headline(sheet, assessment.verdict, framework),
        about=about,
        about_text=_about_text(about, sheet, assessment, framework) if about else "",
        findings=tuple(
            _told(finding, sheet, worksheet, framework)
            for finding in _as_they_are_read(sheet, assessment, framework)
        ),
        next=next_step(sheet, assessment, framework, worksheet),
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


def _about_text(about: str, sheet: Sheet, assessment: Assessment, framework: Framework) -> str:
    written = sum(not row.blank for row in assessment.rows)
    if written == 1:
        kind = "only"
    elif sheet.candidates and sheet.candidates.all_count:
        all_ready = all(row.verdict == Level.PASS for row in assessment.rows if not row.blank)
        kind = "all" if all_ready else "least"
    elif assessment.chosen == assessment.decisive:
        kind = "chosen"
    else:
        kind = "best"
    return framework.words.text(
        f"cards.about.{kind}", name=shorten(about, ABOUT_LENGTH, placeholder=" …"), count=written
    )


def _as_they_are_read(sheet: Sheet, assessment: Assessment, framework: Framework) -> list[Finding]:
    """The reason for the next step first: two different questions side by side would puzzle."""
    found = sorted(assessment.findings, key=_as_the_form_asks(sheet))
    first = first_to_settle(assessment, framework)
    return sorted(found, key=lambda finding: finding is not first)


def _as_the_form_asks(sheet: Sheet) -> Callable[[Finding], tuple[int, int]]:
    """The order in which reasons are read: what made the verdict what it is comes first."""
    questions = [question.id for section in sheet.sections for question in section.questions]
    places = {question: place for place, question in enumerate(questions)}
    weight = {Level.FAIL: 0, Level.WARN: 1, Level.UNKNOWN: 2, Level.PASS: 3, Level.INFO: 4}

    def place(finding: Finding) -> tuple[int, int]:
        first = finding.questions[0] if finding.questions else ""
        return weight[finding.level], places.get(first, -1)

    return place


def _answer(finding: Finding, sheet: Sheet, worksheet: Worksheet, framework: Framework) -> str:
    """What was answered to the finding's one question, where it was picked from a few."""
    asked = sheet.asked_of(finding.questions[0]) if finding.questions else None
    if asked is None or asked[0].kind not in ("answer", "one", "scale") or finding.is_missing:
        return ""
    question, table = asked
    answers = worksheet.answers
    if table:
        rows = {row.id: row.answers for row in worksheet.rows(table)}
        answers = rows.get(finding.row or "", {})
    given = shown(question, answers.get(question.id), framework.words)
    return framework.words.text("cards.you_answered", answer=given) if given else ""


def _told(
    finding: Finding, sheet: Sheet, worksheet: Worksheet, framework: Framework
) -> FindingText:
    asked = sheet.asked_of(finding.questions[0]) if finding.questions else None
    other = framework.sheets.get(finding.sheet)
    return FindingText(
        key=finding.key,
        level=finding.level.value,
        word=framework.words.text(f"level.{finding.level}"),
        question=asked[0].text if asked and not _is_of_any_row(sheet, asked[1]) else "",
        field=field_of(sheet, finding),
        answer=_answer(finding, sheet, worksheet, framework),
        heading=finding.heading,
        text=finding.text,
        advice=finding.advice,
        ours=finding.ours,
        scope=finding.scope,
        priority=finding.priority,
        sheet=finding.sheet,
        href=other.notebook if other else None,
        who=_who(finding, framework),
    )


def _is_of_any_row(sheet: Sheet, table: str | None) -> bool:
    """Whether each row of a list is asked: then a reason's own heading says what is meant, and the
    question would be the same above several reasons."""
    return table is not None and not sheet.table(table).candidates


def _who(finding: Finding, framework: Framework) -> Citation:
    said = framework.citation(finding.rule)
    row = Citation(said["source"], said["place"], said["reading"], finding.rule)
    if finding.ours:
        own = framework.sources[finding.source].title
        return Citation(own, "", finding.reading, finding.rule, basis=row)
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
