"""Answers, trees, catalogue and coverage as frames: what an analyst gets, and what is refused."""

from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import MetricTree, open_workbook
from playbook.assessing.workbook import Workbook
from playbook.frames import catalogue, coverage
from playbook.framework import load_framework
from playbook.model import InputError
from playbook.model.storage import Operation, Set
from playbook.store import open_store
from playbook.store.paths import database_path
from playbook.worksheet.parse import read_worksheet

FRAMEWORK = load_framework()


# -- answers


def write(home, sheet, op_id, **fields):
    store = open_store(database_path(home))
    info = store.create(sheet, "Mine")
    sets = tuple(Set(name.replace("__", "/"), value, None) for name, value in fields.items())
    version = FRAMEWORK.sheets[sheet].version
    store.commit(info.id, Operation(op_id, "laptop", "set", version, sets))
    return store, info.id


def test_every_answer_is_a_line(tmp_path):
    store, mine = write(
        tmp_path,
        "metric_tree",
        "op-1",
        nodes__r1=1.0,
        nodes__r1__name="Calls",
        nodes__r1__now="12.5",
        nodes__r1__data="2027-01-04 3",
        test_by="2027-02-01",
    )
    change = Set("nodes/r1/now", "13", 1)
    later = store.commit(mine, Operation("op-2", "laptop", "set", 1, (change,)))
    frame = open_workbook(tmp_path)
    assert list(frame.columns) == ["sheet", "row", "question", "value", "rev", "at"]
    assert set(frame.index) == {mine}
    assert set(frame["sheet"]) == {"metric_tree"}
    told = {line.question: line for line in frame.itertuples()}
    assert told["now"].value == 13.0
    assert (told["now"].rev, told["name"].rev) == (2, 1)
    assert told["now"].at.to_pydatetime() == later.at > told["name"].at.to_pydatetime()
    assert (told["now"].row, told["test_by"].value) == ("nodes/r1", date(2027, 2, 1))
    assert pd.isna(told["test_by"].row)
    assert told["data"].value.values == (3.0,)


def test_it_holds_what_the_workbook_reads_and_examples_only_when_asked(tmp_path):
    store, mine = write(tmp_path, "catalyst", "op-1", candidates__r1=1.0, candidates__r1__what="A")
    sets = (Set("_example", "yes", None), Set("first_step", "Ask", None))
    example = store.create("catalyst", "Example").id
    store.commit(example, Operation("op-2", "laptop", "example", 1, sets))
    assert set(open_workbook(tmp_path).index) == {mine}
    frame = open_workbook(str(tmp_path), examples=True)
    entries = Workbook(FRAMEWORK, date(2027, 1, 1), store).entries()
    expected = {
        (entry.info.id, question)
        for entry in entries
        for answers in (
            entry.worksheet.answers,
            *(row.answers for table in entry.worksheet.tables.values() for row in table),
        )
        for question in answers
    }
    assert set(zip(frame.index, frame["question"], strict=True)) == expected


def test_where_nothing_is_kept_the_frame_is_empty_and_nothing_is_made(tmp_path):
    frame = open_workbook(tmp_path / "nowhere")
    assert len(frame) == 0
    assert str(frame["at"].dtype).endswith("UTC]")
    assert not (tmp_path / "nowhere").exists()


# -- the catalogue


def test_the_catalogue_and_its_coverage_have_a_line_for_every_row():
    rows, covered = catalogue(), coverage()
    assert list(rows.index) == list(covered.index) == list(FRAMEWORK.rows)
    assert rows.loc["CAT-04", "statement"] == FRAMEWORK.rows["CAT-04"].statement
    built = [row.id for row in FRAMEWORK.rows.values() if row.built]
    assert not covered.loc[built, "where"].map(len).eq(0).any()
    assert covered.loc[built, "tests"].map(len).gt(0).all()


# -- trees

REVENUE = pd.DataFrame(
    {
        "name": ["Revenue", "Calls", "Per call"],
        "parent": [None, "Revenue", "Revenue"],
        "how": ["product", None, None],
        "unit": ["EUR", "calls", "EUR/call"],
        "now": [None, 200, 5.0],
    }
)


def test_a_product_moves_as_its_factors_multiplied():
    tree = MetricTree.from_frame(REVENUE)
    assert tree.problems == []
    found = tree.what_if({"Calls": 0.05, "Per call": -0.1})
    assert found.loc["Revenue", "base"] == pytest.approx(1.05 * 0.9 - 1)
    assert list(found.index) == ["Revenue", "Calls", "Per call"]
    assert found.attrs == {"problems": [], "lag_weeks": 0.0}


