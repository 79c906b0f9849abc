"""Whatever is put in: one plain sentence beside it, the last good answer kept, nothing run."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from benchmarks.client import wait_for

from .conftest import Tab

ONE_SENTENCE = re.compile(r"^[A-Z][^.!?]*(\d\.\d[^.!?]*)*[.]$")
GOOD = "Rivals take our clients."
TOO_LONG = "Rivals take our clients, one by one. " * 9

FORGED = {
    "what": ["a", "list"],  # long text
    "loss": 5,  # text
    "by_when": "2027-02-31",  # date
    "breaks": "perhaps",  # answer
    "kind": "volcano",  # one of several
    "shared_by": ["leaders", "martians"],  # several
    "chosen": "rnosuchrow",  # a row
}
"""A value that no control gives, for each kind of question."""

HOSTILE = [
    '<img src=x onerror="pwned=1">',
    "</script><script>pwned=1</script>",
    "A$$B $& {name} {0} %s ${x}",
    "\u200fthe other way around\u200e",
    "__proto__ constructor",
    "👩‍👩‍👧 🏳️‍🌈 مرحبا",
]
HOSTILE_NAME = "<b onmouseover=pwned=1>__proto__</b> $& {name}"


def error_at(tab: Tab, question: str) -> Locator:
    """What is said at a question that its answer can't be taken."""
    return tab.around(question).locator(".error:visible")


def only_row(tab: Tab) -> str:
    """The one candidate's id."""
    [info] = tab.store.worksheets()
    fields = tab.store.load(info.id).fields
    [row] = {name.split("/")[1] for name in fields if name.startswith("candidates/")}
    return row


def forge(tab: Tab, field: str, value: Any) -> None:
    """Leave an edit in the page's own storage, as a page that was tampered with might."""
    [info] = tab.store.worksheets()
    known = tab.store.load(info.id).fields.get(field)
    op = {"op_id": str(uuid4()), "kind": "set", "field": field, "value": value}
    op["base_rev"] = known.rev if known else 0
    op |= {"worksheet": info.id, "made": len(tab.kept()) + 1}
    key = f"pb:op:{info.id}:{op['op_id']}"
    tab.page.evaluate("([key, op]) => localStorage.setItem(key, JSON.stringify(op))", [key, op])


def test_a_value_that_no_control_gives_is_refused_at_its_field_for_every_kind(tab: Tab) -> None:
    asked = {q.id: q.kind for section in tab.sheet.sections for q in section.questions}
    assert {asked[question] for question in FORGED} == set(asked.values()), "a kind is missing"
    tab.choose("urgent", "yes")
    tab.choose("breaks", "yes")
    tab.write("what", GOOD)
    before = tab.answers()
    row = only_row(tab)
    for question, value in FORGED.items():
        forge(tab, question if question == "chosen" else f"candidates/{row}/{question}", value)
    tab.reload()
    expect(tab.save).to_have_text(tab.say("form.save_refused"))
    tab.open_all()
    for question in FORGED:
        expect(error_at(tab, question)).to_have_text(ONE_SENTENCE)
    expect(tab.group("breaks")).to_have_attribute("aria-invalid", "true")
    expect(tab.group("breaks")).to_have_accessible_description(re.compile("perhaps"))
    assert tab.answers() == before
    tab.choice("breaks", "no").check()
    expect(error_at(tab, "breaks")).to_have_count(0)
    wait_for(lambda: tab.answers() == {**before, "breaks": "no"}, "the mended answer is not saved")


@pytest.mark.parametrize("question", ["what", "loss"])
def test_a_text_too_long_is_kept_where_it_was_typed_and_not_stored(tab: Tab, question: str) -> None:
    tab.choose("urgent", "yes")
    tab.write(question, GOOD)
    tab.box(question).fill(TOO_LONG)
    tab.box(question).blur()
    limit = tab.question(question).max_length or 300
    said = tab.say("error.too_long", length=len(TOO_LONG.strip()), limit=limit)
    expect(error_at(tab, question)).to_have_text(said)
    tab.reload()
    expect(tab.box(question)).to_have_value(TOO_LONG)
    expect(error_at(tab, question)).to_have_text(said)
    expect(tab.box(question)).to_have_attribute("aria-invalid", "true")
    expect(tab.box(question)).to_have_accessible_description(re.compile(re.escape(said)))
    assert tab.answers()[question] == GOOD
    tab.write(question, "Mended.")
    expect(error_at(tab, question)).to_have_count(0)
    assert tab.answers()[question] == "Mended."


