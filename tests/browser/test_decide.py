"""The stage Act on a real host: a workgroup's weekly page, the month's review with the sponsor, the
decision by keyboard, and one word a sheet wherever it is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from playbook.framework import load_framework
from playbook.model import Level
from playbook.model.storage import Store
from playbook.report.weekly.reviews import review_days

from .conftest import PHONE, Tab
from .test_accessibility import OVERFLOW, check_in_both_colours
from .test_charter import stamp_of
from .test_create import DESK, fill
from .test_first_look import saved_page, words_of_the_command
from .test_recognise import write

pytestmark = pytest.mark.row("ACT-03", "SCA-13", "SCA-14", "GAP-07")

FRAMEWORK = load_framework()
STAGE = next(one for one in FRAMEWORK.stages if one.id == "act")
SHEETS = ("focus", "practices", "connect", "obstacles")
GATE = FRAMEWORK.sheets["act_gate"]
DOOR = FRAMEWORK.briefs["act"].door
SCREENS = pytest.mark.parametrize(
    "options",
    [pytest.param(DESK, id="desk"), pytest.param(PHONE, id="phone", marks=pytest.mark.soak)],
)
UNEVEN = ["Stop", "Ready", "Not yet", "Ready", "Stop"]
"""The words of the sheets and of the gate where people are judged by the figures, and nobody
introduces members to others."""
WAVES = [
    {"wave": "All other branches"},
    {
        "wave": "Two branches in the north",
        "wave_start": "2027-06-07",
        "wave_takes": "Supervisors begin first",
        "wave_issues": "open",
    },
]
AHEAD = date.today() + timedelta(days=60)


def story(sheet: str, **changes: Any) -> dict[str, Any]:
    """The finished example's answers with changes."""
    return deepcopy(dict(FRAMEWORK.examples[sheet].answers)) | changes


def begin(kept: Store, **changes: dict[str, Any]) -> dict[str, str]:
    """The example's four sheets, each with its changes, as somebody's own; their ids."""
    return {it: write(kept, it, story(it, **changes.get(it, {}))) for it in SHEETS}


def weekly(tab: Tab) -> Locator:
    """The weekly page, once it is there."""
    page = tab.page.locator(".weekly")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def open_weekly(tab: Tab) -> Locator:
    """The weekly page, reached from home's card of the stage by keyboard."""
    tab.enter()
    card = tab.page.get_by_role("region", name=STAGE.title)
    assert STAGE.page
    card.get_by_role("link", name=STAGE.page.title).press("Enter")
    return weekly(tab)


# --------------------------------------------------------------------------- the weekly page


@SCREENS
def test_a_workgroup_runs_its_week_from_one_page(
    open_sheet: Callable[..., Tab], kept: Store, options: dict[str, Any]
) -> None:
    ids = begin(kept)
    tab = open_sheet("practices", **options)
    page = open_weekly(tab)
    for name in ("measures", "practices", "obstacles", "action"):
        part = page.get_by_role("region", name=tab.say(f"weekly.part.{name}"))
        minutes = tab.say("weekly.minutes", minutes=tab.say(f"weekly.plan.{name}"))
        expect(part).to_contain_text(minutes)
    expect(page.locator(".runs [role=img]")).to_have_count(4)
    assert "Something changed. Ask what." in page.locator(".runs").inner_text()
    assert page.locator(".nine h4").count() == 9
    check_in_both_colours(tab, "weekly page")
    assert tab.page.evaluate(OVERFLOW) == []

    tick = page.get_by_role("checkbox")
    tick.press("Space")
    told = page.get_by_role("status").filter(has_text=tab.say("home.now_done"))
    expect(told).to_be_attached()
    expect(tick).to_be_checked()
    expect(tick).to_be_focused()
    done = kept.load(ids["practices"]).fields["check_ins/week13/done"]
    assert done.value == ["done"]

    moves = page.locator(".moves")
    moves.locator("summary").press("Enter")
    expect(moves.get_by_role("rowheader")).to_have_count(5)
    assert moves.get_by_role("link").count() > 20
    check_in_both_colours(tab, "weekly page, four moves")
    assert tab.page.evaluate(OVERFLOW) == []

    chosen = page.get_by_role("combobox")
    chosen.focus()
    chosen.select_option("Group 2")
    expect(moves).to_have_attribute("open", "")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Group 2")
    expect(chosen).to_be_focused()


@pytest.mark.row("CAP-15")
def test_two_weeks_without_their_time_go_to_the_sponsor(
    open_sheet: Callable[..., Tab], kept: Store
) -> None:
    """H04 is called back for two weeks in a row; the sponsor is named, and nobody else."""
    weeks = [{"person": "H04", "week": day, "free": "9"} for day in ("2027-04-05", "2027-04-12")]
    hours = [it | {"contract": "37"} for it in weeks]
    begin(kept, focus={"hours": hours})
    write(kept, "champion", story("champion"))
    tab = open_sheet("practices", **DESK)
    page = open_weekly(tab)
    time = page.get_by_role("region", name=tab.say("weekly.part.time"))
    expect(time.locator(".verdict.warn")).to_have_text("24%")
    expect(time.get_by_role("listitem")).to_have_count(1)  # of the latest week
    step = page.locator(".sheets .next")
    expect(step).to_contain_text("chief claims officer")
    assert "H04" not in step.inner_text()


