"""Prepare a class: a trainer chooses, reads the plan, takes papers along, and leads that class."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pptx
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.kit.classes import LOGO

from .conftest import PHONE, Person

DRAWING_MS = 120_000
SMALLEST = {**PHONE, "viewport": {"width": 320, "height": 640}}


def logo(name: str, file: bytes) -> dict[str, object]:
    kind = "image/svg+xml" if name.endswith("svg") else "image/png"
    return {"name": name, "mimeType": kind, "buffer": file}


def choose(page: Page, **typed: str) -> None:
    for name, text in typed.items():
        page.locator(f"[name={name}]").fill(text)


def taken(page: Page, button: str) -> Path:
    with page.expect_download(timeout=DRAWING_MS) as found:
        page.locator(button).click()
    return Path(found.value.path())


def test_a_trainer_prepares_wednesday_and_leads_it(newcomer: Callable[..., Person]) -> None:
    ana = newcomer(accept_downloads=True)
    ana.sign_in("Ana")
    ana.go("/prepare")
    page, plan = ana.page, ana.page.locator("#plan")
    expect(plan).to_be_hidden()  # without its day there is no plan
    choose(page, day="in 3 weeks", title="Small moves", host="Acme")
    page.locator("#case-alcoa").select_option("80")
    expect(plan.locator("tbody tr")).to_have_count(14)
    expect(plan.locator("tbody tr").nth(1)).to_contain_text("9:05")
    expect(plan.locator("tfoot")).to_contain_text("90")
    ana.is_accessible("prepare")

    page.locator("#case-alcoa").select_option("40")
    expect(page.locator("#wrong")).to_contain_text("40")  # of 80 minutes
    expect(page.locator("#field-cases")).to_have_attribute("aria-invalid", "true")
    page.locator("#case-atb").select_option("40")
    expect(page.locator("#wrong")).to_have_count(0)
    page.locator("#prepare-logo").set_input_files(logo("logo.svg", b"<svg onload='x()'></svg>"))
    expect(page.locator("#wrong")).to_be_visible()
    expect(page.locator("[name=logo]")).to_have_attribute("aria-errormessage", "wrong")
    page.locator("#prepare-logo").set_input_files(logo("logo.svg", LOGO))
    expect(page.locator("#wrong")).to_have_count(0)
    choose(page, start="half past nine")
    expect(page.locator("[name=start]")).to_have_attribute("aria-invalid", "true")
    choose(page, start="13:30")
    expect(plan.locator("tfoot")).to_contain_text("15:00")

    run = taken(page, ".files button >> nth=0")
    text = PdfReader(BytesIO(run.read_bytes())).pages[0].extract_text()
    assert "13:30" in text
    assert "Small moves" in text
    slides = page.locator(".files button", has_text="PPTX")
    assert slides.count() == 1
    with page.expect_download(timeout=DRAWING_MS) as found:
        slides.focus()
        page.keyboard.press("Enter")
    deck = pptx.Presentation(found.value.path())
    assert deck.slides[0].shapes.title.text == "Small moves"

    steps = [it.inner_text() for it in plan.locator("tbody th").all()]
    page.locator("#make").click()
    expect(page.locator("#steps li")).to_have_count(len(steps))
    expect(page.locator("#steps li").first).to_contain_text(steps[0])
    ana.trouble[:] = [it for it in ana.trouble if "409" not in it]  # each refusal is noted


def test_on_a_phone_all_can_be_reached(newcomer: Callable[..., Person]) -> None:
    for size in (PHONE, SMALLEST):
        ana = newcomer(**size)
        ana.sign_in("Ana")
        ana.go("/prepare")
        choose(ana.page, day="in 3 weeks")
        ana.page.locator("[name=course][value=half_day_and_pilot]").check()
        expect(ana.page.locator("#plan table")).to_have_count(2)
        ana.scrolls_one_way()
        small = ana.page.evaluate(
            "() => [...document.querySelectorAll('main :is(button, label.pick)')]"
            ".map((one) => one.getBoundingClientRect().height).filter((it) => it && it < 44)"
        )
        assert small == []


def test_all_files_come_as_one_archive(newcomer: Callable[..., Person]) -> None:
    ana = newcomer(accept_downloads=True)
    ana.sign_in("Ana")
    ana.go("/prepare")
    choose(ana.page, day="in 3 weeks")
    ana.page.locator("[name=venue][value=remote]").check()
    expect(ana.page.locator("#plan table")).to_have_count(1)
    with ZipFile(taken(ana.page, "#all")) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    listed = ana.page.locator(".files button").count()
    assert len(names) == listed
    assert "learners/voting-cards.pdf" not in names  # nobody holds up a card in a video call
    assert json.dumps(names).count("workbook") == 4
