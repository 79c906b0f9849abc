"""The benchmark of Act writes the year that it says, and holds pages to its limits."""

from collections import Counter
from datetime import date

from benchmarks import act, pilot_year
from playbook.analysis.practices.levels import NINE
from playbook.assessing.workbook import Workbook
from playbook.framework import load_framework
from playbook.report.weekly.page import weekly_page
from playbook.store.sql import SqliteStore


def test_the_year_is_as_large_as_it_says_and_every_page_tells_of_it():
    framework, store = load_framework(), SqliteStore(None)
    ids = pilot_year.write_year(store, framework)
    workbook = Workbook(framework, date.today(), store)
    entries = {entry.info.id: entry for entry in workbook.entries()}
    assert Counter(entry.sheet.id for entry in entries.values())["practices"] == pilot_year.GROUPS
    practices, focus = (entries[ids[name]].worksheet for name in ("practices", "focus"))
    assert len(practices.rows("check_ins")) == pilot_year.WEEKS
    assert [row.answers["which"] for row in practices.rows("practices")] == list(NINE)
    assert len(entries[ids["metric_tree"]].worksheet.rows("nodes")) == pilot_year.METRICS
    assert len(focus.rows("figures")) == pilot_year.MEASURES * pilot_year.GROUPS
    people = {row.answers["person"] for row in focus.rows("hours")}
    assert len(people) == pilot_year.GROUPS * pilot_year.PEOPLE
    page = weekly_page(workbook, "Group 3")
    assert (page.group, len(page.charts), len(page.groups)) == ("Group 3", 12, 6)
    assert page.title == "Group 3, week 52 of 52"
    store.close()


def test_a_page_may_take_so_many_times_as_long_as_the_catalyst_sheet():
    taken = {act.CATALYST: [1.0], "focus": [1.2], act.WEEKLY: [1.4]}
    found = {limit.what: limit.holds for limit in act.limits(taken, taken)}
    assert found == {
        "focus answers, against catalyst": True,
        "focus opens, against catalyst": True,
        "weekly answers, against catalyst": False,
        "weekly opens, against catalyst": False,
    }
