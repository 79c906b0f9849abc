"""Connect and Obstacles on a real page: the picture of connections, the board, one's own drive, by
mouse, touch and keyboard; whoever is named as a member stays in the browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from playbook.model import Level
from playbook.model.storage import Store

from .axe import faults
from .conftest import PHONE, Tab
from .harness.fingers import touch
from .test_accessibility import OVERFLOW
from .test_create import SCREENS, fill
from .test_groups import listening
from .test_recognise import good_answers, write

NARROW = {**PHONE, "viewport": {"width": 320, "height": 700}}
FIELD = ("connect", "obstacles")


@SCREENS
@pytest.mark.parametrize("sheet", FIELD)
@pytest.mark.usefixtures("kept")
def test_a_leader_fills_in_a_sheet_by_keyboard_until_it_is_ready(
    open_sheet: Callable[..., Tab], sheet: str, options: dict[str, Any]
) -> None:
    tab = open_sheet(sheet, **options)
    expect(tab.verdict).to_have_text(tab.ends(Level.UNKNOWN))
    fill(tab, good_answers(sheet))
    expect(tab.verdict).to_have_text(tab.ends(Level.PASS))


@pytest.mark.parametrize("sheet", FIELD)
@pytest.mark.parametrize(
    "options",
    [pytest.param(PHONE, id="phone"), pytest.param(NARROW, id="narrow", marks=pytest.mark.soak)],
)
def test_a_phone_shows_all_of_the_example(
    open_sheet: Callable[..., Tab], sheet: str, options: dict[str, Any]
) -> None:
    tab = open_sheet(sheet, "example", **options)
    for section in [one for one in tab.sheet.sections if one.view and not one.deeper]:
        tab.page.locator(f"[data-section={section.id}]").scroll_into_view_if_needed()
    expect(tab.page.locator(".connections .mark, .obstacle-board .obstacle").first).to_be_visible()
    tab.open_all()
    assert tab.page.evaluate(OVERFLOW) == []
    assert faults(tab.page) == []


# --------------------------------------------------------------------------- connections

NETWORK = {
    **good_answers("connect"),
    "connections": [
        {"partner": "The lab", "kind": "outside", "tie": "weak", "member": "N01", "hours": 2},
        {"partner": "Patients", "kind": "customers", "tie": "weak", "member": "N01, N02"},
        {"partner": "Pairs", "kind": "within", "tie": "strong", "member": "N02", "with_code": "N3"},
    ],
    "groups": [{"group": "Night shift", "members": "N01, N02, N3, N4"}],
}


def picture(tab: Tab) -> Locator:
    """The picture of connections, scrolled to until it is there."""
    tab.page.locator("[data-section=map]").scroll_into_view_if_needed()
    expect(tab.page.locator(".connections .mark").first).to_be_visible()
    return tab.page.locator(".connections")


def mark(tab: Tab, name: str) -> Locator:
    return tab.page.locator(".connections").get_by_role("button", name=name, exact=True)


def member(tab: Tab, code: str) -> Locator:
    return mark(tab, tab.say("connections.member", code=code, group="Night shift"))


@pytest.mark.row("CON-03", "CON-05")
def test_by_mouse_somebody_is_chosen_and_a_row_is_opened_from_there(
    open_sheet: Callable[..., Tab], kept: Store
) -> None:
    tab = open_sheet("connect", write(kept, "connect", NETWORK))
    shown = picture(tab)
    alone = mark(tab, tab.say("connections.member_alone", code="N4", group="Night shift"))
    expect(alone).to_be_visible()
    member(tab, "N01").click()
    reading = shown.get_by_role("status")
    expect(reading).to_contain_text(tab.say("connections.said", name="N01", count=2))
    expect(reading).to_contain_text("The lab")
    assert faults(tab.page) == []
    tab.button("connections.go_to", name="The lab").click()
    expect(tab.row_field("partner").first.locator("input, textarea")).to_be_focused()
    member(tab, "N01").click()
    expect(reading).to_be_hidden()
    shown.get_by_text(tab.say("connections.table")).click()
    row = shown.get_by_role("row").filter(has_text="Pairs")
    expect(row).to_contain_text("N02 – N3")
    expect(row).to_contain_text(tab.label("kind", "within"))
    shown.get_by_text(tab.say("connections.numbers")).click()
    expect(shown).to_contain_text(
        tab.say("connections.number.loose", share="67%").partition(".")[0]
    )
    expect(shown).to_contain_text(tab.say("connections.says.members_alone", count=1))
    assert faults(tab.page) == []


def test_by_keyboard_the_arrows_go_from_one_to_the_next(
    open_sheet: Callable[..., Tab], kept: Store
) -> None:
    tab = open_sheet("connect", write(kept, "connect", NETWORK))
    shown = picture(tab)
    expect(shown.locator('.mark[tabindex="0"]')).to_have_count(1)
    shown.locator('.mark[tabindex="0"]').focus()
    ring = tab.say("connections.ring.customers")
    patients = mark(tab, tab.say("connections.partner", name="Patients", ring=ring))
    expect(patients).to_be_focused()
    patients.press("ArrowDown")
    expect(patients).not_to_be_focused()
    tab.page.keyboard.press("ArrowUp")
    expect(patients).to_be_focused()
    patients.press("Enter")
    expect(shown.get_by_role("status")).to_contain_text(
        tab.say("connections.said_one", name="Patients")
    )
    expect(patients).to_be_focused()
    patients.press("Escape")
    expect(shown.get_by_role("status")).to_be_hidden()
    patients.press("Tab")
    expect(shown.locator(".mark:focus")).to_have_count(0)


def test_on_a_phone_a_tap_chooses_and_a_change_draws_the_picture_anew(
    open_sheet: Callable[..., Tab], kept: Store
) -> None:
    tab = open_sheet("connect", write(kept, "connect", NETWORK), **PHONE)
    shown = picture(tab)
    member(tab, "N02").tap()
    reading = shown.get_by_role("status")
    expect(reading).to_contain_text(tab.say("connections.said", name="N02", count=2))
    tab.row_field("kind").first.locator("select").select_option(
        label=tab.label("kind", "customers")
    )
    tab.saved()
    ring = tab.say("connections.ring.customers")
    expect(mark(tab, tab.say("connections.partner", name="The lab", ring=ring))).to_be_visible()
    assert tab.page.evaluate(OVERFLOW) == []


def test_a_members_name_is_not_sent(open_sheet: Callable[..., Tab], kept: Store) -> None:
    tab = open_sheet("connect", write(kept, "connect", NETWORK))
    sent = listening(tab)
    tab.reload()
    tab.open_all()
    box = tab.row_field("members").first.locator("input, textarea")
    box.fill("N01, Zebedee Quill")
    box.blur()
    expect(tab.row_field("members").first).to_contain_text(
        tab.say("form.name_unknown", name="Zebedee Quill")
    )
    assert sent
    assert not any("Quill" in one for one in sent)
    assert "Quill" not in str(tab.answers())


# --------------------------------------------------------------------------- obstacles

STATES = """() => Object.fromEntries([...document.querySelectorAll(".obstacle")].map((one) =>
    [one.querySelector(".handle").textContent, one.closest("[data-state]").dataset.state]))"""
FAX = "The pharmacy takes orders by fax only"


def board(tab: Tab) -> Locator:
    """The board of obstacles, scrolled to until it is there."""
    tab.page.locator("[data-section=board]").scroll_into_view_if_needed()
    expect(tab.page.locator(".obstacle-board .obstacle").first).to_be_visible()
    return tab.page.locator(".obstacle-board")


def column(tab: Tab, state: str) -> Locator:
    return tab.page.locator(f'.obstacle-board [data-state="{state}"]')


def states(tab: Tab) -> dict[str, str]:
    """The column of each obstacle, as the board shows it."""
    tab.saved()
    found: dict[str, str] = tab.page.evaluate(STATES)
    return found


@pytest.mark.row("OBS-01", "OBS-02", "OBS-08")
def test_by_mouse_an_obstacle_is_dragged_and_taken_back(
    open_sheet: Callable[..., Tab], kept: Store
) -> None:
    tab = open_sheet("obstacles", write(kept, "obstacles"))
    shown = board(tab)
    assert states(tab) == {FAX: "covered"}
    shown.locator(".handle").drag_to(column(tab, "gone").locator("h3"))
    assert states(tab) == {FAX: "gone"}
    said = tab.say("obstacles.moved", what=FAX, state=tab.label("state", "gone"))
    expect(tab.page.locator("body")).to_contain_text(said)
    shown.get_by_role("button", name=tab.say("obstacles.undo")).click()
    expect(column(tab, "covered").locator(".obstacle")).to_have_count(1)
    shown.get_by_text(tab.say("obstacles.table")).click()
    shown.get_by_role("combobox").select_option(label=tab.label("state", "raised"))
    assert states(tab) == {FAX: "raised"}
    shown.get_by_text(tab.say("obstacles.kinds"), exact=True).click()
    expect(
        shown.get_by_role("row").filter(has_text=tab.label("kind", "systemic")).last
    ).to_be_visible()
    assert faults(tab.page) == []


def test_by_keyboard_an_obstacle_moves_and_keeps_the_focus(
    open_sheet: Callable[..., Tab], kept: Store
) -> None:
    tab = open_sheet("obstacles", write(kept, "obstacles"))
    handle = board(tab).locator(".handle")
    handle.press("ArrowRight")
    assert states(tab) == {FAX: "fixing"}
    expect(handle).to_be_focused()
    handle.press("ArrowLeft")
    handle.press("ArrowLeft")
    handle.press("ArrowLeft")  # there is no column before the first
    assert states(tab) == {FAX: "raised"}
    expect(handle).to_be_focused()
    handle.press("Tab")
    name = tab.say("obstacles.move", what=FAX, state=tab.label("state", "covered"))
    expect(tab.page.get_by_role("button", name=name)).to_be_focused()
    tab.page.keyboard.press("Enter")
    assert states(tab) == {FAX: "covered"}
    tab.button("obstacles.edit", what=FAX).press("Enter")
    expect(tab.row_field("what").first.locator("input, textarea")).to_be_focused()


def test_on_a_phone_a_finger_drags_an_obstacle_and_an_arrow_moves_it(
    open_sheet: Callable[..., Tab], kept: Store
) -> None:
    tall = {**PHONE, "viewport": {"width": 390, "height": 1600}}
    tab = open_sheet("obstacles", write(kept, "obstacles"), **tall)
    handle = board(tab).locator(".handle")
    handle.scroll_into_view_if_needed()
    start, end = handle.bounding_box(), column(tab, "gone").locator("h3").bounding_box()
    assert start
    assert end
    touch(tab.page, (start["x"] + 20, start["y"] + 10), (end["x"] + 20, end["y"] + 10))
    assert states(tab) == {FAX: "gone"}
    name = tab.say("obstacles.move", what=FAX, state=tab.label("state", "fixing"))
    tab.page.get_by_role("button", name=name).tap()  # at once, after a finger in full flight
    expect(column(tab, "fixing")).to_contain_text(FAX)
    assert states(tab) == {FAX: "fixing"}


@pytest.mark.row("MOT-08")
def test_of_a_long_list_the_last_rows_stand_there_and_all_are_one_press_away(
    open_sheet: Callable[..., Tab], kept: Store
) -> None:
    ideas = [{"id": f"i{n}", "idea": f"Idea {n}"} for n in range(45)]
    told = good_answers("obstacles") | {"ideas": ideas}
    tab = open_sheet("obstacles", write(kept, "obstacles", told))
    place = tab.page.locator("[data-section=ideas]")
    cards = place.locator("li.card")
    expect(cards).to_have_count(0)
    tab.section("ideas").click()
    expect(cards).to_have_count(6)
    expect(cards.last.locator("textarea, input").first).to_have_value("Idea 44")
    earlier = place.get_by_role("button", name=tab.say("form.rows_earlier", count=39))
    earlier.press("Enter")
    expect(cards).to_have_count(45)
    expect(cards.first.locator("textarea, input").first).to_be_focused()
    expect(earlier).to_be_hidden()
    tab.page.goto(f"{tab.page.url.partition('#')[0]}#field=ideas/i3/idea_answer")
    tab.page.reload()
    expect(tab.page.locator('[data-field="ideas/i3/idea_answer"] :focus')).to_be_visible()
    tab.reload()
    tab.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(cards).to_have_count(45)


@pytest.mark.row("OBS-09")
def test_the_example_tells_the_age_and_who_has_it_on_the_day_of_its_story(
    open_sheet: Callable[..., Tab],
) -> None:
    tab = open_sheet("obstacles", "example")
    shown = board(tab)
    old = shown.locator(".obstacle.old")
    expect(old).to_have_count(1)
    expect(old).to_contain_text(tab.say("obstacles.age", days=17))
    expect(old).to_contain_text(tab.say("obstacles.with_sponsor"))


@pytest.mark.row("MOT-04", "MOT-05", "MOT-06")
def test_ones_own_drive_is_never_sent_and_stays_in_its_tab(
    open_sheet: Callable[..., Tab], kept: Store
) -> None:
    tab = open_sheet("obstacles", write(kept, "obstacles"))
    sent = listening(tab)
    tab.reload()
    tab.section("profile").click()
    drive = tab.page.locator(".own-profile")
    quest = drive.get_by_role("group", name=tab.say("profile.quest"))
    before, told = len(kept.worksheets()), tab.answers()
    quest.get_by_role("radio", name=tab.say("profile.full")).check()
    line = tab.say("profile.line", axis=tab.say("profile.quest"), point=tab.say("profile.full"))
    drive.locator("summary").click()
    expect(drive.locator(".twin")).to_contain_text(line)
    expect(drive.get_by_role("status")).to_have_text(tab.say("profile.kept"))
    assert faults(tab.page) == []
    assert sent
    assert not any('"quest"' in one or "pb:profile" in one for one in sent)
    assert (len(kept.worksheets()), tab.answers()) == (before, told)
    assert (
        tab.page.evaluate("Object.keys(localStorage).filter((key) => key.includes('profile'))")
        == []
    )
    tab.reload()
    tab.section("profile").click()
    expect(quest.get_by_role("radio", name=tab.say("profile.full"))).to_be_checked()
    drive.get_by_role("button", name=tab.say("profile.clear")).click()
    expect(quest.get_by_role("radio", checked=True)).to_have_count(0)
