"""Numbers by date: whatever people paste is read as it was meant, or refused with what to do."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.framework import load_framework
from playbook.model import InputError
from playbook.worksheet.series import MOST_POINTS, is_stored, read_series
from playbook.worksheet.time_series import Point, TimeSeries
from tests.hostile import CLEANED, FORMULAS, MARKUP, NAMES, TEMPLATES

WORDS = load_framework().words
TUESDAYS = "2026-11-03 1234.5\n2026-11-10 7"
LIMITS = load_framework().threshold_values

days = st.dates(date(1990, 1, 1), date(2150, 12, 31))
tenths = st.integers(-(10**12), 10**12).map(lambda number: number / 10)
by_day = st.dictionaries(days, tenths, min_size=1, max_size=40)


def read(given_text):
    return read_series(given_text, WORDS).stored()


def refusal(given_text):
    with pytest.raises(InputError) as refused:
        read_series(given_text, WORDS)
    assert "\n" not in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-03,1234.5\n2026-11-10,7",
        "2026-11-10,7\n2026-11-03,1234.5",
        "2026-11-03;1234,5\n2026-11-10;7",
        "2026-11-03\t1.234,5\n2026-11-10\t7",
        "  2026-11-03   1234.5\r\n2026-11-10 7  \r\n",
        "2026-11-03 1234,5\n2026-11-10 7,0",
        "\ufeffDate,Hours\n2026-11-03,1234.5\n2026-11-10,7",
        '"Date";"Hours, all"\n"03.11.2026";"1 234,5"\n"10.11.2026";"7"',
        '2026-11-03,"1,234.5"\n\n\n2026-11-10,+7,,,\n',
        "2026-11-03\t1'234.5\n2026-11-10\t7e0",
        "3.11.2026;1\u202f234,5\n10.11.2026;7",
        "2026/11/03,1234.50\n2026/11/10,7.00",
        "2026-11-03 00:00:00,1234.5\n2026-11-10T00:00:00Z,7",
        [["2026-11-03", 1234.5], ["2026-11-10", 7]],
        [(date(2026, 11, 3), "1.234,5"), (date(2026, 11, 10), "7")],
    ],
    ids=range(15),
)
def test_every_usual_way_to_write_two_tuesdays_is_read(text):
    assert read(text) == TUESDAYS


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("2026-W45,1\n2026W46,2", "2026-11-02 1\n2026-11-09 2"),
        ("2026-W53,1", "2026-12-28 1"),
        ("03/04/2026,1\n13/04/2026,2", "2026-04-03 1\n2026-04-13 2"),
        ("03/04/2026,1\n03/13/2026,2", "2026-03-04 1\n2026-03-13 2"),
        ("03-04-2026,1\n13-04-2026,2", "2026-04-03 1\n2026-04-13 2"),
        ("03.04.2026,1", "2026-04-03 1"),
        ("05/05/2026,1", "2026-05-05 1"),
        ("2026-01-01,0.234\n2026-01-02,1.234", "2026-01-01 0.234\n2026-01-02 1.234"),
        ("2026-01-01,1.2340\n2026-01-02,2.345", "2026-01-01 1.234\n2026-01-02 2.345"),
        ("2026-01-01;12,5\n2026-01-02;1.234", "2026-01-01 12.5\n2026-01-02 1234"),
        ("2026-01-01;1.234.567\n2026-01-02;1.234", "2026-01-01 1234567\n2026-01-02 1234"),
        ("2026-01-01\t−1\u00a0234", "2026-01-01 -1234"),
        ("2026-01-01,-0", "2026-01-01 0"),
        ("2026-01-01 1.234", "2026-01-01 1.234"),
        ([["2026-01-01", 1.234]], "2026-01-01 1.234"),
        (" \n\t\n", ""),
        ([], ""),
    ],
)
def test_a_column_is_read_in_the_one_way_that_fits_all_of_it(text, stored):
    assert read(text) == stored


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-11-03,5\n2026-13-10,7", "Row 2: 2026-13-10 is not a date"),
        ("2026-W60,5", "Row 1: 2026-W60 is not a date"),
        ("2027-W53,5", "Row 1: 2027-W53 is not a date"),
        ("0026-11-03,5", "Row 1: 0026-11-03 is not a date"),
        ("3.11.26,5", "Row 1: 3.11.26 is not a date"),
        ("12.31.2026;5", "Row 1: 12.31.2026 is not a date"),
        ("Date,Hours\n\n2026-11-03,5\nsoon,7", "Row 4: soon is not a date"),
        ("3 Nov 2026;x\n10 Nov 2026;7", "Row 1: 3 Nov 2026 is not a date"),
        ("03/04/2026,5\n04/05/2026,6", "Row 1: 03/04/2026 may be read in two ways"),
        (
            "13/04/2026,5\n04/14/2026,6",
            "In row 2, 04/14/2026 has the month first, and in row 1, 13/04/2026 has the day first",
        ),
        ("2026-11-03;n/a", "Row 1: n/a is not a number"),
        ("2026-11-03;12 %", "Row 1: 12 % is not a number"),
        ("2026-11-03;€ 12", "Row 1: € 12 is not a number"),
        ("2026-11-03;1,23,456", "Row 1: 1,23,456 is not a number"),
        ("2026-11-03;12 34", "Row 1: 12 34 is not a number"),
        ("2026-11-03;1e400", "Row 1: 1e400 is not a number"),
        ("2026-11-03;nan", "Row 1: nan is not a number"),
        ("2026-11-03;٣", "Row 1: ٣ is not a number"),
        ("2026-11-03;9999999999999999", "Row 1: 9999999999999999 is not a number"),
        ([["2026-11-03", float("inf")]], "Row 1: inf is not a number"),
        ([["2026-11-03", True]], "Row 1: True is not a number"),
        ([["2026-11-03", None]], "Row 1: None is not a number"),
        ("2026-11-03;1.234\n2026-11-10;2", "Row 1: 1.234 may be read in two ways"),
        ('2026-11-03,"1,234"', "Row 1: 1,234 may be read in two ways"),
        (
            "2026-11-03;1,5\n2026-11-10;2.5",
            "In row 1, 1,5 has a decimal comma, and in row 2, 2.5 has a decimal point",
        ),
        ("2026-11-03,12,5", "Row 1 should hold one date and one number"),
        ("2026-11-03,5\n2026-11-10", "Row 2 should hold one date and one number"),
        ("2026-11-03 5 7", "Row 1 should hold one date and one number; it holds"),
        ("Date,Hours\n,5\n2026-11-03,6", "Row 2 should hold one date and one number; it holds | 5"),
        ([["2026-11-03"]], "Row 1 should hold one date and one number"),
        ("Date;Hours", "only a heading, Date Hours"),
        ("2026-11-10,1\n2026-11-03,2\n10.11.2026,3", "Row 3: the date 10.11.2026 is in row 1"),
        ({"2026-11-03": 5}, "This takes dates with numbers"),
        (["2026-11-03 5"], "This takes dates with numbers"),
        (5, "not 5"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_row_and_what_was_given(text, said):
    assert said in refusal(text)


def test_as_many_points_as_twenty_years_of_weeks_fit_and_no_more():
    weeks = [(date(2007, 1, 1) + timedelta(weeks=at), 1.5) for at in range(MOST_POINTS + 1)]
    assert len(read_series(weeks[1:], WORDS)) == 1040
    assert "1041 numbers and 1040 fit" in refusal(weeks)
    assert "100001 characters and 100000 fit" in refusal("x" * 100_001)


@pytest.mark.parametrize("text", [*MARKUP, *TEMPLATES, *FORMULAS, *NAMES, *CLEANED, "\x00", '"'])
@pytest.mark.parametrize("row", ["{}", "2026-11-03\t{}", "{}\t5", "2026-11-03,5\n{},{}", '"{}'])
def test_hostile_text_is_refused_in_one_clean_sentence_or_is_a_plain_number(row, text):
    pasted = row.replace("{}", text)
    try:
        points = read_series(pasted, WORDS)
    except InputError:
        said = refusal(pasted)
        assert said.replace("\u00a0", " ").isprintable()
        assert len(said) < 250
    else:
        assert TimeSeries.from_stored(points.stored()) == points


@given(st.text(max_size=60) | st.text("0123456789-/.,;'\" \n\tW\r", max_size=60))
def test_any_text_is_read_or_refused_and_what_is_stored_is_taken_again(text):
    try:
        stored = read(text)
    except InputError:
        return
    assert read(stored) == stored


@given(by_day)
def test_what_is_stored_comes_back_as_it_was(values):
    points = TimeSeries(tuple(Point(day, values[day]) for day in sorted(values)))
    assert TimeSeries.from_stored(points.stored()) == points
    assert read_series(points.stored(), WORDS) == points
    assert read_series([[str(day), value] for day, value in values.items()], WORDS) == points


LINE = r"(19|20|22)\d\d-(0[1-9]|02|13)-(0\d|2[89]|3[01]) -?\d{1,11}(\.\d{1,5})?"


@given(st.from_regex(rf"{LINE}(\n{LINE}){{0,3}}\n?", fullmatch=True))
def test_what_is_taken_for_stored_unread_is_what_reading_makes_of_it(text):
    if is_stored(text):
        assert read(text) == text


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        (TUESDAYS, True),
        ("2026-11-03 -0.0625", True),
        ("2026-11-03 -0", False),
        ("2026-11-03 1234.50", False),
        ("2026-11-03 01", False),
        ("2026-11-03 1\n", False),
        ("2026-11-10 7\n2026-11-03 1", False),
        ("2026-11-03 1\n2026-11-03 1", False),
        ("2027-02-29 1", False),
        ("1899-12-31 1", False),
        ("2201-01-01 1", False),
        ("2026-11-03 12345678901", False),
        ("", False),
    ],
)
def test_only_what_we_write_ourselves_is_taken_for_stored(text, stored):
    assert is_stored(text) is stored


@given(st.dictionaries(days, st.floats(-1e14, 1e14).filter(lambda x: not 0 < abs(x) < 1e-90)))
def test_any_number_that_fits_comes_back_to_the_last_bit(values):
    stored = read([[str(day), value] for day, value in values.items()])
    assert {it.date: it.value for it in TimeSeries.from_stored(stored)} == values
    assert read(stored) == stored


@given(by_day, st.sampled_from([",", ";", "\t"]), st.sampled_from([".,", ",."]), st.booleans())
def test_a_table_that_some_country_writes_is_never_read_as_another_number(
    values, delimiter, marks, day_first
):
    """Written by strftime and str.format, the second way; it may be refused, but not misread."""
    swap = {ord("."): marks[0], ord(","): marks[1]}
    pattern = "%d/%m/%Y" if day_first else "%m/%d/%Y"
    lines = [
        f'"{day.strftime(pattern)}"{delimiter}"{f"{value:,.1f}".translate(swap)}"'
        for day, value in values.items()
    ]
    try:
        points = read_series("\n".join(["Day" + delimiter + "Value", *lines]), WORDS)
    except InputError as refused:
        if "two ways" not in str(refused):
            raise
        return
    assert {point.date: point.value for point in points} == values
