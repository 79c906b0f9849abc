"""The catalyst sheet against the framework: levels, dates, thresholds, and what each row became."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from playbook.assessing.assess import assess
from playbook.framework import Framework
from playbook.framework.coverage import built_facts
from playbook.model import Assessment, Level, Sheet
from playbook.worksheet.parse import read_worksheet
from tests.rules.conftest import TODAY

Say = Callable[..., Assessment]

# Row, answers, level: copied by hand from the "Tool behaviour" column of the framework, where
# "WARN-strong" is a warning with priority. What it lets warn while it is left out (CAT-20, CAT-34,
# CAT-36) is missing instead: a blank is never wrong.
AS_THE_FRAMEWORK_SAYS: list[tuple[str, dict[str, Any], str]] = [
    ("CAT-04", {"breaks": "no"}, "fail"),
    ("CAT-04", {"urgent": "no"}, "fail"),
    ("CAT-06", {"alignment": "none"}, "fail"),
    ("CAT-06", {"alignment": "side"}, "warn"),
    ("CAT-07", {"alignment": "direct"}, "pass"),
    ("CAT-09", {"breaks": "yes", "control": "yes"}, "fail"),
    ("CAT-10", {"bigger": "no"}, "fail"),
    ("CAT-10", {"capacity": "no"}, "fail"),
    ("CAT-20", {"kind": "market", "fear": "We lose.", "opportunity": "we lose."}, "warn"),
    ("CAT-26", {"kind": "technology", "urgent": "partly"}, "warn"),
    ("CAT-28", {"kind": "automation", "rationale": "headcount", "no_cuts": "no"}, "fail"),
    ("CAT-28", {"kind": "automation", "rationale": "headcount", "space": "no"}, "fail"),
    ("CAT-29", {"kind": "automation", "announced": "yes", "engagement": "no"}, "warn"),
    ("CAT-30", {"kind": "automation", "waves": "at_once"}, "warn"),
    ("CAT-30", {"kind": "automation", "waves": "waves"}, "info"),
    ("CAT-33", {"kind": "change"}, "warn"),
    ("CAT-33", {"kind": "change", "attention": "no"}, "fail"),
    ("CAT-35", {"kind": "opportunity", "owner_ready": "yes"}, "info"),
]


@pytest.mark.row("CAT-04", "CAT-06", "CAT-07", "CAT-09", "CAT-10", "CAT-20", "CAT-26", "CAT-28")
@pytest.mark.row("CAT-29", "CAT-30", "CAT-33", "CAT-35")
@pytest.mark.parametrize(("row", "answers", "level"), AS_THE_FRAMEWORK_SAYS)
def test_a_row_weighs_what_the_framework_says(
    say: Say, row: str, answers: dict[str, Any], level: str
) -> None:
    graded = [f.level for f in say(**answers).findings if f.rule == row]
    assert level in graded
    if level == "fail":
        assert say(**answers).verdict == "fail"


@pytest.mark.row("CAT-10", "GAP-02")
@pytest.mark.parametrize("question", ["breaks", "urgent", "bigger", "capacity"])
def test_the_four_answers_to_each_of_the_four_questions(say: Say, question: str) -> None:
    weighs = {"yes": "pass", "partly": "warn", "no": "fail", "dont_know": "unknown"}
    for answer, level in weighs.items():
        given = {question: answer} | ({"by_when": "2026-06-01", "loss": "A client"})
        graded = [f.level for f in say(**given).findings if f.questions == (question,)]
        assert level in graded, answer
        assert Level.PASS not in graded or answer == "yes"


@pytest.mark.row("CAT-10")
def test_no_room_stops_this_group_only(say: Say) -> None:
    stop = next(f for f in say(capacity="no").findings if f.level == "fail")
    assert stop.scope == "this group"
    assert "another group" in stop.advice


@pytest.mark.row("CAT-33")
@pytest.mark.parametrize("attention", [{}, {"attention": "partly"}, {"attention": "yes"}])
def test_a_larger_change_warns_before_all_other_warnings(
    say: Say, attention: dict[str, str]
) -> None:
    found = say(kind="change", breaks="partly", **attention).findings
    assert [f.rule for f in found if f.level == "warn"] == ["CAT-33", "CAT-10"]


@pytest.mark.row("CAT-28")
def test_promises_are_asked_for_where_fewer_people_are_the_aim_before_what_comes_below(
    say: Say,
) -> None:
    found = say(kind="automation", rationale="headcount").findings
    missing = [f.key for f in found if f.level == "unknown"]
    assert missing[:4] == ["missing.what", "missing.no_cuts", "missing.space", "missing.breaks"]


@pytest.mark.row("CAT-28")
@pytest.mark.parametrize("late", ["no_cuts_until", "space_until"])
@pytest.mark.parametrize("ends", ["2026-03-01", "2026-04-30"])
def test_promises_that_do_not_last_are_not_called_made(say: Say, late: str, ends: str) -> None:
    keys = {f.key for f in say(kind="automation", **PROMISED | {late: ends}).findings}
    assert "CAT-28.committed" not in keys
    assert len({"CAT-28.lapsed", "CAT-28.too_short"} & keys) == 1


@pytest.mark.row("CAT-30", "CAT-35")
@pytest.mark.parametrize(
    "stop",
    [
        {"breaks": "no"},
        {"urgent": "no"},
        {"bigger": "no"},
        {"capacity": "no"},
        {"alignment": "none"},
        {"breaks": "yes", "control": "yes"},
    ],
)
@pytest.mark.parametrize(
    "open_way",
    [
        {"kind": "automation", "waves": "waves"},
        {"kind": "opportunity", "owner_ready": "yes"},
    ],
)
def test_no_way_to_begin_is_offered_where_something_stops(
    say: Say, stop: dict[str, str], open_way: dict[str, str]
) -> None:
    offered = {"CAT-30.on_ramp", "CAT-35.fast_track"}
    assert len(offered & {f.key for f in say(**open_way).findings}) == 1
    assert offered.isdisjoint(f.key for f in say(**open_way, **stop).findings)


def test_what_is_only_worth_knowing_never_counts(catalyst: Sheet) -> None:
    """As a pass it would make a verdict of nothing; the framework gives it no weight."""
    assert {key for key, message in catalyst.messages.items() if message.level == "info"} == {
        "CAT-02.not_enough",
        "CAT-05.half",
        "CAT-10.evidence",
        "CAT-11.full_time",
        "CAT-12.choose",
        "CAT-25.new_value",
        "CAT-30.on_ramp",
        "CAT-31.stop",
        "CAT-35.fast_track",
        "SCA-12.begin",
    }


@pytest.mark.row("CAT-11", "X-20", "N-02")
def test_freed_means_three_quarters_at_least_and_the_whole_job_at_best(say: Say) -> None:
    told = next(f for f in say(capacity="yes").findings if f.rule == "CAT-11")
    assert "75%" in told.text
    assert "The whole job is the aim" in told.text
    assert "average does not count" in told.text


def test_what_is_ours_says_so_and_everything_else_names_a_document(
    framework: Framework, catalyst: Sheet
) -> None:
    for key, message in catalyst.messages.items():
        source = framework.rows[key.partition(".")[0]].source
        assert message.ours == bool(message.reading), key
        assert message.ours or source == "PP", key
        assert message.level != "unknown" or message.ours, f"{key}: no document has open questions"


PROMISED = {
    "rationale": "headcount",
    "no_cuts": "yes",
    "no_cuts_who": "Chief executive",
    "no_cuts_until": "2026-12-31",
    "space": "yes",
}
TOLD_LATER = {
    "no_cuts_told": "In writing",
    "space_who": "Head of service",
    "space_until": "2026-12-31",
    "space_told": "In the team meeting",
    "announced": "yes",
    "engagement": "yes",
    "waves": "waves",
}
IMPACTS = {
    "impact_customer": "A plan for each field",
    "impact_workforce": "A season with a farm",
    "impact_company": "A lead",
}
SIX = {
    "what": "A contract ends",
    "breaks": "yes",
    "control": "no",
    "urgent": "yes",
    "by_when": "2026-09-30",
    "loss": "Two branches",
    "bigger": "yes",
    "impact_customer": "An answer on the day",
    "alignment": "direct",
    "capacity": "yes",
}
STEP = {
    "first_step": "A morning in the north branch",
    "first_step_owner": "Head of branches",
    "first_step_date": "2026-03-12",
}


def missing(assessment: Assessment) -> list[str]:
    return [f.key for f in assessment.findings if f.is_missing]


@pytest.mark.row("CAT-03", "CAT-27", "CAT-28", "CAT-33", "CAT-34", "CAT-36")
@pytest.mark.parametrize(
    ("kind", "more", "left_out"),
    [
        *(("technology", {}, one) for one in SIX),
        ("", {}, "kind"),
        *(("automation", PROMISED, one) for one in PROMISED),
        *(("opportunity", IMPACTS, one) for one in IMPACTS),
        ("change", {"attention": "yes"}, "attention"),
        ("diffuse", {"issue": "Planners leave"}, "issue"),
    ],
)
def test_each_single_thing_left_out_is_asked_for_by_name(
    say: Say, catalyst: Sheet, kind: str, more: dict[str, str], left_out: str
) -> None:
    whole = SIX | more | ({"kind": kind} if kind else {})
    assert missing(say(**whole)) == ([] if kind else ["missing.kind"])
    told = say(**{one: answer for one, answer in whole.items() if one != left_out})
    assert missing(told) == [f"missing.{left_out}"]
    asked = next(f for f in told.findings if f.is_missing)
    assert asked.advice == catalyst.question(left_out, "candidates").ask


@pytest.mark.row("CAT-28", "CAT-29", "CAT-30")
@pytest.mark.parametrize("left_out", TOLD_LATER)
def test_what_makes_an_answer_stronger_is_never_missing(say: Say, left_out: str) -> None:
    told = {one: answer for one, answer in TOLD_LATER.items() if one != left_out}
    assert say(kind="automation", **SIX, **PROMISED, **told).verdict == "pass"


@pytest.mark.row("SCA-12")
def test_a_first_step_is_offered_and_its_name_and_day_may_come_later(say: Say) -> None:
    def offered(step: dict[str, str]) -> list[tuple[str, tuple[str, ...]]]:
        found = say(sheet=step, kind="change", breaks="yes").findings
        return [(f.key, f.questions) for f in found if f.rule == "SCA-12"]

    assert offered({}) == [("SCA-12.begin", ("first_step",))]
    for left_out in ("first_step_owner", "first_step_date"):
        step = {question: answer for question, answer in STEP.items() if question != left_out}
        assert offered(step) == []
    assert offered(STEP) == []


@pytest.mark.row("CAT-25", "CAT-26", "CAT-29")
@pytest.mark.parametrize(
    ("key", "answers", "rests_on"),
    [
        ("CAT-25.today", {"kind": "skills", "skills_for": "no"}, ("skills_for", "alignment")),
        ("CAT-26.slow", {"kind": "technology", "urgent": "partly"}, ("urgent", "paired")),
        (
            "CAT-29.attrition",
            {"kind": "automation", "announced": "yes", "engagement": "no"},
            ("announced", "engagement"),
        ),
    ],
)
def test_a_finding_about_two_answers_leads_to_both(
    say: Say, key: str, answers: dict[str, str], rests_on: tuple[str, ...]
) -> None:
    found = next(f for f in say(alignment="direct", **answers).findings if f.key == key)
    assert found.questions == rests_on


# --------------------------------------------------------------------------- urgency


@pytest.mark.row("GAP-03")
def test_days_left_are_counted_from_today(say: Say) -> None:
    today = date(2026, 12, 30)
    for days in (-1, 0, 1, 2, 400):
        by_when = (today + timedelta(days=days)).isoformat()
        assert say(today=today, urgent="yes", by_when=by_when).numbers["days_left"] == days


@pytest.mark.row("GAP-03")
def test_no_number_of_days_without_a_date(say: Say) -> None:
    assert "days_left" not in say(urgent="yes").numbers
    assert "days_left" not in say(urgent="no", by_when="2026-06-01").numbers


@pytest.mark.row("GAP-03")
@pytest.mark.parametrize(
    ("months", "today", "last_day"),
    [
        (12, "2026-03-02", "2027-03-02"),
        (12, "2028-02-29", "2029-02-28"),
        (6, "2026-08-31", "2027-02-28"),
        (1, "2026-12-31", "2027-01-31"),
        (24, "2026-11-30", "2028-11-30"),
    ],
)
def test_the_horizon_is_a_number_that_may_be_changed(
    framework: Framework, catalyst: Sheet, months: int, today: str, last_day: str
) -> None:
    old = framework.thresholds["urgency_horizon_months"]
    changed = replace(
        framework,
        thresholds={**framework.thresholds, old.id: old.model_copy(update={"value": months})},
    )

    def later(by_when: date) -> bool:
        given = {"candidates": [{"urgent": "yes", "by_when": by_when, "loss": "A client"}]}
        worksheet = read_worksheet(catalyst, given, framework.words)
        assessed = assess(catalyst, worksheet, changed, date.fromisoformat(today))
        return any(f.key == "GAP-03.later" for f in assessed.findings)

    last = date.fromisoformat(last_day)
    assert not later(last)
    assert later(last + timedelta(days=1))


@pytest.mark.row("CAT-31")
def test_work_that_could_stop_is_counted_and_only_a_plain_no_counts(say: Say) -> None:
    told = ["no", "partly", "yes", "no", "dont_know", "no"]
    items = [{"item": f"Report {place}", "needed": needed} for place, needed in enumerate(told)]
    assessed = say(sheet={"work_items": [*items, {"item": "Unsaid"}]}, breaks="yes")
    assert assessed.numbers["work_to_stop"] == 3
    assert "3" in next(f for f in assessed.findings if f.key == "CAT-31.stop").text


# --------------------------------------------------------------------------- the sheet as content


@pytest.mark.row("SCA-12")
def test_the_last_questions_are_one_dated_first_step_and_its_tick(catalyst: Sheet) -> None:
    parts = ("", "_owner", "_date", "_done")
    asked = [f"first_step{part}" for part in parts]
    assert [q.id for q in catalyst.sections[-1].questions][-4:] == asked
    assert catalyst.sections[-1].table is None


def test_every_row_of_the_chapter_became_what_the_framework_asks_for(framework: Framework) -> None:
    made_of = {
        "input": "question",
        "rule": "rule",
        "calc": "calculation",
        "show": "explanation",
        "chart": "chart",
        "facil": "prompt",
        "tension": "explanation",
        "gap": "explanation",
    }
    facts = built_facts(framework)
    others = ("SHIFT-01", "APP-13", "GAP-02", "GAP-03", "X-20", "X-26")
    chapter = [row for row in framework.rows.values() if row.id.startswith("CAT-")]
    for row in (*chapter, *(framework.rows[other] for other in others)):
        became = {kind for kind, _ in facts.get(row.id, [])}
        assert {made_of[kind] for kind in row.kind} <= became, row.id


# --------------------------------------------------------------------------- the example


def test_the_example_shows_a_reason_that_is_ready_beside_one_that_stops(
    framework: Framework, catalyst: Sheet
) -> None:
    example = framework.examples["catalyst"]
    worksheet = read_worksheet(catalyst, example.answers, framework.words)
    found = assess(catalyst, worksheet, framework, example.today)
    assert (found.verdict, found.chosen) == ("pass", "claims")
    assert [row.verdict for row in found.rows] == ["pass", "fail"]


@pytest.mark.parametrize("warning", [{"alignment": "side"}, {"capacity": "partly"}])
def test_a_name_alone_never_outranks_what_is_complete_and_has_a_warning(
    framework: Framework, catalyst: Sheet, warning: dict[str, str]
) -> None:
    complete = {"id": "complete", "kind": "technology", **SIX, **warning}
    named = {"id": "named", "what": "Something with robots"}
    for rows in ([complete, named], [named, complete]):
        worksheet = read_worksheet(catalyst, {"candidates": rows}, framework.words)
        found = assess(catalyst, worksheet, framework, TODAY)
        assert (found.verdict, found.decisive) == ("warn", "complete")


def test_of_equal_candidates_the_one_with_more_answers_decides(
    framework: Framework, catalyst: Sheet
) -> None:
    bare = {"id": "bare", "what": "Margins shrink", "breaks": "no"}
    full = bare | {"id": "full", "urgent": "yes", "bigger": "yes", "capacity": "yes"}
    twin = full | {"id": "twin"}
    for rows, decisive in (
        ([bare, full], "full"),
        ([full, bare], "full"),
        ([bare, full, twin], "full"),  # as full as another: the first
    ):
        worksheet = read_worksheet(catalyst, {"candidates": rows}, framework.words)
        found = assess(catalyst, worksheet, framework, TODAY)
        assert {row.verdict for row in found.rows} == {Level.FAIL}
        assert found.decisive == decisive
