"""Two tabs on one worksheet, and what is left when a tab, a kernel or the whole server goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from benchmarks.client import wait_for
from tests.server.hosts import Server

from .conftest import Tab

BEAT_MS = 5_000
ALARM_MS = 15_000
SLACK_MS = 5_000
"""For the drawing, and for a machine with other things to do."""


@pytest.fixture
def context(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    """One browser for all tabs."""
    return new_context()


@pytest.fixture
def two(context: BrowserContext, new_tab: Callable[..., Tab]) -> tuple[Tab, Tab]:
    """Two tabs of it on the same worksheet."""
    one = new_tab(context).open()
    one.choose("breaks", "yes")  # so that there is a worksheet to share
    return one, new_tab(context).open()


def test_the_same_answer_in_two_tabs_is_a_choice_at_the_field(
    two: tuple[Tab, Tab],
) -> None:
    one, other = two
    settles(one, other, "clash_take", "They say this.", "I say that.")
    assert one.answers()["what"] == "I say that."
    settles(one, other, "clash_keep", "They say more.", "I say more.")
    assert one.answers()["what"] == "They say more."


def settles(one: Tab, other: Tab, choice: str, theirs: str, mine: str) -> None:
    """Both write in one field, `other` not knowing of `one`; it is told, and chooses."""
    kernel = other.kernel()
    kernel.suspend()
    other.box("what").fill(mine)
    one.write("what", theirs)
    kernel.resume()
    other.box("what").blur()
    asked = other.around("what")
    expect(asked).to_contain_text(other.say("form.clash", theirs=theirs, mine=mine))
    expect(other.box("what")).to_have_value(theirs)
    asked.get_by_role("button", name=other.say(f"form.{choice}")).click()
    expect(asked.get_by_role("button", name=other.say(f"form.{choice}"))).to_have_count(0)
    other.saved()
    left = mine if choice == "clash_take" else theirs
    for tab in (one, other):
        expect(tab.box("what")).to_have_value(left)


@pytest.mark.soak
def test_the_same_choice_made_otherwise_in_two_tabs_is_a_choice_at_the_field(
    two: tuple[Tab, Tab],
) -> None:
    one, other = two
    kernel = other.kernel()
    kernel.suspend()
    other.choice("breaks", "no").check()
    one.choose("breaks", "partly")
    kernel.resume()
    labels = {"theirs": other.label("breaks", "partly"), "mine": other.label("breaks", "no")}
    expect(other.around("breaks")).to_contain_text(other.say("form.clash", **labels))
    expect(other.choice("breaks", "partly")).to_be_checked()


@pytest.mark.soak
def test_what_was_written_in_a_row_that_another_tab_removed_is_said_and_kept(
    two: tuple[Tab, Tab],
) -> None:
    one, other = two
    one.write("what", "Rivals")
    expect(other.box("what")).to_have_value("Rivals", timeout=BEAT_MS + SLACK_MS)
    kernel = other.kernel()
    kernel.suspend()
    other.box("what").fill("Rivals from online")
    one.pick("form.row_menu", "form.row_remove", name=one.row_name)
    one.saved()
    kernel.resume()
    other.box("what").blur()
    lost = other.page.locator(".notice").filter(has_text="Rivals from online")
    expect(lost).to_have_count(1)
    expect(other.save).to_have_text(other.say("form.save_refused"))
    assert "Rivals from online" in "".join(other.kept().values())
    lost.get_by_role("button", name=other.say("form.dismiss")).click()
    expect(lost).to_have_count(0)
    assert other.kept() == {}


def test_a_tab_learns_within_a_beat_what_another_wrote(two: tuple[Tab, Tab]) -> None:
    one, other = two
    one.choose("bigger", "no")
    expect(other.choice("bigger", "no")).to_be_checked(timeout=BEAT_MS + SLACK_MS)
    expect(other.verdict).to_have_text(other.ends("fail"), timeout=SLACK_MS)


def test_what_was_typed_just_before_closing_is_there_after_reopening(
    context: BrowserContext, new_tab: Callable[..., Tab]
) -> None:
    tab = new_tab(context).open()
    tab.box("what").press_sequentially("Rivals come")
    tab.page.close()
    again = new_tab(context).open()
    expect(again.box("what")).to_have_value("Rivals come")
    again.saved()
    assert again.values("what").count("Rivals come") == 1


@pytest.mark.soak
def test_what_another_tab_saves_for_one_that_was_closed_leaves_nothing_waiting(
    two: tuple[Tab, Tab],
) -> None:
    one, other = two
    (worksheet,) = (info.id for info in other.store.worksheets())
    kernel = one.kernel()
    kernel.suspend()
    one.choice("bigger", "no").check()
    one.page.close()
    kernel.kill()
    other.open(other.store.create("catalyst", "Second").id)
    wait_for(lambda: "no" in other.values("bigger"), "the other tab did not save it")
    expect(other.save).to_have_text(other.say("form.save_nothing"))
    assert other.kept() == {}
    other.open(worksheet)
    expect(other.choice("bigger", "no")).to_be_checked()


def test_a_killed_kernel_is_said_and_nothing_is_lost(tab: Tab) -> None:
    tab.write("what", "Rivals")
    tab.kernel().kill()
    goes_on_without_an_answer(tab, "Rivals come", "yes")
    tab.button("form.reconnect").click()
    finds_it_saved_once(tab, "Rivals come", "yes")


def goes_on_without_an_answer(tab: Tab, text: str, choice: str) -> None:
    """Whoever answered is dead: writes on, is told so in time, and is told the truth."""
    tab.box("what").press("End")
    tab.box("what").press_sequentially(text.removeprefix(tab.box("what").input_value()))
    expect(tab.alert).to_contain_text(tab.say("form.offline"), timeout=ALARM_MS)
    tab.choice("breaks", choice).check()
    expect(tab.save).to_have_text(tab.say("form.save_waiting"))
    expect(tab.choice("breaks", choice)).to_be_checked()
    assert text in "".join(tab.kept().values())


def finds_it_saved_once(tab: Tab, text: str, choice: str) -> None:
    tab.ready()
    expect(tab.box("what")).to_have_value(text)
    expect(tab.choice("breaks", choice)).to_be_checked()
    tab.saved()
    expect(tab.alert).to_be_empty()
    assert tab.values("what").count(text) == 1
    assert tab.values("breaks") == [choice]
    assert tab.kept() == {}


def test_a_killed_server_is_said_and_after_a_restart_all_is_saved_once(
    tab: Tab, server: Server
) -> None:
    tab.write("what", "Rivals")
    tab.box("what").press_sequentially(" co")
    server.kill()
    goes_on_without_an_answer(tab, "Rivals come", "partly")
    server.start()
    tab.button("form.reconnect").click()
    tab.page.get_by_role("textbox").fill(server.address)  # each start prints a new one
    tab.page.keyboard.press("Enter")
    tab.ready()
    tab.trouble.clear()  # the browser told of each time it tried to connect
    finds_it_saved_once(tab, "Rivals come", "partly")


@pytest.mark.soak
def test_what_was_erased_in_another_tab_is_said_and_not_revived(two: tuple[Tab, Tab]) -> None:
    one, other = two
    kernel = other.kernel()
    kernel.suspend()
    other.box("what").fill("never again")
    other.box("what").blur()
    one.pick("form.more", "form.erase_everything")
    one.dialog.get_by_role("button", name=one.say("form.erase_everything_ok")).click()
    expect(one.choice("breaks", "yes")).not_to_be_checked()
    kernel.resume()
    expect(other.dialog).to_contain_text(other.say("form.gone"))
    other.dialog.get_by_role("button", name=other.say("form.reload")).click()
    other.ready()
    expect(other.box("what")).to_have_value("")
    expect(other.choice("breaks", "yes")).not_to_be_checked()
    assert [other.store.load(info.id).fields for info in other.store.worksheets()] == [{}]
    assert other.kept() == {}


def test_a_row_that_was_removed_is_named_in_the_history_and_erased_for_good(tab: Tab) -> None:
    tab.write("what", "Rivals")
    tab.pick("form.row_menu", "form.row_remove", name=tab.row_name)
    tab.saved()
    tab.button("form.history").click()
    line = tab.dialog.locator("li").filter(has_text=tab.say("event.remove_row"))
    expect(line).to_contain_text(tab.say("form.field_of_row", question=tab.row_name, row="Rivals"))
    line.get_by_role("button", name=tab.say("form.erase_answer")).click()
    expect(tab.dialog.get_by_role("button", name=tab.say("form.cancel"))).to_be_focused()
    tab.dialog.get_by_role("button", name=tab.say("form.erase_ok")).click()
    expect(tab.page.locator(".notice", has_text=tab.say("notice.erased"))).to_be_visible()
    assert "Rivals" not in str(tab.store.export())


def test_an_export_taken_in_where_it_came_from_stands_apart(tab: Tab) -> None:
    tab.write("what", "Rivals")
    with tab.page.expect_download() as download:
        tab.pick("form.more", "form.export")
    with tab.page.expect_file_chooser() as chooser:
        tab.pick("form.more", "form.import")
    chooser.value.set_files(download.value.path())
    expect(tab.dialog).to_contain_text(tab.say("form.import_same", name=tab.sheet.title))
    expect(tab.dialog.get_by_role("radio", name=tab.say("form.way_skip"))).to_be_checked()
    tab.dialog.get_by_role("radio", name=tab.say("form.way_keep")).check()
    tab.dialog.get_by_role("button", name=tab.say("form.import_take"), exact=True).click()
    copy = tab.say("form.copy_name", name=tab.sheet.title)
    told = tab.say("notice.imported", names=copy)
    expect(tab.page.locator(".notice", has_text=told)).to_be_visible()
    names = sorted(info.name for info in tab.store.worksheets())
    assert names == [tab.sheet.title, copy]
