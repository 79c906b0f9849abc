"""What a person can do on the page: questions, rows, worksheets, erasing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.browser.harness.catalyst import (
    ADD,
    BREAK,
    BY_WHEN,
    EVIDENCE,
    LOSS,
    SAVED,
    THIS,
    URGENT,
    WHAT,
    WORK,
)
from tests.browser.labels import FRAMEWORK, NO, PARTLY, YES, option, say, short, title, until

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import FormPage

PASTE = """box => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "One\\tYes\\nTwo\\tNo");
    const options = {clipboardData, bubbles: true, cancelable: true};
    box.dispatchEvent(new ClipboardEvent("paste", options));
}"""
COPY = say("form.copy_name", name="North")
EVIL = '<img src=x onerror="document.title=1">'


def rows(form: FormPage, table: str = "candidates") -> list[str]:
    """The table's rows as stored, in order."""
    places = {
        name.split("/")[1]: place
        for name, place in form.stored().items()
        if name.startswith(table + "/") and name.count("/") == 1
    }
    return sorted(places, key=lambda row: places[row])


# -- questions


def test_the_first_screen_asks_at_most_nine_questions(form: FormPage) -> None:
    shown = form.page.locator(".question:visible")
    assert 1 <= shown.count() <= 9
    form.choose(URGENT, YES)
    expect(form.question(BY_WHEN)).to_be_visible()
    assert shown.count() <= 9


def test_a_hidden_question_keeps_its_answer(form: FormPage) -> None:
    form.choose(URGENT, YES)
    form.box(LOSS).fill("Two branches")
    expect(form.save).to_have_text(SAVED)
    form.choose(URGENT, NO)
    expect(form.page.get_by_role("textbox", name=LOSS)).to_be_hidden()
    form.choose(URGENT, PARTLY)
    expect(form.box(LOSS)).to_have_value("Two branches")


def test_a_choice_can_be_cleared(form: FormPage) -> None:
    form.choose(BREAK, YES)
    form.question(BREAK).get_by_text(until("form.field_menu")).locator("..").click()
    form.button(say("form.clear")).click()
    yes = form.question(BREAK).get_by_role("radio", name=YES)
    expect(yes).not_to_be_checked()
    expect(yes).to_be_focused()
    expect(form.save).to_have_text(SAVED)
    assert not any(name.endswith("/breaks") for name in form.stored())


def test_several_choices_and_a_date_are_saved(form: FormPage) -> None:
    form.page.locator("summary", has_text=EVIDENCE).click()
    form.choose(URGENT, YES)
    for who in (
        option("catalyst", "shared_by", "front_line"),
        option("catalyst", "shared_by", "leaders"),
    ):
        form.page.get_by_role("checkbox", name=who).check()
    form.page.get_by_label(BY_WHEN).fill("2027-03-31")
    form.page.get_by_label(BY_WHEN).blur()
    expect(form.save).to_have_text(SAVED)
    stored = {name.rsplit("/", 1)[-1]: value for name, value in form.stored().items()}
    assert stored["shared_by"] == ["leaders", "front_line"]
    assert stored["by_when"] == "2027-03-31"


def test_who_says_so_opens_to_source_and_reading(form: FormPage) -> None:
    asked = form.question(BREAK)
    asked.locator(".info-dot > summary").click()
    section = form.form.content["sheet"]["sections"][0]
    who = next(one["who"] for one in section["questions"] if one["id"] == "breaks")
    expect(asked).to_contain_text(who[0]["source"])
    expect(asked).to_contain_text(who[0]["reading"])


def test_answers_are_text_and_never_markup(form: FormPage) -> None:
    form.box(WHAT).fill(EVIL)
    expect(form.save).to_have_text(SAVED)
    form.button(ADD).click()
    expect(form.page.get_by_role("table")).to_contain_text("<img src=x")
    form.button(say("form.history")).click()
    expect(form.page.get_by_role("dialog")).to_contain_text(EVIL)
    expect(form.page.locator("img")).to_have_count(0)
    expect(form.page).to_have_title("The form, without Jupyter")


