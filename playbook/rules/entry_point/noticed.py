"""Would it be noticed, what does it take to begin, and what could go wrong?"""

from __future__ import annotations

from collections.abc import Iterator

from playbook.rules import Case, Hit, rule
from playbook.rules.entry_point.shared import in_quotes, unsaid


@rule("ENT-07", raises=("cold",))
def motivates_others(case: Case) -> Iterator[Hit]:
    if case.answered("motivates", "no"):
        yield Hit("cold", ("motivates",))


@rule("ENT-10", raises=("large",))
def starts_without_large_investment(case: Case) -> Iterator[Hit]:
    if case.answered("cost", "large"):
        yield Hit("large", ("cost",))


@rule("ENT-11", raises=("another", "partly", "unnamed", "named"))
def moves_a_metric(case: Case) -> Iterator[Hit]:
    answer = case.get("moves")
    if answer == "no":
        yield Hit("another", ("moves",))
    elif answer == "partly":
        yield Hit("partly", ("moves",))
    elif answer == "yes":
        missing = unsaid(case, ("metric", "money"))
        yield Hit("unnamed", missing) if missing else Hit("named", ("metric", "money"))


@rule("GAP-19", raises=("none", "one", "most"))
def leaders_would_act(case: Case) -> Iterator[Hit]:
    """Three leaders from elsewhere were asked whether they would act on the result."""
    names = {"none": "none", "one": "one", "two": "most", "three": "most"}
    if name := names.get(case.get("would_act") or ""):
        yield Hit(name, ("would_act",))


@rule("X-04", raises=("untold", "told", "adapted"))
def like_the_rest_of_the_company(case: Case) -> Iterator[Hit]:
    if case.answered("representative", "no", "partly"):
        told = "adapted" if case.get("translation") else "told"
        name = told if case.get("limits") else "untold"
        yield Hit(name, ("representative", "limits", "translation"))


@rule("CAP-09", raises=("both",))
def new_technology_at_once(case: Case) -> Iterator[Hit]:
    if case.answered("technology", "starts"):
        yield Hit("both", ("technology",))


@rule("CAP-11", raises=("named",))
def left_with_the_tasks(case: Case) -> Iterator[Hit]:
    if case.get("left_with"):
        yield Hit("named", ("left_with",))


# --------------------------------------------------------------------------- risks


@rule("ENT-08", raises=("launch", "impact", "open"))
def two_lists_of_risks(case: Case) -> Iterator[Hit]:
    risks = case.mine("risks", "threatens")
    for level in ("launch", "impact"):
        if named := [str(row.get("risk", "–")) for row in risks if row.get("level") == level]:
            yield Hit(level, ("level",), {"risks": in_quotes(named)})
    if still := [row for row in risks if "mitigation" not in row]:
        yield Hit(
            "open",
            ("mitigation",),
            {"risks": in_quotes(str(row.get("risk", "–")) for row in still)},
        )


@rule("ENT-09", raises=("costs", "unknown"))
def mitigation_without_less_impact(case: Case) -> Iterator[Hit]:
    mitigated = [row for row in case.mine("risks", "threatens") if "mitigation" in row]
    costly = [row for row in mitigated if row.get("impact_lost") in ("some", "much")]
    unknown = [row for row in mitigated if row.get("impact_lost") in (None, "dont_know")]
    for name, rows in (("costs", costly), ("unknown", unknown)):
        if rows:
            yield Hit(
                name, ("impact_lost",), {"steps": in_quotes(str(row["mitigation"]) for row in rows)}
            )
