"""What must hold of the catalyst rules whatever somebody answers."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from playbook.asked import asked_questions, visible_answers
from playbook.assessment import assess
from playbook.framework import load_framework
from playbook.model import VERDICTS, Assessment, Question, Row, RowAssessment, Value, Worksheet
from playbook.values import choice_ids

FRAMEWORK = load_framework()
SHEET = FRAMEWORK.sheets["catalyst"]
QUESTIONS = {question.id: question for question in SHEET.questions("candidates")}
unhurried = settings(deadline=None)  # a loaded machine is no failure
TODAY = date(2026, 3, 2)
SOLID: dict[str, Value] = {
    "what": "A contract ends",
    "kind": "technology",
    "breaks": "yes",
    "urgent": "yes",
    "by_when": "2026-09-30",
    "loss": "Two branches",
    "bigger": "yes",
    "capacity": "yes",
    "alignment": "direct",
    "control_fix": "no",
}
Answers = dict[str, Value]

KINDS: list[Answers] = [
    {"kind": "technology"},
    {"kind": "market", "fear": "They leave", "opportunity": "We grow"},
    {"kind": "skills", "skills_for": "yes"},
    {"kind": "change", "attention": "yes"},
    {"kind": "diffuse", "issue": "Planners leave"},
    {
        "kind": "opportunity",
        "impact_customer": "A plan",
        "impact_workforce": "A season",
        "impact_company": "A lead",
        "owner_ready": "yes",
    },
    {
        "kind": "automation",
        "rationale": "headcount",
        "no_cuts": "yes",
        "no_cuts_who": "Chief executive",
        "no_cuts_until": "2026-12-31",
        "no_cuts_told": "In writing",
        "space": "yes",
        "space_who": "Head of service",
        "space_until": "2026-12-31",
        "space_told": "In person",
        "announced": "yes",
        "engagement": "yes",
        "waves": "waves",
    },
]
# Each way to be stopped that the framework names.
STOPS: list[Answers] = [
    {"breaks": "no"},
    {"urgent": "no"},
    {"bigger": "no"},
    {"capacity": "no"},
    {"alignment": "none"},
    {"control_fix": "yes", "fix_now": "yes"},
    {"kind": "change", "attention": "no"},
    {"kind": "automation", "rationale": "headcount", "no_cuts": "no"},
    {"kind": "automation", "rationale": "headcount", "space": "no"},
]


def values(question: Question) -> st.SearchStrategy[Value]:
    """Anything that may be stored for a question."""
    if question.kind == "many":
        ids = choice_ids(question)
        picked = st.sets(st.sampled_from(ids), min_size=1)
        return picked.map(lambda chosen: tuple(choice for choice in ids if choice in chosen))
    if question.kind == "date":
        return st.integers(-900, 900).map(lambda days: (TODAY + timedelta(days)).isoformat())
    if question.kind in ("answer", "one"):
        return st.sampled_from(choice_ids(question))
    return st.sampled_from(["They leave", "We grow", "{0} {questions} %s <b>"])


ONE_ANSWER = st.sampled_from(list(QUESTIONS.values())).flatmap(
    lambda question: st.tuples(st.just(question.id), values(question))
)
SOME = st.lists(ONE_ANSWER, max_size=8).map(dict)


@st.composite
def nearly_solid(draw: st.DrawFn) -> Answers:
    """A solid candidate of any kind, some answers taken away and some changed or added."""
    row = SOLID | draw(st.sampled_from(KINDS))
    for name in draw(st.lists(st.sampled_from(sorted(row)), max_size=2)):
        row.pop(name, None)
    return row | draw(SOME)


ROWS = SOME | nearly_solid()


def assessed(*rows: Mapping[str, Value], **answers: Value) -> Assessment:
    given_rows = tuple(Row(f"row{number}", row) for number, row in enumerate(rows))
    return assess(SHEET, Worksheet(SHEET.id, answers, {"candidates": given_rows}), FRAMEWORK, TODAY)


def one(row: Mapping[str, Value]) -> RowAssessment:
    return assessed(row).rows[0]


def gravity(assessment: Assessment) -> int:
    return VERDICTS.index(assessment.verdict)


@unhurried
@given(row=ROWS, stop=st.sampled_from(STOPS), data=st.data())
def test_more_evidence_never_turns_a_fail_into_anything_else(
    row: Answers, stop: Answers, data: Any
) -> None:
    row = row | stop
    before = {finding.key for finding in one(row).findings if finding.level == "fail"}
    assert before
    worksheet = Worksheet(SHEET.id, {}, {"candidates": (Row("row0", row),)})
    asked = asked_questions(SHEET, worksheet, "candidates", Row("row0", row))
    question = data.draw(st.sampled_from([q for q in asked if q.id not in row]))
    after = one(row | {question.id: data.draw(values(question))})
    assert before <= {finding.key for finding in after.findings}
    assert after.verdict == "fail"


@unhurried
@given(row=ROWS, data=st.data())
def test_the_order_of_answers_does_not_matter(row: Answers, data: Any) -> None:
    shuffled = dict(data.draw(st.permutations(list(row.items()))))
    assert one(shuffled) == one(row)


@unhurried
@given(rows=st.lists(ROWS, min_size=2, max_size=4), data=st.data())
def test_the_order_of_candidates_does_not_matter(rows: list[Answers], data: Any) -> None:
    order = data.draw(st.permutations(range(len(rows))))
    before, after = assessed(*rows), assessed(*(rows[place] for place in order))
    assert after.verdict == before.verdict
    for place, row in zip(order, after.rows, strict=True):
        was = before.rows[place]
        assert [f.key for f in row.findings] == [f.key for f in was.findings]
        assert row.verdict == was.verdict


@unhurried
@given(row=ROWS, other=ROWS)
def test_another_candidate_never_changes_the_chosen_one(row: Answers, other: Answers) -> None:
    alone, joined = assessed(row, chosen="row0"), assessed(row, other, chosen="row0")
    assert joined.rows[0] == alone.rows[0]
    assert joined.verdict == alone.verdict
    assert joined.decisive == "row0"


@unhurried
@given(row=ROWS, other=ROWS)
def test_another_candidate_never_reddens_the_sheet(row: Answers, other: Answers) -> None:
    assume(row)  # a row without an answer is no candidate yet
    assert gravity(assessed(row, other)) >= gravity(assessed(row))


@unhurried
@given(row=ROWS)
def test_hidden_answers_do_not_count(row: Answers) -> None:
    worksheet = Worksheet(SHEET.id, {}, {"candidates": (Row("row0", row),)})
    seen = visible_answers(SHEET, worksheet, "candidates", Row("row0", row))
    assert one(seen).findings == one(row).findings
    assert one(seen).completeness == one(row).completeness


@unhurried
@given(row=nearly_solid())
def test_what_nobody_knows_never_counts_as_a_pass(row: Answers) -> None:
    if one(row).verdict == "pass":
        for question in ("breaks", "urgent", "bigger", "capacity"):
            assert row.get(question) == "yes"
        assert {"kind", "by_when", "loss"} <= set(row)
        assert row.get("alignment") == "direct"
        assert row.get("control_fix") in ("yes", "partly", "no")


@unhurried
@given(row=ROWS)
def test_every_sentence_is_filled_in_and_no_answer_bends_it(row: Answers) -> None:
    for finding in one(row).findings:
        assert "{" not in finding.text + finding.advice
        assert set(finding.questions) <= set(QUESTIONS)
