"""Rules as people write them become rules by places, or one sentence says what is wrong."""

import pytest

from playbook.analysis.workgroups import (
    Apart,
    AtLeast,
    AtMost,
    Attribute,
    CommonHours,
    FixedSeat,
    NoneOrTwo,
    Roster,
    SplitTeam,
    SpreadEvenly,
    Together,
    WishesMet,
)
from playbook.analysis.workgroups.written import rules_of
from playbook.model import InputError

ROSTER = Roster(
    ("Ana", "Ben", "Cem", "Dot"),
    (
        Attribute("place", "category", ("Ashby", "Ashby", "Remote", None)),
        Attribute("when", "hours", (frozenset({9, 10}), frozenset({9}), frozenset(), frozenset())),
        Attribute("wish: 1", "yes_no", (True, False, False, True), "wish"),
        Attribute("wish: 3", "yes_no", (True, True, False, False), "wish"),
        Attribute("first wish", "number", (1.0, 2.0, None, 2.0)),
        Attribute("boss", "category", ("Ben", "somebody else", "Ben", "Dot")),
    ),
)
ASHBY = {"attribute": "place", "value": "ashby"}


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ({"kind": "together", "people": ["ben", "Ana"]}, Together(id="rule 1", people=(0, 1))),
        ({"kind": "apart", **ASHBY}, Apart(id="rule 1", people=(0, 1))),
        ({"kind": "split_team", **ASHBY}, SplitTeam(id="rule 1", people=(0, 1))),
        ({"kind": "at_least", **ASHBY, "count": 1}, AtLeast(id="rule 1", people=(0, 1), count=1)),
        ({"kind": "at_most", **ASHBY, "count": 0}, AtMost(id="rule 1", people=(0, 1), count=0)),
        ({"kind": "none_or_two", **ASHBY}, NoneOrTwo(id="rule 1", people=(0, 1))),
        ({"kind": "seat", "person": "Dot", "group": 2}, FixedSeat(id="rule 1", person=3, group=1)),
        (
            {"kind": "hours", "attribute": "when", "count": 2, "id": "hours"},
            CommonHours(id="hours", hours=ROSTER.attributes[1].values, count=2),
        ),
        (
            {"kind": "wishes", "attribute": "wish", "share": 0.5},
            WishesMet(
                id="rule 1",
                wishes=(frozenset({0, 2}), frozenset({2}), frozenset(), frozenset({0})),
                count=2,
            ),
        ),
        (
            {"kind": "wishes", "attribute": "first wish", "share": 0.4},
            WishesMet(
                id="rule 1",
                wishes=(frozenset({0}), frozenset({1}), frozenset(), frozenset({1})),
                count=2,
            ),
        ),
    ],
    ids=lambda it: " ".join(map(str, it.values())) if isinstance(it, dict) else "",
)
def test_names_and_values_become_places(written, rule):
    assert rules_of([written], ROSTER) == [rule]


def test_an_attribute_alone_makes_a_rule_for_each_of_its_values():
    assert rules_of([{"kind": "spread", "attribute": "Place"}], ROSTER) == [
        SpreadEvenly(id="rule 1 (Ashby)", people=(0, 1)),
        SpreadEvenly(id="rule 1 (Remote)", people=(2,)),
    ]


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ({"kind": "near"}, "rule 1: kind is one of together, apart"),
        ({}, "rule 1: kind is one of together"),
        ({"kind": "seat", "people": ["Ana"]}, "A rule of the kind seat says group, person; not"),
        ({"kind": "apart", "people": "Ana"}, "people is a list of names; not Ana."),
        ({"kind": "apart", "people": ["Eve"]}, "Nobody on the roster is called Eve."),
        ({"kind": "apart"}, "attribute is missing; say which."),
        ({"kind": "apart", "attribute": "x"}, "The roster has no attribute x; it has place"),
        ({"kind": "apart", "attribute": "place", "value": "x"}, "Nobody has place x; there is"),
        ({"kind": "at_least", "attribute": "place", "count": 1}, "Say of which value"),
        ({"kind": "at_least", **ASHBY}, "count is a whole number of 0 or more; not null."),
        ({"kind": "seat", "person": "Ana", "group": 0}, "group is a whole number of 1 or more"),
        ({"kind": "hours", "attribute": "place", "count": 1}, "place has no hours, such as Mon"),
        ({"kind": "wishes", "attribute": "wish", "share": 2}, "share is a number from 0 to 1"),
        ({"kind": "wishes", "attribute": "place", "share": 1}, "Wishes are numbers of groups"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(written, sentence):
    with pytest.raises(InputError) as raised:
        rules_of([written], ROSTER)
    assert sentence in str(raised.value)


def test_nobody_is_with_the_person_they_report_to_where_that_person_is_listed():
    """Ana and Cem report to Ben, Ben to somebody who is not on the list, Dot to herself."""
    assert rules_of([{"kind": "lines", "attribute": "boss"}], ROSTER) == [
        Apart(id="rule 1 (Ana, Ben)", people=(0, 1)),
        Apart(id="rule 1 (Cem, Ben)", people=(2, 1)),
    ]
