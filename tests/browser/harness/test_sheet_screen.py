"""The screen of a sheet: the counter, what is needed, and links that lead to a field."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.axe import GRAVE, faults
from tests.browser.harness.catalyst import BREAK, LOSS, SAVED, URGENT, WHAT
from tests.browser.labels import YES

if TYPE_CHECKING:
    from conftest import FormPage

GO = """detail => document.dispatchEvent(
    new CustomEvent("playbook:go-to-field", { bubbles: true, cancelable: true, detail }))"""


def go(form: FormPage, field: str, sheet: str = "catalyst") -> bool:
    """Follow a link of the card to a field; whether the form went there."""
    return not form.page.evaluate(GO, {"sheet": sheet, "field": field})


def field(form: FormPage, name: str) -> Locator:
    return form.page.locator(f"[data-field={json.dumps(name)}]")


def row(form: FormPage, place: int = 0) -> str:
    """The id of a candidate in the store."""
    rows = {name: at for name, at in form.stored().items() if name.count("/") == 1}
    ordered = sorted((n for n in rows if n.startswith("candidates/")), key=lambda n: rows[n])
    return ordered[place].split("/")[1]


def say(form: FormPage, key: str, **values: object) -> str:
    return form.framework.words.text(f"form.{key}", **values)


def counter(form: FormPage, answered: int, waiting: int = 0) -> None:
    """So many of six, and so many follow-ups that the verdict waits for."""
    told = [say(form, "progress", answered=answered, asked=6)]
    if waiting:
        told.append(say(form, "waiting_one" if waiting == 1 else "waiting", count=waiting))
    expect(form.page.locator(".counter p")).to_have_text(", ".join(told))
    expect(form.page.locator(".steps .on")).to_have_count(answered)


def test_the_counter_counts_six_and_never_more(form: FormPage) -> None:
    counter(form, 0)
    form.choose(URGENT, YES)
    counter(form, 1, waiting=2)
    form.box(LOSS).fill("Two branches")  # a follow-up is not counted among the six
    expect(form.save).to_have_text(SAVED)
    counter(form, 1, waiting=1)
    form.choose(BREAK, YES)
    counter(form, 2, waiting=2)  # what breaks opened a question of its own


def test_a_follow_up_says_that_it_is_needed_until_it_is_answered(form: FormPage) -> None:
    form.choose(URGENT, YES)
    asked = form.question(LOSS)
    needed = asked.locator(".needed")
    expect(needed).to_be_visible()
    expect(needed).to_have_text(say(form, "needed"))
    form.box(LOSS).fill("Two branches")
    expect(needed).to_be_hidden()


def test_what_makes_it_stronger_is_closed_and_never_said_to_be_missing(form: FormPage) -> None:
    group = form.page.get_by_role("region", name=say(form, "deeper"))
    expect(group).to_contain_text(say(form, "deeper_hint"))
    expect(group.locator("details[open]")).to_have_count(0)
    form.page.evaluate(
        "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
    )
    expect(group.locator(".needed:visible")).to_have_count(0)
    expect(group.get_by_text(say(form, "optional"))).to_have_count(0)


@pytest.mark.parametrize("question", ["what", "breaks", "shared_by", "first_step"])
def test_a_link_puts_the_focus_on_its_field_also_where_it_is_folded(
    example: FormPage, question: str
) -> None:
    deep = question in ("shared_by",)
    asked_of_row = question != "first_step"
    name = f"candidates/{row(example)}/{question}" if asked_of_row else question
    if deep or not asked_of_row:
        expect(field(example, name)).to_be_hidden()
    assert go(example, name)
    expect(field(example, name).locator(":focus")).to_have_count(1)
    expect(field(example, name)).to_be_in_viewport()


def test_a_link_turns_to_the_row_that_its_field_stands_in(example: FormPage) -> None:
    name = f"candidates/{row(example, 1)}/urgent"
    expect(field(example, name)).to_be_hidden()
    assert go(example, name)
    expect(field(example, name).locator(":focus")).to_have_count(1)


def test_a_link_without_a_row_means_the_one_on_screen(form: FormPage) -> None:
    assert go(form, "candidates//what")
    expect(form.box(WHAT)).to_be_focused()


def test_a_link_to_another_sheet_or_to_nothing_is_left_alone(form: FormPage) -> None:
    form.box(WHAT).focus()
    assert not go(form, "candidates//what", "champion")
    assert not go(form, "nothing_like_it")
    expect(form.box(WHAT)).to_be_focused()


def test_new_here_goes_with_the_first_answer_and_moves_nothing(form: FormPage) -> None:
    welcome = form.page.locator(".welcome")
    expect(welcome).to_be_visible()
    before = form.box(WHAT).bounding_box()
    form.box(WHAT).fill("Clients leave")
    expect(form.save).to_have_text(SAVED)
    expect(welcome).to_be_hidden()
    after = form.box(WHAT).bounding_box()
    assert before
    assert after
    assert after["y"] == before["y"]


def test_the_first_question_is_on_a_phones_first_screen(form: FormPage) -> None:
    form.page.set_viewport_size({"width": 390, "height": 844})
    box = form.box(WHAT).bounding_box()
    assert box
    assert box["y"] + box["height"] < 844 - 70, "the foot bar covers it"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(example: FormPage, scheme: str) -> None:
    example.page.emulate_media(color_scheme=scheme)
    example.page.evaluate(
        "document.querySelectorAll('details:not(.menu)').forEach((one) => { one.open = true; })"
    )
    assert faults(example.page, GRAVE) == []
