"""Maps in files and in outlines: they come back as they were, and a slip is told in a sentence."""

import io
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from playbook.analysis.work_system.map_file import (
    as_csv,
    as_outline,
    as_xlsx,
    read_map,
    read_outline,
)
from playbook.analysis.work_system.system_map import MapLink, MapPart, SystemMap
from playbook.framework import load_framework
from playbook.model import InputError
from tests.analysis.work_system.maps import any_map, links

pytestmark = pytest.mark.row("WS-006")

WORDS = load_framework().words
PERCENTS = st.one_of(st.none(), st.integers(0, 800).map(lambda it: it / 800))
NAMES = st.text(string.ascii_letters + " ,;:'\"=@+-%>|äß", min_size=1, max_size=12).map(
    lambda it: " ".join(it.split()) or "x"
)

DRAWN = SystemMap(
    (
        MapPart("clerk", "Clerk", "people"),
        MapPart("form", "Form", "information"),
        MapPart("lab", "Lab, night", "infrastructure"),
    ),
    links(("clerk", "form", 0.6), ("form", "clerk", None, -1), ("clerk", "lab", 0.125, 0)),
)


@given(any_map(chances=PERCENTS), st.lists(NAMES, min_size=7, max_size=7, unique_by=str.casefold))
def test_every_form_gives_the_map_back(drawn, names):
    named = SystemMap(
        tuple(
            MapPart(part.id, name, part.block)
            for part, name in zip(drawn.parts, names, strict=False)
        ),
        drawn.links,
    ).by_name()
    for found in (read_map(as_csv(named, WORDS), "map.csv", WORDS),
                  read_outline(as_outline(named, WORDS), WORDS)):  # fmt: skip
        assert set(found.parts) == set(named.parts)
        assert told(found) == pytest.approx(told(named))


def told(drawn):
    return {
        (*link.ends, link.sign): -1.0 if link.chance is None else link.chance
        for link in drawn.links
    }


def test_a_workbook_gives_the_map_back_and_runs_no_name():
    drawn = SystemMap((*DRAWN.parts, MapPart("=1+1", "=1+1", "technology")), DRAWN.links)
    data = as_xlsx(drawn, WORDS)
    found = read_map(data, "map.xlsx", WORDS)
    assert set(found.parts) == {
        MapPart(part.name.casefold(), part.name, part.block) for part in drawn.parts
    }
    assert len(found.links) == 3
    cells = [cell for row in load_workbook(io.BytesIO(data)).active.iter_rows() for cell in row]
    assert next(cell for cell in cells if cell.value == "=1+1").data_type == "s"


def test_an_outline_reads_as_a_list():
    assert as_outline(DRAWN, WORDS).splitlines() == [
        "People and roles",
        "- Clerk",
        "  -> Form: helps, 60%",
        "  -> Lab, night: unsure, 12.5%",
        "Information and data",
        "- Form",
        "  -> Clerk: harms",
        "Infrastructure",
        "- Lab, night",
    ]


def test_a_file_of_another_hand_is_read_too():
    given = (
        "part;BLOCK;chance in %;changes\nClerk;people;60 %;form\n;;;\nForm;Information and data;;\n"
    )
    found = read_map(given.encode("cp1252"), "map.csv", WORDS)
    assert found.links == (MapLink("clerk", "form", 0, 0.6),)
    assert [part.block for part in found.parts] == ["people", "information"]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([], "can’t be read as a map"),
        (["Name,Block", "Clerk,people"], "no column “Part”"),
        (["Part,Block", ",people", "Clerk,people"], None),
        (["Part,Block,Changes", ",people,Form"], "Row 2 has no part"),
        (["Part,Block,Changes", "Clerk,,", "Form,people,"], "“Clerk” has no block"),
        (["Part,Block", "Clerk,furniture"], "Row 2 has the block “furniture”"),
        (["Part,Block", "Clerk,people", "clerk,technology"], "stands in two blocks"),
        (["Part,Block,Changes", "Clerk,people,Form"], "which has no row of its own"),
        (["Part,Block,Changes", "Clerk,people,clerk"], "to itself"),
        (["Part,Block,Changes,Effect", "A,people,B,hurts", "B,people,,"], "the effect “hurts”"),
        (["Part,Block,Changes,Chance", "A,people,B,140", "B,people,,"], "the chance “140”"),
        (["Part,Block,Changes,Chance", "A,people,B,0.6", "B,people,,"], "write 60 for 60%"),
        (["Part,Block,Changes", "A,people,B", "A,people,b", "B,people,"], "a second time"),
    ],
)
def test_a_slip_is_told_in_a_sentence(lines, sentence):
    given = "\n".join(lines).encode()
    if sentence is None:
        assert [part.name for part in read_map(given, "map.csv", WORDS).parts] == ["Clerk"]
        return
    with pytest.raises(InputError, match=sentence):
        read_map(given, "map.csv", WORDS)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("People and roles\nClerk", "Line 2 can’t be read: “Clerk”"),
        ("-> Form: helps", "Line 1 can’t be read"),
        ("- Clerk", "“Clerk” has no block"),
        ("Processes\n- Claim\n-> Form: hurts", "changes “Form: hurts”"),
    ],
)
def test_a_slip_in_an_outline_too(text, sentence):
    with pytest.raises(InputError, match=sentence):
        read_outline(text, WORDS)


def test_a_file_that_is_too_large_is_not_opened():
    with pytest.raises(InputError, match="5 MB at most"):
        read_map(b"x" * 5_000_001, "map.csv", WORDS)
