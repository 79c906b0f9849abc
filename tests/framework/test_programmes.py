"""The programmes that we ship add up, and one that does not is refused with what is wrong."""

from __future__ import annotations

import pytest

from playbook.framework import Framework
from playbook.framework.validate_programme import check_programme
from playbook.model import ContentError
from playbook.model.programme import Programme

STEP = {
    "id": "a",
    "title": "A",
    "minutes": 5,
    "question": {"form": "yes_no", "text": "B?"},
    "phases": [{"do": "vote", "minutes": 2}, {"do": "reveal", "minutes": 3}],
}


def programme(*steps: dict[str, object], minutes: int = 5) -> Programme:
    return Programme.model_validate(
        {"title": "T", "about": "For what.", "minutes": minutes, "steps": list(steps)}
    )


@pytest.mark.parametrize(
    ("name", "minutes", "cuts"),
    [("recognise_half_day", 210, [10, 20]), ("whose_work_first", 25, [4, 3])],
)
def test_the_sums_of_what_we_ship(
    framework: Framework, name: str, minutes: int, cuts: list[int]
) -> None:
    """Phases add up to steps, steps to the programme, and a cut names what it saves."""
    found = framework.programmes[name]
    assert sum(phase.minutes for step in found.steps for phase in step.phases) == minutes
    assert sum(step.minutes for step in found.steps) == found.minutes == minutes
    assert [step.cut.saves for step in found.cuts if step.cut] == cuts


def test_every_step_has_replies_and_leads_on_but_for_breaks_and_cases(framework: Framework) -> None:
    for found in framework.programmes.values():
        for step in found.steps:
            assert step.title == "Break" or step.case or (step.replies and step.lead_on), step.id
            assert step.say or step.case, step.id


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"minutes": 6}, "its phases take 5 minutes, and minutes says 6"),
        ({"sheet": "no_such"}, "names the sheet 'no_such', which does not exist"),
        ({"question": {"prompt": "x"}}, "asks something of a sheet and names none"),
        ({"sheet": "catalyst", "question": {"prompt": "x"}}, "names the prompt 'x'"),
        ({"sheet": "catalyst", "question": {"question": "x"}}, "names the question 'x'"),
        ({"question": {"text": "B?"}}, "asks by nothing"),
        ({"question": None}, "has the phase 'vote' and no question for it"),
        ({"phases": [{"do": "ranges", "minutes": 5}]}, "has the phase 'ranges' and no question"),
        ({"phases": [{"do": "facts", "minutes": 5}]}, "which only the steps of a case have"),
        (
            {"phases": [{"do": "reveal", "minutes": 5}]},
            "has the phase 'reveal' without 'vote' before it",
        ),
        (
            {"cut": {"order": 1, "saves": 3, "instead": "Talk."}},
            "its cut saves 3 minutes of 5",
        ),
        ({"cut": {"order": 2, "saves": 5, "instead": "Talk."}}, "its cuts have the orders [2]"),
    ],
)
def test_one_that_is_not_sound_is_refused(
    framework: Framework, change: dict[str, object], told: str
) -> None:
    with pytest.raises(ContentError) as error:
        check_programme("p.toml", programme(STEP | change), framework)
    assert str(error.value).startswith("p.toml: ")
    assert told in str(error.value)


def test_steps_have_ids_of_their_own_and_add_up(framework: Framework) -> None:
    check_programme("p.toml", programme(STEP), framework)
    for wrong, told in (
        (programme(STEP, STEP, minutes=10), "are there twice"),
        (programme(STEP, minutes=9), "its steps take 5 minutes, and minutes says 9"),
    ):
        with pytest.raises(ContentError, match=told):
            check_programme("p.toml", wrong, framework)
