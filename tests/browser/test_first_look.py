"""What somebody sees who was never here: a phone's first screen, the brief small and true, one word
a sheet on every surface, a brief that comes back as answers."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect
from pypdf import PdfWriter

from benchmarks.client import child_environment
from playbook.framework import load_framework
from playbook.model.storage import Store

from .conftest import PHONE, Tab
from .test_accessibility import check_in_both_colours
from .test_recognise import SHEETS, good_answers, write

FRAMEWORK = load_framework()
GATE = FRAMEWORK.sheets["recognise_gate"]
DOOR = FRAMEWORK.briefs["recognise"].door
FIRST = {
    "zoom_out": "objective_wanted",
    "catalyst": "what",
    "champion": "role",
    "entry_point": "place",
    "metric_tree": "name",
    "recognise_gate": "go_on",
}
"""The question that each sheet begins with, a name where rows have one."""

ABOVE_THE_DOCK = """(field) => {
    const dock = document.querySelector(".dock, [class*=dock]");
    const foot = dock?.checkVisibility() ? dock.getBoundingClientRect().top : innerHeight;
    const asked = field.querySelector("legend, label.q").getBoundingClientRect();
    return foot - asked.bottom;
}"""
"""How far a question ends above what the foot bar covers, in pixels."""

BESIDE = """(dialog) => {
    const { left, right } = dialog.getBoundingClientRect();
    return [left, document.documentElement.clientWidth - right];
}"""
"""What is free to its left and to its right, in pixels."""

HALF_DONE = {"zoom_out": "Ready", "catalyst": "Not yet", "champion": "Stop"}
"""The word of each sheet that somebody has begun; the others have missing answers."""
WORDS = [HALF_DONE.get(sheet, "Missing answers") for sheet in SHEETS]


@pytest.mark.parametrize("worksheet", [None, "example"], ids=["blank", "example"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_phones_first_screen_has_the_first_question(
    open_sheet: Callable[..., Tab], sheet: str, worksheet: str | None
) -> None:
    tab = open_sheet(sheet, worksheet, **PHONE)
    expect(tab.verdict).not_to_be_empty()  # the foot bar is there
    first = tab.form.locator(f'[data-field$="{FIRST[sheet]}"]:visible').first
    assert first.evaluate(ABOVE_THE_DOCK) > 0


def test_on_a_desk_the_map_comes_first_and_on_a_phone_the_place(
    open_sheet: Callable[..., Tab],
) -> None:
    for options, first in (({}, "map"), (PHONE, "place")):
        tab = open_sheet("entry_point", **options)
        place, picture = tab.box("place").bounding_box(), tab.page.locator(".map").bounding_box()
        assert place
        assert picture
        assert (place["y"] < picture["y"]) == (first == "place")
        tab.write("place", "Kingsmead")
        expect(tab.page.locator(".map .disc")).to_contain_text("Kingsmead")


def test_whoever_looked_at_the_example_begins_with_a_sheet_of_their_own(
    new_tab: Callable[..., Tab],
) -> None:
    tab = new_tab()
    tab.sheet = FRAMEWORK.sheets["zoom_out"]
    chosen = tab.page.get_by_role("radio", checked=True)
    tab.enter()
    tab.page.get_by_role("link", name=tab.say("home.example"), exact=True).click()
    tab.ready()
    expect(chosen).not_to_have_count(0)
    tab.enter()
    begin = tab.say("home.begin", title=tab.sheet.title)
    tab.page.get_by_role("link", name=begin, exact=True).click()
    tab.ready()
    expect(chosen).to_have_count(0)


# -- the brief


def small(tab: Tab) -> Locator:
    return tab.page.get_by_role("button", name=DOOR.thumb)


def page_of(place: Locator) -> str:
    """What stands on a page that is drawn apart from the screen's own styles."""
    return place.evaluate("(place) => place.shadowRoot.querySelector('article')?.innerText ?? ''")


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
def test_home_shows_the_brief_small_as_it_stands_and_opens_it(
    new_tab: Callable[..., Tab], kept: Store, options: dict[str, Any]
) -> None:
    write(kept, "catalyst")
    tab = new_tab(**options)
    tab.enter()
    small(tab).scroll_into_view_if_needed()
    miniature = small(tab).locator(".thumb-page")
    expect(miniature.locator("article")).to_be_visible()
    box, outer = miniature.locator("article").bounding_box(), small(tab).bounding_box()
    assert box
    assert outer
    assert box["x"] >= outer["x"]
    assert box["x"] + box["width"] <= outer["x"] + outer["width"] + 1
    shown = page_of(miniature)
    check_in_both_colours(tab, "home with the brief small")
    small(tab).click()
    whole = tab.dialog.locator(".brief-page")
    expect(whole.locator("article")).to_be_visible()
    left, right = tab.dialog.evaluate(BESIDE)
    assert left == pytest.approx(right, abs=1)  # in the middle
    assert page_of(whole).split() == shown.split()
    assert "No sponsor yet." in shown
    check_in_both_colours(tab, "the brief, open")


def test_the_brief_at_the_gate_has_the_gates_own_word(
    open_sheet: Callable[..., Tab], kept: Store
) -> None:
    """Also when the last answer there has only just changed it."""
    for sheet in SHEETS:
        write(kept, sheet)
    tab = open_sheet(GATE.id)
    tab.choose("go_on", "go")
    expect(tab.verdict).to_have_text(tab.ends("pass"))
    assert "Head of branches" not in brief_at_the_gate(tab, tab.say("level.pass"))
    tab.write("decided_by", "Head of branches")
    tab.saved()
    assert "Head of branches" in brief_at_the_gate(tab, tab.say("level.pass"))


