"""A class in real browsers on a real cohort host: each person in a browser of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Locator, Page, expect

from playbook.framework import load_framework
from playbook.model import resources
from playbook.store.sql import SqliteStore
from tests.browser.axe import faults
from tests.browser.labels import ask, say
from tests.server.cohort.classroom import PASSWORD, Classroom, classroom

QUESTION = ask("catalyst", "breaks")
TEXT_QUESTION = ask("catalyst", "what")
YES, PARTLY, NO = "Yes", "Partly", "No"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SIDEWAYS = """() => [...document.querySelectorAll("main *")]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
    .filter((one) => !one.closest(".visually-hidden"))
    .map((one) => one.outerHTML.slice(0, 120))"""
# The browser forgets the body of an old response; so the page itself hands over what it hears.
KEEP_STATES = """(() => {
    const real = window.fetch;
    window.fetch = async (...asked) => {
        const response = await real(...asked);
        if (response.ok && response.url.includes("/state?"))
            response.clone().json().then(window.keepState, () => {});  // the page gave up on it
        return response;
    };
})()"""
RESULT = ".result .bars, #wall .bars"
OFFLINE = ("ERR_INTERNET_DISCONNECTED", "ERR_NETWORK_CHANGED")


class Person:
    """Somebody's browser, open at one page. `trouble` gathers what must not happen in it, and
    `states` every state of the room that it was ever told."""

    def __init__(self, host: Classroom, page: Page) -> None:
        self.host, self.page = host, page
        self.words = load_framework().words
        self.trouble: list[str] = []
        self.states: list[dict[str, Any]] = []
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("console", lambda said: said.type == "error" and self._note(said.text))
        page.expose_function("keepState", self._keep)
        page.add_init_script(KEEP_STATES)

    def _note(self, text: str) -> None:
        if not any(known in text for known in OFFLINE):
            self.trouble.append(text)  # a broken policy is one

    def _keep(self, state: dict[str, Any]) -> None:
        self.states.append(state)

    # -- ways

    def go(self, path: str) -> None:
        self.page.goto(self.host.url + path)

    def sign_in(self, name: str) -> None:
        self.go("/sign-in")
        self.page.get_by_label(say("door.account")).fill(name)
        self.page.get_by_label(say("door.password")).fill(PASSWORD)
        self.button("door.sign_in_button").click()
        expect(self.page).to_have_url(re.compile("/desk$"))

    def join(self, code: str, name: str) -> None:
        """Through the door, on into the room."""
        self.go("/join")
        self.page.get_by_label(say("door.code")).fill(code)
        self.page.get_by_label("Your name").fill(name)
        self.button("door.join_button").click()
        expect(self.page).to_have_url(re.compile(r"/room(\?|$)"))
        expect(self.page.locator("#people")).not_to_be_empty()

    # -- what is there

    def say(self, key: str, **values: Any) -> str:
        """The text under `key`, as the screen shows it."""
        return self.words.text(key, **values)

    def words_like(self, key: str) -> re.Pattern[str]:
        """The text under `key`, whatever its {names} are filled with."""
        group, _, name = key.rpartition(".")
        text = self.words.group(group)[name]
        return re.compile("^" + re.sub(r"\\\{\w+\\\}", ".+", re.escape(text)) + "$")

    def button(self, key: str, **values: Any) -> Locator:
        return self.page.get_by_role("button", name=self.say(key, **values), exact=True)

    def press(self, key: str) -> None:
        self.button(key).click()

    def choice(self, name: str, place: int = 0) -> Locator:
        """A choice of the open vote; place 1 is the guess."""
        groups = self.page.locator(".vote .choices")
        return groups.nth(place).get_by_role("radio", name=name, exact=True)

    @property
    def status(self) -> Locator:
        return self.page.locator(".vote .status")

    @property
    def banner(self) -> Locator:
        return self.page.get_by_role("alert")

    def answer(self, name: str, guess: str | None = None) -> None:
        """Answer the one open vote, and wait until the answer is in."""
        self.choice(name).check(force=True)
        if guess:
            self.choice(guess, 1).check(force=True)
        expect(self.status).to_have_text(self.say("room_page.status_in"))

    def bars(self) -> list[str]:
        """The first result, as text."""
        return self.page.locator(RESULT).first.locator("li").all_inner_texts()

    # -- what must hold anywhere

    def is_accessible(self, where: str) -> None:
        is_accessible(self.page, where)

    def scrolls_one_way(self) -> None:
        assert self.page.evaluate(SIDEWAYS) == []


def is_accessible(page: Page, where: str) -> None:
    assert faults(page) == [], where


@pytest.fixture(scope="session")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Classroom]:
    """The host of this run, with the kit's own notebooks: each test makes a class of its own."""
    home = tmp_path_factory.mktemp("class") / "home"
    with classroom(home, resources.notebooks_dir(), capacity=12, ahead=True) as running:
        yield running


