"""An Excel workbook becomes a series, or one sentence says what to do."""

import io
import re
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from playbook.framework import load_framework
from playbook.model import InputError
from playbook.worksheet.spreadsheets import MOST_BYTES, MOST_UNPACKED, series_text
from playbook.worksheet.time_series import Point, TimeSeries
from tests.depth import examples

WORDS = load_framework().words
TUESDAYS = [(date(2026, 11, 3), 1234.5), (date(2026, 11, 10), 7)]
STORED = "2026-11-03 1234.5\n2026-11-10 7"


def book(*rows, formats=None):
    """A workbook's bytes; `formats` are number formats by cell ("B2")."""
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    for cell, pattern in (formats or {}).items():
        workbook.active[cell].number_format = pattern
    return saved(workbook)


def saved(workbook):
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def changed(data, name, content):
    """The zip with one part replaced or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        return zipped({part: old.read(part) for part in old.namelist()} | {name: content})


def zipped(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def read(data):
    return series_text(data, "hours.xlsx", WORDS)


def refusal(data, name="hours.xlsx"):
    with pytest.raises(InputError) as refused:
        series_text(data, name, WORDS)
    assert str(refused.value).isprintable()
    return str(refused.value)


WHOLE = book(("Date", "Hours"), *TUESDAYS)


@pytest.mark.parametrize(
    "rows",
    [
        TUESDAYS,
        [("Date", "Hours"), *TUESDAYS],
        [(), (), ("Date", "Hours"), (), *reversed(TUESDAYS)],
        [(None, "Day", None, "Hours"), *((None, day, None, hours) for day, hours in TUESDAYS)],
        [("Team", "Date", "Value"), *(("A", day, hours) for day, hours in TUESDAYS)],
        [("VALUE", 2026, " date "), *((hours, "x", day) for day, hours in TUESDAYS)],
        [("2026-11-03", "1.234,5"), ("10.11.2026", "7")],
        [(datetime(2026, 11, 3), 1234.5), (" 2026-11-10 00:00", "7,0")],
    ],
    ids=range(8),
)
def test_two_columns_of_the_first_sheet_become_a_series(rows):
    assert read(book(*rows)) == STORED


def test_only_the_first_sheet_counts():
    workbook = Workbook()
    for row in TUESDAYS:
        workbook.active.append(row)
    workbook.create_sheet("notes").append(["nothing", "here", "=1/0"])
    assert read(saved(workbook)) == STORED


def test_a_percentage_is_read_as_it_is_shown_and_a_number_as_it_is():
    shown = {"B1": "0.0%", "B2": "0%"}
    rows = (date(2026, 11, 3), 0.07), (date(2026, 11, 10), 1), (date(2026, 11, 17), 0.07)
    assert read(book(*rows, formats=shown)) == "2026-11-03 7\n2026-11-10 100\n2026-11-17 0.07"


@given(
    st.dictionaries(
        st.dates(date(1990, 1, 1), date(2150, 12, 31)),
        st.floats(-1e14, 1e14).filter(lambda value: not 0 < abs(value) < 1e-90),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=examples(40))
def test_any_dates_and_numbers_come_through_a_workbook_unchanged(values):
    rows = [("Day", "Value"), *values.items()]
    # Workbooks hold 16 digits of a number.
    points = tuple(Point(day, float(f"{values[day]:.16g}")) for day in sorted(values))
    assert read(book(*rows)) == TimeSeries(points).stored()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "The first sheet of hours.xlsx is empty"),
        ([("Date", "Value")], "only a heading, Date Value"),
        ([("Date", "A", "B"), (date(2026, 11, 3), 1, 2)], "has 3 columns where two are needed"),
        ([("Date", "Value", "Value"), (date(2026, 11, 3), 1, 2)], "has 3 columns"),
        ([("Date", "Value"), (), *TUESDAYS, ("soon", 4)], "Row 5: soon is not a date"),
        ([*TUESDAYS, (date(2026, 11, 17), "#N/A")], "Row 3: #N/A is not a number"),
        ([*TUESDAYS, (date(2026, 11, 17), True)], "Row 3: True is not a number"),
        ([*TUESDAYS, (date(2026, 11, 17), None)], "Row 3 should hold one date and one number"),
        ([*TUESDAYS, (datetime(2026, 11, 17, 9, 30), 1)], "Row 3: 2026-11-17T09:30:00 is not"),
        ([*TUESDAYS, TUESDAYS[0]], "Row 3: the date 2026-11-03 is in row 1"),
        ([*TUESDAYS, (date(2026, 11, 17), "=1+1")], "Row 3: the formula has no result"),
        ([("=HYPERLINK(A1)", 5), *TUESDAYS], "Row 1: the formula has no result"),
        ([(date(2026, 11, 3), 5)] * 1041, "1041 numbers and 1040 fit"),
        ([("03/04/2026", 5)], "may be read in two ways"),
    ],
)
def test_a_sheet_that_cannot_be_read_is_refused_with_the_row(rows, said):
    assert said in refusal(book(*rows))


def test_a_formula_counts_with_the_result_that_was_saved_beside_it():
    data = book(*TUESDAYS[:1], (date(2026, 11, 10), "=3+4"))
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    worked_out = re.sub(r"<v ?/>|<v></v>", "<v>7</v>", sheet)
    assert worked_out != sheet
    assert read(changed(data, "xl/worksheets/sheet1.xml", worked_out)) == STORED


def test_macros_in_a_workbook_are_left_alone():
    data = changed(book(*TUESDAYS), "xl/vbaProject.bin", b"Sub AutoOpen()")
    assert series_text(data, "hours.xlsm", WORDS) == STORED


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7 ...",
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600,
        b"2026-11-03,5",
        b"PK\x03\x04 and nothing else",
        zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""}),
    ],
    ids=["empty", "pdf", "xls", "csv", "torn", "ods"],
)
def test_any_other_file_gets_one_sentence(data):
    said = refusal(data, "my hours\u202e.bin")
    assert said.startswith("This takes an Excel workbook (.xlsx) without a password; not my hours")


def test_a_zip_bomb_is_refused_by_its_directory_before_anything_is_unpacked(monkeypatch):
    bomb = changed(book(*TUESDAYS), "xl/sharedStrings.xml", b" " * 3 * MOST_UNPACKED)
    assert len(bomb) < MOST_BYTES
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    assert "too large to be read here (30 MB, and 10 MB fit)" in refusal(bomb)


def test_a_file_above_the_limit_is_refused_unopened():
    assert "6 MB, and 5 MB fit" in refusal(b"x" * 6_000_000)


def test_what_stands_very_far_down_is_left_alone_and_holds_nothing_up():
    sheet = zipfile.ZipFile(io.BytesIO(WHOLE)).read("xl/worksheets/sheet1.xml").decode()
    far = '<row r="99999999999"><c r="XFD99999999999"><v>1</v></c></row></sheetData>'
    assert (
        read(changed(WHOLE, "xl/worksheets/sheet1.xml", sheet.replace("</sheetData>", far)))
        == STORED
    )


def test_a_bomb_of_entities_is_refused():
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    rows = "<sheetData><row><c><v>&i;</v></c></row></sheetData>"
    sheet = f"<!DOCTYPE x [{entities}]><worksheet>{rows}</worksheet>"
    assert refusal(changed(book(*TUESDAYS), "xl/worksheets/sheet1.xml", sheet))


@given(st.data())
@settings(max_examples=examples(150))
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(data):
    broken = bytearray(WHOLE)
    for place in data.draw(st.lists(st.integers(0, len(broken) - 1), min_size=1, max_size=6)):
        broken[place] = data.draw(st.integers(0, 255))
    torn = bytes(broken[: data.draw(st.integers(len(broken) // 2, len(broken)))])
    try:
        read(torn)
    except InputError:
        refusal(torn)


@pytest.mark.parametrize(
    "part",
    ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"],
)
@pytest.mark.parametrize("content", [b"", b"<", b"<a/>", b"\x00\xff", b"<a>" * 5000])
def test_a_workbook_with_a_broken_part_is_read_or_refused(part, content):
    torn = changed(WHOLE, part, content)
    try:
        assert read(torn) in (STORED, "")
    except InputError:
        assert "hours.xlsx" in refusal(torn)


def test_the_workbooks_of_these_tests_are_what_a_spreadsheet_would_open():
    assert load_workbook(io.BytesIO(WHOLE)).active["B2"].value == 1234.5
