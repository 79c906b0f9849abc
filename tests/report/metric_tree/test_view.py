"""What the page of a tree is told: words and figures, and refusals in one sentence."""

import base64
import json
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from playbook.analysis.metric_tree.uncertainty import Draws, noticed
from playbook.framework import load_framework
from playbook.model import InputError, Row, Worksheet
from playbook.worksheet.figures import figure, percent
from widgets.app import form_of
from widgets.views.metric_tree.asks import ASKS

TODAY = date(2027, 4, 5)
WEEKS = [f"2027-{month:02}-{day:02}" for month in (1, 2, 3) for day in (1, 8, 15, 22)]


def series(*values):
    return "\n".join(f"{day} {value}" for day, value in zip(WEEKS, values, strict=False))


NODES = {
    "money": {"name": "Revenue", "level": "financial", "how": "product", "unit": "EUR"},
    "stay": {
        "name": "Customers who stay",
        "parent": "money",
        "unit": "customers",
        "now": "100",
        "spread": "10",
        "data": series(100, 110),
    },
    "spend": {"name": "Spend", "parent": "money", "unit": "EUR/customer", "now": "20"},
    "calls": {
        "name": "Calls",
        "parent": "stay",
        "elasticity_low": "0.1",
        "elasticity": "0.3",
        "elasticity_high": "0.6",
        "lag_weeks": "4",
        "refresh": "weekly",
        "data": series(10, 12),
    },
    "apart": {"name": "A metric that moves nothing"},
}


def session(nodes=None, **answers):
    """The little that the asks look at."""
    framework = load_framework()
    rows = tuple(Row(row, given) for row, given in (nodes or NODES).items())
    return SimpleNamespace(
        framework=framework,
        sheet=framework.sheets["metric_tree"],
        worksheet=Worksheet("metric_tree", answers, {"nodes": rows}),
        assessment=SimpleNamespace(today=TODAY),
    )


def ask(what, nodes=None, notice_at=None, **message):
    answers = {} if notice_at is None else {"notice_at": notice_at}
    reply = ASKS[what](session(nodes, **answers), message)
    return json.loads(json.dumps(reply, allow_nan=False))


def told(reply):
    return " ".join(text for block in reply["blocks"] for text in block["sentences"])


def test_the_form_of_the_tree_may_ask_all_of_it():
    assert form_of(load_framework().sheets["metric_tree"]).more_asks == ASKS


# --------------------------------------------------------------------------- the tree


def test_every_metric_comes_with_its_figure_its_series_and_how_old_it_is():
    tree = ask("tree")["tree"]
    assert tree["problems"] == []
    assert (tree["nodes"]["money"]["value"], tree["nodes"]["money"]["shown"]) == (2000, "2,000 EUR")
    assert tree["nodes"]["calls"] == {
        "value": None,
        "shown": "",
        "problem": "",
        "points": [10, 12],
        "last": "8 January 2027",
        "age": "87 days old",
        "stale": True,
    }


def test_a_problem_stands_at_its_metric_and_in_the_list():
    nodes = NODES | {"spend": NODES["spend"] | {"unit": "customers"}}
    tree = ask("tree", nodes)["tree"]
    [problem] = tree["problems"]
    assert problem["row"] == "money"
    assert problem["text"] == tree["nodes"]["money"]["problem"]
    assert "customer^2" in problem["text"]


def test_a_tree_without_a_single_figure_has_nothing_wrong_with_it():
    tree = ask("tree", {"a": {"name": "A"}, "b": {"name": "B", "parent": "a"}})["tree"]
    assert tree["problems"] == []
    assert tree["nodes"]["b"]["shown"] == ""


def test_the_age_of_today_and_yesterday_is_told_in_a_word():
    ages = [
        ask("tree", {"a": {"data": f"{day} 1"}})["tree"]["nodes"]["a"]["age"]
        for day in ("2027-04-05", "2027-04-04", "2027-04-03")
    ]
    assert ages == ["from today", "from yesterday", "2 days old"]


