"""The connect sheet's rules: whom the groups meet, whom they miss, and who brings them together.

Questions are named as in content/sheets/connect.toml, whose `messages` hold words and weights.
Nothing here is said of a person: members are counted, never compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from playbook.analysis.connect import RINGS, Network, network_of
from playbook.rules import Case, Hit, Number, rule

IN_PERSON = frozenset({"visit", "talk"})
sheet_rule = partial(rule, scope="sheet")


def network(case: Case) -> Network:
    """All connections of the sheet."""
    return case.table("connections").once(network_of, case.table("groups"))


def percent(share: float) -> str:
    """36% for 0.357."""
    return f"{share:.0%}"


# --------------------------------------------------------------------------- expected, and helped


@sheet_rule("CON-02", raises=("expected_yes", "only_told", "not_expected", "barred"))
def members_are_expected_to_connect(case: Case) -> Iterator[Hit]:
    names = {"yes": "expected_yes", "told": "only_told", "no": "not_expected", "barred": "barred"}
    if name := names.get(case.get("expected") or ""):
        yield Hit(name, ("expected",))


@sheet_rule("CON-30", raises=("leaders_open_doors", "some_doors", "no_doors"))
def leaders_bring_people_together(case: Case) -> Iterator[Hit]:
    names = {"yes": "leaders_open_doors", "partly": "some_doors", "no": "no_doors"}
    if name := names.get(case.get("brokered") or ""):
        yield Hit(name, ("brokered",))


@sheet_rule("CON-29", raises=("no_trade", "uncoached", "half_coached", "coached"))
def trust_is_coached_where_help_is_a_trade(case: Case) -> Iterator[Hit]:
    if case.answered("transactional", "no"):
        yield Hit("no_trade", ("transactional",))
    names = {"yes": "coached", "partly": "half_coached", "no": "uncoached"}
    if name := names.get(case.get("coached") or ""):
        yield Hit(name, ("transactional", "coached"))


@sheet_rule("CON-10", raises=("cells", "no_cells"))
def cells_are_forged(case: Case) -> Iterator[Hit]:
    """As the Workgroups sheet has it; there it is optional, so nothing is missed here."""
    if case.carried.get("cells_by") == "none":
        yield Hit("no_cells", ())
    elif case.carried.get("cells_by") in ("assigned", "chosen"):
        yield Hit("cells", ())


@sheet_rule("WG-36", raises=("stable", "changing"))
def cells_stay_together(case: Case) -> Iterator[Hit]:
    left, most = case.number("cells_left"), case.thresholds["cell_leavers_most"]
    if left is not None:
        told = {"left": percent(left / 100), "most": percent(most)}
        yield Hit("changing" if left / 100 > most else "stable", ("cells_left",), told)


# --------------------------------------------------------------------------- the connections


@sheet_rule(
    "CON-03",
    raises=("none_listed", "unsorted", "all_rings", *(f"no_{ring}" for ring in RINGS)),
    numbers=tuple(f"connections_{ring}" for ring in RINGS),
)
def every_direction_has_connections(case: Case) -> Iterator[Hit | Number]:
    """A direction is empty only once something is listed; before that, all of it is missing."""
    found = network(case)
    counts = {ring: found.count(ring) for ring in RINGS}
    if not found.connections:
        yield Hit("none_listed", ("kind", "tie"))
        return
    for ring, count in counts.items():
        yield Number(f"connections_{ring}", count)
    if unsorted := len(found.connections) - sum(counts.values()):
        yield Hit("unsorted", ("kind",), {"count": unsorted})
    if any(counts.values()):
        for ring in (ring for ring, count in counts.items() if not count):
            yield Hit(f"no_{ring}", ("kind",))
    if all(counts.values()):
        yield Hit("all_rings", ("kind",))


@sheet_rule("CON-03", raises=("group_alone", "members_alone"))
def nobody_is_left_out(case: Case) -> Iterator[Hit]:
    """Only where it is listed who is in which group, and connections name members."""
    found = network(case)
    if not any(one.members for one in found.connections):
        return
    if count := len(found.groups_alone):
        yield Hit("group_alone", ("group", "members"), {"count": count})
    if count := len(found.alone):
        yield Hit("members_alone", ("members",), {"count": count})


@sheet_rule(
    "CON-05", raises=("no_ties", "echo", "enough_loose", "no_strong"), numbers=("loose_percent",)
)
def loose_ties_bring_what_is_new(case: Case) -> Iterator[Hit | Number]:
    found, least = network(case), case.thresholds["loose_ties_least"]
    if not found.connections:
        return
    share = found.loose_share
    if share is None:
        yield Hit("no_ties", ("tie",))
        return
    yield Number("loose_percent", round(100 * share))
    told = {"share": percent(share), "least": percent(least)}
    yield Hit("echo" if share < least else "enough_loose", ("tie",), told)
    if share == 1:
        yield Hit("no_strong", ("tie",))


@sheet_rule(
    "CON-24",
    raises=("hours_open", "not_met", "met"),
    numbers=("customer_hours", "customer_hours_each"),
)
def members_meet_customers(case: Case) -> Iterator[Hit | Number]:
    """Hours of two weeks; a figure a member where the Workgroups sheet has their number."""
    found = network(case)
    if not found.count("customers"):
        return
    hours = found.hours("customers")
    if hours is None:
        yield Hit("hours_open", ("hours",))
        return
    yield Number("customer_hours", hours)
    people = case.carried.get("people")
    if isinstance(people, str) and float(people):
        yield Number("customer_hours_each", round(hours / float(people), 2))
    yield Hit("met" if hours else "not_met", ("hours",), {"hours": f"{hours:g}"})


@sheet_rule("CON-26", raises=("only_scores", "no_way", "second_hand", "in_person"))
def customers_are_known_as_people(case: Case) -> Iterator[Hit]:
    ways = frozenset(case.many("customers_by")) - {"dont_know"}
    if "none" in ways:
        yield Hit("no_way", ("customers_by",))
    elif ways & IN_PERSON:
        yield Hit("in_person", ("customers_by",))
    elif "words" in ways:
        yield Hit("second_hand", ("customers_by",))
    elif ways:
        yield Hit("only_scores", ("customers_by",))


@sheet_rule("CON-21", raises=("building_now",))
def communities_can_wait(case: Case) -> Iterator[Hit]:
    if case.answered("communities", "build"):
        yield Hit("building_now", ("communities",))
