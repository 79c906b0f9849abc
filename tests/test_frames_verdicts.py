"""The rules as frames: findings, one answer changed, the example and a workbook's metric tree."""

from datetime import date

import pytest

from playbook import MetricTree, assess, example, frames, open_workbook
from playbook.framework import load_framework
from playbook.model import InputError
from playbook.model.storage import Operation, Set
from playbook.store import open_store
from playbook.store.paths import database_path

FRAMEWORK = load_framework()
BREAKS = "candidates/claims/breaks"
each_sheet = pytest.mark.parametrize("sheet", FRAMEWORK.sheets)


@each_sheet
def test_the_example_is_assessed_as_its_own_page_does(sheet):
    from playbook.assessing.workbook import Workbook

    entry = Workbook(FRAMEWORK, date(2030, 1, 1)).examples.current(FRAMEWORK.sheets[sheet])
    assert assess(sheet, **example(sheet)) == entry.assessment


def test_what_is_changed_in_an_example_changes_no_other():
    example("catalyst")["worksheet"]["candidates"][0]["breaks"] = "no"
    assert example("catalyst")["worksheet"]["candidates"][0]["breaks"] == "yes"


def test_findings_have_the_screens_words_and_sort_by_weight():
    told = assess("catalyst", {"candidates": [{"what": "A", "breaks": "no", "urgent": "partly"}]})
    frame = frames.findings(told)
    assert frame.attrs["verdict"] == "Stop"
    assert list(frame.index) == [finding.rule for finding in told.findings]
    assert list(frame["heading"]) == [finding.heading for finding in told.findings]
    assert {"Stop", "Missing answers"} <= set(frame["level"])
    assert frame["level"].min() == "Stop"
    assert list(frame["ours"]) == [finding.ours for finding in told.findings]


def test_each_choice_is_tried_and_the_verdict_is_that_of_the_changed_answers():
    given = example("catalyst")
    tried = frames.try_answers("catalyst", BREAKS, **given)
    question = next(
        q for q in FRAMEWORK.sheets["catalyst"].questions("candidates") if q.id == "breaks"
    )
    assert tried.attrs["question"] == question.text
    assert list(tried.index) == ["Yes", "Partly", "No", "Don’t know", "Not answered"]
    for name, answer in zip(tried.index, ["yes", "partly", "no", "dont_know", None], strict=True):
        changed = example("catalyst")
        changed["worksheet"]["candidates"][0]["breaks"] = answer
        told = assess("catalyst", **changed)
        assert tried.loc[name, "verdict"] == FRAMEWORK.words.text(f"level.{told.verdict}")
        assert tried.loc[name, "findings"] == len(told.findings)
        assert tried.loc[name, "reason"] in {finding.heading for finding in told.findings}
    assert given == example("catalyst"), "what was given stays as it was"


def test_values_may_be_given_and_what_is_asked_once_has_a_short_address():
    tried = frames.try_answers("metric_tree", "notice_at", [2, 50, None], **example("metric_tree"))
    assert len(tried) == 3
    assert tried["verdict"].iloc[0] == "Ready"
    assert tried.index[-1] == "Not answered"


def test_what_another_sheet_decided_can_be_changed_too():
    tried = frames.try_answers("recognise_gate", "champion", **example("recognise_gate"))
    assert (
        list(tried.index)
        == list(tried["verdict"])
        == ["Stop", "Not yet", "Missing answers", "Ready"]
    )


@pytest.mark.parametrize(
    ("sheet", "field", "values", "says"),
    [
        ("catalist", BREAKS, None, "did you mean catalyst"),
        ("catalyst", "candidates/claims/brakes", None, "has no field"),
        ("catalyst", "candidates/nobody/breaks", None, "there are: claims"),
        ("catalyst", "candidates/claims", None, "has no field"),
        ("catalyst", "candidates/claims/what", None, "has no choices"),
        ("catalyst", BREAKS, ["perhaps"], "Choose"),
    ],
)
def test_what_cannot_be_tried_is_said(sheet, field, values, says):
    with pytest.raises(InputError, match=says):
        frames.try_answers(sheet, field, values, **example("catalyst"))


def test_every_example_is_in_one_frame_in_the_form_of_a_workbook(tmp_path):
    story = frames.open_example()
    assert list(story.columns) == list(open_workbook(tmp_path).columns)
    assert story.dtypes["at"] == open_workbook(tmp_path).dtypes["at"]
    assert set(story["sheet"]) == set(FRAMEWORK.examples)
    for sheet, told in FRAMEWORK.examples.items():
        answers = story[(story["sheet"] == sheet) & story["row"].isna()]
        tables = {table.id for table in FRAMEWORK.sheets[sheet].tables}
        assert set(answers["question"]) == set(told.answers) - tables
        assert set(answers.index) == {told.name}


def test_a_workbooks_tree_is_the_one_that_was_written(tmp_path):
    store = open_store(database_path(tmp_path))
    fields = {
        "nodes/top": 1.0,
        "nodes/top/name": "Revenue",
        "nodes/top/how": "product",
        "nodes/a": 2.0,
        "nodes/a/name": "Calls",
        "nodes/a/parent": "top",
        "nodes/a/unit": "calls",
        "nodes/a/now": "220",
        "nodes/a/data": "2027-01-04 200\n2027-02-01 220",
        "nodes/b": 3.0,
        "nodes/b/name": "Per call",
        "nodes/b/parent": "top",
        "nodes/b/now": "5",
        "test_by": "2027-03-01",
    }
    for name in ("Older", "Newer"):
        info = store.create("metric_tree", name)
        sets = tuple(Set(field, value, None) for field, value in fields.items())
        version = FRAMEWORK.sheets["metric_tree"].version
        store.commit(info.id, Operation(f"op-{name}", "laptop", "set", version, sets))
        fields = fields | {"nodes/b/now": "6"}
    answers = open_workbook(tmp_path)
    tree = MetricTree.from_workbook(answers)
    assert tree.values["Revenue"] == 220 * 6
    older = next(it for it in answers.index.unique() if it != info.id)
    assert MetricTree.from_workbook(answers, older).values["Revenue"] == 220 * 5
    metrics = tree.metrics
    assert list(metrics.index) == ["Revenue", "Calls", "Per call"]
    assert metrics.loc["Calls", "parent"] == "Revenue"
    assert metrics.loc["Calls", "unit"] == "calls"
    assert metrics["parent"].isna().tolist() == [True, False, False]
    change = tree.decompose("2027-01-04", "2027-02-01")["contribution"]
    assert change["Revenue"] == pytest.approx(20 * 6)
    assert change["Calls"] == pytest.approx(20 * 6)


def test_without_a_tree_it_says_so(tmp_path):
    for answers in (open_workbook(tmp_path), frames.open_example()):
        with pytest.raises(InputError, match="no metric tree"):
            MetricTree.from_workbook(answers, "nowhere")
