"""What each question is on the page: counted, opened by an answer, or optional."""

from datetime import date

import pytest

from playbook.framework import load_framework
from playbook.worksheet.kinds import written_date
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


def test_the_page_writes_a_date_as_documents_do():
    words = content(FRAMEWORK.sheets["catalyst"], FRAMEWORK)["words"]
    day = date(2026, 12, 18)
    told = {"day": day.day, "month": words["months"].split()[11], "year": day.year}
    assert words["date"].format(**told) == written_date(day, FRAMEWORK.words) == "18 December 2026"


@pytest.mark.parametrize("sheet", list(FRAMEWORK.sheets))
def test_every_sheet_offers_the_other_stories_that_come_to_it(sheet):
    stories = content(FRAMEWORK.sheets[sheet], FRAMEWORK)["sheet"]["stories"]
    told = {name: FRAMEWORK.story(name) for name in FRAMEWORK.stories}
    beside = {name: story[sheet].name for name, story in told.items() if sheet in story}
    assert {it["id"]: it["name"] for it in stories} == beside
    assert all("stop" in it["offer"] for it in stories)


def test_the_story_that_stops_is_offered_until_its_gate():
    recognise = FRAMEWORK.stages[0].sheets
    assert all(content(FRAMEWORK.sheets[it], FRAMEWORK)["sheet"]["stories"] for it in recognise)


def test_a_sheet_names_the_one_that_follows():
    told = content(FRAMEWORK.sheets["catalyst"], FRAMEWORK)["sheet"]["next"]
    champion = FRAMEWORK.sheets["champion"]
    assert told == {"title": champion.title, "href": champion.notebook}
    for sheet in FRAMEWORK.sheets.values():
        built = sheet.next_sheet in FRAMEWORK.sheets
        assert (content(sheet, FRAMEWORK)["sheet"]["next"] is not None) == built, sheet.id
