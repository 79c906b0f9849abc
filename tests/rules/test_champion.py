"""The champion sheet against the framework, and what must hold of silences whatever the dates."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.analysis import timeline
from playbook.analysis.timeline import Moment, Silence, silences
from playbook.assessing.assess import assess
from playbook.framework import Framework
from playbook.model import VERDICTS, Assessment, Finding, Level, Sheet
from playbook.worksheet.parse import read_worksheet

TODAY = date(2026, 3, 2)
AUDIENCES = ("front_line", "neighbours", "managers")
SOLID: dict[str, Any] = {
    "role": "Head of operations",
    "believes": "yes",
    "deeds": "Gave up her own project",
    "changes": ["objectives", "measures"],
    "commits": "yes",
    "cover": "yes",
    "covers": "Permits per week",
    "covers_until": "2026-12-31",
    "communicates": "yes",
    "near_benefit": "Fewer forms from May on",
    "controls": ["leads"],
    "reach": "Both valleys",
}
Say = Callable[..., Assessment]


@pytest.fixture(scope="module")
def champion(framework: Framework) -> Sheet:
    return framework.sheets["champion"]


@pytest.fixture(scope="module")
def say(framework: Framework, champion: Sheet) -> Say:
    """say({"messages": [...]}, cover="no"): the solid champion with these changes."""

    def assessed(sheet: dict[str, Any] | None = None, **but: Any) -> Assessment:
        row = {key: value for key, value in (SOLID | but).items() if value}
        told = {"candidates": [row], **(sheet or {})}
        return assess(champion, read_worksheet(champion, told, framework.words), framework, TODAY)

    return assessed


def of(assessment: Assessment, key: str) -> Finding:
    return next(finding for finding in assessment.findings if finding.key == key)


# --------------------------------------------------------------------------- as the framework says

# Row, answers, level: copied by hand from the "Tool behaviour" column of the framework, where
# "WARN-strong" is a warning with priority.
NO_COVER = {"cover": "no", "covers": "", "covers_until": ""}
NOT_TOLD = {"communicates": "no", "near_benefit": ""}
AS_THE_FRAMEWORK_SAYS: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("CHA-02", NO_COVER, {}, "fail"),
    ("CHA-02", NOT_TOLD, {}, "warn"),
    ("CHA-03", {"believes": "no", "deeds": ""}, {}, "fail"),
    ("CHA-03", {"commits": "no"}, {}, "fail"),
    ("CHA-04", {"changes": ["none"]}, {}, "fail"),
    ("CHA-06", {"level": "ceo"}, {}, "pass"),
    ("CHA-06", {"level": "c_level"}, {}, "pass"),
    ("CHA-06", {"level": "below"}, {}, "warn"),
    ("CHA-06", {"level": "below", "cosponsor": "The CEO"}, {}, "info"),
    ("CHA-11", {}, {}, "pass"),
    ("CHA-12", {}, {"worries": [{"worry": "Half of us go"}]}, "warn"),
    ("CHA-14", {"controls": ["none"], "reach": ""}, {}, "fail"),
]


@pytest.mark.row("CHA-02", "CHA-03", "CHA-04", "CHA-06", "CHA-11", "CHA-12", "CHA-14")
@pytest.mark.parametrize(("row", "but", "sheet", "level"), AS_THE_FRAMEWORK_SAYS)
def test_a_row_weighs_what_the_framework_says(
    say: Say, row: str, but: dict[str, Any], sheet: dict[str, Any], level: str
) -> None:
    assessment = say(sheet, **but)
    assert level in [f.level for f in assessment.findings if f.rule == row]
    if level in ("fail", "warn"):
        assert assessment.verdict == level


@pytest.mark.row("CHA-02", "CHA-10")
def test_what_people_must_hear_comes_before_other_warnings(say: Say) -> None:
    found = say(changes=["objectives"], **NOT_TOLD).findings
    assert [f.key for f in found if f.level == Level.WARN] == ["CHA-02.tells_no", "CHA-04.core"]
    doubting = say({"losing_confidence": "yes"}, changes=["objectives"])
    assert doubting.findings[0].key == "CHA-10.silent"


@pytest.mark.row("CHA-04")
@pytest.mark.parametrize("objectives", [True, False])
@pytest.mark.parametrize("measures", [True, False])
def test_power_needs_both_aims_and_measures_and_something_at_least(
    say: Say, objectives: bool, measures: bool
) -> None:
    picked = ["decisions"] + ["objectives"] * objectives + ["measures"] * measures
    expected = "CHA-04.power" if objectives and measures else "CHA-04.core"
    assert [f.key for f in say(changes=picked).findings if f.rule == "CHA-04"] == [expected]


@pytest.mark.row("CHA-04")
def test_none_beside_something_does_not_count(say: Say) -> None:
    assert of(say(changes=["objectives", "measures", "none"]), "CHA-04.power")


@pytest.mark.row("CHA-01", "CHA-03", "CHA-11", "CHA-14")
@pytest.mark.parametrize("left_out", SOLID)
def test_each_question_of_the_first_screen_that_is_left_out_is_asked_for_by_name(
    say: Say, champion: Sheet, left_out: str
) -> None:
    assessment = say(**{left_out: ""})
    assert assessment.verdict == "unknown"
    missing = [f for f in assessment.findings if f.is_missing]
    assert [f.key for f in missing] == [f"missing.{left_out}"]
    question = champion.question(left_out, "candidates")
    assert (missing[0].heading, missing[0].advice) == (question.short, question.ask)


@pytest.mark.parametrize("short_of", [{}, {"cover": "partly"}, {"commits": "partly"}])
def test_a_name_alone_never_outranks_a_person_who_is_thought_through(
    framework: Framework, champion: Sheet, short_of: dict[str, str]
) -> None:
    complete = {"id": "complete", **SOLID, **short_of}
    named = {"id": "named", "role": "The new chief digital officer"}
    for rows in ([complete, named], [named, complete]):
        worksheet = read_worksheet(champion, {"candidates": rows}, framework.words)
        found = assess(champion, worksheet, framework, TODAY)
        assert (found.verdict, found.decisive) == ("warn" if short_of else "pass", "complete")


def test_the_first_screen_alone_gives_a_verdict(say: Say, champion: Sheet) -> None:
    first = [q for section in champion.sections if not section.deeper for q in section.questions]
    assert {q.id for q in first} == set(SOLID)
    assert say().verdict == "pass"


@pytest.mark.row("CHA-02")
@pytest.mark.parametrize("ends", ["2026-03-01", "2026-05-31"])
def test_protection_that_does_not_last_is_not_called_clear(say: Say, ends: str) -> None:
    keys = {f.key for f in say(covers_until=ends).findings}
    assert "CHA-02.cover_yes" not in keys
    assert len({"CHA-02.lapsed", "CHA-02.too_short"} & keys) == 1


@pytest.mark.row("CHA-02", "CHA-03", "CHA-04")
@given(
    one=st.sampled_from(["believes", "commits", "cover", "communicates"]),
    other=st.sampled_from(["believes", "commits", "cover", "communicates"]),
)
def test_only_in_part_is_never_enough_and_a_no_is_never_better(
    say: Say, one: str, other: str
) -> None:
    """Whatever else the person lacks."""
    levels = []
    for said in ("yes", "partly", "no"):
        but: dict[str, Any] = {other: "partly", one: said}
        assessment = say(**but)
        assert assessment.verdict != "pass" or one == other
        levels.append(VERDICTS.index(assessment.verdict))
    assert levels == sorted(levels, reverse=True)
    assert VERDICTS[levels[1]] == "warn"


@pytest.mark.row("CHA-02", "CHA-05")
def test_no_number_is_asked_for_or_given_about_a_person(champion: Sheet, say: Say) -> None:
    assert champion.about_people
    kinds = {q.kind for section in champion.sections for q in section.questions}
    assert kinds.isdisjoint({"number", "scale", "rank", "series"})
    assert say().numbers == {}
    assert set(say({"events": [EVENT]}).numbers) == {"silences"}


# --------------------------------------------------------------------------- silences in words

EVENT = {"event": "The robot starts", "happens_on": "2026-03-20", "seen_by": ["front_line"]}


def told(on: str, *who: str, **more: str) -> dict[str, Any]:
    return {"says": "Why it comes", "said_on": on, "heard_by": list(who), **more}


@pytest.mark.row("CHA-13")
def test_a_silence_is_named_with_its_event_and_its_day(say: Say) -> None:
    other = EVENT | {"event": "Two desks are cleared", "happens_on": "2026-03-09"}
    assessment = say({"events": [EVENT, other]})
    text = of(assessment, "CHA-13.silence").text
    assert "“Two desks are cleared”, 9 March 2026; “The robot starts”, 20 March 2026" in text
    assert assessment.numbers["silences"] == 2


@pytest.mark.row("CHA-13")
@pytest.mark.parametrize(
    ("days_before", "silent"), [(-1, True), (0, True), (1, False), (14, False), (15, True)]
)
def test_the_days_that_count_as_before(say: Say, days_before: int, silent: bool) -> None:
    day = (date(2026, 3, 20) - timedelta(days_before)).isoformat()
    assessment = say({"events": [EVENT], "messages": [told(day, "front_line")]})
    assert assessment.numbers["silences"] == silent
    assert of(assessment, "CHA-13.silence" if silent else "CHA-13.told")


@pytest.mark.row("CHA-13")
def test_the_days_are_a_threshold_that_can_be_changed(framework: Framework) -> None:
    threshold = framework.thresholds["message_before_event_days"]
    assert threshold.source == "house"
    assert threshold.reason


@pytest.mark.row("CHA-15")
@pytest.mark.parametrize("on", ["2026-03-01", "2026-03-02"])
def test_a_message_counts_as_overdue_from_the_day_after(say: Say, on: str) -> None:
    assessment = say({"messages": [told(on, "managers", releases="yes")]})
    key = "CHA-15.overdue" if on < TODAY.isoformat() else "CHA-15.planned"
    assert of(assessment, key)


# --------------------------------------------------------------------------- silences as such

DAYS = st.integers(0, 40).map(lambda days: TODAY + timedelta(days))
WHO = st.frozensets(st.sampled_from(AUDIENCES), min_size=1)


def moments(prefix: str, most: int = 6) -> st.SearchStrategy[list[Moment]]:
    """Some moments; their row ids are told apart by their place."""
    some = st.lists(st.tuples(DAYS, WHO), max_size=most)
    return some.map(
        lambda drawn: [Moment(f"{prefix}{n}", day, who) for n, (day, who) in enumerate(drawn)]
    )


def pairs(found: tuple[Silence, ...]) -> set[tuple[str, str]]:
    """Each silence as (event, audience)."""
    return {(one.event.row, audience) for one in found for audience in one.audiences}


@pytest.mark.row("CHA-13")
@given(messages=moments("m"), events=moments("e"), days=st.integers(1, 20))
def test_silences_are_those_found_by_looking_at_each_day(
    messages: list[Moment], events: list[Moment], days: int
) -> None:
    expected = set()
    for event, audience in product(events, AUDIENCES):
        window = {event.day - timedelta(back) for back in range(1, days + 1)}
        heard = any(one.day in window and audience in one.audiences for one in messages)
        if audience in event.audiences and not heard:
            expected.add((event.row, audience))
    assert pairs(silences(messages, events, days)) == expected


@pytest.mark.row("CHA-12", "CHA-13")
@given(messages=moments("m"), more=moments("n", 2), events=moments("e"))
def test_adding_a_message_never_adds_a_silence(
    messages: list[Moment], more: list[Moment], events: list[Moment]
) -> None:
    before, after = silences(messages, events, 14), silences([*messages, *more], events, 14)
    assert pairs(after) <= pairs(before)


@pytest.mark.row("CHA-13")
@given(messages=moments("m"), events=moments("e"), data=st.data())
def test_the_order_of_rows_does_not_matter(
    messages: list[Moment], events: list[Moment], data: Any
) -> None:
    shuffled = (data.draw(st.permutations(messages)), data.draw(st.permutations(events)))
    assert silences(*shuffled, 14) == silences(messages, events, 14)


@given(messages=moments("m"), events=moments("e"), more=moments("f", 2))
def test_another_event_never_changes_the_silence_before_this_one(
    messages: list[Moment], events: list[Moment], more: list[Moment]
) -> None:
    alone, joined = silences(messages, events, 14), silences(messages, [*events, *more], 14)
    assert [one for one in joined if one.event in events] == list(alone)


@given(messages=moments("m"), events=moments("e"), days=st.integers(1, 20))
def test_looking_further_back_never_adds_a_silence(
    messages: list[Moment], events: list[Moment], days: int
) -> None:
    assert pairs(silences(messages, events, days + 1)) <= pairs(silences(messages, events, days))


def test_rows_without_a_day_or_without_people_are_on_no_timeline() -> None:
    rows = [("a", {"event": "x"}), ("b", {"happens_on": "2026-03-20"}), ("c", {"seen_by": ("x",)})]
    assert timeline.events(rows) == ()


@pytest.mark.parametrize(
    ("on", "sent", "heard"),
    [
        ("2026-03-01", "no", False),
        ("2026-03-01", "yes", True),
        ("2026-03-01", None, True),
        ("2026-03-02", "no", True),
    ],
)
def test_what_was_not_said_once_its_day_is_over_was_not_heard(
    on: str, sent: str | None, heard: bool
) -> None:
    row = {"said_on": on, "heard_by": ("managers",)} | ({"sent": sent} if sent else {})
    assert bool(timeline.messages([("m", row)], TODAY)) == heard


@given(
    name=st.sampled_from(["{0} {questions} %s <b>", "They {events} leave", "}"]),
    days=st.integers(1, 30),
)
def test_no_answer_bends_a_sentence(say: Say, name: str, days: int) -> None:
    event = EVENT | {"event": name, "happens_on": (TODAY + timedelta(days)).isoformat()}
    assessment = say({"events": [event], "opponents": [{"loser": name}]})
    assert name in of(assessment, "CHA-13.silence").text
    assert name not in of(assessment, "CHA-05.uncovered").text, "who loses stays private"
    for finding in assessment.findings:
        assert not re.search(r"\{\w*\}", (finding.text + finding.advice).replace(name, ""))


def test_those_who_hear_and_those_who_see_are_told_apart_in_the_same_way(champion: Sheet) -> None:
    heard = champion.question("heard_by", "messages").choices
    assert heard == champion.question("seen_by", "events").choices
