"""What each question is on the page: counted, opened by an answer, or optional."""

import pytest

from playbook.framework import load_framework
from widgets.form.state import content

FRAMEWORK = load_framework()
MADE_READY = ["catalyst", "champion"]


def roles_of(sheet):
    """Question id -> role, of the sections in the order of the page."""
    told = content(FRAMEWORK.sheets[sheet], FRAMEWORK)["sheet"]
    return [
        (section, question) for section in told["sections"] for question in section["questions"]
    ]


@pytest.mark.parametrize("sheet", MADE_READY)
def test_six_questions_are_counted_and_numbered(sheet):
    core = [question for _, question in roles_of(sheet) if question["role"] == "core"]
    assert len(core) == 6
    assert not any(question["optional"] for question in core)


@pytest.mark.parametrize("sheet", list(FRAMEWORK.sheets))
def test_what_is_counted_is_what_the_verdict_counts(sheet):
    known = FRAMEWORK.sheets[sheet]
    candidates = known.candidates
    counted = {q.id for q in known.core() if not q.optional}
    if candidates:
        counted |= {q.id for q in known.core(candidates.id) if not q.optional}
    tables = {None, candidates.id if candidates else None}
    core = {
        question["id"]
        for section, question in roles_of(sheet)
        if question["role"] == "core" and section["table"] in tables
    }
    assert core == counted


@pytest.mark.parametrize("sheet", list(FRAMEWORK.sheets))
def test_a_follow_up_stands_below_a_question_and_never_where_all_is_optional(sheet):
    before = {}
    for section, question in roles_of(sheet):
        if question["role"] == "follow_up":
            assert not section["deeper"]
            assert section["id"] in before, "it would open under nothing"
        assert (question["role"] == "deeper") == section["deeper"]
        before[section["id"]] = question


def test_a_sheet_names_the_one_that_follows():
    told = content(FRAMEWORK.sheets["catalyst"], FRAMEWORK)["sheet"]["next"]
    champion = FRAMEWORK.sheets["champion"]
    assert told == {
        "title": champion.title,
        "href": champion.notebook,
        "example": f"{champion.notebook}?worksheet=example",
    }
    for sheet in FRAMEWORK.sheets.values():
        built = sheet.next_sheet in FRAMEWORK.sheets
        assert (content(sheet, FRAMEWORK)["sheet"]["next"] is not None) == built, sheet.id
