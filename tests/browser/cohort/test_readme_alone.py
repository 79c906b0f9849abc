"""From nothing to a first reveal with the README alone: commands, clicks, minutes are counted."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

import bootstrap
from playbook.framework import load_framework
from playbook.model import resources
from tests.browser.labels import say
from tests.server.cohort.classroom import PASSWORD, Classroom, classroom, done

from .conftest import Person

README = Path(bootstrap.__file__).parent / "README.md"
PLAN = "whose_work_first"
MOST_CLICKS, MOST_MINUTES = 8, 10
WORDS_A_MINUTE = 200
SECONDS_A_KEY, SECONDS_A_CLICK = 0.75, 1.35 + 1.1 + 0.2
"""Somebody who types a text that is new to them, and who thinks, points and presses: the operators
of the keystroke-level model (Card, Moran and Newell, 1980)."""
SET_UP_SECONDS = 120
"""What the README says of the first start, and as much again."""

COUNT = """(() => {
    addEventListener("click", (event) => event.isTrusted && counted("click"), true);
    addEventListener("keydown", (event) => event.isTrusted && counted("key"), true);
})()"""


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Classroom]:
    """A host on which nobody is yet, as `make class` begins one, but on loopback alone: a test
    opens no port to a network."""
    (ready := tmp_path / "ready").mkdir()
    monkeypatch.setattr("tests.server.cohort.classroom._prepared", lambda: (ready, {}, {}, {}, {}))
    notebooks = resources.notebooks_dir()
    with classroom(tmp_path / "home", notebooks, in_clear=True) as running:
        yield running


class Counted:
    """What somebody does by hand, and reads."""

    def __init__(self, person: Person) -> None:
        self.person, self.clicks, self.keys, self.words = person, 0, 0, 0
        person.page.expose_function("counted", self._note)
        person.page.add_init_script(COUNT)

    def _note(self, what: str) -> None:
        self.clicks += what == "click"
        self.keys += what == "key"

    def reads(self) -> None:
        """All that the page shows now, though nobody would; of a list that is closed, one line."""
        page = self.person.page
        closed = page.locator("option:not(:checked)").all_text_contents()
        self.words += len(page.locator("body").inner_text().split())
        self.words -= sum(len(text.split()) for text in closed)

    def types(self, label: str, text: str) -> None:
        field = self.person.page.get_by_label(label)
        field.click()
        field.press_sequentially(text)


def part_about_classes() -> tuple[str, list[str]]:
    """The README's part, and the commands in it."""
    part = README.read_text(encoding="utf-8").partition("## With a class")[2].partition("\n## ")[0]
    return part, re.findall(r"^ {4}(\S.*?)(?: {2,}|$)", part, re.MULTILINE)


def test_one_command_of_the_readme_serves_a_room() -> None:
    part, commands = part_about_classes()
    target = shlex.split(commands[0])
    assert target == ["make", "class"]
    assert "one room without an IT department" in part
    assert re.search(r"^run class .*:$", (README.parent / "Makefile").read_text(), re.MULTILINE)
    assert bootstrap.COMMANDS[target[1]] == "playbook serve --cohort --lan"


@pytest.mark.slow
def test_one_terminal_and_eight_clicks_lead_to_the_first_reveal_within_ten_minutes(
    empty: Classroom, newcomer: Callable[..., Person]
) -> None:
    part, commands = part_about_classes()
    typed = commands[0]  # everything else is in the browser
    ana = newcomer()
    ana.host = empty
    count, page = Counted(ana), ana.page
    count.words += len(part.split())

    page.goto(re.search(r"http\S+/first#\S+", empty.log.read_text())[0])  # type: ignore[index]
    count.reads()
    count.types(say("door.first_name"), "Ana")
    count.types(say("door.password"), PASSWORD)
    ana.press("door.first_button")
    expect(page).to_have_url(re.compile("/desk$"))
    count.reads()
    count.types(say("desk.class_title"), "Spring class")
    count.types(say("desk.run_by"), "Acme")
    page.get_by_label(say("desk.plan_new")).select_option(PLAN)
    ana.press("desk.make")
    expect(page).to_have_url(re.compile(r"/desk/[0-9a-f-]{36}$"))
    count.reads()

    before = count.clicks
    expect(page.locator("#code")).to_have_text(re.compile(r"\w{4}-\w{4}"))
    code = page.locator("#code").inner_text()
    people = [empty.stranger() for _ in range(5)]
    for number, someone in enumerate(people):
        joined = someone.fill_in("/join", code=code, name=f"Made up {number}")
        assert joined.status_code < 400, joined.text
    page.locator("#next").click()
    expect(page.locator("#now-h")).to_have_text(load_framework().programmes[PLAN].steps[0].title)
    count.reads()
    (vote,) = done(people[0].get("/room/state"))["votes"]
    for someone in people:
        done(someone.do("/room/answer", vote=vote["id"], value="yes", shared=True))
    expect(page.locator("#next[aria-disabled]")).to_have_count(0)
    page.locator("#next").click()
    expect(page.locator("#wall-now")).to_have_text(re.compile("result", re.IGNORECASE))
    (shown,) = done(people[0].get("/room/state"))["votes"]
    assert shown["result"]["respondents"] == 5

    clicks = count.clicks - before
    assert 2 <= clicks <= MOST_CLICKS
    keys = len(typed) + count.keys
    seconds = (
        SET_UP_SECONDS
        + 60 * count.words / WORDS_A_MINUTE
        + SECONDS_A_KEY * keys
        + SECONDS_A_CLICK * (count.clicks + 1)  # one more to choose the plan from its list
    )
    assert seconds / 60 <= MOST_MINUTES