# --------------------------------------------------------------------------- what if


def test_a_what_if_tells_one_estimate_its_range_and_when_it_shows():
    """The effect is a triangle over 0.1, 0.3, 0.6: of it lie 5%, half and 95% below these."""
    ends = [0.1 + (0.05 * 0.5 * 0.2) ** 0.5, *(0.6 - (q * 0.5 * 0.3) ** 0.5 for q in (0.5, 0.05))]
    low, likely, high = (100 * (1.2**end - 1) for end in ends)
    found = ask("what_if", changes={"calls": 20}, notice_at="5")["what_if"]
    money = found["nodes"]["money"]
    assert money["low"] == pytest.approx(low, abs=0.1)
    assert money["likely"] == pytest.approx(likely, abs=0.1)
    assert money["high"] == pytest.approx(high, abs=0.1)
    assert money["shown"] == "+6.1% (+3.2% to +9.8%)"
    assert found["nodes"]["spend"] == {"low": 0, "likely": 0, "high": 0, "shown": ""}
    assert "“Revenue”: Likely +6.1%. Nine in ten tries between +3.2%" in found["sentence"]
    assert "4 weeks" in found["sentence"]
    # 1.05 takes an effect of 0.2676, below which lies 0.1676^2 / (0.5 x 0.2) = 28% of it.
    assert "Leaders notice from 5%: 72% likely." in found["sentence"]
    assert found["noticed"] == "perhaps"


def test_each_change_adds_its_part_and_the_parts_add_up_to_the_estimate():
    nodes = NODES | {
        "letters": {"name": "Letters", "parent": "stay", "elasticity": "0.2"},
        "fees": {"name": "Fees", "parent": "stay", "elasticity": "-0.1"},
    }
    found = ask("what_if", nodes, changes={"calls": 20, "letters": 10, "fees": 30})["what_if"]
    *parts, together = found["parts"]
    assert [bar["label"] for bar in parts] == ["Calls", "Letters", "Fees"]
    assert parts[2]["share"] < 0 < parts[1]["share"] < parts[0]["share"]
    assert parts[2]["shown"].startswith("−")
    assert sum(bar["share"] for bar in parts) == pytest.approx(together["share"])
    assert together["shown"] == found["nodes"]["money"]["shown"].split()[0]


def test_a_single_change_has_no_parts():
    assert ask("what_if", changes={"calls": 20})["what_if"]["parts"] == []


def test_changes_that_cancel_each_other_have_no_parts():
    nodes = NODES | {
        "up": {"name": "Up", "parent": "stay", "elasticity": "0.2"},
        "down": {"name": "Down", "parent": "stay", "elasticity": "-0.2"},
    }
    assert ask("what_if", nodes, changes={"up": 10, "down": 10})["what_if"]["parts"] == []


def test_a_what_if_of_nothing_says_so():
    found = ask("what_if", changes={"calls": 0})["what_if"]
    assert {node["likely"] for node in found["nodes"].values()} == {0}
    assert "stays as it is" in found["sentence"]


def test_where_it_cannot_be_followed_the_reason_is_told():
    nodes = NODES | {"calls": {"name": "Calls", "parent": "stay"}}
    found = ask("what_if", nodes, changes={"calls": 20}, notice_at="5")["what_if"]
    assert found["nodes"]["money"] == {"low": None, "likely": None, "high": None, "shown": ""}
    assert "“Calls”" in found["sentence"]
    assert found["noticed"] == "unset"


LIMITS = {"noticed_likely": 0.75, "noticed_unlikely": 0.25}


