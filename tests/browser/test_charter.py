"""The stage Create on a real host: one word a sheet wherever it is told, and at the end of the
leader's way the pilot charter as PDF."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Locator, expect
from pypdf import PdfReader

from benchmarks.client import child_environment
from playbook.assessing.workbook import Workbook
from playbook.framework import load_framework
from playbook.model.storage import Operation, Set, Store
from playbook.report.brief.answers import answers_text
from tests.server.hosts import ClassServer

from .cohort.test_sheet import Member
from .conftest import PHONE, Tab
from .test_accessibility import check_in_both_colours
from .test_first_look import saved_page
from .test_recognise import write

pytestmark = pytest.mark.row("CND-02", "CND-06", "APP-18")

FRAMEWORK = load_framework()
STAGE = next(one for one in FRAMEWORK.stages if one.id == "create")
SHEETS = ("capacity", "workgroups", "supervisors", "expectations")
GATE = FRAMEWORK.sheets["create_gate"]
DOOR = FRAMEWORK.briefs["create"].door
HALF = ["Ready", "Ready", "Stop", "Not yet", "Stop"]
"""The words of the sheets and of the gate: one supervisor has not agreed, limits are not looked at
again for years."""
READY = ["Ready"] * 5
YEARS = date.today().year - 2025  # the story is told of days that have passed by now
ISO = re.compile(r"\d{4}-\d\d-\d\d")
SOON = (date.today() + timedelta(days=14)).isoformat()


def later(value: Any) -> Any:
    """The same, its days in years to come."""
    if isinstance(value, dict):
        return {key: later(item) for key, item in value.items()}
    if isinstance(value, list):
        return [later(item) for item in value]
    if isinstance(value, date):
        return value.replace(year=value.year + YEARS)
    if isinstance(value, str) and ISO.fullmatch(value):
        return f"{int(value[:4]) + YEARS}{value[4:]}"
    return value


def story(sheet: str) -> dict[str, Any]:
    """The finished example's answers, one of them changed."""
    answers = later(deepcopy(dict(FRAMEWORK.examples[sheet].answers)))
    if sheet == "supervisors":
        answers["supervisors"][1]["agreed"] = "no"
    return answers


def change(store: Store, worksheet: str, **fields: str) -> None:
    """Answers that somebody gives elsewhere, by field with “__” for its slashes."""
    sets = tuple(Set(name.replace("__", "/"), value, None) for name, value in fields.items())
    store.commit(worksheet, Operation(str(uuid4()), "elsewhere", "set", 1, sets))


def heal(store: Store, worksheets: dict[str, str]) -> None:
    """The supervisor agrees, and all limits are looked at again soon."""
    change(store, worksheets["supervisors"], supervisors__late__agreed="yes")
    guards = {f"guards__{one}__guard_review": SOON for one in ("callers", "other", "system")}
    goodwill = {"guards__goodwill__guard_review": SOON, "guard_look": SOON}
    change(store, worksheets["expectations"], **guards, **goodwill)


def words_of_the_command(folder: Path, answers: dict[str, Any]) -> list[str]:
    """What `playbook assess FOLDER --json` says of each sheet, then of the gate."""
    for sheet, told in answers.items():
        text = json.dumps(told, default=str)
        (folder / f"{sheet}.json").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "playbook.cli.main", "assess", str(folder), "--json"]
    said = subprocess.run(
        command, env=child_environment(), capture_output=True, text=True, check=True
    ).stdout
    found = {one["sheet"]: one["verdict"] for one in json.loads(said)}
    return [FRAMEWORK.words.text(f"level.{found[one]}") for one in (*SHEETS, GATE.id)]


def words_at_the_gate(tab: Tab) -> list[str]:
    """What the gate's card says of each must, then its own verdict."""
    musts = tab.says.locator(".must")
    expect(musts).to_have_count(len(SHEETS))
    words = [line.locator("p").first.locator("span").inner_text() for line in musts.all()]
    return [*words, tab.verdict.locator(".verdict").inner_text()]


def words_at_home(page: Locator) -> list[str]:
    """What the stage's card says of each sheet, then of the stage."""
    expect(page.locator(".stamp")).not_to_be_empty()
    return [*page.locator(".musts > li > .verdict").all_inner_texts(), stamp_of(page)]


def stamp_of(page: Locator) -> str:
    return page.locator(".stamp").inner_text()


def open_charter(tab: Tab) -> Locator:
    """The charter's second page in its dialog."""
    tab.page.get_by_role("button", name=DOOR.open).last.click()
    pages = tab.dialog.locator(".brief-page article")
    expect(pages).to_have_count(2)
    return pages.last


