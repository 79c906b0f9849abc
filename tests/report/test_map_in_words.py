"""The map in words: what a change does, its shape, an earlier version and another person's map."""

import pytest

from playbook.analysis.work_system.map_file import read_outline
from playbook.analysis.work_system.system_map import MapLink, MapPart, SystemMap
from playbook.framework import load_framework
from playbook.report.system_map.beside import two_maps
from playbook.report.system_map.shape import loops_in_words, numbers, what_a_change_does
from playbook.report.system_map.versions import compared
from playbook.worksheet.parse import read_worksheet

FRAMEWORK = load_framework()
WORDS = FRAMEWORK.words
PARTS = tuple(MapPart(it, it.upper(), "people") for it in "abc")


def drawn(*links):
    return SystemMap(PARTS, tuple(MapLink(*it) for it in links))


def lines(blocks):
    return {it["title"]: it["sentences"] for it in blocks}


@pytest.mark.row("WS-014", "WS-015")
def test_the_example_tells_help_harm_what_is_planned_and_its_only_loop():
    sheet = FRAMEWORK.sheets["system_map"]
    worksheet = read_worksheet(sheet, FRAMEWORK.examples["system_map"].answers, WORDS)
    told = lines(what_a_change_does(worksheet, WORDS))
    effects = told[WORDS.text("map_says.effects")]
    assert "People and roles: it may harm “Team leads”." in effects
    assert effects[-1].endswith("Team leads keep hard cases, and coach on all others.")
    (loop,) = told[WORDS.text("map_says.loops")]
    assert loop.startswith("Claims handlers → Assessment of the damage → Repair calendar")
    assert loop.endswith("a change strengthens itself.")


@pytest.mark.row("WS-014", "WS-015")
def test_what_a_tool_changes_is_named_before_anybody_gave_a_chance():
    """Four links from the tool, none with a chance: each part is named, and none is called safe."""
    names = {"t": "Tool", "c": "Check", "h": "Handlers", "l": "Limits"}
    answers = {
        "change": "t",
        "parts": [{"id": it, "part": name, "block": "people"} for it, name in names.items()],
        "links": [
            {"id": f"l{it}", "source": "t", "target": it, "effect": effect}
            for it, effect in (("c", "helps"), ("h", "harms"), ("l", "helps"))
        ],
    }
    worksheet = read_worksheet(FRAMEWORK.sheets["system_map"], answers, WORDS)
    told = lines(what_a_change_does(worksheet, WORDS))
    (reach,) = told[WORDS.text("map_says.reach")]
    assert all(f"“{name}”" in reach for name in ("Check", "Handlers", "Limits"))
    assert "People and roles: it may harm “Handlers”." in told[WORDS.text("map_says.effects")]


def test_each_loop_has_its_sign_and_none_asks_who_learns():
    both = drawn(("a", "b", 1), ("b", "a", -1), ("b", "c", 0), ("c", "b", 1))
    assert loops_in_words(both, WORDS) == [
        WORDS.text("map_says.loop_holds", loop="A → B → A"),
        WORDS.text("map_says.loop_unsure", loop="B → C → B"),
    ]
    assert loops_in_words(drawn(("a", "b", 1)), WORDS) == [WORDS.text("map_says.no_loop")]
    assert loops_in_words(drawn(), WORDS) == []


@pytest.mark.row("WS-039")
def test_the_matrix_counts_pairs_and_says_what_can_not_be_put_in_order():
    """Of a → b ⇄ c: a reaches three, b and c two each, so 7 of 9 pairs."""
    told = [
        it
        for block in numbers(drawn(("a", "b"), ("b", "c"), ("c", "b")), WORDS)
        for it in block["sentences"]
    ]
    assert WORDS.text("map_says.change_cost", share="78%") in told
    assert WORDS.text("map_says.round", parts="“B”, “C”") in told


@pytest.mark.row("WS-001", "WS-016")
def test_two_versions_tell_every_kind_of_change_and_mark_what_is_new():
    now = SystemMap(
        (
            MapPart("a", "Desk", "people"),
            MapPart("b", "B", "technology"),
            MapPart("d", "D", "people"),
        ),
        (MapLink("a", "b", -1, 0.5), MapLink("d", "a", 1)),
    )
    blocks, parts, ends = compared(drawn(("a", "b", 1, 0.5), ("b", "c", 1)), now, WORDS)
    assert lines(blocks) == {
        "New parts": ["D (People and roles)"],
        "Parts that are gone": ["C (People and roles)"],
        "Renamed": ["A → Desk"],
        "Moved to another block": ["B: People and roles → Technology and tools"],
        "New links": ["D → Desk: helps"],
        "Links that are gone": ["B → C: helps"],
        "Links with another effect or chance": ["A → B: helps, 50%; now Desk → B: harms, 50%"],
    }
    assert parts == ["d", "a", "b"]
    assert ends == [("d", "a"), ("a", "b")]
    assert lines(compared(now, now, WORDS)[0]) == {WORDS.text("map_versions.same"): []}


def test_two_people_talk_of_links_one_drew_then_of_signs_then_of_chances():
    one = drawn(("a", "b", 1, 0.9), ("b", "c", 1, 0.5), ("a", "c", 1))
    other = drawn(("a", "b", -1, 0.8), ("b", "c", 1, 0.1), ("c", "a", 1))
    told = two_maps(one, other, ("Leader", "Clerk"), WORDS)
    assert [it["title"] for it in told] == [
        "Links only in Leader",
        "Links only in Clerk",
        "Links with opposite signs",
        "The widest differences",
    ]
    assert told[2]["sentences"] == ["A → B: helps in Leader, harms in Clerk"]
    assert told[3]["sentences"][0] == "B → C: 50% in Leader, 10% in Clerk"
    assert lines(two_maps(one, one, ("Leader", "Clerk"), WORDS)) == {"Both maps say the same.": []}


@pytest.mark.row("WS-102", "WS-103", "WS-104", "WS-105")
@pytest.mark.parametrize("case", ["trust", "manufacturer", "services"])
def test_each_case_has_a_story_and_a_map_that_says_its_chances_are_invented(case):
    told = read_outline(WORDS.text(f"map_cases.{case}.outline"), WORDS)
    assert len(told.filled) >= 3
    assert not told.unlinked
    assert all(link.chance for link in told.links)
    assert "invented" in WORDS.text("map_cases.note")
    assert WORDS.text(f"map_cases.{case}.story").endswith("?")
