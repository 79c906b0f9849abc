"""The board of workgroups on a real page: from a pasted list with names to locked groups that are
searched for again, by mouse, touch and keyboard, and no name is sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import expect

from playbook.analysis.workgroups.beside import WORKER

from .axe import faults
from .conftest import PHONE, Tab
from .test_accessibility import OVERFLOW

pytestmark = pytest.mark.slow

NAMES = [f"Zebedee Quill{at}" for at in range(12)]
SEARCH_MS = 90_000
"""A search gives way to whatever else this machine does."""
AREAS = ["Desk", "Lab", "Ward"]
ROSTER = "\n".join(
    ["Name;Code;Area", *(f"{name};K{at};{AREAS[at % 3]}" for at, name in enumerate(NAMES))]
)


GROUPS = """() => Object.fromEntries([...document.querySelectorAll(".person")].map((one) =>
    [one.querySelector(".code").textContent, one.closest("[data-group]").dataset.group]))"""


def groups_of(tab: Tab) -> dict[str, str]:
    """The group of each person by code, as the board shows it."""
    found: dict[str, str] = tab.page.evaluate(GROUPS)
    return found


def to_board(tab: Tab) -> None:
    """Scroll to the board: it is drawn as it nears."""
    tab.page.locator("[data-section=board]").scroll_into_view_if_needed()


def pasted(tab: Tab, by_keyboard: bool = False) -> None:
    to_board(tab)
    paste, box = tab.button("workgroups.paste"), tab.say("workgroups.paste_label")
    if by_keyboard:
        paste.press("Enter")
        expect(tab.dialog.get_by_label(box)).to_be_focused()
        tab.page.keyboard.insert_text(ROSTER)
    else:
        paste.click()
        tab.dialog.get_by_label(box).fill(ROSTER)
    expect(tab.dialog.get_by_role("status")).to_contain_text("People: 12.")
    add = tab.dialog.get_by_role("button", name=tab.say("workgroups.paste_ok"))
    add.press("Enter") if by_keyboard else add.click()
    expect(tab.page.locator(".groups-board .person")).to_have_count(12)
    tab.saved()


def searched(tab: Tab, by_keyboard: bool = False) -> None:
    find = tab.button("workgroups.find")
    find.press("Enter") if by_keyboard else find.click()
    expect(tab.page.locator(".groups .search")).to_contain_text("Groups found.", timeout=SEARCH_MS)
    tab.saved()


def card(tab: Tab, code: str) -> Any:
    one = tab.page.locator(".groups-board .person")
    return one.filter(has=tab.page.get_by_role("button", name=code, exact=True))


@pytest.mark.row("WG-26")
def test_by_mouse_from_a_pasted_list_to_locked_groups(open_sheet: Callable[..., Tab]) -> None:
    tab = open_sheet("workgroups")
    pasted(tab)
    expect(card(tab, "K0")).to_contain_text(NAMES[0])
    searched(tab)
    before = groups_of(tab)
    assert set(before.values()) == {"1", "2", "3", "4"}
    target = next(one for one in ("1", "2", "3", "4") if one != before["K0"])
    there = tab.page.locator(f'.groups-board [data-group="{target}"]')
    there.scroll_into_view_if_needed()
    there.locator("h3").hover()
    card(tab, "K0").locator(".code").drag_to(there.locator("h3"))
    tab.saved()
    assert groups_of(tab)["K0"] == target
    told = tab.page.locator(".groups > [role=status]").filter(has_text="inside groups.")
    expect(told).to_contain_text(tab.say("workgroups.moved", code="K0", number=target))
    card(tab, "K0").locator(".lock").click()
    tab.saved()
    searched(tab)
    after = groups_of(tab)
    assert after["K0"] == target
    assert sorted(after.values()) == sorted(["1", "2", "3", "4"] * 3)
    assert faults(tab.page) == []
    tab.reload()
    expect(tab.page.locator(".groups-board .person")).to_have_count(12)
    assert groups_of(tab) == after


def test_whoever_leaves_while_a_search_goes_on_keeps_what_they_saw(
    open_sheet: Callable[..., Tab],
) -> None:
    tab = open_sheet("workgroups")
    to_board(tab)
    tab.button("workgroups.paste").click()
    many = ["Code;Area;Site", *(f"K{at};{AREAS[at % 3]};{'NSEW'[at * 7 % 4]}" for at in range(60))]
    tab.dialog.get_by_label(tab.say("workgroups.paste_label")).fill("\n".join(many))
    tab.dialog.get_by_role("button", name=tab.say("workgroups.paste_ok")).click()
    expect(tab.page.locator(".groups-board .person")).to_have_count(60)
    tab.saved()
    tab.button("workgroups.find").click()
    expect(tab.page.locator('[data-group="1"] .person').first).to_be_visible(timeout=SEARCH_MS)
    seen = groups_of(tab)
    tab.reload()
    expect(tab.page.locator(".groups-board .person")).to_have_count(60)
    expect(tab.page.locator('[data-group="1"] .person').first).to_be_visible()
    kept = groups_of(tab)
    assert len(kept) == len(seen)
    assert set(kept.values()) == set(seen.values())


def test_by_keyboard_a_person_is_moved_locked_and_taken_back(
    open_sheet: Callable[..., Tab],
) -> None:
    tab = open_sheet("workgroups")
    pasted(tab, by_keyboard=True)
    searched(tab, by_keyboard=True)
    first = next(code for code, group in groups_of(tab).items() if group == "1")
    card(tab, first).locator(".code").press("ArrowRight")
    tab.saved()
    assert groups_of(tab)[first] == "2"
    expect(card(tab, first).locator(".code")).to_be_focused()
    card(tab, first).locator(".lock").press("Enter")
    tab.saved()
    searched(tab, by_keyboard=True)
    assert groups_of(tab)[first] == "2"
    tab.page.locator(".groups").get_by_role("button", name=tab.say("workgroups.undo")).press(
        "Enter"
    )
    tab.saved()
    assert groups_of(tab)[first] == "2"


def listening(tab: Tab) -> list[str]:
    """Whatever the page sends from now on: frames of its socket, addresses, what is posted."""
    sent: list[str] = []

    def heard(frame: Any) -> None:
        sent.append(frame if isinstance(frame, str) else frame.decode("utf-8", "replace"))

    tab.page.on("websocket", lambda socket: socket.on("framesent", heard))
    tab.page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    return sent


def listened(new_tab: Callable[..., Tab], **options: Any) -> tuple[Tab, list[str]]:
    """A tab with the sheet, and what it sends."""
    tab = new_tab(**options)
    sent = listening(tab)
    tab.sheet = tab.framework.sheets["workgroups"]
    tab.open()
    return tab, sent


def test_no_name_leaves_the_browser_and_a_swap_says_what_it_costs(
    new_tab: Callable[..., Tab],
) -> None:
    tab, sent = listened(new_tab)
    pasted(tab)
    searched(tab)
    groups = groups_of(tab)
    other = next(code for code in groups if groups[code] != groups["K0"])
    card(tab, "K0").locator(".code").click()
    card(tab, other).locator(".code").click()
    expect(card(tab, other).locator(".swap")).to_contain_text("This swap")
    card(tab, other).get_by_role("button", name=tab.say("workgroups.swap_anyway")).click()
    tab.saved()
    swapped = groups_of(tab)
    assert (swapped["K0"], swapped[other]) == (groups[other], groups["K0"])
    assert any("K0" in one for one in sent)
    assert not any("Zebedee" in one or "Quill" in one for one in sent)
    tab.reload()
    expect(card(tab, "K0")).to_contain_text(NAMES[0])


@pytest.mark.row("GAP-18")
def test_names_stay_here_wherever_they_are_typed_or_pasted(new_tab: Callable[..., Tab]) -> None:
    tab, sent = listened(new_tab)
    tab.open_all()
    people = tab.page.locator("[data-section=people]")
    # the first row, typed as a name
    people.get_by_role("button", name=tab.of_row("form.row_add", "people")).click()
    box = people.locator('[data-field$="/code"] textarea')
    box.press_sequentially("Zebedee Quill", delay=90)  # longer than an edit waits
    box.blur()
    expect(box).to_have_value("P01")
    expect(people).to_contain_text(tab.say("form.name_beside", name="Zebedee Quill"))
    # the list section's own paste
    people.get_by_role("button", name=tab.say("form.paste")).click()
    tab.dialog.get_by_label(tab.say("workgroups.paste_label")).fill(
        "Name\tArea\nYolanda Quill\tLab\nXaver Quill\tDesk of Yolanda Quill"
    )
    tab.dialog.get_by_role("button", name=tab.say("workgroups.paste_ok")).click()
    expect(tab.page.locator(".groups-board .person")).to_have_count(3)
    tab.saved()
    # a rule about people, and a text that names one
    rules = tab.page.locator("[data-section=rules]")
    rules.get_by_role("button", name=tab.of_row("form.row_add", "rules")).click()
    kind = rules.locator('[data-field$="/kind"]')
    kind.get_by_role("radio", name=tab.label("kind", "apart"), exact=True).check()
    who = rules.locator('[data-field$="/who"] textarea')
    expect(who).to_be_visible()
    who.press_sequentially("yolanda quill, P01", delay=60)
    who.blur()
    expect(who).to_have_value("P02, P01")
    who.fill("Walter Quill")
    who.blur()
    expect(rules).to_contain_text(tab.say("form.name_unknown", name="Walter Quill"))
    who.fill("P02")
    because = rules.locator('[data-field$="/because"] textarea')
    because.fill("Xaver Quill asked for it")
    because.blur()
    expect(because).to_have_value("P03 asked for it")
    tab.saved()
    assert any("P03 asked" in one for one in sent)
    assert not any(re.search("zebedee|quill|yolanda|xaver|walter", one, re.I) for one in sent)


def test_the_key_is_saved_forgotten_and_loaded_again(
    new_tab: Callable[..., Tab], tmp_path: Path
) -> None:
    tab, sent = listened(new_tab)
    pasted(tab)
    tab.page.locator(".groups-fold.kept > summary").click()
    expect(tab.page.locator(".kept")).to_contain_text(tab.say("workgroups.names_identify"))
    with tab.page.expect_download() as saved:
        tab.button("workgroups.key_save").click()
    key = tmp_path / "key.csv"
    saved.value.save_as(key)
    assert f'"K0","{NAMES[0]}"' in key.read_text(encoding="utf-8-sig")
    tab.button("workgroups.key_forget").click()
    expect(card(tab, "K0").locator(".name")).to_have_text("")
    tab.page.get_by_label(tab.say("workgroups.key_load")).set_input_files(key)
    expect(card(tab, "K11").locator(".name")).to_have_text(NAMES[11])
    assert not any("Zebedee" in one for one in sent)


@pytest.mark.row("GAP-18")
def test_names_go_with_the_worksheet_that_is_erased(new_tab: Callable[..., Tab]) -> None:
    tab, _ = listened(new_tab)
    pasted(tab)
    kept = "JSON.stringify({ ...localStorage })"
    assert "Zebedee" in tab.page.evaluate(kept)
    tab.pick("form.more", "form.erase_worksheet")
    tab.dialog.get_by_role("button", name=tab.say("form.erase_ok")).click()
    expect(tab.dialog).to_have_count(0)
    expect(tab.page.locator(".groups-board .person")).to_have_count(0)
    tab.page.wait_for_function(f"!{kept}.includes('Zebedee')", timeout=5_000)


@pytest.mark.row("GAP-18")
def test_a_person_is_told_what_is_kept_and_is_erased_with_their_history(
    new_tab: Callable[..., Tab],
) -> None:
    tab, _ = listened(new_tab)
    pasted(tab)
    searched(tab)
    kept = tab.page.locator(".groups-fold.kept")
    kept.locator("> summary").click()
    expect(kept).to_contain_text(tab.say("workgroups.purpose_differs"))
    kept.get_by_label(tab.say("workgroups.person_pick")).select_option(label=f"K1 {NAMES[1]}")
    with tab.page.expect_download() as saved:
        tab.button("workgroups.person_save").click()
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    assert f"K1 {NAMES[1]}" in text
    assert "Area: Lab" in text
    tab.button("workgroups.person_erase").click()
    expect(tab.dialog).to_contain_text("No undo brings it back")
    tab.dialog.get_by_role("button", name=tab.say("workgroups.person_erase")).click()
    expect(tab.page.locator(".groups-board .person")).to_have_count(11)
    assert "K1" not in tab.values("code")
    assert "K2" in tab.values("code")
    assert f'"{NAMES[1]}"' not in str(tab.page.evaluate("({ ...localStorage })"))


# --------------------------------------------------------------------------- what is folded


@pytest.mark.row("WG-02", "WG-20", "WG-33")
def test_folded_parts_say_why_compare_write_letters_and_draw(
    open_sheet: Callable[..., Tab],
) -> None:
    tab = open_sheet("workgroups", "example")
    to_board(tab)
    expect(tab.page.locator(".groups-board .person")).to_have_count(24)
    before = groups_of(tab)

    def opened(name: str) -> Any:
        fold = tab.page.locator(f".groups-fold.{name}")
        fold.locator("> summary").click()
        return fold

    why = opened("why").get_by_role("row").filter(has_text="H08")
    expect(why).to_contain_text(tab.say("workgroups.why_only", views="Suppliers"))
    letters = opened("letters")
    box = letters.get_by_label(tab.say("workgroups.letters_text"))
    expect(box).to_have_value(re.compile("Volunteers wanted"))
    letters.get_by_label(tab.say("workgroups.letters_which")).select_option(
        label=tab.say("workgroups.letters_chosen", who="H08")
    )
    for one in ("job", "pay", "rating", "back", "message"):
        expect(box).to_have_value(re.compile(re.escape(tab.say(f"letters.promise_{one}"))))
    lot = opened("lot")
    lot.get_by_label(tab.say("workgroups.lot_people")).fill("Ann Lee\nBo Yi\nCy Moe")
    lot.get_by_label(tab.say("workgroups.lot_word")).fill("Rain in Ashby")
    lot.get_by_role("button", name=tab.say("workgroups.lot_draw"), exact=True).click()
    expect(lot.get_by_role("listitem")).to_have_count(3)
    network = opened("network")
    expect(network.locator("circle")).to_have_count(24)
    tab.button("workgroups.cells").click()
    expect(network.locator("polyline")).not_to_have_count(0)
    expect(network.get_by_role("table").first).to_contain_text("Community of practice")
    # the same people by their cells, which are changed as groups are, and leave groups alone
    first = tab.page.locator('.groups-board [data-group="1"]')
    expect(first.get_by_role("heading")).to_have_text(tab.say("workgroups.column_cell", number=1))
    expect(first.locator("header")).to_contain_text("From groups 1, 2, 3, 4.")
    mine = card(tab, first.locator(".code").first.inner_text())
    mine.get_by_role("button", name=re.compile("to cell 2$")).click()
    tab.saved()
    expect(first.locator(".person")).to_have_count(5)
    tab.page.get_by_label(tab.say("workgroups.board_by")).select_option("group")
    assert groups_of(tab) == before
    # groups from before are found again
    card(tab, "H01").locator(".code").press("ArrowRight")
    expect(card(tab, "H01")).to_have_count(1)
    tab.saved()
    assert groups_of(tab)["H01"] == "2"
    plans = opened("plans")
    expect(plans).to_contain_text(tab.say("workgroups.plan_difference"))
    plans.get_by_role("button", name=tab.say("workgroups.plans_use")).click()
    tab.saved()
    assert groups_of(tab) == before
    tab.open_all()
    assert faults(tab.page) == []


def test_by_touch_from_a_list_to_locked_groups(open_sheet: Callable[..., Tab]) -> None:
    tab = open_sheet("workgroups", **PHONE)
    to_board(tab)
    tab.button("workgroups.paste").tap()
    tab.dialog.get_by_label(tab.say("workgroups.paste_label")).fill(ROSTER)
    tab.dialog.get_by_role("button", name=tab.say("workgroups.paste_ok")).tap()
    expect(tab.page.locator(".groups-board .person")).to_have_count(12)
    tab.button("workgroups.find").tap()
    expect(tab.page.locator(".groups .search")).to_contain_text("Groups found.", timeout=SEARCH_MS)
    tab.saved()
    first = next(code for code, group in groups_of(tab).items() if group == "1")
    name = tab.say("workgroups.move", code=first, number=2)
    card(tab, first).get_by_role("button", name=name).tap()
    tab.saved()
    card(tab, first).locator(".lock").tap()
    tab.saved()
    tab.button("workgroups.find").tap()
    expect(tab.page.locator(".groups .search")).to_contain_text("Groups found.", timeout=SEARCH_MS)
    tab.saved()
    assert groups_of(tab)[first] == "2"
    tab.open_all()
    assert tab.page.evaluate(OVERFLOW) == []


def test_a_phone_shows_the_example_one_way(open_sheet: Callable[..., Tab]) -> None:
    tab = open_sheet("workgroups", "example", **PHONE)
    to_board(tab)
    expect(tab.page.locator(".groups-board .person")).to_have_count(24)
    tab.open_all()
    assert tab.page.evaluate(OVERFLOW) == []
    assert faults(tab.page) == []


def test_a_search_ends_with_the_page_that_was_closed(open_sheet: Callable[..., Tab]) -> None:
    tab = open_sheet("workgroups")
    to_board(tab)
    tab.button("workgroups.paste").click()
    many = ["Code;Area;Site", *(f"K{at};{AREAS[at % 3]};{'NSEW'[at * 7 % 4]}" for at in range(60))]
    tab.dialog.get_by_label(tab.say("workgroups.paste_label")).fill("\n".join(many))
    tab.dialog.get_by_role("button", name=tab.say("workgroups.paste_ok")).click()
    expect(tab.page.locator(".groups-board .person")).to_have_count(60)
    tab.saved()
    tab.button("workgroups.find").click()
    while not (begun := searches_of(tab)):  # a fast machine has ended it soon
        tab.page.wait_for_timeout(10)
    tab.page.close()
    _, alive = psutil.wait_procs(begun, timeout=SEARCH_MS / 1000)
    assert alive == []


def searches_of(tab: Tab) -> list[psutil.Process]:
    """The processes that search for groups, of this server's pages."""
    return [one for one in tab.server.processes() if WORKER in one.cmdline()]


def test_a_code_that_is_there_twice_is_named_at_both_lines(open_sheet: Callable[..., Tab]) -> None:
    tab = open_sheet("workgroups")
    tab.open_all()
    people = tab.page.locator("[data-section=people]")
    for at, code in enumerate(("H01", "h01")):
        people.get_by_role("button", name=tab.of_row("form.row_add", "people")).click()
        box = people.locator('[data-field$="/code"] textarea').nth(at)
        box.fill(code)
        box.blur()
        tab.saved()
    for code, line in (("H01", 2), ("h01", 1)):
        told = tab.say("form.code_twice", code=code, lines=line)
        expect(people.get_by_text(told)).to_be_visible()
