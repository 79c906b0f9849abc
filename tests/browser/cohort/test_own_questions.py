"""Questions of the trainer’s own, ranges and a fact, before and after the talk: on six phones."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.labels import say
from tests.server.cohort.classroom import Classroom, done

from .conftest import PHONE, Person, screen_of

SIX = 6


def writes(trainer: Person, form: str, text: str, **fields: str) -> None:
    """Type a question at the desk and ask it now."""
    part = trainer.page.locator("#own")
    part.get_by_label(say("desk.own_text")).fill(text)
    part.get_by_label(say("desk.own_form")).select_option(form)
    for key, value in fields.items():
        control = part.get_by_label(say(f"desk.own_{key}"))
        if key == "bound":
            control.select_option(value)
        else:
            control.fill(value)
    trainer.press("desk.own_ask")
    expect(trainer.page.locator("#votes h3").first).to_have_text(text)


def result_of(seat: Person) -> str:
    result = seat.page.locator(".result, #wall[data-kind=result]").first
    result.wait_for()
    return re.sub(r"\s+", " ", result.inner_text())


def test_a_class_gives_ranges_and_votes_before_and_after_the_talk(
    trainer: Person, code: str, newcomer: Callable[..., Person]
) -> None:
    screen = screen_of(trainer, newcomer)
    people = [newcomer(**PHONE) for _ in range(SIX)]
    for number, person in enumerate(people):
        person.join(code, f"P{number}")

    # ranges before the fact
    source = {"unit": "%", "fact": "75", "bound": "exact", "source": "Report of 1998"}
    writes(trainer, "range", "By how many per cent did it fall?", **source)
    for number, person in enumerate(people):
        phone = person.page
        phone.get_by_label(say("room_page.range_low")).fill(str(10 * number + 20))
        phone.get_by_label(say("room_page.range_high")).fill(str(10 * number + 40))
        expect(person.status).to_have_text(person.say("room_page.status_in"))
    people[0].is_accessible("a range on a phone")
    people[0].scrolls_one_way()
    for seat in (screen, *people):
        assert not any("1998" in str(state) for state in seat.states)
    trainer.button("desk.vote_reveal").click()
    for seat in (screen, people[5]):
        told = result_of(seat)
        assert "2 of 6 ranges hold it: 75%. 4 lie below, 0 above." in told
        assert "Source: Report of 1998." in told
        expect(seat.page.locator("svg.ranges line.hit")).to_have_count(2)
        expect(seat.page.locator("svg.ranges line.miss")).to_have_count(4)
    screen.is_accessible("screen, ranges and the fact")
    people[5].scrolls_one_way()
    close_and_drop(trainer)

    # vote, talk, vote again
    choices = "The best performers\nThe heaviest complainers"
    writes(trainer, "one", "Whose work first?", choices=choices)
    for person in people:
        person.answer("The best performers")
    trainer.button("desk.vote_again").click()
    expect(trainer.page.locator("[data-pb-save]")).to_have_text(say("desk.did_ask_again"))
    vote = [person.page.locator(".vote[data-state=open]") for person in people]
    for place in vote:
        place.get_by_text(
            people[0].say("room_page.first_answer", label="A The best performers")
        ).wait_for()
    for number, place in enumerate(vote):
        place.get_by_role("radio", name="The heaviest complainers").check(force=True)
        told = people[number].say("room_page.status_in")
        expect(place.locator(".status")).to_have_text(told)
    people[0].is_accessible("a second vote on a phone")
    trainer.page.locator("#votes article").first.get_by_role(
        "button", name=say("desk.vote_reveal")
    ).click()
    for seat in (screen, people[0]):
        told = result_of(seat)
        assert "6 of 6 changed their mind." in told
        who = (
            ("A", "B")
            if seat is screen
            else ("“The best performers”", "“The heaviest complainers”")
        )
        assert "6 went from {} to {}.".format(*who) in told
    screen.is_accessible("screen, before and after")
    trainer.is_accessible("desk, before and after")


def test_every_form_is_answered_on_a_phone_by_keyboard_and_finger(
    trainer: Person, code: str, newcomer: Callable[..., Person]
) -> None:
    person = newcomer(**PHONE)
    person.join(code, "P1")
    phone = person.page
    trainer.is_accessible("desk, a question of one's own")

    writes(trainer, "order", "What comes first?", choices="One\nTwo\nThree")
    for name in ("Two", "Three", "One"):
        phone.get_by_role("button", name=re.compile(f"{name}, |{name}")).first.press("Enter")
    expect(person.status).to_have_text(person.say("room_page.status_in"))
    expect(phone.locator(".choice-button .place")).to_have_text(["3", "1", "2"])
    person.is_accessible("an order on a phone")
    close_and_drop(trainer)

    writes(trainer, "sure", "How sure are you?")
    slider = phone.get_by_role("slider")
    slider.press("ArrowRight")
    expect(phone.locator("output")).to_have_text(person.say("room_page.sure_of", value=60))
    expect(person.status).to_have_text(person.say("room_page.status_in"))
    person.is_accessible("how sure, on a phone")
    close_and_drop(trainer)

    writes(trainer, "grid", "Where does it stand?", across="Effort", up="Effect")
    person.answer("Effort: low. Effect: high.")
    person.scrolls_one_way()
    close_and_drop(trainer)

    # kept for later, then asked with one press
    part = trainer.page.locator("#own")
    part.get_by_label(say("desk.own_text")).fill("Would it work in your unit?")
    part.get_by_label(say("desk.own_form")).select_option("yes_no")
    trainer.press("desk.own_later")
    kept = trainer.page.locator("#prepared li")
    expect(kept).to_contain_text("Would it work in your unit?")
    kept.get_by_role("button", name=say("desk.own_ask")).click()
    expect(kept).to_have_count(0)
    person.answer("Yes")


def close_and_drop(trainer: Person) -> None:
    vote = trainer.page.locator("#votes article").first
    vote.get_by_text(say("desk.vote_drop"), exact=True).click()
    vote.get_by_role("button", name=say("desk.vote_drop_yes")).click()
    expect(trainer.page.locator("#votes article")).to_have_count(0)


def test_two_groups_vote_on_links_of_a_map_and_what_differs_comes_in_order(
    host: Classroom, trainer: Person, code: str, newcomer: Callable[..., Person]
) -> None:
    screen, clerk, leader = screen_of(trainer, newcomer), newcomer(**PHONE), newcomer(**PHONE)
    clerk.join(code, "Clerk")
    leader.join(code, "Leader")
    rest = [host.stranger() for _ in range(8)]
    for number, person in enumerate(rest):
        person.fill_in("/join", code=code, name=f"P{number}")
    part = trainer.page.locator("#own")
    part.get_by_label(say("desk.own_text")).fill("What changes in repairs?")
    part.get_by_label(say("desk.own_form")).select_option("links")
    part.get_by_label(say("desk.own_choices")).fill("Limits → Visit\nCalendar → Visit")
    trainer.press("desk.own_ask")
    for person, group, effects in (
        (clerk, 0, ["Calendar → Visit: harms"]),
        (leader, 1, ["Limits → Visit: helps", "Calendar → Visit: helps"]),
    ):
        choices = person.page.locator(".vote .choices").nth(group)
        for effect in effects:
            choices.get_by_role("checkbox", name=effect).check(force=True)
        expect(person.status.nth(group)).to_have_text(
            person.say(f"room_page.status_{'part_in' if group else 'in'}")
        )
    (vote,) = done(rest[0].get("/room/state"))["votes"]
    for number, person in enumerate(rest):
        told = (vote, ["l2_harms"]) if number < 4 else (vote["parts"][0], ["l1_helps", "l2_helps"])
        done(person.do("/room/answer", vote=told[0]["id"], value=told[1]))
    leader.is_accessible("a vote of two groups")
    leader.scrolls_one_way()
    trainer.button("desk.vote_reveal").click()
    for seat in (screen, leader):
        told = result_of(seat)
        only, opposite = (
            told.find("only those who lead"),
            told.find("one group says it helps, the other"),
        )
        assert 0 < only < opposite, told
    screen.is_accessible("what two groups see differently")
    leader.scrolls_one_way()
