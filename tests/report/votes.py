"""A class's votes as a host tells them to one of its people: asked once, asked twice, in ranges."""

from __future__ import annotations

from datetime import date
from typing import Any

from playbook.report.take_home.take_home import ClassTold

AGREED = {"what": "Ask ten customers", "owner": "Ana", "due": "2027-01-15"}


def vote(ident: str, text: str, counts: dict[str, int], mine: Any, **more: Any) -> dict[str, Any]:
    """A vote whose choices are called as their ids, with so many answers to each."""
    result = {"respondents": sum(counts.values()), "counts": counts, "ranges": None, "texts": None}
    result |= {"fact": None, "before": None, "disagreement": 0.5, "read": 0, "predictions": None}
    told: dict[str, Any] = {
        "id": ident,
        "text": text,
        "choices": [{"id": it, "label": it, "hint": ""} for it in counts],
        "form": "one",
        "unit": "",
        "before": None,
        "result": result,
        "mine": {"value": mine},
        "first": None,
    }
    return told | more


def class_told() -> ClassTold:
    """A class of 38, on 2 December 2026."""
    counts = {"Best performers": 19, "Reliable": 8, "Complainers": 11}
    first = vote("first", "Whose work first?", counts, "Best performers")
    again = vote(
        "again",
        "Whose work first?",
        {"Best performers": 12, "Reliable": 5, "Complainers": 21},
        "Complainers",
        before="first",
        first={"value": "Best performers"},
    )
    again["result"]["before"] = {"counts": counts, "both": 38, "changed": 14, "moves": []}
    rate = vote("rate", "How far did the rate fall?", {}, ["40", "60"], form="range", unit="%")
    fact = {"value": "85", "bound": "exact", "source": "Report of 1998"}
    rate["result"] |= {"counts": None, "ranges": [["40", "60"]] * 38, "disagreement": None}
    rate["result"] |= {"respondents": 38, "fact": {**fact, "held": 9, "below": 28, "above": 1}}
    votes = [vote("metric", "Which figure first?", {"Safety": 14, "Cost": 24}, "Safety")]
    day = date(2026, 12, 2)
    return ClassTold("Sofia", "Small moves", day, [*votes, first, again, rate], [AGREED], [], 5)