def words_of_the_charter(tab: Tab) -> list[str]:
    words = open_charter(tab).locator("header :is(.sheets, .eyebrow) .verdict").all_inner_texts()
    tab.page.keyboard.press("Escape")
    return [*words[1:], words[0]]  # the stage's own stands first


def card_of(tab: Tab) -> Locator:
    return tab.page.get_by_role("region", name=STAGE.title)


@pytest.mark.parametrize(
    "options",
    [pytest.param({}, id="desk"), pytest.param(PHONE, id="phone", marks=pytest.mark.soak)],
)
def test_a_leaders_way_through_create_ends_with_the_charter_and_one_word_a_sheet(
    open_sheet: Callable[..., Tab], kept: Store, tmp_path: Path, options: dict[str, Any]
) -> None:
    answers = {sheet: story(sheet) for sheet in (*SHEETS, GATE.id)}
    worksheets = {sheet: write(kept, sheet, told) for sheet, told in answers.items()}
    assert words_of_the_command(tmp_path, answers) == HALF

    tab = open_sheet(GATE.id, **options)
    assert words_at_the_gate(tab) == HALF
    assert words_of_the_charter(tab) == HALF
    tab.enter()
    assert words_at_home(card_of(tab)) == HALF
    assert words_of_the_charter(tab) == HALF
    for sheet, word in zip(SHEETS, HALF, strict=False):
        there = open_sheet(sheet, **options)
        expect(there.verdict.locator(".verdict")).to_have_text(word)
        assert word in saved_page(there, tmp_path / f"{sheet}.html")

    heal(kept, worksheets)
    tab = open_sheet(GATE.id, **options)
    expect(tab.verdict).to_have_text(tab.ends("pass"))
    assert words_at_the_gate(tab) == READY
    second = open_charter(tab)
    expect(second).to_contain_text("24 people in 4 groups")
    check_in_both_colours(tab, "the charter, open")
    with tab.page.expect_download() as begun:
        tab.dialog.get_by_role("button", name=tab.say("brief.door.pdf"), exact=True).click()
    assert begun.value.suggested_filename.startswith("Pilot charter ")
    begun.value.save_as(tmp_path / "charter.pdf")
    one, two = (page.extract_text() for page in PdfReader(tmp_path / "charter.pdf").pages)
    assert "page 1 of 2" in one
    assert two.count("Ready") == len(READY)
    assert "H01" not in two


@pytest.fixture(scope="module")
def class_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassServer]:
    with ClassServer(tmp_path_factory.mktemp("class") / "home") as running:
        yield running


def test_a_class_sees_the_same_words(
    class_server: ClassServer, new_context: Callable[..., BrowserContext], kept: Store
) -> None:
    """What somebody brings along is told alike: at home, at the gate, in the document to keep."""
    for sheet in (*SHEETS, GATE.id):
        write(kept, sheet, story(sheet))
    mine = answers_text(Workbook(FRAMEWORK, date.today(), kept), ["create"], private=True)
    lin = Member(class_server, "Lin")
    secret = {"X-XSRFToken": lin.http.cookies["_xsrf"]}
    lin.http.post("/place/bring", json={"workspace": json.loads(mine)}, headers=secret)
    document = lin.http.get("/place/worksheets.html", timeout=120).text
    for sheet, word in zip((*SHEETS, GATE.id), HALF, strict=True):
        level = next(it for it in GATE.verdict_texts if FRAMEWORK.words.text(f"level.{it}") == word)
        assert FRAMEWORK.sheets[sheet].verdict_texts[level] in document, sheet

    context = new_context()
    lin.sit_down(context)
    tab = Tab(context.new_page(), class_server, None)
    tab.sheet = GATE
    tab.open()
    assert words_at_the_gate(tab) == HALF
    assert words_of_the_charter(tab) == HALF
    tab.page.goto(f"{tab.base}/voila/render/00_home.ipynb")
    assert words_at_home(card_of(tab)) == HALF
    lin.http.close()
    assert tab.trouble == []


def test_the_gates_pictures_have_their_words(open_sheet: Callable[..., Tab]) -> None:
    """The dial and the four moves are drawn beside the form, each with the same in sentences."""
    tab = open_sheet(GATE.id, "example")
    for name, sentence in (
        ("dial", "The dial points to what is critical: 2 now, and at most 7 are enough."),
        ("moves", "All 4 are ready. Taken together they give people a reason to want it."),
    ):
        picture = tab.page.get_by_role("figure", name=tab.say(f"{name}.title"))
        for one in tab.page.locator(".chart-place").all():
            one.evaluate("(place) => place.scrollIntoView()")
        expect(picture).to_be_visible()
        tab.open_all()
        expect(picture).to_contain_text(sentence)
