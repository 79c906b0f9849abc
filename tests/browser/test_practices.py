"""A workgroup's week on a real host: three members at one table, by keyboard, on desk and phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from playbook.analysis.practices.levels import STARTERS
from playbook.framework import load_framework
from playbook.model import Level
from playbook.model.storage import Store

from .conftest import DESK, PHONE, Tab
from .test_recognise import good_answers, write

pytestmark = pytest.mark.row("PRA-07", "PRA-12", "PRA-16")

FRAMEWORK = load_framework()
SHEET = "practices"
SCREENS = pytest.mark.parametrize(
    "options",
    [pytest.param(DESK, id="desk"), pytest.param(PHONE, id="phone", marks=pytest.mark.soak)],
)
WORDS = {
    "outcome": "We read the outcome aloud.",
    "question": "The question hangs in the lift.",
    "reflect": "Thursdays at three.",
}
WEEK = {
    "decided": "We dropped the leaflet.",
    "changed": "Nothing yet",
    "action": "Call ten patients",
    "who": "The late shift",
}


def look_at(tab: Tab, section: str) -> Locator:
    """A section, once its picture is there."""
    place = tab.page.locator(f"[data-section={section}]")
    place.scroll_into_view_if_needed()
    expect(place.locator(".later[style]")).to_have_count(0)
    return place


def field(place: Locator, question: str) -> Locator:
    return place.locator(f'[data-field$="/{question}"]:visible')


def type_into(tab: Tab, box: Locator, text: str) -> None:
    box.focus()
    tab.page.keyboard.insert_text(text)
    tab.page.keyboard.press("Tab")
    tab.saved()


def practice(tab: Tab, which: str) -> str:
    choices = tab.sheet.question("which", "practices").choices
    return next(one.label for one in choices if one.id == which)


@SCREENS
def test_a_group_of_three_begins_by_keyboard_until_it_is_ready(
    open_sheet: Callable[..., Tab], options: dict[str, Any]
) -> None:
    """Answers are agreed aloud, and nothing asks for anybody's own."""
    tab = open_sheet(SHEET, **options)
    expect(tab.verdict).to_have_text(tab.ends(Level.UNKNOWN))
    type_into(tab, tab.box("outcome"), "Patients know what to do at home.")
    type_into(tab, tab.box("question"), "What would keep everybody at home?")
    look_at(tab, "nine")
    for which in STARTERS:
        name = practice(tab, which)
        tab.button("nine.take_up_named", name=name).press("Enter")
        words = tab.page.get_by_role("group", name=name, exact=True).locator("textarea, input")
        expect(words.first).to_be_focused()
        type_into(tab, words.first, WORDS[which])
    look_at(tab, "weeks")
    tab.button("weeks.begin").press("Enter")
    week = tab.page.locator("details.week[open]")
    expect(week).to_have_count(1)
    expect(field(week, "matched").locator("input").first).to_be_focused()
    field(week, "matched").locator('input[value="yes"]').press("Space")
    for question in ("decided", "changed"):
        type_into(tab, field(week, question).locator("textarea, input").first, WEEK[question])
    expect(field(week, "action")).to_have_count(0)
    field(week, "practice").locator('input[value="reflect"]').press("Space")
    for question in ("action", "who"):
        type_into(tab, field(week, question).locator("textarea, input").first, WEEK[question])
    due = date.today() + timedelta(days=7)
    type_into(tab, field(week, "due").locator("input").first, due.isoformat())
    expect(tab.verdict).to_have_text(tab.ends(Level.PASS))
    expect(tab.button("weeks.begin")).to_have_count(0)
    assert tab.answers()["week"] == date.today().isoformat()


def weeks_from(first: date, *numbers: int) -> list[dict[str, Any]]:
    """A check-in in each of these weeks."""
    return [
        {
            "id": f"w{number}",
            "week": first + timedelta(weeks=number - 1),
            "matched": "partly" if number < 3 else "yes",
            "practice": "reflect",
            "decided": f"Choice {number}",
            "changed": "Something",
            "action": "Call",
            "who": "Lin",
            "due": first + timedelta(weeks=number),
        }
        for number in numbers
    ]


@pytest.mark.row("PRA-13", "PRA-15")
def test_a_week_left_out_is_a_gap_in_the_picture_and_in_its_words(
    open_sheet: Callable[..., Tab], kept: Store
) -> None:
    first = date.today() - timedelta(weeks=4)
    told = good_answers(SHEET) | {"check_ins": weeks_from(first, 1, 2, 4, 5)}
    tab = open_sheet(SHEET, write(kept, SHEET, told))
    place = look_at(tab, "weeks")
    place.get_by_text(tab.say("form.picture_words")).click()
    lines = place.locator(".twin p")
    expect(lines).to_have_count(5)
    expect(lines.nth(2)).to_have_text(tab.say("weeks.gap_line", number=3))
    expect(lines.nth(3)).to_contain_text(tab.say("weeks.matched.yes"))
    expect(place.locator("details.week")).to_have_count(4)
    expect(place.locator("svg")).to_be_visible()


