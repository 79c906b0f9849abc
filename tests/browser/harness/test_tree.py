"""The metric tree in a browser: the chain, the picture and its outline; mouse, finger, keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from benchmarks.client import wait_for
from tests.browser.harness.catalyst import SAVED
from tests.browser.harness.fingers import touch
from tests.browser.harness.metric_tree import BECAUSE, NAME, card, many, open_tree, plant, shape
from tests.browser.harness.test_form_for_everybody import OPEN_ALL, serious
from tests.browser.labels import option, say

if TYPE_CHECKING:
    from conftest import FormPage

PHONE: dict[str, Any] = {"viewport": {"width": 340, "height": 740}, "has_touch": True}
WHOLE = ["Revenue", " Stayers", "  Calls", "  Bills", " Contracts", "  Quotes"]


@pytest.fixture
def form(tab: Callable[..., FormPage]) -> FormPage:
    return tab(sheet="metric_tree")


@pytest.fixture
def phone(chromium: Browser, tab: Callable[..., FormPage]) -> Iterator[FormPage]:
    with chromium.new_context(**PHONE) as context:
        yield tab(context, sheet="metric_tree")


def holds(form: FormPage, lines: list[str]) -> None:
    """Wait until the worksheet in the kernel holds this tree."""
    wait_for(lambda: (form.page.title(), shape(form) == lines)[1], f"it is not {lines}", 10)


def step(form: FormPage, place: int) -> Locator:
    """A step of the chain: 0 the money, 1 the operating metric, 2 and more the measures."""
    return form.page.locator(".chain-step").nth(place)


# -- the chain


def test_a_chain_is_filled_from_blank_by_keyboard_alone(form: FormPage) -> None:
    keyboard = form.page.keyboard
    step(form, 2).get_by_role("textbox", name=NAME).focus()
    keyboard.type("Calls")  # the last step first: what it moves is made before it
    keyboard.press("Tab")
    expect(step(form, 2).get_by_role("button", name="Remove Calls")).to_be_visible()
    step(form, 0).get_by_role("textbox", name=NAME).focus()
    keyboard.type("Revenue")
    step(form, 1).get_by_role("textbox", name=NAME).focus()
    keyboard.type("Stayers")
    step(form, 1).get_by_role("radio", name=say("tree.evidence.measured")).focus()
    keyboard.press("Space")
    step(form, 1).get_by_role("textbox", name=BECAUSE).focus()  # opened by the answer before it
    keyboard.type("They buy again.")
    expect(form.save).to_have_text(SAVED)
    assert shape(form) == ["Revenue", " Stayers", "  Calls"]
    assert {"financial", "operating", "frontline", "measured"} <= set(form.stored().values())


def test_measures_are_added_and_removed_with_the_mouse_and_undo_brings_them_back(
    form: FormPage,
) -> None:
    plant(form)
    expect(form.page.get_by_text("2 more metrics are in the whole tree")).to_be_visible()
    form.button(say("chain.add")).click()
    form.page.keyboard.type("Talks")
    expect(form.page.locator(".chain-step")).to_have_count(5)
    holds(form, ["Revenue", " Stayers", "  Calls", "  Bills", "  Talks", *WHOLE[4:]])
    form.button("Remove Bills").click()
    expect(form.page.locator(".chain-step")).to_have_count(4)
    holds(form, ["Revenue", " Stayers", "  Calls", "  Talks", *WHOLE[4:]])
    form.page.locator(".chain .note").get_by_role("button", name=say("form.undo")).click()
    holds(form, ["Revenue", " Stayers", "  Calls", "  Bills", "  Talks", *WHOLE[4:]])
    expect(form.page.locator(".chain-step")).to_have_count(5)


def test_a_blank_measure_keeps_its_place_when_it_is_answered(form: FormPage) -> None:
    step(form, 3).get_by_role("textbox", name=NAME).fill("Second")
    step(form, 2).get_by_role("textbox", name=NAME).fill("First")
    expect(form.save).to_have_text(SAVED)
    names = form.page.locator(".chain-fronts").get_by_role("textbox", name=NAME)
    assert [box.input_value() for box in names.all()] == ["First", "Second"]
    step(form, 2).get_by_role("radio", name=say("tree.evidence.hoped")).check()
    expect(step(form, 2).locator(".chain-arrow")).to_contain_text(say("tree.evidence.hoped"))


def test_the_same_answer_in_chain_and_tree_stays_in_step(form: FormPage) -> None:
    plant(form)
    open_tree(form)
    card(form, "Stayers").click()
    panel = form.page.get_by_role("group", name=say("tree.panel"))
    panel.get_by_role("textbox", name=NAME).fill("Customers who stay")
    expect(step(form, 1).get_by_role("textbox", name=NAME)).to_have_value("Customers who stay")
    card(form, "Calls").click()
    expect(panel.get_by_role("textbox", name=NAME)).to_have_value("Calls")
    step(form, 1).get_by_role("textbox", name=NAME).fill("Stayers")
    expect(card(form, "Stayers")).to_be_visible()
    holds(form, WHOLE)


# -- the picture


def spot(one: Locator, share: float = 0.5, of: str = "") -> tuple[float, float]:
    """A place inside an element, `share` of its height down."""
    box = (one.locator(of) if of else one).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] * share


def drag(form: FormPage, name: str, onto: str, share: float = 0.5) -> None:
    """Drag a metric with the mouse to another one."""
    mouse = form.page.mouse
    form.page.locator(".tree-board").scroll_into_view_if_needed()
    card(form, name).scroll_into_view_if_needed()
    mouse.move(*spot(card(form, name)))
    mouse.down()
    mouse.move(*spot(card(form, onto), 0.4), steps=3)
    mouse.move(*spot(card(form, onto), share), steps=2)
    mouse.up()


def test_a_metric_is_dragged_below_another_and_between_two(form: FormPage) -> None:
    plant(form)
    open_tree(form)
    drag(form, "Bills", "Contracts")
    holds(form, ["Revenue", " Stayers", "  Calls", " Contracts", "  Quotes", "  Bills"])
    drag(form, "Contracts", "Stayers", share=0.1)
    holds(form, ["Revenue", " Contracts", "  Quotes", "  Bills", " Stayers", "  Calls"])
    form.button(say("form.undo")).click()
    form.button(say("form.undo")).click()
    holds(form, WHOLE)


def test_a_finger_takes_a_metric_by_its_grip(phone: FormPage) -> None:
    plant(phone)
    open_tree(phone)
    card(phone, "Quotes").scroll_into_view_if_needed()
    touch(phone.page, spot(card(phone, "Bills"), of="[data-grip]"), spot(card(phone, "Contracts")))
    holds(phone, ["Revenue", " Stayers", "  Calls", " Contracts", "  Quotes", "  Bills"])


def test_a_metric_cannot_move_what_is_below_it(form: FormPage) -> None:
    plant(form)
    open_tree(form)
    drag(form, "Stayers", "Calls")
    why = say("tree.circle", name="Stayers", parent="Calls")
    expect(form.page.locator(".tree > .error")).to_have_text(why)
    holds(form, WHOLE)
    card(form, "Stayers").click()
    options = form.page.get_by_label(say("tree.moves")).locator("option")
    expect(options).to_have_text([say("tree.top"), "Revenue", "Contracts", "Quotes"])


def test_the_picture_is_zoomed_closed_and_opened_and_found_so_again(form: FormPage) -> None:
    plant(form)
    open_tree(form)
    before = card(form, "Stayers").bounding_box()
    form.button(say("tree.zoom_in")).click()
    after = card(form, "Stayers").bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > before["width"] * 1.1
    card(form, "Stayers").locator("[data-toggle]").click()
    expect(card(form, "Calls")).to_have_count(0)
    form.reload()
    open_tree(form)
    expect(card(form, "Stayers")).to_have_attribute("aria-expanded", "false")
    card(form, "Stayers").focus()
    form.page.keyboard.press("ArrowRight")
    expect(card(form, "Calls")).to_be_visible()


def test_two_fingers_zoom_the_picture_and_one_finger_takes_no_card_along(phone: FormPage) -> None:
    plant(phone)
    open_tree(phone)
    phone.button(say("tree.picture")).click()
    board = phone.page.locator(".tree-board")
    board.scroll_into_view_if_needed()
    before = card(phone, "Revenue").bounding_box()
    x, y = spot(board)
    session = phone.page.context.new_cdp_session(phone.page)
    for kind, apart in (("touchStart", 60), ("touchMove", 75), ("touchMove", 90), ("touchEnd", 0)):
        points = [{"x": x + side * apart / 2, "y": y} for side in (-1, 1)] if apart else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    after = card(phone, "Revenue").bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] == pytest.approx(before["width"] * 1.5, rel=0.02)
    touch(phone.page, spot(card(phone, "Revenue"), of=".tree-name"), (x, y))
    assert shape(phone) == WHOLE


def test_the_tree_takes_the_whole_screen_and_escape_leads_back(form: FormPage) -> None:
    plant(form)
    open_tree(form)
    form.button(say("tree.larger")).click()
    assert form.page.locator(".tree").bounding_box() == {
        "x": 0,
        "y": 0,
        "width": 1280,
        "height": 900,
    }
    card(form, "Calls").click()
    form.page.keyboard.press("Enter")
    form.page.keyboard.press("Escape")
    expect(card(form, "Calls")).to_be_focused()
    form.page.keyboard.press("Escape")
    expect(form.button(say("tree.larger"))).to_be_focused()
    assert serious(form.page) == []


def test_no_two_cards_stand_in_the_same_place(form: FormPage) -> None:
    plant(form, list(many(60)))
    open_tree(form)
    boxes = [one.bounding_box() for one in form.page.get_by_role("treeitem").all()]
    places = [(box["x"], box["y"], box["height"]) for box in boxes if box]
    assert len(places) == 60
    for at, (x, y, height) in enumerate(places):
        assert all(abs(x - left) > 1 or abs(y - top) >= height for left, top, _ in places[:at])


# -- the keyboard


def test_the_outline_does_everything_by_keyboard(form: FormPage) -> None:
    plant(form)
    open_tree(form)
    form.button(say("tree.outline")).click()
    keyboard = form.page.keyboard
    card(form, "Revenue").focus()
    keyboard.press("End")
    expect(card(form, "Quotes")).to_be_focused()
    keyboard.press("ArrowLeft")
    expect(card(form, "Contracts")).to_be_focused()
    keyboard.press("Insert")
    keyboard.type("Visits")
    keyboard.press("Escape")
    expect(card(form, "Visits")).to_be_focused()
    keyboard.press("Alt+ArrowUp")
    holds(form, [*WHOLE[:5], "  Visits", "  Quotes"])
    keyboard.press("Alt+ArrowLeft")
    holds(form, [*WHOLE, " Visits"])
    keyboard.press("Alt+ArrowUp")
    keyboard.press("Alt+ArrowRight")
    holds(form, [*WHOLE[:4], "  Visits", *WHOLE[4:]])
    expect(form.page.get_by_role("status").last).to_have_text(
        re.compile("Visits now moves Stayers: number 3 of 3")
    )
    keyboard.type("co")
    expect(card(form, "Contracts")).to_be_focused()
    keyboard.press("Delete")
    holds(form, [*WHOLE[:4], "  Visits"])
    expect(form.page.locator(".tree .note")).to_contain_text("Removed: Contracts and 1 below it.")
    keyboard.press("Control+z")
    holds(form, [*WHOLE[:4], "  Visits", *WHOLE[4:]])
    keyboard.press("Home")
    expect(card(form, "Revenue")).to_be_focused()
    keyboard.press("ArrowLeft")
    expect(form.page.get_by_role("treeitem")).to_have_count(1)


def test_a_tree_begins_with_its_financial_result(form: FormPage) -> None:
    form.page.locator("details[data-section=tree] > summary").click()
    form.button(say("tree.begin")).click()
    form.page.keyboard.type("Revenue")
    form.button(say("tree.child")).click()
    form.page.keyboard.type("Stayers")
    form.button(say("tree.sibling")).click()
    form.page.keyboard.type("Newcomers")
    holds(form, ["Revenue", " Stayers", " Newcomers"])
    form.reload()
    expect(step(form, 1).get_by_role("textbox", name=NAME)).to_have_value("Stayers")


def test_keys_typed_in_the_tree_reach_nobody_else(form: FormPage) -> None:
    plant(form)
    open_tree(form)
    form.page.evaluate("() => { document.onkeydown = ({ key }) => { globalThis.heard = key; }; }")
    card(form, "Stayers").focus()
    for key in ("b", "d", "ArrowDown", "Enter", "x", "Escape"):
        form.page.keyboard.press(key)
    assert form.page.evaluate("globalThis.heard") is None


# -- what if


def test_a_slider_shows_what_would_become_of_the_rest(form: FormPage) -> None:
    plant(form)
    open_tree(form)
    form.page.locator("[data-part=what-if] > summary").click()
    outcome = form.page.locator(".tree-outcome")
    expect(outcome).to_contain_text(say("tree.if.still"))
    form.page.get_by_role("slider", name="Calls").press("ArrowRight")
    expect(outcome).to_contain_text("Revenue")
    expect(card(form, "Revenue").locator(".tree-effect")).to_contain_text("%")
    form.button(say("tree.if.plan")).click()
    expect(form.page.get_by_role("slider", name="Calls")).to_have_value("20")
    output = form.page.locator(".tree-slider output").first
    expect(output).to_have_text("40% to 48% · +20%")
    # 1.2 ** (0.5 * 0.8) = 1.0757
    expect(card(form, "Revenue").locator(".tree-effect")).to_contain_text("7.6")
    form.button(say("tree.if.numbers")).click()
    expect(form.page.locator(".tree-answer .tree-block").first).to_be_visible()
    form.button(say("tree.if.reset")).click()
    expect(outcome).to_contain_text(say("tree.if.still"))
    expect(card(form, "Revenue").locator(".tree-effect")).to_be_hidden()


def test_what_keeps_a_metric_from_being_worked_out_is_said_at_it(form: FormPage) -> None:
    plant(form)
    open_tree(form)
    card(form, "Stayers").click()
    form.page.locator(".tree-group > summary").filter(has_text=say("tree.worked_out")).click()
    form.page.get_by_role("radio", name=option("metric_tree", "how", "sum")).check()
    expect(card(form, "Stayers")).to_contain_text(say("tree.problem"))
    panel = form.page.get_by_role("group", name=say("tree.panel"))
    expect(panel.locator("> .error")).to_contain_text("customers")


def test_a_question_that_is_refused_says_why_in_place(form: FormPage) -> None:
    plant(form)
    open_tree(form)
    form.page.locator(".tree-more > summary").filter(has_text=say("tree.past.title")).click()
    ask = form.page.get_by_role("group", name=say("tree.past.changed"))
    ask.get_by_role("button", name=say("tree.past.changed_ask")).click()
    expect(ask).to_contain_text(say("tree.past.incomplete"))
    ask.get_by_label(say("tree.past.row")).select_option(label="Quotes")
    ask.get_by_label(say("tree.past.start")).fill("2027-01-04")
    ask.get_by_label(say("tree.past.end")).fill("2027-01-18")
    ask.get_by_role("button", name=say("tree.past.changed_ask")).click()
    expect(ask.locator(".error, .tree-block").first).to_have_text(re.compile(r"\w.*\."))


# -- for everybody, and at any size


@pytest.mark.soak
def test_axe_finds_nothing_grave_in_light_and_dark(form: FormPage) -> None:
    plant(form)
    open_tree(form)
    form.page.evaluate(OPEN_ALL)
    assert serious(form.page) == []
    form.button(say("tree.outline")).click()
    form.page.emulate_media(color_scheme="dark")
    assert serious(form.page) == []


def test_a_phone_needs_no_scrolling_sideways(phone: FormPage) -> None:
    plant(phone)
    open_tree(phone)
    phone.page.evaluate(OPEN_ALL)
    expect(phone.button(say("tree.outline"))).to_have_attribute("aria-pressed", "true")
    width = "document.documentElement.scrollWidth"
    assert phone.page.evaluate(width) == PHONE["viewport"]["width"]
    phone.button(say("tree.picture")).click()
    assert phone.page.evaluate(width) == PHONE["viewport"]["width"]


def test_paper_shows_the_outline(form: FormPage) -> None:
    plant(form)
    open_tree(form)
    form.page.emulate_media(media="print")
    tops = [card(form, line.strip()).bounding_box() for line in WHOLE]
    heights = [box["y"] for box in tops if box]
    assert heights == sorted(set(heights))
    expect(form.page.locator(".tree-tools")).to_be_hidden()


def test_two_hundred_metrics_are_loaded_and_edited(form: FormPage) -> None:
    plant(form, list(many(200)))
    open_tree(form)
    expect(form.page.get_by_role("treeitem")).to_have_count(200)
    card(form, "Metric 198").click()
    panel = form.page.get_by_role("group", name=say("tree.panel"))
    panel.get_by_role("textbox", name=NAME).fill("Renamed")
    expect(card(form, "Renamed")).to_be_visible()
    drag(form, "Metric 199", "Renamed")
    moved = "    Renamed\n     Metric 199"
    wait_for(lambda: (form.page.title(), moved in "\n".join(shape(form)))[1], "it isn't moved", 20)
