"""The door for scripts: a sheet and answers in every form in which somebody has them."""

import doctest
import json
from datetime import date
from importlib import import_module

import pytest

import playbook
from playbook.assessing import analyst, assess
from playbook.framework import load_framework
from playbook.model import InputError, Worksheet
from playbook.worksheet.parse import read_worksheet

FRAMEWORK = load_framework()
SHEET = FRAMEWORK.sheets["catalyst"]
TODAY = date(2027, 1, 10)
ANSWERS = {"candidates": [{"what": "Clients leave", "breaks": "yes", "by_when": "2027-02-01"}]}


MODULES = [
    "playbook.assessing.analyst",
    "playbook.frames.answers",
    "playbook.frames.capacity",
    "playbook.frames.people",
    "playbook.frames.pilot",
    "playbook.frames.rows",
    "playbook.frames.trees",
    "playbook.frames.verdicts",
]


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_in_the_docstrings_are_true(module):
    found = doctest.testmod(import_module(module))
    assert found.attempted > 1
    assert found.failed == 0


@pytest.fixture
def in_every_form(tmp_path):
    file, toml = tmp_path / "answers.json", tmp_path / "answers.toml"
    file.write_text(json.dumps(ANSWERS))
    toml.write_text(
        '[[candidates]]\nwhat = "Clients leave"\nbreaks = "yes"\nby_when = 2027-02-01\n'
    )
    return [ANSWERS, file, str(file), toml, read_worksheet(SHEET, ANSWERS, FRAMEWORK.words)]


def test_answers_in_every_form_come_to_the_same(in_every_form):
    worksheet = in_every_form[-1]
    expected = assess.assess(SHEET, worksheet, FRAMEWORK, TODAY)
    for given in in_every_form:
        assert playbook.assess("catalyst", given, today=TODAY) == expected
        assert playbook.assess(SHEET, given, FRAMEWORK, TODAY, {}) == expected


def test_what_is_carried_counts():
    gate = FRAMEWORK.sheets["recognise_gate"]
    alone = playbook.assess("recognise_gate", {}, today=TODAY)
    told = playbook.assess("recognise_gate", {}, today=TODAY, carried={"catalyst": "fail"})
    assert told == assess.assess(gate, Worksheet(gate.id), FRAMEWORK, TODAY, {"catalyst": "fail"})
    assert told.verdict != alone.verdict


def test_without_a_day_it_is_today(monkeypatch):
    class Later(date):
        @classmethod
        def today(cls):
            return cls(2027, 2, 3)

    monkeypatch.setattr(analyst, "date", Later)
    assert playbook.assess("catalyst", ANSWERS).today == date(2027, 2, 3)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("catalist", {}), "did you mean catalyst?"),
        (({}, "catalyst"), "A sheet is named by its id"),
        (("catalyst", 7), "Answers are a dict"),
        (("catalyst", [("breaks", "yes")]), "Answers are a dict"),
        (("catalyst", "nowhere.json"), "nowhere.json: The file can't be read"),
        (("catalyst", Worksheet("champion")), "answers champion; not catalyst"),
        (("catalyst", {}, {}), "load_framework()"),
        (("catalyst", {}, None, "2027-01-10"), "datetime.date"),
        (("catalyst", {"braeks": "yes"}), "braeks"),
    ],
)
def test_a_wrong_call_gets_one_sentence(arguments, said):
    with pytest.raises(InputError) as error:
        playbook.assess(*arguments)
    text = str(error.value)
    assert said in text
    assert "\n" not in text
    assert text.endswith((".", "?"))