def brief_at_the_gate(tab: Tab, word: str) -> str:
    """What the brief says, under that word; it is opened by the button beside the next step."""
    tab.page.get_by_role("button", name=DOOR.open).first.click()
    page = tab.dialog.locator(".brief-page")
    expect(page.locator("article")).to_be_visible()
    expect(page.locator("header .eyebrow .verdict")).to_have_text(word)
    said = page_of(page)
    tab.page.keyboard.press("Escape")
    return said


def test_a_briefs_pdf_is_imported_and_another_pdf_gets_one_sentence(
    open_sheet: Callable[..., Tab], kept: Store, tmp_path: Path
) -> None:
    write(kept, "catalyst")
    tab = open_sheet("catalyst")
    tab.enter()
    tab.page.get_by_role("button", name=DOOR.open).click()
    with tab.page.expect_download() as begun:
        tab.dialog.get_by_role("button", name=tab.say("brief.door.pdf"), exact=True).click()
    begun.value.save_as(tmp_path / "brief.pdf")
    tab.open()
    tab.choose("capacity", "no")
    bring(tab, tmp_path / "brief.pdf")
    expect(tab.dialog).to_contain_text(tab.say("form.import_differs_one", name="Catalyst", count=1))
    check_in_both_colours(tab, "import")
    tab.dialog.locator("label", has_text=tab.say("form.way_replace")).click()
    tab.dialog.get_by_role("button", name=tab.say("form.import_take"), exact=True).click()
    expect(tab.choice("capacity", "yes")).to_be_checked()
    foreign = PdfWriter()
    foreign.add_blank_page(100, 100)
    foreign.write(tmp_path / "other.pdf")
    bring(tab, tmp_path / "other.pdf")
    told = tab.page.get_by_role("main").get_by_text(tab.say("brief.error.pdf_without"))
    expect(told).to_be_visible()  # it is announced outside, too


def bring(tab: Tab, file: Path) -> None:
    with tab.page.expect_file_chooser() as asked:
        tab.pick("form.more", "form.import")
    asked.value.set_files(file)


# -- one word a sheet


def half_done(sheet: str) -> dict[str, Any]:
    """A reason that is not strong enough, a sponsor who does not protect, nothing on a place."""
    answers = good_answers(sheet)
    if sheet == "catalyst":
        answers["candidates"][0]["bigger"] = "partly"
    if sheet == "champion":
        answers["candidates"][0]["cover"] = "no"
    return answers


@pytest.mark.parametrize(
    "options",
    [pytest.param({}, id="desk", marks=pytest.mark.soak), pytest.param(PHONE, id="phone")],
)
def test_every_surface_says_the_same_word_of_a_sheet(
    open_sheet: Callable[..., Tab], kept: Store, tmp_path: Path, options: dict[str, Any]
) -> None:
    answers = {sheet: half_done(sheet) for sheet in HALF_DONE}
    for sheet, told in answers.items():
        write(kept, sheet, told)
        text = json.dumps(told, default=str)
        (tmp_path / f"{sheet}.json").write_text(text, encoding="utf-8")
    told = words_of_the_command(tmp_path, [*SHEETS, GATE.id])
    assert told == [*HALF_DONE.values(), "Stop"]

    tab = open_sheet(GATE.id, **options)
    musts = tab.says.locator(".must")
    expect(musts).to_have_count(len(SHEETS))
    assert [line.locator("p").first.locator("span").inner_text() for line in musts.all()] == WORDS
    expect(tab.verdict).to_have_text(tab.ends("fail"))
    assert words_of_brief(tab) == [*WORDS, "Stop"]

    tab.enter()
    card = tab.page.get_by_role("region", name=FRAMEWORK.stages[0].title)
    expect(card.locator(".stamp")).to_have_text("Stop")
    assert card.locator(".musts > li > .verdict").all_inner_texts() == WORDS
    assert words_of_brief(tab) == [*WORDS, "Stop"]

    for sheet, word in HALF_DONE.items():
        there = open_sheet(sheet, **options)
        expect(there.verdict.locator(".verdict")).to_have_text(word)
        assert word in saved_page(there, tmp_path / f"{sheet}.html")


def words_of_the_command(folder: Path, sheets: Sequence[str]) -> list[str]:
    """What `playbook assess FOLDER` says of each sheet."""
    command = [sys.executable, "-m", "playbook.cli.main", "assess", str(folder)]
    said = subprocess.run(
        command, env=child_environment(), capture_output=True, text=True, check=True
    ).stdout
    titles = [FRAMEWORK.titles[sheet] for sheet in sheets]
    heads = [line for line in said.splitlines() if line.startswith(tuple(titles))]
    return [line.split(": ")[1] for line in heads]


def words_of_brief(tab: Tab) -> list[str]:
    tab.page.get_by_role("button", name=DOOR.open).first.click()
    page = tab.dialog.locator(".brief-page")
    expect(page.locator("article")).to_be_visible()
    words = page.locator("header :is(.sheets, .eyebrow) .verdict").all_inner_texts()
    tab.page.keyboard.press("Escape")
    return [*words[1:], words[0]]  # the stage's own stands first


def saved_page(tab: Tab, file: Path) -> str:
    """The verdict on the page that "Save as a page" gives."""
    with tab.page.expect_download() as begun:
        tab.pick("form.more", "form.html")
        if tab.page.locator("[data-private]").count():
            tab.dialog.get_by_role("button", name=tab.say("form.html"), exact=True).click()
    begun.value.save_as(file)
    reader = tab.page.context.new_page()
    reader.set_content(file.read_text(encoding="utf-8"))
    said = reader.locator("main").inner_text()
    reader.close()
    return said
