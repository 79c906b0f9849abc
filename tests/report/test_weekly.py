"""The weekly page: each part is what its sheet says, for one group, and leads to its field."""

import json
import re
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from playbook.analysis.pilot.charts import ChartBaseline, chart
from playbook.assessing.workbook import GivenWorkbook, Workbook
from playbook.framework import load_framework
from playbook.report.act_gate.pilot import focus_of, pilot_in
from playbook.report.brief import build_brief
from playbook.report.calendar import calendar
from playbook.report.focus.charts import charts_view
from playbook.report.pathway import pathway
from playbook.report.week import dates, week
from playbook.report.weekly.moves import MOVES, SIDES, answers_of
from playbook.report.weekly.page import weekly_page
from playbook.report.weekly.parts import WeeklyPage
from playbook.report.weekly.reviews import pilot_dates, review_days
from playbook.report.weekly.text import weekly_lines, weekly_text
from playbook.worksheet.parse import read_worksheet
from scripts import thirteen_weeks

FRAMEWORK = load_framework()
WORDS = FRAMEWORK.words
DAY = date(2027, 4, 23)
CAUSES = {"worked", "effect", "caused", "because", "proved"}


def page(group: str = "", today: date = DAY) -> WeeklyPage:
    return weekly_page(Workbook(FRAMEWORK, today).examples, group, today)


def workbook_of(today: date = DAY, **sheets: dict[str, object]) -> GivenWorkbook:
    read = {
        name: read_worksheet(FRAMEWORK.sheets[name], told, WORDS) for name, told in sheets.items()
    }
    return GivenWorkbook(FRAMEWORK, today, read)


@pytest.mark.row("ACT-03", "MET-12")
@pytest.mark.parametrize("group", thirteen_weeks.GROUPS)
def test_a_groups_charts_are_those_of_the_script_that_made_the_weeks(group: str) -> None:
    """The second way: the same weeks from the script, through the chart's own arithmetic."""
    found = {one.run.name: one.run for one in page(group).charts}
    for measure in thirteen_weeks.MEASURES:
        values = thirteen_weeks.weeks_of(measure, effect=True)[group]
        made = chart(values, [ChartBaseline(0, thirteen_weeks.BEFORE)])
        run = found[measure.measure]
        assert list(run.values) == values
        assert run.signal == made.signalled
        limits = made.present.limits
        assert limits
        assert run.range == pytest.approx((limits.lower, limits.upper))
        outside = {n for n in range(12, 25) if not limits.lower <= values[n] <= limits.upper}
        assert outside <= set(run.marked) <= set(range(12, 25))
        assert bool(run.marked) == run.signal


def test_a_chart_never_says_why() -> None:
    for group in thirteen_weeks.GROUPS:
        for one in page(group).charts:
            assert not CAUSES & set(re.findall(r"\w+", f"{one.says} {one.alt}".lower()))


def test_a_chart_says_the_same_on_sheet_weekly_page_and_sponsor_page() -> None:
    book = Workbook(FRAMEWORK, DAY).examples
    pilot = pilot_in(focus_of(book))
    sheet = {it["field"]: it["sentences"][0] for it in charts_view(pilot, WORDS)["charts"]}
    weekly = {one.run.field: one.says for name in pilot.groups for one in page(name).charts}
    assert weekly == sheet
    assert {one.run.field for name in pilot.groups for one in page(name).charts if one.run.signal}
    whole = next(one for one in page().charts if not one.run.group)
    (told,) = [part for part in build_brief(book, "act").parts if part.id == "moved"]
    assert whole.says in " ".join(line.text for line in told.lines)


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (date(2027, 1, 17), "Group 4, before the pilot"),
        (date(2027, 1, 18), "Group 4, week 1 of 13"),
        (date(2027, 2, 26), "Group 4, week 6 of 13"),
        (date(2027, 4, 23), "Group 4, week 13 of 13"),
    ],
)
def test_it_says_which_week_it_is(day: date, title: str) -> None:
    assert page(today=day).title == title


@pytest.mark.row("ACT-08")
def test_the_verdicts_are_the_ones_that_home_shows() -> None:
    workbook = Workbook(FRAMEWORK, DAY).examples
    (work,) = [one.work for one in pathway(workbook).stages if one.id == "act"]
    assert work
    told = page()
    assert told.mark == work.mark
    assert told.sheets == work.musts
    assert [one.mark.word for one in told.sheets] == ["Ready"] * 4


def test_practices_show_the_groups_words_and_an_arrow_and_no_score() -> None:
    told = [one for column in page().columns for one in column.practices]
    assert len(told) == 9
    own = {one.name: one.own for one in told if one.own}
    assert "Ten minutes after every tenth call." in own.values()
    assert {one.arrow for one in told} <= {"", "→", "↗"}
    assert not re.search(r"\d", " ".join(f"{one.state}{one.arrow}" for one in told))


