"""The first stage on a real host: what one sheet decided reaches the next, and all the gate."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, expect

from playbook.framework import load_framework
from playbook.model.storage import Operation, Set, Store
from playbook.worksheet.fields import row_order
from playbook.worksheet.parse import read_worksheet

from .conftest import PHONE, Tab
from .test_accessibility import check

pytestmark = pytest.mark.row("APP-14", "APP-18", "CAT-02")

FRAMEWORK = load_framework()
SITUATIONS = Path(__file__).parents[1] / "situations"
SHEETS = ("zoom_out", "catalyst", "champion", "entry_point", "metric_tree")
POINTS = 4
YEARS = date.today().year - 2025  # the situations are told of days that have passed by now
NEAR = {"decision_date": 0, "by_when": 60}
"""What holds only on a day near today, and in how many days that is."""


def later(value: Any) -> Any:
    """The same, its days in years that nobody here will see pass, but for what must be near."""
    if isinstance(value, date):
        return value.replace(year=value.year + YEARS)
    if isinstance(value, dict):
        near = {key: date.today() + timedelta(days=NEAR[key]) for key in value.keys() & NEAR}
        return {key: later(item) for key, item in value.items()} | near
    return [later(item) for item in value] if isinstance(value, list) else value


def good_answers(sheet: str) -> dict[str, Any]:
    """A sheet that holds, as its situations tell it."""
    told = tomllib.loads((SITUATIONS / f"{sheet}.toml").read_text(encoding="utf-8"))
    return later(told.get("whole") or {"candidates": [told["solid"]]})


def write(store: Store, sheet: str, answers: dict[str, Any] | None = None) -> str:
    """A worksheet with these answers, else with such as hold, in the store; its id."""
    told = answers or good_answers(sheet)
    worksheet = read_worksheet(FRAMEWORK.sheets[sheet], told, FRAMEWORK.words)
    values: dict[str, Any] = dict(worksheet.answers)
    for table, rows in worksheet.tables.items():
        for place, row in enumerate(rows, 1):
            values[f"{table}/{row.id}"] = float(place)
            values |= {f"{table}/{row.id}/{key}": value for key, value in row.answers.items()}
    sets = (
        Set(field, list(value) if isinstance(value, tuple) else value, None)
        for field, value in values.items()
    )
    info = store.create(sheet, FRAMEWORK.sheets[sheet].title)
    store.commit(info.id, Operation(str(uuid4()), "elsewhere", "set", 1, tuple(sets)))
    return info.id


def stage(tab: Tab) -> Locator:
    """The first stage on the home page."""
    tab.page.goto(f"{tab.base}/voila/render/00_home.ipynb")
    title = FRAMEWORK.stages[0].title
    return tab.page.get_by_role("region", name=title)


def carried(tab: Tab) -> Locator:
    """What other sheets decided; on a phone it is folded."""
    region = tab.page.get_by_role("region", name=tab.say("form.carried"))
    expect(region).to_be_visible()
    if not region.locator("details[open]").count():
        region.locator("summary").click()
    return region


def meaning(tab: Tab, verdict: str) -> str:
    """The sheet's sentence without the word, which the home page shows as a mark beside it."""
    said = tab.sheet.verdict_texts[verdict].partition(": ")[2]
    return said[0].upper() + said[1:]


def test_sheets_that_hold_open_the_gate_and_one_that_stops_closes_it(
    open_sheet: Callable[..., Tab], kept: Store
) -> None:
    worksheets = {sheet: write(kept, sheet) for sheet in SHEETS}
    tab = open_sheet("recognise_gate")
    expect(carried(tab).get_by_role("listitem")).to_have_count(len(SHEETS))
    holds = FRAMEWORK.words.text("level.pass")
    for line in carried(tab).get_by_role("listitem").all():
        expect(line).to_contain_text(holds)
    tab.choose("go_on", "go")
    tab.write("because", "We are ready.")
    tab.write("decided_by", "Head of branches")
    tab.write("look_again", (date.today() + timedelta(weeks=6)).isoformat())
    expect(tab.verdict).to_have_text(tab.ends("pass"))
    expect(stage(tab)).to_contain_text(holds)
    expect(stage(tab)).to_contain_text(meaning(tab, "pass"))

    (row,) = row_order(kept.load(worksheets["catalyst"]).fields, "candidates")
    no_break = Set(f"candidates/{row}/breaks", "no", None)
    change = Operation(str(uuid4()), "elsewhere", "set", 1, (no_break,))
    kept.commit(worksheets["catalyst"], change)
    home = stage(tab)
    expect(home).to_contain_text(meaning(tab, "fail"))
    check(tab, "home")
    home.get_by_role("link", name=tab.sheet.messages["APP-18.unexplained"].advice).click()
    tab.ready()
    expect(carried(tab)).to_contain_text(FRAMEWORK.words.text("level.fail"))
    tab.write("unsettled", "Nobody says yet that work has to change.")
    expect(tab.says).to_contain_text(tab.sheet.messages["APP-18.anyway"].text)
    check(tab, "gate")


@pytest.mark.parametrize(
    "options",
    [pytest.param({}, id="desk"), pytest.param(PHONE, id="phone", marks=pytest.mark.soak)],
)
def test_what_a_leader_decides_is_on_the_next_sheet_and_is_changed_where_it_was_decided(
    open_sheet: Callable[..., Tab], options: dict[str, Any]
) -> None:
    tab = open_sheet("catalyst", **options)
    tab.write("what", "Clients leave for rivals")
    tab.saved()
    tab.page.goto(f"{tab.base}/voila/render/03_champion.ipynb")
    expect(carried(tab)).to_contain_text("Clients leave for rivals")
    carried(tab).get_by_role("link").first.click()
    tab.ready()
    expect(tab.box("what")).to_have_value("Clients leave for rivals")
    tab.write("what", "Clients leave for friends")
    tab.saved()
    tab.page.goto(f"{tab.base}/voila/render/03_champion.ipynb")
    expect(carried(tab)).to_contain_text("Clients leave for friends")


def test_an_entry_point_goes_the_whole_way_by_keyboard(open_sheet: Callable[..., Tab]) -> None:
    """Six questions, two of them on the map, and what they open: the place is ready."""
    tab = open_sheet("entry_point")
    tab.write("place", "The two call centres")
    tab.choice("free", "yes").press("Space")
    tab.choice("reach", "yes").press("Space")
    disc = tab.page.locator(".map .disc")
    disc.focus()
    for key in ["ArrowUp"] * POINTS + ["ArrowRight"] * POINTS:  # as far as it goes
        tab.page.keyboard.press(key)
    expect(disc).to_be_focused()
    tab.choice("supervisor", "yes").press("Space")
    tab.choice("blockers", "nobody").press("Space")
    tab.write("population", "140")
    tab.write("rate", "20%")
    tab.saved()
    answers = tab.answers()
    assert (answers["population"], answers["rate"]) == ("140", "20")
    points = FRAMEWORK.sheets["entry_point"].scales
    assert answers["impact"] == points["impact"][-1]
    assert answers["likelihood"] == points["likelihood"][-1]
    expect(tab.page.locator(".map-legend .verdict")).to_have_text("Ready")