@pytest.fixture
def newcomer(
    host: Classroom, new_context: Callable[..., BrowserContext]
) -> Iterator[Callable[..., Person]]:
    """Opens browsers; a test fails when one of them saw trouble."""
    people: list[Person] = []

    def make(context: BrowserContext | None = None, **options: Any) -> Person:
        people.append(Person(host, (context or new_context(**options)).new_page()))
        return people[-1]

    yield make
    assert [trouble for person in people for trouble in person.trouble] == []


@pytest.fixture
def trainer(newcomer: Callable[..., Person]) -> Person:
    """Ana at the desk of a new class; `code` lets people in."""
    ana = newcomer()
    make_class(ana)
    return ana


@pytest.fixture
def code(trainer: Person) -> str:
    return trainer.page.locator("#code").inner_text()


def make_class(trainer: Person, sees_answers: bool = False) -> str:
    """Ana makes a class and stands at its desk; the code that lets people in."""
    trainer.sign_in("Ana")
    page = trainer.page
    page.locator("#new").get_by_label(say("desk.class_title")).fill("Spring class")
    page.get_by_label(say("desk.run_by")).fill("Acme")
    if sees_answers:
        page.get_by_label(trainer.say("desk.sees_yes")).check()
    trainer.press("desk.make")
    expect(page).to_have_url(re.compile(r"/desk/[0-9a-f-]{36}$"))
    expect(page.locator("#code")).to_be_visible()
    return page.locator("#code").inner_text()


def brings_a_worksheet(person: Person) -> None:
    """Over the button of My place that takes a file."""
    person.go("/place")
    person.page.locator("#file").set_input_files(export_of("Mine"))
    expect(person.page.locator("#told")).to_contain_text("Mine")
    person.go("/room")


def export_of(name: str) -> FilePayload:
    """A file with one worksheet, made elsewhere."""
    store = SqliteStore(None)
    store.create("catalyst", name)
    kept = json.dumps(store.export()).encode()
    store.close()
    return {"name": "mine.json", "mimeType": "application/json", "buffer": kept}


def offer_sheet(trainer: Person, title: str = "Catalyst") -> None:
    trainer.page.locator("#offer-sheet").select_option(label=title)
    trainer.page.get_by_label("A line of what to do there").fill("Only the first screen, please")
    trainer.press("desk.offer_button")
    expect(trainer.page.locator("#offered")).to_contain_text(f"Offered now: {title}")


def open_vote(trainer: Person, question: str, guess: bool = False) -> None:
    trainer.page.get_by_label(say("desk.vote_question")).select_option(label=question)
    trainer.page.get_by_label("People also guess").set_checked(guess)
    trainer.press("desk.vote_open")
    expect(trainer.page.locator("#votes h3").first).to_have_text(question)


def screen_of(trainer: Person, newcomer: Callable[..., Person]) -> Person:
    screen = newcomer(trainer.page.context)
    screen.page.set_viewport_size({"width": 1600, "height": 900})
    screen.page.goto(trainer.page.url.replace("/desk/", "/screen/"))
    return screen
