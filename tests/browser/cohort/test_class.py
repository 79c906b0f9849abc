"""A whole class: a trainer, six participants in browsers of their own, and a projector."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.labels import say, title

from .conftest import (
    NO,
    PARTLY,
    PHONE,
    QUESTION,
    RESULT,
    YES,
    Person,
    brings_a_worksheet,
    offer_sheet,
    open_vote,
    screen_of,
)

NAMES = ("José", "Lin", "O'Neil", "Ida <b>", "Max", "Eve")


def test_a_class_votes_guesses_and_sees_itself(
    trainer: Person, code: str, newcomer: Callable[..., Person]
) -> None:
    screen = screen_of(trainer, newcomer)
    expect(screen.page.locator("#wall")).to_contain_text(code)
    expect(screen.page.get_by_role("img")).to_have_attribute("src", re.compile("^data:image/svg"))
    screen.is_accessible("screen, before the start")

    people = [newcomer(**PHONE) for _ in NAMES]
    for person, name in zip(people, NAMES, strict=True):
        person.join(code, name)
    expect(trainer.page.locator("#people-count")).to_have_text(
        trainer.say("desk.people_count", count=6, here=6, away=0)
    )
    expect(screen.page.locator("#wall")).to_contain_text("Joined: 6")

    offer_sheet(trainer)
    trainer.press("desk.timer_start")
    for person in people:
        go = person.page.get_by_role("link", name=say("room_page.go"))
        expect(go).to_have_attribute("href", re.compile(r"voila/render/\w+\.ipynb$"))
        expect(person.page.get_by_role("timer")).to_contain_text(re.compile(r"9:\d\d"))
        expect(person.page.locator("#now")).to_contain_text("Only the first screen, please")
    assert all(person.page.url.endswith("/room") for person in people), "nobody was moved"

    open_vote(trainer, QUESTION, guess=True)
    two_tabs, offline, keyboard, *others = people
    answers_in_one_of_two_tabs(two_tabs, newcomer)
    answers_without_a_network(offline)
    answers_by_keyboard(keyboard)
    others[0].is_accessible("room, an open vote on a phone")
    others[0].scrolls_one_way()
    expect(trainer.page.locator("#votes")).to_contain_text("3 of 6 answered")
    expect(screen.page.locator("#wall")).to_contain_text("3 of 6 answered")
    expect(screen.page.locator("#wall .choices li")).to_contain_text(
        ["AYes", "BPartly", "CNo", "DDon"]
    )
    expect(screen.page.locator("#foot")).to_contain_text(code)
    for person in others:
        person.answer(PARTLY, guess=YES)
    expect(trainer.page.locator("#votes")).to_contain_text("6 of 6 answered")
    trainer.is_accessible("desk, an open vote")
    nothing_is_told_before_the_reveal([trainer, screen, *people])

    trainer.button("desk.vote_reveal").click()
    for seat in (trainer, screen, *people):
        expect(seat.page.locator(RESULT).first).to_be_visible()
        numbers = [re.sub(r"\s+", " ", bar) for bar in seat.bars()]
        assert [re.search(r"\d of 6", bar)[0] for bar in numbers] == [
            "2 of 6",
            "3 of 6",
            "1 of 6",
            "0 of 6",
        ]
    assert "your answer" in two_tabs.bars()[0]
    assert "your answer" in others[0].bars()[1]
    for seat in (trainer, screen):
        assert "your answer" not in seat.page.locator("main").inner_text()
    expect(screen.page.locator("#wall")).to_contain_text("2 of 6 knew what most would choose")
    two_tabs.is_accessible("room, a result on a phone")
    screen.is_accessible("screen, a result")
    trainer.is_accessible("desk, a result")
    a_result_leaves_the_screens_and_comes_back(trainer, [screen, *people])


def a_result_leaves_the_screens_and_comes_back(trainer: Person, seats: list[Person]) -> None:
    shown = seats[0].bars()
    trainer.press("desk.vote_hide")
    for seat in seats:
        expect(seat.page.locator(RESULT)).to_have_count(0)
    trainer.press("desk.vote_reveal")
    expect(trainer.page.locator("[data-pb-save]")).to_have_text(trainer.say("desk.revealed_new"))
    for seat in seats:
        expect(seat.page.locator(RESULT).first).to_be_visible()
    assert seats[0].bars() == shown


def answers_in_one_of_two_tabs(person: Person, newcomer: Callable[..., Person]) -> None:
    other = newcomer(person.page.context)
    other.go("/room")
    expect(other.choice(YES)).to_be_visible()
    person.answer(NO, guess=NO)
    expect(other.choice(NO)).to_be_checked()
    other.choice(YES).check(force=True)
    expect(person.choice(YES)).to_be_checked()
    expect(other.status).to_have_text(person.say("room_page.status_in"))
    other.page.close()


def answers_without_a_network(person: Person) -> None:
    person.page.context.set_offline(True)
    person.choice(YES).check(force=True)
    person.choice(PARTLY, 1).check(force=True)
    expect(person.status).to_have_text(person.say("room_page.status_kept"))
    expect(person.banner).to_contain_text(person.say("room_page.offline"))
    person.page.wait_for_timeout(2_500)
    expect(person.choice(YES)).to_be_checked()
    person.page.context.set_offline(False)
    expect(person.status).to_have_text(person.say("room_page.status_in"))
    expect(person.banner).to_be_empty()


def answers_by_keyboard(person: Person) -> None:
    keys = person.page.keyboard
    person.page.locator("#main").focus()
    for _ in range(12):
        keys.press("Tab")
        if person.page.evaluate("document.activeElement.type") == "radio":
            break
    keys.press("Space")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(person.choice(NO)).to_be_checked()
    keys.press("Tab")
    keys.press("ArrowDown")
    expect(person.choice(PARTLY, 1)).to_be_checked()
    expect(person.status).to_have_text(person.say("room_page.status_in"))


def nothing_is_told_before_the_reveal(seats: list[Person]) -> None:
    """Nobody's page got more than its own answer; who leads and the screen got counts of people."""
    for number, seat in enumerate(seats):
        assert seat.states
        for state in seat.states:
            assert [vote["result"] for vote in state["votes"]] == [None] * len(state["votes"])
            if number < 2:
                assert {vote["mine"] for vote in state["votes"]} <= {None}
                for counts in state["turnout"].values():
                    assert counts.keys() <= {"answered", "of", "waiting", "hands", "lacks"}
            else:
                assert "turnout" not in state
                assert not set(NAMES) & set(json.dumps(state).split('"'))


