"""Every screen of a class in five sizes, all of it open, light and dark: a soak."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.sizes import NARROW, TABLET, WIDE, found

from .conftest import PHONE, QUESTION, RESULT, YES, Person, offer_sheet, open_vote, screen_of
from .test_workgroup_week import give, levels, result, seat

pytestmark = [pytest.mark.slow, pytest.mark.soak, pytest.mark.timeout(1200)]

ALL = (*WIDE, TABLET, *NARROW)
WALL = ({"width": 1920, "height": 1080}, {"width": 1280, "height": 720})
WAYS_IN = ("/sign-in", "/join", "/resume#x", "/pair", "/first#x", "/invited#x", "/preflight")
SIX = 6
OPEN_ALL = """() => {
    for (const one of document.querySelectorAll("details:not(.menu)")) one.open = true;
}"""


def look(who: Person, name: str, *sizes: dict[str, int]) -> list[str]:
    who.page.evaluate(OPEN_ALL)
    return found(who.page, name, *(sizes or ALL))


def test_of_desk_wall_and_phone(
    trainer: Person, code: str, newcomer: Callable[..., Person]
) -> None:
    wrong, screen = [], screen_of(trainer, newcomer)
    stranger = newcomer()
    for way in WAYS_IN:
        stranger.go(way)
        wrong += look(stranger, way)
    wrong += look(trainer, "desk, empty")
    wrong += look(screen, "wall, the code", *WALL)
    people = [newcomer(**PHONE) for _ in range(SIX)]
    for number, person in enumerate(people):
        person.join(code, f"P{number}")
    phone = people[0]
    wrong += look(phone, "room, nothing yet")
    offer_sheet(trainer)
    trainer.press("desk.timer_start")
    open_vote(trainer, QUESTION, guess=True)
    expect(phone.choice(YES)).to_be_visible()
    for who, name, sizes in (
        (trainer, "desk, an open vote", ALL),
        (phone, "room, an open vote", ALL),
        (screen, "wall, an open vote", WALL),
    ):
        wrong += look(who, name, *sizes)
    for person in people:
        person.answer(YES, guess=YES)
    trainer.button("desk.vote_reveal").click()
    for who, name, sizes in (
        (trainer, "desk, a result", ALL),
        (phone, "room, a result", ALL),
        (screen, "wall, a result", WALL),
    ):
        expect(who.page.locator(RESULT).first).to_be_visible()
        wrong += look(who, name, *sizes)
    phone.go("/place")
    expect(phone.page.get_by_role("heading", level=1)).to_be_visible()
    wrong += look(phone, "my place")
    trainer.go("/desk")
    expect(trainer.page.locator("#new")).to_be_visible()
    wrong += look(trainer, "the classes of a trainer")
    trainer.go("/prepare")
    expect(trainer.page.get_by_role("heading", level=1)).to_be_visible()
    wrong += look(trainer, "prepare a class")
    assert wrong == []


def test_of_a_groups_levels(trainer: Person, code: str, newcomer: Callable[..., Person]) -> None:
    people = [newcomer(**PHONE) for _ in range(SIX)]
    for number, person in enumerate(people):
        person.join(code, f"P{number}")
    seat(trainer, tuple(f"P{number}" for number in range(SIX)))
    first = people[0]
    levels(first)
    wrong = look(first, "levels, before a round")
    first.press("levels_page.open")
    for number, person in enumerate(people):
        give(person, number % 5 + 1)
        if not number:
            wrong += look(person, "levels, an open round")
    levels(first)
    first.press("levels_page.close")
    expect(result(first)).to_have_count(1)
    wrong += look(first, "levels, shown")
    assert wrong == []
