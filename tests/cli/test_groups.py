"""`playbook groups`: names as people read them, the same groups as from Python, plain refusals."""

import json

import pytest
from click.testing import CliRunner

from playbook.analysis.workgroups import banded, even_sizes, gower, partition
from playbook.cli.main import main
from playbook.framework import load_framework
from playbook.worksheet.roster_file import read_roster

ROSTER = "Name;function;place;years;team;wish\n" + "".join(
    f"Person {at};{'abcd'[at % 4]};{'xyz'[at % 3]};{at % 7},5;{'RB'[at % 2]};{at % 3 + 1}\n"
    for at in range(18)
)
RULES = """
[[rule]]
id = "friends"
kind = "together"
people = ["Person 1", "person 2"]
[[rule]]
kind = "spread"
attribute = "function"
[[rule]]
kind = "seat"
person = "Person 0"
group = 2
[[rule]]
kind = "wishes"
attribute = "wish"
share = 0.5
"""


@pytest.fixture
def run(tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-16")

    def typed(*words, rules=None):
        if rules is not None:
            (tmp_path / "rules.toml").write_text(rules, encoding="utf-8")
            words = (*words, "--rules", str(tmp_path / "rules.toml"))
        where = ("groups", str(tmp_path / "roster.csv"), "--effort", "instant", *words)
        return CliRunner().invoke(main, where)

    return typed


def test_groups_are_told_by_name_with_how_good_they_are(run):
    told = run("--groups", "3", "--cells", "3")
    assert told.exit_code == 0, told.output
    assert "Group 1 (6 people)\n  Person 0, " in told.output
    assert "Cell 3 (6 people)" in told.output
    assert "Proved: no other grouping is more different." in told.output or (
        "% better exists." in told.output
    )
    assert "Different means: in function, place, years, team, wish." in told.output


def test_they_are_those_that_python_finds(run):
    told = json.loads(run("--groups", "3", "--seed", "5", "--json").output)
    people = read_roster(ROSTER, "it", load_framework().words).roster
    found = partition(gower(banded(people)), even_sizes(18, 3), seed=5, effort="instant")
    assert told["labels"] == list(found.labels)
    assert told["groups"] == [[people.names[at] for at in own] for own in found.groups]
    assert (told["value"], told["bound"], told["gap"]) == (found.value, found.bound, found.gap)


def test_rules_are_kept(run):
    told = json.loads(run("--groups", "3", "--json", rules=RULES).output)
    groups = [set(own) for own in told["groups"]]
    assert "Person 0" in groups[1]
    assert any({"Person 1", "Person 2"} <= own for own in groups)
    wished = sum(f"Person {at}" in groups[at % 3] for at in range(18))
    assert wished >= 9
    of_a = [sum(f"Person {at}" in own for at in range(0, 18, 4)) for own in groups]
    assert sorted(of_a) in ([1, 2, 2], [2, 2, 1])


def test_sizes_weights_and_numbers_are_as_asked(run):
    told = json.loads(run("--sizes", "8,5-6,5-6", "--by", "function,years=2", "--json").output)
    assert [len(own) for own in told["groups"]] == [8, 5, 5]
    other = json.loads(run("--groups", "2", "--by", "years", "--numbers", "--json").output)
    assert other["bound"] < 81


def test_nobody_is_grouped_by_age_or_gender_unless_somebody_asks(tmp_path):
    rows = "".join(f"P{at},{'mf'[at % 2]},{'abc'[at % 3]}\n" for at in range(12))
    file = tmp_path / "people.csv"
    file.write_text("Name,Gender,function\n" + rows)
    usual = CliRunner().invoke(main, ["groups", str(file), "--groups", "2"]).output
    assert "Not compared by Gender; name them with --by" in usual
    assert "Different means: in function." in usual
    asked = CliRunner().invoke(main, ["groups", str(file), "--groups", "2", "--by", "gender"])
    assert "Different means: in Gender." in asked.output
    assert "Not compared" not in asked.output
    file.write_text("Name,Gender\n" + "P1,m\nP2,f\nP3,m\n")
    none = CliRunner().invoke(main, ["groups", str(file), "--groups", "1"])
    assert none.exit_code == 2
    assert "There is nothing to compare people by" in none.output


CLASH = """
[[rule]]
kind = "apart"
people = ["Person 1", "Person 2"]
[[rule]]
kind = "at_most"
attribute = "team"
value = "r"
count = 9
[[rule]]
kind = "together"
people = ["Person 1", "Person 2"]
"""


@pytest.mark.parametrize(
    ("words", "rules", "sentence"),
    [
        ([], None, "Say how many groups you want"),
        (["--groups", "19"], None, "18 people make 1 to 18 groups; not 19."),
        (["--sizes", "6,6,5"], None, "The groups have 17 places and there are 18 people"),
        (["--sizes", "6,six"], None, "--sizes takes 12,12,10,10 or 10-12,10-12; not 6,six."),
        (["--groups", "2", "--sizes", "6,6,6"], None, "--sizes has 3 sizes for 2 groups"),
        (["--groups", "3", "--by", "colour"], None, "The roster has no attribute colour; it has"),
        (["--groups", "3", "--by", "place=much"], None, "--by takes names such as place=2"),
        (["--groups", "3", "--cells", "9"], None, "18 people make 2 to 3 cells of 5 to 15 people"),
        (["--groups", "3"], "rule = 3", "rules.toml: each rule begins with a line [[rule]]."),
        (["--groups", "3"], "[[rule", "rules.toml can't be read as TOML"),
        (["--groups", "3"], "[[rule]]\nkind = 'near'", "rule 1: kind is one of together, apart"),
        (
            ["--groups", "3"],
            "[[rule]]\nkind = 'seat'\nperson = 'Eve'\ngroup = 1",
            "rule 1: Nobody on the roster is called Eve.",
        ),
        (
            ["--groups", "3"],
            CLASH,
            "These rules can't be kept together: Person 1 and Person 2 are in different groups; "
            "Person 1 and Person 2 are in one group. Drop or change one of them.",
        ),
    ],
)
def test_what_cannot_be_is_one_sentence(words, rules, sentence, run):
    told = run(*words, rules=rules)
    assert told.exit_code == 2
    assert sentence in told.output.replace("’", "'")
    assert told.output.count("\n") == 1


def test_who_has_met_before_is_spread_over_cells_and_told_where_that_is_not_enough(run):
    """Six people of each of three places in three cells of six: two of a place in each at best."""
    told = json.loads(run("--groups", "3", "--cells", "3", "--met", "place", "--json").output)
    assert told["cells_broken"] == ["met_before"]
    for cell in told["cells"]:
        places = ["xyz"[int(name.split()[1]) % 3] for name in cell]
        assert sorted(places) == list("xxyyzz")
    said = run("--groups", "3", "--cells", "3", "--met", "place").output
    assert "Some people who have met before still share a cell." in said
    assert json.loads(run("--groups", "3", "--cells", "3", "--json").output)["cells_broken"] == []
