"""The catalyst sheet against the framework: levels, dates, thresholds, and what each row became."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from playbook.assessment import assess
from playbook.coverage import built_facts
from playbook.framework import Framework
from playbook.model import VERDICTS, Assessment, Level, Sheet
from playbook.values import read_worksheet

Say = Callable[..., Assessment]

# Row, answers, level: copied by hand from the "Tool behaviour" column of the framework, where
# "WARN-strong" is a warning with priority.
AS_THE_FRAMEWORK_SAYS: list[tuple[str, dict[str, Any], str]] = [
    ("CAT-04", {"breaks": "no"}, "fail"),
    ("CAT-04", {"urgent": "no"}, "fail"),
    ("CAT-06", {"alignment": "none"}, "fail"),
    ("CAT-06", {"alignment": "side"}, "warn"),
    ("CAT-07", {"alignment": "direct"}, "pass"),
    ("CAT-09", {"control_fix": "yes", "fix_now": "yes"}, "fail"),
    ("CAT-10", {"bigger": "no"}, "fail"),
    ("CAT-10", {"capacity": "no"}, "fail"),
    ("CAT-20", {"kind": "market"}, "warn"),
    ("CAT-26", {"kind": "technology", "urgent": "partly"}, "warn"),
    ("CAT-28", {"kind": "automation", "rationale": "headcount", "no_cuts": "no"}, "fail"),
    ("CAT-28", {"kind": "automation", "rationale": "headcount", "space": "no"}, "fail"),
    ("CAT-29", {"kind": "automation", "announced": "yes", "engagement": "no"}, "warn"),
    ("CAT-30", {"kind": "automation", "waves": "at_once"}, "warn"),
    ("CAT-30", {"kind": "automation", "waves": "waves"}, "info"),
    ("CAT-33", {"kind": "change"}, "warn"),
    ("CAT-33", {"kind": "change", "attention": "no"}, "fail"),
    ("CAT-34", {"kind": "opportunity", "impact_customer": "A day saved"}, "warn"),
    ("CAT-35", {"kind": "opportunity", "owner_ready": "yes"}, "info"),
    ("CAT-36", {"kind": "diffuse"}, "warn"),
]


@pytest.mark.row("CAT-04", "CAT-06", "CAT-07", "CAT-09", "CAT-10", "CAT-20", "CAT-26", "CAT-28")
@pytest.mark.row("CAT-29", "CAT-30", "CAT-33", "CAT-34", "CAT-35", "CAT-36")
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
def test_a_larger_change_warns_before_all_other_warnings(say: Say) -> None:
    warnings = [f for f in say(kind="change", breaks="partly").findings if f.level == "warn"]
    assert [f.rule for f in warnings] == ["CAT-33", "CAT-10"]


@pytest.mark.row("CAT-11", "X-20", "N-02")
def test_freed_means_three_quarters_at_least_and_the_whole_job_at_best(say: Say) -> None:
    told = next(f for f in say(capacity="yes").findings if f.rule == "CAT-11")
    assert "75%" in told.text
    assert "100%" in told.text


def test_what_is_ours_says_so_and_everything_else_names_a_document(
    framework: Framework, catalyst: Sheet
) -> None:
    for key, message in catalyst.messages.items():
        source = framework.rows[key.partition(".")[0]].source
        assert message.ours == bool(message.reading), key
        assert message.ours or source == "PP", key
        assert message.level != "unknown" or message.ours, f"{key}: no document has open questions"


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


def test_the_first_screen_asks_nine_questions_at_most(catalyst: Sheet) -> None:
    first = [q for section in catalyst.sections if not section.deeper for q in section.questions]
    assert len(first) == 9


@pytest.mark.row("SCA-12")
def test_the_last_question_is_one_dated_first_step(catalyst: Sheet) -> None:
    assert [q.id for q in catalyst.sections[-1].questions][-3:] == [
        "first_step",
        "first_step_owner",
        "first_step_date",
    ]
    assert catalyst.sections[-1].table is None


def test_every_question_says_why_names_its_source_and_gives_an_example(catalyst: Sheet) -> None:
    for section in catalyst.sections:
        for question in section.questions:
            named = (question.short, question.why, question.example, question.rows)
            assert all(named), question.id


def test_short_names_are_told_apart(catalyst: Sheet) -> None:
    for table in (None, "candidates", "work_items"):
        shorts = [q.short for q in catalyst.questions(table)]
        doubles = {short for short in shorts if shorts.count(short) > 1}
        assert doubles <= {"Signs of urgency"}


def test_every_finding_but_a_good_one_says_what_to_do_next(catalyst: Sheet) -> None:
    for key, message in catalyst.messages.items():
        assert message.advice or message.level == "pass" or key == "CAT-11.full_time", key
        assert len(message.heading) <= 34, key


def test_no_message_hides_a_graver_one(catalyst: Sheet) -> None:
    weight = {level: place for place, level in enumerate((*VERDICTS, Level.INFO))}
    for key, message in catalyst.messages.items():
        for hidden in message.subsumes:
            assert weight[catalyst.messages[hidden].level] >= weight[message.level], key


@pytest.mark.row("CAT-01", "CAT-02", "CAT-03", "CAT-05", "CAT-08", "CAT-12", "CAT-21", "CAT-22")
@pytest.mark.row("CAT-23", "CAT-24", "CAT-25", "CAT-27", "CAT-31", "CAT-32", "CAT-37", "CAT-38")
@pytest.mark.row("SHIFT-01", "APP-13", "GAP-02", "GAP-03", "X-20", "X-26")
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


def test_the_example_is_careful_whenever_it_is_opened(
    framework: Framework, catalyst: Sheet
) -> None:
    answers = framework.examples["catalyst"].answers
    worksheet = read_worksheet(catalyst, answers, framework.words)
    for today in (date(2026, 1, 1), date(2040, 12, 31)):
        assessed = assess(catalyst, worksheet, framework, today)
        assert (assessed.verdict, assessed.chosen) == ("warn", "suite")
        assert [row.verdict for row in assessed.rows] == ["warn", "fail"]
