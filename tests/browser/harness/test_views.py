"""Views: a section drawn as a picture, several on one sheet, and one that is added."""

from __future__ import annotations

import fnmatch
import shutil
import sys
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from playbook.framework import Framework, load_framework
from playbook.model import Sheet
from playbook.model.resources import content_dir
from tests.browser.harness.catalyst import SAVED, WHAT
from tests.browser.harness.test_form_for_everybody import serious
from tests.browser.labels import say
from widgets.app import VIEWS
from widgets.form import View

if TYPE_CHECKING:
    from conftest import FormPage

HERE = Path(__file__).parent
COLUMNS = View("columns", HERE / "columns.js", HERE / "columns.css")

OF_FOCUS = ("measures", "promise", "lots")
"""The tables that the views of the focus sheet draw."""

# What somebody writes who adds the view "columns" to the catalyst, as CONTRIBUTING says.
WORDING = """
[columns]
open = "Nobody asked yet"
moved = "{row} is now under {column}."
"""
SECTION = """
[[sections]]
id = "columns"
title = "Who feels it"
table = "candidates"
view = "columns"

[[sections.questions]]
id = "felt"
kind = "one"
text = "Who feels it?"
why = "What everybody feels needs no explaining."
rows = ["CAT-03"]
choices = [
  { id = "few", label = "A few people" },
  { id = "many", label = "Everybody" },
]
"""


@pytest.fixture(scope="module")
def framework(tmp_path_factory: pytest.TempPathFactory) -> Framework:
    """The framework with that content."""
    folder = tmp_path_factory.mktemp("content") / "content"
    shutil.copytree(content_dir(), folder)
    (folder / "wording" / "columns.toml").write_text(WORDING, encoding="utf-8")
    with (folder / "sheets" / "catalyst.toml").open("a", encoding="utf-8") as file:
        file.write(SECTION)
    return load_framework(folder)


@pytest.fixture(autouse=True)
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(VIEWS, "columns", COLUMNS)


def sheet_with(views: tuple[str, ...], framework: Framework) -> Sheet:
    """A sheet with these views; what others ask of the same rows stands there without a view."""
    places, tree = framework.sheets["entry_point"], framework.sheets["metric_tree"]
    groups, focus = framework.sheets["workgroups"], framework.sheets["focus"]
    candidates = [*places.sections, *framework.sheets["catalyst"].sections]
    named = next(one for one in places.sections if not one.view)
    known = {
        "candidates": [named, *(one for one in candidates if one.view)],
        "nodes": [one for one in tree.sections if one.view],
        "people": [one for one in groups.sections if one.table == "people"],
        **{name: [one for one in focus.sections if one.table == name] for name in OF_FOCUS},
        None: [
            *framework.sheets["zoom_out"].sections[:1],
            *(one for one in focus.sections if one.view and not one.table),
        ],
    }
    drawn = {one.table for sections in known.values() for one in sections if one.view in views}
    sections = tuple(
        one.model_copy(update={"deeper": False})
        if one.view in views
        else one.model_copy(update={"view": None})
        for table in known
        if table in drawn
        for one in known[table]
    )
    return places.model_copy(
        update={
            "id": "pair",
            "chosen": None,
            "carries": (),
            "charts": {},
            "tables": (
                places.table("candidates"),
                tree.table("nodes"),
                groups.table("people"),
                *(focus.table(name) for name in OF_FOCUS),
            ),
            "sections": sections,
        }
    )


def place(form: FormPage) -> None:
    form.page.locator(".disc").focus()
    form.page.keyboard.press("ArrowUp")


def name_the_money(form: FormPage) -> None:
    form.page.locator(".chain").get_by_role("textbox").first.fill("Revenue")


def add_a_metric(form: FormPage) -> None:
    tree, say = form.page.locator(".tree"), form.framework.words.text
    if tree.get_by_role("treeitem").count():
        tree.get_by_role("treeitem").first.click()
        tree.get_by_role("button", name=say("tree.child"), exact=True).click()
    else:
        tree.get_by_role("button", name=say("tree.begin")).click()


def move_a_card(form: FormPage) -> None:
    form.page.locator(".columns").get_by_role("button").first.click()


def want_more(form: FormPage) -> None:
    section = form.page.locator("[data-section=shifts]")
    section.get_by_role("radio").last.check()
    expect(section.locator(".picture-top")).to_be_visible()  # it waits for something to draw


