"""What a verdict waits for: core questions counted, answers that are missing, other sheets' musts.

Blank and "don't know" weigh the same, on every question of every sheet, so no rule has to ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from playbook.framework import Framework
from playbook.model import (
    VERDICTS,
    Carry,
    Completeness,
    Finding,
    Level,
    Question,
    Row,
    Sheet,
    Value,
    Verdict,
    Worksheet,
)
from playbook.model.wording import Words
from playbook.worksheet.placeholders import answers_nothing
from playbook.worksheet.visibility import DONT_KNOW, NOBODY_KNOWS, asked_questions, is_needed

OURS = "house"


def completeness(
    sheet: Sheet, worksheet: Worksheet, table: str | None = None, row: Row | None = None
) -> Completeness:
    """How many core questions have an answer, of the sheet or of one `row` of `table`.

    What the sheet asks of the rows of a list counts once, answered as soon as one of them says it.
    """
    answers = row.answers if row else worksheet.answers
    given = [question.id in answers for question in sheet.core(table) if not question.optional]
    for one in sheet.tables if table is None else ():
        if not one.candidates:
            said = worksheet.rows(one.id).once(_said)
            given += [asked.id in said for asked in sheet.core(one.id) if not asked.optional]
    return Completeness(sum(given), len(given))


def _said(rows: Iterable[Row]) -> frozenset[str]:
    """The questions that any of the rows answers."""
    return frozenset(key for row in rows for key in row.answers)


def missing_answers(
    sheet: Sheet,
    worksheet: Worksheet,
    framework: Framework,
    table: str | None = None,
    row: Row | None = None,
) -> Iterator[Finding]:
    """An open finding for every question of the first screen that nobody has answered, or with
    "don't know" or "tbd": core questions, the follow-ups that they opened, the name of a row."""
    first_screen = {question.id for question in sheet.open_questions(table)}
    answers = row.answers if row else worksheet.answers
    for question in asked_questions(sheet, worksheet, table, row):
        given = answers.get(question.id)
        if question.id not in first_screen or not is_needed(question, answers):
            continue
        if given in NOBODY_KNOWS:
            kind = "blank" if given is None else DONT_KNOW
        elif answers_nothing(question, given, framework.words):
            kind = "placeholder"
        else:
            continue
        yield _missing_answer(question, kind, row.id if row else "", framework.words)


def _missing_answer(question: Question, kind: str, row: str, words: Words) -> Finding:
    return Finding(
        rule=question.rows[0] if question.rows else "",
        key=f"missing.{question.id}",
        level=Level.UNKNOWN,
        heading=question.short or question.text,
        text=words.text(f"missing.{kind}"),
        advice=question.ask or words.text("missing.ask", question=question.text),
        source=OURS,
        locator="",
        reading=words.text("missing.reading"),
        ours=True,
        row=row or None,
        questions=(question.id,),
    )


def musts(sheet: Sheet, framework: Framework, carried: Mapping[str, Value]) -> Iterator[Finding]:
    """What a gate asks of other sheets: each one's verdict under the name of the must. A sheet that
    is not built yet asks for nothing."""
    for carry in sheet.carries:
        if carry.must and carry.sheet in framework.sheets:
            said = carried.get(carry.id)
            level = next((one for one in VERDICTS if one == said), VERDICTS[-2])
            yield _must(carry, level, framework)


def _after_the_word(verdict_text: str) -> str:
    """A sheet's sentence for beside a mark that has the word already."""
    sentence = verdict_text.partition(": ")[2] or verdict_text
    return sentence[:1].upper() + sentence[1:]


def _must(carry: Carry, level: Verdict, framework: Framework) -> Finding:
    title, source = framework.titles[carry.sheet], framework.sheets.get(carry.sheet)
    return Finding(
        rule=carry.rows[0],
        key=f"must.{carry.id}",
        level=level,
        heading=carry.must,
        text=_after_the_word(source.verdict_texts[level]) if source else "",
        advice="" if level == Level.PASS else framework.words.text("missing.open", sheet=title),
        source=OURS,
        locator="",
        reading=framework.words.text("missing.must_reading"),
        ours=True,
        sheet=carry.sheet,
    )