def test_obstacles_stand_by_age_and_the_old_ones_are_marked() -> None:
    told = page().obstacles
    ages = [int(one.age.split()[0]) for one in told]
    assert ages == sorted(ages, reverse=True)
    limit = FRAMEWORK.threshold_values["obstacle_sponsor_days"]
    assert [one.old for one in told] == [age >= limit for age in ages]


def test_every_address_leads_to_a_question_that_its_sheet_asks() -> None:
    told = json.dumps(asdict(page()), default=str)
    links = re.findall(r'"(\d\d_\w+\.ipynb[^"#]*)#field=([^"]*)"', told)
    notebooks = {sheet.notebook: sheet for sheet in FRAMEWORK.sheets.values()}
    assert len(links) > 20
    for href, field in links:
        sheet = notebooks[href.partition("?")[0]]
        *table, question = field.replace("//", "/").split("/")
        assert sheet.question(question, table[0] if table else None), field


def test_without_any_answer_it_asks_for_all_and_claims_nothing() -> None:
    told = weekly_page(Workbook(FRAMEWORK, DAY), today=DAY)
    assert (told.charts, told.obstacles, told.action, told.mark) == ((), (), None, None)
    assert told.outcome.text == ""
    assert told.text == "Nothing is answered yet. The sheets of this stage fill the page."
    assert told.next
    assert (told.next.text, told.next.href) == (
        "Begin with “Focus and evidence”.",
        FRAMEWORK.sheets["focus"].notebook,
    )
    assert told.hrefs["action"].startswith("13_practices.ipynb")


def test_its_text_names_nobody_by_hours() -> None:
    text = weekly_text(FRAMEWORK)
    assert "Group 4, week 13 of 13" in text
    shares = {one.share for one in page().freed.people}
    assert shares
    assert not [share for share in shares if share in text]
    assert dict(weekly_lines(page(), FRAMEWORK)).keys() >= {"Measures", "Obstacles"}


def test_hours_stand_on_the_page_of_their_own_group() -> None:
    """By the list of people in Workgroups; whom it does not name stands on every page."""
    listed = FRAMEWORK.examples["workgroups"].answers["people"]
    fourth = {one["code"] for one in listed if one["group"] == 4}
    freed = page("Group 4").freed
    assert {one.person for one in freed.people} == fourth
    assert freed.apart == ""
    other = page("Group 2").freed
    assert other.people == ()
    assert other.apart.startswith(f"People in other groups: {len(fourth)}.")
    given = {"hours": FRAMEWORK.examples["focus"].answers["hours"]}
    unlisted = weekly_page(workbook_of(focus=given), "Group 2", DAY).freed
    assert {one.person for one in unlisted.people} == fourth
    shares = [one.part for one in unlisted.people]
    assert shares == sorted(shares)


# --------------------------------------------------------------------------- the four moves


def cells_of(told: WeeklyPage) -> dict[str, list[str]]:
    """What stands in each cell, by move and side."""
    *moves, base = told.moves
    keys = [f"{move}_{side}" for move in MOVES for side in SIDES]
    cells = [cell for move in moves for cell in move.cells]
    found = {key: [text for text, _ in cell.said] for key, cell in zip(keys, cells, strict=True)}
    return found | {"base": [text for text, _ in base.cells[0].said]}


@pytest.mark.row("ACT-03", "ACT-05", "ACT-08")
def test_four_moves_have_three_sides_and_motivation_lies_under_them() -> None:
    told = page()
    assert [len(move.cells) for move in told.moves] == [3, 3, 3, 3, 1]
    found = cells_of(told)
    assert found["focus_practice"][0] == told.outcome.text.rstrip(".")
    assert found["connect_practice"]
    assert found["base"]
    blank = weekly_page(Workbook(FRAMEWORK, DAY), today=DAY)
    asked = [cell.ask for move in blank.moves for cell in move.cells]
    assert not any(cells_of(blank).values())
    assert len(set(asked)) == 13
    assert all(one.endswith("?") for one in asked)


@pytest.mark.row("ACT-06")
def test_an_answer_stands_in_every_move_that_it_serves_and_nobody_tags_it() -> None:
    """Walls to write on: the place of what matters, and of habits; a thank-you is a leader's habit
    and what keeps people going."""
    thanks = {"log_note": "Thanked Group 2 by name", "did": ["recognised"]}
    answers = {"physical": ["boards", "quiet"], "leader_log": [thanks], "drive": ["money"]}
    found = cells_of(weekly_page(workbook_of(obstacles=answers), today=DAY))
    walls = "Whiteboards and walls to write on"
    assert [key for key, said in found.items() if walls in said] == [
        "focus_environment",
        "practices_environment",
    ]
    assert [key for key, said in found.items() if thanks["log_note"] in said] == [
        "practices_leader",
        "base",
    ]
    assert found["obstacles_environment"] == ["A quiet corner"]


