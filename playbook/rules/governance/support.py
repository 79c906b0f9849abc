"""People, money and incentives, and what comes before, in and after the pilot."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.rules import Case, Hit
from playbook.rules.governance.protects import RUNNING, scales, sheet_rule, told

PULSE = ("together", "experiments", "accountable")
THREE = 3


@sheet_rule("WS-031", raises=("pulse",))
def three_questions_about_culture(case: Case) -> Iterator[Hit]:
    given = [case.get(one) for one in PULSE]
    if all(one and one != "dont_know" for one in given):
        values = {"often": given.count("often"), "seldom": given.count("seldom")}
        yield Hit("pulse", PULSE, values)


@sheet_rule("WS-033", raises=("budget",))
def budgets_follow_priorities(case: Case) -> Iterator[Hit]:
    if case.answered("budget", "no"):
        yield Hit("budget", ("budget",))


@sheet_rule("WS-074", raises=("fit", "bridged", "bridge_ends", "against"))
def incentives_fit(case: Case) -> Iterator[Hit]:
    """A bridge is enough in a pilot, and no longer once others join."""
    given = case.get("incentives")
    if given == "bridged" and scales(case):
        yield Hit("bridge_ends", ("incentives", "phase"))
    elif given and given != "dont_know":
        yield Hit(given, ("incentives",))


@sheet_rule("WS-047", raises=("gaps",))
def people_are_ready(case: Case) -> Iterator[Hit]:
    ready = told(case, "ready")
    if ready is not None and len(ready) < THREE:
        yield Hit("gaps", ("ready",), {"count": len(ready)})


@sheet_rule("WS-048", raises=("no",))
def leaders_do_it_themselves(case: Case) -> Iterator[Hit]:
    if case.answered("leaders", "no"):
        yield Hit("no", ("leaders",))


@sheet_rule("WS-066", raises=("one_eye",))
def figures_and_voices(case: Case) -> Iterator[Hit]:
    seen = told(case, "discovery")
    if seen is not None and seen != {"figures", "voices"}:
        yield Hit("one_eye", ("discovery",))


@sheet_rule("WS-067", raises=("none",))
def there_is_a_baseline(case: Case) -> Iterator[Hit]:
    """The gate before the pilot asks for it; what is said here is newer."""
    carried = case.carried.get("baseline")
    if case.answered("phase", *RUNNING) and (case.get("baseline_now") or carried) == "no":
        yield Hit("none", ("baseline_now",))


@sheet_rule("WS-069", raises=("unlike", "translated"))
def results_are_carried_over(case: Case) -> Iterator[Hit]:
    if case.answered("alike", "no", "partly"):
        yield Hit("translated" if case.get("translated") else "unlike", ("alike", "translated"))


@sheet_rule("WS-070", raises=("no_lessons",))
def lessons_go_on(case: Case) -> Iterator[Hit]:
    if scales(case) and not case.get("lessons"):
        yield Hit("no_lessons", ("lessons",))


@sheet_rule("WS-072", raises=("gaps",))
def a_wave_has_support(case: Case) -> Iterator[Hit]:
    given = told(case, "wave_has")
    if given is not None and len(given) < THREE:
        yield Hit("gaps", ("wave_has",), {"count": len(given)})


@sheet_rule("X-09", raises=("copied",))
def supports_spread_and_ways_vary(case: Case) -> Iterator[Hit]:
    if case.answered("same", "all"):
        yield Hit("copied", ("same",))


@sheet_rule("X-01", raises=("open", "known", "both"))
def tools_by_kind_of_work(case: Case) -> Iterator[Hit]:
    if (kind := case.get("kind")) and kind != "dont_know":
        yield Hit(kind, ("kind",))
