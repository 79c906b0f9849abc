"""Scales, orders, numbers and numbers by date in a browser: by mouse, finger, keyboard and file."""

from __future__ import annotations

import base64
import re
import sys
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from playbook.model import InputError
from tests.browser.harness.catalyst import SAVED
from tests.browser.harness.fingers import touch
from tests.browser.harness.test_form_for_everybody import OPEN_ALL, serious
from tests.browser.harness.trial import COUNT, IMPACT, ORDER, SHARE, TRIAL, WEEKS
from tests.browser.labels import say
from widgets.form import SheetForm

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import FormPage
    from widgets.session import Session

ROWS = "Week\tCalls\n2027-01-11\t12,5\n2027-01-04\t40\n2027-01-18\t33"
STORED_ROWS = "2027-01-04 40\n2027-01-11 12.5\n2027-01-18 33"


@pytest.fixture
def open_trial(
    tab: Callable[..., FormPage], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., FormPage]:
    """Opens the trial sheet, which has no rules."""
    name = f"playbook.rules.{TRIAL.id}"
    monkeypatch.setitem(sys.modules, name, ModuleType(name))
    return lambda *context: tab(*context, sheet=TRIAL)


@pytest.fixture
def form(open_trial: Callable[..., FormPage]) -> FormPage:
    return open_trial()


def saved(form: FormPage, question: str) -> Any:
    """The answer in the store, once all is saved."""
    expect(form.save).to_have_text(SAVED)
    return form.stored().get(question)


# -- an order


def put(form: FormPage, name: str) -> Locator:
    return form.page.get_by_role("button", name=f"Put in order: {name}")


def in_order(form: FormPage) -> Locator:
    return form.question(ORDER).locator("ol > li")


def middle(item: Locator) -> tuple[float, float]:
    box = item.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_choices_are_put_in_order_by_keyboard_and_the_focus_stays_on_what_moved(
    form: FormPage,
) -> None:
    keyboard = form.page.keyboard
    put(form, "Pay").focus()
    keyboard.press("Enter")
    put(form, "New skills").focus()
    keyboard.press("Enter")
    expect(form.focused).to_have_accessible_name("Move up: New skills")
    expect(form.page.locator("[data-pb-live]")).to_have_text("New skills is now number 2 of 2.")
    keyboard.press("Enter")
    expect(form.focused).to_have_accessible_name("Move up: New skills")
    expect(in_order(form)).to_have_text([re.compile("New skills"), re.compile("Pay")])
    keyboard.press("Enter")  # first already: nothing to do
    assert saved(form, "order") == ["skills", "pay"]
    form.page.get_by_role("button", name="Take out of the order: New skills").press("Enter")
    expect(put(form, "New skills")).to_be_focused()
    assert saved(form, "order") == ["pay"]
    form.page.get_by_role("button", name="Take out of the order: Pay").press("Enter")
    assert saved(form, "order") is None


def test_what_is_dragged_by_mouse_comes_to_stand_where_it_is_let_go(form: FormPage) -> None:
    for name in ("Time with clients", "New skills", "Pay"):
        put(form, name).click()
    mouse = form.page.mouse
    mouse.move(*middle(in_order(form).nth(2).locator("[dir]")))
    mouse.down()
    x, y = middle(in_order(form).nth(0))
    mouse.move(x, y - 12, steps=4)
    mouse.up()
    assert saved(form, "order") == ["pay", "time", "skills"]
    mouse.move(*middle(put(form, "A calmer day")))
    mouse.down()
    x, y = middle(in_order(form).nth(0))
    mouse.move(x, y + 12, steps=4)
    mouse.up()
    assert saved(form, "order") == ["pay", "calm", "time", "skills"]
    form.reload()
    expect(in_order(form).nth(1)).to_contain_text("A calmer day")


def test_a_finger_drags_by_the_grip_and_escape_or_a_place_outside_changes_nothing(
    chromium: Browser, open_trial: Callable[..., FormPage]
) -> None:
    phone = {"width": 360, "height": 1400}
    context = chromium.new_context(viewport=phone, has_touch=True, is_mobile=True)
    form = open_trial(context)
    for name in ("Time with clients", "New skills"):
        put(form, name).tap()
    first, second = (middle(in_order(form).nth(place).locator(".grip")) for place in (0, 1))
    touch(form.page, second, (first[0], first[1] - 12))
    assert saved(form, "order") == ["skills", "time"]
    touch(form.page, middle(put(form, "Pay").locator(".grip")), (20, 1390))
    mouse = form.page.mouse
    mouse.move(*middle(in_order(form).nth(1).locator("[dir]")))
    mouse.down()
    mouse.move(*first, steps=4)
    form.page.keyboard.press("Escape")
    mouse.up()
    assert saved(form, "order") == ["skills", "time"]
    context.close()


# -- a scale


def test_a_scale_is_a_group_of_radio_buttons_from_low_to_high(form: FormPage) -> None:
    points = form.page.get_by_role("radiogroup", name=IMPACT).get_by_role("radio")
    expect(points).to_have_count(4)
    expect(points.nth(2)).to_have_accessible_description("They would ask about it")
    points.nth(2).focus()
    form.page.keyboard.press("Space")
    form.page.keyboard.press("ArrowRight")
    expect(points.nth(3)).to_be_checked()
    assert saved(form, "impact") == "decisive"


