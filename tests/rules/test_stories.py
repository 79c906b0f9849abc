"""Each stage from the first answer to its gate: every story, as the command line tells it."""

from collections.abc import Callable
from typing import Any

import pytest

from playbook.model import Assessment, Finding, Level, worst
from tests.rules.stories import FRAMEWORK, STAGES, STORIES, Told, told_in
from tests.rules.test_situations import shows

STORIES_AT_LEAST = {"recognise": 80, "create": 80, "act": 80}

every_story = pytest.mark.parametrize(
    "story", STORIES, ids=lambda story: f"{story['stage']}: {story['title']}"
)
every_stage = pytest.mark.parametrize("told", STAGES.values(), ids=STAGES)


Assessed = Callable[[dict[str, Any]], dict[str, Assessment]]


@pytest.fixture(scope="module")
def assessed(tmp_path_factory: pytest.TempPathFactory) -> Assessed:
    """All sheets' assessments of a story, worked out once; a sheet without a file has only its must
    at the gate."""
    known: dict[tuple[str, str], dict[str, Assessment]] = {}

    def assess(story: dict[str, Any]) -> dict[str, Assessment]:
        told = told_in(story)
        name = (told.stage, story["title"])  # each is told once, as a test below says
        if name not in known:
            known[name] = told.assessed(story, tmp_path_factory.mktemp("story"))
            there = [sheet for sheet in told.sheets if sheet in known[name]]
            assert there == list(known[name])
        return known[name]

    return assess


@every_story
def test_story(story: dict[str, Any], assessed: Assessed) -> None:
    told = assessed(story)
    found = {sheet: one.verdict for sheet, one in told.items()}
    missing = [
        (sheet, key)
        for sheet, keys in story.get("finds", {}).items()
        for key in keys
        if not shows(told[sheet].findings, key)
    ]
    unwanted = [
        (sheet, key)
        for sheet, keys in story.get("never", {}).items()
        for key in keys
        if shows(told[sheet].findings, key)
    ]
    expected = told_in(story).expected(story)
    wanted = {sheet: level for sheet, level in expected.items() if sheet in told}
    assert (found, missing, unwanted) == (wanted, [], [])


@every_story
def test_the_gate_has_each_sheets_own_word_by_name_and_is_never_kinder(
    story: dict[str, Any], assessed: Assessed
) -> None:
    told, wanted = assessed(story), told_in(story).musts
    gate = told[told_in(story).gate.id]
    musts: dict[str, Finding] = {one.sheet: one for one in gate.findings if one.sheet}
    assert musts.keys() == wanted.keys()
    for sheet, must in musts.items():
        assert must.heading == wanted[sheet].must
        assert must.level == (told[sheet].verdict if sheet in told else Level.UNKNOWN)
        assert must.text
        assert bool(must.advice) == (must.level != Level.PASS)
    own = [one.level for one in gate.findings if not one.sheet and one.level != Level.INFO]
    assert gate.verdict == worst((*(must.level for must in musts.values()), *own))


@every_stage
def test_there_are_enough_stories_each_told_once(told: Told) -> None:
    titles = [story["title"] for story in told.stories]
    assert len(titles) == len(set(titles)) >= STORIES_AT_LEAST[told.stage]


@every_stage
def test_the_stories_name_only_what_exists(told: Told) -> None:
    known = {
        sheet: set(FRAMEWORK.rows)
        | set(FRAMEWORK.sheets[sheet].messages)
        | {f"must.{carry.id}" for carry in FRAMEWORK.sheets[sheet].carries if carry.must}
        | {
            f"missing.{question.id}"
            for section in FRAMEWORK.sheets[sheet].sections
            for question in section.questions
        }
        for sheet in told.sheets
    }
    keys = {"title", "stage", "start", "today", "words", "finds", "never", "rows"}
    for story in told.stories:
        assert story.keys() <= keys | {*told.before, *told.sheets}, story["title"]
        assert told.gate.id in story["words"], story["title"]
        for part in ("finds", "never"):
            for sheet, named in story.get(part, {}).items():
                assert set(named) <= known[sheet], story["title"]


@every_stage
def test_every_must_comes_to_every_word_in_some_story(told: Told, assessed: Assessed) -> None:
    """And every message of the gate is said in one."""
    seen: dict[str, set[Level]] = {sheet: set() for sheet in told.musts}
    said: set[str] = set()
    for story in told.stories:
        gate = assessed(story)[told.gate.id]
        said |= {one.key for one in gate.findings}
        for one in gate.findings:
            if one.sheet:
                seen[one.sheet].add(one.level)
    words = {Level.FAIL, Level.WARN, Level.UNKNOWN, Level.PASS}
    assert seen == dict.fromkeys(told.musts, words)
    assert set(told.gate.messages) - said == set()


@every_stage
def test_nothing_is_locked(told: Told) -> None:
    """The decision is asked whatever the sheets say, and going on is always among the choices."""
    question = told.gate.question("go_on")
    assert not question.ask_if
    assert {"go", "continue"} & {choice.id for choice in question.choices}
    assert "stop" in {choice.id for choice in question.choices}
