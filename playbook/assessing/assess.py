"""From answers to a verdict with reasons: pure, no clock, no store."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from playbook.assessing.completeness import completeness, missing_answers, musts
from playbook.assessing.far_dates import far_dates, far_dates_in_lists
from playbook.framework import Framework
from playbook.model import (
    VERDICTS,
    Assessment,
    ContentError,
    Finding,
    Level,
    Row,
    RowAssessment,
    Sheet,
    Value,
    Verdict,
    Worksheet,
    worst,
)
from playbook.rules import Case, Hit, Number, Rule, rules_for
from playbook.worksheet.placeholders import without_placeholders
from playbook.worksheet.visibility import asked_questions, visible_answers, visible_rows

NOTHING: Mapping[str, Value] = MappingProxyType({})

_ORDER = {level: place for place, level in enumerate((*VERDICTS, Level.INFO))}


def assess(
    sheet: Sheet,
    worksheet: Worksheet,
    framework: Framework,
    today: date,
    carried: Mapping[str, Value] = NOTHING,
) -> Assessment:
    """Apply the sheet's rules to the answers, and to what was `carried` here from other sheets.

    The verdict is the gravest of the sheet's own findings and of the decisive row's: the chosen
    candidate, else the best one. So a bad candidate never reddens a sheet. Where all rows count,
    the row least far is decisive.
    """
    rules, typed = rules_for(sheet.id), worksheet
    worksheet = without_placeholders(sheet, typed, framework.words)
    base = _base(sheet, worksheet, framework, today, carried)
    rows, numbers = _assess_rows(sheet, worksheet, typed, framework, base, rules)
    chosen = _chosen(sheet, worksheet)
    all_count = sheet.candidates is not None and sheet.candidates.all_count
    decisive = _least_far(rows) if all_count else _decisive(rows, chosen)
    levels = tuple(row.verdict.value for row in rows if not row.blank)
    case = replace(base, row_levels=levels)
    own, own_numbers = _apply([r for r in rules if r.scope == "sheet"], case, sheet, framework)
    about = (
        *missing_answers(sheet, typed, framework),
        *musts(sheet, framework, carried),
        *far_dates(sheet, worksheet, framework, today),
        *far_dates_in_lists(sheet, worksheet, framework, today),
    )
    findings = (*about, *own, *(decisive.findings if decisive else ()))
    counted = completeness(sheet, worksheet)
    return Assessment(
        sheet=sheet.id,
        verdict=_verdict(findings),
        completeness=counted + decisive.completeness if decisive else counted,
        findings=_sorted(findings),
        numbers=(numbers.get(decisive.row, {}) if decisive else {}) | own_numbers,
        rows=rows,
        decisive=(decisive.row or None) if decisive else None,
        chosen=chosen,
        today=today,
    )


def _assess_rows(
    sheet: Sheet,
    worksheet: Worksheet,
    typed: Worksheet,
    framework: Framework,
    base: Case,
    rules: Iterable[Rule],
) -> tuple[tuple[RowAssessment, ...], dict[str, dict[str, float]]]:
    """Every candidate; a sheet without one is assessed as if it had a blank one."""
    table = sheet.candidates
    if table is None:
        return (), {}
    rows, numbers = [], {}
    per_row = [rule for rule in rules if rule.scope == "row"]
    as_typed = {row.id: row for row in typed.rows(table.id)}
    for row in worksheet.rows(table.id) or (Row(""),):
        case = replace(
            base,
            answers={**base.answers, **visible_answers(sheet, worksheet, table.id, row)},
            asked=frozenset(q.id for q in asked_questions(sheet, worksheet, table.id, row)),
            row=row.id,
        )
        found, numbers[row.id] = _apply(per_row, case, sheet, framework, row.id)
        about = (
            *missing_answers(sheet, typed, framework, table.id, as_typed.get(row.id, row)),
            *far_dates(sheet, worksheet, framework, base.today, table.id, row),
        )
        findings = (*about, *found)
        label = as_typed.get(row.id, row).answers.get(table.label, "")
        rows.append(
            RowAssessment(
                row=row.id,
                label=label if isinstance(label, str) else "",
                verdict=_verdict(findings),
                completeness=completeness(sheet, worksheet, table.id, row),
                findings=_sorted(findings),
                blank=not row.answers,
            )
        )
    return tuple(rows), numbers


def _base(
    sheet: Sheet,
    worksheet: Worksheet,
    framework: Framework,
    today: date,
    carried: Mapping[str, Value],
) -> Case:
    """What every rule of the sheet may look at."""
    return Case(
        answers=visible_answers(sheet, worksheet),
        thresholds=framework.threshold_values,
        today=today,
        asked=frozenset(question.id for question in asked_questions(sheet, worksheet)),
        rows={t.id: visible_rows(sheet, worksheet, t.id) for t in sheet.tables},
        row_ids={t.id: worksheet.rows(t.id).once(_ids) for t in sheet.tables},
        scales=sheet.scales,
        labels=sheet.labels,
        carried=carried,
    )


def _ids(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(row.id for row in rows)


def _chosen(sheet: Sheet, worksheet: Worksheet) -> str | None:
    """The candidate that the person picked, if that row is still there."""
    table = sheet.candidates
    picked = worksheet.answers.get(sheet.chosen) if sheet.chosen else None
    known = {row.id for row in worksheet.rows(table.id)} if table else set()
    return picked if isinstance(picked, str) and picked in known else None


def _decisive(rows: tuple[RowAssessment, ...], chosen: str | None) -> RowAssessment | None:
    """The chosen row, else the best; of equals the one with more answers, then the first.

    What was thought through comes before what is not, but for a complete row that stops: so a name
    alone never outranks a row with a warning, and a bad candidate never reddens a sheet.
    """
    for row in rows:
        if row.row == chosen:
            return row

    def place(row: RowAssessment) -> tuple[bool, bool, bool, int, int]:
        stops = row.verdict == Level.FAIL
        unfinished = any(finding.is_missing for finding in row.findings)
        return (row.blank, stops, unfinished, -_ORDER[row.verdict], -row.completeness.answered)

    return min(rows, key=place, default=None)


def _least_far(rows: tuple[RowAssessment, ...]) -> RowAssessment | None:
    """The row with the gravest verdict, the first of equals; a blank one only where all are."""
    return min(rows, key=lambda row: (row.blank, _ORDER[row.verdict]), default=None)


def _verdict(findings: Iterable[Finding]) -> Verdict:
    """The gravest level; where nothing is missing and nothing speaks against it, it is ready."""
    return worst((Level.PASS, *(finding.level for finding in findings)))


def _apply(
    rules: Iterable[Rule], case: Case, sheet: Sheet, framework: Framework, row: str | None = None
) -> tuple[tuple[Finding, ...], dict[str, float]]:
    found: dict[str, Finding] = {}
    numbers: dict[str, float] = {}
    for rule in rules:
        for result in rule.function(case):
            if isinstance(result, Number):
                numbers[result.name] = result.value
            else:
                finding = _finding(rule, result, sheet, framework, row)
                found[finding.key] = finding
    gone = {key for finding in found.values() for key in sheet.messages[finding.key].subsumes}
    return tuple(finding for key, finding in found.items() if key not in gone), numbers


def _finding(rule: Rule, hit: Hit, sheet: Sheet, framework: Framework, row: str | None) -> Finding:
    key = f"{rule.id}.{hit.name}"
    message, catalogue_row = sheet.messages[key], framework.rows[rule.id]
    values = {"questions": _named(sheet, hit.questions), **hit.values}
    return Finding(
        rule=rule.id,
        key=key,
        level=message.level,
        heading=message.heading,
        text=_filled(message.text, values, sheet, key),
        advice=_filled(message.advice, values, sheet, key),
        source="house" if message.ours else catalogue_row.source,
        locator="" if message.ours else catalogue_row.locator,
        reading=message.reading or catalogue_row.statement,
        ours=message.ours,
        priority=message.priority,
        scope=message.scope,
        row=row or None,
        questions=hit.questions,
        arrows=message.arrows,
    )


def _filled(text: str, values: Mapping[str, Any], sheet: Sheet, key: str) -> str:
    """`text` with what the rule gives; ContentError when it asks for something else."""
    try:
        return text.format_map(values)
    except (KeyError, ValueError) as error:
        given = ", ".join(f"{{{name}}}" for name in values)
        raise ContentError(
            f"{sheet.id}.toml: {key} can't be filled in ({error}); its rule gives {given}."
        ) from None


def _named(sheet: Sheet, questions: Collection[str]) -> str:
    """The short names of `questions`, so that no rule needs words for them."""
    named = frozenset(questions)
    asked = (q for section in sheet.sections for q in section.questions if q.id in named)
    short = {q.id: q.short or q.text for q in asked}
    return ", ".join(short[question] for question in questions)


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Gravest first, those with priority before their equals, else in the rules' order."""
    return tuple(sorted(findings, key=lambda f: (_ORDER[f.level], not f.priority)))
