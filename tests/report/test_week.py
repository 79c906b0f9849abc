"""This week: what was promised on all sheets, the late first, and as one calendar file."""

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from playbook.report import sheet_html
from playbook.report.brief import build_brief
from playbook.report.calendar import calendar
from playbook.report.week import dates, week
from playbook.worksheet.kinds.date import written_date
from tests.report.stories import GATE


@pytest.fixture
def promise(story):
    """promise("catalyst", days, what, who): an action on one's own, so many days from today."""

    def promised(sheet, days, what="Call", who="Ana", name=""):
        day = (story.today + timedelta(days=days)).isoformat() if days is not None else None
        (action,) = story.framework.sheets[sheet].actions
        row = f"{action.table}/r1" if action.table else ""
        said = {action.what: what, action.who: who, action.day: day}
        fields = {f"{row}/{key}".lstrip("/"): it for key, it in said.items() if it}
        return story.write(sheet, name, **fields, **({row: 1.0} if row else {}))

    return promised


def test_an_action_says_what_who_and_by_which_day_and_leads_to_its_field(story, promise, framework):
    mine = promise("catalyst", 2)
    (one,) = week(story.workbook).now
    day = story.today + timedelta(days=2)
    assert (one.what, one.who, one.late) == ("Call", "Ana", False)
    assert one.day == written_date(day, framework.words)
    notebook = framework.sheets["catalyst"].notebook
    assert one.href == f"{notebook}?worksheet={mine}#field=first_step"


@pytest.mark.parametrize(
    ("days", "now", "late"),
    [(-30, True, True), (-1, True, True), (0, True, False), (6, True, False), (7, False, False)],
)
def test_late_ones_stay_this_week_and_are_marked(story, promise, days, now, late):
    promise("catalyst", days)
    told = week(story.workbook)
    assert (len(told.now), len(told.later)) == ((1, 0) if now else (0, 1))
    assert (*told.now, *told.later)[0].late == late


def test_all_sheets_are_gathered_the_earliest_first_and_those_without_a_day_last(story, promise):
    promise("metric_tree", None, "Sometime")
    promise("champion", 9, "Later")
    promise("catalyst", 3, "Soon")
    promise("zoom_out", -2, "Late")
    told = week(story.workbook)
    assert [one.what for one in told.now] == ["Late", "Soon"]
    assert [(one.what, one.day) for one in told.later][-1] == ("Sometime", "")
    assert [one.what for one in told.later] == ["Later", "Sometime"]


def test_only_worksheets_that_count_promise_anything(story, promise):
    promise("catalyst", 1, "Mine")
    other = promise("catalyst", 1, "Of another", name="Second")
    example = story.store.create("champion", "Example").id
    story.change(example, "example")
    assert [one.what for one in week(story.workbook).now] == ["Mine"]
    story.change(other, "count")
    assert [one.what for one in week(story.workbook).now] == ["Of another"]


def test_one_calendar_file_has_every_action_with_a_day(story, promise):
    promise("catalyst", -2, "Ask; first, the team")
    promise("champion", 40, "Meet")
    promise("metric_tree", None, "Sometime")
    made = calendar(dates(story.workbook), datetime(2027, 1, 1, tzinfo=UTC))
    events = Calendar.from_ical(made).walk("VEVENT")
    told = {str(one["summary"]): one["dtstart"].dt for one in events}
    assert told == {
        "Ask; first, the team": story.today - timedelta(days=2),
        "Meet": story.today + timedelta(days=40),
    }
    assert len({str(one["uid"]) for one in events}) == 2
    assert all("Ana" in one["description"] for one in events)


def test_what_is_done_leaves_list_and_calendar_and_stays_in_the_record(story, promise, framework):
    mine = promise("catalyst", -2, "Ask")
    promise("champion", 3, "Meet")
    (action,) = framework.sheets["catalyst"].actions
    (ask,) = (one for one in week(story.workbook).now if one.what == "Ask")
    assert (ask.worksheet, ask.tick) == (mine, action.done)
    story.change(mine, "set", field=ask.tick, value=["done"], base_rev=0)
    told = week(story.workbook)
    assert [one.what for one in (*told.now, *told.later)] == ["Meet"]
    assert [(one.what, one.late) for one in told.done] == [("Ask", False)]
    assert [one.what for one in dates(story.workbook)] == ["Meet"]
    assert story.store.load(mine).fields[action.what].value == "Ask"
    story.change(mine, "undo")
    assert week(story.workbook).done == ()
    assert [one.what for one in week(story.workbook).now] == ["Ask", "Meet"]