def test_text_runs_in_its_own_direction(form: FormPage) -> None:
    form.box(WHAT).fill("שלום")
    direction = form.box(WHAT).evaluate("box => getComputedStyle(box).direction")
    assert direction == "rtl"


# -- rows


def test_a_new_row_takes_the_focus_and_is_compared(form: FormPage) -> None:
    form.box(WHAT).fill("Rivals")
    form.button(ADD).click()
    expect(form.box(WHAT)).to_be_focused()
    expect(form.box(WHAT)).to_have_value("")
    form.page.keyboard.type("A merger")
    expect(form.save).to_have_text(SAVED)
    expect(form.page.get_by_role("row", name=re.compile("Rivals"))).to_be_visible()
    expect(form.page.get_by_role("row", name=re.compile("A merger"))).to_be_visible()
    form.page.get_by_role("table").get_by_role("button", name="Rivals").click()
    expect(form.box(WHAT)).to_have_value("Rivals")
    expect(form.box(WHAT)).to_be_focused()


def test_rows_are_duplicated_moved_and_removed_and_the_focus_stays_near(example: FormPage) -> None:
    first, second = rows(example)
    example.menu(THIS, say("form.row_duplicate"))
    expect(example.box(WHAT)).to_be_focused()
    expect(example.box(WHAT)).to_have_value(example.stored()[f"candidates/{first}/what"])
    expect(example.save).to_have_text(SAVED)
    copy = rows(example)[1]
    assert rows(example) == [first, copy, second]
    example.menu(THIS, say("form.row_up"))
    expect(example.button(say("form.row_down"))).to_be_focused()
    example.page.keyboard.press("Escape")
    expect(example.page.locator("summary:visible", has_text=THIS)).to_be_focused()
    expect(example.save).to_have_text(SAVED)
    assert rows(example) == [copy, first, second]
    example.menu(THIS, say("form.row_remove"))
    expect(example.box(WHAT)).to_be_focused()
    expect(example.save).to_have_text(SAVED)
    assert rows(example) == [first, second]
    note = example.page.locator(".note:visible")
    expect(note).to_contain_text(until("form.row_removed"))
    note.get_by_role("button", name=say("form.undo")).click()
    expect(example.page.locator("tbody tr")).to_have_count(3)
    assert rows(example) == [copy, first, second]


def test_a_row_can_be_built_on_and_let_go(form: FormPage) -> None:
    form.box(WHAT).fill("Rivals")
    form.button(ADD).click()
    build = form.button(say("form.build"))
    build.click()
    expect(build).to_have_attribute("aria-pressed", "true")
    expect(form.page.get_by_role("table")).to_contain_text(say("form.chosen"))
    expect(form.save).to_have_text(SAVED)
    assert form.stored()["chosen"] == rows(form)[1]
    build.click()
    expect(build).to_have_attribute("aria-pressed", "false")
    expect(form.save).to_have_text(SAVED)
    assert "chosen" not in form.stored()


def test_rows_come_from_a_spreadsheet_and_a_bad_one_is_there_again_to_be_mended(
    form: FormPage,
) -> None:
    form.page.locator("summary", has_text=WORK).click()
    part = form.page.locator("details.deeper", has_text=WORK)
    part.get_by_role("button", name=say("form.paste")).click()
    dialog = form.page.get_by_role("dialog")
    bad = "Branch report\tTwenty pages\tHead\tperhaps"
    dialog.get_by_role("textbox").fill(bad)
    dialog.get_by_role("button", name=say("form.paste_ok")).click()
    expect(part.locator(".error:visible")).to_contain_text("Row 1")
    assert rows(form, "work_items") == []
    part.get_by_role("button", name=say("form.paste")).click()
    expect(dialog.get_by_role("textbox")).to_have_value(bad)
    dialog.get_by_role("textbox").fill("Branch report\tTwenty pages\nClient letters\tTrust")
    dialog.get_by_role("button", name=say("form.paste_ok")).click()
    expect(part.locator("li.card")).to_have_count(2)
    first = part.locator("li.card").first
    expect(first.get_by_role("textbox", name=short("catalyst", "delivers"))).to_have_value(
        "Twenty pages"
    )
    assert len(rows(form, "work_items")) == 2


