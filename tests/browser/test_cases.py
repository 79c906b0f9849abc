"""A learner alone, on a phone: two cases to their end, and no byte before its time."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Response, WebSocket, expect

from playbook.cases.library import listed
from playbook.cases.load import load_case
from playbook.model.case import CaseStudy
from playbook.model.storage import Store
from tests.cases.spoilers import spoilers

from .axe import faults
from .conftest import PHONE, Tab
from .labels import like, say
from .test_accessibility import OVERFLOW

pytestmark = pytest.mark.row("X-30", "GAP-20")


LONGEST_LIST = 4 * 844
"""Pixels: full and middle cases on a phone, the sparks folded."""


class Received:
    """Every byte that a page got, as text: documents, scripts, styles, files, messages."""

    def __init__(self, page: Page) -> None:
        self.texts: list[str] = []
        self._responses: list[Response] = []
        page.on("response", lambda it: self._responses.append(it))  # noqa: PLW0108
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._frame)

    def _frame(self, data: str | bytes) -> None:
        self.texts.append(data.decode("utf-8", "replace") if isinstance(data, bytes) else data)

    def all(self) -> str:
        """What came so far."""
        for response in self._responses:
            if response.ok and "image" not in response.headers.get("content-type", ""):
                self.texts.append(response.text())
        self._responses.clear()
        return "\n".join(self.texts)


def found(secret: set[str], received: str) -> list[str]:
    """The sentences that were received, as they stand or as JSON may write them."""
    return [it for it in secret if it in received or json.dumps(it)[1:-1] in received]


def answer(card: Locator) -> None:
    """The first choice of each question, a wide range, a sentence."""
    for question in card.locator(".question").all():
        if question.locator(".choice").count():
            question.locator(".choice").first.click()
        elif question.get_by_role("textbox").count() > 1:
            question.get_by_label(say("cases.page.low")).fill("100")
            question.get_by_label(say("cases.page.high")).fill("2,000")
        else:
            question.get_by_role("textbox").fill("They know where it hurts.")


def begin(page: Page, case: CaseStudy, title: str) -> None:
    """The route of 20 minutes, by how long it takes alone."""
    told = next(it for it in listed(case).routes if it[0] == 20)
    long = say("cases.page.play_long", minutes=told[1], steps=told[2])
    page.get_by_role("button", name=f"{long} : {title}").click()


def part(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name=title, exact=True)


def clean(page: Page) -> None:
    """Nothing that axe knows of, and nothing beyond the phone's edge."""
    assert faults(page) == []
    assert page.evaluate(OVERFLOW) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("case_id", "title"),
    [("atb", "ATB: fifty places, five thousand people"), ("alcoa", "A metals company, 1987")],
)
def test_a_learner_alone_plays_a_case_to_its_end_on_a_phone(
    open_sheet: Callable[..., Tab], kept: Store, case_id: str, title: str
) -> None:
    case = load_case(case_id)
    route = case.route(20)
    tab = open_sheet("catalyst", **PHONE)
    page, received = tab.page, Received(tab.page)
    page.goto(f"{tab.base}/voila/render/20_cases.ipynb")
    expect(page.get_by_role("heading", level=1)).to_have_text(say("cases.page.title"))
    clean(page)
    sparks = page.locator(".sparks > summary")
    assert page.evaluate("document.documentElement.scrollHeight") < LONGEST_LIST
    sparks.focus()
    page.keyboard.press("Enter")  # what is folded opens by a key
    expect(page.get_by_role("button", name=say("cases.page.play")).last).to_be_visible()
    page.keyboard.press("Enter")
    begin(page, case, title)
    for number in range(1, len(route.parts) + 1):
        card = part(page, say("cases.page.decide"))
        expect(card).to_be_visible()
        clean(page)
        if number == 1:  # pressed too early: it says what is open, and leads there
            card.get_by_role("button", name=say("cases.page.seal")).click()
            expect(card.get_by_role("alert")).to_have_text(like("cases.error.open"))
        answer(card)
        if number == 2:  # left in the middle: what was chosen is there again
            page.reload()
            chosen = card.locator(".choice input:checked").first
            expect(chosen).to_be_attached()
        assert found(spoilers(case, route, number, sealed=False), received.all()) == []
        if case_id == "alcoa" and number <= 2:
            assert "o’neill" not in received.all().casefold()
            assert "pittsburgh" not in received.all().casefold()
        card.get_by_role("button", name=say("cases.page.seal")).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(
            case.step(route.parts[number - 1].step).headline
        )
        for column in ("documents", "public", "claimed"):
            expect(part(page, say(f"cases.column.{column}"))).to_be_visible()
        assert found(spoilers(case, route, number, sealed=True), received.all()) == []
        clean(page)
        page.locator(".on").get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("cases.page.end"))
    page.get_by_label(say("cases.page.carry_field")).fill(
        "The new claims system, and the rate cut in June."
    )
    page.get_by_role("button", name=say("cases.page.carry_put")).click()
    link = page.get_by_role("link", name=like("cases.page.carry_see"))
    expect(link).to_be_visible()
    clean(page)
    link.click()
    expect(page.locator(".carried")).to_contain_text("The new claims system")
    assert len(kept.worksheets("case_play")) == 1
    assert tab.trouble == []


