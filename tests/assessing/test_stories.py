"""The finished stories in the content: each from the first answer to the gate."""

from dataclasses import replace
from datetime import date

import pytest

from playbook.assessing.workbook import Workbook
from playbook.framework import load_framework
from playbook.framework.framework import EXAMPLE
from playbook.model import ContentError, Level
from playbook.report.pathway import pathway

FRAMEWORK = load_framework()
OTHER = "fenwick_valley"
GATE = FRAMEWORK.sheets["recognise_gate"]
MUSTS = [carry.sheet for carry in GATE.carries if carry.must]
LATER = date(2031, 1, 1)


@pytest.fixture
def workbook():
    return Workbook(FRAMEWORK, LATER)


def verdicts(workbook):
    return {name: workbook.assess(FRAMEWORK.sheets[name]).verdict for name in (*MUSTS, GATE.id)}


def test_the_first_story_is_ready_on_every_sheet_and_at_the_gate(workbook):
    assert verdicts(workbook.examples) == dict.fromkeys((*MUSTS, GATE.id), Level.PASS)
    assert workbook.story(EXAMPLE) is workbook.examples


def test_the_other_story_stops_because_its_sponsor_does_not_protect_it(workbook):
    story = workbook.story(OTHER)
    told = dict.fromkeys(MUSTS, Level.PASS) | {"champion": Level.FAIL, GATE.id: Level.FAIL}
    assert verdicts(story) == told
    sponsor = story.assess(FRAMEWORK.sheets["champion"])
    stops = [one.key for one in sponsor.findings if one.level == Level.FAIL]
    assert stops == ["CHA-02.cover_no"]
    gate = story.assess(GATE)
    assert [one.key for one in gate.findings if one.level == Level.FAIL] == ["must.champion"]
    assert FRAMEWORK.story(OTHER)[GATE.id].answers["go_on"] == "stop"


@pytest.mark.parametrize("name", [EXAMPLE, OTHER])
def test_a_story_is_told_on_one_day_by_one_name_and_says_that_it_is_made_up(name):
    story = FRAMEWORK.story(name)
    assert {*MUSTS, GATE.id} <= story.keys() <= FRAMEWORK.sheets.keys()
    before = [name for stage in FRAMEWORK.stages[:2] for name in (*stage.sheets, stage.gate)]
    assert len({story[name].today for name in before if name in story}) == 1
    assert all(one.today >= story[GATE.id].today for one in story.values())
    assert len({one.name.partition(":")[0] for one in story.values()}) == 1
    for one in story.values():
        assert one.note.startswith("Example: ")
        assert "fictional" in one.note


def test_no_two_stories_tell_of_the_same_organisation():
    names = [FRAMEWORK.story(name)[GATE.id].name for name in (EXAMPLE, *FRAMEWORK.stories)]
    assert len({name.partition(":")[0] for name in names}) == len(names)


def test_home_offers_the_other_story_at_its_gate(workbook):
    example = pathway(workbook).example
    assert example.begin.href.endswith("?worksheet=example")
    (other,) = example.others
    assert other.href == f"{GATE.notebook}?worksheet={OTHER}"
    assert other.text == FRAMEWORK.story(OTHER)[GATE.id].offer


def test_the_gate_of_a_story_leads_to_the_sheets_of_that_story(workbook):
    told = workbook.story(OTHER).carried(GATE)
    assert {one.id for one in told} == {OTHER}


def test_a_story_that_nobody_tells_is_the_first(workbook):
    """What was filled with a story that has left the content is still an example."""
    assert workbook.story("gone") is workbook.examples


def test_a_wrong_story_is_named_with_its_folder(tmp_path):
    import shutil

    from playbook.model.resources import content_dir

    content = tmp_path / "content"
    shutil.copytree(content_dir(), content)
    wrong = content / "examples" / OTHER / "catalyst.toml"
    wrong.write_text(wrong.read_text().replace('breaks = "yes"', 'breaks = "maybe"'))
    with pytest.raises(ContentError, match=f"examples/{OTHER}/catalyst.toml: "):
        load_framework(content).checked()


def test_without_stories_only_the_first_is_offered():
    alone = replace(FRAMEWORK, stories={})
    assert pathway(Workbook(alone, LATER)).example.others == ()
