"""The wall never scrolls: every state of it, with the longest texts, in both sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from playbook.cases.plans import ClassPlans
from playbook.cohort import own_questions
from playbook.framework import load_framework
from playbook.server.cohort.host.door_sign import qr
from tests.browser.axe import faults
from tests.cohort.people import Class, Host
from tests.cohort.situations import PLAN as ROUNDS
from tests.cohort.situations import answer, press, to_the_second_round
from tests.server.cohort.classroom import Classroom

PEOPLE = 60
LABEL = "Widely varying workloads mean many mismatched machines at our warmest mills"  # 75 letters
QUESTION = "Which of the many workgroups should move first, and what would make them want it?"
LONGEST = (QUESTION + " Name what you would watch within the first two months, and who would know")[
    :140
]
ARABIC = "فريق الصيانة في المصنع الشمالي يعمل مع آلات غير متوافقة طوال الأسبوع"
ADDRESS = "https://playbook.training.a-rather-long-company-name.example:8866/join"
FAR = "Wwwwmmmm" * 9  # a name of one word
SIZES = {"question": 72, "choice": 38, "count": 54, "any": 32}
SMALLER = {
    "5 choices, before and after": {"question": 64},
    "6 in order, result": {"question": 64},
    "4 of one word, open": {"question": 42},
    "4 of one word, result": {"question": 42},
    "9 choices, open": {"question": 56},
    "9 choices, before and after": {"question": 40, "choice": 34},
    "9 of the longest, open": {"question": 42},
    "9 of the longest, result": {"question": 42},
    "texts, result": {"question": 56},
    "matrix, hidden": {"question": 56},
    "matrix, shown": {"question": 56},
    "agreed": {"question": 56},
}
"""Where so much has to be read at once that even the least sizes would not fit."""
RESULTS = ("result", "before and after")
LEAST_OF_A_CASE = 22
"""What is known with its sources is read by whoever sits near; a phone has it, too."""
OTHERS = {"join", "teams of 5", "note", "matrix, hidden", "matrix, shown", "gallery"}
"""States that axe looks at: results in light, these in light and dark."""
MEASURE = """() => {
    const wall = document.getElementById("wall"), body = document.getElementById("body");
    const unit = wall.clientWidth / 1920, frame = wall.getBoundingClientRect(), wrong = [];
    const scrolls = document.documentElement.scrollHeight > innerHeight
        || document.documentElement.scrollWidth > innerWidth
        || body.scrollHeight > body.clientHeight + 1;
    if (scrolls) wrong.push(`scrolls: ${body.scrollHeight} in ${body.clientHeight}`);
    const sizes = {any: Infinity, question: Infinity, choice: Infinity, count: Infinity};
    const walk = document.createTreeWalker(wall, NodeFilter.SHOW_TEXT);
    let texts = 0;
    while (walk.nextNode()) {
        const one = walk.currentNode.parentElement, text = walk.currentNode.data.trim();
        if (!text || one.closest(".visually-hidden, [hidden]") || !one.checkVisibility()) continue;
        texts += 1;
        const picture = one.closest("svg");
        const scale = picture ? picture.clientWidth / picture.viewBox.baseVal.width : 1;
        const size = parseFloat(getComputedStyle(one).fontSize) * scale / unit;
        const sort = one.closest("h1") ? "question" : one.closest(".count") ? "count"
            : one.closest(".choices li, .bars li > [dir], .matrix") ? "choice" : "any";
        if (!one.closest(".of, .hint")) sizes[sort] = Math.min(sizes[sort], size);
        sizes.any = Math.min(sizes.any, size);
        const cut = one.closest(".team, .foot > :first-child, figcaption, .clamped");
        const range = document.createRange();
        range.selectNode(walk.currentNode);
        const its = (cut ?? range).getBoundingClientRect();
        const within = one.closest("#body") ? body.getBoundingClientRect() : frame;
        if (its.left < within.left - 1 || its.right > within.right + 1
            || its.top < within.top - 1 || its.bottom > within.bottom + 1)
            wrong.push(`beyond the edge: ${text.slice(0, 40)}`);
    }
    if (!texts && wall.dataset.kind !== "blank") wrong.push("empty");
    return {wrong, sizes, step: Number(wall.dataset.step), texts};
}"""


@cache
def states() -> dict[str, dict[str, Any]]:
    """Every state of the wall by its name, as a host tells them: a class of sixty answered."""
    host = Host()
    made = host.new_class(
        host.account("Ana"), "Redefining work for plant managers, spring in the north"
    )
    code = host.cohorts.new_code(made.trainer)
    people = [
        host.cohorts.join(code, f"{FAR if number % 3 else 'Ida'} {number}")
        for number in range(PEOPLE)
    ]
    found: dict[str, dict[str, Any]] = {}

    def keep(name: str, **more: Any) -> None:
        found[name] = told(host, made, code) | more

    def asked(
        own: dict[str, Any],
        answers: Callable[[int], Any],
        name: str = "",
        again: Callable[[int], Any] | None = None,
    ) -> None:
        poll = host.room.votes.ask_own(made.trainer, own)
        keep(f"{name}, open")
        for number, someone in enumerate(people):
            host.room.votes.answer(someone, poll, answers(number), shared=True)
        if again:
            poll = host.room.votes.ask_again(made.trainer, poll)
            for number, someone in enumerate(people):
                host.room.votes.answer(someone, poll, again(number))
        host.room.votes.reveal(made.trainer, poll)
        if own["form"] == "text":
            for text in host.room.desk_for(made.trainer)["tray"][poll]:
                host.room.tray.show(made.trainer, text["id"], True)
        keep(f"{name}, {'before and after' if again else 'result'}")
        host.room.votes.drop(made.trainer, poll)
        for rest in host.room.desk_for(made.trainer)["votes"]:
            host.room.votes.drop(made.trainer, rest["id"])

    keep("join")
    host.room.start_timer(made.trainer, 180)
    for count in (3, 5, 9):
        own = {"form": "one", "text": QUESTION, "choices": labels(count)}
        asked(
            own,
            lambda it, count=count: f"c{it * it % count + 1}",
            f"{count} choices",
            lambda it, count=count: f"c{it % count + 1}",
        )
    asked(
        {"form": "many", "text": LONGEST, "lead": "Think of one group. " * 9, "choices": labels(9)},
        lambda it: ["c1", f"c{it % 8 + 2}"],
        "9 of the longest",
    )
    asked(
        {"form": "one", "text": "W" * 140, "choices": [*("W" * 74 + it for it in "ABC"), ARABIC]},
        lambda it: f"c{it % 4 + 1}",
        "4 of one word",
    )
    asked(
        {"form": "order", "text": QUESTION, "choices": labels(6)},
        lambda it: [f"c{(it + place) % 6 + 1}" for place in range(6)],
        "6 in order",
    )
    asked(
        {
            "form": "range",
            "text": QUESTION,
            "unit": "applications a week",
            "fact": "1300000",
            "source": "The company’s own yearly report of 1998, in words that fill "
            + "a line " * 6,
            "bound": "more",
        },
        lambda it: [str(1000 * it), str(40000 * it + 90000)],
        "ranges",
    )
    asked(
        {
            "form": "grid",
            "text": QUESTION,
            "across": "Effort of everybody who would move it",
            "up": "Effect on what the company is paid for",
        },
        lambda it: ("low_high", "high_high", "low_low", "high_low")[min(it % 20, 3)],
        "plane",
    )
    asked({"form": "sure", "text": QUESTION}, lambda it: f"s{it * 7 % 11 * 10}", "sure")
    asked(
        {"form": "text", "text": QUESTION},
        lambda it: f"{it}. {LABEL} {LABEL} {LABEL}"[:240],
        "texts",
    )
    host.room.set_sheet(made.trainer, "entry_point", LABEL + ". " + LABEL)
    keep("note")
    step = {"title": LABEL, "say": LABEL + ". " + LABEL, "minutes": 5, "ends": None}
    keep("step", step=step, wall={"kind": "note", "poll": None})
    for size in (2, 5, 20):
        teams = [
            {
                "id": str(at),
                "name": f"Team {at} {FAR}",
                "people": [it.name for it in people[at : at + size]],
            }
            for at in range(0, PEOPLE, size)
        ]
        keep(
            f"teams of {size}",
            teams={"teams": teams, "mine": None, "role": None},
            wall={"kind": "teams", "poll": None},
        )
    for revealed in (False, True):
        rows = [
            {
                "team": f"Team {at} {FAR[:40]}",
                "decision": (LABEL * 4)[:240] if at % 4 else None,
                "decided": at % 4 > 0,
                "shown": True,
            }
            for at in range(12)
        ]
        keep(
            f"matrix, {'shown' if revealed else 'hidden'}",
            matrix={"question": QUESTION, "rows": rows, "revealed": revealed},
            wall={"kind": "matrix", "poll": None},
        )
    shown = [{"id": "x", "title": LABEL, "side": side, "mine": False} for side in (1, 2)]
    keep("gallery", gallery=shown, wall={"kind": "gallery", "poll": None})
    for number in range(9):
        host.room.agreements.agree(
            made.trainer, f"{number} {LABEL} {LABEL}", LABEL, host.now.today.isoformat()
        )
    keep("agreed", wall={"kind": "agreed", "poll": None})
    keep("blank", wall={"kind": "blank", "poll": None})
    for name, count in (("learned", PEOPLE), ("too few", 4)):
        host.room.leading.take_plan(made.trainer, ROUNDS)
        to_the_second_round(made, people[:count])
        keep(f"{name}, open")
        for number, someone in enumerate(people[:count]):
            answer(made, someone, 2 + number % 3)
        press(made)
        keep(f"{name}, result")
    return found


def labels(count: int) -> list[str]:
    return [f"{number}{LABEL[1:]}" for number in range(count)]


def told(host: Host, made: Class, code: str) -> dict[str, Any]:
    door = {
        "open": True,
        "over": False,
        "at": ADDRESS,
        "code": "7K4M-2QPD",
        "qr": qr(f"{ADDRESS}?code={code}"),
    }
    return host.room.screen_for(made.trainer) | {"door": door, "people": PEOPLE, "stamp": ""}


@pytest.fixture(scope="module", autouse=True)
def nine() -> Any:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(own_questions, "MOST", 9)
        yield


@pytest.fixture
def wall(host: Classroom, new_context: Callable[..., BrowserContext]) -> Page:
    """The real page of a class; what it is told from here on is told by `show`."""
    context = new_context()
    trainer = host.stranger()
    trainer.fill_in("/sign-in", name="Ana", password="four words put together")
    context.add_cookies(
        [{"name": "playbook", "value": trainer.client.cookies["playbook"], "url": host.url}]
    )
    page = context.new_page()
    page.route("**/state?*", wait)
    page.goto(f"{host.url}/screen/{host.cohorts['Ana']}")
    page.add_style_tag(content='.pb { --font: Verdana, "DejaVu Sans", sans-serif !important; }')
    return page


def wait(_: Route) -> None:
    """The host says nothing: what the page hears comes from the test."""


def show(page: Page, state: dict[str, Any]) -> None:
    page.evaluate(
        """async (state) => {
        const its = document.querySelector("script[src$='screen.js']").src;
        (await import(its)).tell(state);
    }""",
        state,
    )


def test_every_state_fits_in_both_sizes_with_the_longest_texts(wall: Page) -> None:
    found = []
    for (width, height), scheme in {(1920, 1080): "light", (1280, 720): "dark"}.items():
        wall.set_viewport_size({"width": width, "height": height})
        wall.emulate_media(color_scheme=scheme)
        for name, state in states().items():
            show(wall, state)
            measured = wall.evaluate(MEASURE)
            sizes = {what: size for what, size in measured["sizes"].items() if size}
            small = {
                what: round(sizes[what], 1)
                for what, least in (SIZES | SMALLER.get(name, {})).items()
                if sizes[what] < least - 0.1
            }
            if measured["wrong"] or small:
                found.append((width, name, measured["step"], measured["wrong"][:3], small))
            if (width == 1920 and name.endswith(RESULTS)) or name in OTHERS:
                assert faults(wall, colours_alone=scheme == "dark") == [], name
    assert found == []


def case_states() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every step of every case on its longest route: its situation, exhibits and what is known."""
    host = Host()
    made = host.new_class(host.account("Ana"), "Redefining work")
    state = told(host, made, host.cohorts.new_code(made.trainer))
    plans = ClassPlans(load_framework())
    longest = {name.rpartition("_")[0]: name for name in sorted(plans.cases, key=_minutes)}
    for name in longest.values():
        for step in (it for it in plans[name].steps if it.tells):
            known = {**step.tells.before, "revealed": step.tells.after}
            says = next((it.say for it in step.phases if it.do == "facts"), "")
            for kind in ("case", "facts"):
                wall = {"kind": kind, "poll": None}
                yield (
                    f"{step.id}, {kind}",
                    state | {"wall": wall, "case": known, "step": {"say": says}},
                )
            for exhibit in step.tells.after["exhibits"]:
                drawn = known | {"exhibits": [exhibit]}
                wall = {"kind": "exhibit", "poll": None}
                yield f"{step.id}, {exhibit['id']}", state | {"wall": wall, "case": drawn}


def _minutes(route: str) -> int:
    return int(route.rpartition("_")[2])


def test_every_step_of_every_case_fits_in_both_sizes(wall: Page) -> None:
    found, looked_at = [], set()
    for (width, height), scheme in {(1920, 1080): "light", (1280, 720): "dark"}.items():
        wall.set_viewport_size({"width": width, "height": height})
        wall.emulate_media(color_scheme=scheme)
        for name, state in case_states():
            show(wall, state)
            measured = wall.evaluate(MEASURE)
            if measured["wrong"] or measured["sizes"]["any"] < LEAST_OF_A_CASE:
                found.append((width, name, measured["wrong"][:3], measured["sizes"]["any"]))
            mark = scheme, state["wall"]["kind"]
            if mark not in looked_at:
                looked_at.add(mark)
                assert faults(wall, colours_alone=scheme == "dark") == [], name
    assert len(looked_at) == 6
    assert found == []