@pytest.mark.parametrize(("width", "across"), [(360, False), (1280, True)])
def test_the_points_stand_in_a_row_where_there_is_room(
    form: FormPage, width: int, across: bool
) -> None:
    form.page.set_viewport_size({"width": width, "height": 900})
    points = form.question(IMPACT).locator(".point")
    boxes = [points.nth(place).bounding_box() for place in range(4)]
    tops = [round(box["y"]) for box in boxes if box]
    assert (len(set(tops)) == 1) == across
    assert tops == sorted(tops)
    assert form.page.evaluate("document.documentElement.scrollWidth") == width


# -- a number


def test_a_refused_number_stays_as_it_was_typed_beside_the_reason(form: FormPage) -> None:
    box = form.box(COUNT)
    expect(box).to_have_accessible_description("people from 0 to 100,000, whole numbers")
    expect(box).to_have_attribute("inputmode", "decimal")
    box.fill("120000")
    box.blur()
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_accessible_description(re.compile("100,000.*120000"))
    expect(box).to_have_value("120000")
    form.reload()
    expect(form.box(COUNT)).to_have_value("120000")
    assert "count" not in form.stored()
    form.box(COUNT).fill("140")
    form.box(COUNT).blur()
    expect(form.box(COUNT)).not_to_have_attribute("aria-invalid", "true")
    assert saved(form, "count") == "140"


def test_a_comma_is_a_decimal_comma(form: FormPage) -> None:
    form.box(SHARE).fill("12,5")
    form.box(SHARE).blur()
    assert saved(form, "share") == "12.5"
    expect(form.box(SHARE)).to_have_value("12.5")


# -- numbers by date


def test_pasted_rows_are_kept_in_order_drawn_and_told_in_words(form: FormPage) -> None:
    box = form.page.get_by_label("Dates and values")
    box.fill(ROWS)
    box.blur()
    assert saved(form, "weeks") == STORED_ROWS
    expect(box).to_have_value(STORED_ROWS)
    asked = form.question(WEEKS)
    expect(asked).to_contain_text("3 values, the last from 18 January 2027")
    expect(asked).to_contain_text("From 40 to 33; the lowest is 12.5, the highest 40.")
    expect(asked.locator("svg polyline")).to_have_attribute(
        "points", "4.0,4.0 80.0,32.0 156.0,11.1"
    )
    form.reload()
    expect(box).to_be_hidden()
    asked.get_by_text(say("form.series_show")).click()
    expect(box).to_have_value(STORED_ROWS)


def test_rows_that_cannot_be_read_stay_with_the_reason(form: FormPage) -> None:
    box = form.page.get_by_label("Dates and values")
    box.fill("2027-01-04 40\n2027-01-11 many")
    box.blur()
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(form.question(WEEKS).locator(".error:visible")).to_contain_text("many")
    expect(form.question(WEEKS).locator("svg")).to_have_count(0)
    assert "weeks" not in form.stored()


def test_a_file_takes_the_place_of_what_was_there_and_one_too_big_is_not_read(
    form: FormPage, tmp_path: Path
) -> None:
    small, big = tmp_path / "calls.csv", tmp_path / "big.csv"
    small.write_text(ROWS.replace("\t", ";"), encoding="utf-8")
    big.write_text("x" * 300_000, encoding="utf-8")
    choose(form, small)
    assert saved(form, "weeks") == STORED_ROWS
    expect(form.question(WEEKS)).to_contain_text("3 values")
    choose(form, big)
    expect(form.question(WEEKS)).to_contain_text("This file has 0.3 MB and 0.2 MB fit")
    assert saved(form, "weeks") == STORED_ROWS


def test_a_workbook_is_read_by_a_kernel_that_can_or_refused_in_its_words(
    open_trial: Callable[..., FormPage], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def workbook(_: Session, message: Mapping[str, Any]) -> dict[str, Any]:
        if base64.b64decode(message["base64"]) != b"calls":
            raise InputError(f"{message['name']} has no dates.")
        return {"series_text": STORED_ROWS}

    monkeypatch.setattr(SheetForm, "more_asks", {"workbook": workbook})
    form = open_trial()
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(b"calls")
    bad.write_bytes(b"nothing")
    choose(form, good)
    assert saved(form, "weeks") == STORED_ROWS
    choose(form, bad)
    expect(form.question(WEEKS)).to_contain_text("bad.xlsx has no dates.")
    assert saved(form, "weeks") == STORED_ROWS


def choose(form: FormPage, path: Path) -> None:
    with form.page.expect_file_chooser() as chooser:
        form.button("Choose a file").click()
    chooser.value.set_files(path)


# -- for everybody


def test_axe_finds_nothing_grave_in_any_kind(form: FormPage) -> None:
    put(form, "Pay").click()
    form.box(COUNT).fill("many")
    form.page.get_by_label("Dates and values").fill(ROWS)
    form.box(SHARE).focus()
    expect(form.question(WEEKS).locator("svg")).to_be_visible()
    expect(form.box(COUNT)).to_have_attribute("aria-invalid", "true")
    form.page.evaluate(OPEN_ALL)
    assert serious(form.page) == []
    form.page.emulate_media(color_scheme="dark")
    assert serious(form.page) == []
