"""What one person in the room or at the desk can rely on: typed text stays, news move nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.labels import question_of, say, title

from .conftest import PARTLY, PHONE, QUESTION, TEXT_QUESTION, YES, Person, offer_sheet, open_vote


def test_texts_are_kept_while_news_come_and_shown_only_when_the_trainer_lets_them_out(
    trainer: Person, code: str, newcomer: Callable[..., Person]
) -> None:
    people = [newcomer() for _ in range(5)]
    for number, person in enumerate(people):
        person.join(code, f"P{number}")
    offer_sheet(trainer)
    open_vote(trainer, TEXT_QUESTION)
    first = people[0].page
    box = first.get_by_role("textbox", name=TEXT_QUESTION)
    box.press_sequentially("Half of us ", delay=5)
    place = box.bounding_box()
    trainer.press("desk.timer_start")
    expect(first.get_by_role("timer")).to_be_visible()
    box.press_sequentially("retire", delay=5)
    expect(box).to_have_value("Half of us retire")
    expect(box).to_be_focused()
    assert place
    for number, person in enumerate(people):
        field = person.page.get_by_role("textbox", name=TEXT_QUESTION)
        if number == len(people) - 1:
            expect(trainer.button("desk.vote_read")).to_be_disabled()
            told = trainer.say("desk.vote_lacks", have=4, least=5)
            expect(trainer.page.locator("#votes")).to_contain_text(told)
        field.fill(f"<b>Text</b> {number}")
        expect(person.status).to_have_text(person.say("room_page.status_in"))
    expect(trainer.page.locator("#votes")).to_contain_text("5 of 5 answered")
    trainer.button("desk.vote_read").click()
    saved = trainer.page.locator("[data-pb-save]")
    expect(saved).to_have_text(trainer.say("desk.revealed_read"))
    expect(first.locator("#results")).to_contain_text(say("room_page.texts_unread"))
    expect(first.locator(".texts li")).to_have_count(0)
    tray = trainer.page.locator(".tray li")
    expect(tray).to_have_count(5)
    trainer.is_accessible("desk, a tray")
    second = tray.filter(has_text="<b>Text</b> 2")
    second.get_by_role("button", name=say("desk.tray_show")).click()
    expect(first.locator(".texts li")).to_have_text(["<b>Text</b> 2"])
    second.get_by_label(say("desk.tray_group")).fill("Trust")
    second.get_by_label(say("desk.tray_group")).press("Enter")
    expect(first.locator("#results h4")).to_have_text("Trust")
    second.get_by_role("button", name=say("desk.tray_hide")).click()
    expect(first.locator(".texts li")).to_have_count(0)


def test_a_scale_stands_in_its_order_and_says_what_each_point_means(
    trainer: Person, code: str, newcomer: Callable[..., Person]
) -> None:
    person = newcomer(**PHONE)
    person.join(code, "P1")
    impact = question_of("entry_point", "impact")
    watched = next(one for one in impact.choices if one.id == "watched")
    offer_sheet(trainer, title("entry_point"))
    open_vote(trainer, impact.text)
    points = person.page.get_by_role("radiogroup").get_by_role("radio")
    expect(points).to_have_count(4)
    boxes = [points.nth(place).bounding_box() for place in range(4)]
    tops = [box["y"] for box in boxes if box]
    assert tops == sorted(set(tops)), "one below the other"
    expect(person.choice(watched.label)).to_have_accessible_description(watched.hint)
    person.answer(watched.label)
    person.scrolls_one_way()
    person.is_accessible("a vote on a scale")
    expect(trainer.page.locator("#votes")).to_contain_text("1 of 1 answered")


def test_an_answer_that_never_left_is_sent_by_the_next_visit(
    trainer: Person, code: str, newcomer: Callable[..., Person]
) -> None:
    person = newcomer()
    person.join(code, "José")
    offer_sheet(trainer)
    open_vote(trainer, QUESTION)
    person.page.route("**/room/answer", lambda route: route.abort("internetdisconnected"))
    person.choice(PARTLY).check(force=True)
    expect(person.status).to_have_text(person.say("room_page.status_kept"))
    context = person.page.context
    person.page.close()
    expect(trainer.page.locator("#votes")).to_contain_text("0 of 1 answered")
    again = newcomer(context)
    again.go("/room")
    expect(again.choice(PARTLY)).to_be_checked()
    expect(again.status).to_have_text(again.say("room_page.status_in"))
    expect(trainer.page.locator("#votes")).to_contain_text("1 of 1 answered")
    trainer.button("desk.vote_close").click()
    expect(again.status).to_have_text(again.say("room_page.status_closed_in"))
    sealed = again.page.locator(".vote .sealed:visible")
    expect(sealed).to_have_text(again.say("room_page.sealed", answer=f"B {PARTLY}"))
    expect(again.choice(PARTLY)).to_have_count(0)


def test_what_a_trainer_types_outlives_a_refusal_and_a_lost_network(trainer: Person) -> None:
    page = trainer.page
    page.context.set_offline(True)
    page.get_by_label(say("desk.agreed_what")).fill("Ask the night shift")
    page.get_by_label(say("desk.agreed_owner")).fill("José")
    page.get_by_label(say("desk.agreed_due")).fill("2027-03-01")
    trainer.press("desk.agreed_save")
    expect(trainer.banner).to_contain_text(trainer.say("room_page.not_sent"))
    expect(page.get_by_label(say("desk.agreed_what"))).to_have_value("Ask the night shift")
    page.context.set_offline(False)
    expect(trainer.banner).not_to_contain_text(trainer.say("room_page.offline"))
    trainer.press("desk.agreed_save")
    expect(page.locator("#agreed")).to_contain_text("Ask the night shift")
    expect(page.get_by_label(say("desk.agreed_what"))).to_have_value("")
    page.get_by_text(say("desk.invite")).click()
    page.get_by_label(say("desk.invite_name")).fill("Nobody")
    trainer.press("desk.invite_button")
    expect(trainer.banner).to_contain_text("No trainer on this host is called Nobody")
    expect(page.get_by_label(say("desk.invite_name"))).to_have_value("Nobody")
    trainer.trouble.clear()  # the browser notes the refusal


def test_a_new_class_says_what_is_wrong_beside_what_was_typed(
    newcomer: Callable[..., Person],
) -> None:
    ana = newcomer(**PHONE)
    ana.sign_in("Ana")
    ana.is_accessible("classes, on a phone")
    ana.scrolls_one_way()
    ana.page.get_by_label(say("desk.run_by")).fill("Acme")
    ana.press("desk.make")
    expect(ana.banner).to_contain_text("1 to 80 characters")
    expect(ana.page.locator("#new").get_by_label(say("desk.class_title"))).to_be_focused()
    expect(ana.page.get_by_label(say("desk.run_by"))).to_have_value("Acme")
    ana.trouble.clear()  # the browser notes the refusal


def test_the_strip_suggests_the_sheet_and_moves_nothing(
    trainer: Person, code: str, newcomer: Callable[..., Person]
) -> None:
    lin = newcomer(**PHONE)
    lin.join(code, "Lin")
    lin.go("/voila/render/00_home.ipynb")
    strip = lin.page.get_by_role("region", name=lin.say("strip.label"))
    expect(strip).to_contain_text(lin.say("strip.calm"))
    expect(lin.page.get_by_role("heading", level=1)).to_be_visible()
    top = "document.querySelector('main').getBoundingClientRect().top"
    before, active = lin.page.evaluate(top), lin.page.evaluate("document.activeElement.tagName")
    offer_sheet(trainer)
    trainer.press("desk.timer_start")
    expect(strip).to_contain_text("Your trainer suggests Catalyst: Only the first screen, please")
    expect(strip).to_contain_text(re.compile("until .*:"))
    assert lin.page.evaluate(top) == before
    assert lin.page.evaluate("document.activeElement.tagName") == active
    lin.is_accessible("home with the strip")
    strip.get_by_role("link", name=say("strip.go")).click()
    expect(strip).to_contain_text("On this sheet now: Only the first screen, please")
    open_vote(trainer, QUESTION)
    strip.get_by_role("link", name=say("strip.vote_go")).click()
    expect(lin.choice(YES)).to_be_visible()


def test_the_timer_is_heard_at_the_start_at_half_a_minute_before_the_end_and_at_the_end(
    trainer: Person, code: str, newcomer: Callable[..., Person]
) -> None:
    lin = newcomer()
    lin.page.clock.install()
    lin.join(code, "Lin")
    spoken = lin.page.locator("#spoken")
    heard = []
    trainer.press("desk.timer_start")
    expect(spoken).to_have_text(lin.words_like("room_page.timer_starts"))
    for minutes, key in [("04:00", "starts"), ("01:30", "half"), ("03:45", "minute")]:
        lin.page.clock.fast_forward(minutes)
        expect(spoken).to_have_text(lin.words_like(f"room_page.timer_{key}"))
        heard.append(spoken.inner_text())
    lin.page.clock.fast_forward("01:00")
    expect(spoken).to_have_text(lin.say("room_page.timer_over"))
    expect(lin.page.get_by_role("timer")).to_contain_text("0:00")
    assert len(set(heard)) == 3
    trainer.press("desk.timer_stop")
    expect(lin.page.get_by_role("timer")).to_be_hidden()
