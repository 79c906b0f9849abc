"""The leader's whole way on one sheet: by mouse, by keyboard alone, and on a phone."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Download, Locator, expect

from playbook.worksheet.kinds.date import written_date
from tests.server.hosts import Server

from .conftest import PHONE, Tab
from .hands import WITH, Mouse, Touch

pytestmark = pytest.mark.slow

RIVALS = "Rivals take our small-town clients."
LOSS = "Every tenth client, and two branches."
RETIRING = "Half our engineers retire within five years."
CHANCE = "Families plan with us, whatever they buy."
SOON = date.today() + timedelta(days=90)
SECRET = "The Miller account"
FIRST_SCREEN = 9
CORE = 6

SOAK_ALONE = {"mouse"}  # a finger presses the same


@pytest.fixture(
    params=[
        pytest.param(kind, id=name, marks=[pytest.mark.soak] if name in SOAK_ALONE else [])
        for name, kind in WITH.items()
    ]
)
def hands(request: pytest.FixtureRequest, new_tab: Callable[..., Tab]) -> Mouse:
    kind = request.param
    return kind(new_tab(**(PHONE if kind is Touch else {})))


def test_a_leader_goes_the_whole_way(hands: Mouse, tmp_path: Path) -> None:
    opens_the_sheet(hands)
    answers_and_sees_the_verdict_change(hands)
    reads_a_source(hands)
    adds_a_second_candidate(hands)
    hands.tab.reload()
    finds_everything_again(hands)
    takes_the_last_answer_back(hands)
    takes_everything_along(hands, tmp_path)
    erases_one_answer_for_good(hands)
    erases_everything(hands)


def opens_the_sheet(hands: Mouse) -> None:
    tab, page = hands.tab, hands.page
    tab.enter()
    expect(page.get_by_role("heading", level=1)).to_have_text(tab.say("home.title"))
    hands.press(page.locator(f'main a[href*="{tab.sheet.notebook}"]').first)
    tab.ready()
    expect(page.get_by_role("heading", level=1)).to_have_text(tab.sheet.headline)
    expect(tab.save).to_have_text(tab.say("form.save_nothing"))
    expect(hands.see_verdict()).to_have_text(tab.ends("unknown"))
    assert 0 < questions_in_sight(tab) <= FIRST_SCREEN


def questions_in_sight(tab: Tab) -> int:
    return tab.form.locator("legend:visible, label.q:visible").count()


def answers_and_sees_the_verdict_change(hands: Mouse) -> None:
    tab = hands.tab
    hands.write(tab.box("what"), RIVALS)
    hands.choose(tab.choice("kind", "market"))
    hands.write(tab.box("opportunity"), CHANCE)
    tab.saved()
    hands.choose(tab.choice("breaks", "no"))
    sees_the_verdict(hands, "fail")
    hands.choose(tab.choice("breaks", "yes"))
    hands.choose(tab.choice("control", "no"))
    sees_the_verdict(hands, "unknown")
    hands.choose(tab.choice("urgent", "yes"))
    hands.date(tab.box("by_when"), SOON)
    hands.write(tab.box("loss"), LOSS)
    hands.choose(tab.choice("bigger", "yes"))
    hands.write(tab.box("impact_customer"), CHANCE)
    hands.choose(tab.choice("alignment", "direct"))
    hands.choose(tab.choice("capacity", "yes"))
    sees_the_verdict(hands, "pass")
    tab.saved()
    counted = tab.say("form.progress", answered=CORE, asked=CORE)
    expect(tab.page.locator(".counter")).to_have_text(counted)
    assert tab.heard().count(tab.ends("pass")) == 1


def sees_the_verdict(hands: Mouse, level: str) -> None:
    text = hands.tab.ends(level)
    hands.tab.saved()  # keys pass over other choices, and each of them has a verdict of its own
    expect(hands.tab.verdict).to_have_text(text)
    assert hands.tab.heard()[-1:] == [text], "a changed verdict is announced, and nothing after it"
    expect(hands.see_verdict()).to_be_visible()


def reads_a_source(hands: Mouse) -> None:
    tab = hands.tab
    sources = tab.says.locator(".popover-panel")
    expect(sources).to_be_hidden()
    hands.press(tab.says.locator("summary", has_text=tab.say("cards.sources")))
    expect(sources).to_be_visible()
    expect(sources.locator("cite").first).not_to_be_empty()


def adds_a_second_candidate(hands: Mouse) -> None:
    tab = hands.tab
    hands.press(tab.button("form.row_add", name=tab.row_name))
    expect(tab.box("what")).to_be_focused()
    hands.write(tab.box("what"), RETIRING)
    hands.choose(tab.choice("breaks", "partly"))
    tab.saved()
    expect(tab.compare.get_by_role("row")).to_have_count(1 + 2)
    expect(tab.compare.get_by_role("row", name=RIVALS)).to_contain_text(tab.say("level.pass"))
    expect(tab.compare.get_by_role("row", name=RETIRING)).to_contain_text(tab.say("level.warn"))
    expect(tab.verdict).to_have_text(tab.ends("pass"))


def finds_everything_again(hands: Mouse) -> None:
    tab = hands.tab
    picker = tab.page.get_by_role("group", name=tab.of_row("form.pick"))
    hands.press(picker.get_by_role("button", name=RETIRING))
    expect(tab.box("what")).to_have_value(RETIRING)
    expect(tab.choice("breaks", "partly")).to_be_checked()
    hands.press(picker.get_by_role("button", name=RIVALS))
    expect(tab.box("what")).to_have_value(RIVALS)
    expect(tab.box("by_when")).to_have_value(written_date(SOON, tab.framework.words))
    expect(tab.box("loss")).to_have_value(LOSS)
    for question, choice in {"kind": "market", "urgent": "yes", "alignment": "direct"}.items():
        expect(tab.choice(question, choice)).to_be_checked()
    expect(tab.verdict).to_have_text(tab.ends("pass"))


def takes_the_last_answer_back(hands: Mouse) -> None:
    tab = hands.tab
    hands.choose(tab.choice("bigger", "partly"))
    sees_the_verdict(hands, "warn")
    hands.press(tab.button("form.undo").first)
    expect(tab.choice("bigger", "yes")).to_be_checked()
    expect(tab.verdict).to_have_text(tab.ends("pass"))
    tab.saved()
    assert tab.answers()["bigger"] == "yes"


def takes_everything_along(hands: Mouse, folder: Path) -> None:
    tab = hands.tab
    with tab.page.expect_download() as begun:
        picks(hands, tab.menu("form.more"), "form.export")
    download: Download = begun.value
    assert download.suggested_filename.endswith(".json")
    download.save_as(folder / "export.json")
    text = (folder / "export.json").read_text(encoding="utf-8")
    for answer in (RIVALS, LOSS, RETIRING, SOON.isoformat()):
        assert json.dumps(answer) in text


def picks(hands: Mouse, menu: Locator, item: str) -> None:
    hands.press(menu)
    hands.press(hands.tab.item(item))


def erases_one_answer_for_good(hands: Mouse) -> None:
    tab = hands.tab
    hands.write(tab.box("loss"), SECRET)
    tab.page.keyboard.press("Tab")
    tab.saved()
    assert SECRET in everything_on_disk(tab.server)
    picks(hands, menu_of(tab, "loss"), "form.erase_answer")
    expect(tab.dialog).to_contain_text(tab.say("form.erase_answer_what"))
    hands.press(tab.dialog.get_by_role("button", name=tab.say("form.erase_ok")))
    expect(tab.dialog).to_have_count(0)
    expect(tab.box("loss")).to_have_value("")
    assert found_in(everything_on_disk(tab.server), SECRET, LOSS) == []
    hands.press(tab.button("form.history"))
    expect(tab.dialog).to_contain_text(RIVALS)
    expect(tab.dialog).not_to_contain_text(SECRET)
    hands.press(tab.dialog.get_by_role("button", name=tab.say("form.close")))


def menu_of(tab: Tab, question: str) -> Locator:
    asked = tab.question(question)
    return tab.menu("form.field_menu", question=asked.short or asked.text)


def erases_everything(hands: Mouse) -> None:
    tab = hands.tab
    picks(hands, tab.menu("form.more"), "form.erase_everything")
    expect(tab.dialog).to_contain_text(tab.say("form.erase_everything_what"))
    hands.press(tab.dialog.get_by_role("button", name=tab.say("form.erase_everything_ok")))
    expect(tab.box("what")).to_have_value("")
    expect(tab.compare).to_be_hidden()
    expect(tab.verdict).to_have_text(tab.ends("unknown"))
    assert [tab.store.load(one.id).fields for one in tab.store.worksheets()] == [{}]
    assert found_in(everything_on_disk(tab.server), RIVALS, RETIRING, LOSS) == []
    tab.reload()
    expect(tab.box("what")).to_have_value("")
    assert tab.kept() == {}


def found_in(text: str, *wanted: str) -> list[str]:
    return [one for one in wanted if one in text]


def everything_on_disk(server: Server) -> str:
    """All files of the data folder, as text."""
    files = (path for path in server.home.rglob("*") if path.is_file())
    return "\n".join(path.read_bytes().decode("utf-8", "replace") for path in files)


def test_saved_is_said_only_after_the_commit(tab: Tab) -> None:
    kernel = tab.kernel()
    kernel.suspend()
    tab.choice("breaks", "yes").check()
    expect(tab.save).to_have_text(tab.say("form.save_saving"))
    tab.page.wait_for_timeout(1500)  # long enough for a page that doesn't wait for the answer
    expect(tab.save).to_have_text(tab.say("form.save_saving"), timeout=1)
    assert tab.answers() == {}
    kernel.resume()
    tab.saved()
    assert tab.answers() == {"breaks": "yes"}
