"""Somebody who never saw it: five sheets one after the other, the decision, the brief as a PDF.

By keyboard alone on a laptop, and with a thumb on a phone; at the end every surface says the same
word of each sheet. What is answered is told in tests/situations, as far as the first screens ask.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from playbook.framework import load_framework
from playbook.model import Question, Sheet
from playbook.model.storage import Store
from playbook.worksheet.parse import read_worksheet

from .conftest import PHONE, Tab
from .harness.fingers import touch
from .test_first_look import DOOR, words_of_brief
from .test_recognise import good_answers
from .test_whole_way import Keyboard, Mouse, Touch

pytestmark = [pytest.mark.slow, pytest.mark.row("APP-14")]

FRAMEWORK = load_framework()
STAGE = FRAMEWORK.stages[0]
SHEETS = STAGE.sheets
LAPTOP = {"viewport": {"width": 1366, "height": 768}}
LEVELS = ("financial", "operating", "frontline")
DECIDED = {
    "go_on": "go",
    "because": "The contract ends in autumn.",
    "decided_by": "The director",
    "decide_by": date.today() + timedelta(days=14),
    "first_step": "Ask who would like to take part",
    "look_again": date.today() + timedelta(weeks=8),
}


@pytest.fixture(params=["keyboard", "phone"])
def hands(request: pytest.FixtureRequest, new_tab: Callable[..., Tab]) -> Mouse:
    if request.param == "phone":
        return Touch(new_tab(**PHONE))
    return Keyboard(new_tab(**LAPTOP))


def test_a_stranger_comes_from_the_first_page_to_the_brief(
    hands: Mouse, kept: Store, tmp_path: Path
) -> None:
    tab, page = hands.tab, hands.page
    tab.enter()
    sheet = FRAMEWORK.sheets[SHEETS[0]]
    hands.press(page.get_by_role("link", name=tab.say("home.begin", title=sheet.title)))
    for name in SHEETS:
        tab.sheet = FRAMEWORK.sheets[name]
        tab.ready()
        answers_the_first_screen(hands, DECIDED if name == STAGE.gate else good_answers(name))
        expect(tab.verdict).to_have_text(tab.ends("pass"))
        if name != STAGE.gate:
            hands.press(page.locator(".onward").get_by_role("link"))
    assert len({one.sheet for one in kept.worksheets()}) == len(SHEETS)

    musts = tab.says.locator(".must")
    ready = ["Ready"] * (len(SHEETS) - 1)
    expect(musts).to_have_count(len(ready))
    assert [one.locator("p").first.locator("span").inner_text() for one in musts.all()] == ready
    assert words_of_brief(tab) == [*ready, "Ready"]
    tab.enter()
    card = page.get_by_role("region", name=STAGE.title)
    assert card.locator(".musts > li > .verdict").all_inner_texts() == ready
    expect(card.locator(".stamp")).to_have_text("Ready")
    brief = takes_the_brief(hands, tmp_path / "brief.pdf")
    assert brief.count("Ready") == len(SHEETS)
    for said in ("Our libraries must replace", "Ask who would like to take part", "The director"):
        assert said in brief


def takes_the_brief(hands: Mouse, file: Path) -> str:
    """The text of the PDF that home's brief is downloaded as; it is one page."""
    tab = hands.tab
    hands.press(tab.page.get_by_role("button", name=DOOR.open).first)
    with tab.page.expect_download() as begun:
        hands.press(tab.dialog.get_by_role("button", name=tab.say("brief.door.pdf"), exact=True))
    begun.value.save_as(file)
    (only,) = PdfReader(BytesIO(file.read_bytes())).pages
    return " ".join(only.extract_text().split())


def answers_the_first_screen(hands: Mouse, told: dict[str, Any]) -> None:
    """From top to bottom, a question at a time, each saved; names before what a map or a chain asks
    of them."""
    sheet = hands.tab.sheet
    read = read_worksheet(sheet, told, FRAMEWORK.words)
    for section in (one for one in sheet.sections if not one.deeper):
        rows = (
            [read.answers]
            if section.table is None
            else [r.answers for r in read.rows(section.table)]
        )
        for place, row in enumerate(rows):
            box = within(hands.tab, section.view, place)
            if section.view == "map":
                answers(hands, box, section.questions[0], row["place"], told)
                puts_on_the_map(hands, row, sheet)
                continue
            for question in section.questions:
                if question.id in row:
                    answers(hands, box, question, row[question.id], told)


def within(tab: Tab, view: str | None, place: int) -> Locator:
    """What a row's questions stand in: a step of the chain, else the form."""
    return tab.page.locator(".chain-step").nth(place) if view == "chain" else tab.form


def answers(
    hands: Mouse, box: Locator, question: Question, value: Any, told: dict[str, Any]
) -> None:
    field = box.locator(f'[data-field$="{question.id}"]:visible').first
    if not field.count() and question.optional:
        return  # a step of the chain that isn't asked
    expect(field).to_be_visible()
    if question.kind == "row":
        name = next(row["name"] for row in told["nodes"] if row["id"] == value)
        hands.choose(field.get_by_role("radio", name=name))
    elif question.kind in ("one", "answer", "scale", "many"):
        for one in value if isinstance(value, tuple) else (value,):
            hands.choose(field.locator(f'input[value="{one}"]'))
    elif question.kind == "date":
        hands.date(field.get_by_role("textbox"), date.fromisoformat(value))
    else:
        hands.write(field.get_by_role("textbox"), value)
    hands.page.keyboard.press("Tab")
    hands.tab.saved()


def puts_on_the_map(hands: Mouse, row: Any, sheet: Sheet) -> None:
    """By arrow keys, or by a finger that drags the place."""
    impact, likely = (
        (sheet.scales[axis].index(row[axis]), len(sheet.scales[axis]))
        for axis in ("impact", "likelihood")
    )
    page = hands.page
    disc = page.locator(".map .disc")
    if isinstance(hands, Touch):
        page.locator(".map").evaluate("map => map.scrollIntoView({ block: 'center' })")
        grid, start = page.locator(".map-grid").bounding_box(), disc.bounding_box()
        assert grid
        assert start
        begin = (start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
        across, up = (likely[0] + 0.5) / likely[1], (impact[0] + 0.5) / impact[1]
        touch(
            page, begin, (grid["x"] + across * grid["width"], grid["y"] + (1 - up) * grid["height"])
        )
    else:
        assert isinstance(hands, Keyboard)
        hands.reach(disc)
        for key in ["ArrowUp"] * (impact[0] + 1) + ["ArrowRight"] * (likely[0] + 1):
            page.keyboard.press(key)
    hands.tab.saved()
