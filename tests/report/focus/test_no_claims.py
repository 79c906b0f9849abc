"""Nothing that stands beside a chart's signal says why something changed, on any screen or page."""

import json
import re
from datetime import date

import pytest

from playbook.assessing.assess import assess
from playbook.framework import load_framework
from playbook.report import sheet_html
from playbook.report.focus.charts import charts_view, in_words
from playbook.report.focus.shared import pilot_in
from playbook.worksheet.parse import read_worksheet
from scripts import thirteen_weeks as story

FRAMEWORK = load_framework()
SHEET = FRAMEWORK.sheets["focus"]
CLAIMS = re.compile(
    r"\bworked\b|\beffects?\b|\beffective\b|\bcaus(?:e|es|ed|ing)\b|\bbecause of\b"
    r"|\bthanks to\b|\bdue to\b|\bled to\b|\bprov(?:e|es|ed|en)\b|\bimproved by the pilot\b",
    re.IGNORECASE,
)
"""What a signal can't know. "A group works on it" says what people do, and stays."""

BESIDE = ("weekly_charts", "evidence.chart", "evidence.rules", "evidence.screening")
"""Words that stand on a chart or beside it."""


def example():
    told = FRAMEWORK.examples["focus"]
    worksheet = read_worksheet(SHEET, told.answers, FRAMEWORK.words)
    return worksheet, assess(SHEET, worksheet, FRAMEWORK, told.today)


def claims(texts):
    return [text for text in texts if CLAIMS.search(text)]


def test_the_pattern_finds_a_claim():
    for claim in ("It worked.", "The effect is 4%.", "Caused by it", "because of the pilot"):
        assert claims([claim])
    assert claims(["Something changed. Ask what."]) == []


def test_no_word_beside_a_chart_claims_anything():
    texts = [text for topic in BESIDE for text in FRAMEWORK.words.group(topic).values()]
    assert len(texts) > 30
    assert claims(texts) == []


def test_what_the_page_is_sent_about_a_signal_claims_nothing():
    worksheet, _ = example()
    view = charts_view(pilot_in(SHEET, worksheet), FRAMEWORK.words)
    assert any(chart["state"] == "signal" for chart in view["charts"])
    assert claims([json.dumps(view, ensure_ascii=False)]) == []


@pytest.mark.parametrize("effect", [True, False])
def test_no_story_of_weeks_makes_a_chart_claim_anything(effect):
    """With a change and without one, under every rule set: what luck does looks the same."""
    _, assessment = example()
    answers = dict(FRAMEWORK.examples["focus"].answers)
    weeks = {it.measure: story.weeks_of(it, effect=effect, seed=7) for it in story.MEASURES}
    names = {row: it.measure for row, it in zip(story.ROWS, story.MEASURES, strict=True)}
    answers["figures"] = [
        row
        | {
            "group_data": "\n".join(
                f"{day} {value:g}"
                for day, value in zip(
                    story.mondays(), weeks[names[row["of"]]][row["group"]], strict=True
                )
            )
        }
        for row in answers["figures"]
    ]
    for rules in ("limits", "run", "wheeler", "nelson", "nhs"):
        filled = read_worksheet(SHEET, answers | {"chart_rules": rules}, FRAMEWORK.words)
        told = in_words(SHEET, filled, assessment, FRAMEWORK)
        assert len(told) == 1 + 13
        assert claims(told) == []


def test_the_findings_about_charts_claim_nothing():
    """What the verdict's card says of a signal, and whatever else rests on the figures."""
    about = {
        key: f"{message.heading} {message.text} {message.advice}"
        for key, message in SHEET.messages.items()
        if key.startswith(("FOC-04.", "MET-12."))
    }
    assert "FOC-04.changed" in about
    assert claims(about.values()) == []


def test_the_saved_page_puts_no_claim_into_the_part_of_the_charts():
    worksheet, assessment = example()
    day = date(2027, 4, 23)
    html = sheet_html(SHEET, worksheet, assessment, FRAMEWORK, "Mine", "", day)
    title = FRAMEWORK.words.text("weekly_charts.title")
    part = html[html.index(f"{title}</h2>") :]
    part = part[: part.index("<h2", 10)]
    assert "Something changed" in part
    assert claims([part]) == []
