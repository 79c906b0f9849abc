"""Somebody who never saw it fills the first stage by keyboard alone, from home to the verdict of
the gate and the page for the boss: six questions a sheet, what they open, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from .conftest import Tab
from .hands import Keyboard
from .labels import FRAMEWORK

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.row("APP-18")]

STAGE = FRAMEWORK.stages[0]
GATE = FRAMEWORK.sheets[STAGE.gate]
CORE = 6
TODAY = date.today()
REVIEW = TODAY + timedelta(weeks=26)
A_QUESTION, A_LETTER = 10, 1 / 3
"""Seconds to read a question and go to it, and to type one letter: 36 words a minute. Ours."""
MOST_MINUTES = 25
SPONSOR, PLACE, RESULT = "Director of nursing", "Wards 4 and 5", "Income from beds in use"

WATCH = """() => {
    globalThis.astray = [];
    let begun = false;
    const shown = (element) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
    };
    const onTop = (element) => {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        const points = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]];
        return points.some(([x, y]) => {
            const there = document.elementFromPoint(
                left + x * (right - left), top + y * (bottom - top));
            return there !== null && element.contains(there);
        });
    };
    const look = (key) => {
        const here = document.activeElement;
        const told = `after ${key}: ${here.outerHTML.slice(0, 120)}`;
        if (here === document.body) {
            if (begun) globalThis.astray.push(`lost ${told}`);
            return;
        }
        begun = true;
        if (key.length === 1 && key !== " ") return; // a letter moves nothing
        const around = [here, here.closest("label"), here.parentElement].filter(Boolean);
        if (!around.some(shown)) globalThis.astray.push(`unmarked ${told}`);
        if (!around.slice(0, 2).some(onTop)) globalThis.astray.push(`hidden ${told}`);
    };
    addEventListener("keyup", ({ key }) =>
        requestAnimationFrame(() => requestAnimationFrame(() => look(key))));
}"""
"""After every key: the focus is somewhere, is marked there, and nothing lies over it."""


class Stranger(Keyboard):
    """A head of nursing at a hospital, with a keyboard and no mouse; `minutes` of answering."""

    minutes = 0.0

    def fill(self, question: str, text: str, place: int = 0) -> None:
        """A field for text, a number or a day; `place` tells rows that are asked alike apart."""
        self.minutes += (A_QUESTION + len(text) * A_LETTER) / 60
        self.write(self.tab.box(question).nth(place), text)

    def pick(self, question: str, *choices: str, place: int = 0) -> None:
        """One choice, or some."""
        self.minutes += A_QUESTION / 60
        for choice in choices:
            self.choose(self.tab.choice(question, choice).nth(place))

    def row_choice(self, question: str, name: str) -> Locator:
        """The choice of a row by its name."""
        return self.tab.group(question).get_by_role("radio", name=name)

    def astray(self) -> list[str]:
        """The keys of this page after which the focus was nowhere, unmarked or out of sight."""
        return self.page.evaluate("globalThis.astray")


def day(when: date) -> str:
    return f"{when.day} {when:%B} {when.year}"


def zoom_out(she: Stranger) -> None:
    she.pick("objective_wanted", "value")
    she.pick("objective_now", "efficiency")
    she.pick("focus_wanted", "unasked")
    she.pick("focus_now", "exceptions")
    she.pick("needs_wanted", "sought")
    she.pick("needs_now", "trained")
    she.fill("decision", "Two wards find out what nurses can do before a patient goes home.")
    she.fill("decision_owner", SPONSOR)
    she.fill("decision_date", day(TODAY))


def catalyst(she: Stranger) -> None:
    she.fill("what", "Patients who could go home wait days for a bed elsewhere.")
    she.pick("kind", "skills")
    she.pick("breaks", "yes")
    she.pick("control", "no")
    she.pick("urgent", "yes")
    she.fill("by_when", day(TODAY + timedelta(weeks=24)))
    she.fill("loss", "Two wards close for the winter.")
    she.pick("bigger", "yes")
    she.fill("impact_customer", "One nurse plans the way home with the family.")
    she.pick("alignment", "direct")
    she.pick("capacity", "yes")


def champion(she: Stranger) -> None:
    she.fill("role", SPONSOR)
    she.pick("believes", "yes")
    she.fill("deeds", "Gave her own office to the trial in June.")
    she.pick("changes", "objectives", "measures")
    she.pick("commits", "yes")
    she.pick("cover", "yes")
    she.fill("covers", "Beds in use, towards the board.")
    she.fill("covers_until", day(REVIEW))
    she.pick("communicates", "yes")
    she.fill("near_benefit", "Nurses drop the second discharge form in May.")
    she.pick("controls", "leads")
    she.fill("reach", "All medical wards.")


def entry_point(she: Stranger) -> None:
    she.fill("place", PLACE)
    disc = she.page.locator(".map .disc")
    she.reach(disc)
    for key in ("ArrowUp", "ArrowRight"):
        for _ in FRAMEWORK.sheets["entry_point"].scales["impact"]:
            she.page.keyboard.press(key)
    expect(disc).to_be_focused()
    she.pick("free", "yes")
    she.fill("population", "90")
    she.fill("rate", "30%")
    she.pick("supervisor", "yes")
    she.pick("reach", "yes")
    she.pick("blockers", "nobody")


def metric_tree(she: Stranger) -> None:
    for place, (name, now, wanted, because) in enumerate(
        (
            (RESULT, "4,200,000", None, None),
            ("Days from ready to home", "3.5", None, "A free bed takes in the next patient."),
            ("Families met by day two", "20%", "60%", "They find care while there is time."),
            ("Ways home planned by one nurse", "10%", "50%", "Nothing is asked twice."),
        )
    ):
        she.fill("name", name, place)
        she.fill("now", now, place)
        if because:
            she.pick("evidence", "believed", place=place - 1)
            she.fill("because", because, place - 1)
        if wanted:
            she.fill("target", wanted, place - 2)
    she.pick("in_hands", "yes")
    she.pick("rhythm", "weekly")
    she.pick("noticed", "yes")
    she.pick("tested", "yes")
    she.choose(she.row_choice("weakest", "Families met by day two"))
    she.fill("test", "Compare 60 patients with and without a family talk.")
    she.fill("tester", "The discharge analyst")
    she.fill("test_by", day(TODAY + timedelta(weeks=8)))


def recognise_gate(she: Stranger) -> None:
    she.pick("go_on", "go")
    she.fill("because", "All four stand, and winter is close.")
    she.fill("decided_by", SPONSOR)
    she.fill("look_again", day(TODAY + timedelta(weeks=6)))


WAY: dict[str, Callable[[Stranger], None]] = {
    one.__name__: one
    for one in (zoom_out, catalyst, champion, entry_point, metric_tree, recognise_gate)
}


@pytest.fixture
def she(new_tab: Callable[..., Tab]) -> Stranger:
    tab = new_tab(viewport={"width": 1366, "height": 768})
    tab.page.add_init_script(f"({WATCH})()")
    return Stranger(tab)


def test_by_keyboard_alone_from_home_to_the_verdict_of_the_gate_and_its_page(
    she: Stranger, tmp_path: Path
) -> None:
    tab = she.tab
    tab.enter()
    expect(she.page.get_by_role("heading", level=1)).to_have_text(tab.say("home.title"))
    link = she.page.locator(f'main a[href*="{FRAMEWORK.sheets[STAGE.sheets[0]].notebook}"]').first
    for name in STAGE.sheets:
        she.press(link)
        tab.sheet = FRAMEWORK.sheets[name]
        tab.ready()
        WAY[name](she)
        she.page.keyboard.press("Tab")  # leaves the last field
        tab.saved()
        expect(tab.verdict).to_have_text(tab.ends("pass"))
        if name != GATE.id:
            counted = tab.say("form.progress", answered=CORE, asked=CORE)
            expect(tab.page.locator(".counter")).to_have_text(counted)
        assert she.astray() == []
        link = tab.says.locator(".next a")  # to the next sheet

    assert she.minutes <= MOST_MINUTES
    door = tab.says.locator(".to-brief").get_by_role("button")
    she.press(door)
    pdf = tab.dialog.get_by_role("button", name=tab.say("brief.door.pdf"), exact=True)
    with she.page.expect_download() as begun:
        she.press(pdf)
    begun.value.save_as(tmp_path / "brief.pdf")
    (page,) = PdfReader(tmp_path / "brief.pdf").pages
    told = " ".join(page.extract_text().split())
    for answer in (SPONSOR, RESULT, PLACE, day(REVIEW)):
        assert answer in told
    she.page.keyboard.press("Escape")
    expect(door).to_be_focused()
    assert she.astray() == []
