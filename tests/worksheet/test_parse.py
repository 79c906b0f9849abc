"""What may be stored: every kind takes what it should and refuses the rest with one sentence."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.model import InputError, Question
from playbook.worksheet.parse import parse, read_worksheet
from tests.hostile import CLEANED, KEPT


def question(sheet, question_id):
    return next(q for s in sheet.sections for q in s.questions if q.id == question_id)


@pytest.mark.parametrize("nothing", [None, "", []])
@pytest.mark.parametrize("kind", ["name", "ready", "colour", "likes", "when", "pick", "remarks"])
def test_nothing_given_means_not_answered(small_sheet, words, kind, nothing):
    assert parse(question(small_sheet, kind), nothing, words) is None


@pytest.mark.parametrize(
    ("asked", "good", "stored"),
    [
        ("ready", "dont_know", "dont_know"),
        ("colour", "green", "green"),
        ("likes", ["green", "red"], ("red", "green")),
        ("when", "2027-02-28", "2027-02-28"),
        ("when", datetime.date(2027, 2, 28), "2027-02-28"),
        ("pick", "r12ab", "r12ab"),
        ("name", "  O'Neil  ", "O'Neil"),
        ("name", "two\nlines", "two lines"),
        ("remarks", "two\r\nlines", "two\nlines"),
        ("remarks", "a\x00b\x0bc\ud800d", "abcd"),
        ("remarks", "two\u2028lines\x85three", "two\nlines\nthree"),
        *(("name", text, text) for text in KEPT),
        *(("name", given, kept) for given, kept in CLEANED.items()),
    ],
)
def test_a_good_value_is_stored(small_sheet, words, asked, good, stored):
    assert parse(question(small_sheet, asked), good, words) == stored


@pytest.mark.parametrize(
    ("asked", "bad", "said"),
    [
        ("ready", "maybe", "maybe"),
        ("ready", True, "true"),
        ("colour", "blue", "red or green"),
        ("colour", ["red"], '["red"]'),
        ("likes", "red", "list"),
        ("likes", ["red", "blue"], "blue"),
        ("when", "2027-02-30", "2027-02-30"),
        ("when", "28.2.", "31 March 2027"),
        ("when", "0001-01-01", "0001-01-01"),
        ("when", 20270228, "20270228"),
        ("pick", "../../x", "../../x"),
        ("name", 7, "text"),
        ("name", float("nan"), "NaN"),
        ("remarks", "x" * 21, "20"),
    ],
)
def test_a_bad_value_is_refused_in_one_sentence(small_sheet, words, asked, bad, said):
    with pytest.raises(InputError) as refused:
        parse(question(small_sheet, asked), bad, words)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "name",
    [
        "O'Neil",
        "José",
        "Jose\u0301",
        "\u05d3\u05e0\u05d9",
        "🙂",
        "A$$B",
        "__proto__",
        "../../x",
        "CON",
        "<b>&amp;",
    ],
)
def test_odd_names_survive_unchanged(small_sheet, words, name):
    assert parse(question(small_sheet, "name"), name, words) == name


def test_a_series_is_stored_as_lines_in_the_order_of_its_dates(words):
    hours = Question(id="hours", kind="series", text="Hours?")
    stored = "2027-01-04 12.5\n2027-01-11 13"
    assert parse(hours, "Date;Hours\n11.01.2027;13\n04.01.2027;12,5\n", words) == stored
    assert parse(hours, [["2027-01-11", 13], ["2027-01-04", 12.5]], words) == stored
    assert parse(hours, stored, words) == stored
    assert parse(hours, " \n", words) is None
    with pytest.raises(InputError, match="Row 2: many is not a number"):
        parse(hours, "2027-01-04 12.5\n2027-01-11 many", words)


@given(st.text(max_size=200))
def test_what_was_stored_is_taken_again_unchanged(small_sheet, words, text):
    name = question(small_sheet, "name")
    once = parse(name, text, words)
    assert parse(name, once, words) == once


def test_a_file_becomes_a_worksheet(small_sheet, words):
    worksheet = read_worksheet(
        small_sheet,
        {"options": [{"name": "A"}, {"id": "b", "name": "B", "ready": "no"}], "pick": "b"},
        words,
    )
    assert [(row.id, dict(row.answers)) for row in worksheet.rows("options")] == [
        ("row1", {"name": "A"}),
        ("b", {"name": "B", "ready": "no"}),
    ]
    assert worksheet.answers == {"pick": "b"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], r"not \[\]"),
        ({"nme": "x"}, "nme"),
        ({"name": "x"}, "name: This is asked of each row; put it into the rows of options"),
        ({"option": []}, "option: .* did you mean options"),
        ({"unheard": "x"}, "unheard: The sheet small does not ask this; it asks "),
        ({"options": {}}, "options"),
        ({"options": ["A"]}, "options row 1"),
        ({"options": [{"name": "A"}, {"ready": "perhaps"}]}, "options row 2, ready"),
        ({"options": [{"id": "a"}, {"id": "a"}]}, "there twice"),
        ({"options": [{"id": "A b"}]}, "A b"),
        ({"steps": [{}] * 4}, "3"),
        ({"pick": "nobody"}, "nobody"),
    ],
)
def test_a_bad_file_is_refused_with_the_place(small_sheet, words, data, said):
    with pytest.raises(InputError, match=said):
        read_worksheet(small_sheet, data, words)
