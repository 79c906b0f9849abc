"""A day as people write it: read wherever it can mean one day, asked back where it can mean two."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from playbook.editing.plan import Planner
from playbook.framework import load_framework
from playbook.model import InputError, Question
from playbook.worksheet.kinds import written_date
from playbook.worksheet.parse import parse, read_worksheet

FRAMEWORK = load_framework()
WORDS = FRAMEWORK.words
ASKED = Question(id="when", kind="date", text="When?")
TODAY = date(2026, 11, 29)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
PLAIN_STYLES = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%d %b %Y",
    "%d. %B %Y",
    "%B %d, %Y",
    "%b %d %Y",
    "%d-%b-%Y",
    "%d of %B %Y",
    " %d  %B\t%Y ",
)


def read(text: object, today: date | None = None) -> object:
    return parse(ASKED, text, WORDS, today)


def next_such_day(day: int, month: int, today: date) -> date:
    """The first day from `today` on with this place in the calendar, by looking at one by one."""
    at = today
    while (at.day, at.month) != (day, month):
        at += timedelta(days=1)
    return at


@given(day=DAYS, style=st.sampled_from(PLAIN_STYLES))
def test_a_whole_date_is_read_however_it_is_written(day: date, style: str) -> None:
    assert read(day.strftime(style)) == day.isoformat()
    assert read(day.strftime(style).upper()) == day.isoformat()


@given(day=DAYS)
def test_what_we_write_can_be_read_back(day: date) -> None:
    assert read(written_date(day, WORDS)) == day.isoformat()


@given(day=DAYS, mark=st.sampled_from("/-"))
@example(day=date(2026, 4, 3), mark="/")
def test_two_ways_to_read_it_are_asked_back_in_one_sentence(day: date, mark: str) -> None:
    for text in (f"{day:%d{mark}%m{mark}%Y}", f"{day:%m{mark}%d{mark}%Y}"):
        if day.day > 12 or day.day == day.month:
            assert read(text) == day.isoformat()
            continue
        with pytest.raises(InputError) as refused:
            read(text)
        assert text in str(refused.value)
        assert written_date(day, WORDS) in str(refused.value)
        assert str(refused.value).count(".") == 1


@given(day=DAYS, today=st.dates(date(1900, 1, 1), date(2190, 1, 1)))
@example(day=date(2028, 2, 29), today=date(1900, 3, 1))
def test_a_day_without_a_year_is_the_next_one(day: date, today: date) -> None:
    expected = next_such_day(day.day, day.month, today).isoformat()
    assert read(f"{day.day} {day:%B}", today) == expected
    assert read(f"{day:%b} {day.day}", today) == expected


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("today", "2026-11-29"),
        ("Tomorrow", "2026-11-30"),
        ("in 1 day", "2026-11-30"),
        ("in 6 weeks", "2027-01-10"),
        ("in 3 months", "2027-02-28"),
        ("29 November", "2026-11-29"),
        ("28 November", "2027-11-28"),
        ("18th Dec", "2026-12-18"),
        ("29 Feb", "2028-02-29"),
        ("3 sept 26", "2026-09-03"),
        ("18.12.26", "2026-12-18"),
    ],
)
def test_a_day_may_be_said_from_where_one_stands(said: str, day: str) -> None:
    assert read(said, TODAY) == day


@pytest.mark.parametrize("text", ["18 December", "in 6 weeks", "tomorrow"])
def test_a_file_says_the_same_whenever_it_is_read(text: str) -> None:
    with pytest.raises(InputError, match="such as 31 March 2027"):
        read(text)
    sheet = FRAMEWORK.sheets["catalyst"]
    with pytest.raises(InputError, match="by_when"):
        read_worksheet(sheet, {"candidates": [{"what": "A", "by_when": text}]}, WORDS)


def test_a_file_may_write_a_date_in_words() -> None:
    sheet = FRAMEWORK.sheets["catalyst"]
    told = json.loads('{"candidates": [{"what": "A", "by_when": "18 Dec 2026"}]}')
    [row] = read_worksheet(sheet, told, WORDS).rows("candidates")
    assert row.answers["by_when"] == "2026-12-18"


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "next Friday",
        "December 2026",
        "31 February 2026",
        "18 Dezember 2026",
        "ma 5 2026",
        "1/2/26",
        "12.18.2026",
        "2026-13-01",
        "18 December 1899",
        "in six weeks",
        "in 6 fortnights",
        "12-2026",
        "٣ March 2026",
    ],
)
def test_anything_else_is_refused_with_what_was_given(text: str) -> None:
    with pytest.raises(InputError) as refused:
        read(text, TODAY)
    assert str(refused.value) == WORDS.text("error.date", given=text)


def test_what_is_blank_is_no_answer() -> None:
    assert read("  ", TODAY) is None


@given(text=st.text(max_size=20))
def test_no_text_makes_it_fail_another_way(text: str) -> None:
    try:
        value = read(text, TODAY)
    except InputError:
        return
    assume(value is not None)
    assert date.fromisoformat(str(value)).isoformat() == value


def test_a_change_and_pasted_rows_are_read_alike() -> None:
    sheet = FRAMEWORK.sheets["catalyst"]
    planner = Planner(sheet, FRAMEWORK, {}, TODAY)
    by_when = next(q for q in sheet.questions("candidates") if q.id == "by_when")
    text = f"What\t{by_when.short}\nRivals\tin 6 weeks\n"
    heads = next(q.short or q.text for q in sheet.questions("candidates") if q.id == "what")
    change = {"kind": "paste_rows", "op_id": "0" * 32, "table": "candidates"}
    sets = planner.plan(change | {"text": text.replace("What", heads, 1)})
    assert planner.checked(by_when, "in 6 weeks", "candidates/a/by_when") == "2027-01-10"
    assert [item.value for item in sets if item.field.endswith("/by_when")] == ["2027-01-10"]
