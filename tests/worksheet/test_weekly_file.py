"""A file with weekly figures: long or wide, CSV or workbook; a broken one is one sentence."""

import datetime
import io
import os
import sys

import pytest
from openpyxl import Workbook

from playbook.framework import load_framework
from playbook.model import InputError
from playbook.worksheet.weekly_file import read_weekly, stamp
from scripts import thirteen_weeks as story

WORDS = load_framework().words
MEASURES = {"calls": "Calls", "back": "Calls, returned", "complaints": "Complaints"}
WEEKS = [datetime.date(2027, 1, 4) + datetime.timedelta(weeks=n) for n in range(3)]


def read(tmp_path, text, name="weeks.csv", **encoding):
    file = tmp_path / name
    file.write_text(text, **({"encoding": "utf-8"} | encoding))
    return read_weekly(str(file), MEASURES, WORDS)


def test_a_wide_table_has_measures_and_groups_in_its_heading(tmp_path):
    found = read(
        tmp_path,
        "Week;Calls;Calls, returned;Complaints: Group 2;Weather\n"
        "2027-01-04;12,5;3;1;wet\n2027-01-11;;4;2;dry\n2027-01-18;13,5;;;dry\n",
    )
    assert {key: dict(series) for key, series in found.series.items()} == {
        ("calls", ""): {WEEKS[0]: 12.5, WEEKS[2]: 13.5},
        ("back", ""): {WEEKS[0]: 3, WEEKS[1]: 4},
        ("complaints", "Group 2"): {WEEKS[0]: 1, WEEKS[1]: 2},
    }
    assert found.unknown == ("Weather",)


def test_an_empty_cell_is_no_figure_and_never_zero(tmp_path):
    found = read(tmp_path, "date,Calls\n2027-01-04,5\n2027-01-11,\n2027-01-18,0\n")
    assert dict(found.series["calls", ""]) == {WEEKS[0]: 5, WEEKS[2]: 0}


def test_a_long_table_may_stand_in_any_order(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["thirteen_weeks.py", "--csv"])
    story.main()
    head, *lines = capsys.readouterr().out.splitlines()
    names = {row: it.measure for row, it in zip(story.ROWS, story.MEASURES, strict=True)}
    file = tmp_path / "long.csv"
    file.write_text("\n".join([head, *reversed(lines)]), encoding="utf-8")
    found = read_weekly(str(file), names, WORDS)
    assert len(found.series) == 3 * 4
    for row, it in zip(story.ROWS, story.MEASURES, strict=True):
        for group, weeks in story.weeks_of(it, effect=True).items():
            assert list(found.series[row, group].values) == weeks
    assert found.unknown == ()


def test_a_workbook_is_read_like_a_csv(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["Week", "Calls", "Calls – Group 1"])
    for week, value in zip(WEEKS, (5, None, 7), strict=True):
        sheet.append([week, value, 1])
    data = io.BytesIO()
    book.save(data)
    file = tmp_path / "weeks.xlsx"
    file.write_bytes(data.getvalue())
    found = read_weekly(str(file), MEASURES, WORDS)
    assert dict(found.series["calls", ""]) == {WEEKS[0]: 5, WEEKS[2]: 7}
    assert len(found.series["calls", "Group 1"]) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no table"),
        ("date,Calls\n", "no table"),
        ("date,Weather\n2027-01-04,3\n", "“Calls”"),
        ("date,Calls\n2027-01-04,wet\n", "Row 2: wet is not a number"),
        ("date,Calls\nsoon,3\n", "Row 2: soon is not a date"),
        ("date,Calls\n2027-01-04,3\n2027-01-04,4\n", "in row 2 already"),
    ],
)
def test_a_broken_file_is_one_sentence(tmp_path, text, said):
    with pytest.raises(InputError, match=said) as refused:
        read(tmp_path, text)
    assert str(refused.value).strip()


def test_only_a_whole_path_of_a_known_kind_is_read(tmp_path):
    for path in ("weeks.csv", str(tmp_path / "weeks.pdf"), "/etc/passwd", "\0.csv"):
        with pytest.raises(InputError):
            read_weekly(path, MEASURES, WORDS)
    (tmp_path / "folder.csv").mkdir()
    for name in ("gone.csv", "folder.csv"):
        with pytest.raises(InputError, match="no file"):
            read_weekly(str(tmp_path / name), MEASURES, WORDS)
    file = tmp_path / "binary.csv"
    file.write_bytes(b"\x00\x01\x02")
    with pytest.raises(InputError, match="can’t be read"):
        read_weekly(str(file), MEASURES, WORDS)


def test_a_stamp_tells_whether_the_file_changed(tmp_path):
    file = tmp_path / "weeks.csv"
    assert stamp(str(file)) == ""
    file.write_text("date,Calls\n2027-01-04,3\n", encoding="utf-8")
    first = stamp(str(file))
    assert first == stamp(str(file)) != ""
    file.write_text("date,Calls\n2027-01-04,3\n2027-01-11,4\n", encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert stamp(str(file)) != first
