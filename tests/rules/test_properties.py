"""What must hold of the catalyst rules whatever somebody answers."""

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from playbook.assessing.assess import assess
from playbook.framework import load_framework
from playbook.model import VERDICTS, Assessment, Row, RowAssessment, Value, Worksheet
from playbook.worksheet.parse import read_worksheet
from playbook.worksheet.visibility import asked_questions, visible_answers
from tests.rules.anything import TODAY, some, values

FRAMEWORK = load_framework()
SHEET = FRAMEWORK.sheets["catalyst"]
QUESTIONS = {question.id: question for question in SHEET.questions("candidates")}
SOLID: dict[str, Value] = {
    "what": "A contract ends",
    "kind": "technology",
    "breaks": "yes",
    "urgent": "yes",
    "by_when": "2026-09-30",
    "loss": "Two branches",
    "bigger": "yes",
    "capacity": "yes",
    "impact_customer": "An answer on the day",
    "alignment": "direct",
    "control": "no",
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
    {"breaks": "yes", "control": "yes"},
    {"kind": "change", "attention": "no"},
    {"kind": "automation", "rationale": "headcount", "no_cuts": "no"},
    {"kind": "automation", "rationale": "headcount", "space": "no"},
]


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


def asked(row: Mapping[str, Value]) -> list[str]:
    """The questions that are open once a candidate has these answers, by id."""
    given_row = Row("row0", row)
    worksheet = Worksheet(SHEET.id, {}, {"candidates": (given_row,)})
    return [question.id for question in asked_questions(SHEET, worksheet, "candidates", given_row)]


def unfinished(row: RowAssessment) -> bool:
    """Whether it may still become anything: an answer is missing, and nothing stops it."""
    return row.verdict != "fail" and any(finding.is_missing for finding in row.findings)


def gravity(assessment: Assessment) -> int:
    return VERDICTS.index(assessment.verdict)


@given(row=ROWS, stop=st.sampled_from(STOPS), data=st.data())
def test_more_evidence_never_turns_a_fail_into_anything_else(
    row: Answers, stop: Answers, data: Any
) -> None:
    row = row | stop
    before = {finding.key for finding in one(row).findings if finding.level == "fail"}
    assert before
    question = data.draw(st.sampled_from([name for name in asked(row) if name not in row]))
    more = row | {question: data.draw(values(QUESTIONS[question]))}
    assume(set(asked(row)) <= set(asked(more)))  # else it says that a follow-up never applied
    after = one(more)
    assert before <= {finding.key for finding in after.findings}
    assert after.verdict == "fail"


@given(rows=st.lists(ROWS, min_size=2, max_size=4), data=st.data())
def test_the_order_of_candidates_does_not_matter(rows: list[Answers], data: Any) -> None:
    order = data.draw(st.permutations(range(len(rows))))
    before, after = assessed(*rows), assessed(*(rows[place] for place in order))
    assert after.verdict == before.verdict
    for place, row in zip(order, after.rows, strict=True):
        was = before.rows[place]
        assert [f.key for f in row.findings] == [f.key for f in was.findings]
        assert row.verdict == was.verdict


@given(row=ROWS, other=ROWS)
def test_another_candidate_never_changes_the_chosen_one(row: Answers, other: Answers) -> None:
    alone, joined = assessed(row, chosen="row0"), assessed(row, other, chosen="row0")
    assert joined.rows[0] == alone.rows[0]
    assert joined.verdict == alone.verdict
    assert joined.decisive == "row0"


@given(row=ROWS, other=ROWS)
def test_another_candidate_never_reddens_the_sheet(row: Answers, other: Answers) -> None:
    """But for one that is complete, beside one that is not: a name alone outranks no warning."""
    assume(row)  # a row without an answer is no candidate yet
    assume(not (unfinished(one(row)) and not unfinished(one(other))))
    assert gravity(assessed(row, other)) >= gravity(assessed(row))


@given(row=ROWS)
def test_hidden_answers_do_not_count(row: Answers) -> None:
    worksheet = Worksheet(SHEET.id, {}, {"candidates": (Row("row0", row),)})
    seen = visible_answers(SHEET, worksheet, "candidates", Row("row0", row))
    assert one(seen).findings == one(row).findings
    assert one(seen).completeness == one(row).completeness


@given(row=nearly_solid())
def test_what_nobody_knows_never_counts_as_a_pass(row: Answers) -> None:
    if one(row).verdict == "pass":
        for question in ("breaks", "urgent", "bigger", "capacity"):
            assert row.get(question) == "yes"
        assert {"what", "kind", "by_when", "loss", "impact_customer"} <= set(row)
        assert row.get("alignment") == "direct"
        assert row.get("control") == "no"


# --------------------------------------------------------------------------- how weights add up


@given(rows=st.lists(ROWS, min_size=1, max_size=3), answers=some(SHEET))
def test_a_verdict_is_the_gravest_of_what_is_shown_and_information_never_counts(
    rows: list[Answers], answers: Answers
) -> None:
    whole = assessed(*rows, **{**answers, "chosen": "row1"} if len(rows) > 1 else answers)
    for judged in (whole, *whole.rows):
        said = [finding.level.value for finding in judged.findings]
        counted = sorted(set(said) - {"info"}, key=["fail", "warn", "unknown", "pass"].index)
        assert judged.verdict == (counted[0] if counted else "unknown")
    shown = [finding for finding in whole.findings if finding.row]
    assert shown == list(next(r.findings for r in whole.rows if r.row == whole.decisive))


@given(rows=st.lists(ROWS, min_size=1, max_size=3))
def test_without_a_choice_no_candidate_stands_better_than_the_one_that_counts(
    rows: list[Answers],
) -> None:
    """Better is what does not stop, then what is complete, then the better verdict."""

    def stands(row: RowAssessment) -> tuple[bool, bool, bool, int]:
        stops = row.verdict == "fail"
        return (not row.blank, not stops, not unfinished(row), VERDICTS.index(row.verdict))

    whole = assessed(*rows)
    counts = next(row for row in whole.rows if row.row == whole.decisive)
    assert stands(counts) == max(stands(row) for row in whole.rows)


@given(row=ROWS)
def test_what_a_graver_finding_makes_redundant_is_not_shown(row: Answers) -> None:
    shown = {finding.key for finding in one(row).findings}
    for key in shown & SHEET.messages.keys():
        assert shown.isdisjoint(SHEET.messages[key].subsumes)


@given(row=ROWS)
def test_completeness_counts_the_six_whatever_else_is_answered(row: Answers) -> None:
    six = {"kind", "breaks", "urgent", "bigger", "alignment", "capacity"}
    counted = one(row).completeness
    assert (counted.answered, counted.asked) == (len(six & row.keys()), 6)


@given(rows=st.lists(ROWS, max_size=3), answers=some(SHEET))
def test_what_is_written_to_a_file_and_read_again_is_the_same(
    rows: list[Answers], answers: Answers
) -> None:
    if answers.get("chosen") not in {f"row{number}" for number in range(len(rows))}:
        answers.pop("chosen", None)
    written = json.dumps(
        {**answers, "candidates": [{"id": f"row{n}", **row} for n, row in enumerate(rows)]}
    )
    given_rows = tuple(Row(f"row{number}", row) for number, row in enumerate(rows))
    read = read_worksheet(SHEET, json.loads(written), FRAMEWORK.words)
    assert (read.answers, read.rows("candidates")) == (answers, given_rows)
    assert assess(SHEET, read, FRAMEWORK, TODAY) == assessed(*rows, **answers)