def test_names_may_be_the_index_and_links_of_influence_have_a_range():
    frame = pd.DataFrame(
        {"parent": [None, "Top"], "elasticity_low": [None, 0.1], "elasticity_high": [None, 0.3]},
        index=["Top", "Driver"],
    )
    top = MetricTree.from_frame(frame).what_if({"Driver": 0.5}).loc["Top"]
    expected = [1.5**it - 1 for it in (0.1, 0.2, 0.3)]
    assert list(top) == pytest.approx(expected)


@given(
    st.tuples(*[st.floats(1, 1e6)] * 4),
)
def test_what_the_leaves_brought_is_the_whole_change(figures):
    calls, worth, calls_then, worth_then = figures
    found = MetricTree.from_frame(REVENUE).decompose(
        {"Calls": calls, "Per call": worth}, {"Calls": calls_then, "Per call": worth_then}
    )
    change = calls_then * worth_then - calls * worth
    brought = found.loc[["Calls", "Per call"], "contribution"].sum()
    assert brought == pytest.approx(change, rel=1e-6, abs=1e-6 * calls * worth)
    assert found.attrs["end"] - found.attrs["start"] == pytest.approx(change, abs=1e-6 * calls)


def test_a_change_between_two_days_is_told_by_the_history():
    days = pd.to_datetime(["2027-01-04", "2027-01-11", "2027-01-18"])
    history = pd.DataFrame({"Calls": [100, None, 150]}, index=days)
    tree = MetricTree.from_frame(REVENUE, history)
    found = tree.decompose("2027-01-10", datetime(2027, 1, 20))
    assert found["contribution"].to_dict() == pytest.approx(
        {"Revenue": 250, "Calls": 250, "Per call": 0}
    )
    assert (found.attrs["unit"], found.attrs["unchanged"]) == ("EUR", ["Per call"])
    calls = tree.decompose("2027-01-10", "2027-01-20", "Calls")
    assert calls["contribution"].to_dict() == {"Calls": 50.0}


def test_the_example_tree_survives_the_way_through_a_frame():
    """Its questions become columns, and the tree made of them moves alike."""
    answers = FRAMEWORK.examples["metric_tree"].answers
    sheet = FRAMEWORK.sheets["metric_tree"]
    rows = read_worksheet(sheet, answers, FRAMEWORK.words).rows("nodes")
    names = {row.id: row.answers["name"] for row in rows}
    lines = [{**row.answers, "parent": names.get(row.answers.get("parent", ""))} for row in rows]
    frame = pd.DataFrame(lines)
    tree = MetricTree.from_frame(frame)
    from playbook.analysis.metric_tree import tree_of
    from playbook.analysis.metric_tree.what_if import what_if

    plain = tree_of([row.id for row in rows], [row.answers for row in rows])
    expected = what_if(plain, {rows[-1].id: 0.1}).moved
    found = tree.what_if({names[rows[-1].id]: 0.1})["base"]
    for row, moved in expected.items():
        assert (moved is None) == bool(pd.isna(found[names[row]]))
        assert moved is None or found[names[row]] == pytest.approx(moved.base)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda t: t.what_if({"Cals": 0.05}), "did you mean Calls?"),
        (lambda t: t.what_if({"Calls": 50}), "0.05 for 5 % more; not 50"),
        (lambda t: t.what_if({"Calls": "5 %"}), "is no number"),
        (lambda t: t.what_if([0.05]), "Changes are a dict"),
        (lambda t: t.decompose("soon", "2027-01-01"), "A day is a date"),
        (lambda t: t.decompose("2027-01-02", "2027-01-01"), "is not before"),
        (lambda t: t.decompose({"Calls": 1}, "2027-01-01"), "two days, or two dicts"),
        (lambda t: t.decompose("2027-01-01", "2027-01-02"), "Revenue"),
        (lambda _: MetricTree.from_frame([1]), "made from a DataFrame"),
        (lambda _: MetricTree.from_frame(REVENUE.assign(name=["A", "A", "B"])), "Two metrics"),
        (lambda _: MetricTree.from_frame(REVENUE.assign(name=["A", None, "B"])), "has no name"),
        (lambda _: MetricTree.from_frame(REVENUE.assign(parent=[None, "X", None])), "Calls: There"),
        (lambda _: MetricTree.from_frame(REVENUE.assign(colour="red")), "colour"),
        (lambda _: MetricTree.from_frame(REVENUE.assign(how="magic")), "magic"),
        (lambda _: MetricTree.from_frame(REVENUE, REVENUE), "dates as its index"),
        (lambda _: MetricTree.from_frame(REVENUE.iloc[:0]).decompose({}, {}), "no metric yet"),
    ],
)
def test_what_is_given_wrong_gets_one_sentence(call, said):
    with pytest.raises(InputError) as error:
        call(MetricTree.from_frame(REVENUE))
    assert said in str(error.value)
    assert "\n" not in str(error.value)