def test_lines_pasted_into_the_first_cell_are_offered_as_rows(form: FormPage) -> None:
    form.box(WHAT).focus()
    form.box(WHAT).evaluate(PASTE)
    dialog = form.page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox")).to_have_value("One\tYes\nTwo\tNo")
    dialog.get_by_role("button", name=say("form.cancel")).click()
    expect(form.box(WHAT)).to_be_focused()


# -- the worksheet as a whole


def test_undo_says_what_it_takes_back(form: FormPage) -> None:
    form.choose(BREAK, YES)
    undo = form.page.get_by_role("button", name=re.compile(re.escape(BREAK)))
    undo.click()
    expect(form.question(BREAK).get_by_role("radio", name=YES)).not_to_be_checked()
    expect(form.save).to_have_text(SAVED)


def test_worksheets_are_named_copied_and_switched_and_none_loses_an_edit(form: FormPage) -> None:
    form.box(WHAT).fill("Rivals")
    form.menu(say("form.worksheet"), say("form.rename"))
    name = form.page.get_by_role("dialog").get_by_role("textbox", name=say("form.name"))
    name.fill("North")
    name.press("Enter")
    expect(form.page.locator(".worksheets > summary")).to_contain_text("North")
    form.menu(say("form.worksheet"), say("form.row_duplicate"))
    form.page.get_by_role("dialog").get_by_role("button", name=say("form.row_duplicate")).click()
    expect(form.page.locator(".worksheets > summary")).to_contain_text(COPY)
    expect(form.box(WHAT)).to_have_value("Rivals")
    form.slow(800)
    form.box(WHAT).fill("The copy")
    form.page.locator(".worksheets > summary").click()
    form.page.locator(".worksheets li button").filter(has_text=re.compile("^North[^,]")).click()
    expect(form.box(WHAT)).to_have_value("Rivals")
    form.slow(0)
    form.menu(say("form.worksheet"), COPY)
    expect(form.box(WHAT)).to_have_value("The copy")
    form.reload()
    expect(form.box(WHAT)).to_have_value("The copy")


def test_the_example_never_takes_the_place_of_answers(form: FormPage) -> None:
    form.box(WHAT).fill("Rivals")
    expect(form.save).to_have_text(SAVED)
    form.menu(say("form.more"), say("form.load_example"))
    expect(form.page.get_by_text(say("form.start_own"))).to_be_visible()
    form.menu(say("form.worksheet"), title("catalyst"))
    expect(form.box(WHAT)).to_have_value("Rivals")


def test_a_newcomer_chooses_between_two_examples(form: FormPage) -> None:
    [story] = form.form.content["sheet"]["stories"]
    welcome = form.page.locator(".welcome")
    expect(welcome.get_by_role("button", name=say("form.load_example"))).to_be_visible()
    welcome.get_by_role("button", name=story["offer"]).press("Enter")
    note = FRAMEWORK.story(story["id"])["catalyst"].note
    expect(form.page.get_by_text(note)).to_be_visible()
    assert "Every third carer" in str(form.stored())
    form.menu(say("form.worksheet"), say("form.new"))
    form.page.get_by_role("dialog").get_by_role("textbox").fill("Mine")
    form.page.keyboard.press("Enter")
    expect(form.page.locator(".worksheets > summary")).to_contain_text("Mine")
    form.box(WHAT).fill("Rivals")
    expect(form.save).to_have_text(SAVED)
    form.menu(say("form.more"), story["offer"])
    expect(form.page.locator(".worksheets > summary")).to_contain_text(story["name"])
    expect(form.page.get_by_text(note)).to_be_visible()