def test_each_part_leads_to_the_field_that_changes_it(
    open_sheet: Callable[..., Tab], kept: Store
) -> None:
    begin(kept)
    tab = open_sheet("practices", **DESK)
    open_weekly(tab).get_by_role("link", name="We cannot see supplier visits").press("Enter")
    tab.sheet = FRAMEWORK.sheets["obstacles"]
    tab.ready()
    assert FRAMEWORK.sheets["obstacles"].notebook in tab.page.url
    box = tab.page.locator('[data-field="obstacles/visits/what"] :focus')
    expect(box).to_be_visible()


def test_before_anything_it_asks_and_shows_the_finished_example(
    open_sheet: Callable[..., Tab],
) -> None:
    tab = open_sheet("practices", **DESK)
    tab.page.goto(f"{tab.base}/voila/render/{STAGE.page.notebook}")  # type: ignore[union-attr]
    page = weekly(tab)
    expect(page).to_contain_text(tab.say("weekly.not_yet"))
    check_in_both_colours(tab, "weekly page, blank")
    page.get_by_role("button", name=tab.say("weekly.see_example")).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Group 4, week 13 of 13")
    expect(page).to_contain_text(FRAMEWORK.examples["practices"].note)


# --------------------------------------------------------------------------- the month's review


@SCREENS
def test_the_months_review_fills_the_sponsor_page_and_this_week(
    open_sheet: Callable[..., Tab], kept: Store, tmp_path: Path, options: dict[str, Any]
) -> None:
    begin(kept)
    write(kept, GATE.id, {"review_every": "4"})
    write(kept, "recognise_gate", {"pilot_start": "2027-01-18", "pilot_end": "2027-04-16"})
    tab = open_sheet(GATE.id, **options)
    tab.open_all()
    section = tab.page.locator('[data-section="reviews"]')
    section.get_by_role("button", name=tab.of_row("form.row_add", "reviews")).press("Enter")
    tab.saved()
    told = {"review_learned": "Families ask what happens next.", "review_action": "Open the room"}
    for question, text in told.items():
        box = section.locator(f'[data-field$="/{question}"]:visible').locator("textarea, input")
        box.first.focus()
        tab.page.keyboard.insert_text(text)
        tab.page.keyboard.press("Tab")
        tab.saved()

    tab.page.get_by_role("button", name=DOOR.open).last.click()
    page = tab.dialog.locator(".brief-page article")
    expect(page).to_have_count(1)
    expect(page).to_contain_text(told["review_learned"])
    expect(page).to_contain_text("Open the room")
    assert "H05" not in page.inner_text()
    check_in_both_colours(tab, "the sponsor page, open")
    with tab.page.expect_download() as begun:
        tab.dialog.get_by_role("button", name=tab.say("brief.door.pdf"), exact=True).click()
    begun.value.save_as(tmp_path / "sponsor.pdf")
    (one,) = PdfReader(tmp_path / "sponsor.pdf").pages
    assert one.extract_text().startswith("Sponsor page")

    tab.enter()
    expect(tab.page.get_by_text("Open the room", exact=True)).to_be_attached()
    with tab.page.expect_download() as begun:
        tab.page.get_by_role("button", name=tab.say("home.calendar")).press("Enter")
    begun.value.save_as(tmp_path / "days.ics")
    file = Calendar.from_ical((tmp_path / "days.ics").read_bytes())
    days = {str(it["summary"]): it["dtstart"].dt for it in file.walk("vevent")}
    workbook = FRAMEWORK.words.text
    for week, day in ((4, date(2027, 2, 12)), (8, date(2027, 3, 12)), (12, date(2027, 4, 9))):
        assert days[workbook("weekly.review", week=week)] == day


# --------------------------------------------------------------------------- the decision


@SCREENS
def test_the_decision_is_taken_by_keyboard(
    open_sheet: Callable[..., Tab], kept: Store, options: dict[str, Any]
) -> None:
    begin(kept)
    tab = open_sheet(GATE.id, **options)
    expect(tab.verdict).to_have_text(tab.ends(Level.UNKNOWN))
    kept_rows = {"criteria": ("time", "calls"), "rivals": ("season",)}
    told: dict[str, Any] = {"because": "Renewals are still to come.", "go_on": "continue"}
    for table, rows in kept_rows.items():
        told[table] = [it for it in story(GATE.id)[table] if it["id"] in rows]
    fill(tab, told | {"decided_by": "The sponsor", "look_again": AHEAD.isoformat()})
    expect(tab.verdict).to_have_text(tab.ends(Level.PASS))
    result = tab.page.locator(".pb-result")
    expect(result).to_contain_text("By your sealed rule: scale.")
    expect(result).to_contain_text("More than luck")
    expect(result.get_by_role("img")).to_have_count(4)
    expect(result).to_contain_text("Of 1: 1 met.")
    expect(result.locator(".rivals")).to_contain_text("Ruled out A quiet season")
    asked = tab.page.locator('[data-section="criteria"]')
    assert result.bounding_box()["y"] < asked.bounding_box()["y"]  # type: ignore[index]


