"""The words of evidence: nothing beside a chart claims why, and each result has its sentence."""

import re
from typing import get_args, get_type_hints

from playbook.analysis.pilot.charts import RULE_SETS, Signal
from playbook.analysis.pilot.decision import Both, Says
from playbook.analysis.pilot.designs import Grade
from playbook.analysis.pilot.promise import DeviationKind
from playbook.analysis.pilot.verdicts import Outcome, Why
from playbook.framework import load_framework

WORDS = load_framework().words.group("evidence")
CLAIMS = re.compile(
    r"\bwork(s|ed|ing)?\b|\beffects?\b|\beffective\b|\bcaus(e|es|ed|ing)\b|\bbecause\b"
    r"|\bdue to\b|\bthanks to\b|\bled to\b|\bimpact\b|\bprov(e|es|ed|en)\b|\bsuccess",
    re.IGNORECASE,
)


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
