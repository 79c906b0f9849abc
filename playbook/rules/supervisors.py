"""The supervisors sheet's rules: what each supervisor is told, given and promised.

Questions are named as in content/sheets/supervisors.toml, whose `messages` hold words and weights.
Every supervisor counts, so each is judged and the one least far decides. Nothing here adds up,
ranks or scores a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from playbook.model import Value
from playbook.rules import Case, Hit, rule

LINES = frozenset({"does", "stops", "trusts", "forgiven"})
"""What the written agreement says."""

UNSAID = {"tight": "room", "loose": "direction", "drifting": "better"}
"""What a lack is called, and the question that shows it."""

SOMEWHAT = ("yes", "partly")
SELDOM = ("monthly", "asked")


def _picked(case: Case, question: str) -> frozenset[str] | None:
    """What was picked, empty for "none of these"; None while nobody knows."""
    picked = frozenset(case.many(question))
    return picked - {"none", "dont_know"} if picked - {"dont_know"} else None


# --------------------------------------------------------------------------- the five parts


@rule("SUP-07", raises=("agreed_yes", "agreed_partly", "agreed_no"))
def agreed_role(case: Case) -> Iterator[Hit]:
    if case.answered("agreed", *SOMEWHAT, "no"):
        yield Hit(f"agreed_{case.get('agreed')}", ("agreed",))


@rule("SUP-08", raises=("four_lines", "lines_lacking"))
def four_lines(case: Case) -> Iterator[Hit]:
    said = _picked(case, "agreement")
    if said is not None and LINES - said:
        yield Hit("lines_lacking", ("agreement",), {"count": len(LINES - said)})
    elif said is not None:
        yield Hit("four_lines", ("agreement",))


@rule("SUP-08", raises=("guaranteed", "no_guarantor"))
def guarantee(case: Case) -> Iterator[Hit]:
    settled = _picked(case, "performance")
    if settled is not None and "guarantee" not in settled:
        yield Hit("no_guarantor", ("performance",))
    elif settled and case.get("guarantor"):
        yield Hit("guaranteed", ("performance", "guarantor"))


@rule("SUP-09", raises=("knows_all", "no_growth", "not_clear"))
def expectations(case: Case) -> Iterator[Hit]:
    known = _picked(case, "knows")
    if known is None:
        return
    if "growth" not in known:
        yield Hit("no_growth", ("knows",))
    if not {"differences", "intent"} <= known:
        yield Hit("not_clear", ("knows",))
    elif "growth" in known:
        yield Hit("knows_all", ("knows",))


@rule("SUP-10", raises=("relaxed", "none_relaxed", "lapsed", "ends_early"))
def relaxed_target(case: Case) -> Iterator[Hit]:
    settled, until = _picked(case, "performance"), case.day("relaxed_until")
    if settled is not None and "relaxed" not in settled:
        yield Hit("none_relaxed", ("performance",))
    elif until and until < case.today:
        yield Hit("lapsed", ("relaxed_until",), {"days": (case.today - until).days})
    elif until and until < _review(case):
        yield Hit("ends_early", ("relaxed_until",))
    elif until and case.get("relaxed_what"):
        yield Hit("relaxed", ("performance", "relaxed_what", "relaxed_until"))


def _review(case: Case) -> date:
    """The day of the review, else the pilot's last one; today while neither is set."""
    ends = [case.carried.get(name) for name in ("review_on", "pilot_end")]
    return next((date.fromisoformat(day) for day in ends if isinstance(day, str)), case.today)


@rule("SUP-11", raises=("incentive", "no_incentive"))
def incentive(case: Case) -> Iterator[Hit]:
    settled = _picked(case, "performance")
    if settled is not None and "incentive" not in settled:
        yield Hit("no_incentive", ("performance",))
    elif settled and case.get("incentive"):
        yield Hit("incentive", ("performance", "incentive"))


@rule("SUP-12", raises=("both", "only_training", "only_support", "no_help"))
def help_to_coach(case: Case) -> Iterator[Hit]:
    given = _picked(case, "help")
    if given is None:
        return
    named = {"training": "only_training", "support": "only_support"}
    name = named[next(iter(given))] if len(given) == 1 else "both" if given else "no_help"
    yield Hit(name, ("help",))


@rule("SUP-20", raises=("regular", "seldom"))
def support_is_regular(case: Case) -> Iterator[Hit]:
    if case.answered("rhythm", *SELDOM):
        yield Hit("seldom", ("rhythm",))
    elif case.answered("rhythm", "weekly", "fortnightly") and case.get("supporter"):
        yield Hit("regular", ("rhythm", "supporter"))