def test_what_is_dropped_gone_or_answered_none_stands_in_no_move() -> None:
    dropped = [{"problem": "The letter", "state": "dropped", "dropped_why": "Nobody reads it"}]
    gone = [{"what": "The fax", "state": "gone"}]
    book = workbook_of(
        focus={"problems": dropped},
        obstacles={"obstacles": gone, "minimum": ["none"], "physical": ["none"]},
        connect={"customers_by": ["scores"]},
    )
    assert not any(cells_of(weekly_page(book, today=DAY)).values())


def test_the_wording_names_answers_that_are_asked_and_nothing_private() -> None:
    texts = WORDS.group("four_moves.from")
    assert len(texts) == len(WORDS.group("four_moves.ask")) == 13
    for one in (it for text in texts.values() for it in answers_of(text)):
        question = FRAMEWORK.sheets[one.sheet].question(one.question, one.table)
        assert not question.private
        assert one.picked <= {it.id for it in question.choices}
        if one.by:
            choices = FRAMEWORK.sheets[one.sheet].question(one.by, one.table).choices
            assert one.kept <= {it.id for it in choices}
    with pytest.raises(ValueError, match="'obstacles'"):
        answers_of("obstacles")


# --------------------------------------------------------------------------- reviews and days


@pytest.mark.row("GAP-07")
def test_reviews_are_in_weeks_4_8_and_12_until_somebody_sets_others() -> None:
    asked = {"pilot_start": "2027-01-18", "pilot_end": "2027-04-16"}
    told = review_days(workbook_of(recognise_gate=asked))
    fridays = [date(2027, 2, 12), date(2027, 3, 12), date(2027, 4, 9)]
    assert told == list(zip((4, 8, 12), fridays, strict=True))
    six = workbook_of(recognise_gate=asked, act_gate={"review_every": "6"})
    assert [weeks for weeks, _ in review_days(six)] == [6, 12]
    assert review_days(workbook_of(act_gate={"review_every": "6"})) == []


@pytest.mark.row("GAP-07")
@given(
    start=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    weeks=st.integers(1, 60),
    every=st.integers(1, 26),
)
def test_a_review_is_a_friday_within_the_pilot(start: date, weeks: int, every: int) -> None:
    end = start + timedelta(weeks=weeks)
    asked = {"pilot_start": start.isoformat(), "pilot_end": end.isoformat()}
    book = workbook_of(recognise_gate=asked, act_gate={"review_every": str(every)})
    told = review_days(book)
    assert all(day.weekday() == 4 and start <= day <= end for _, day in told)
    assert [number for number, _ in told] == [every * (n + 1) for n in range(len(told))]


def test_one_calendar_file_has_reviews_decisions_and_promised_actions() -> None:
    asked = {"pilot_start": "2027-01-18", "pilot_end": "2027-04-16"}
    told = {
        "reviews": [
            {"review_learned": "x", "review_action": "Open the room", "review_due": "2027-02-20"}
        ]
    }
    book = workbook_of(date(2027, 2, 15), recognise_gate=asked, act_gate=told)
    file = Calendar.from_ical(calendar(dates(book), datetime.now(UTC)))
    found = {str(one["summary"]): one["dtstart"].dt for one in file.walk("vevent")}
    assert found == {
        "Open the room": date(2027, 2, 20),
        "Review with the sponsor, week 8": date(2027, 3, 12),
        "Review with the sponsor, week 12": date(2027, 4, 9),
        "Decide: stop, continue or scale": date(2027, 4, 16),
    }
    assert week(book).dated


def test_a_decision_that_is_made_gives_way_to_the_next_one() -> None:
    asked = {"pilot_start": "2027-01-18", "pilot_end": "2027-04-16"}
    told = {"go_on": "continue", "because": "x", "look_again": "2027-07-09"}
    book = workbook_of(date(2027, 4, 12), recognise_gate=asked, act_gate=told)
    assert [(one.day, one.what) for one in pilot_dates(book)] == [
        (date(2027, 7, 9), "Decide again: stop, continue or scale")
    ]


def test_this_week_lists_check_ins_and_what_the_sponsor_promised() -> None:
    check_in = {"week": "2027-02-12", "practice": "outcome", "action": "Call ten families"}
    promised = {"review_learned": "x", "review_action": "Open the room", "review_due": "2027-02-18"}
    book = workbook_of(
        date(2027, 2, 15),
        practices={"check_ins": [check_in | {"who": "H05", "due": "2027-02-17"}]},
        act_gate={"reviews": [promised | {"review_owner": "Helen Marsh"}]},
    )
    assert [(one.what, one.who) for one in week(book).now] == [
        ("Call ten families", "H05"),
        ("Open the room", "Helen Marsh"),
    ]