def test_scaling_asks_for_more_and_an_honest_stop_does_not(
    open_sheet: Callable[..., Tab], kept: Store
) -> None:
    begin(kept)
    answers = story(GATE.id, go_on="scale", waves=WAVES)
    write(kept, GATE.id, answers)
    tab = open_sheet(GATE.id, **DESK)
    expect(tab.verdict).to_have_text(tab.ends(Level.FAIL))
    for question in ("cells", "systems", "takes_up"):
        expect(tab.group(question)).to_be_visible()
    tab.choose("go_on", "stop")
    for question in ("cells", "systems", "takes_up"):
        expect(tab.group(question)).to_be_hidden()
    tab.choose("go_on", "continue")
    expect(tab.verdict).to_have_text(tab.ends(Level.PASS))
    tab.section("ahead").press("Enter")
    drawn = tab.page.locator('[data-section="ahead"] figure')
    expect(drawn.locator("svg")).to_be_visible()
    drawn.locator("summary").press("Enter")
    expect(drawn).to_contain_text("It grew out of: Group 2.")
    table = drawn.get_by_role("table", name=tab.say("spread.waves"))
    assert table.get_by_role("columnheader").all_text_contents() == [
        "Wave", "Begins", "Takes up", "Open issues of those before it",
    ]  # fmt: skip
    first, second = table.locator("tbody tr").all()
    assert first.locator("th, td").all_text_contents() == [
        "Wave 1: Two branches in the north",
        "7 June 2027",
        "Supervisors begin first",
        "Some are open, and nobody has looked",
    ]
    assert second.locator("th, td").all_text_contents() == [
        "Wave 2: All other branches", "no date yet", "not said", "not said",
    ]  # fmt: skip
    tab.page.set_viewport_size({"width": 320, "height": 640})
    expect(first.get_by_role("cell").first).to_be_visible()
    assert tab.page.evaluate(OVERFLOW) == []


# --------------------------------------------------------------------------- one word everywhere


def words_at_the_gate(tab: Tab) -> list[str]:
    musts = tab.says.locator(".must")
    expect(musts).to_have_count(len(SHEETS))
    words = [line.locator("p").first.locator("span").inner_text() for line in musts.all()]
    return [*words, tab.verdict.locator(".verdict").inner_text()]


@pytest.mark.parametrize(
    "options",
    [pytest.param({}, id="desk"), pytest.param(PHONE, id="phone", marks=pytest.mark.soak)],
)
def test_every_surface_says_the_same_word_of_a_sheet(
    open_sheet: Callable[..., Tab], kept: Store, tmp_path: Path, options: dict[str, Any]
) -> None:
    """Gate, saved page, sponsor page, home, weekly page and command line; what a class reads of
    them is in tests/server/cohort/test_reading.py."""
    changes = {"focus": {"judged": "yes"}, "connect": {"brokered": "no"}}
    begin(kept, **changes)
    write(kept, GATE.id, story(GATE.id))
    for sheet in (*SHEETS, GATE.id):
        told = json.dumps(story(sheet, **changes.get(sheet, {})), default=str)
        (tmp_path / f"{sheet}.json").write_text(told, encoding="utf-8")
    assert words_of_the_command(tmp_path, [*SHEETS, GATE.id]) == UNEVEN
    tab = open_sheet(GATE.id, **options)
    assert words_at_the_gate(tab) == UNEVEN
    assert UNEVEN[-1] in saved_page(tab, tmp_path / "gate.html")
    tab.page.get_by_role("button", name=DOOR.open).last.click()
    page = tab.dialog.locator(".brief-page article")
    expect(page).to_have_count(1)
    told = page.locator("header :is(.sheets, .eyebrow) .verdict").all_inner_texts()
    assert [*told[1:], told[0]] == UNEVEN
    tab.page.keyboard.press("Escape")
    tab.enter()
    card = tab.page.get_by_role("region", name=STAGE.title)
    expect(card.locator(".stamp")).not_to_be_empty()
    assert [*card.locator(".musts > li > .verdict").all_inner_texts(), stamp_of(card)] == UNEVEN
    page = open_weekly(tab)
    sheets = page.locator(".sheets")
    expect(sheets.locator("li")).to_have_count(len(SHEETS))
    words = sheets.locator("li .verdict").all_inner_texts()
    assert [*words, sheets.locator(".stage .verdict").inner_text()] == UNEVEN


def test_the_days_of_the_test_above_are_those_of_the_report() -> None:
    """So that the calendar's days are not only what the browser got."""
    from playbook.assessing.workbook import Workbook

    found = review_days(Workbook(FRAMEWORK, date(2027, 1, 1)).examples)
    assert [week for week, _ in found] == [4, 8, 12]
