"""Every screen of a class in five sizes, all of it open, light and dark: a soak."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.sizes import NARROW, TABLET, WIDE, found

from .conftest import PHONE, QUESTION, RESULT, YES, Person, offer_sheet, open_vote, screen_of

pytestmark = [pytest.mark.slow, pytest.mark.soak, pytest.mark.timeout(1200)]

ALL = (*WIDE, TABLET, *NARROW)
SIX = 6
OPEN_ALL = """() => {
    for (const one of document.querySelectorAll("details:not(.menu)")) one.open = true;
}"""


def look(seat: Person, name: str, *sizes: dict[str, int]) -> list[str]:
    seat.page.evaluate(OPEN_ALL)
    return found(seat.page, name, *(sizes or ALL))


def test_of_desk_wall_and_phone(
    trainer: Person, code: str, newcomer: Callable[..., Person]
) -> None:
    wrong, screen = [], screen_of(trainer, newcomer)
    stranger = newcomer()
    for way in ("/sign-in", "/join", "/resume", "/preflight"):
        stranger.go(way)
        wrong += look(stranger, way)
    wrong += look(trainer, "desk, empty")
    wrong += look(screen, "wall, the code", *WIDE)
    people = [newcomer(**PHONE) for _ in range(SIX)]
    for number, person in enumerate(people):
        person.join(code, f"P{number}")
    phone = people[0]
    wrong += look(phone, "room, nothing yet")
    offer_sheet(trainer)
    trainer.press("desk.timer_start")
    open_vote(trainer, QUESTION, guess=True)
    expect(phone.choice(YES)).to_be_visible()
    for seat, name, sizes in (
        (trainer, "desk, an open vote", ALL),
        (phone, "room, an open vote", ALL),
        (screen, "wall, an open vote", WIDE),
    ):
        wrong += look(seat, name, *sizes)
    for person in people:
        person.answer(YES, guess=YES)
    trainer.button("desk.vote_reveal").click()
    for seat, name, sizes in (
        (trainer, "desk, a result", ALL),
        (phone, "room, a result", ALL),
        (screen, "wall, a result", WIDE),
    ):
        expect(seat.page.locator(RESULT).first).to_be_visible()
        wrong += look(seat, name, *sizes)
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
