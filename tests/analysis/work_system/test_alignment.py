"""Fit of people, process and technology: the weakest counts, and what is open stays open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.analysis.work_system.alignment import (
    CRITERIA,
    PAIRS,
    DataSet,
    Fit,
    Integration,
    Skill,
    SkillGaps,
    TypedAgain,
    Use,
    backlog,
    fit,
    idle_tools,
    skill_gaps,
    standard_or_flexible,
    tool_matrix,
    typed_again,
)
from playbook.model import InputError

LEVELS = st.one_of(st.none(), st.integers(0, 4))


@pytest.mark.row("WS-044")
@given(st.tuples(LEVELS, LEVELS, LEVELS))
def test_the_whole_fits_as_its_weakest_pair_does(levels):
    found = fit(dict(zip(PAIRS, levels, strict=True)))
    known = [level for level in levels if level is not None]
    assert found.level == (min(known) if len(known) == 3 else None)
    assert found.weakest == tuple(
        pair for pair, level in zip(PAIRS, levels, strict=True) if known and level == min(known)
    )
    assert len(found.missing) + len(known) == 3


@pytest.mark.row("WS-044")
def test_a_pair_that_nobody_judged_is_missing_and_no_zero():
    assert fit({}) == Fit(None, (), PAIRS)
    with pytest.raises(InputError, match="level 5"):
        fit({PAIRS[0]: 5})
    with pytest.raises(InputError, match="a pair of three"):
        fit({("people", "customers"): 1})


@pytest.mark.row("WS-050")
@pytest.mark.parametrize(
    ("impact", "varies", "exceptions", "way"),
    [
        (True, False, 0.02, "standard"),
        (True, False, 0.2, "standard_with_path"),
        (True, False, 0.5, "standard_with_path"),
        (True, True, None, "flexible"),
        (False, None, None, "leave"),
        (None, True, 0.5, None),
        (True, None, 0.5, None),
        (True, False, None, None),
    ],
)
def test_a_process_is_standard_flexible_or_both(impact, varies, exceptions, way):
    assert standard_or_flexible(impact, varies, exceptions, many=0.2) == way


@pytest.mark.row("WS-028")
def test_data_typed_into_a_second_tool_are_found():
    uses = [
        Use(3, "ledger", "Amount", "typed"),
        Use(0, "mail", "policy number", "typed"),
        Use(1, "claims", "Policy  Number", "typed"),
        Use(1, "claims", "amount", "typed"),
        Use(2, "claims", "amount", "typed"),
        Use(2, "letters", "amount", "passed_on"),
        Use(3, "ledger", "policy number", "passed_on"),
        Use(4, "report", "amount", "read"),
    ]
    assert typed_again(uses) == (
        TypedAgain(1, "claims", "Policy  Number", "mail", 0),
        TypedAgain(3, "ledger", "Amount", "claims", 1),
    )
    assert idle_tools(uses, ["mail", "fax", "report"]) == ("fax",)
    assert tool_matrix(uses, ["claims", "letters"], 4) == (
        ((), ("typed",), ("typed",), ()),
        ((), (), ("passed_on",), ()),
    )


@pytest.mark.row("WS-028")
@given(st.lists(st.builds(
    Use, st.integers(0, 4), st.sampled_from("ABC"), st.sampled_from("xyz"),
    st.sampled_from(["typed", "passed_on", "read"]),
)))  # fmt: skip
def test_nothing_is_typed_again_before_it_was_there(uses):
    for found in typed_again(uses):
        assert found.tool != found.known
        assert any(
            use.tool == found.known and use.step == found.since <= found.step and use.how != "read"
            for use in uses
        )
        same = [use for use in uses if use.data == found.data and use.how != "read"]
        assert min(use.step for use in same) == found.since


@pytest.mark.row("WS-046", "WS-022")
def test_skills_that_are_missing_hang_on_one_person_or_are_not_counted():
    told = [
        Skill("Law", 2, 1),
        Skill("Talk", 5, 1),
        Skill("Typing", 3, 4),
        Skill("Rates", 1, 1),
        Skill("Old system", 0, 1),
        Skill("Data", 2, None),
    ]
    assert skill_gaps(told) == SkillGaps(
        (("Talk", 4), ("Law", 1)), ("Law", "Talk", "Rates"), ("Data",)
    )


@pytest.mark.row("WS-053")
def test_data_are_as_good_as_their_weakest_side():
    assert DataSet("x", accuracy=0.9, completeness=0.7, timeliness=0.95).weakest == (
        "completeness",
        0.7,
    )
    assert DataSet("x", timeliness=0.5).unmeasured == ("accuracy", "completeness")
    assert DataSet("x").weakest is None


@pytest.mark.row("WS-052")
def test_integrations_stand_in_order_and_equals_share_a_place():
    told = [
        Integration("A", 1, 1, 1),
        Integration("B", 3, 0, None),
        Integration("C", 3, 2, 1),
        Integration("D", 0, 0, 3),
        Integration("E", 0, 0, 0),
    ]
    places = [(place, it.name) for place, it in backlog(told)]
    assert places == [(1, "C"), (2, "A"), (2, "D"), (4, "E"), (None, "B")]
    assert len(CRITERIA) == 3
    with pytest.raises(InputError, match="'F' has a level"):
        _ = Integration("F", 4, 0, 0).score