@pytest.mark.parametrize(
    ("changes", "sense", "notice_at", "expected"),
    [
        ([0.01, 0.02, 0.03, 0.04], 1, 0.02, "yes"),  # three of four reach it
        ([0.01, 0.019, 0.02, 0.04], 1, 0.02, "perhaps"),
        ([0.01, 0.01, 0.019, 0.02], 1, 0.02, "no"),  # one of four does
        ([-0.04, -0.03, -0.02, -0.01], 1, 0.02, "worse"),
        ([-0.04, -0.03, -0.02, -0.01], -1, 0.02, "yes"),  # a cost that falls
        ([-0.04, -0.03, -0.02, -0.01], 1, None, "worse"),
        ([0.0, 0.0], 1, 0.0, "no"),
        ([0.1, 0.1], 1, None, "unset"),
        ([], 1, 0.02, "unset"),
        (None, 1, 0.02, "unset"),
    ],
)
def test_leaders_notice_what_is_likely_to_reach_their_limit(changes, sense, notice_at, expected):
    told = None if changes is None else Draws(None, np.array(changes), 0.0, ())
    assert noticed(told, sense, notice_at, LIMITS) == expected


# --------------------------------------------------------------------------- numbers


def test_the_numbers_tell_the_range_the_limit_and_what_matters():
    reply = ask("numbers", changes={"calls": 20}, notice_at="5")
    sure, today, matters = reply["blocks"]
    assert "Leaders notice from 5%: 72% likely." in sure["sentences"][0]
    assert "10,000 tries" in sure["sentences"][1]
    assert "EUR" in today["sentences"][0]
    assert matters["bars"][0]["label"] == "the effect of “Calls” on “Customers who stay”"
    assert all(0 <= bar["share"] <= 1 for block in reply["blocks"] for bar in block["bars"])


def test_without_a_change_the_plans_count_and_are_told():
    nodes = NODES | {
        "calls": NODES["calls"] | {"level": "frontline", "now": "50", "target": "60"},
        "spend": NODES["spend"] | {"target": "40"},  # not the group's, so no plan
    }
    planned, given = ask("numbers", nodes, changes={}), ask("numbers", nodes, changes={"calls": 20})
    assert planned["blocks"][0]["bars"] == given["blocks"][0]["bars"]
    less = ask("numbers", nodes, changes={"calls": 10})
    assert less["blocks"][0]["bars"] != given["blocks"][0]["bars"]
    assert "the changes you want" in told(planned)
    assert "the changes you want" not in told(given)


def test_where_nothing_is_open_one_sentence_says_that_too():
    nodes = {"a": {"name": "A"}, "b": {"name": "B", "parent": "a", "elasticity": "1"}}
    reply = ask("numbers", nodes, changes={"b": 10})
    [only] = reply["blocks"]
    assert only["bars"] == []
    assert only["sentences"][0] == "Likely +10%."
    assert "Every try gives the same" in only["sentences"][1]


def test_the_largest_tree_has_its_numbers_told_too():
    nodes = {"top": {"name": "Top", "level": "financial", "now": "5"}}
    for place in range(249):
        nodes[f"n{place}"] = {
            "name": f"N{place}",
            "parent": "top" if place < 20 else f"n{place - 20}",
            "now": "3",
            "spread": "10",
            "elasticity_low": "0.1",
            "elasticity_high": "0.2",
        }
    reply = ask("numbers", nodes, changes={f"n{place}": 10 for place in range(229, 249)})
    sure, matters = reply["blocks"]
    assert "1,000 tries" in sure["sentences"][1]  # fewer draws, so that it stays quick
    assert len(matters["bars"]) == 8


# --------------------------------------------------------------------------- the past


def test_a_change_is_taken_apart_down_to_where_it_began():
    reply = ask("decompose", row="money", start="2027-01-02", end="2027-03-22")
    first, origins = reply["blocks"]
    assert "from 2,000 EUR to 2,200 EUR: +200 EUR, which is +10%" in first["sentences"][0]
    assert "“Spend”" in told(reply)  # has no figures by date
    assert [bar["label"] for bar in first["bars"]] == ["Customers who stay"]
    # Calls explain (12 / 10) ^ 0.3, which is 5.6 of the 10 per cent; the links leave open the rest.
    assert {bar["label"] for bar in origins["bars"]} == {
        "Calls",
        "what the links to “Customers who stay” don’t explain",
    }


