"""The second stage on a real host: a leader fills in its sheets by keyboard, on desk and phone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from playbook.framework import load_framework
from playbook.model import Level, Question, Section
from playbook.model.storage import Store
from playbook.report.answers import shown
from playbook.worksheet.parse import read_worksheet

from .conftest import PHONE, Tab
from .test_recognise import good_answers, write

pytestmark = pytest.mark.row("CND-06")

FRAMEWORK = load_framework()
DESK = {"viewport": {"width": 1366, "height": 768}}
SCREENS = pytest.mark.parametrize(
    "options",
    [pytest.param(DESK, id="desk"), pytest.param(PHONE, id="phone", marks=pytest.mark.soak)],
)
BEFORE_GATE, GATE_ID = ("capacity", "supervisors", "expectations"), "create_gate"
NEAR, FAR = (date.today() + timedelta(days) for days in (14, 200))
GATE = {"at_start": ["space", "tools", "sight"], "baseline": "yes", "privacy": "yes"}
DECISION = {"go_on": "go", "decided_by": "The sponsor", "look_again": FAR}


def answers_of(sheet: str) -> dict[str, Any]:
    """What a leader answers on the first screen, so that the sheet is ready."""
    if sheet == GATE_ID:
        return GATE | DECISION
    told = good_answers(sheet)
    if sheet == "workgroups":
        told["people_count"] = 16  # as many as the Capacity sheet's situation has
    if sheet == "expectations":
        told["guard_look"] = NEAR
    if sheet == "supervisors":  # two for four groups
        told["supervisors"].append({**told["supervisors"][0], "id": "second"})
    return told


def open_now(tab: Tab) -> list[Section]:
    """The sections of the first screen."""
    return [section for section in tab.sheet.sections if not section.deeper and not section.view]


def answer(tab: Tab, place: Locator, question: Question, value: Any) -> None:
    """One question, by keyboard alone; what is written is left with the Tab key."""
    field = place.locator(f'[data-field$="{question.id}"]:visible').first
    select, text = field.locator("select"), shown(question, value, FRAMEWORK.words)
    if question.kind == "row":
        field.get_by_role("radio").or_(field.locator("option")).first.wait_for(state="attached")
        select.select_option(index=int(value))
    elif select.count():
        select.focus()
        select.select_option(label=text)
    elif question.choices or question.kind == "answer":
        picked = value if isinstance(value, tuple) else (value,)
        for one in picked:
            field.locator(f'input[value="{one}"]').press("Space")
    else:
        field.locator("textarea, input").first.focus()
        tab.page.keyboard.insert_text(value)
        tab.page.keyboard.press("Tab")
    tab.saved()


def new_row(tab: Tab, section: Section) -> Locator:
    """One more row of the section's table."""
    add = tab.of_row("form.row_add", section.table or "")
    tab.page.get_by_role("button", name=add, exact=True).last.press("Enter")  # a board has one too
    tab.saved()
    return tab.page.locator(f'[data-section="{section.id}"] li.card').last


def fill(tab: Tab, told: Mapping[str, Any]) -> None:
    """The first screen from top to bottom, as it asks."""
    worksheet = read_worksheet(tab.sheet, told, FRAMEWORK.words)
    for section in open_now(tab):
        table = section.table and tab.sheet.table(section.table)
        if not table:
            given = [(tab.form, worksheet.answers)]
        elif table.candidates:
            given = [(tab.form, worksheet.rows(table.id)[0].answers)]
        else:
            given = [(None, row.answers) for row in worksheet.rows(table.id)]
        for form, answers in given:
            place = form or new_row(tab, section)
            for question in section.questions:
                value = answers.get(question.id)
                if question.kind == "row" and value:
                    rows = [row.id for row in worksheet.rows(question.table or "")]
                    value = str(rows.index(str(value)) + 1)  # after the blank
                if value is not None:
                    answer(tab, place, question, value)


@SCREENS
@pytest.mark.parametrize("sheet", [*BEFORE_GATE, GATE_ID])
def test_a_leader_fills_in_a_sheet_by_keyboard_until_it_is_ready(
    open_sheet: Callable[..., Tab], kept: Store, sheet: str, options: dict[str, Any]
) -> None:
    """That home, gate and charter then say the same word is tried in test_charter."""
    if sheet == GATE_ID:
        for one in (*BEFORE_GATE, "workgroups"):
            write(kept, one, answers_of(one))
    tab = open_sheet(sheet, **options)
    expect(tab.verdict).to_have_text(tab.ends(Level.UNKNOWN))
    fill(tab, answers_of(sheet))
    expect(tab.verdict).to_have_text(tab.ends(Level.PASS))


def test_a_measure_of_the_tree_becomes_the_focus_with_one_press(
    open_sheet: Callable[..., Tab], kept: Store
) -> None:
    write(kept, "metric_tree")
    tab = open_sheet("supervisors", **DESK)
    tab.write("who", "The lead of the night shift")
    tab.choose("focus", "yes")
    field = tab.form.locator('[data-field$="/focus_on"]:visible')
    offered = field.get_by_role("group").get_by_role("button")
    name = offered.first.inner_text()
    offered.first.press("Enter")
    tab.saved()
    expect(field.locator("textarea")).to_have_value(name)
    expect(offered.first).to_have_attribute("aria-pressed", "true")
    assert tab.answers()["focus_on"] == name


def test_whoever_decides_to_stop_is_not_sent_on(open_sheet: Callable[..., Tab]) -> None:
    tab = open_sheet("recognise_gate", **DESK)
    onward = tab.page.locator(".onward")
    expect(onward).to_be_visible()
    tab.choose("go_on", "stop")
    expect(onward).to_be_hidden()
    tab.choose("go_on", "fix")
    expect(onward).to_be_visible()