def test_teams_show_their_work_agree_on_an_action_and_somebody_is_erased(
    trainer: Person, code: str, newcomer: Callable[..., Person]
) -> None:
    jose, lin = newcomer(color_scheme="dark"), newcomer(**PHONE, color_scheme="dark")
    jose.join(code, "José")
    lin.join(code, "Lin")
    screen = screen_of(trainer, newcomer)
    brings_a_worksheet(jose)
    jose.page.get_by_text(say("room_page.gallery_show")).click()
    jose.page.get_by_label("What it shows").fill("Our board")
    jose.press("room_page.gallery_offer")
    expect(jose.banner).to_be_empty()
    jose.page.get_by_label("Everybody whose work it is").check()
    jose.press("room_page.gallery_offer")
    trainer.press("desk.gallery_left")
    for seat in (lin, screen):
        expect(seat.page.locator("iframe[title='Our board']")).to_be_visible()
        frame = seat.page.frame_locator("iframe")
        expect(frame.get_by_text(title("catalyst")).first).to_be_visible()
    lin.scrolls_one_way()

    trainer.page.get_by_label(say("desk.agreed_what")).fill("Ask the night shift")
    trainer.page.get_by_label(say("desk.agreed_owner")).fill("José")
    trainer.page.get_by_label(say("desk.agreed_due")).fill("2027-03-01")
    trainer.press("desk.agreed_save")
    for seat in (lin, trainer):
        expect(seat.page.locator("#agreed")).to_contain_text("Ask the night shift")
    expect(screen.page.locator("#wall[data-kind=agreed]")).to_contain_text("Ask the night shift")
    trainer.press("room_page.review_done")
    expect(lin.page.locator("#agreed")).to_contain_text("Done")
    for seat in (lin, jose, screen):
        seat.is_accessible("gallery and agreed action, dark")

    trainer.page.locator("#people-count").click()
    trainer.page.locator("#people summary:has(strong)").filter(has_text="José").first.click()
    trainer.page.get_by_text(say("desk.person_more"), exact=True).locator("visible=true").click()
    trainer.page.get_by_text(say("desk.person_erase"), exact=True).locator("visible=true").click()
    trainer.is_accessible("desk, a person open")
    trainer.button("desk.person_erase_yes", name="José").click()
    expect(jose.page).to_have_url(re.compile("/join"))
    expect(lin.page.locator("#shown")).to_be_empty()
    expect(trainer.page.locator("#people-count")).to_contain_text("Participants: 1.")
    jose.trouble.clear()  # the browser notes that it was signed out


def test_a_file_that_is_too_large_is_refused_in_words(
    code: str, newcomer: Callable[..., Person]
) -> None:
    """What is larger than the host's connections take is not even sent."""
    jose = newcomer()
    jose.join(code, "José")
    for size in (1_500_000, 3_000_000):
        jose.go("/place")
        file = {"name": "mine.json", "mimeType": "application/json", "buffer": large(size)}
        jose.page.locator("#file").set_input_files(file)
        expect(jose.page.locator("#told")).to_contain_text("At most 50 worksheets and 1000 kB")
    jose.trouble.clear()  # what was refused is told in the console


def large(size: int) -> bytes:
    """A file of about so many bytes."""
    return b'"' + b"x" * size + b'"'
