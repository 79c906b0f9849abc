"""The framework as data, read with tomllib alone: a fault here is a fault in the content."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

CONTENT = Path(__file__).parents[2] / "playbook" / "content"
# Counted with grep in the document the catalogue was made from, not in these files.
ROWS_OF = {
    "N": 39,
    "SHIFT": 25,
    "APP": 18,
    "CAT": 31,
    "CHA": 19,
    "ENT": 41,
    "MET": 16,
    "CAP": 16,
    "CND": 8,
    "SUP": 29,
    "WG": 48,
    "EXP": 28,
    "ACT": 10,
    "MOT": 14,
    "FOC": 8,
    "CON": 21,
    "PRA": 20,
    "OBS": 12,
    "ENV": 8,
    "TEC": 12,
    "SCA": 14,
    "WS": 102,
    "X": 24,
    "GAP": 30,
}
STAGES = {"zoom-out", "recognise", "create", "act", "work-system", "reference"}
KINDS = {"input", "rule", "calc", "show", "chart", "facil", "number", "tension", "gap"}
KEYS = {"id", "kind", "source", "locator", "statement", "tool", "proposal"}
LATER_KEYS = {"built", "later"}  # claims for coverage, added where a row is built or left
ROW_ID = re.compile(r"\b([A-Z]+-\d{2,3})\b")

Row = dict[str, Any]


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


CHAPTERS = {path.name: read(path) for path in sorted((CONTENT / "catalogue").glob("*.toml"))}
ROWS: list[Row] = [row for chapter in CHAPTERS.values() for row in chapter["row"]]
LOCATORS = {s["id"]: s["locators"] for s in read(CONTENT / "sources.toml")["source"]}


def offenders(wrong: Any, rows: list[Row] = ROWS) -> list[str]:
    """The ids of the rows that are wrong, so that a failure names them."""
    return [row["id"] for row in rows if wrong(row)]


def test_every_chapter_has_the_rows_of_the_document() -> None:
    counts = Counter(row["id"].rsplit("-", 1)[0] for row in ROWS)
    assert counts == ROWS_OF
    assert sum(ROWS_OF.values()) == 593


@pytest.mark.parametrize("name", sorted(CHAPTERS))
def test_a_file_holds_one_chapter_and_nothing_else(name: str) -> None:
    chapter = CHAPTERS[name]
    prefix = chapter["chapter"]
    assert chapter.keys() - {"later"} == {"chapter", "title", "stage", "row"}
    assert name == ("numbers.toml" if prefix == "N" else f"{prefix.lower()}.toml")
    assert chapter["stage"] in STAGES
    assert chapter["title"].strip()
    width = 3 if prefix == "WS" else 2
    shape = re.compile(rf"{prefix}-\d{{{width}}}")
    assert offenders(lambda row: not shape.fullmatch(row["id"]), chapter["row"]) == []


def test_no_id_is_used_twice() -> None:
    counts = Counter(row["id"] for row in ROWS)
    assert [row_id for row_id, n in counts.items() if n > 1] == []


def test_rows_have_exactly_the_agreed_keys_and_only_numbers_have_a_value() -> None:
    def wrong(row: Row) -> bool:
        expected = KEYS | {"value"} if row["id"].startswith("N-") else KEYS
        return row.keys() - LATER_KEYS != expected

    assert offenders(wrong) == []


def test_every_kind_is_known_and_special_chapters_have_their_own() -> None:
    own = {"N": ["number"], "X": ["tension"], "GAP": ["gap"]}

    def wrong(row: Row) -> bool:
        prefix, kinds = row["id"].rsplit("-", 1)[0], row["kind"]
        if prefix in own:
            return bool(kinds != own[prefix])
        plain = KINDS - {"number", "tension", "gap"}
        return not kinds or not plain.issuperset(kinds) or len(set(kinds)) != len(kinds)

    assert offenders(wrong) == []


def test_every_source_is_known_and_every_locator_has_a_plain_name() -> None:
    assert LOCATORS.keys() == {"PP", "WSY", "both", "house"}

    def wrong(row: Row) -> bool:
        return not LOCATORS[row["source"]].keys() >= set(row["locator"].split("; "))

    assert offenders(wrong) == []


def test_every_locator_that_has_a_name_is_used() -> None:
    used = {(row["source"], name) for row in ROWS for name in row["locator"].split("; ")}
    named = {(source, name) for source, names in LOCATORS.items() for name in names}
    assert named - used == set()


def test_every_statement_is_a_sentence_without_markup_or_shorthand() -> None:
    shorthand = re.compile(r"[→=≥≤<>&*|×∈_]|\(P\b|\bvs\b|\.md\b")
    ended = re.compile(r"[.?!][”)]*$")

    def wrong(row: Row) -> bool:
        text = row["statement"]
        return not (text[:1].isupper() and ended.search(text)) or bool(shorthand.search(text))

    assert offenders(wrong) == []


def test_a_tension_names_both_sides() -> None:
    between = [row for row in ROWS if row["source"] == "both"]
    both = re.compile(r"The pathway article: .+ The work-system article: .+")
    assert [row["id"] for row in between] == [f"X-{n:02}" for n in range(1, 13)]
    assert offenders(lambda row: not both.fullmatch(row["statement"]), between) == []


def test_what_we_say_about_tensions_and_gaps_is_marked_as_our_proposal() -> None:
    ours = [row for row in ROWS if row["kind"] in (["tension"], ["gap"])]
    assert len(ours) == ROWS_OF["X"] + ROWS_OF["GAP"]
    assert offenders(lambda row: row["tool"] or not row["proposal"], ours) == []
    gaps = [row for row in ours if row["kind"] == ["gap"]]
    assert offenders(lambda row: row["source"] != "house", gaps) == []


def test_no_proposal_mark_or_markup_is_left_in_the_text() -> None:
    left = re.compile(r"\(P\b|\bP\)|\*\*|\.md\b|  ")
    assert offenders(lambda row: left.search(row["tool"] + "|" + row["proposal"])) == []


def test_every_row_that_is_referred_to_exists() -> None:
    ids = {row["id"] for row in ROWS}

    def wrong(row: Row) -> bool:
        return not ids.issuperset(ROW_ID.findall(f"{row['tool']} {row['proposal']}"))

    assert offenders(wrong) == []


@pytest.mark.parametrize(
    ("row_id", "ours"),
    [
        ("CAT-10", "The “partly” level and the text-evidence requirement."),
        ("N-02", "75% floor, 100% target."),
        ("WG-36", "Cell membership stable: churn > 25%/quarter → WARN."),
        ("MET-09", "1 → warn single-point; 2–4 pass; > 5 warn."),
        ("CAT-04", ""),
    ],
)
def test_the_line_between_document_and_proposal_is_drawn_by_hand(row_id: str, ours: str) -> None:
    assert [row["proposal"] for row in ROWS if row["id"] == row_id] == [ours]
