"""Situations before and after on a phone, led by Next alone, and what the class sees in the end."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from playbook.framework import load_framework
from tests.server.cohort.classroom import Person as MadeUp
from tests.server.cohort.classroom import done

from .conftest import PHONE, Person, screen_of

SIX = 6


def test_a_class_answers_before_and_after_and_reads_why(
    trainer: Person, code: str, newcomer: Callable[..., Person]
) -> None:
    here = trainer.page.url.rpartition("/")[2]
    cookies = {it["name"]: it["value"] for it in trainer.page.context.cookies()}
    desk = MadeUp(trainer.host.url, token=cookies["playbook"])
    crowd = [MadeUp(trainer.host.url) for _ in range(SIX)]
    for number, someone in enumerate(crowd):
        someone.fill_in("/join", code=code, name=f"Made up {number}")
    phone, screen = newcomer(**PHONE), screen_of(trainer, newcomer)
    phone.join(code, "Zoe")
    done(desk.do(f"/desk/{here}/plan", programme="recognise_half_day"))

    def to(title: str, do: str) -> None:
        """Next, until this phase of this step."""
        for _ in range(60):
            state = done(desk.get(f"/desk/{here}/state"))
            if state["step"] and (state["step"]["title"], state["step"]["do"]) == (title, do):
                return
            at = state["rundown"]["at"]
            done(desk.do(f"/desk/{here}/go_on", **at, skip=True))
        raise AssertionError(title)

    def all_send(right: int, differ: int) -> None:
        content = load_framework().vignettes
        answers = {it.id: it.answer for it in content.vignettes}
        wrong = {"redefine": "optimise", "optimise": "redefine"}
        for number, someone in enumerate(crowd):
            vote = done(someone.get("/room/state"))["votes"][-1]
            value = [
                f"{it} {answers[it] if n < right + number % differ else wrong[answers[it]]} 70"
                for n, it in enumerate(one["id"] for one in vote["situations"])
            ]
            done(someone.do("/room/answer", vote=vote["id"], value=value))

    def sends() -> None:
        page, send = phone.page, phone.page.get_by_role("button", name="Send all 4")
        send.click()
        expect(page.locator(".vote [role=alert]")).to_contain_text("situation 1")
        situations = page.locator(".situations > li")
        for number in range(4):
            groups = situations.nth(number).get_by_role("radiogroup")
            groups.first.get_by_role("radio").first.check(force=True)
            groups.last.get_by_role("radio", name="70%").check(force=True)
        phone.is_accessible("situations on a phone")
        phone.scrolls_one_way()
        send.click()
        sealed = phone.say("room_page.situations_in")
        expect(page.get_by_text(sealed, exact=True).first).to_be_visible()

    steps = load_framework().programmes["recognise_half_day"].steps
    before, after = (it.title for it in steps if it.id.startswith("situations_"))
    to(before, "vote")
    expect(phone.page.locator(".situations > li")).to_have_count(4)
    all_send(1, 2)
    sends()
    to(after, "vote")
    expect(phone.page.locator(".situations > li")).to_have_count(4)
    all_send(2, 3)
    sends()
    assert not any(it.why in str(phone.states) for it in load_framework().vignettes.vignettes)
    to(after, "reveal")
    told = "There is no comparison group"
    for seat in (phone, screen):
        expect(seat.page.get_by_text(told).first).to_be_visible()
    expect(phone.page.locator("#results .situations > li")).to_have_count(8)
    phone.is_accessible("reasons on a phone")
    phone.go("/place")
    expect(phone.page.locator("article[id^=card-]")).to_have_count(2)
    phone.is_accessible("cards at My place")
    for one in (desk, *crowd):
        one.close()
