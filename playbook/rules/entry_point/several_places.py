"""Several places side by side: by the map, and by scores if somebody gave them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from playbook.analysis.entry_point.weight_sensitivity import (
    StabilityInterval,
    WeightStability,
    weight_stability,
)
from playbook.model import Value
from playbook.rules import Case, Hit, Number, rule
from playbook.rules.entry_point.shared import FACTORS, PERCENT, in_quotes, point_of, quadrant


@rule("ENT-02", raises=("choose",), scope="sheet")
def several_places(case: Case) -> Iterator[Hit]:
    if len(case.row_levels) > 1 and not case.get("chosen"):
        yield Hit("choose", ("chosen",))


@rule("ENT-06", raises=("first", "likelihood_first", "none"), scope="sheet")
def impact_first(case: Case) -> Iterator[Hit]:
    """Of the places where impact matters, the likeliest; the other way round if so wished."""
    placed = [row for row in case.rows["candidates"] if quadrant(case, row)]
    if len(placed) < 2:  # noqa: PLR2004 - one place is no comparison
        return
    likely_first = case.answered("order", "likelihood")
    kept = ("start", "dismissed") if likely_first else ("start", "mitigate")
    ranked = ("impact", "likelihood") if likely_first else ("likelihood", "impact")
    left = [row for row in placed if quadrant(case, row) in kept]
    places = [[point_of(case, row, question) or 0 for question in ranked] for row in left]
    best = [row for row, place in zip(left, places, strict=True) if place == max(places)]
    if best:
        name = "likelihood_first" if likely_first else "first"
        yield Hit(name, ("impact", "likelihood"), {"names": _names(best)})
    else:
        yield Hit("none", ("impact", "likelihood"))


def _names(rows: Iterable[Mapping[str, Value]]) -> str:
    return in_quotes(str(row.get("place", "–")) for row in rows)


# --------------------------------------------------------------------------- scores


def _weighed(case: Case) -> tuple[dict[str, str], WeightStability] | None:
    """The scores of all places that have all seven, with their names; None under two of them."""
    scored = _scored(case)
    names = {row_id: str(row.get("place", "–")) for row_id, row in scored}
    weights = _weights(case)
    if len(scored) < 2 or not any(weights):  # noqa: PLR2004 - one place is no comparison
        return None
    scores = {
        row_id: [Fraction(str(row[f"score_{factor}"])) for factor in FACTORS]
        for row_id, row in scored
    }
    return names, weight_stability(scores, weights)


def _scored(case: Case) -> list[tuple[str, Mapping[str, Value]]]:
    """Places on the map that have all seven scores, with their ids."""
    rows = zip(case.row_ids["candidates"], case.rows["candidates"], strict=True)
    return [
        (row_id, row)
        for row_id, row in rows
        if row.get("free") != "no" and all(f"score_{factor}" in row for factor in FACTORS)
    ]


def _weights(case: Case) -> tuple[Fraction, ...]:
    """As given; a factor without a weight counts once."""
    return tuple(Fraction(case.get(f"weight_{factor}") or 1) for factor in FACTORS)


@rule("GAP-01", raises=("half", "weightless"), scope="sheet")
def scores_to_complete(case: Case) -> Iterator[Hit]:
    any_score = any(
        f"score_{factor}" in row for factor in FACTORS for row in case.rows["candidates"]
    )
    if any_score and len(_scored(case)) < 2:  # noqa: PLR2004 - one place is no comparison
        yield Hit("half", ())
    elif any_score and not any(_weights(case)):
        yield Hit("weightless", ())


@rule("GAP-01", raises=("winner", "level"), scope="sheet")
def winner_by_scores(case: Case) -> Iterator[Hit]:
    if weighed := _weighed(case):
        names, result = weighed
        first = [names[row_id] for row_id in result.winners]
        total = f"{float(result.totals[result.winners[0]]):.2f}"
        name = "winner" if len(first) == 1 else "level"
        yield Hit(name, (), {"names": in_quotes(first), "total": total})


@rule("ENT-47", raises=("above", "below", "steady", "never"), scope="sheet")
def does_the_winner_change(case: Case) -> Iterator[Hit]:
    """The factor whose weight has to change least; and whom no weights at all put first."""
    if not (weighed := _weighed(case)):
        return
    names, result = weighed
    if never := [names[row_id] for row_id, margin in result.margins.items() if margin < 0]:
        yield Hit("never", (), {"names": in_quotes(never)})
    if ends := list(_ends(result.ranges)):
        _, name, factor, share, now, rivals = min(ends)
        values = {
            "share": f"{PERCENT * float(share):.3g}%",
            "now": f"{PERCENT * float(now):.3g}%",
            "names": in_quotes(names[rival] for rival in rivals),
        }
        yield Hit(name, (f"weight_{factor}",), values)
    elif result.ranges:
        yield Hit("steady", (), {"names": in_quotes(names[row_id] for row_id in result.winners)})


def _ends(
    ranges: Iterable[StabilityInterval],
) -> Iterator[tuple[Fraction, str, str, Fraction, Fraction, tuple[str, ...]]]:
    """Where somebody else would take over: how far away, in which direction, which factor."""
    for factor, found in zip(FACTORS, ranges, strict=False):
        if found.above:
            yield found.high - found.now, "above", factor, found.high, found.now, found.above
        if found.below:
            yield found.now - found.low, "below", factor, found.low, found.now, found.below


@rule(
    "ENT-47",
    numbers=tuple(
        f"weight_{factor}_{end}_percent" for factor in FACTORS for end in ("low", "high")
    ),
    scope="sheet",
)
def where_the_winner_changes(case: Case) -> Iterator[Number]:
    """For each factor the shares of the weight between which the winner stays."""
    if weighed := _weighed(case):
        for factor, found in zip(FACTORS, weighed[1].ranges, strict=False):
            yield Number(f"weight_{factor}_low_percent", round(PERCENT * float(found.low), 1))
            yield Number(f"weight_{factor}_high_percent", round(PERCENT * float(found.high), 1))
