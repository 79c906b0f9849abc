"""Two sentences say how good groups are; each kind of rule has plain words."""

from dataclasses import replace

import pytest

from playbook.analysis.workgroups import Partition, RulesClashError
from playbook.analysis.workgroups.written import KINDS
from playbook.framework import load_framework
from playbook.report.workgroups.quality import (
    clash_sentence,
    clashing,
    quality_sentence,
    rule_sentence,
)

WORDS = load_framework().words
PLAN = Partition((0, 1), (1, 1), value=100.0, bound=100.4, proven=False, steps=0)


@pytest.mark.parametrize(
    ("bound", "percent"), [(100.4, "0.4"), (100.41, "0.5"), (100.0001, "0.1"), (102.0, "2")]
)
def test_the_figure_is_that_of_the_bound_never_too_small(bound, percent):
    told = quality_sentence(replace(PLAN, bound=bound), WORDS)
    assert told == f"At most {percent}% better exists."


def test_it_says_so_where_the_figure_leaves_the_rules_aside():
    told = quality_sentence(replace(PLAN, rules_aside=True), WORDS)
    assert told.startswith("Without your rules and locks, at most 0.4% better exists.")


def test_a_proof_is_told_as_one():
    told = quality_sentence(replace(PLAN, proven=True), WORDS)
    assert told == "Proved: no other grouping is more different."


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_rule_is_said_in_words_whatever_it_names(kind):
    values = {
        "people": ["Ana", "Ben"],
        "person": "Ana",
        "group": 2,
        "attribute": "place",
        "value": "Ashby",
        "count": 2,
        "share": 0.5,
    }
    takes = KINDS[kind]
    ways = [takes - {"people"}]
    if "people" in takes:
        ways += [takes - {"attribute", "value"}]
        ways += [takes - {"people", "value"}] if "count" not in takes else []
    for way in ways:
        said = rule_sentence({"kind": kind} | {key: values[key] for key in way}, WORDS)
        assert "{" not in said
        assert not said.endswith(".")
        assert any(str(part) in said for part in ("Ana", "place", "2", "50%", "report"))


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (
            {"kind": "at_least", "attribute": "Area", "value": "Suppliers", "count": 1},
            "each group has at least one person from Suppliers",
        ),
        (
            {"kind": "at_most", "attribute": "Place", "value": "Ashby", "count": 3},
            "each group has at most 3 people whose place is Ashby",
        ),
        (
            {"kind": "at_most", "attribute": "Role", "value": "Manager", "count": 0},
            "no group has anybody in the role Manager",
        ),
        (
            {"kind": "none_or_two", "attribute": "Place", "value": "Remote"},
            "nobody whose place is Remote is the only one in a group",
        ),
        (
            {"kind": "together", "attribute": "Team today"},
            "people with the same team are in one group",
        ),
        (
            {"kind": "spread", "attribute": "Time here", "value": "0–2 years"},
            "the people with 0–2 years here are spread evenly over the groups",
        ),
        ({"kind": "apart", "people": ["H1", "H2", "H3"]}, "H1, H2 and H3 are in different groups"),
        (
            {"kind": "at_least", "attribute": "skills: Excel", "value": "yes", "count": 2},
            "each group has at least 2 people with skills: Excel",
        ),
        (
            {"kind": "hours", "attribute": "when", "count": 1},
            "each group has at least one hour a week in common",
        ),
    ],
)
def test_a_rule_reads_as_people_say_it(written, sentence):
    assert rule_sentence(written, WORDS) == sentence


def test_a_clash_names_rules_as_they_were_written():
    written = [
        {"kind": "spread", "attribute": "place"},
        {"kind": "apart", "people": ["Ana", "Ben"], "id": "friends"},
        {"kind": "hours", "attribute": "when", "count": 4},
    ]
    clash = RulesClashError(["rule 1 (Ashby)", "rule 1 (Remote)", "friends"])
    assert clashing(clash, written) == written[:2]
    assert clash_sentence(clash, written, WORDS) == (
        "These rules can’t be kept together: people with the same place are spread evenly over "
        "the groups; Ana and Ben are in different groups. Drop or change one of them."
    )
    assert clash_sentence(RulesClashError(["rule 3"]), written, WORDS) == (
        "This rule can’t be kept with groups of these sizes: each group has at least 4 hours a "
        "week in common. Drop or change it."
    )
