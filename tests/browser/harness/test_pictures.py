"""The pictures that stand first: today and wanted on one line, and the chain from work to money."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.harness.catalyst import SAVED
from tests.browser.harness.metric_tree import plant
from tests.browser.labels import ask, option, say

if TYPE_CHECKING:
    from conftest import FormPage

LINES, POINTS = 3, 5
PHONE = {"width": 390, "height": 844}
STORY = (
    {"name": "Premium", "level": "financial", "now": "14.3", "unit": "£ million"},
    {"name": "Renewals", "level": "operating", "parent": "Premium", "evidence": "measured",
     "now": "78", "unit": "%", "elasticity": "0.8"},
    {"name": "Called back", "level": "frontline", "parent": "Renewals", "evidence": "believed",
     "now": "36", "unit": "%", "target": "50", "elasticity": "0.1"},
)  # fmt: skip


def picture(form: FormPage, section: str) -> Locator:
    return form.page.locator(f"[data-section={section}] .picture-top")


def want(form: FormPage, question: str, choice: str) -> None:
    label = option("zoom_out", question, choice)
    asked = form.question(ask("zoom_out", question))
    asked.get_by_role("radio", name=re.compile(re.escape(label))).check()


def written(place: Locator) -> str:
    """What the drawing says, its lines joined."""
    return " ".join(place.locator(".drawing tspan").all_text_contents())


@pytest.mark.row("SHIFT-04")
def test_today_and_wanted_are_two_markers_on_one_line(tab: Callable[..., FormPage]) -> None:
    form = tab(sheet="zoom_out")
    drawn = picture(form, "shifts")
    want(form, "objective_wanted", "value")
    expect(drawn.locator("circle")).to_have_count(LINES * POINTS + 1)
    want(form, "objective_now", "efficiency")
    expect(form.save).to_have_text(SAVED)
    expect(drawn.locator("circle")).to_have_count(LINES * POINTS + 2)
    ring, disc = drawn.locator("circle").nth(5), drawn.locator("circle").nth(6)
    assert ring.get_attribute("cy") == disc.get_attribute("cy")
    assert float(ring.get_attribute("cx") or 0) < float(disc.get_attribute("cx") or 0)
    for marker, choice in (("today", "efficiency"), ("wanted", "value")):
        named = f"{say(f'shifts.{marker}')}: {option('zoom_out', 'objective_wanted', choice)}"
        assert named[:24] in written(drawn)
    told = drawn.locator(".twin").text_content() or ""
    assert option("zoom_out", "objective_wanted", "value") in told


def test_a_picture_waits_for_something_to_draw_and_moves_nothing_when_it_comes(
    tab: Callable[..., FormPage],
) -> None:
    form = tab(sheet="zoom_out")
    drawn, first = picture(form, "shifts"), form.page.locator("form .question:visible").first
    expect(drawn).to_be_hidden()
    stood = first.bounding_box()
    want(form, "objective_wanted", "value")
    expect(drawn).to_be_visible()
    assert stood
    assert first.bounding_box() == stood | {"height": (first.bounding_box() or {})["height"]}


@pytest.mark.parametrize(("sheet", "section"), [("zoom_out", "shifts"), ("metric_tree", "chain")])
def test_a_phone_shows_the_first_question_before_the_picture_and_nothing_sideways(
    chromium: Browser, tab: Callable[..., FormPage], sheet: str, section: str
) -> None:
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    form = tab(context, sheet=sheet)
    if sheet == "zoom_out":
        want(form, "objective_wanted", "value")
    drawn = picture(form, section).bounding_box()
    first = form.page.locator("form .question:visible").first.bounding_box()
    assert drawn
    assert first
    assert first["y"] < drawn["y"]
    assert form.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    context.close()


def test_the_chain_says_level_change_and_one_estimate(tab: Callable[..., FormPage]) -> None:
    form = tab(sheet="metric_tree")
    plant(form, STORY)
    drawn = picture(form, "chain")
    level = say("chain.picture_level", **{"from": "36%", "to": "50%"})
    expect(drawn.locator("text").filter(has_text=level)).to_have_count(1)
    likely = say("metrics.estimate", likely="+", low="", high="").partition("+")[0]
    expect(drawn.locator("tspan").filter(has_text=likely)).to_have_count(1)
    expect(drawn.locator("path[stroke-dasharray]")).to_have_count(1)  # believed, not measured


def test_a_picture_is_given_as_svg_and_as_png(tab: Callable[..., FormPage], tmp_path: Path) -> None:
    form = tab(sheet="zoom_out")
    want(form, "objective_wanted", "value")
    drawn = picture(form, "shifts")
    for kind, begins in (("svg", b"<svg"), ("png", b"\x89PNG")):
        with form.page.expect_download() as begun:
            drawn.get_by_role("button", name=say(f"form.picture_{kind}")).click()
        assert begun.value.suggested_filename == f"zoom_out-shifts.{kind}"
        begun.value.save_as(tmp_path / kind)
        assert (tmp_path / kind).read_bytes().startswith(begins)
    text = (tmp_path / "svg").read_text(encoding="utf-8")
    assert "var(" not in text, "a file knows nothing of the page's colours"
    assert say("shifts.name.objective") in text