def test_old_figures_are_named():
    reply = ask("decompose", row="stay", start="2027-01-02", end="2027-03-22")
    assert "22 March 2027" in told(reply)
    assert "“Calls”" in told(reply)


def test_a_lead_without_enough_weeks_is_too_early_to_tell():
    reply = ask("leads", driver="calls", outcome="stay", lag=2)
    assert "2 weeks in a row" in told(reply)
    assert "22 weeks" in told(reply)  # twenty pairs, and the delay


# --------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("what_if", {}),
        ("what_if", {"changes": [1]}),
        ("what_if", {"changes": {"calls": "20"}}),
        ("what_if", {"changes": {"calls": True}}),
        ("what_if", {"changes": {"calls": float("nan")}}),
        ("what_if", {"changes": {"calls": 1e9}}),
        ("what_if", {"changes": {"calls": -101}}),
        ("numbers", {"changes": {}}),
        ("numbers", {"changes": {"apart": 10}}),
        ("decompose", {"row": "gone", "start": "2027-01-01", "end": "2027-02-01"}),
        ("decompose", {"row": ["money"], "start": "2027-01-01", "end": "2027-02-01"}),
        ("decompose", {"row": "money", "start": "soon", "end": "2027-02-01"}),
        ("decompose", {"row": "money", "start": None, "end": 3}),
        ("decompose", {"row": "money", "start": "2027-02-01", "end": "2027-01-01"}),
        ("decompose", {"row": "money", "start": "2020-01-01", "end": "2027-02-01"}),
        ("leads", {"driver": "calls", "outcome": "calls", "lag": 2}),
        ("leads", {"driver": "calls", "outcome": "stay", "lag": -1}),
        ("leads", {"driver": "calls", "outcome": "stay", "lag": 1.5}),
        ("leads", {"driver": "calls", "outcome": "stay", "lag": True}),
        ("workbook", {"name": "a.xlsx"}),
        ("workbook", {"name": "a.xlsx", "base64": "no base64!"}),
        ("workbook", {"name": "a.xlsx", "base64": base64.b64encode(b"no workbook").decode()}),
    ],
)
def test_what_cannot_be_answered_is_refused_in_plain_words(what, message):
    with pytest.raises(InputError) as refused:
        ask(what, **message)
    assert str(refused.value).endswith(".")
    assert "{" not in str(refused.value)


def test_an_empty_tree_is_told_as_such():
    empty = session()
    empty.worksheet = Worksheet("metric_tree")
    assert ASKS["tree"](empty, {}) == {"tree": {"nodes": {}, "problems": []}}
    assert "no metric" in ASKS["what_if"](empty, {"changes": {}})["what_if"]["sentence"]
    with pytest.raises(InputError, match="no metric"):
        ASKS["numbers"](empty, {"changes": {}})


def test_more_metrics_than_a_tree_may_have_are_refused():
    with pytest.raises(InputError, match="251"):
        ask("tree", {f"n{place}": {} for place in range(251)})


# --------------------------------------------------------------------------- figures


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (3.0, "3"),
        (100, "100"),
        (12400, "12,400"),
        (-0.5, "−0.5"),
        (0.0837, "0.0837"),
        (99.96, "100"),
        (1234.56, "1,235"),
        (1e15, "1e+15"),
    ],
)
def test_a_figure_has_as_many_digits_as_mean_something(value, shown):
    assert figure(value) == shown
    assert figure(value, "EUR").endswith(" EUR")
    assert figure(value, "%") == f"{shown}%"
    assert figure(value, "£ million").lstrip("−") == f"£{shown.lstrip('−')} million"


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.031, "+3.1"),
        (-0.031, "−3.1"),
        (0.2, "+20"),
        (0, "0"),
        (12.5, "+1,250"),
        (0.0002, "+0.02"),
    ],
)
def test_a_change_has_its_sign(share, shown):
    assert percent(share) == shown
    assert percent(share, signed=False) == shown.lstrip("+")