def test_what_is_said_of_the_last_check_in_leads_to_its_field(
    open_sheet: Callable[..., Tab], kept: Store
) -> None:
    first = date.today() - timedelta(weeks=2)
    weeks = weeks_from(first, 1, 2, 3)
    del weeks[0]["changed"], weeks[2]["changed"]
    told = good_answers(SHEET) | {"check_ins": weeks}
    tab = open_sheet(SHEET, write(kept, SHEET, told))
    look_at(tab, "weeks")
    expect(tab.verdict).to_have_text(tab.ends(Level.UNKNOWN))
    tab.says.get_by_role("link").first.click()
    open_field = tab.page.locator('[data-field="check_ins/w3/changed"]')
    expect(open_field.locator("textarea, input").first).to_be_focused()


@SCREENS
@pytest.mark.row("PRA-02")
def test_a_problem_goes_from_stage_to_stage_by_keyboard(
    open_sheet: Callable[..., Tab], options: dict[str, Any]
) -> None:
    tab = open_sheet(SHEET, **options)
    tab.open_all()
    place = look_at(tab, "stages")
    stages = tab.sheet.question("stage", "board").choices
    place.get_by_role("button", name=tab.say("stages.add_named", stage=stages[0].label)).press(
        "Enter"
    )
    box = place.locator("li.card textarea, li.card input").first
    expect(box).to_be_focused()
    type_into(tab, box, "The letter")
    for stage in stages[1:]:
        on = place.get_by_role("button", name=tab.say("stages.on_named", problem="The letter"))
        on.press("Enter")
        column = place.get_by_role("region", name=stage.label)
        expect(column.locator("li.card")).to_have_count(1)
        tab.saved()
        moved = tab.say("stages.moved", problem="The letter", stage=stage.label)
        expect(tab.page.locator("body")).to_contain_text(moved)
    assert tab.answers()["stage"] == stages[-1].id
    # at the last stage there is no way on, and the focus stays on the card
    assert place.locator("li.card").evaluate("(card) => card.contains(document.activeElement)")


@pytest.mark.row("PRA-17")
def test_leaving_a_practice_can_be_taken_back_and_a_coach_has_a_question(
    open_sheet: Callable[..., Tab], kept: Store
) -> None:
    first = date.today() - timedelta(weeks=1)
    told = good_answers(SHEET) | {"check_ins": weeks_from(first, 1, 2), "symptoms": ["polite"]}
    tab = open_sheet(SHEET, write(kept, SHEET, told))
    place = look_at(tab, "nine")
    expect(place.locator('[data-practice="friction"]')).to_contain_text(tab.say("nine.next"))
    coach = place.locator(".nine-coach")
    coach.locator("summary").press("Enter")
    expect(coach).to_contain_text(tab.say("nine.ask.reflect"))
    name = practice(tab, "question")
    place.get_by_role("button", name=tab.say("nine.remove_named", name=name)).press("Enter")
    expect(
        place.get_by_role("button", name=tab.say("nine.take_up_named", name=name))
    ).to_be_visible()
    tab.saved()
    place.get_by_role("button", name=tab.say("form.undo_short")).press("Enter")
    words = place.get_by_role("group", name=name, exact=True).locator("textarea, input").first
    expect(words).to_have_value(told["practices"][1]["version"])


def test_begin_this_weeks_check_in_never_leads_into_last_weeks(
    open_sheet: Callable[..., Tab], kept: Store
) -> None:
    """The weekly page's button, on a phone: who is led to the day of last week's check-in would
    change it to today."""
    last = date.today() - timedelta(weeks=1)
    told = good_answers(SHEET) | {"check_ins": weeks_from(last, 1)}
    worksheet = write(kept, SHEET, told)
    tab = open_sheet(SHEET, worksheet, **PHONE)
    page = next(stage.page for stage in FRAMEWORK.stages if stage.page)
    tab.page.goto(f"{tab.base}/voila/render/{page.notebook}")
    tab.page.get_by_role("link", name=tab.say("weekly.action.begin")).tap()
    tab.ready()
    expect(tab.button("weeks.begin")).to_be_focused()
    tab.button("weeks.begin").press("Enter")
    tab.saved()
    days = {
        field: state.value
        for field, state in kept.load(worksheet).fields.items()
        if field.endswith("/week")
    }
    assert sorted(days.values()) == [last.isoformat(), date.today().isoformat()]
    assert days["check_ins/w1/week"] == last.isoformat()
