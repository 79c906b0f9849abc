"""A sheet as plain text, which notebooks' outputs are compared with."""

import re
from dataclasses import replace
from datetime import date

from playbook.model import Level
from playbook.report import sheet_text
from playbook.report.pathway import pathway_text


def test_it_is_short_and_names_every_question_and_finding(catalyst, framework, example):
    text = sheet_text(catalyst, framework)
    questions = [question.id for section in catalyst.sections for question in section.questions]
    assert all(re.search(rf"^  {question} \(", text, re.M) for question in questions)
    assert all(f" {finding.key}: {finding.heading}" in text for finding in example[1].findings)
    assert text.count("\n") < len(questions) + 50


def test_it_says_the_examples_verdict(catalyst, framework, example):
    assert f"{framework.examples['catalyst'].name}: {example[1].verdict}" in sheet_text(
        catalyst, framework
    )


def test_it_does_not_know_what_day_it_is(catalyst, framework):
    text = sheet_text(catalyst, framework)
    assert text == sheet_text(catalyst, framework)
    assert date.today().isoformat() not in text


def test_another_weight_of_a_message_changes_it(catalyst, framework, example):
    key = example[1].findings[0].key
    message = catalyst.messages[key]
    heavier = type(message)(**{**dict(message), "level": Level.FAIL})
    messages = {**catalyst.messages, key: heavier}
    other = type(catalyst)(**{**dict(catalyst), "messages": messages})
    before, after = sheet_text(catalyst, framework), sheet_text(other, framework)
    assert before != after
    assert f"fail {key}" in after


def test_a_sheet_without_an_example_has_a_text_too(catalyst, framework):
    text = sheet_text(catalyst, replace(framework, examples={}))
    assert sheet_text(catalyst, framework).startswith(text)


def test_the_pathways_text_has_a_line_for_each_stage_and_sheet(framework):
    lines = pathway_text(framework).splitlines()
    assert len(lines) == len(framework.stages) + len(list(framework.tiles))
    for tile in framework.tiles:
        line = next(line for line in lines if line.startswith(f"  {tile.title} ("))
        assert ("not built" in line) == (tile.id not in framework.sheets)