def test_an_answer_is_removed_for_good_from_its_menu(form: FormPage) -> None:
    form.box(WHAT).fill("A secret")
    expect(form.save).to_have_text(SAVED)
    form.question(WHAT).get_by_text(until("form.field_menu")).locator("..").click()
    form.button(say("form.erase")).click()
    dialog = form.page.get_by_role("dialog")
    expect(dialog).to_contain_text(WHAT)
    dialog.get_by_role("button", name=say("form.erase")).click()
    expect(form.box(WHAT)).to_have_value("")
    session = form.form.session
    assert session is not None
    assert "A secret" not in str(session.store.history(session.id))
    assert form.kept() == []


def test_the_history_tells_what_changed_and_forgets_on_request(form: FormPage) -> None:
    form.box(WHAT).fill("At first")
    expect(form.save).to_have_text(SAVED)
    form.box(WHAT).fill("Then")
    expect(form.save).to_have_text(say("form.save_saving"))
    expect(form.save).to_have_text(SAVED)
    form.button(say("form.history")).click()
    dialog = form.page.get_by_role("dialog")
    expect(dialog).to_contain_text(say("form.history_change", previous="At first", value="Then"))
    dialog.get_by_role("button", name=say("form.erase")).first.click()
    form.page.get_by_role("dialog").get_by_role("button", name=say("form.erase")).click()
    expect(form.page.get_by_text(say("notice.erased")).first).to_be_visible()
    expect(form.box(WHAT)).to_have_value("")


def test_going_back_says_so_above_the_questions_until_it_is_taken_back(form: FormPage) -> None:
    for text in ("At first", "Then"):
        form.box(WHAT).fill(text)
        expect(form.save).to_have_text(say("form.save_saving"))
        expect(form.save).to_have_text(SAVED)
    form.button(say("form.history")).click()
    back = form.page.get_by_role("dialog").get_by_role("button", name=say("form.history_back"))
    back.first.click()
    expect(form.box(WHAT)).to_have_value("At first")
    notice = form.page.locator(".notice", has_text=say("form.restored"))
    expect(notice).to_be_visible()
    form.button(say("form.undo_short")).first.click()
    expect(form.box(WHAT)).to_have_value("Then")
    expect(notice).to_have_count(0)


def test_everything_goes_from_the_store_and_from_the_browser(example: FormPage) -> None:
    example.menu(say("form.more"), say("form.erase_everything"))
    dialog = example.page.get_by_role("dialog")
    expect(dialog).to_contain_text(say("form.export"))
    dialog.get_by_role("button", name=say("form.erase_everything")).click()
    expect(example.page.get_by_text(say("notice.erased_all")).first).to_be_visible()
    assert example.stored() == {}
    assert example.page.evaluate("Object.keys(localStorage)") == []


def test_an_export_is_taken_in_again(form: FormPage, tmp_path: Any) -> None:
    form.box(WHAT).fill("Rivals")
    expect(form.save).to_have_text(SAVED)
    with form.page.expect_download() as download:
        form.menu(say("form.more"), say("form.export"))
    file = tmp_path / "export.json"
    download.value.save_as(file)
    form.box(WHAT).fill("A merger")
    expect(form.save).to_have_text(say("form.save_saving"))
    expect(form.save).to_have_text(SAVED)
    choose_file(form, file)
    dialog = form.page.get_by_role("dialog")
    expect(dialog).to_contain_text(say("form.import_differs_one", name=title("catalyst")))
    expect(dialog.get_by_role("radio", name=say("form.way_keep"))).to_be_checked()
    dialog.get_by_role("button", name=say("form.import_take"), exact=True).click()
    added = say("notice.imported", names=say("form.copy_name", name=title("catalyst")))
    expect(form.page.get_by_text(added).first).to_be_visible()
    expect(form.box(WHAT)).to_have_value("Rivals")
    wrong = tmp_path / "wrong.json"
    wrong.write_text("no", encoding="utf-8")
    choose_file(form, wrong)
    expect(form.page.get_by_text("not a playbook export").first).to_be_visible()


def choose_file(form: FormPage, file: Path) -> None:
    """Import a file, as far as what is asked of it."""
    with form.page.expect_file_chooser() as chooser:
        form.menu(say("form.more"), say("form.import"))
    chooser.value.set_files(file)
