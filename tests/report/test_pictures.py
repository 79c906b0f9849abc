"""What the pictures show is in the file that people save, in words."""

from datetime import date
from html import unescape

import pytest

from playbook.assessing.assess import assess
from playbook.framework import load_framework
from playbook.model import Worksheet
from playbook.report import sheet_html
from playbook.report.pictures import pictures
from playbook.worksheet.parse import read_worksheet
from widgets.charts import CHARTS

TODAY = date(2027, 1, 4)
FRAMEWORK = load_framework()
NOT_TOLD = {"candidates", "circle", "returns"}
"""A table in the file, and two drawings of what a note of the sheet explains in words."""


def filled(sheet_id):
    sheet = FRAMEWORK.sheets[sheet_id]
    example = FRAMEWORK.examples[sheet_id]
    worksheet = read_worksheet(sheet, example.answers, FRAMEWORK.words)
    return sheet, worksheet, assess(sheet, worksheet, FRAMEWORK, max(TODAY, example.today))


def saved(sheet, worksheet, assessment):
    html = sheet_html(sheet, worksheet, assessment, FRAMEWORK, "Mine", "", TODAY)
    return unescape(" ".join(html.split()))


DRAWN = [
    (sheet.id, chart)
    for sheet in FRAMEWORK.sheets.values()
    for chart in sheet.charts
    if chart in CHARTS and chart not in NOT_TOLD
]


@pytest.mark.parametrize(("sheet", "chart"), DRAWN)
def test_whatever_a_picture_says_on_the_screen_the_file_says(sheet, chart):
    told = filled(sheet)
    shown = CHARTS[chart](*told, FRAMEWORK)
    text = saved(*told)
    assert f"{shown['title']}</h2>" in text
    assert shown["summary"]
    for sentence in shown["summary"]:
        assert f'<p dir="auto">{" ".join(sentence.split())}</p>' in text


def test_a_tree_says_what_moves_what_and_where_it_stands():
    text = saved(*filled("metric_tree"))
    top = "“Premium that home claimants renew” stands at the top. Today: £14.3 million."
    assert top in text
    moves = "“Called back within one working day” moves “Home claimants who renew”."
    assert f"{moves} How that is known: Believed. Today: 36%. Wanted: 50%." in text
    assert text.count("Nine in ten tries between +1.8% and +4.0%.") == 2  # the card and the picture


def test_a_tree_says_what_does_not_fit_where_it_does_not():
    sheet = FRAMEWORK.sheets["metric_tree"]
    nodes = [
        {"id": "top", "name": "Revenue", "how": "formula", "formula": "2 *"},
        {"id": "low", "name": "Calls", "parent": "top", "now": "7"},
    ]
    worksheet = read_worksheet(sheet, {"nodes": nodes}, FRAMEWORK.words)
    assessment = assess(sheet, worksheet, FRAMEWORK, TODAY)
    (tree,) = pictures(sheet, worksheet, assessment, FRAMEWORK)
    top, low = tree.sentences
    assert top.startswith("“Revenue” stands at the top. ")
    assert "Today:" not in top
    assert low == "“Calls” moves “Revenue”. Today: 7."


@pytest.mark.parametrize("sheet", FRAMEWORK.sheets.values(), ids=lambda sheet: sheet.id)
def test_a_blank_sheet_has_no_picture(sheet):
    blank = Worksheet(sheet.id)
    assessment = assess(sheet, blank, FRAMEWORK, TODAY)
    assert list(pictures(sheet, blank, assessment, FRAMEWORK)) == []


def test_what_nobody_has_to_answer_and_nobody_did_is_left_out():
    sheet, worksheet, assessment = filled("metric_tree")
    lag = sheet.question("lag_weeks", "nodes")
    assert lag.optional
    given = sum("lag_weeks" in row.answers for row in worksheet.rows("nodes"))
    text = saved(sheet, worksheet, assessment)
    assert 0 < text.count(f"<dt>{lag.text}</dt>") == given < len(worksheet.rows("nodes"))
