"""Who came forward, how many there are, and what they were told."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.rules import Case, Hit, Number
from playbook.rules.workgroups.shared import (
    count_of_people,
    everybody_placed,
    limit,
    people,
    sheet_rule,
)

PROMISES = {
    "job": "the job",
    "pay": "the pay",
    "rating": "the rating",
    "back": "a way back",
    "message": "a message to those not chosen",
}
CONTEST = "pitch"


@sheet_rule("WG-12", raises=("volunteers", "mixed", "assigned", "picked"))
def people_volunteer(case: Case) -> Iterator[Hit]:
    found = case.get("found")
    if found in ("volunteers", "mixed", "assigned"):
        yield Hit(found, ("found",))
    if "manager" in case.many("criterion"):
        yield Hit("picked", ("criterion",))


@sheet_rule("X-24", raises=("sent",))
def nobody_was_sent(case: Case) -> Iterator[Hit]:
    if sent := sum(row.get("came") == "sent" for row in people(case)):
        yield Hit("sent", ("came",), {"count": sent})


@sheet_rule("N-01", raises=("few", "fits", "differs"))
def enough_people(case: Case) -> Iterator[Hit]:
    count, said = count_of_people(case), case.number("people_count")
    least, most = limit(case, "volunteers_least"), limit(case, "volunteers_most")
    if count is not None and count <= most:
        told = {"people": count, "least": least, "most": most}
        yield Hit("few" if count < least else "fits", ("people_count",), told)
    if everybody_placed(case) and said is not None and len(people(case)) != said:
        listed = {"listed": len(people(case)), "people": f"{said:g}"}
        yield Hit("differs", ("people_count",), listed)


@sheet_rule("CAP-02", raises=("not_listed", "not_freed"))
def everybody_is_on_the_capacity_sheet(case: Case) -> Iterator[Hit]:
    """Whose time was never looked at may not be free; who is listed may not be freed."""
    count = count_of_people(case)
    for key, carried, named in (
        ("not_listed", "volunteers", "listed"),
        ("not_freed", "freed", "freed"),
    ):
        known = case.carried.get(carried)
        if count is not None and isinstance(known, str) and count > float(known):
            yield Hit(key, ("people_count",), {"people": count, named: known})
            return


@sheet_rule("WG-45", raises=("many",))
def not_too_many_people(case: Case) -> Iterator[Hit]:
    count, most = count_of_people(case), limit(case, "volunteers_most")
    if count is not None and count > most:
        yield Hit("many", ("people_count",), {"people": count, "most": most})


@sheet_rule("WG-14", raises=("ranking",))
def not_by_past_performance(case: Case) -> Iterator[Hit]:
    if "ranking" in case.many("criterion"):
        yield Hit("ranking", ("criterion",))


@sheet_rule("WG-15", raises=("clean",))
def complainers_may_come(case: Case) -> Iterator[Hit]:
    if "clean" in case.many("criterion"):
        yield Hit("clean", ("criterion",))


@sheet_rule("WG-20", raises=("all", "lacking"))
def nobody_is_penalised(case: Case) -> Iterator[Hit]:
    given = case.many("assurances")
    if not given or "dont_know" in given:
        return
    if lacking := [words for promise, words in PROMISES.items() if promise not in given]:
        yield Hit("lacking", ("assurances",), {"lacking": ", ".join(lacking)})
    else:
        yield Hit("all", ("assurances",))


@sheet_rule("X-23", raises=("pitch",))
def a_contest_needs_a_message(case: Case) -> Iterator[Hit]:
    given = case.many("assurances")
    told = not given or "dont_know" in given or "message" in given
    if CONTEST in case.many("criterion") and not told:
        yield Hit("pitch", ("criterion", "assurances"))


@sheet_rule("WG-16", raises=("both", "lacking"))
def the_call_says_both(case: Case) -> Iterator[Hit]:
    said = case.many("call_says")
    if said and "dont_know" not in said:
        yield Hit("both" if {"pilot", "future"} <= set(said) else "lacking", ("call_says",))


@sheet_rule("WG-21", raises=("over",), numbers=("people_for_each_place",))
def more_people_than_places(case: Case) -> Iterator[Hit | Number]:
    came, places = case.number("came_forward"), count_of_people(case)
    if came is not None and places:
        yield Number("people_for_each_place", round(came / places, 1))
        if came > places:
            yield Hit("over", ("came_forward",), {"came": f"{came:g}", "places": places})
