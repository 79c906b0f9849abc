"""A case's route as a plan of a class: its minutes, its phases, and what is asked in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from playbook.cases.in_class import plan, shared
from playbook.cases.plans import ClassPlans
from playbook.cases.scaffold import begin
from playbook.framework import Framework
from playbook.framework.validate_programme import check_programme
from playbook.model import ContentError
from playbook.model.programme import Programme, Step


@pytest.fixture(scope="module")
def plans(framework: Framework) -> ClassPlans:
    return ClassPlans(framework)


def test_a_class_plays_a_case_of_the_hosts_own_folder_and_not_a_broken_one(
    framework: Framework, tmp_path: Path
) -> None:
    begin("harbour", tmp_path)
    begin("broken", tmp_path)
    (tmp_path / "broken" / "case.toml").write_text("title = 1")
    begin("other", tmp_path).parent.rename(tmp_path / "alcoa")  # the kit has one of that name
    own = ClassPlans(framework, tmp_path)
    (name,) = set(own.cases) - set(ClassPlans(framework).cases)
    assert name.startswith("harbour_")
    assert kinds(own[name].steps[0])
    assert own["alcoa_40"] == ClassPlans(framework)["alcoa_40"]


def kinds(step: Step) -> list[str]:
    return [phase.do for phase in step.phases]


def step_of(programme: Programme, step_id: str) -> Step:
    return {it.id: it for it in programme.steps}[step_id]


@pytest.mark.parametrize(
    ("minutes", "weights", "parts"),
    [
        (7, [2, 4, 2], [2, 3, 2]),  # 1.75, 3.5, 1.75: the halves of a minute go to the first
        (3, [2, 3, 3, 1], [1, 1, 1, 0]),
        (9, [2, 3, 3, 1], [2, 3, 3, 1]),
        (2, [0, 0], [0, 2]),
        (1, [1, 1, 1], [1, 0, 0]),
    ],
)
def test_minutes_are_shared_whole(minutes: int, weights: list[int], parts: list[int]) -> None:
    assert shared(minutes, weights) == parts


def test_every_route_is_a_sound_plan_of_its_minutes(
    plans: ClassPlans, framework: Framework
) -> None:
    """Of every case: phases add up to steps and steps to the route, and nothing is asked of a sheet
    that does not ask it."""
    routes = {name: int(name.rpartition("_")[2]) for name in plans.cases}
    assert {"alcoa_20", "alcoa_40", "alcoa_80", "atb_20", "atb_40", "atb_80"} <= routes.keys()
    for name, minutes in routes.items():
        found = plans[name]
        check_programme(name, found, framework)
        assert sum(it.minutes for step in found.steps for it in step.phases) == minutes, name


def told_late(step: Step) -> Iterator[str]:
    """What is wrong with the order of a step's phases."""
    done = kinds(step)
    if done[0] != "tell":
        yield "it begins without its situation"
    for asked, shown in (("vote", "reveal"), ("ranges", "held"), ("decisions", "matrix")):
        if asked in done and shown not in done[done.index(asked) :]:
            yield f"{asked} is never shown"
    last_asked = max(
        (n for n, it in enumerate(done) if it in ("vote", "vote_again", "ranges")), default=0
    )
    if done.index("facts") < last_asked:
        yield "what is known comes before the last question"


def test_what_is_known_comes_after_all_that_is_asked_is_shown(plans: ClassPlans) -> None:
    for name, found in plans.cases.items():
        for step in found.steps:
            if step.tells:
                assert [*told_late(step)] == [], (name, step.id)


def test_the_hinge_of_alcoa(plans: ClassPlans) -> None:
    """Vote, talk, vote again; before and after; then the three parts, with the debrief's words."""
    step = step_of(plans["alcoa_40"], "alcoa_first_group")
    assert kinds(step) == ["tell", "vote", "talk", "vote_again", "reveal", "facts"]
    assert step.phases[-1].say.endswith("Would you still teach it?")
    assert step.tells
    assert "do not agree on the date" in step.tells.after["hinge"]


def test_a_range_is_held_against_a_lower_bound_and_the_vote_is_apart(plans: ClassPlans) -> None:
    step = step_of(plans["atb_40"], "atb_recruit")
    assert kinds(step) == [
        *("tell", "ranges", "vote", "talk", "vote_again", "held", "reveal", "facts"),
    ]
    assert step.range
    assert (step.range.fact, step.range.bound, step.range.unit) == ("300", "more", "people")
    assert step.question
    assert step.question.choices[0] == "They apply"


def test_teams_decide_with_cards(plans: ClassPlans) -> None:
    step = step_of(plans["alcoa_80"], "alcoa_month_one")
    assert kinds(step) == ["tell", "teams", "decisions", "matrix", "facts", "facts"]
    assert [card.title for card in step.roles][:2] == ["Chief executive", "Plant manager"]
    assert step.decision
    assert step.decision.form == "text"


def test_a_late_class_may_leave_out_what_the_case_can_do_without(plans: ClassPlans) -> None:
    cuts = {it.title: it.cut.saves for it in plans["alcoa_80"].cuts if it.cut}
    assert cuts == {"Every injury, with names?": 6, "What of the pathway did it not do?": 5}


def test_a_programme_plays_a_route_as_one_block(plans: ClassPlans) -> None:
    """Half a day keeps its minutes and its cuts; the case's six steps stand where its block was."""
    half = plans["recognise_half_day"]
    assert sum(it.minutes for it in half.steps) == half.minutes == 210
    titles = [it.title for it in half.steps if it.case]
    assert titles[0] == "A metals company, 1987"
    assert titles[-1] == "Carry one sentence to your own sheet"
    assert sum(it.minutes for it in half.steps if it.case) == 20
    assert [it.cut.saves for it in half.cuts if it.cut] == [10, 20]


def test_a_block_of_other_minutes_is_refused(plans: ClassPlans) -> None:
    half = plans["recognise_half_day"].model_copy(
        update={
            "steps": (
                Step(
                    id="x",
                    title="X",
                    minutes=25,
                    case="alcoa",
                    phases=({"do": "talk", "minutes": 25},),
                ),
            )
        }
    )
    with pytest.raises(ContentError, match="has routes of 20, 40, 80"):
        plans.expanded(half)


def test_without_its_sheets_a_case_says_so_and_goes_on(framework: Framework) -> None:
    """No catalyst, no metric tree: the sheet's own question is talked about, and the sentence is a
    text among one's answers."""
    sheets = {
        it: framework.sheets[it] for it in framework.sheets if it not in ("catalyst", "metric_tree")
    }
    bare = replace(framework, sheets=sheets)
    case = ClassPlans(framework).case("alcoa")
    steps = {it.id: it for it in plan(case, case.route(40), bare)}
    diagnose, carry = steps["alcoa_diagnose"], steps["alcoa_carry"]
    assert "Catalyst is not in this playbook" in diagnose.note
    assert diagnose.question
    assert diagnose.question.form == "text"  # the case's own second question
    assert (kinds(carry), carry.carry) == (["vote"], None)
    assert "Metric tree is not in this playbook" in carry.note
    assert sum(it.minutes for it in steps.values()) == 40
