"""The pathway: what each tile says, what the gate waits for, where the main button leads."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from playbook.model import Level, worst
from playbook.pathway import Entry, pathway, recognise_ready
from playbook.store.types import WorksheetInfo

NEEDED = ["catalyst", "champion", "entry_point"]
GOOD = {
    "what": "Clients leave",
    "kind": "skills",
    "breaks": "yes",
    "urgent": "yes",
    "bigger": "yes",
    "capacity": "yes",
    "alignment": "direct",
}


def info(worksheet, hour=1, name="My catalyst", sheet="catalyst"):
    at = datetime(2027, 1, 3, hour, tzinfo=UTC)
    return WorksheetInfo(worksheet, sheet, name, at, at)


def tile_of(way, tile="catalyst"):
    return next(one for stage in way.stages for one in stage.tiles if one.id == tile)


# --- The gate ---


@pytest.mark.row("CAT-02")
def test_a_catalyst_alone_is_never_enough():
    for level in (Level.FAIL, Level.WARN, Level.UNKNOWN, Level.PASS):
        assert recognise_ready({"catalyst": level}) != Level.PASS
    assert recognise_ready({"catalyst": Level.PASS, "champion": Level.PASS}) == Level.UNKNOWN


@pytest.mark.row("CAT-02")
def test_the_stage_holds_when_all_three_hold_and_only_then():
    levels = [Level.FAIL, Level.WARN, Level.UNKNOWN, Level.PASS, None]
    for found in product(levels, repeat=3):
        given = {sheet: level for sheet, level in zip(NEEDED, found, strict=True) if level}
        ready = recognise_ready({**given, "metric_tree": Level.FAIL})
        assert (ready == Level.PASS) == (found == (Level.PASS,) * 3)
        assert ready == worst(level or Level.UNKNOWN for level in found)


@pytest.mark.row("CAT-02")
def test_the_gate_names_what_it_waits_for(framework, filled):
    assessment = replace(filled(GOOD)[1], verdict=Level.PASS)
    gate = pathway(framework, [Entry(info("w1"), assessment)]).stages[0]
    assert gate.gate.level == Level.UNKNOWN
    titles = {tile.id: tile.title for tile in framework.tiles}
    assert titles["champion"] in gate.gate_text
    assert titles["entry_point"] in gate.gate_text
    assert titles["catalyst"] not in gate.gate_text


# --- The tiles ---


def test_all_twelve_are_there_and_only_built_ones_are_links(framework):
    tiles = [tile for stage in pathway(framework, []).stages for tile in stage.tiles]
    assert [tile.id for tile in tiles] == [tile.id for tile in framework.tiles]
    assert len(tiles) == 12
    for tile in tiles:
        built = framework.sheets.get(tile.id)
        assert tile.href == (built.notebook if built else None)
        assert tile.mark is None
        if not built:
            assert tile.next == framework.words.say("home.unbuilt")


def test_a_tile_shows_its_last_worksheet_and_lists_the_others(framework, filled):
    good, bad = filled(GOOD)[1], filled({**GOOD, "breaks": "no"})[1]
    way = pathway(framework, [Entry(info("w2", 5), bad), Entry(info("w1", 4, "First"), good)])
    tile = tile_of(way)
    assert tile.mark.level == Level.FAIL
    assert tile.href == "02_catalyst.ipynb?worksheet=w2"
    assert [(other.name, other.href) for other in tile.others] == [
        ("First", "02_catalyst.ipynb?worksheet=w1")
    ]
    assert tile.others[0].mark.level == good.verdict


def test_a_worksheet_without_an_answer_is_not_begun(framework, filled):
    way = pathway(framework, [Entry(info("w1"), filled()[1])])
    assert tile_of(way) == tile_of(pathway(framework, []))
    assert way.go_on == pathway(framework, []).go_on


def test_an_example_is_nobodys_own(framework, filled):
    held = replace(filled(GOOD)[1], verdict=Level.PASS)
    way = pathway(framework, [Entry(info("w1"), held, example=True)])
    tile = tile_of(way)
    assert tile.mark is None
    assert [other.example for other in tile.others] == [True]
    assert framework.stages[0].tiles[0].title in way.stages[0].gate_text
    assert way.go_on == pathway(framework, []).go_on


def test_an_odd_id_makes_no_other_address(framework, filled):
    way = pathway(framework, [Entry(info("a&b=c#/../?\"'<"), filled(GOOD)[1])])
    address = tile_of(way).href.removeprefix("02_catalyst.ipynb?worksheet=")
    assert not set("&=#/?\"'<") & set(address)


# --- The main button ---


def test_it_leads_back_to_the_last_worksheet_with_something_left(framework, filled):
    open_one = filled({"what": "A", "breaks": "yes"})[1]
    done = replace(open_one, completeness=type(open_one.completeness)(5, 5))
    left = open_one.completeness.asked - open_one.completeness.answered
    way = pathway(framework, [Entry(info("w2", 9), done)])
    assert way.go_on.href.endswith("=w2")  # nothing is left, and nothing else is built
    way = pathway(framework, [Entry(info("w1", 3), open_one), Entry(info("w2", 2), done)])
    assert way.go_on.href.endswith("=w1")
    assert f"{left} questions left" in way.go_on.text


@pytest.mark.parametrize(("left", "said"), [(0, "every"), (1, "one question"), (2, "2 questions")])
def test_it_says_how_much_is_left(framework, filled, left, said):
    assessment = filled(GOOD)[1]
    some = replace(assessment, completeness=type(assessment.completeness)(7, 7 + left))
    assert said in pathway(framework, [Entry(info("w1"), some)]).go_on.text


def test_at_first_it_leads_to_the_first_sheet_that_is_built(framework):
    way = pathway(framework, [])
    built = [tile for tile in framework.tiles if tile.id in framework.sheets]
    assert built[0].title in way.go_on.text
    assert way.go_on.href == framework.sheets[built[0].id].notebook
    assert way.example.href.endswith("?worksheet=example")


def test_without_a_sheet_there_is_nothing_to_go_on_with(framework):
    assert pathway(replace(framework, sheets={}, examples={}), []).go_on is None