@rule("SUP-18", raises=("focus_yes", "focus_partly", "focus_no", "untied"))
def first_focus(case: Case) -> Iterator[Hit]:
    """Tied to the metric tree, once there is one: by a measure's name in what was written."""
    named, measures = case.get("focus_on"), case.carried.get("measures") or ()
    tied = named and any(one.casefold() in named.casefold() for one in measures)
    if named and measures and not tied:
        yield Hit("untied", ("focus_on",))
    if case.answered("focus", "partly", "no"):
        yield Hit(f"focus_{case.get('focus')}", ("focus",))
    elif case.answered("focus", "yes") and named and (tied or not measures):
        yield Hit("focus_yes", ("focus", "focus_on"))


# --------------------------------------------------------------------------- make it stronger


@rule("SUP-22", raises=("more_support", "too_little"))
def after_policing(case: Case) -> Iterator[Hit]:
    if case.answered("policing", *SOMEWHAT):
        given = _picked(case, "help")
        alone = given is not None and "support" not in given
        seldom = alone or case.answered("rhythm", "fortnightly", *SELDOM)
        yield Hit("too_little" if seldom else "more_support", ("policing", "rhythm"))


@rule("SUP-04", raises=("advocate", "not_yet"))
def advocates(case: Case) -> Iterator[Hit]:
    if case.answered("advocate", "yes"):
        yield Hit("advocate", ("advocate",))
    elif case.answered("advocate", "partly", "no"):
        yield Hit("not_yet", ("advocate",))


@rule("SUP-05", raises=(*UNSAID, "balanced"))
def balance(case: Case) -> Iterator[Hit]:
    for name, question in UNSAID.items():
        if case.answered(question, "no"):
            yield Hit(name, (question,))
    if all(case.answered(question, "yes") for question in UNSAID.values()):
        yield Hit("balanced", tuple(UNSAID.values()))


@rule("SUP-29", raises=("unsighted", "pair"))
def sight_and_room(case: Case) -> Iterator[Hit]:
    """Whatever room there is: without sight it leads anywhere."""
    if case.answered("sees", "no"):
        yield Hit("unsighted", ("sees", "room"))
    elif case.answered("sees", "yes") and case.answered("room", "yes"):
        yield Hit("pair", ("sees", "room"))


# --------------------------------------------------------------------------- all of them


@rule("GAP-09", raises=("too_few",), scope="sheet")
def enough_supervisors(case: Case) -> Iterator[Hit]:
    """For the groups that the Workgroups sheet has; of nobody listed the sheet says that itself."""
    listed = sum(bool(row) for row in case.rows.get("supervisors", ()))
    groups, most = case.carried.get("groups"), round(case.thresholds["groups_for_each_supervisor"])
    if listed and isinstance(groups, str) and float(groups) > listed * most:
        told = {"groups": f"{float(groups):g}", "supervisors": listed, "most": most}
        yield Hit("too_few", ("who",), told)


# --------------------------------------------------------------------------- the managers above


@rule("SUP-23", raises=("let_go", "keep_control", "not_overruled"), scope="sheet")
def managers_let_go(case: Case) -> Iterator[Hit]:
    if case.answered("overrule", "no"):
        yield Hit("not_overruled", ("overrule", "let_go"))
    elif case.answered("let_go", "partly", "no"):
        yield Hit("keep_control", ("let_go", "overrule"))
    elif case.answered("let_go", "yes"):
        yield Hit("let_go", ("let_go",))


def _managers(case: Case, picked: Callable[[Mapping[str, Value]], bool]) -> int:
    return sum(picked(row) for row in case.rows.get("managers", ()))


@rule("SUP-23", raises=("one_keeps",), scope="sheet")
def each_manager(case: Case) -> Iterator[Hit]:
    both = ("releases", "keeps_off")
    keeps = _managers(case, lambda row: any(row.get(one) in ("partly", "no") for one in both))
    if keeps:
        yield Hit("one_keeps", ("releases", "keeps_off"), {"count": keeps})


@rule("SUP-24", raises=("not_understood",), scope="sheet")
def managers_understand(case: Case) -> Iterator[Hit]:
    if count := _managers(case, lambda row: row.get("understands") in ("partly", "no")):
        yield Hit("not_understood", ("understands",), {"count": count})


@rule("SUP-25", raises=("not_sponsor",), scope="sheet")
def the_sponsor_told_them(case: Case) -> Iterator[Hit]:
    if count := _managers(case, lambda row: row.get("told_by") in ("other", "nobody")):
        yield Hit("not_sponsor", ("told_by",), {"count": count})
