"""A workgroup's week in a class: six members in six browsers, one late, one who edits twice."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from playbook.framework import load_framework
from tests.browser.cohort.conftest import PHONE, Person

pytestmark = pytest.mark.row("GAP-06", "PRA-12", "PRA-16")

SIX = ("Ida", "Ben", "Cem", "Dua", "Eva", "Finn")
LEVELS = [
    one.label for one in load_framework().sheets["practices"].question("level", "practices").choices
]
NAMES = {
    one.id: one.label
    for one in load_framework().sheets["practices"].question("which", "practices").choices
}
REFLECT = NAMES["reflect"]


def seat(trainer: Person, names: tuple[str, ...]) -> None:
    """The trainer makes a team of these people, over the desk's own buttons."""
    seen = trainer.page.evaluate(
        """async (names) => {
            const base = location.pathname;
            const xsrf = document.cookie.match(/_xsrf=([^;]+)/)?.[1] ?? "";
            const post = async (name, given) => (await fetch(`${base}/${name}`, {
                method: "POST", headers: { "X-XSRFToken": xsrf }, body: JSON.stringify(given),
            })).json();
            const state = await (await fetch(`${base}/state?since=`)).json();
            const team = await post("team", { team: "Group 4" });
            const mine = state.people.filter(({ name }) => names.includes(name));
            for (const { id } of mine) await post("seat", { member: id, team: team.id });
            return mine.length;
        }""",
        list(names),
    )
    assert seen == len(names)


def levels(person: Person) -> None:
    person.go("/place")
    person.page.get_by_role("link", name=person.say("place.to_levels")).click()
    expect(person.page.get_by_role("heading", level=1)).to_have_text(
        person.say("levels_page.title")
    )


def give(person: Person, level: int, *, again: bool = False) -> None:
    """By keyboard, where the page is open."""
    levels(person)
    box = person.page.get_by_label(REFLECT)
    box.focus()
    box.select_option(label=LEVELS[level - 1])
    key = "levels_page.change" if again else "levels_page.give"
    person.button(key).press("Enter")
    expect(person.page.get_by_label(REFLECT)).to_have_value(str(level))


def result(person: Person) -> Locator:
    return person.page.locator("ul.levels li")


def test_six_members_one_late_and_one_who_edits_twice(
    trainer: Person, code: str, newcomer: Callable[..., Person]
) -> None:
    people = [newcomer(**(PHONE if name == "Ben" else {})) for name in SIX]
    for person, name in zip(people, SIX, strict=True):
        person.join(code, name)
    seat(trainer, SIX)
    first, late = people[0], people[-1]
    levels(first)
    first.is_accessible("before a round")
    first.button("levels_page.open").press("Enter")
    for person, level in zip(people[:4], (1, 2, 4, 4), strict=True):
        give(person, level)
    give(first, 3, again=True)
    give(first, 5, again=True)
    turnout = first.page.locator("#turnout")
    expect(turnout).to_have_text(first.say("levels_page.turnout", answered=4, asked=6))
    expect(first.button("levels_page.close")).to_have_count(0)
    give(people[4], 4)
    give(late, 3)
    people[1].is_accessible("an open round on a phone")
    people[1].scrolls_one_way()
    levels(first)
    expect(turnout).to_have_text(first.say("levels_page.turnout", answered=6, asked=6))
    first.button("levels_page.close").press("Enter")
    # 2 3 4 4 4 5: the middle is 4, and half of the answers lie from between 3 and 4 to 4
    for person in people:
        levels(person)
        expect(result(person)).to_have_count(1)
        expect(result(person)).to_contain_text(f"“{LEVELS[3]}”")
        expect(person.page.locator("#answer")).to_have_count(0)
        body = person.page.locator("main").inner_text()
        assert not any(name in body for name in SIX)
    first.is_accessible("a shown round")
    carry = first.page.locator("#carry")
    expect(carry).to_contain_text(first.say("levels_page.carry_no_sheet"))
    carry.get_by_role("link").click()
    expect(first.page.get_by_role("form")).to_be_visible()
    first.page.locator("[data-section=nine]").scroll_into_view_if_needed()
    reflect = first.page.locator("[data-practice=reflect]")
    reflect.get_by_role("button").first.press("Enter")
    reflect.get_by_role("textbox").first.fill("We stop after ten minutes")
    reflect.get_by_role("textbox").first.blur()
    expect(first.page.locator("[data-pb-save]")).to_contain_text("Saved")
    levels(late)  # the sheet is the group's: anybody of it may press
    late.button("levels_page.carry").press("Enter")
    told = late.page.locator("#carry").get_by_role("status")
    expect(told).to_contain_text("The levels of this round are in")
    late.is_accessible("a round that is in the sheet")
    trainer.page.goto(first.host.url + "/levels")
    expect(trainer.page.locator("ul.levels")).to_have_count(0)
    trainer.trouble.clear()  # the browser notes that there is nothing for who leads


def test_a_group_of_three_agrees_aloud_and_gives_nobodys_own_level(
    trainer: Person, code: str, newcomer: Callable[..., Person]
) -> None:
    people = [newcomer() for _ in range(3)]
    for person, name in zip(people, SIX, strict=False):
        person.join(code, name)
    seat(trainer, SIX[:3])
    levels(people[0])
    few = people[0].page.locator("#few")
    expect(few).to_have_text(people[0].say("levels_page.few", members=3, least=5))
    expect(people[0].page.locator("main form")).to_have_count(0)
    people[0].is_accessible("a group of three")


def test_two_members_see_each_others_check_in_on_one_sheet(
    trainer: Person, code: str, newcomer: Callable[..., Person]
) -> None:
    people = [newcomer() for _ in range(2)]
    for person, name in zip(people, SIX, strict=False):
        person.join(code, name)
    seat(trainer, SIX[:2])
    for person in people:
        person.go("/voila/render/13_practices.ipynb")
        expect(person.page.get_by_role("form")).to_be_visible()
    one, other = people
    text = one.page.locator('[data-field="outcome"]').locator("textarea, input").first
    text.fill("Families stay.")
    text.blur()
    seen = other.page.locator('[data-field="outcome"]').locator("textarea, input").first
    expect(seen).to_have_value("Families stay.")
    one.page.locator("[data-section=weeks]").scroll_into_view_if_needed()
    one.button("weeks.begin").press("Enter")
    other.page.locator("[data-section=weeks]").scroll_into_view_if_needed()
    expect(other.page.locator("details.week[open]")).to_have_count(1)
    expect(other.page.locator("details.week h3")).to_have_text(re.compile(r"\b1\b"))
