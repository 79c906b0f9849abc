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
from playwright.sync_api import Route, expect

from playbook.framework import Framework, load_framework
from playbook.model import Sheet
from playbook.model.resources import content_dir
from tests.browser.harness.catalyst import SAVED, WHAT
from tests.browser.harness.test_form_for_everybody import serious
from tests.browser.labels import say
from widgets.app import VIEWS
from widgets.assets import bundle
from widgets.form import View
from widgets.form.view import FORM, entry_of

if TYPE_CHECKING:
    from conftest import FormPage

HERE = Path(__file__).parent
COLUMNS = View("columns", HERE / "columns.js", HERE / "columns.css")

DRAWN = {
    "governance": ("gates", "phases"),
    "flow": ("steps",),
    "alignment": (),
    "workgroups": ("people",),
    "focus": ("measures", "promise", "lots"),
    "practices": ("practices", "check_ins", "board"),
    "connect": ("connections",),
    "obstacles": ("obstacles", "pulse"),
    "system_map": ("parts", "links"),
    "act_gate": ("criteria", "rivals", "waves", "spinoffs", "areas"),
}
"""By sheet, the tables that its views draw."""

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


def sheet_with_all(framework: Framework) -> Sheet:
    """A sheet with every view; what others ask of the same rows stands there without a view."""
    places, tree = framework.sheets["entry_point"], framework.sheets["metric_tree"]
    named = next(one for one in places.sections if not one.view)
    drawn = [named, *places.sections, *framework.sheets["catalyst"].sections, *tree.sections]
    sections = [one for one in drawn if one is named or one.view]
    sections += framework.sheets["zoom_out"].sections[:1]
    tables = [places.table("candidates"), tree.table("nodes")]
    for name, theirs in DRAWN.items():
        sheet = framework.sheets[name]
        tables += map(sheet.table, theirs)
        sections += [
            one.model_copy(update={"id": f"{name}_{one.id}"})
            for one in sheet.sections
            if one.table in theirs or (one.view and not one.table)
        ]
    shown = tuple(one.model_copy(update={"deeper": False}) for one in sections)
    own = {"tables": tuple(tables), "sections": shown, "carries": (), "charts": {}}
    # Made anew: a copy would keep what the sheet has worked out of its own questions.
    return Sheet.model_construct(**dict(places) | own | {"id": "all", "chosen": None})


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


def press(part: str) -> Callable[[FormPage], None]:
    """Press the first button of a part of the page."""
    return lambda form: form.page.locator(part).locator("button:visible").first.click()


def name_a_partner(form: FormPage) -> None:
    section = form.page.locator("[data-section=connect_connections]")
    section.locator(".row-buttons button:visible").first.click()
    section.get_by_role("textbox").first.fill("The clinic")


def say_what_drives(form: FormPage) -> None:
    form.page.locator(".own-profile").get_by_role("radio").last.check()
    expect(form.page.locator(".own-profile [role=status]")).not_to_be_empty()


def draw_a_part(form: FormPage) -> None:
    form.page.locator(".system-map .add-part input").fill("Desk")
    form.page.locator(".system-map .add-part button").click()


VIEWS_DONE = {
    "map": (".map-board", place, "candidates/*/impact"),
    "chain": (".chain", name_the_money, "nodes/*/name"),
    "tree": (".tree", add_a_metric, "nodes/*"),
    "shifts": ("[data-section=shifts]", want_more, "*_wanted"),
    "path": ("[data-section=governance_path] figure", None, ""),
    "swim_lanes": ("[data-section=flow_work] figure", None, ""),
    "pairs": ("[data-section=alignment_pairs] figure", None, ""),
    "workgroups": (".groups", list_a_person, "people/*/code"),
    "columns": (".columns", move_a_card, "candidates/*/felt"),
    "nine": (".nine", press(".nine"), "practices/*/which"),
    "weeks": (".weeks", press(".weeks"), "check_ins/*/week"),
    "stages": (".stages", press(".stages"), "board/*/stage"),
    "connections": (".connections", name_a_partner, "connections/*/partner"),
    "obstacles": (".obstacle-board", press(".obstacle-board"), "obstacles/*"),
    "system_map": (".system-map", draw_a_part, "parts/*/part"),
    "profile": (".own-profile", say_what_drives, ""),
    "weekly_charts": (".weekly-charts", None, ""),
    "sight": (".sight", None, ""),
    "lot": (".draw-lot", None, ""),
    "weekly_file": (".weekly-file", None, ""),
    "pilot_result": (".pb-result", None, ""),
    "spread": ("[data-section=act_gate_ahead] figure", None, ""),
}
"""For each view: its element, what a person does there first, and the fields that this fills;
some only answer, or keep what is said from every field."""


def test_all_views_work_on_one_sheet(
    framework: Framework, tab: Callable[..., FormPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert VIEWS_DONE.keys() == VIEWS.keys()
    monkeypatch.setitem(sys.modules, "playbook.rules.all", ModuleType("playbook.rules.all"))
    # The fixture fails for any error on the page.
    form = tab(sheet=sheet_with_all(framework), framework=framework)
    for element, act, fields in VIEWS_DONE.values():
        before = fnmatch.filter(form.stored(), fields)
        expect(form.page.locator(element).first).to_be_attached()  # a file's waits for its words
        if act is None:
            continue
        expect(form.page.locator(element).first).to_be_visible()
        act(form)
        expect(form.save).to_have_text(SAVED)
        assert len(fnmatch.filter(form.stored(), fields)) > len(before) or not fields
    say = form.framework.words.text
    expect(form.page.locator(".sight")).to_contain_text(say("evidence.see.no_primary"))
    expect(form.page.locator(".draw-lot")).to_contain_text(say("evidence.lot.first_promise"))


def test_every_two_views_are_bundled_and_loaded(form: FormPage) -> None:
    pairs = {f"{one.name}+{two.name}": (one, two) for one, two in combinations(VIEWS.values(), 2)}
    assert len(pairs) == len(VIEWS) * (len(VIEWS) - 1) / 2

    def served(route: Route) -> None:
        pair = pairs[route.request.url.rpartition("/")[2].removesuffix(".js")]
        text = bundle(entry_of(pair), FORM / "pair.js")
        route.fulfill(content_type="text/javascript", body=text)

    form.page.route("**/pairs/*", served)
    load = """async (names) => {
        const wrong = [];
        const load = async (name) => {
            const { render } = (await import(`/pairs/${name}.js`)).default;
            if (!(render instanceof Function)) throw new Error("it draws nothing");
        };
        const note = (name) => (error) => wrong.push(`${name}: ${error}`);
        for (const name of names) await load(name).catch(note(name));
        return wrong;
    }"""
    assert form.page.evaluate(load, list(pairs)) == []


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