@pytest.mark.parametrize("typed", ["February 2031", "30 February 2031"])
def test_a_date_that_is_none_is_said_and_not_stored(tab: Tab, typed: str) -> None:
    tab.choose("urgent", "yes")
    tab.box("by_when").press_sequentially(typed)
    tab.box("by_when").blur()
    expect(error_at(tab, "by_when")).to_have_text(tab.say("error.date", given=typed))
    expect(tab.box("by_when")).to_have_attribute("aria-invalid", "true")
    tab.choice("breaks", "yes").locator("xpath=ancestor::label").click()
    expect(tab.page.locator("[data-pb-save]")).to_have_text(tab.say("form.save_refused"))
    assert "by_when" not in tab.answers()
    tab.box("by_when").fill("2031-03-01")
    tab.box("by_when").blur()
    expect(error_at(tab, "by_when")).to_have_count(0)
    tab.saved()
    assert tab.answers()["by_when"] == "2031-03-01"


def test_cells_that_cannot_be_pasted_are_named_and_there_again_to_be_mended(tab: Tab) -> None:
    tab.choose("breaks", "yes")
    before = tab.answers()
    cells = spread(tab, f"{GOOD}\tVolcano\tyes", "Another\tmarket\tperhaps")
    paste(tab, cells)
    refusal = tab.form.get_by_text(re.compile("Volcano"))
    expect(refusal).to_have_text(ONE_SENTENCE)
    expect(refusal).to_contain_text(tab.question("kind").short)
    assert tab.answers() == before
    tab.button("form.paste").first.click()
    box = tab.dialog.get_by_role("textbox")
    expect(box).to_have_value(cells)
    market = tab.label("kind", "market")
    box.fill(spread(tab, f"{GOOD}\t{market}\tyes", "Another\tmarket\tpartly"))
    tab.dialog.get_by_role("button", name=tab.say("form.paste_ok")).click()
    expect(tab.compare.get_by_role("row")).to_have_count(1 + 3)
    expect(refusal).to_be_hidden()


def spread(tab: Tab, *lines: str) -> str:
    """Cells under the headings of three columns, which don't stand side by side in the form."""
    heads = (tab.question(question).short for question in ("what", "kind", "breaks"))
    return "\n".join(["\t".join(heads), *lines])


def paste(tab: Tab, cells: str) -> None:
    """Paste cells as a spreadsheet gives them, in the dialog for it."""
    tab.button("form.paste").first.click()
    tab.dialog.get_by_role("textbox").fill(cells)
    tab.dialog.get_by_role("button", name=tab.say("form.paste_ok")).click()


def test_hostile_text_is_text_wherever_it_is_shown(
    tab: Tab, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    tab.write("what", HOSTILE[0])
    paste(tab, spread(tab, *(f"{text}\tmarket\tyes" for text in HOSTILE[1:])))
    expect(tab.compare.get_by_role("row")).to_have_count(1 + len(HOSTILE))
    tab.pick("form.worksheet", "form.rename")
    tab.dialog.get_by_role("textbox").fill(HOSTILE_NAME)
    tab.dialog.get_by_role("button", name=tab.say("form.rename_ok")).click()
    expect(tab.page.locator("summary").filter(has_text=HOSTILE_NAME)).to_be_visible()
    for text in HOSTILE:
        expect(tab.compare.get_by_role("button", name=text)).to_be_visible()
        tab.compare.get_by_role("button", name=text).click()
        expect(tab.box("what")).to_have_value(text)
    expect(tab.picture.locator("svg")).to_contain_text("A$$B $& {name}")
    tab.button("form.history").click()
    expect(tab.dialog.get_by_text(f"“{HOSTILE[0]}”")).to_be_visible()
    tab.dialog.get_by_role("button", name=tab.say("form.close")).click()
    is_inert(tab.page)
    the_saved_page_is_inert(tab, new_context().new_page(), tmp_path)
    tab.enter()
    expect(tab.page.get_by_text(HOSTILE_NAME)).to_be_visible()
    is_inert(tab.page)


def the_saved_page_is_inert(tab: Tab, page: Page, folder: Path) -> None:
    with tab.page.expect_download() as download:
        tab.pick("form.more", "form.html")
    download.value.save_as(folder / "saved.html")
    page.goto((folder / "saved.html").as_uri())
    for text in (*HOSTILE, HOSTILE_NAME):
        expect(page.get_by_text(text).first).to_be_visible()
    is_inert(page)


def is_inert(page: Page) -> None:
    """Nothing of the texts became an element, and none of it ran."""
    assert page.evaluate("globalThis.pwned") is None
    assert page.evaluate("({}).pwned") is None
    assert page.locator("img, b[onmouseover]").count() == 0