def test_what_happened_can_not_be_had_by_other_doors(
    open_sheet: Callable[..., Tab], kept: Store
) -> None:
    """The plain page, a form that is posted, paper, the notebook as a file, the case's own file."""
    case = load_case("alcoa")
    route = case.route(20)
    secret = spoilers(case, route, 1, sealed=False)
    tab = open_sheet("catalyst", **PHONE)
    page = tab.page
    page.goto(f"{tab.base}/voila/render/20_cases.ipynb")
    begin(page, case, "A metals company, 1987")
    expect(part(page, say("cases.page.decide"))).to_be_visible()
    page.emulate_media(media="print")
    got = [page.content(), page.locator("body").inner_text()]
    (play,) = kept.worksheets("case_play")
    cookies = {it["name"]: it["value"] for it in page.context.cookies()}
    for address in (
        *(
            "20_cases.ipynb?form=plain",
            "20_cases.ipynb?step=3",
            f"20_cases.ipynb?worksheet={play.id}",
        ),
        *("../../case_studies/alcoa/case.toml", "case_studies/alcoa/case.toml"),
        *(
            "../files/20_cases.ipynb",
            "../static/case_studies/alcoa/case.toml",
            "../../api/contents",
        ),
    ):
        got.append(page.request.get(f"{tab.base}/voila/render/{address}").text())
    for said in (say("cases.page.needs"), "A metals company, 1987"):  # without a live connection
        assert said in got[2]
    form = {"_xsrf": cookies.get("_xsrf", ""), "play": play.id, "step": "3"}
    posted: Any = page.request.post(f"{tab.base}/voila/render/20_cases.ipynb", form=form)
    got.append(posted.text())
    got.append(json.dumps(kept.export(), ensure_ascii=False))
    assert found(secret, "\n".join(got)) == []
    assert not any("o’neill" in it.casefold() or "o'neill" in it.casefold() for it in got)


OWN = {
    "title": "The parcel line",
    "situation": "Calls pile up. You may change one thing this month.",
    "known": "A team of 12 people answers calls.",
    "question": "What do you do first?",
    "choices": "More people\nFind out why they call",
    "headline": "They wrote first",
    "happened": "The team wrote to customers before they called.",
    "position_1": "Remove the reason for the call.",
    "falls_1": "If customers called all the same.",
    "position_2": "Answer faster.",
    "falls_2": "If calls grew faster than people.",
}


def test_a_case_of_ones_own_is_written_in_a_form_and_played(
    open_sheet: Callable[..., Tab], kept: Store
) -> None:
    tab = open_sheet("catalyst", **PHONE)
    page, form = tab.page, tab.framework.own_case
    page.goto(f"{tab.base}/voila/render/20_cases.ipynb")
    page.get_by_role("button", name=say("cases.own.write")).click()
    for name, text in OWN.items():
        page.get_by_label(form.question(name).text, exact=False).first.fill(text)
    keep = page.get_by_role("button", name=say("cases.own.keep"))
    keep.click()
    missing = say("cases.own.missing", question=form.question("sure").text)
    expect(page.get_by_text(missing).first).to_be_visible()
    expect(keep).to_be_focused()
    clean(page)
    page.get_by_role("radio", name=form.question("sure").choices[2].label).check()
    keep.click()
    expect(page.get_by_text(say("cases.own.playable"), exact=True)).to_be_visible()
    page.get_by_role("button", name=say("cases.own.try_it")).click()
    card = part(page, say("cases.page.decide"))
    expect(card).to_be_visible()
    answer(card)
    card.get_by_role("button", name=say("cases.page.seal")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(OWN["headline"])
    fictional = part(page, say("cases.column.fictional"))
    expect(fictional).to_contain_text(OWN["happened"])
    expect(fictional).to_contain_text(say("cases.sure.fictional"))
    page.set_viewport_size({"width": 320, "height": 640})
    clean(page)
    assert {info.sheet for info in kept.worksheets()} >= {"own_case", "case_play"}
    assert tab.trouble == []
