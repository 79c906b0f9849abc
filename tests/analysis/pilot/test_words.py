"""The words of evidence: nothing beside a chart claims why, and each result has its sentence."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import get_args, get_type_hints

import pytest

from playbook.analysis.pilot.charts import RULE_SETS, Signal
from playbook.analysis.pilot.decision import Both, Says
from playbook.analysis.pilot.designs import Grade
from playbook.analysis.pilot.promise import DeviationKind
from playbook.analysis.pilot.verdicts import Outcome, Why
from playbook.assessing.workbook import Workbook
from playbook.framework import load_framework
from playbook.model import Content
from playbook.model.resources import PACKAGE
from playbook.report.brief import build_brief
from playbook.report.brief.formats import FORMATS
from playbook.report.page import FilledWorksheet, document_html
from playbook.report.weekly.page import weekly_page
from playbook.report.weekly.text import weekly_lines
from scripts import thirteen_weeks

FRAMEWORK = load_framework()
DAY = date(2027, 4, 23)
WORDS = FRAMEWORK.words.group("evidence")
CLAIMS = re.compile(
    r"\bwork(s|ed|ing)?\b|\beffects?\b|\beffective\b|\bcaus(e|es|ed|ing)\b|\bbecause\b"
    r"|\bdue to\b|\bthanks to\b|\bled to\b|\bimpact\b|\bprov(e|es|ed|en)\b|\bsuccess",
    re.IGNORECASE,
)

SIGNAL_CLAIMS = re.compile(
    r"\bworked\b(?! (?:out|alone)\b)|\beffects?\b|\bcaus(?:ed|es)\b|\bbecause of the pilot\b",
    re.IGNORECASE,
)
ESTIMATED = (
    "metrics.",
    "factors.",
    "cards.number.result_",
    "brief.effect",
    "system_map.",
    "error.system_map.",
    "map_versions.",
)
"""What people expect of a link, a place or a plan before anything is charted: there an effect is
what they enter. No chart with a signal stands on those sheets."""


def test_no_word_of_evidence_claims_why_something_changed() -> None:
    """Beside a chart nothing may; so no sentence of the topic does, whatever stands beside what."""
    assert len(WORDS) > 60
    assert {key: text for key, text in WORDS.items() if CLAIMS.search(text)} == {}
    for claim in ("It worked.", "The effect is 4%.", "Caused by it", "because of the pilot"):
        assert CLAIMS.search(claim)


def test_every_result_that_can_come_out_has_its_sentence() -> None:
    expected = {f"grade.{it.name.lower()}" for it in Grade} | {f"rules.{it}" for it in RULE_SETS}
    expected |= {f"chart.{it}" for it in get_args(get_type_hints(Signal)["rule"])}
    for group, kind in (
        ("verdict", Outcome),
        ("verdict", Why),
        ("success", Both),
        ("rule", Says),
        ("deviation", DeviationKind),
    ):
        expected |= {f"{group}.{it.replace(' ', '_')}" for it in get_args(kind) if it}
    assert expected <= WORDS.keys()


def test_sentences_are_short_and_numbers_close_to_their_percent_sign() -> None:
    for key, text in WORDS.items():
        assert max(len(it.split()) for it in re.split(r"[.?:]\s", text)) <= 20, key
        assert not re.search(r"[\d}]\s%", text), key


# --------------------------------------------------------------------------- all wording


def sentences(part: object, where: str) -> Iterator[tuple[str, str]]:
    """Every text of a piece of content, with the way to it."""
    if isinstance(part, Content):
        part = {name: getattr(part, name) for name in type(part).model_fields}
    if isinstance(part, str):
        yield where, part
    elif hasattr(part, "items"):
        for key, one in part.items():
            yield from sentences(one, f"{where}.{key}")
    elif isinstance(part, tuple | list):
        for place, one in enumerate(part):
            yield from sentences(one, f"{where}.{place}")


def test_all_wording_and_all_of_act_is_walked_and_claims_nothing() -> None:
    """Read from the files, so that no topic is left out."""
    told = dict(
        pair
        for path in sorted((PACKAGE / "content" / "wording").glob("*.toml"))
        for pair in sentences(tomllib.loads(path.read_text(encoding="utf-8")), "")
    )
    assert len(told) > 1_500
    claiming = {key for key, text in told.items() if SIGNAL_CLAIMS.search(text)}
    assert {key for key in claiming if not key[1:].startswith(ESTIMATED)} == set()
    (act,) = (stage for stage in FRAMEWORK.stages if stage.id == "act")
    parts = {name: FRAMEWORK.sheets[name] for name in act.sheets} | {
        "brief": FRAMEWORK.briefs["act"]
    }
    told = dict(pair for name, part in parts.items() for pair in sentences(part, name))
    assert len(told) > 3_000
    assert {key: text for key, text in told.items() if SIGNAL_CLAIMS.search(text)} == {}


@pytest.mark.parametrize("group", ["", *thirteen_weeks.GROUPS])
def test_no_surface_that_shows_a_signal_claims_why(group: str) -> None:
    """The weekly page of each group, and the saved page of the sheet with all charts."""
    workbook = Workbook(FRAMEWORK, DAY).examples
    told = [
        line
        for _, said in weekly_lines(weekly_page(workbook, group, DAY), FRAMEWORK)
        for line in said
    ]
    assert any("Something changed" in line for line in told)
    assert [line for line in told if SIGNAL_CLAIMS.search(line)] == []


def test_neither_sponsor_page_nor_saved_page_claims_why() -> None:
    workbook = Workbook(FRAMEWORK, DAY).examples
    (act,) = (stage for stage in FRAMEWORK.stages if stage.id == "act")
    brief = build_brief(workbook, act.id, example=True)
    told = {name: FORMATS[name].make(brief, FRAMEWORK.words).decode() for name in ("html", "email")}
    saved = [
        FilledWorksheet(it.sheet, it.worksheet, it.assessment, it.sheet.title, "")
        for it in workbook.entries()
        if it.sheet.id in act.sheets
    ]
    told["saved page"] = document_html(saved, FRAMEWORK, act.title, DAY)
    for name, html in told.items():
        text = " ".join(re.sub(r"<[^>]+>", " ", html).split())
        assert "Something changed" in text, name
        assert SIGNAL_CLAIMS.findall(text) == [], name
