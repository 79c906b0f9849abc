"""Hostile texts on every page of a class in a real browser: seen as they are, and nothing runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Dialog, expect

from tests.hostile import KEPT
from tests.server.cohort.classroom import Classroom
from tests.server.cohort.classroom import Person as Client
from tests.server.cohort.texts_in_class import Class, are_told, held, vote

from .conftest import Person
from .test_wall import show

WATCH = """addEventListener("securitypolicyviolation", (event) => {
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
});"""
SEEN = """() => {
    const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) found.push(walk.currentNode.data);
    return [...found, ...[...document.querySelectorAll("input")].map((input) => input.value)];
}"""
BROUGHT = """() => [...document.querySelectorAll("*")]
    .filter((one) => [...one.attributes].some(({ name, value }) => name.startsWith("on")
        || (["href", "src", "srcdoc", "action", "formaction"].includes(name)
            && /pwned|javascript/.test(value)))
        || (one.matches("script, style") && one.textContent.includes("pwned=1")))
    .map((one) => one.outerHTML)"""


@pytest.fixture(scope="module")
def texts_everywhere(host: Classroom) -> Class:
    """A class of Ben's that has them all."""
    made = held(host, "Ben", KEPT)
    are_told(made)
    vote(made)
    return made


@pytest.fixture
def seat(
    newcomer: Callable[..., Person], new_context: Callable[..., BrowserContext], host: Classroom
) -> Iterator[Callable[[Client], Person]]:
    """A browser of somebody who is signed in already; nothing may run in it or be asked."""
    seats: list[Person] = []

    def sit(client: Client) -> Person:
        context = new_context()
        token = client.client.cookies["playbook"]
        context.add_cookies([{"name": "playbook", "value": token, "url": host.url}])
        person = newcomer(context)
        person.page.add_init_script(WATCH)
        person.page.on("dialog", lambda dialog: asked(person, dialog))
        seats.append(person)
        return person

    yield sit
    for person in seats:
        # Not in the frames of the gallery: no script runs in them, ours neither.
        assert person.page.evaluate("[globalThis.pwned, {}.pwned]") == [None, None]
        assert person.page.evaluate(BROUGHT) == []


def asked(person: Person, dialog: Dialog) -> None:
    person.trouble.append(dialog.message)
    dialog.dismiss()


def reads(person: Person, texts: tuple[str, ...]) -> None:
    """Every one of the texts is somewhere on the page, unchanged."""
    seen = person.page.evaluate(SEEN)
    assert [text for text in texts if not any(text in one for one in seen)] == []


@pytest.mark.soak
def test_the_desk_shows_every_name_title_and_line_as_text(texts_everywhere, seat):
    ben = seat(texts_everywhere.trainer)
    ben.go("/desk")
    expect(ben.page.get_by_role("heading", level=3)).to_have_count(len(KEPT) + 1)
    reads(ben, KEPT)
    ben.go(texts_everywhere.desk)
    expect(ben.page.locator("#people > li")).to_have_count(len(KEPT) + 1)
    expect(ben.page.locator("#teams > li")).to_have_count(len(KEPT))
    for place in ("#people", "#teams", "#agreed", "#votes", "#gallery"):
        expect(ben.page.locator(place)).to_contain_text(KEPT[-1])
    reads(ben, KEPT)
    expect(ben.page.locator("#offered")).to_contain_text(KEPT[-1])


@pytest.mark.soak
def test_room_screen_and_place_show_every_text_as_text(texts_everywhere, seat):
    person = seat(texts_everywhere.people[3])
    person.go("/room")
    for place in ("#agreed", "#votes", "#results", "#shown"):
        expect(person.page.locator(place)).not_to_be_empty()
    expect(person.page.locator(".texts li")).to_have_count(len(KEPT))
    shown = person.page.locator(".texts li").all_text_contents()
    assert sorted(shown) == sorted(KEPT)
    reads(person, KEPT)
    person.go("/place")
    expect(person.page.get_by_label(person.say("place.name"))).to_have_value(KEPT[3])
    screen = seat(texts_everywhere.trainer)
    screen.page.set_viewport_size({"width": 1920, "height": 1080})
    screen.go(f"/screen/{texts_everywhere.ids[0]}")
    expect(screen.page.locator("#body")).not_to_be_empty()
    on_the_wall(screen, texts_everywhere.state())


def on_the_wall(screen: Person, state: dict[str, Any]) -> None:
    """One after the other; where not all fit, it says how many are on the phones."""
    wall = screen.page.locator("#wall")
    (read,) = (vote["id"] for vote in state["votes"] if vote["result"] and vote["result"]["texts"])
    show(screen.page, state | {"people": 1, "wall": {"kind": "result", "poll": read}})
    seen = screen.page.locator(".texts li").all_text_contents()
    assert set(seen) <= set(KEPT)
    if len(seen) < len(KEPT):
        expect(wall).to_contain_text(screen.say("screen.more_here", count=len(KEPT) - len(seen)))
    for text in KEPT:
        people = {"teams": [{"id": "1", "name": text, "people": [text]}], "mine": None}
        row = {"team": text, "decision": text, "decided": True, "shown": True}
        decided = {"question": text, "revealed": True, "rows": [row]}
        action = {"what": text, "owner": text, "due": "2027-03-01", "review": None, "id": "1"}
        more = {"teams": people, "matrix": decided, "agreements": [action], "people": 1}
        for kind, times in {"teams": 2, "matrix": 3, "agreed": 1}.items():
            show(screen.page, state | more | {"wall": {"kind": kind, "poll": None}})
            found = [one for one in screen.page.evaluate(SEEN) if text in one]
            assert len(found) >= times, (kind, text)


def test_a_sheet_shows_its_worksheets_name_and_answers_as_text(texts_everywhere, seat):
    text = KEPT[2]
    person = seat(texts_everywhere.people[2])
    person.go("/voila/render/02_catalyst.ipynb")
    expect(person.page.get_by_role("form")).to_be_visible()
    expect(person.page.locator("summary").filter(has_text=text).first).to_be_visible()
    expect(person.page.locator("textarea").first).to_have_value(text)
    reads(person, (text,))
