"""Each situation in tests/situations, told in plain words, must come out as the framework says."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from playbook.assessing.assess import assess
from playbook.framework import Framework
from playbook.model import Assessment, Finding, Sheet
from playbook.worksheet.parse import read_worksheet

FOLDER = Path(__file__).parents[1] / "situations"
FILES = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))]
"""One for each sheet but a gate, of which there are stories: test_stories.py."""

SITUATIONS = [
    pytest.param(file, situation, id=f"{file['sheet']}: {situation['name']}")
    for file in FILES
    for situation in file["situation"]
]


def candidate(solid: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """The answers as told: in full, or as changes to the solid candidate."""
    if "solid_but" not in told:
        return told
    return {key: value for key, value in (solid | told["solid_but"]).items() if value != ""}


def candidates(file: dict[str, Any], situation: dict[str, Any]) -> list[dict[str, Any]]:
    if "candidates" in situation:
        told = situation["candidates"]
    elif "candidate" in situation:
        told = [situation["candidate"]]
    else:
        told = [{"solid_but": situation["solid_but"]}] if "solid_but" in situation else []
    return [candidate(file["solid"], item) for item in told]


def changed(whole: dict[str, Any], but: dict[str, Any]) -> dict[str, Any]:
    """The filled sheet with changes: `but` names a table's rows by id, "" takes a thing away."""
    tables = {key: dict(rows) for key, rows in but.items() if isinstance(rows, dict)}
    answers = whole | {key: value for key, value in but.items() if key not in tables}
    for table, rows in tables.items():
        kept = [row for row in whole.get(table, []) if rows.get(row["id"]) != ""]
        old = [row | rows.pop(row["id"], {}) for row in kept]
        new = [{"id": row, **told} for row, told in rows.items() if told != ""]
        answers[table] = [
            {key: value for key, value in row.items() if value != ""} for row in (*old, *new)
        ]
    return {key: value for key, value in answers.items() if value != ""}


def given_in(file: dict[str, Any], situation: dict[str, Any], sheet: Sheet) -> dict[str, Any]:
    for key, base in (("but", "whole"), ("six_but", "six")):
        if key in situation:
            return changed(file[base], situation[key])
    rows = {"candidates": candidates(file, situation)} if sheet.candidates else {}
    return {**rows, **situation.get("answers", {})}


def assessed(framework: Framework, file: dict[str, Any], situation: dict[str, Any]) -> Assessment:
    sheet = framework.sheets[file["sheet"]]
    worksheet = read_worksheet(sheet, given_in(file, situation, sheet), framework.words)
    today: date = situation.get("today", file["today"])
    carried = situation.get("carried", file.get("carried", {}))
    return assess(sheet, worksheet, framework, today, carried)


def shows(findings: tuple[Finding, ...], named: str) -> bool:
    return any(named in (finding.key, finding.rule) for finding in findings)


@pytest.mark.parametrize(("file", "situation"), SITUATIONS)
def test_situation(framework: Framework, file: dict[str, Any], situation: dict[str, Any]) -> None:
    assessment = assessed(framework, file, situation)
    missing = [key for key in situation.get("raises", []) if not shows(assessment.findings, key)]
    unwanted = [key for key in situation.get("never", []) if shows(assessment.findings, key)]
    assert (assessment.verdict, missing, unwanted) == (situation["verdict"], [], [])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file["sheet"])
def test_every_message_of_the_sheet_is_raised_by_a_situation(
    framework: Framework, file: dict[str, Any]
) -> None:
    raised = {
        finding.key
        for situation in file["situation"]
        for finding in assessed(framework, file, situation).findings
    }
    assert set(framework.sheets[file["sheet"]].messages) - raised == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file["sheet"])
def test_situations_name_only_what_exists_and_are_told_once(
    framework: Framework, file: dict[str, Any]
) -> None:
    sheet = framework.sheets[file["sheet"]]
    asked = {f"missing.{question.id}" for part in sheet.sections for question in part.questions}
    asked |= {f"must.{carry.id}" for carry in sheet.carries if carry.must}
    known = set(framework.rows) | set(sheet.messages) | asked
    for situation in file["situation"]:
        keys = ("raises", "never", "rows")
        named = {name for key in keys for name in situation.get(key, [])}
        assert named <= known, situation["name"]
    names = [situation["name"] for situation in file["situation"]]
    assert len(names) == len(set(names))


BY_ITS_PLACE = {"level", "parent", "which", "state"}
"""What a picture answers by where something is put into it: a metric into the chain, a practice
into its place."""


def answers_only_the_first_screen(sheet: Sheet, given: dict[str, Any]) -> bool:
    deeper = {q.id for part in sheet.sections if part.deeper for q in part.questions}
    rows = [row for told in given.values() if isinstance(told, list) for row in told]
    told = {key for row in rows if isinstance(row, dict) for key in row} | set(given)
    return deeper.isdisjoint(told - BY_ITS_PLACE)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file["sheet"])
def test_six_answers_give_a_verdict_in_ten_situations_at_least(
    framework: Framework, file: dict[str, Any]
) -> None:
    """With the questions that they open, and nothing of what makes an answer stronger."""
    sheet = framework.sheets[file["sheet"]]
    judged = [
        assessed(framework, file, situation)
        for situation in file["situation"]
        if answers_only_the_first_screen(sheet, given_in(file, situation, sheet))
    ]
    nothing_open = (it for it in judged if not any(f.level == "unknown" for f in it.findings))
    verdicts = [found.verdict for found in nothing_open]
    assert len(verdicts) >= 10
    assert set(verdicts) == {"pass", "warn", "fail"}
