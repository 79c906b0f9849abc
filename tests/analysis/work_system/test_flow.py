"""Flow: every figure of a line worked out by hand, and what is not known stays unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.analysis.work_system.flow import Bottleneck, Flow, FlowStep, little
from playbook.model import InputError

pytestmark = pytest.mark.row("WS-024")

CLAIM = Flow(
    (
        FlowStep("Take in", "desk", touch=6, wait=0, errors=0.1, exceptions=0.05, people=2),
        FlowStep("Check", "desk", touch=12, wait=60, errors=0.2, exceptions=0.1, people=3),
        FlowStep("Assess", "expert", touch=30, wait=240, errors=0.05, exceptions=0.2, people=4),
        FlowStep("Pay", "finance", touch=2, wait=150, errors=0.0, exceptions=0.0, people=1),
    ),
    arrivals=0.1,
)


def test_a_claim_is_told_in_figures():
    """50 minutes of work in 500; 0.9 × 0.8 × 0.95 right the first time; the experts can take
    4 × 0.95 / 30 cases a minute."""
    assert (CLAIM.touch, CLAIM.wait, CLAIM.lead_time) == (50, 450, 500)
    assert CLAIM.efficiency == pytest.approx(0.1)
    assert CLAIM.first_time_right == pytest.approx(0.684)
    assert CLAIM.unusual == pytest.approx(1 - 0.95 * 0.9 * 0.8)
    assert CLAIM.handoffs == (2, 3)
    assert CLAIM.longest_wait == 2
    assert CLAIM.bottleneck == Bottleneck(
        2, pytest.approx(0.95 * 4 / 30), pytest.approx(0.78947368)
    )
    assert CLAIM.in_progress == pytest.approx(50)


@pytest.mark.parametrize("gone", ["touch", "wait", "errors", "exceptions", "people"])
def test_what_is_not_known_of_one_step_is_not_known_of_the_line(gone):
    told = {"touch": 1.0, "wait": 1.0, "errors": 0.1, "exceptions": 0.1, "people": 1}
    flow = Flow((FlowStep("One", **told), FlowStep("Two", **(told | {gone: None}))), arrivals=0.5)
    figures = {
        "touch": (flow.touch, flow.lead_time, flow.efficiency, flow.bottleneck, flow.in_progress),
        "wait": (flow.wait, flow.lead_time, flow.efficiency, flow.in_progress),
        "errors": (flow.first_time_right,),
        "exceptions": (flow.unusual,),
        "people": (flow.bottleneck,),
    }
    assert set(figures[gone]) == {None}
    whole = Flow((FlowStep("One", **told), FlowStep("Two", **told)), arrivals=0.5)
    assert None not in (whole.efficiency, whole.first_time_right, whole.unusual, whole.bottleneck)


def test_a_line_of_no_steps_or_no_time_has_no_share():
    assert Flow(()).efficiency is Flow(()).first_time_right is Flow(()).bottleneck is None
    assert Flow((FlowStep("x", touch=0, wait=0, people=1),)).efficiency is None
    assert Flow((FlowStep("x", touch=0, people=1),)).bottleneck is None


def test_a_step_that_always_errs_can_take_nothing():
    flow = Flow((FlowStep("x", touch=1, errors=1, people=1),), arrivals=1)
    assert flow.bottleneck == Bottleneck(0, 0.0, float("inf"))


def test_a_step_without_a_lane_is_no_handoff():
    lanes = ["a", "", "a", "b", "b", "a"]
    assert Flow(tuple(FlowStep(str(at), lane) for at, lane in enumerate(lanes))).handoffs == (3, 5)


@given(*[st.floats(0.01, 1000)] * 2)
def test_littles_law_gives_each_of_the_three_from_the_others(through, lead_time):
    under_way = little(through=through, lead_time=lead_time)
    assert little(through=through, in_progress=under_way) == pytest.approx(lead_time)
    assert little(lead_time=lead_time, in_progress=under_way) == pytest.approx(through)


def test_littles_law_needs_two_of_the_three():
    assert little(through=1) is None
    assert little(through=1, lead_time=1, in_progress=1) is None
    assert little(through=0, in_progress=3) is None


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"touch": -1}, "touch time of 'x'"),
        ({"wait": float("nan")}, "waiting time of 'x'"),
        ({"errors": 1.1}, "errors of 'x'"),
        ({"exceptions": -0.1}, "exceptions of 'x'"),
        ({"people": 0}, "needs 1 person"),
    ],
)
def test_a_figure_that_can_not_be_is_refused(told, sentence):
    with pytest.raises(InputError, match=sentence):
        FlowStep("x", **told)
    with pytest.raises(InputError, match="more than 0"):
        Flow((), arrivals=0)
