"""Few problems that count: what is worked on, what it is worth, what is dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from playbook.analysis.pilot.told import plain
from playbook.analysis.problems import ListedProblem, problems_of
from playbook.rules import Case, Hit, Number
from playbook.rules.focus.shared import pilot, quoted, sheet_rule

RATED = ("worth", "reach", "known")


def _problems(case: Case) -> tuple[ListedProblem, ...]:
    return case.once(_read_problems)


def _read_problems(case: Case) -> tuple[ListedProblem, ...]:
    rows = case.rows.get("problems", ())
    return problems_of(zip(case.row_ids.get("problems", ()), rows, strict=True))


def _in(case: Case, state: str) -> list[ListedProblem]:
    return [it for it in _problems(case) if it.state == state]


@sheet_rule("FOC-06", raises=("none", "no_state", "unrated"), numbers=("problems_working",))
def a_problem_is_chosen(case: Case) -> Iterator[Hit | Number]:
    working = _in(case, "working")
    yield Number("problems_working", len(working))
    if unsaid := [it for it in _problems(case) if not it.state]:
        yield Hit("no_state", ("state",), {"problems": quoted([it.name for it in unsaid])})
    elif not working:
        yield Hit("none", ("problem", "state"))
    if unrated := [it for it in working if it.open]:
        lacks = [name for name in RATED if any(name in it.open for it in unrated)]
        yield Hit("unrated", tuple(lacks), {"problems": quoted([it.name for it in unrated])})


@sheet_rule("FOC-01", raises=("small_only", "large"))
def something_large_is_among_them(case: Case) -> Iterator[Hit]:
    worth = [it.worth for it in _in(case, "working")]
    if "large" in worth:
        yield Hit("large", ("worth",))
    elif worth and all(it == "small" for it in worth):
        yield Hit("small_only", ("worth",), {"count": len(worth)})


@sheet_rule("FOC-06", raises=("believed_only", "better_waits", "nothing_dropped", "no_reason"))
def the_most_worthwhile_come_first(case: Case) -> Iterator[Hit]:
    working, waiting, dropped = (_in(case, state) for state in ("working", "waiting", "dropped"))
    known = [it.known for it in working if it.known]
    if known and len(known) == len(working) and set(known) == {"believed"}:
        yield Hit("believed_only", ("known",))
    ranks = [it.rank for it in working if it.rank is not None]
    better = [it for it in waiting if it.rank is not None and ranks and it.rank > min(ranks)]
    if better:
        best = max(better, key=lambda it: (it.rank or 0, it.name))
        yield Hit("better_waits", RATED, {"problem": quoted([best.name])})
    most = case.thresholds["problems_listed_without_dropping"]
    if len(_problems(case)) > most and not dropped:
        yield Hit("nothing_dropped", ("state",), {"count": len(_problems(case))})
    if unsaid := [it for it in dropped if not it.why]:
        yield Hit("no_reason", ("dropped_why",), {"problems": quoted([it.name for it in unsaid])})


@sheet_rule("FOC-08", raises=("too_many", "few"))
def a_group_works_on_few(case: Case) -> Iterator[Hit]:
    """By group where rows name one; else over all groups that take part."""
    working, most = _in(case, "working"), round(case.thresholds["problems_at_once"])
    if not working:
        return
    named = Counter(plain(it.group) for it in working if it.group)
    unnamed = sum(not it.group for it in working)
    groups = max(len(pilot(case).groups) or _number(case, "groups"), len(named), 1)
    crowded = [count for count in named.values() if count > most]
    if crowded or unnamed > most * groups:
        yield Hit("too_many", ("state",), {"count": max([*crowded, unnamed]), "most": most})
    else:
        yield Hit("few", ("state",), {"count": len(working), "most": most})


def _number(case: Case, carry: str) -> int:
    value = case.carried.get(carry)
    return round(float(value)) if isinstance(value, str) else 0


@sheet_rule("EXP-20", raises=("found", "all_given"))
def groups_find_problems_themselves(case: Case) -> Iterator[Hit]:
    said = [it.origin for it in _problems(case) if it.origin]
    found, begun = said.count("found"), pilot(case).pilot_from
    weeks = round(case.thresholds["found_after_weeks"])
    if found:
        yield Hit("found", ("origin",), {"found": found, "all": len(said)})
    elif said and begun and case.today >= begun + timedelta(weeks=weeks):
        yield Hit("all_given", ("origin",), {"weeks": weeks})


@sheet_rule("FOC-02", raises=("brief", "no_brief"))
def groups_hear_what_matters(case: Case) -> Iterator[Hit]:
    if case.get("matters") and case.get("matters_by"):
        yield Hit("brief", ("matters", "matters_by"))
    elif _problems(case):
        yield Hit("no_brief", ("matters", "matters_by"))