def list_a_person(form: FormPage) -> None:
    say, dialog = form.framework.words.text, form.page.get_by_role("dialog")
    form.page.locator(".groups").get_by_role("button", name=say("workgroups.paste")).click()
    dialog.get_by_label(say("workgroups.paste_label")).fill("Name,Area\nAnn Lee,Lab")
    dialog.get_by_role("button", name=say("workgroups.paste_ok")).click()
    expect(form.page.locator(".groups-board .person")).to_have_count(1)


VIEWS_DONE = {
    "map": (".map-board", place, "candidates/*/impact"),
    "chain": (".chain", name_the_money, "nodes/*/name"),
    "tree": (".tree", add_a_metric, "nodes/*"),
    "shifts": ("[data-section=shifts]", want_more, "*_wanted"),
    "workgroups": (".groups", list_a_person, "people/*/code"),
    "columns": (".columns", move_a_card, "candidates/*/felt"),
}
"""For each view: its element, what a person does there first, and the fields that this fills."""


LOOKED_AT = {
    "weekly_charts": ".weekly-charts",
    "sight": ".sight",
    "lot": ".draw-lot",
    "weekly_file": ".weekly-file",
}
"""Views that answer without filling anything, and their element; tests/browser/test_focus.py goes
through them."""


OF_THEIR_SHEETS = {
    *("nine", "weeks", "stages"),
    *("connections", "obstacles", "profile"),
    *("spread", "pilot_result"),
}
"""Views of lists that only their own sheets have; test_practices.py, test_field.py and
test_decide.py beside this folder go through them."""


def test_every_view_is_tried_below() -> None:
    assert VIEWS_DONE.keys() | LOOKED_AT.keys() | OF_THEIR_SHEETS == VIEWS.keys()


@pytest.mark.parametrize("view", [it for it in VIEWS_DONE if it != "columns"])
def test_views_that_answer_stand_beside_any_other(
    view: str,
    framework: Framework,
    tab: Callable[..., FormPage],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "playbook.rules.pair", ModuleType("playbook.rules.pair"))
    form = tab(sheet=sheet_with((view, *LOOKED_AT), framework), framework=framework)
    for element in LOOKED_AT.values():
        expect(form.page.locator(element)).to_be_attached()  # a file's waits for something to say
    element, act, fields = VIEWS_DONE[view]
    expect(form.page.locator(element)).to_be_visible()
    act(form)
    expect(form.save).to_have_text(SAVED)
    assert fnmatch.filter(form.stored(), fields)
    say = form.framework.words.text
    expect(form.page.locator(".sight")).to_contain_text(say("evidence.see.no_primary"))
    expect(form.page.locator(".draw-lot")).to_contain_text(say("evidence.lot.first_promise"))


@pytest.mark.parametrize("pair", [*combinations(VIEWS_DONE, 2)], ids="+".join)
def test_any_two_views_load_and_work_on_one_sheet(
    pair: tuple[str, str],
    framework: Framework,
    tab: Callable[..., FormPage],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "playbook.rules.pair", ModuleType("playbook.rules.pair"))
    # The fixture fails for any error on the page.
    form = tab(sheet=sheet_with(pair, framework), framework=framework)
    for view in pair:
        element, act, fields = VIEWS_DONE[view]
        before = fnmatch.filter(form.stored(), fields)
        expect(form.page.locator(element)).to_be_visible()
        act(form)
        expect(form.save).to_have_text(SAVED)
        assert len(fnmatch.filter(form.stored(), fields)) > len(before)


def test_a_view_added_to_the_catalyst_works(
    framework: Framework, tab: Callable[..., FormPage]
) -> None:
    framework.checked()
    form = tab(framework=framework)
    form.box(WHAT).fill("Half our engineers retire.")
    columns = form.page.locator(".columns")
    card = columns.get_by_role("button", name="Half our engineers retire.")
    card.click()
    expect(columns.get_by_role("group", name="A few people")).to_contain_text("Half our engineers")
    expect(form.page.locator("[data-pb-live]")).to_contain_text("is now under A few people.")
    card.focus()
    form.page.keyboard.press("Enter")
    expect(form.save).to_have_text(SAVED)
    assert [value for name, value in form.stored().items() if name.endswith("/felt")] == ["many"]
    form.button(say("form.undo")).click()
    expect(columns.get_by_role("group", name="A few people")).to_contain_text("Half our engineers")
    form.reload()
    expect(columns.get_by_role("group", name="A few people")).to_contain_text("Half our engineers")
    assert serious(form.page) == []
