"""The pathway: what each tile says, what the gate waits for, where the main button leads."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from playbook.assessing.workbook import Entry, Workbook
from playbook.model import Level, Worksheet
from playbook.model.storage import Operation, Set, WorksheetInfo
from playbook.report.pathway import pathway
from playbook.store.sql import SqliteStore

TODAY = date(2027, 1, 4)
NO_GATES = {}
CERTAIN = {
    "by_when": "2027-05-01",
    "loss": "Half of them",
    "control_fix": "no",
    "skills_for": "yes",
}
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


def entry(framework, where, assessment, example=False):
    sheet = framework.sheets[where.sheet]
    said = assessment.completeness.answered > 0
    worksheet = Worksheet(sheet.id, {"answered": "yes"} if said else {})
    return Entry(where, sheet, worksheet, example, SimpleNamespace(assess=lambda *_: assessment))


def way_of(framework, *entries, gates=NO_GATES):
    return pathway(framework, [entry(framework, *told) for told in entries], gates)


# --- The gate ---


@pytest.mark.row("CAT-02")
def test_the_gate_says_what_its_sheet_says_and_leads_there(framework):
    gates = Workbook(framework, TODAY).gates()
    gate = way_of(framework, gates=gates).stages[0].gate
    assert gate.mark.level == gates["recognise_gate"].verdict == Level.UNKNOWN
    assert len(gate.reasons) == 4  # reason, leader, place, metric: nobody has looked yet
    assert gate.href == framework.sheets["recognise_gate"].notebook


@pytest.mark.row("CAT-02")
def test_a_catalyst_alone_is_never_enough(framework):
    store = SqliteStore(None)
    own = store.create("catalyst", "Mine")
    fields = {f"candidates/r1/{key}": value for key, value in (GOOD | CERTAIN).items()}
    sets = (Set(field, value, None) for field, value in {"candidates/r1": 1.0, **fields}.items())
    store.commit(own.id, Operation("op-1", "laptop", "set", 1, tuple(sets)))
    reasons = Workbook(framework, TODAY, store).gates()["recognise_gate"].findings
    store.close()
    assert {finding.key for finding in reasons} == {
        "APP-18.champion_open",
        "APP-18.entry_point_open",
        "APP-18.metric_tree_open",
    }


def test_a_stage_whose_gate_is_not_built_waits_for_its_sheets(framework):
    create = way_of(framework).stages[1]
    assert create.gate.mark.level == Level.UNKNOWN
    assert all(tile.title in create.gate.text for tile in framework.stages[1].tiles)
    assert (create.gate.reasons, create.gate.href) == ((), None)


# --- The tiles ---


def test_all_tiles_are_there_and_only_built_ones_are_links(framework):
    tiles = [tile for stage in way_of(framework).stages for tile in stage.tiles]
    assert [tile.id for tile in tiles] == [tile.id for tile in framework.tiles]
    assert len(tiles) == 13
    for tile in tiles:
        built = framework.sheets.get(tile.id)
        assert tile.href == (built.notebook if built else None)
        assert tile.mark is None
        if not built:
            assert tile.next == framework.words.text("home.unbuilt")


def test_a_tile_shows_its_last_worksheet_and_lists_the_others(framework, filled):
    good, bad = filled(GOOD)[1], filled({**GOOD, "breaks": "no"})[1]
    way = way_of(framework, (info("w2", 5), bad), (info("w1", 4, "First"), good))
    tile = tile_of(way)
    assert tile.mark.level == Level.FAIL
    assert tile.href == "02_catalyst.ipynb?worksheet=w2"
    assert [(other.name, other.href) for other in tile.others] == [
        ("First", "02_catalyst.ipynb?worksheet=w1")
    ]
    assert tile.others[0].mark.level == good.verdict


def test_a_worksheet_without_an_answer_is_not_begun(framework, filled):
    way = way_of(framework, (info("w1"), filled()[1]))
    assert tile_of(way) == tile_of(way_of(framework))
    assert way.go_on == way_of(framework).go_on


def test_an_example_is_nobodys_own(framework, filled):
    held = replace(filled(GOOD)[1], verdict=Level.PASS)
    way = way_of(framework, (info("w1"), held, True))
    tile = tile_of(way)
    assert tile.mark is None
    assert [other.example for other in tile.others] == [True]
    assert tile.title in way.stages[0].gate.text
    assert way.go_on == way_of(framework).go_on


def test_an_odd_id_makes_no_other_address(framework, filled):
    way = way_of(framework, (info("a&b=c#/../?\"'<"), filled(GOOD)[1]))
    address = tile_of(way).href.removeprefix("02_catalyst.ipynb?worksheet=")
    assert not set("&=#/?\"'<") & set(address)


# --- The main button ---


def test_it_leads_back_to_the_last_worksheet_with_something_left(framework, filled):
    framework = replace(framework, sheets={"catalyst": framework.sheets["catalyst"]})
    open_one = filled({"what": "A", "breaks": "yes"})[1]
    done = replace(open_one, completeness=type(open_one.completeness)(5, 5))
    left = open_one.completeness.asked - open_one.completeness.answered
    way = way_of(framework, (info("w2", 9), done))
    assert way.go_on.href.endswith("=w2")  # nothing is left, and nothing else is built
    way = way_of(framework, (info("w1", 3), open_one), (info("w2", 2), done))
    assert way.go_on.href.endswith("=w1")
    assert f"{left} questions left" in way.go_on.text


@pytest.mark.parametrize(("left", "said"), [(0, "every"), (1, "one question"), (2, "2 questions")])
def test_it_says_how_much_is_left(framework, filled, left, said):
    framework = replace(framework, sheets={"catalyst": framework.sheets["catalyst"]})
    assessment = filled(GOOD)[1]
    some = replace(assessment, completeness=type(assessment.completeness)(7, 7 + left))
    assert said in way_of(framework, (info("w1"), some)).go_on.text


def test_after_a_sheet_that_is_done_comes_the_next_one(framework, filled):
    open_one = filled({"what": "A", "breaks": "yes"})[1]
    done = replace(open_one, completeness=type(open_one.completeness)(5, 5))
    assert framework.titles["champion"] in way_of(framework, (info("w1"), done)).go_on.text


def test_at_first_it_leads_to_the_first_sheet_that_is_built(framework):
    way = way_of(framework)
    built = [tile for tile in framework.tiles if tile.id in framework.sheets]
    assert built[0].title in way.go_on.text
    assert way.go_on.href == framework.sheets[built[0].id].notebook
    assert way.example.href.endswith("?worksheet=example")


def test_without_a_sheet_there_is_nothing_to_go_on_with(framework):
    assert way_of(replace(framework, sheets={}, examples={})).go_on is None
