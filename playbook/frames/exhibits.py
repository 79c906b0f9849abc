"""The figures of a case's exhibit as a tidy frame."""

from __future__ import annotations

import pandas as pd

from playbook.cases.load import load_case
from playbook.framework import load_framework
from playbook.model import InputError

COLUMNS = ("series", "unit", "year", "value", "sure", "source", "fact")


def exhibit(case_id: str, exhibit_id: str) -> pd.DataFrame:
    """One row a point: series, unit, year, value, how sure it is, where it can be looked up, and
    the fact that says it. n is the number of rows; years without a figure have none.

    InputError for a case, or an exhibit of it, that is not there. It tells what happened: play the
    case first.
    """
    framework = load_framework()
    case = load_case(case_id, framework=framework)
    known = {it.id: it for it in case.exhibits}
    if exhibit_id not in known:
        there = ", ".join(known) or "none"
        raise InputError(f"The case {case_id} has no exhibit {exhibit_id!r}; there are {there}.")
    rows = []
    for point in known[exhibit_id].points:
        fact = case.fact(point.fact)
        sure = framework.words.text(f"cases.sure.{fact.sure}")
        source = "; ".join(place.address for place in fact.places)
        rows.append((point.series, point.unit, point.year, point.value, sure, source, fact.text))
    return pd.DataFrame(rows, columns=list(COLUMNS))
