"""A class that ends, goes on and sorts out who is who: on the desk, the screen and two phones."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.labels import say

from .conftest import PHONE, Person, screen_of

DAY = re.compile("ended on")


def test_a_class_ends_goes_on_and_sorts_out_who_is_who(
    trainer: Person, code: str, newcomer: Callable[..., Person]
) -> None:
    screen = screen_of(trainer, newcomer)
    first, second = newcomer(**PHONE), newcomer(**PHONE)
    for phone in (first, second):
        phone.join(code, "Maria")
    people = trainer.page.locator("#people")
    expect(people).to_contain_text(trainer.say("desk.twin", name="Maria", number=2))
    expect(trainer.page.locator("#people-count")).to_have_text(
        trainer.say("desk.people_count", count=2, here=2, away=0)
    )

    trainer.page.locator("#people-count").click()
    twin = people.locator("summary").filter(has_text="Maria (2)").first
    twin.click()
    trainer.page.get_by_text(say("desk.person_more"), exact=True).locator("visible=true").click()
    trainer.is_accessible("desk, a person with a twin")
    trainer.page.get_by_role("button", name=say("desk.person_aside")).click()
    saved = trainer.page.locator("[data-pb-save]")
    expect(saved).to_have_text(trainer.say("desk.did_aside_aside"))
    expect(second.page.get_by_role("heading", level=1)).to_have_text(say("aside.title"))
    second.is_accessible("off the list")
    expect(first.page.locator("#people")).to_have_text(first.say("room_page.people_one"))

    trainer.page.get_by_text(say("desk.end_class"), exact=True).click()
    trainer.press("desk.end_yes")
    expect(saved).to_have_text(trainer.say("desk.did_end"))
    expect(trainer.page.locator("#ended")).to_have_text(DAY)
    expect(first.banner).to_have_text(DAY)
    expect(screen.banner).to_have_text(say("screen.ended"))
    for seat, where in ((trainer, "desk"), (first, "room"), (screen, "screen")):
        seat.is_accessible(f"{where} of a class that is over")
    first.scrolls_one_way()

    trainer.page.get_by_text(say("desk.dates"), exact=True).click()
    form = trainer.page.locator("#dates")
    form.get_by_label(say("desk.ends")).fill("in 3 weeks")
    trainer.press("desk.dates_save")
    expect(trainer.page.locator("#ended")).to_be_hidden()
    for seat in (first, screen):
        expect(seat.page.locator("[data-pb-alert]")).to_be_empty()
    trainer.press("desk.dates_save")
    expect(saved).to_have_text(trainer.say("desk.nothing_done"))
    second.trouble.clear()  # the browser notes that it is off the list