def test_a_calendar_is_offered_only_for_what_is_still_to_do(story, promise, framework):
    mine = promise("catalyst", 1, "Ask")
    (action,) = framework.sheets["catalyst"].actions
    story.change(mine, "set", field=action.done, value=["done"], base_rev=0)
    assert not week(story.workbook).dated


@pytest.mark.parametrize("sheet", ["champion", "entry_point"])
def test_of_several_actions_on_a_sheet_each_has_its_own_tick(story, framework, sheet):
    (action,) = framework.sheets[sheet].actions
    said = {
        f"{action.table}/r{number}/{question}": value
        for number, what in enumerate(("One", "Two"), 1)
        for question, value in ((action.what, what), (action.day, "2027-02-01"))
    }
    rows = {f"{action.table}/r1": 1.0, f"{action.table}/r2": 2.0}
    mine = story.write(sheet, **said, **rows)
    tick = f"{action.table}/r2/{action.done}"
    story.change(mine, "set", field=tick, value=["done"], base_rev=0)
    told = week(story.workbook)
    assert [one.what for one in (*told.now, *told.later)] == ["One"]
    assert [(one.what, one.tick) for one in told.done] == [("Two", tick)]


def test_every_promised_action_can_be_ticked(framework):
    actions = [action for sheet in framework.sheets.values() for action in sheet.actions]
    assert len(actions) >= 6
    assert all(action.done or action.over_if for action in actions)


def test_home_calendar_saved_page_and_brief_write_one_day_alike(story, framework):
    mine = story.finish()[GATE]
    (action,) = framework.sheets[GATE].actions
    day = date(2027, 1, 4)
    story.change(mine, "set", field=action.day, value="4 Jan 2027", base_rev=1)
    told = week(story.workbook)
    home = next(one for one in (*told.now, *told.later) if one.worksheet == mine)
    entry = next(one for one in dates(story.workbook) if one.id.startswith(mine))
    brief = str(asdict(build_brief(story.workbook, "recognise")))
    found = story.workbook.current(framework.sheets[GATE])
    judged = story.workbook.assess(framework.sheets[GATE])
    page = sheet_html(
        found.sheet, found.worksheet, judged, framework, name="A", saved_at="", printed=day
    )
    assert (home.day, entry.day) == ("4 January 2027", day)
    assert home.day in brief
    assert home.day in page


def test_where_nothing_has_a_day_there_is_no_calendar_to_make(story, promise):
    promise("catalyst", None)
    assert not week(story.workbook).dated
    assert list(dates(story.workbook)) == []


def test_the_finished_example_promises_something_on_every_sheet_with_a_first_step(story):
    story.finish()
    told = week(story.workbook)
    assert told.dated
    assert len(told.now) + len(told.later) >= 5


@pytest.mark.row("OBS-01")
def test_an_obstacles_owner_stands_in_this_week_until_it_is_gone(story):
    """The lasting fix, or what is in the way where there is none; who took none owes none."""
    day = (story.today + timedelta(days=3)).isoformat()

    def told(**answers):
        fields = {f"obstacles/r1/{key}": value for key, value in answers.items()}
        story.write("obstacles", "", **fields, **{"obstacles/r1": 1.0})
        found = week(story.workbook)
        story.store.erase_everything()
        return [(it.what, it.who) for it in (*found.now, *found.later)], found.done

    waits = {"what": "No view of visits", "state": "raised", "owner": "Helen", "due": day}
    assert told(**waits) == ([("No view of visits", "Helen")], ())
    assert told(**waits, fix="Read access") == ([("Read access", "Helen")], ())
    assert told(what="No view of visits", state="raised") == ([], ())
    now, done = told(**waits | {"state": "gone"})
    assert (now, [it.what for it in done]) == ([], ["No view of visits"])
